/* Figures: only Python draws them anew; where none runs, they say so. */

import { addKind } from "../frontend/kinds.js";

addKind({ selector: "[data-late]", write: lateWriter });

/** @type {import("../frontend/kinds.js").Writer} */
function lateWriter(sentence, state, name, { hasKernel, isGiven }) {
  return () => { sentence.hidden = hasKernel || isGiven(state); };
}
