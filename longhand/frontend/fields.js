/* Fields: what the reader types, steps with the arrow keys, and drags. */

import { fieldText, parseNumber } from "./number.js";

const STEP = 0.1;
const LOG_STEP = 0.25; // of the exponent, where only positive numbers make sense
const PIXELS_A_STEP = 12;

/** Makes the fields under `root` take numbers; `change({W1: […]})` is told of each. Returns its own clean-up. */
export function takeInput(root, states, change) {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  for (const field of root.querySelectorAll("[data-input]")) {
    field.readOnly = field.disabled = false;
    if (field.type !== "text") {
      field.addEventListener("input", () => { complain(field, ""); put(field, picked(field)); }, options);
      continue;
    }
    field.addEventListener("input", () => typed(field, false), options);
    field.addEventListener("change", () => typed(field, true), options);
    field.addEventListener("keydown", (event) => arrow(field, event), options);
    field.addEventListener("pointerdown", (event) => drag(field, event), options);
  }
  for (const button of root.querySelectorAll("[data-set]")) {
    delete button.dataset.waiting;
    button.addEventListener("click", () => change(setBy(JSON.parse(button.dataset.set))), options);
  }
  return () => stop.abort();

  function picked(field) {
    return isLog(field) ? Number((10 ** field.value).toPrecision(6)) : Number(field.value);
  }

  function stateOf(field) {
    return states.find((state) => state.position(field.dataset.input) !== undefined);
  }

  function valueOf(field) {
    const state = stateOf(field);
    return state.values[state.position(field.dataset.input)];
  }

  function put(field, value) {
    change(stateOf(field).changed(field.dataset.input, value));
  }

  function typed(field, finished) {
    const number = parseNumber(field.value);
    const value = isLog(field) && number <= 0 ? null : number;
    const half = !finished && /^\s*[+−-]?\s*$|e[+−-]?$/i.test(field.value); // "", "-", "1e": a number begun
    complain(field, value === null && !half ? `“${field.value}” is not a number that can be used here. Type one `
      + `${isLog(field) ? "greater than 0, such as 1e-6" : "such as 0.5, -2 or 1e-3"} (a decimal comma will do). `
      + `${field.getAttribute("aria-label")} keeps its last value, ${fieldText(valueOf(field))}.` : "");
    if (value !== null) put(field, value);
    if (value === null && finished) field.value = fieldText(valueOf(field));
    if (value !== null && finished) field.value = fieldText(value);
  }

  function arrow(field, event) {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(field, valueOf(field), direction * (event.shiftKey ? 10 : 1));
  }

  function drag(field, event) {
    if (event.button !== 0) return;
    const start = { x: event.clientX, value: valueOf(field) };
    const done = new AbortController();
    const during = { signal: AbortSignal.any([done.signal, stop.signal]) };
    field.addEventListener("pointermove", ({ clientX, pointerId }) => {
      const steps = Math.trunc((clientX - start.x) / PIXELS_A_STEP);
      if (steps && !field.hasPointerCapture(pointerId)) field.setPointerCapture(pointerId);
      if (field.hasPointerCapture(pointerId)) move(field, start.value, steps);
    }, during);
    const finish = ({ pointerId }) => {
      if (field.hasPointerCapture(pointerId)) field.value = fieldText(valueOf(field));
      done.abort();
    };
    for (const end of ["pointerup", "pointercancel"]) field.addEventListener(end, finish, during);
  }

  function move(field, from, steps) {
    const moved = isLog(field) ? (from * 10 ** (steps * LOG_STEP)).toPrecision(6) : (from + steps * STEP).toPrecision(12);
    const value = Number(moved) + 0; // 0.1 + 0.2 is 0.3 to a reader
    complain(field, "");
    put(field, value);
  }
}

/** Whether only numbers above 0 make sense in a field, and its steps are factors. */
function isLog(field) {
  return field.dataset.scale === "log";
}

/** What a button puts in: numbers, and random whole numbers. */
function setBy({ put, draw }) {
  const drawn = Object.entries(draw).map(([name, [low, high]]) => [name, [low + Math.floor(Math.random() * (high - low + 1))]]);
  return { ...put, ...Object.fromEntries(drawn) };
}

/** Says next to the fields what is wrong, or takes it back. */
function complain(field, sentence) {
  const invalid = String(Boolean(sentence));
  if (field.getAttribute("aria-invalid") !== invalid) field.setAttribute("aria-invalid", invalid);
  const message = field.closest(".longhand-inputs, .longhand-slider")?.querySelector(".longhand-message");
  if (message && message.textContent !== sentence) message.textContent = sentence;
}
