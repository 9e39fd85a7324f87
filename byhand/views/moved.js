/* Numbers of a link that have moved to another page: they go along, whatever way the reader takes there. */

import { addKind } from "../frontend/kinds.js";
import { pairsOf } from "../frontend/link.js";

addKind({ selector: "[data-elsewhere]", take: takeMoved });

/** @type {import("../frontend/kinds.js").Taker} */
function takeMoved(note, state, { hasKernel, signal }) {
  const { location } = note.ownerDocument.defaultView;
  const link = note.querySelector("a");
  note.hidden = hasKernel || !hasMoved(note, location);
  if (note.hidden) return;
  link.search = carried(note, location);
  const carry = (/** @type {{ target: Element }} */ { target }) => {
    const way = target.closest?.("a");
    if (way && way.pathname === link.pathname) way.search = carried(note, location);
  };
  for (const type of ["pointerdown", "click"]) // a way may be copied, or opened beside this page
    note.ownerDocument.addEventListener(type, carry, { capture: true, signal });
}

/** @param {HTMLElement} note @param {Location} location */
function hasMoved({ dataset }, location) {
  return pairsOf(location.search).some(([name]) => namesIn(dataset.elsewhere).includes(name));
}

/** @param {HTMLElement} note @param {Location} location */
function carried({ dataset }, location) {
  const names = namesIn(dataset.carried);
  return pairsOf(location.search).filter(([name]) => names.includes(name)).map((pair) => pair.join("=")).join("&");
}

/** @param {string} [words] */
const namesIn = (words = "") => words.split(" ");
