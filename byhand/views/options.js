/* Options: one of several labels to pick. */

import { addKind } from "../frontend/kinds.js";

addKind({ selector: "[data-input][type=radio]", key: "input", write: optionWriter, take: takeOption });
addKind({ selector: "select[data-input]", key: "input", write: menuWriter, take: takeOption });

/** @type {import("../frontend/kinds.js").Writer} */
function optionWriter(option, state, name) {
  const position = state.position(name);
  return () => { option.checked = Number(option.value) === state.values[position]; };
}

/** @type {import("../frontend/kinds.js").Writer} */
function menuWriter(menu, state, name) {
  const position = state.position(name);
  return () => { menu.value = state.values[position]; };
}

/** Puts in the place of an option; the options may count how often one was picked.
 * @type {import("../frontend/kinds.js").Taker} */
function takeOption(option, state, { change, signal }) {
  const counter = option.closest("[data-counts]")?.dataset.counts;
  option.disabled = false;
  option.addEventListener("input", () => {
    const count = counter && state.changed(counter, state.values[state.position(counter)] + 1);
    change({ ...state.changed(option.dataset.input, Number(option.value)), ...count }, state);
  }, { signal });
}
