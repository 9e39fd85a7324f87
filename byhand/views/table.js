/* Tables: rows that light up while a number is true. */

import { addKind } from "../frontend/kinds.js";
import { whenChanged } from "../frontend/state.js";
import { isTold } from "../frontend/undecided.js";

addKind({ selector: "[data-lit]", key: "lit", write: lightWriter });

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
