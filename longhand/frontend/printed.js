/* Printed numbers: what numpy prints for an array, as longhand/views/printed.py marked it. */

import { toFixed } from "./number.js";

/** What numpy prints for an array rounded to `digits`: the text around the numbers and the numbers in turn.
 *  The minus of a negative zero stands in the text before it: the live number itself is 0. */
export function printedPieces(values, shape, digits, kind = "array") {
  const texts = values.map((value) => printedNumber(value, digits, shape.length ? kind : kind === "array" ? "scalar" : kind));
  const whole = Math.max(...texts.map((text) => text.split(".")[0].length));
  const part = Math.max(...texts.map((text) => (text.split(".")[1] ?? "").length));
  const pieces = [];
  texts.forEach((text, i) => {
    const [left, right = ""] = text.split(".");
    const [before, after] = shape.length ? [" ".repeat(whole - left.length), " ".repeat(part - right.length)] : ["", ""];
    const zero = /^-0\.?0*$/.test(text);
    const gap = (pieces.pop() ?? "") + (shape.length ? separator(i, shape) : "") + before + (zero ? "-" : "");
    pieces.push(gap, zero ? text.slice(1) : text, after);
  });
  pieces.push((pieces.pop() ?? "") + "]".repeat(shape.length));
  return pieces;
}

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

function roundToEven(value) {
  const down = Math.floor(value);
  const rest = value - down;
  const up = rest > 0.5 || (rest === 0.5 && down % 2 !== 0);
  return up ? down + 1 || -0 : down;
}

/** The brackets, blanks and line ends before the number `i` of an array. */
function separator(i, shape) {
  if (i === 0) return "[".repeat(shape.length);
  let size = 1;
  let ends = 0;
  for (let axis = shape.length - 1; axis > 0 && i % (size *= shape[axis]) === 0; axis--) ends++;
  return ends ? "]".repeat(ends) + "\n".repeat(ends) + " ".repeat(shape.length - ends) + "[".repeat(ends) : " ";
}
