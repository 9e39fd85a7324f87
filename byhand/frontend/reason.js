/** Reasons: why a number is exactly 0, infinite, or not a number, and what cannot be told. Each is true at any numbers.
 *
 * @typedef {import("./state.js").State} State
 */

import { formatNumber } from "./number.js";
import { fullName, splitName } from "./name.js";
import { TRUTHS } from "./program.js";
import { madeFrom, spelled } from "./spelled.js";
import { CANNOT_BE_TOLD } from "./undecided.js";

const TOO_LARGE = "larger than the largest double, about 1.8e308";
const TOO_SMALL = "too small for a double";
/** @type {Record<string, string>} */
const RELATIONS = {
  gt: "greater than", ge: "at least", lt: "less than", le: "at most", eq: "equal to", ne: "other than",
};
const MOST_TERMS = 3; // of a sum, each with a reason of its own

/** Why a number is exactly 0, infinite, not a number or undecided, as a sentence; "" for all other numbers.
 * @param {State} state
 * @param {string} name */
export function reason(state, name) {
  const position = state.position(name);
  const value = state.values[position];
  const isUnsure = state.undecided()[position];
  const [op] = state.program.cells[position];
  if (op === "input" || op === "const") return "";
  const blame = () => `${state.culprit(position) ?? "a number that it rests on"} is not a number`;
  if (state.isTruth(position)) return isUnsure ? `${CANNOT_BE_TOLD}: ${blame()}.` : "";
  const doubt = isUnsure ? ` It rests on a comparison, and ${blame()}.` : "";
  if (value !== 0 && Number.isFinite(value)) return doubt && `${formatNumber(value)}, as the code has it.${doubt}`;
  const target = influenceless(state, name, position);
  const none = target ? `: ${state.symbol(target)} had no influence here` : "";
  return `${formatNumber(value)} because ${because(state, position)}${none}.${doubt}`;
}

/** The clause that tells why a cell is 0, infinite or not a number.
 * @param {State} state @param {number} position @returns {string} */
function because(state, position) {
  const [op, ...args] = state.program.cells[position];
  const { values } = state;
  const value = values[position];
  if (op === "where") return becausePicked(state, args);
  if (TRUTHS.has(op)) return condition(state, position);
  if (op === "neg" || op === "abs") return follow(state, args[0]);
  if (Number.isNaN(value)) {
    const first = args.find((arg) => Number.isNaN(values[arg]));
    return first === undefined ? becauseNone(state, op, args) : follow(state, first);
  }
  if (op === "max" || op === "min") return becauseLargest(state, op, position);
  return value === 0 ? becauseZero(state, op, args) : becauseInfinite(state, op, args);
}

/** An operation on numbers that has no value: 0 / 0, ∞ − ∞, the root of -1.
 * @param {State} state @param {string} op @param {number[]} args */
function becauseNone(state, op, args) {
  const isNamed = args.every((arg) => state.nameOf(arg));
  const [a, b] = args.map((arg) => (isNamed ? tell(state, arg) : shown(state, arg)));
  const notes = isNamed ? [] : args.map((arg) => tell(state, arg)).filter((told) => told.includes("="));
  const where = notes.length ? ` (${notes.join(", ")})` : "";
  const sign = { mul: "·", sub: "−", add: "+", div: "/" }[op];
  if (sign) return `${a} ${sign} ${b} has no value${where}`;
  if (op === "pow") return `${a} to the power ${b} has no value${where}`;
  const words = { log: "logarithm", sqrt: "root", sin: "sine", cos: "cosine" }[op];
  return words ? `the ${words} of ${a} has no value${where}` : `${op} has no value there: ${a}${where}`;
}

/** @param {State} state @param {string} op @param {number[]} args */
function becauseInfinite(state, op, args) {
  const [a, b] = args;
  const { values } = state;
  const [left, right] = args.map((arg) => tell(state, arg));
  if (op === "log" && values[a] === 0) return `the logarithm of ${left} is −∞`;
  if (op === "log1p" && values[a] === -1) return `${left}, and log1p of -1 is −∞`;
  if (op === "div" && values[b] === 0) return `${left} is divided by ${right}`;
  if (op === "pow" && values[a] === 0) return `1 is divided by ${left}`;
  const infinite = args.find((arg) => !Number.isFinite(values[arg]));
  if (op === "pow" && infinite === b)
    return `${left} to the power ${shown(state, b)} is beyond all doubles: ${follow(state, b)}`;
  if (infinite !== undefined) return follow(state, infinite);
  if (op === "exp" || op === "expm1") return `e to the power ${left} is ${TOO_LARGE}`;
  if (op === "pow") return `${left} to the power ${right} is in size ${TOO_LARGE}`;
  const words = { mul: "the product of", div: "the quotient of", add: "the sum of", sub: "the difference of" }[op];
  return words ? `${words} ${left} and ${right} is in size ${TOO_LARGE}` : `the result is in size ${TOO_LARGE}`;
}

/** @param {State} state @param {string} op @param {number[]} args */
function becauseZero(state, op, args) {
  const [a, b] = args;
  const { values } = state;
  const [left, right] = args.map((arg) => tell(state, arg));
  if (op === "add") return becauseSum(state, args);
  if (op === "sub") return values[a] === 0 ? joined([follow(state, a), follow(state, b)]) : becauseEqual(state, a, b);
  if (op === "mul") {
    const zero = args.find((arg) => values[arg] === 0);
    return zero === undefined ? `the product of ${left} and ${right} is ${TOO_SMALL}` : follow(state, zero);
  }
  if (op === "exp") return `e to the power ${left} is ${Number.isFinite(values[a]) ? TOO_SMALL : 0}`;
  if (op === "log" && values[a] === 1 && state.program.cells[a][0] === "input") return `the logarithm of ${left} is 0`;
  if (op === "log") return `${left} to the last digit that a double holds, and the logarithm of 1 is 0`;
  if (op === "div" && values[a] !== 0 && Number.isFinite(values[b]))
    return `the quotient of ${left} and ${right} is ${TOO_SMALL}`;
  if (op === "div" && values[a] !== 0) return `the denominator is ${formatNumber(values[b])}: ${follow(state, b)}`;
  if (op === "pow" && values[a] !== 0)
    return `${left} to the power ${right} is ${[a, b].every((arg) => Number.isFinite(values[arg])) ? TOO_SMALL : 0}`;
  if (op === "floor" && values[a] !== 0) return `${left} is rounded down`;
  if (values[a] === 0) return follow(state, a);
  return `the result of ${op} is 0 for ${args.map((arg) => tell(state, arg)).join(" and ")}`;
}

/** a − b where both are the same: 1 − ŷ is 0 when ŷ cannot be told from 1.
 * @param {State} state @param {number} a @param {number} b */
function becauseEqual(state, a, b) {
  const isConstant = (/** @type {number} */ arg) => state.program.cells[arg][0] === "const";
  const [constant, other] = isConstant(a) ? [a, b] : [b, a];
  const last = "to the last digit that a double holds";
  if ([a, b].some((arg) => spelled(state, arg) === null)) {
    const [one, another] = [a, b].map((arg) =>
      (spelled(state, arg) === null ? `a number made from ${madeFrom(state, arg)}` : tell(state, arg)));
    if (one !== another) return `${one} equals ${another} ${last}`;
    return `two numbers made from ${madeFrom(state, a)} are equal ${last}: ${shown(state, a)}`;
  }
  if (!isConstant(constant)) return `${tell(state, a)} and ${tell(state, b)} are equal`;
  const isInput = state.program.cells[other][0] === "input";
  if (isInput) return tell(state, other);
  const difference = [a, b].map((arg) => spelled(state, arg)).join(" − ");
  return `in ${difference} both are ${shown(state, constant)}, ${last}`;
}

/** A sum that is 0: all its terms are, or they cancel.
 * @param {State} state @param {number[]} args */
function becauseSum(state, args) {
  const terms = flat(state, "add", args);
  if (terms.some((term) => state.values[term] !== 0)) {
    const told = args.map((arg) => tell(state, arg));
    const zero = args.find((arg) => state.values[arg] === 0);
    return zero === undefined ? `${told[0]} and ${told[1]} cancel` : joined(args.map((arg) => follow(state, arg)));
  }
  const clauses = [...new Set(terms.map((term) => follow(state, term)))];
  return clauses.length > MOST_TERMS ? `each of the ${terms.length} numbers that are added is 0` : joined(clauses);
}

/** @param {State} state @param {string} op @param {number} position */
function becauseLargest(state, op, position) {
  const terms = flat(state, op, [position]);
  const word = op === "max" ? ["larger", "largest"] : ["smaller", "smallest"];
  const value = shown(state, position);
  if (terms.length > MOST_TERMS) return `the ${word[1]} of the ${terms.length} numbers is ${value}`;
  return `the ${word[terms.length > 2 ? 1 : 0]} of ${joined(terms.map((term) => tell(state, term)))} is ${value}`;
}

/** @param {State} state @param {number[]} args @returns {string} */
function becausePicked(state, [test, yes, no]) {
  return `${condition(state, test)}, and then ${follow(state, state.values[test] !== 0 ? yes : no)}`;
}

/** That a truth holds or does not hold, as a clause.
 * @param {State} state @param {number} position */
function condition(state, position) {
  const [op, a, b] = state.program.cells[position];
  const not = state.values[position] !== 0 ? "" : "not ";
  if (!state.nameOf(position) && op in RELATIONS)
    return `${tell(state, a)} is ${not}${RELATIONS[op]} ${tell(state, b)}`;
  const text = spelled(state, position);
  if (text === null) return `a condition of the code is ${not}true`;
  const value = shown(state, position);
  return state.undecided()[position] ? `numpy takes ${text} for ${value}` : `${text} is ${value}`;
}

/** A number as the end of a reason: by its symbol where it has one, else by what made it so.
 * @param {State} state @param {number} position @returns {string} */
function follow(state, position) {
  const [op] = state.program.cells[position];
  if (op === "const") return `the code has ${shown(state, position)} there`;
  return state.nameOf(position) ? tell(state, position) : because(state, position);
}

/** "ŷ = 1", "1 − ŷ = 0", or, where it has no name and its formula is long, "0".
 * @param {State} state @param {number} position */
function tell(state, position) {
  const text = spelled(state, position);
  const isPlain = text === null || state.program.cells[position][0] === "const";
  return isPlain ? shown(state, position) : `${text} = ${shown(state, position)}`;
}

/** @param {State} state @param {number} position */
function shown(state, position) {
  return formatNumber(state.values[position], 4, state.isTruth(position));
}

/** @param {string[]} clauses */
function joined(clauses) {
  return [...new Set(clauses)].join(" and ");
}

/** The terms of a sum of sums, a largest of largest ones: those without a name are taken apart.
 * @param {State} state @param {string} op @param {number[]} args */
function flat(state, op, args) {
  const terms = /** @type {number[]} */ ([]);
  const waiting = [...args].reverse();
  for (let arg = waiting.pop(); arg !== undefined; arg = waiting.pop()) {
    const [own, ...parts] = state.program.cells[arg];
    if (own === op && (!state.nameOf(arg) || arg === args[0] && args.length === 1)) waiting.push(...parts.reverse());
    else terms.push(arg);
  }
  return terms;
}

/** The input whose gradient `name` is, where it can have no influence at these numbers: a factor of the gradient is an
 *  input that is 0, whatever the target is, and the loss, where the sheet knows it, does not move with it.
 * @param {State} state @param {string} name @param {number} position */
function influenceless(state, name, position) {
  const [base, index] = splitName(name);
  const target = state.sheet.gradients[base];
  if (!target || state.values[position] !== 0) return null;
  const full = fullName(target, index);
  if (!state.has(full)) return null;
  const input = state.position(full);
  if (!isZeroWithout(state, position, input)) return null;
  const { announce } = state.sheet;
  if (!announce || !state.has(announce)) return full;
  const loss = state.position(announce);
  if (!Number.isFinite(state.values[loss])) return null;
  const value = state.values[input];
  const isStill = (/** @type {number} */ other) => state.probe(input, other, loss) === state.values[loss];
  return [value + 1, value - 1, 2 * value].every(isStill) ? full : null;
}

/** Whether a cell is 0 by a factor that is an input of 0, other than `input`: no rounding has a part in it.
 * @param {State} state @param {number} position @param {number} input @returns {boolean} */
function isZeroWithout(state, position, input) {
  const [op, ...args] = state.program.cells[position];
  if (state.values[position] !== 0 || position === input || op === "const") return false;
  if (op === "input") return true;
  if (op === "mul") return args.some((arg) => isZeroWithout(state, arg, input));
  if (["neg", "abs", "sqrt", "tanh", "sin", "div"].includes(op)) return isZeroWithout(state, args[0], input);
  return (op === "add" || op === "sub") && args.every((arg) => isZeroWithout(state, arg, input));
}
