/** Handles: an input's number is one wherever it stands, on a wire, in a formula, a table, a sentence, or printed.
 *
 * Drag it sideways, or step it with ↑ and ↓; Enter, or a click where the focus is already, opens a field over it. Tab
 * stops at the first handle of each table, print and paragraph, and ← and → lead from number to number, pictures and
 * formulas too: a stop for each would be some hundred.
 *
 * @typedef {import("../frontend/state.js").State} State
 * @typedef {import("../frontend/kinds.js").Host} Host
 */

import { focusOn } from "../frontend/focus.js";
import { TRACKS, followPointer, held, sideways, stepsOf, walker } from "../frontend/hold.js";
import { addKind } from "../frontend/kinds.js";
import { fieldText } from "../frontend/number.js";
import { stateOf, whenChanged } from "../frontend/state.js";
import { createTyping } from "./typing.js";

const VIEWS = "svg, table, pre, p, li, dd, [data-choose], [data-steps], [data-print]";

addKind({ selector: "[data-cell]", key: "cell", write: handleWriter, attend });

/** @type {NonNullable<import("../frontend/kinds.js").Kind["write"]>} */
function handleWriter(element, state, name, { offers }) {
  const position = state.position(name);
  const input = state.inputAt(position);
  if (!input || !offers(state, input)) return null;
  element.dataset.handle = input;
  if (isInFormula(element)) return null;
  const view = element.closest(VIEWS);
  const isFirst = view === null || view.querySelector("[data-handle]") === element;
  const picture = element.closest("svg");
  speak(element, state, isFirst && !picture ? "0" : "-1"); // the fields above a picture are stops already
  picture?.setAttribute("role", "group"); // an image has no parts for those who hear it
  return whenChanged(state, [position], () => tellValue(element, state));
}

/** A formula is one thing to those who hear it: its numbers have names and values of their own only while focused. */
const isInFormula = (/** @type {Element} */ element) => element.closest("math") !== null;

/** Makes a number a control with a name and a value.
 * @param {HTMLElement} handle
 * @param {State} state
 * @param {string} tabindex */
function speak(handle, state, tabindex) {
  const input = /** @type {string} */ (handle.dataset.handle);
  const { low, high } = state.domain(input);
  const limits = { "aria-valuemin": plain(low), "aria-valuemax": plain(high) };
  const traits = { role: "spinbutton", "aria-label": state.symbol(input), tabindex, ...limits };
  for (const [trait, value] of Object.entries(traits))
    if (value !== undefined) handle.setAttribute(trait, String(value));
}

/** A number as these attributes take it: undefined where there is none, or where it needs a power of ten.
 * @param {number | undefined} value */
function plain(value) {
  return Number.isFinite(value) && !String(value).includes("e") ? value : undefined;
}

/** @param {HTMLElement | SVGElement} handle @param {State} state */
export function tellValue(handle, state) {
  const value = state.values[state.position(/** @type {string} */ (handle.dataset.handle))];
  if (handle.getAttribute("aria-valuetext") === fieldText(value)) return;
  if (plain(value) === undefined) handle.removeAttribute("aria-valuenow");
  else handle.setAttribute("aria-valuenow", String(value));
  handle.setAttribute("aria-valuetext", fieldText(value));
}

/** @param {HTMLElement} handle */
function hush(handle) {
  for (const { name } of [...handle.attributes])
    if (/^(role|tabindex|aria-.*)$/.test(name)) handle.removeAttribute(name);
}

/** Takes what the reader does with the handles under a root.
 * @param {any} root
 * @param {State[]} states
 * @param {Host} host */
function attend(root, states, host) {
  const openField = createTyping(root.body ?? root, host);
  let stepping = /** @type {{handle?: Element, walk?: (steps: number) => void}} */ ({});
  const on = (/** @type {string} */ type, /** @type {(handle: HTMLElement, state: State, event: any) => void} */ act) =>
    root.addEventListener(type, (/** @type {any} */ event) => {
      const handle = event.target.closest?.("[data-handle]");
      const state = handle?.dataset.handle && stateOf(states, handle, handle.dataset.cell);
      if (state) act(handle, state, event);
    }, { signal: host.signal });
  on("focusin", (handle, state) => {
    if (!isInFormula(handle)) return;
    speak(handle, state, "-1");
    tellValue(handle, state);
  });
  on("focusout", (handle) => { if (isInFormula(handle)) hush(handle); });
  on("mousedown", (_handle, _state, event) => event.preventDefault()); // a drag selects no text
  on("pointerdown", (handle, state, event) => grab(handle, state, event, host));
  on("click", (handle, state) => {
    if (hasFocus(handle)) openField(handle, state);
    else focusOn(handle);
  });
  on("keydown", (handle, state, event) => {
    const steps = stepsOf(event, TRACKS.has(handle));
    if (steps && stepping.handle !== handle) stepping = { handle, walk: walker(numberOf(handle, state, host)) };
    if (steps) stepping.walk?.(steps);
    if (steps) tellValue(handle, state);
    if (event.key === "Enter") openField(handle, state);
    if (steps || event.key === "Enter") event.preventDefault();
  });
  root.addEventListener("keydown", (/** @type {any} */ event) => walkAlong(root, event), { signal: host.signal });
}

/** @param {HTMLElement} handle @param {State} state @param {Host} host */
function numberOf({ dataset }, state, { change }) {
  return held(state, /** @type {string} */ (dataset.handle), change);
}

/** Lets a pointer drag a handle.
 * @param {HTMLElement} handle
 * @param {State} state
 * @param {PointerEvent} down
 * @param {Host} host */
function grab(handle, state, down, host) {
  const { documentElement } = handle.ownerDocument; // an element of a drawing or a formula need not hold a pointer
  const begin = () => focusOn(handle);
  const end = () => swallowClick(documentElement);
  const track = TRACKS.get(handle);
  const along = (/** @type {PointerEvent} */ event) => {
    const inputs = track?.(event);
    if (inputs) host.change(inputs, state);
  };
  const move = track ? along : sideways(numberOf(handle, state, host), down.clientX);
  if (down.button === 0) followPointer(down, documentElement, { signal: host.signal, move, begin, end });
}

/** A drag ends in no click.
 * @param {Element} ground */
function swallowClick(ground) {
  const done = new AbortController();
  ground.addEventListener("click", (event) => event.stopPropagation(), { capture: true, signal: done.signal });
  setTimeout(() => done.abort());
}

/** Leads from number to number by ← and →.
 * @param {ParentNode} root
 * @param {any} event */
function walkAlong(root, event) {
  const { target, key, altKey, ctrlKey, metaKey, shiftKey } = event;
  const way = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (!way || altKey || ctrlKey || metaKey || shiftKey || !target.matches?.("[data-cell]")) return;
  const numbers = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-cell]")]);
  let at = numbers.indexOf(target) + way;
  while (numbers[at] && !numbers[at].getClientRects().length) at += way;
  if (!numbers[at]) return;
  event.preventDefault();
  focusOn(numbers[at], false);
}

/** @param {Element} element */
function hasFocus(element) {
  return /** @type {Document} */ (element.getRootNode()).activeElement === element;
}
