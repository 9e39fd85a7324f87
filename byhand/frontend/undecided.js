/** What cannot be told: whether a number rests on a comparison that had nothing to compare.
 *
 * @typedef {import("./program.js").Cell} Cell
 * @typedef {import("./program.js").Program} Program
 * @typedef {import("./program.js").Values} Values
 */

export const CANNOT_BE_TOLD = "cannot be told here";

/** For each cell 1 where its value rests on a comparison with "not a number", else 0: as `undecided` in
 *  byhand/undecided.py.
 * @param {Program} program
 * @param {Values} values */
export function undecided(program, values) {
  const unsure = new Uint8Array(values.length);
  if (!values.some(Number.isNaN)) return unsure;
  program.cells.forEach(([op, ...args], place) => {
    unsure[place] = +(op !== "input" && op !== "const" && isUnsure(op, args, values, unsure));
  });
  return unsure;
}

/** The nearest named cell that is no number and on which the cell rests, as `culprit` in byhand/undecided.py;
 *  undefined where no name is near.
 * @param {number} position
 * @param {Program} program
 * @param {Values} values
 * @param {Uint8Array} unsure
 * @param {(place: number) => boolean} isNamed */
export function culprit(position, program, values, unsure, isNamed) {
  const waiting = [position];
  const seen = new Set(waiting);
  for (const place of waiting) {
    if (Number.isNaN(values[place]) && isNamed(place)) return place;
    for (const arg of thatMatter(program.cells[place], values, unsure).filter((each) => !seen.has(each))) {
      waiting.push(arg);
      seen.add(arg);
    }
  }
  return undefined;
}

/** Whether something can be said from a cell: it is a number and rests on no comparison with what is none.
 * @param {import("./state.js").State} state
 * @param {number} position */
export function isTold(state, position) {
  return !Number.isNaN(state.values[position]) && !state.undecided()[position];
}

/** @param {string} op @param {number[]} args @param {Values} values @param {Uint8Array} unsure */
function isUnsure(op, args, values, unsure) {
  const unknown = args.map((arg) => Boolean(unsure[arg]) || Number.isNaN(values[arg]));
  const isAny = unknown.includes(true);
  if (["gt", "ge", "lt", "le", "not"].includes(op)) return isAny;
  if (op === "eq" || op === "ne") return isAny && args[0] !== args[1]; // x != x asks whether x is a number, and is told
  if (op === "and" || op === "or")
    return isAny && !args.some((arg, i) => !unknown[i] && (values[arg] !== 0) === (op === "or"));
  if (op === "where") return isUnsureChoice(unknown[0], args, values, unsure);
  const isNothing = op === "mul" && args.some((arg) => !unsure[arg] && values[arg] === 0);
  return args.some((arg) => unsure[arg]) && !isNothing;
}

/** @param {boolean} isUnknown @param {number[]} args @param {Values} values @param {Uint8Array} unsure */
function isUnsureChoice(isUnknown, [condition, yes, no], values, unsure) {
  if (!isUnknown) return Boolean(unsure[values[condition] ? yes : no]);
  return Boolean(unsure[yes] || unsure[no]) || values[yes] !== values[no];
}

/** Those of the args that are no numbers or undecided themselves, and were not passed over.
 * @param {Cell} cell
 * @param {Values} values
 * @param {Uint8Array} unsure */
function thatMatter([op, ...args], values, unsure) {
  if (op === "input" || op === "const") return [];
  const unknown = args.filter((arg) => unsure[arg] || Number.isNaN(values[arg]));
  if (op !== "where" || unknown.includes(args[0])) return unknown;
  return unknown.filter((arg) => arg === args[values[args[0]] ? 1 : 2]);
}
