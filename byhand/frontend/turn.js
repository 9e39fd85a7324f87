/** Turns: what a change has moved says for a moment which way: `data-turn="up"` or `"down"` on results in view.
 *
 * @typedef {import("./state.js").State} State
 */

import { whenLetGo } from "./rest.js";
import { stateOf } from "./state.js";

const LASTS = 1600; // as long as its style shows it

/** Returns a function to be called after each change.
 * @param {any} root
 * @param {State[]} states
 * @param {AbortSignal} signal */
export function createTurns(root, states, signal) {
  const document = /** @type {Document} */ (root.ownerDocument ?? root);
  let before = /** @type {Map<State, Float64Array> | null} */ (null);
  const copies = () => new Map(states.map((state) => [state, state.values.slice()]));
  return whenLetGo(document, () => { if (!signal.aborted) tell(); });

  function tell() {
    if (before && !window.matchMedia("(prefers-reduced-motion: reduce)").matches) mark(before);
    before = copies();
  }

  /** @param {Map<State, Float64Array>} before */
  function mark(before) {
    const numbers = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-cell]:not([data-handle])")]);
    const turned = numbers.flatMap((element) => {
      const name = element.dataset.cell ?? "";
      const state = stateOf(states, element, name);
      const was = state && before.get(state)?.[state.position(name)];
      const now = state?.values[state.position(name)];
      if (was === undefined || now === undefined || !(now < was || now > was) || !isInSight(element)) return [];
      element.dataset.turn = now > was ? "up" : "down";
      return [element];
    });
    setTimeout(() => { for (const { dataset } of turned) delete dataset.turn; }, LASTS);
  }
}

/** @param {Element} element */
function isInSight(element) {
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && bottom > 0 && top < window.innerHeight;
}
