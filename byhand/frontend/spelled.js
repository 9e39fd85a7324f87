/** Spelled: the formula of a number that has no name, in plain text, for a sentence.
 *
 * @typedef {import("./state.js").State} State
 */

import { formatNumber } from "./number.js";

const LONGEST = 60; // letters; what is longer helps nobody in a sentence
const MOST_SOURCES = 3;
/** @type {Record<string, string>} */
const SIGNS = { add: "+", sub: "−", mul: "·", div: "/", gt: ">", ge: "≥", lt: "<", le: "≤", eq: "=", ne: "≠" };
/** @type {Record<string, string>} */
const WORDS = { log: "ln", max: "max", min: "min" };

/** "ŷ", "0.5", "1 − ŷ", "e^(−z₁)"; null where it is long.
 * @param {State} state
 * @param {number} position */
export function spelled(state, position) {
  const text = written(state, position, 9);
  return text !== null && text.length <= LONGEST ? text : null;
}

/** The named numbers that a cell is made from, the nearest of each way: "z₁, b₁ and others".
 * @param {State} state
 * @param {number} position */
export function madeFrom(state, position) {
  const names = new Set();
  const waiting = [position];
  for (let place = waiting.pop(); place !== undefined && names.size <= MOST_SOURCES; place = waiting.pop()) {
    const [op, ...args] = state.program.cells[place];
    if (op === "input" || op === "const") continue;
    for (const arg of args) {
      const name = state.nameOf(arg);
      if (name) names.add(state.symbol(name));
      else waiting.push(arg);
    }
  }
  const listed = [...names];
  return listed.length > MOST_SOURCES ? `${listed.slice(0, MOST_SOURCES).join(", ")} and others` : listed.join(", ");
}

/** @param {State} state @param {number} position @param {number} depth @returns {string | null} */
function written(state, position, depth) {
  const [op, ...args] = state.program.cells[position];
  const name = state.nameOf(position);
  if (name) return state.symbol(name);
  if (op === "const") return formatNumber(state.values[position]);
  const parts = depth > 0 ? args.flatMap((arg) => written(state, arg, depth - 1) ?? []) : [];
  if (parts.length < args.length) return null;
  const [a, b] = parts.map((part) => (/[ −]/.test(part.replace(/\de−/, "")) ? `(${part})` : part));
  if (op in SIGNS) return `${a} ${SIGNS[op]} ${b}`;
  if (op === "neg") return `−${a}`;
  if (op === "pow") return `${a}^${b}`;
  if (op === "exp") return `e^${a}`;
  return `${WORDS[op] ?? op}(${parts.join(", ")})`;
}
