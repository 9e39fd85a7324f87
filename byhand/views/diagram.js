/* Diagrams: a wire is as thick as its weight is large. Their numbers are live as all others. */

import { addKind } from "../frontend/kinds.js";
import { whenChanged } from "../frontend/state.js";

addKind({ selector: "[data-value-of]", key: "valueOf", write: wireWriter });
addKind({ selector: "[data-wraps]", key: "cell", write: wrapWriter });

const BESIDE = 8; // letters of a number that stands behind its symbol; a longer one stands below

/** @type {import("../frontend/kinds.js").Writer} */
function wireWriter(wire, state, name) {
  return whenChanged(state, [state.position(name)], (value) => {
    wire.style.setProperty("--value", Number.isFinite(value) ? value.toFixed(6) : 0);
    wire.classList.toggle("byhand-negative", value < 0);
  });
}

/** @type {import("../frontend/kinds.js").Writer} */
function wrapWriter(number, state, name) {
  return whenChanged(state, [state.position(name)], () => {
    const isLong = number.textContent.length > BESIDE;
    for (const [attribute, value] of Object.entries({ x: number.dataset.wraps, dy: "1.15em" }))
      if (isLong) number.setAttribute(attribute, value);
      else number.removeAttribute(attribute);
  });
}
