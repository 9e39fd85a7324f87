/* Buttons that put numbers in. */

import { addKind } from "../frontend/kinds.js";

addKind({ selector: "[data-set]", take: takeSet });

function takeSet(button, state, { change, signal }) {
  const { put, draw } = JSON.parse(button.dataset.set);
  delete button.dataset.waiting;
  button.addEventListener("click", () => change({ ...put, ...drawn(draw) }, state), { signal });
}

/** Random whole numbers for inputs, name -> [low, high]. */
function drawn(ranges) {
  return Object.fromEntries(Object.entries(ranges).map(([name, [low, high]]) =>
    [name, [low + Math.floor(Math.random() * (high - low + 1))]]));
}
