/** Tips: the reason of a number, shown where the reader points.
 *
 * @typedef {import("./state.js").State} State
 */

import { formatNumber } from "./number.js";
import { reason } from "./reason.js";
import { whenLetGo } from "./rest.js";
import { stateOf } from "./state.js";

/** Shows the reason of a number that is pointed at or focused. Returns its own clean-up.
 * @param {any} root
 * @param {State[]} states */
export function showReasons(root, states) {
  const document = /** @type {Document} */ (root.ownerDocument ?? root);
  const tip = document.getElementById("byhand-tip") ?? createTip(document);
  const stop = new AbortController();
  const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) =>
    root.addEventListener(type, act, { signal: stop.signal });
  for (const type of ["pointerover", "focusin"])
    on(type, (event) => show(event.target.closest?.("[data-why][data-cell]")));
  for (const type of ["pointerout", "focusout"]) on(type, () => show(null));
  on("keydown", (event) => event.key === "Escape" && show(null));
  return () => { show(null); stop.abort(); };

  /** @param {HTMLElement | null} element */
  function show(element) {
    const name = element?.dataset.cell;
    const state = element && name ? stateOf(states, element, name) : undefined;
    tip.hidden = !state;
    document.querySelector("[aria-describedby=byhand-tip]")?.removeAttribute("aria-describedby");
    if (!element || !name || !state) return;
    tip.textContent = reason(state, name);
    element.setAttribute("aria-describedby", tip.id);
    const box = element.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${box.bottom + 6}px`;
  }
}

/** The one tip of a document.
 * @param {Document} document */
function createTip(document) {
  const tip = document.createElement("div");
  tip.className = "byhand-tip";
  tip.id = "byhand-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  return tip;
}

/** Speaks of the loss, once the reader pauses, to those who do not see it change.
 * @param {Document} document */
export function announcer(document) {
  const region = document.querySelector("[data-announce]");
  let spoken = /** @type {State | undefined} */ (undefined);
  const speak = whenLetGo(document, () => {
    if (region && spoken) region.textContent = sentence(spoken);
  }, 500);
  return (/** @type {State[]} */ states) => {
    spoken = states.find((each) => each.sheet.announce);
    if (spoken) speak();
  };
}

/** @param {State} state */
function sentence(state) {
  const name = /** @type {string} */ (state.sheet.announce);
  return `${state.symbol(name)} = ${formatNumber(state.values[state.position(name)], state.sheet.digits)}`;
}
