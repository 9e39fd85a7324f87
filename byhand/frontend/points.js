/** Points: whole sets of numbers. The first ones, called "", those that have a name in `explore(points=…)`, and the
 *  reader's own, which are none of these.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Inputs} Inputs
 */

export const MINE = "mine";

/** Those of the numbers that points are about: what else is put in, such as a step ε, is no part of any.
 * @param {State} state
 * @param {Inputs} numbers
 * @returns {Inputs} */
export function pointOf({ sheet }, numbers) {
  return Object.fromEntries(Object.entries(numbers).filter(([name]) => isPointed(sheet, name)));
}

/** @param {import("./state.js").Sheet} sheet @param {string} name */
function isPointed({ points }, name) {
  return Object.values(points).some((point) => name in point);
}

/** The point at which a state is; `MINE` where none of the others.
 * @param {State} state */
export function pointNow({ sheet, program, values, book }) {
  const isOf = (/** @type {string} */ name, /** @type {(cell: number, i: number) => number} */ wanted) =>
    program.names[name]?.cells.every((cell, i) => values[cell] === wanted(cell, i));
  const isGiven = program.inputs.every((name) => !isPointed(sheet, name) || isOf(name, (cell) => book[cell]));
  const here = isGiven ? [""] : Object.entries(sheet.points).find(([, point]) =>
    Object.entries(point).every(([name, numbers]) => isOf(name, (_, i) => numbers[i])));
  return here?.[0] ?? MINE;
}

/** The reader's own numbers: those of now if they are, else `last`.
 * @param {State} state
 * @param {Inputs | null} last */
export function ownPoint(state, last) {
  return Object.keys(state.sheet.points).length && pointNow(state) === MINE ? pointOf(state, state.inputs()) : last;
}
