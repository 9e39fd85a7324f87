/** Trails: what a number was made from and what uses it, lit up wherever it is drawn, and its line of numpy.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {ReturnType<typeof createTrails>} Trails
 */

import { splitName } from "./name.js";
import { stateOf } from "./state.js";

const MARKS = ["byhand-here", "byhand-source", "byhand-use"];

/** For every named cell the nearest named cells it is made from; `usersOf` is the same the other way round.
 * @param {State} state */
function createTrails(state) {
  const { cells } = state.program;
  const sources = /** @type {Map<number, Set<number>>} */ (new Map());
  const users = /** @type {Map<number, number[]>} */ (new Map());
  for (let i = 0; i < cells.length; i++) {
    const [op, ...args] = cells[i];
    const near = /** @type {Set<number>} */ (new Set());
    if (op !== "input" && op !== "const")
      for (const arg of args) {
        if (state.nameOf(arg)) near.add(arg);
        else for (const source of sources.get(arg) ?? []) near.add(source);
      }
    sources.set(i, near);
    if (state.nameOf(i)) for (const source of near) users.set(source, [...(users.get(source) ?? []), i]);
  }
  const { generation } = state;
  return {
    generation,
    sourcesOf: (/** @type {number} */ cell) => [...(sources.get(cell) ?? [])],
    usersOf: (/** @type {number} */ cell) => users.get(cell) ?? [],
  };
}

const KNOWN = /** @type {WeakMap<State, Trails>} */ (new WeakMap()); // made when the first of a sheet is pointed at

/** @param {State} state */
export function trailsOf(state) {
  const known = KNOWN.get(state);
  if (known?.generation === state.generation) return known;
  const made = createTrails(state);
  KNOWN.set(state, made);
  return made;
}

/** Lights trails under `root` as the reader points at numbers and fields, or focuses them: calls `lightAll`, where
 *  other roots are to be lit too. Returns `light(name, element)`, which lights that of one number (null: none), as
 *  drawn in an element where it matters; `hold(name, element)`, which keeps it lit while nothing else is; and `stop()`.
 * @param {any} root
 * @param {State[]} states
 * @param {((name: string | null, element?: any) => void) | null} lightAll */
export function showTrails(root, states, lightAll = null) {
  const own = createLight(root, states);
  const light = lightAll ?? own;
  let held = /** @type {[string | null, any?]} */ ([null]);
  const stop = new AbortController();
  for (const type of ["pointerover", "focusin"])
    root.addEventListener(type, (/** @type {any} */ event) => {
      const element = event.target.closest?.("[data-cell], [data-value-of], [data-input]");
      if (element && !element.closest("[data-quiet]")) light(nameOf(element), element);
    }, { signal: stop.signal });
  for (const type of ["pointerout", "focusout"])
    root.addEventListener(type, () => light(...held), { signal: stop.signal });
  const hold = (/** @type {string | null} */ name, /** @type {any} */ element) => { light(...held = [name, element]); };
  return { light: own, hold, stop: () => stop.abort() };
}

/** A function that lights the trail of one number under `root`, and puts out what was lit.
 * @param {any} root
 * @param {State[]} states */
function createLight(root, states) {
  const drawn = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-cell], [data-value-of], [data-input]")]);
  const lines = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-line]")]);
  const scopes = /** @type {Map<Element, string | undefined>} */ (new Map());
  let lit = /** @type {Element[]} */ ([]);
  return (/** @type {string | null} */ name, pointed = root.documentElement ?? root) => {
    for (const element of lit) element.classList.remove(...MARKS);
    const state = name ? stateOf(states, pointed, name) : undefined;
    lit = state && name ? marked(state, name) : [];
  };

  /** @param {HTMLElement} element */
  function scopeOf(element) {
    if (!scopes.has(element)) scopes.set(element, stateOf(states, element, nameOf(element))?.sheet.scope);
    return scopes.get(element);
  }

  /** @param {State} state @param {string} name @returns {Element[]} */
  function marked(state, name) {
    const cell = state.position(name);
    const roles = rolesBeside(trailsOf(state), cell);
    const roleOf = (/** @type {HTMLElement} */ element) => roles.get(state.position(nameOf(element)));
    const shown = drawn.filter((element) => scopeOf(element) === state.sheet.scope && roleOf(element));
    for (const element of shown) element.classList.add(roleOf(element) ?? "");
    const arrays = state.allNames(cell).map((own) => splitName(own)[0]);
    const isOwn = (/** @type {string} */ line) => line.split(" ").some((each) => arrays.includes(each));
    const ownLines = lines.filter(({ dataset }) => isOwn(dataset.line ?? ""));
    for (const line of ownLines) line.classList.add(MARKS[0]);
    return [...shown, ...ownLines];
  }
}

/** @param {HTMLElement} element
 * @returns {string} */
function nameOf({ dataset }) {
  return dataset.cell ?? dataset.input ?? String(dataset.valueOf); // every dataset has some valueOf: last
}

/** How a cell, those it was made from and those that use it are marked: by cell.
 * @param {Trails} trails
 * @param {number} cell */
function rolesBeside({ sourcesOf, usersOf }, cell) {
  const [users, sources] = [usersOf(cell), sourcesOf(cell)];
  /** @type {(cells: number[], mark: string) => [number, string][]} */
  const marked = (cells, mark) => cells.map((each) => [each, mark]);
  return new Map([...marked(users, MARKS[2]), ...marked(sources, MARKS[1]), [cell, MARKS[0]]]);
}
