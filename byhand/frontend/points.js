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
  const names = new Set(Object.values(sheet.points).flatMap(Object.keys));
  return Object.fromEntries(Object.entries(numbers).filter(([name]) => names.has(name)));
}

/** The point at which a state is; `MINE` where none of the others.
 * @param {State} state */
export function pointNow(state) {
  const now = state.inputs();
  const points = { "": pointOf(state, state.bookInputs()), ...state.sheet.points };
  const isHere = (/** @type {Inputs} */ point) =>
    Object.entries(point).every(([name, numbers]) => numbers.every((number, i) => number === now[name]?.[i]));
  return Object.entries(points).find(([, point]) => isHere(point))?.[0] ?? MINE;
}

/** The reader's own numbers: those of now if they are, else `last`.
 * @param {State} state
 * @param {Inputs | null} last */
export function ownPoint(state, last) {
  return Object.keys(state.sheet.points).length && pointNow(state) === MINE ? pointOf(state, state.inputs()) : last;
}
