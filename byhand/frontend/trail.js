/* Trails: what a number was made from and what uses it, lit up wherever it is drawn, and its line of numpy. */

import { splitName } from "./name.js";
import { stateOf } from "./state.js";

const MARKS = ["byhand-here", "byhand-source", "byhand-use"];

/** For every named cell the nearest named cells it is made from; `usersOf` is the same the other way round. */
export function createTrails(state) {
  const { cells } = state.program;
  const sources = new Map();
  const users = new Map();
  for (let i = 0; i < cells.length; i++) {
    const near = new Set();
    if (!["input", "const"].includes(cells[i][0]))
      for (const arg of cells[i].slice(1)) {
        if (state.nameOf(arg)) near.add(arg);
        else for (const source of sources.get(arg) ?? []) near.add(source);
      }
    sources.set(i, near);
    if (state.nameOf(i)) for (const source of near) users.set(source, [...(users.get(source) ?? []), i]);
  }
  const { generation } = state;
  return { generation, sourcesOf: (cell) => [...sources.get(cell)], usersOf: (cell) => users.get(cell) ?? [] };
}

/** Lights trails under `root` as the reader points at numbers and fields, or focuses them: calls `lightAll`, where
 *  other roots are to be lit too. Returns `light(name, element)`, which lights that of one number (null: none), as
 *  drawn in an element where it matters, and `stop()`. */
export function showTrails(root, states, lightAll = null) {
  const drawn = [...root.querySelectorAll("[data-cell], [data-value-of], [data-input]")];
  const lines = [...root.querySelectorAll("[data-line]")];
  const trails = new Map(); // made when the first number of a sheet is pointed at
  const scopes = new Map();
  let lit = [];
  const stop = new AbortController();
  for (const type of ["pointerover", "focusin"])
    root.addEventListener(type, (event) => {
      const element = event.target.closest?.("[data-cell], [data-value-of], [data-input]");
      if (element && !element.closest("[data-quiet]")) (lightAll ?? light)(nameOf(element), element);
    }, { signal: stop.signal });
  for (const type of ["pointerout", "focusout"])
    root.addEventListener(type, () => (lightAll ?? light)(null), { signal: stop.signal });
  return { light, stop: () => stop.abort() };

  function light(name, pointed = root.documentElement ?? root) {
    for (const element of lit) element.classList.remove(...MARKS);
    const state = name && stateOf(states, pointed, name);
    lit = state ? marked(state, name) : [];
  }

  function scopeOf(element) {
    if (!scopes.has(element)) scopes.set(element, stateOf(states, element, nameOf(element))?.sheet.scope);
    return scopes.get(element);
  }

  function marked(state, name) {
    if (trails.get(state)?.generation !== state.generation) trails.set(state, createTrails(state));
    const cell = state.position(name);
    const roles = rolesBeside(trails.get(state), cell);
    const roleOf = (element) => roles.get(state.position(nameOf(element)));
    const shown = drawn.filter((element) => scopeOf(element) === state.sheet.scope && roleOf(element));
    for (const element of shown) element.classList.add(roleOf(element));
    const arrays = state.allNames(cell).map((own) => splitName(own)[0]);
    const ownLines = lines.filter(({ dataset }) => dataset.line.split(" ").some((each) => arrays.includes(each)));
    for (const line of ownLines) line.classList.add(MARKS[0]);
    return [...shown, ...ownLines];
  }
}

function nameOf({ dataset }) {
  return dataset.cell ?? dataset.input ?? dataset.valueOf; // every dataset has some valueOf: last
}

/** How a cell, those it was made from and those that use it are marked: by cell. */
function rolesBeside({ sourcesOf, usersOf }, cell) {
  const [users, sources] = [usersOf(cell), sourcesOf(cell)];
  const marked = (cells, mark) => cells.map((each) => [each, mark]);
  return new Map([...marked(users, MARKS[2]), ...marked(sources, MARKS[1]), [cell, MARKS[0]]]);
}
