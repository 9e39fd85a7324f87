/** Buttons that put numbers in.
 *
 * @typedef {import("../frontend/kinds.js").State} State
 * @typedef {{put: Record<string, number[]>, draw: Record<string, [low: number, high: number]>,
 *            take: Record<string, string>}} Act
 */

import { allows } from "../frontend/domain.js";
import { addKind } from "../frontend/kinds.js";

addKind({ selector: "[data-set]", take: takeSet });

/** @param {HTMLElement} button @param {State} state @param {import("../frontend/kinds.js").Host} host */
function takeSet(button, state, { change, signal }) {
  const { put, draw, take } = /** @type {Act} */ (JSON.parse(button.dataset.set ?? "{}"));
  delete button.dataset.waiting;
  button.addEventListener("click", () => change({ ...put, ...drawn(draw), ...taken(state, take) }, state), { signal });
}

/** Random whole numbers for inputs.
 * @param {Act["draw"]} ranges */
function drawn(ranges) {
  return Object.fromEntries(Object.entries(ranges).map(([name, [low, high]]) =>
    [name, [low + Math.floor(Math.random() * (high - low + 1))]]));
}

/** The present values of numbers, for inputs that may be them.
 * @param {State} state
 * @param {Act["take"]} sources */
function taken(state, sources) {
  const found = Object.entries(sources).map(([name, source]) =>
    ({ name, value: state.values[state.position(source)] }));
  const possible = found.filter(({ name, value }) => allows(state.domain(name), value));
  return Object.fromEntries(possible.map(({ name, value }) => [name, [value]]));
}
