/* Fields: what the reader types, steps with the arrow keys, and drags; and the buttons below them. */

import { copyText } from "../frontend/clipboard.js";
import { quoted, readText, stepped, walked } from "../frontend/domain.js";
import { addKind } from "../frontend/kinds.js";
import { fieldText, parseNumber } from "../frontend/number.js";

const PIXELS_A_STEP = 12;

addKind({ selector: "[data-input]:not([type])", key: "input", write: fieldWriter, take: takeField });
addKind({ selector: "[data-fields] [data-reset]", write: resetWriter, take: takeReset });
addKind({ selector: "[data-copy]", take: takeCopy });
addKind({ selector: "[data-hint]", take: offer });

function fieldWriter(field, state, name) {
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

function takeField(field, state, { change, signal }) {
  const name = field.dataset.input;
  const number = {
    domain: () => state.domain(name),
    now: () => state.values[state.position(name)],
    put: (value) => change(state.changed(name, value), state),
  };
  let walk; // of the arrow keys
  field.readOnly = false;
  const on = (type, act) => field.addEventListener(type, act, { signal });
  on("input", () => takeText(field, number, false));
  on("change", () => takeText(field, number, true));
  on("keydown", (event) => {
    const steps = stepsOf(event);
    if (!steps) return;
    event.preventDefault();
    walk = walked(number.domain(), walk, number.now(), steps);
    move(field, number, walk.value);
  });
  on("pointerdown", ({ button, clientX }) => { if (button === 0) drag(field, number, clientX, signal); });
}

function takeText(field, { domain, now, put }, isFinished) {
  const { value, remark = "", words } = readText(domain(), field.value);
  const isBegun = !isFinished && /^\s*[+−-]?\s*$|e[+−-]?$/i.test(field.value); // "", "-", "1e"
  if (value !== undefined) put(value);
  const isRefused = Boolean(words) && !isBegun;
  complain(field, isRefused ? `${quoted(field.value)} is not a number that can be used here. `
    + `Type ${words.replace(/^a number/, "one")} (a decimal comma will do). `
    + `${field.getAttribute("aria-label")} keeps its last value, ${fieldText(now())}.` : remark);
  field.setAttribute("aria-invalid", String(isRefused && !isFinished));
  if (isFinished) field.value = fieldText(now());
}

/** How many steps a key goes. */
function stepsOf({ key, altKey, ctrlKey, metaKey, shiftKey }) {
  const direction = { ArrowUp: 1, ArrowDown: -1 }[key] ?? 0;
  return altKey || ctrlKey || metaKey ? 0 : direction * (shiftKey ? 10 : 1);
}

/** Follows the pointer from `x`, sideways, until it is lifted. */
function drag(field, number, x, signal) {
  const start = number.now();
  const done = new AbortController();
  const during = { signal: done.signal };
  signal.addEventListener("abort", () => done.abort(), during);
  field.addEventListener("pointermove", ({ clientX, pointerId }) => {
    const steps = Math.trunc((clientX - x) / PIXELS_A_STEP);
    if (steps && !field.hasPointerCapture(pointerId)) field.setPointerCapture(pointerId);
    if (field.hasPointerCapture(pointerId)) move(field, number, stepped(number.domain(), start, steps));
  }, during);
  const finish = ({ pointerId }) => {
    if (field.hasPointerCapture(pointerId)) field.value = fieldText(number.now());
    done.abort();
  };
  for (const end of ["pointerup", "pointercancel"]) field.addEventListener(end, finish, during);
}

function move(field, { put }, value) {
  complain(field, "");
  put(value);
}

/** Says something next to the fields about one of them, or takes it back. */
export function complain(field, sentence) {
  if (!sentence && field.getAttribute("aria-invalid") === "true") field.setAttribute("aria-invalid", "false");
  const message = field.closest("[data-group]")?.querySelector("[data-message]");
  if (message && message.textContent !== sentence) message.textContent = sentence;
}

function resetWriter(button, state, name, { isGiven }) {
  return () => { button.toggleAttribute("data-waiting", isGiven(state)); };
}

function takeReset(button, state, { reset, signal }) {
  button.addEventListener("click", () => reset(state), { signal });
}

function takeCopy(button, state, { copies, signal }) {
  const text = copies[button.dataset.copy];
  if (!text) return;
  offer(button);
  const say = (sentence) => complain(button, sentence);
  button.addEventListener("click", () => copyText(button, text(state), say), { signal });
}

/** Shows a control that works now. */
function offer({ dataset }) {
  delete dataset.waiting;
}
