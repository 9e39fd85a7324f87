/* Steps, walked through one operation at a time. */

import { addKind } from "../frontend/kinds.js";

addKind({ selector: "[data-walk]", take: takeWalk });

function takeWalk(stepper, state, { light, signal }) {
  const rows = [...stepper.closest("[data-steps]").querySelectorAll("[data-step]")];
  let at = -1; // no step: everything is shown
  delete stepper.dataset.waiting;
  stepper.addEventListener("click", ({ target }) => {
    const way = target.closest("[data-go]")?.dataset.go;
    if (way) go(way);
  }, { signal });
  stepper.addEventListener("keydown", (event) => {
    const way = { ArrowRight: "next", ArrowLeft: "back" }[event.key];
    if (!way || at < 0) return;
    event.preventDefault();
    go(way);
  }, { signal });

  function go(way) {
    const wasWalking = at >= 0;
    at = Math.min({ start: 0, back: at - 1, next: at + 1, end: -1 }[way], rows.length - 1);
    showStep(stepper, rows, at, wasWalking);
    light(rows[at]?.dataset.step ?? null, stepper);
  }
}

/** Shows the steps up to the one `at` that place, or all. The focus stays with a button that can be pressed. */
function showStep(stepper, rows, at, wasWalking) {
  const button = (way) => stepper.querySelector(`[data-go=${way}]`);
  const [start, back, next, end] = ["start", "back", "next", "end"].map(button);
  const isWalking = at >= 0;
  rows.forEach((row, i) => {
    row.classList.toggle("byhand-now", i === at);
    row.classList.toggle("byhand-later", isWalking && i > at);
  });
  start.hidden = isWalking;
  for (const button of [back, next, end]) button.hidden = !isWalking;
  back.disabled = at === 0;
  next.disabled = at === rows.length - 1;
  const remark = isWalking ? `Step ${at + 1} of ${rows.length}. ${rows[at].dataset.note}` : "";
  stepper.querySelector("[data-remark]").textContent = remark;
  if (!isWalking) start.focus();
  else if (!wasWalking || next.disabled || back.disabled) (next.disabled ? end : next).focus();
}
