/** Typing: a field right over a handle, while the reader types in it.
 *
 * @typedef {import("../frontend/state.js").State} State
 * @typedef {import("../frontend/state.js").Inputs} Inputs
 * @typedef {import("../frontend/kinds.js").Host} Host
 * @typedef {{whole: HTMLElement, field: HTMLInputElement, message: HTMLElement}} Box
 */

import { keyboard, readText } from "../frontend/domain.js";
import { focusOn } from "../frontend/focus.js";
import { fieldText } from "../frontend/number.js";
import { fieldWriter, takeField } from "./fields.js";

/** The field of what is drawn on a ground: `open(handle, state)` shows it over a handle, with its number selected.
 *  Enter and leaving it keep the number, Esc brings back what it was.
 * @param {HTMLElement} ground
 * @param {Host} host */
export function createTyping(ground, host) {
  let box = /** @type {Box | undefined} */ (undefined);
  let close = () => {};
  return (/** @type {HTMLElement} */ handle, /** @type {State} */ state) => {
    close();
    box ??= createBox(ground);
    const shown = box;
    const name = /** @type {string} */ (handle.dataset.handle);
    const done = new AbortController();
    close = () => {
      close = () => {};
      done.abort();
      shown.whole.hidden = true;
      delete shown.field.dataset.input;
    };
    host.signal.addEventListener("abort", close, { signal: done.signal });
    dress(shown, state, name);
    take(shown.field, state, name, { ...host, signal: done.signal }, (isByKey) => {
      if (isByKey) focusOn(handle);
      close();
    });
    shown.whole.hidden = false;
    putOver(shown, handle);
    shown.field.select();
    shown.field.focus({ preventScroll: true });
  };
}

/** Makes the field that of a number.
 * @param {Box} box
 * @param {State} state
 * @param {string} name */
function dress({ field, message }, state, name) {
  field.dataset.input = name;
  field.setAttribute("aria-label", state.symbol(name));
  field.inputMode = keyboard(state.domain(name));
  field.value = fieldText(state.values[state.position(name)]);
  message.textContent = "";
}

/** Takes what is typed, until it is `left`.
 * @param {HTMLInputElement} field
 * @param {State} state
 * @param {string} name
 * @param {Host} host
 * @param {(isByKey: boolean) => void} left */
function take(field, state, name, host, left) {
  const now = () => state.values[state.position(name)];
  const was = now();
  const write = fieldWriter(field, state, name, host);
  const change = (/** @type {Inputs} */ inputs) => { host.change(inputs, state); write(); };
  takeField(field, state, { ...host, change });
  field.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && was !== now()) change(state.changed(name, was));
    if (key === "Escape" || key === "Enter" && !readText(state.domain(name), field.value).words) left(true);
  }, { signal: host.signal });
  field.addEventListener("blur", () => left(false), { signal: host.signal });
}

/** @param {HTMLElement} ground
 * @returns {Box} */
function createBox(ground) {
  const document = ground.ownerDocument;
  const [whole, field, message] = [document.createElement("div"), document.createElement("input"),
    document.createElement("p")];
  whole.className = "byhand-typing";
  whole.dataset.group = "";
  field.className = "byhand-field";
  field.type = "text"; // a field without a type is tied to one number for good
  field.autocomplete = "off";
  field.spellcheck = false;
  message.className = "byhand-message";
  message.dataset.message = "";
  message.setAttribute("role", "alert");
  whole.append(field, message);
  ground.append(whole);
  return { whole, field, message };
}

/** Puts a field's middle over that of a handle, within the window.
 * @param {Box} box
 * @param {Element} handle */
function putOver({ whole, field }, handle) {
  whole.style.translate = "";
  const [own, under] = [field, handle].map((each) => each.getBoundingClientRect());
  const { clientWidth } = whole.ownerDocument.documentElement;
  const left = Math.max(4, Math.min(clientWidth - own.width - 4, under.left + (under.width - own.width) / 2));
  whole.style.translate = `${left - own.left}px ${under.top + (under.height - own.height) / 2 - own.top}px`;
}
