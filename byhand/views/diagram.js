/* Diagrams: a wire is as thick as its weight is large. Their numbers are live as all others. */

import { addKind } from "../frontend/kinds.js";
import { whenChanged } from "../frontend/state.js";

addKind({ selector: "[data-value-of]", key: "valueOf", write: wireWriter });

function wireWriter(wire, state, name) {
  return whenChanged(state, [state.position(name)], (value) => {
    wire.style.setProperty("--value", Number.isFinite(value) ? value.toFixed(6) : 0);
    wire.classList.toggle("byhand-negative", value < 0);
  });
}
