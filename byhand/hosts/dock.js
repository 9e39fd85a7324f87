/** The dock: while the fields are out of view, a bar at the foot of the window keeps the numbers that can be changed,
 * the switch between whole sets of them, and the results that the page has already reached. It is folded on phones, at
 * the top of a page, and where the reader has closed it.
 *
 * @typedef {import("../frontend/state.js").State} State
 * @typedef {import("../frontend/state.js").Inputs} Inputs
 * @typedef {import("../frontend/scope.js").Scope} Scope
 * @typedef {NonNullable<ReturnType<typeof createSection>>} Section   what it has for one scope
 * @typedef {{element: HTMLElement, name: string, write: () => void}} Part
 */

import { clearFocus } from "../frontend/focus.js";
import { elementNames } from "../frontend/name.js";
import { stateOf } from "../frontend/state.js";
import { fieldWriter, takeField } from "../views/fields.js";
import { numberWriter } from "../views/say.js";

const NARROW = "(max-width: 960px)"; // as in its style: a drawer there
const TOP = 150; // pixels: the first screen belongs to the page

/** The dock of a page. Returns `write()`, which writes it anew while it shows.
 * @param {Document} document
 * @param {Scope[]} scopes
 * @param {any} host   as far as fields need it (see kinds.js) */
export function createDock(document, scopes, host) {
  const dock = /** @type {HTMLElement} */ (document.querySelector("[data-dock]"));
  const sections = scopes.flatMap((scope) => createSection(document, scope) ?? []);
  const window = /** @type {Window & typeof globalThis} */ (document.defaultView);
  let shown = /** @type {Section | undefined} */ (undefined);
  if (!sections.length) return { write() {} };
  const isFolded = takeFolding(dock);
  for (const section of sections) furnish(dock, section, host);
  whenScrolled(window, look);
  clearFocus(dock);
  return { write };

  function look() {
    const wanted = sections.filter(({ views }) => isReached(views, window)).at(-1) ?? sections[0];
    const next = wanted.panels.some((panel) => isInView(panel, window)) ? undefined : wanted;
    if (next !== shown) {
      for (const section of sections) showSection(section, section === next);
      shown = next;
      dock.hidden = !shown;
      write();
    }
    const isFirst = window.scrollY < TOP;
    dock.toggleAttribute("data-first-screen", isFirst);
    fold(dock, isFolded() ?? (isFirst || window.matchMedia(NARROW).matches));
    for (const { element, name } of shown?.results ?? [])
      if (!element.dataset.cell && isShownYet(document, name)) tellResult(element, name);
  }

  function write() {
    for (const part of shown ? [...shown.fields, ...shown.results] : []) part.write();
  }
}

/** Calls `look` now, and once a frame while the window scrolls or changes.
 * @param {Window} window
 * @param {() => void} look */
function whenScrolled(window, look) {
  let isAsked = false;
  const ask = () => {
    if (!isAsked) window.requestAnimationFrame(() => { isAsked = false; look(); });
    isAsked = true;
  };
  for (const type of ["scroll", "resize", "click", "focusin"]) window.addEventListener(type, ask, { passive: true });
  ask();
}

/** What the dock has for a scope; null where the page has no fields of it.
 * @param {Document} document
 * @param {Scope} scope */
function createSection(document, scope) {
  const isOwn = (/** @type {Element} */ element) => stateOf(scope.states, element) !== undefined;
  const panels = [...document.querySelectorAll("[data-fields]")].filter(isOwn);
  if (!panels.length) return null;
  const views = [...document.querySelectorAll("[data-sheet]:not([data-dock] *)")].filter(isOwn);
  const groups = [...panels[0].querySelectorAll("[data-array]")].map((group) =>
    /** @type {HTMLElement} */ (group.cloneNode(true)));
  return {
    states: scope.states, panels, views, groups,
    lines: /** @type {HTMLElement[]} */ ([]), fields: /** @type {Part[]} */ ([]), results: /** @type {Part[]} */ ([]),
  };
}

/** Puts the fields and the results of a section into the dock.
 * @param {HTMLElement} dock
 * @param {Section} section
 * @param {any} host */
function furnish(dock, { states, groups, lines, fields, results }, host) {
  dock.querySelector("[data-dock-fields]")?.append(...groups);
  for (const element of groups.flatMap((group) => [...group.querySelectorAll("input")])) {
    const name = /** @type {string} */ (element.dataset.input);
    const state = stateWith(states, name);
    element.type = "text"; // a field without a type is tied where it stands (see fields.js)
    takeField(element, state, host);
    delete element.dataset.input;
    fields.push({ element, name, write: fieldWriter(element, state, name, host) });
  }
  for (const { state, name } of resultsOf(states)) {
    const [line, element] = [dock.ownerDocument.createElement("span"), dock.ownerDocument.createElement("span")];
    line.append(`${state.symbol(name)} = `, element);
    line.hidden = true;
    lines.push(line);
    results.push({ element, name, write: numberWriter(element, state, name, host) });
  }
  dock.querySelector("[data-dock-results]")?.append(...[...lines].reverse()); // on phones the last ones fit
}

/** @param {State[]} states @param {string} name */
function stateWith(states, name) {
  return /** @type {State} */ (states.find((state) => state.has(name)));
}

/** The numbers that the sheets of a scope want to be kept in sight, each once.
 * @param {State[]} states */
function resultsOf(states) {
  const arrays = new Set(states.flatMap(({ sheet }) => sheet.results));
  return [...arrays].filter((name) => stateWith(states, name)).flatMap((array) => {
    const state = stateWith(states, array);
    return elementNames(array, state.program.names[array].shape).map((name) => ({ state, name }));
  });
}

/** Only what shows bears the names of numbers.
 * @param {Section} section
 * @param {boolean} isShown */
function showSection({ groups, lines, fields, results }, isShown) {
  for (const group of groups) group.hidden = !isShown;
  for (const { element, name } of fields)
    if (isShown) element.dataset.input = name;
    else delete element.dataset.input;
  for (const line of lines) line.hidden = true;
  for (const { element } of results) delete element.dataset.cell;
}

/** @param {HTMLElement} element @param {string} name */
function tellResult(element, name) {
  element.dataset.cell = name;
  /** @type {HTMLElement} */ (element.parentElement).hidden = false;
}

/** Whether the reader has come as far as one of these.
 * @param {Element[]} elements
 * @param {Window} window */
function isReached(elements, { innerHeight }) {
  const isShown = (/** @type {Element} */ element) => element.getClientRects().length > 0;
  return elements.some((element) => isShown(element) && element.getBoundingClientRect().top < innerHeight);
}

/** Whether all fields of a panel can be seen.
 * @param {Element} panel
 * @param {Window} window */
function isInView(panel, { innerHeight }) {
  const [first, last] = [0, -1].map((i) => [...panel.querySelectorAll("[data-input]")].at(i)?.getBoundingClientRect());
  return first !== undefined && last !== undefined && first.width > 0 && first.top > 40 && last.bottom < innerHeight;
}

/** Whether the page has come to a number, and asks for it no more.
 * @param {Document} document
 * @param {string} name */
function isShownYet(document, name) {
  const isAsked = document.querySelector(`[data-question]:not([data-open]) [data-answer="${name}"]`);
  if (isAsked && !document.documentElement.hasAttribute("data-everything-shown")) return false;
  const places = [...document.querySelectorAll(`[data-cell="${name}"]:not([data-dock] *)`)];
  const first = places.find((place) => place.getClientRects().length);
  return first !== undefined && isReached([first], /** @type {Window} */ (document.defaultView));
}

/** @param {HTMLElement} dock @param {boolean} isFolded */
function fold(dock, isFolded) {
  dock.toggleAttribute("data-folded", isFolded);
  dock.querySelector("[data-dock-tab]")?.setAttribute("aria-expanded", String(!isFolded));
}

/** Folds the dock by its tab, and by Esc where that is not for a field elsewhere; it stays so until it is asked for.
 *  Returns `isFolded()`, what the reader wants, if anything.
 * @param {HTMLElement} dock */
function takeFolding(dock) {
  const tab = /** @type {HTMLElement} */ (dock.querySelector("[data-dock-tab]"));
  const { documentElement, defaultView } = dock.ownerDocument;
  let wish = /** @type {boolean | undefined} */ (undefined);
  tab.addEventListener("click", () => fold(dock, wish = !dock.hasAttribute("data-folded")));
  defaultView?.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    const isMeant = dock.contains(target) || !target.matches("input, textarea, select");
    if (event.key !== "Escape" || event.defaultPrevented || !isMeant || dock.hidden) return;
    fold(dock, wish = true);
    if (dock.contains(target)) tab.focus();
  });
  new ResizeObserver(() => documentElement.style.setProperty("--byhand-dock", `${dock.offsetHeight}px`)).observe(dock);
  return () => wish;
}
