/** Pins: a number that was tapped stays lit, with what it was made from and what uses it, and a sheet says both in
 * words.
 *
 * A tap or click, Enter or the blank pins a number; a second one lets go, and so do Esc and a tap elsewhere. On a
 * handle the second tap, and Enter, open the field (see views/handle.js).
 *
 * @typedef {import("./state.js").State} State
 * @typedef {{name: string, state: State, element: HTMLElement}} Pin
 */

import { focusOn } from "./focus.js";
import { formatNumber } from "./number.js";
import { reason } from "./reason.js";
import { stateOf } from "./state.js";
import { trailsOf } from "./trail.js";

const MOST = 9; // numbers in a list
const PINNABLE = "[data-cell]:not([data-quiet] *, a *, button *, label *, summary *, [data-dock] *)";

/** What a reader has pinned under a root. */
export class Pins {
  #root;
  #states;
  #hold;
  #document;
  #pin = /** @type {Pin | null} */ (null);
  #sheet = /** @type {HTMLElement | null} */ (null);

  /** `hold(name, element)` keeps the trail of a number lit.
   * @param {any} root
   * @param {State[]} states
   * @param {(name: string | null, element?: any) => void} hold
   * @param {AbortSignal} signal */
  constructor(root, states, hold, signal) {
    this.#root = root;
    this.#states = states;
    this.#hold = hold;
    this.#document = /** @type {Document} */ (root.ownerDocument ?? root);
    const click = (/** @type {any} */ { target }) => this.#take(target);
    this.#document.addEventListener("click", click, { signal });
    root.addEventListener("keydown", (/** @type {any} */ event) => this.#takeKey(event), { signal });
    signal.addEventListener("abort", () => this.#put(null));
  }

  /** Writes the sheet anew. */
  write() {
    if (this.#pin && this.#sheet) fill(this.#sheet, this.#pin, this.#root);
  }

  /** @param {HTMLElement | null} element */
  #put(element) {
    const name = element?.dataset.cell;
    const state = element && name ? stateOf(this.#states, element, name) : undefined;
    if (!this.#pin && !state) return;
    this.#pin = element && name && state ? { name, state, element } : null;
    this.#hold(this.#pin?.name ?? null, this.#pin?.element);
    this.#sheet ??= this.#document.getElementById("byhand-pin") ?? createSheet(this.#document);
    this.#sheet.hidden = !this.#pin;
    this.write();
  }

  /** @param {HTMLElement} target   of a tap or click */
  #take(target) {
    const leads = /** @type {HTMLElement | null} */ (target.closest("[data-leads]"));
    const number = /** @type {HTMLElement | null} */ (target.closest(PINNABLE));
    const isAgain = number === this.#pin?.element && !number?.dataset.handle;
    if (leads && this.#pin) this.#go(leads.dataset.leads ?? "");
    else if (target.closest("[data-pin] button")) this.#put(null);
    else if (number && this.#root.contains(number)) this.#put(isAgain ? null : number);
    else if (!target.closest("[data-pin], [data-group]")) this.#put(null);
  }

  /** @param {any} event */
  #takeKey(event) {
    const { target, key } = event;
    const isPinning = target.matches(PINNABLE) && (key === " " || key === "Enter" && !target.dataset.handle);
    const isLeaving = key === "Escape" && this.#pin && !target.matches("input");
    if (!isPinning && !isLeaving) return;
    event.preventDefault();
    this.#put(isLeaving || target === this.#pin?.element ? null : target);
  }

  /** Leads to a number that the sheet names, where it is drawn first, and pins it.
   * @param {string} name */
  #go(name) {
    const place = placeOf(this.#root, name);
    if (!place) return;
    place.scrollIntoView({ block: "center" });
    focusOn(place);
    this.#put(place);
  }
}

/** Where a number is drawn first.
 * @param {ParentNode} root
 * @param {string} name */
function placeOf(root, name) {
  const places = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(`[data-cell="${name}"]`)]);
  return places.find((place) => place.matches(PINNABLE) && place.getClientRects().length);
}

/** The one sheet of a document.
 * @param {Document} document */
function createSheet(document) {
  const sheet = document.createElement("aside");
  sheet.id = "byhand-pin";
  sheet.className = "byhand-pin";
  sheet.dataset.pin = "";
  sheet.setAttribute("aria-label", "What the number was made from, and what uses it");
  sheet.setAttribute("aria-live", "polite");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "byhand-button";
  close.setAttribute("aria-label", "Let go");
  close.textContent = "×";
  sheet.append(close, ...["strong", "p", "p", "p"].map((tag) => document.createElement(tag)));
  document.body.append(sheet);
  return sheet;
}

/** Says in the sheet what is to be said of a number.
 * @param {HTMLElement} sheet
 * @param {Pin} pin
 * @param {ParentNode} root */
function fill(sheet, { name, state }, root) {
  const [, head, why, made, used] = /** @type {HTMLElement[]} */ ([...sheet.children]);
  const cell = state.position(name);
  const { sourcesOf, usersOf } = trailsOf(state);
  writeOnce(head, told(state, cell, name));
  writeOnce(why, reason(state, name));
  list(made, "Made from ", sourcesOf(cell), state, root);
  list(used, "Used by ", usersOf(cell), state, root);
}

/** Names numbers, those drawn here as buttons that lead there: the others are no more than counted.
 * @param {HTMLElement} line
 * @param {string} before
 * @param {number[]} cells
 * @param {State} state
 * @param {ParentNode} root */
function list(line, before, cells, state, root) {
  const found = cells.flatMap((cell) => {
    const name = state.allNames(cell).find((each) => placeOf(root, each));
    return name ? [{ cell, name }] : [];
  }).slice(0, MOST);
  const document = line.ownerDocument;
  if (line.dataset.names !== `${found.map(({ name }) => name)}`) {
    line.dataset.names = `${found.map(({ name }) => name)}`;
    line.replaceChildren(before, ...found.map(({ name }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.leads = name;
      return button;
    }));
  }
  line.hidden = !found.length;
  found.forEach(({ cell, name }, i) => writeOnce(line.children[i], told(state, cell, name) + way(root, name)));
}

/** @param {State} state @param {number} cell @param {string} name */
function told(state, cell, name) {
  return `${state.symbol(name)} = ${formatNumber(state.values[cell], state.sheet.digits, state.isTruth(cell))}`;
}

/** An arrow towards a number that is out of view.
 * @param {ParentNode} root
 * @param {string} name */
function way(root, name) {
  const place = placeOf(root, name);
  const { top = 0, bottom = 1 } = place?.getBoundingClientRect() ?? {};
  const { innerHeight } = globalThis;
  return bottom < 0 ? " ↑" : top > innerHeight ? " ↓" : "";
}

/** @param {Element} element @param {string} text */
function writeOnce(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
