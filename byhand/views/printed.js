/* Printed numbers: what numpy prints for an array, as printed.py marked it. */

import { addKind } from "../frontend/kinds.js";
import { toFixed } from "../frontend/number.js";
import { whenChanged } from "../frontend/state.js";
import { marker, writeText } from "./say.js";

addKind({ selector: "[data-print]", key: "print", write: printWriter });

/** @type {import("../frontend/kinds.js").Writer} */
function printWriter(element, state, name) {
  const { shape, cells } = state.program.names[name] ?? { shape: [], cells: [state.position(name)] };
  const digits = Number(element.dataset.digits);
  const kind = state.isTruth(cells[0]) ? "truth" : element.dataset.kind;
  const nodes = element.children; // text, number, text, number, …, text
  const marks = cells.map((cell, i) => marker(nodes[2 * i + 1], state, cell));
  return whenChanged(state, cells, (...values) => {
    printedPieces(values, shape, digits, kind).forEach((piece, i) => writeText(nodes[i], piece));
    marks.forEach((mark, i) => mark(values[i]));
  });
}

/** What numpy prints for an array rounded to `digits`: the text around the numbers and the numbers in turn.
 *  The minus of a negative zero stands in the text before it: the live number itself is 0.
 * @param {number[]} values
 * @param {number[]} shape
 * @param {number} digits
 * @param {string} [kind]   "array", or for a number alone "scalar", "fixed" (as "%.4f") or "truth" */
export function printedPieces(values, shape, digits, kind = "array") {
  const own = shape.length || kind !== "array" ? kind : "scalar";
  const texts = values.map((value) => printedNumber(value, digits, own));
  const whole = Math.max(...texts.map((text) => text.split(".")[0].length));
  const part = Math.max(...texts.map((text) => (text.split(".")[1] ?? "").length));
  const pieces = /** @type {string[]} */ ([]);
  texts.forEach((text, i) => {
    const [left, right = ""] = text.split(".");
    const blanks = (/** @type {number} */ count) => (shape.length ? " ".repeat(count) : "");
    const [before, after] = [blanks(whole - left.length), blanks(part - right.length)];
    const zero = /^-0\.?0*$/.test(text);
    const gap = (pieces.pop() ?? "") + (shape.length ? separator(i, shape) : "") + before + (zero ? "-" : "");
    pieces.push(gap, zero ? text.slice(1) : text, after);
  });
  pieces.push((pieces.pop() ?? "") + "]".repeat(shape.length));
  return pieces;
}

/** @param {number} value @param {number} digits @param {string} kind */
function printedNumber(value, digits, kind) {
  if (kind === "truth") return value ? "True" : "False";
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (kind === "fixed") return Object.is(value, -0) ? `-${toFixed(0, digits)}` : toFixed(value, digits);
  const scale = 10 ** digits;
  const rounded = Number.isFinite(value * scale) ? roundToEven(value * scale) / scale : value;
  const sign = rounded < 0 || Object.is(rounded, -0) ? "-" : "";
  const text = String(Math.abs(rounded)).replace(/e([+-])(\d)$/, "e$10$2");
  return sign + (text.includes(".") || text.includes("e") ? text : `${text}.${kind === "scalar" ? "0" : ""}`);
}

/** @param {number} value */
function roundToEven(value) {
  const down = Math.floor(value);
  const rest = value - down;
  const up = rest > 0.5 || (rest === 0.5 && down % 2 !== 0);
  return up ? down + 1 || -0 : down;
}

/** The brackets, blanks and line ends before the number `i` of an array.
 * @param {number} i
 * @param {number[]} shape */
function separator(i, shape) {
  if (i === 0) return "[".repeat(shape.length);
  let size = 1;
  let ends = 0;
  for (let axis = shape.length - 1; axis > 0 && i % (size *= shape[axis]) === 0; axis--) ends++;
  return ends ? "]".repeat(ends) + "\n".repeat(ends) + " ".repeat(shape.length - ends) + "[".repeat(ends) : " ";
}
