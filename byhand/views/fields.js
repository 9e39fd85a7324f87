/** Fields: what the reader types, steps with the arrow keys, and drags; and the buttons below them.
 *
 * @typedef {import("../frontend/state.js").State} State
 * @typedef {import("../frontend/kinds.js").Host} Host
 * @typedef {import("../frontend/hold.js").Held} Held
 */

import { copyText } from "../frontend/clipboard.js";
import { quoted, readText } from "../frontend/domain.js";
import { followPointer, held, sideways, stepsOf, walker } from "../frontend/hold.js";
import { addKind } from "../frontend/kinds.js";
import { fieldText, parseNumber } from "../frontend/number.js";

addKind({ selector: "input[data-input]:not([type])", key: "input", write: fieldWriter, take: takeField });
addKind({ selector: "[data-fields] [data-reset]", write: resetWriter, take: takeReset });
addKind({ selector: "[data-copy]", take: takeCopy });
addKind({ selector: "[data-hint]", take: offer });

/** @type {import("../frontend/kinds.js").Writer} */
export function fieldWriter(field, state, name) {
  const position = state.position(name);
  const showText = () => {
    const text = fieldText(state.values[position]);
    if (field.value !== text) field.value = text;
  };
  return () => {
    const value = state.values[position];
    // What the reader is typing is theirs: "0,50" stays as it is while it means the number.
    if (field.ownerDocument.activeElement !== field) showText();
    else if (parseNumber(field.value) !== value) {
      // Chromium takes long over it while it tells of a drag.
      if (field.matches(":active")) requestAnimationFrame(showText);
      else showText();
    }
    field.classList.toggle("byhand-changed", value !== state.book[position]);
  };
}

/** @type {import("../frontend/kinds.js").Taker} */
export function takeField(field, state, { change, signal }) {
  const number = heldBy(field, state, change);
  const walk = walker(number);
  field.readOnly = false;
  const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) =>
    field.addEventListener(type, act, { signal });
  on("input", () => takeText(field, number, false));
  on("change", () => takeText(field, number, true));
  on("keydown", (event) => {
    const steps = stepsOf(event);
    if (!steps) return;
    event.preventDefault();
    walk(steps);
  });
  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    const end = () => { field.value = fieldText(number.now()); };
    followPointer(event, field, { signal, move: sideways(number, event.clientX), end });
  });
}

/** The number of a field, held: what moves it takes back what was said of it.
 * @param {HTMLInputElement} field
 * @param {State} state
 * @param {Host["change"]} change */
function heldBy(field, state, change) {
  return held(state, /** @type {string} */ (field.dataset.input), (inputs) => {
    complain(field, "");
    change(inputs, state);
  });
}

/** @param {HTMLInputElement} field @param {Held} number @param {boolean} isFinished */
function takeText(field, { domain, now, put }, isFinished) {
  const { value, remark = "", words } = readText(domain(), field.value);
  const isBegun = !isFinished && /^\s*[+−-]?\s*$|e[+−-]?$/i.test(field.value); // "", "-", "1e"
  if (value !== undefined) put(value);
  const isRefused = words !== undefined && !isBegun;
  complain(field, isRefused ? `${quoted(field.value)} is not a number that can be used here. `
    + `Type ${words.replace(/^a number/, "one")} (a decimal comma will do). `
    + `${field.getAttribute("aria-label")} keeps its last value, ${fieldText(now())}.` : remark);
  field.setAttribute("aria-invalid", String(isRefused && !isFinished));
  if (isFinished) field.value = fieldText(now());
}

/** Says something next to the fields about one of them, or takes it back.
 * @param {Element} field
 * @param {string} sentence */
export function complain(field, sentence) {
  if (!sentence && field.getAttribute("aria-invalid") === "true") field.setAttribute("aria-invalid", "false");
  const message = field.closest("[data-group]")?.querySelector("[data-message]");
  if (message && message.textContent !== sentence) message.textContent = sentence;
}

/** Adds a sentence to what is said at fields, and opens the box that they may stand in.
 * @param {Element} message
 * @param {string} sentence */
export function addSentence(message, sentence) {
  message.textContent = `${message.textContent} ${sentence}`.trim();
  message.closest("details")?.setAttribute("open", "");
}

/** @type {import("../frontend/kinds.js").Writer} */
function resetWriter(button, state, _name, { isGiven }) {
  return () => { button.toggleAttribute("data-waiting", isGiven(state)); };
}

/** @type {import("../frontend/kinds.js").Taker} */
function takeReset(button, state, { reset, signal }) {
  button.addEventListener("click", () => reset(state), { signal });
}

/** @type {import("../frontend/kinds.js").Taker} */
function takeCopy(button, state, { copies, signal }) {
  const text = copies[button.dataset.copy];
  if (!text) return;
  offer(button);
  button.addEventListener("click", () => copyText(button, text(state, button)), { signal });
}

/** Shows a control that works now.
 * @param {HTMLElement} control */
function offer({ dataset }) {
  delete dataset.waiting;
}
