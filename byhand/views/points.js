/** Points: buttons that put whole sets of numbers in, and tell which are in. */

import { addKind } from "../frontend/kinds.js";
import { MINE, pointNow, pointOf } from "../frontend/points.js";

addKind({ selector: "[data-point]", write: pointsWriter, take: takePoint });

/** @type {import("../frontend/kinds.js").Writer} */
function pointsWriter(button, state, _name, { mine }) {
  const { point } = button.dataset;
  return () => {
    const now = pointNow(state);
    button.setAttribute("aria-pressed", String(now === point));
    button.disabled = point === MINE && now !== MINE && !mine(state);
  };
}

/** @type {import("../frontend/kinds.js").Taker} */
function takePoint(button, state, { change, mine, signal }) {
  const { point } = button.dataset;
  delete button.dataset.waiting;
  button.addEventListener("click", () => {
    const numbers = point === MINE ? mine(state) : state.sheet.points[point] ?? pointOf(state, state.bookInputs());
    if (numbers) change(numbers, state);
  }, { signal });
}
