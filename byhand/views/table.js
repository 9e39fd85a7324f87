/* Tables: rows that light up while a number is true, and what stands under the picked one. */

import { addKind } from "../frontend/kinds.js";
import { whenChanged } from "../frontend/state.js";
import { isTold } from "../frontend/undecided.js";

addKind({ selector: "[data-lit]", key: "lit", write: lightWriter });
addKind({ selector: "[data-details]", key: "details", write: detailsWriter, take: takePicks });

/** @type {import("../frontend/kinds.js").Writer} */
function lightWriter(row, state, name) {
  const position = state.position(name);
  const note = row.querySelector("[data-untold-note]");
  return whenChanged(state, [position], (value) => {
    const told = isTold(state, position);
    row.classList.toggle("byhand-lit", told && value !== 0);
    row.toggleAttribute("data-untold", !told);
    note.hidden = told;
  });
}

/** Puts the details under the picked row, or above all where none is picked.
 * @type {import("../frontend/kinds.js").Writer} */
function detailsWriter(details, state, name) {
  const rows = [...details.parentElement.children].filter((row) => row !== details);
  return whenChanged(state, [state.position(name)], (place) => {
    if (!rows[place]) rows[0].before(details);
    else if (rows[place].nextElementSibling !== details) rows[place].after(details);
  });
}

/** Keeps a row that is picked by hand where it is on screen, whatever opens or closes above it.
 * @type {import("../frontend/kinds.js").Taker} */
function takePicks(details, state, { signal }) {
  const { defaultView } = details.ownerDocument;
  let top = 0;
  const topOf = (/** @type {any} */ { target }) => target.getBoundingClientRect().top;
  const on = (/** @type {(event: Event) => void} */ act, capture = false) =>
    details.parentElement.addEventListener("input", act, { signal, capture });
  on((event) => { top = topOf(event); }, true);
  on((event) => defaultView.scrollBy({ top: topOf(event) - top, behavior: "instant" }));
}
