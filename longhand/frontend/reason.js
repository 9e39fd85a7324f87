/* Reasons: why a number is exactly 0, infinite, or not a number. */

import { formatNumber } from "./number.js";
import { TRUTHS } from "./program.js";

/** Why a number is exactly 0, infinite or not a number, as a sentence; "" for all other numbers. */
export function reason(state, name) {
  const position = state.position(name);
  const value = state.values[position];
  const [op] = state.program.cells[position];
  if (op === "input" || op === "const" || TRUTHS.has(op) || (value !== 0 && Number.isFinite(value))) return "";
  const head = `${formatNumber(value)} because ${because(state, position)}`;
  const target = state.sheet.gradients[name.split("[")[0]];
  if (value !== 0 || !target) return `${head}.`;
  return `${head}: ${state.sheet.symbols[target + name.slice(name.split("[")[0].length)]} had no influence on this example.`;
}

function because(state, position) {
  const [op, ...args] = state.program.cells[position];
  const value = state.values[position];
  const culprit = args.find((arg) => (value === 0 ? state.values[arg] === 0 : !Number.isFinite(state.values[arg])));
  const told = args.map((arg) => tell(state, arg));
  if (value === 0) return becauseZero(state, op, args, told, culprit);
  if (culprit !== undefined && (Number.isNaN(state.values[culprit]) || !Number.isNaN(value))) return trace(state, culprit);
  const spelled = { mul: `${told[0]} · ${told[1]} has no value`, sub: `${told[0]} − ${told[1]} has no value`,
    add: `${told[0]} + ${told[1]} has no value`, div: `${told[0]} / ${told[1]} has no value`,
    log: `the logarithm of ${told[0]} has no value`, sqrt: `the root of ${told[0]} has no value` };
  if (Number.isNaN(value)) return spelled[op] ?? "the operation has no value there";
  if (op === "log") return `the logarithm of ${told[0]} is −∞`;
  if (op === "div") return `something is divided by ${told[1]}`;
  if (op === "exp") return `e to the power ${told[0]} is larger than the largest double, about 1.8e308`;
  return "the result is larger than the largest double, about 1.8e308";
}

function becauseZero(state, op, args, told, culprit) {
  if (op === "mul" || op === "neg" || op === "abs" || op === "tanh" || op === "sqrt" || op === "sin")
    return culprit === undefined ? "the product is too small for a double" : trace(state, culprit);
  if (op === "div")
    return culprit === args[0] ? trace(state, culprit) : `the denominator is ${formatNumber(state.values[args[1]])}`;
  if (op === "exp") return `e to the power ${told[0]} is too small for a double`;
  if (op === "log") return "the logarithm of 1 is 0";
  if (op === "pow") return `${told[0]} to that power is 0`;
  if (op === "max" || op === "min" || op === "where") return "that is what the rule picks here";
  if (args.every((arg) => state.values[arg] === 0)) return [...new Set(args.map((arg) => trace(state, arg)))].join(" and ");
  return op === "sub" ? `${told[0]} and ${told[1]} are equal` : `${told[0]} and ${told[1]} cancel`;
}

/** A number as the end of a reason: by its symbol where it has one, else by what made it so. */
function trace(state, position) {
  const [op] = state.program.cells[position];
  return state.nameOf(position) || op === "const" ? tell(state, position) : because(state, position);
}

function tell(state, position) {
  const name = state.nameOf(position);
  const value = formatNumber(state.values[position]);
  return name ? `${state.sheet.symbols[name]} = ${value}` : value;
}
