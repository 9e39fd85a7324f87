/** A static page: every sheet and every live number on it, a set of inputs for each scope, no kernel.
 *
 * @typedef {import("../frontend/state.js").State} State
 * @typedef {import("../frontend/state.js").Inputs} Inputs
 * @typedef {import("../frontend/scope.js").Scope} Scope
 * @typedef {ReturnType<typeof createMessages>} Messages
 */

import { copyFormulas } from "../frontend/copy.js";
import { clearFocus } from "../frontend/focus.js";
import { KINDS, forEachOf } from "../frontend/kinds.js";
import { bringToLife } from "../frontend/life.js";
import { writeNumpy } from "../frontend/link.js";
import { Memory } from "../frontend/memory.js";
import { ownPoint } from "../frontend/points.js";
import { createScopes } from "../frontend/scope.js";
import { createState, readSheet, stateOf } from "../frontend/state.js";
import { announcer } from "../frontend/tips.js";
import { addSentence } from "../views/fields.js";
import { createDock } from "./dock.js";

/** Brings a static page to life: all its sheets, and their inputs, kept in the address and for the next page.
 * @param {Document} document */
export function startPage(document) {
  const scripts = /** @type {HTMLScriptElement[]} */ ([...document.querySelectorAll("script[data-program]")]);
  if (!scripts.length) return;
  const states = scripts.map(readSheet).map(createState);
  const window = /** @type {Window} */ (document.defaultView);
  for (const kind of KINDS.filter(({ prepare }) => prepare))
    forEachOf(kind, document, states, (element, state) => kind.prepare?.(element, state, window));
  const scopes = createScopes(states);
  const memory = new Memory(window, scopes);
  const scopeAt = (/** @type {Element} */ element) => scopeOf(/** @type {State} */ (stateOf(states, element)), scopes);
  const messages = createMessages(document, scopeAt);
  const show = createPage(document, states, scopes, memory, messages);
  const notes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-elsewhere]")]);
  const problems = memory.recall(notes.flatMap(({ dataset }) => (dataset.elsewhere ?? "").split(" ")));
  copyFormulas(document);
  show();
  for (const { scope, sentence } of problems) messages.say(scope, sentence);
}

/** @param {State} state @param {Scope[]} scopes */
function scopeOf(state, scopes) {
  return /** @type {Scope} */ (scopes.find((scope) => scope.states.includes(state)));
}

/** What a page is to those who live on it (see kinds.js).
 * @param {(state: State) => Scope} own
 * @param {Memory} memory
 * @param {{change: (scope: Scope, inputs: Inputs) => void, reset: (scopes: Scope[]) => void}} page */
function createPlace(own, memory, { change, reset }) {
  return {
    hasKernel: false,
    replaced: "mjx-container [data-cell]", // MathJax keeps what it has replaced, for those who listen
    change: (/** @type {Inputs} */ inputs, /** @type {State} */ state) => change(own(state), inputs),
    reset: (/** @type {State} */ state) => reset([own(state)]),
    isGiven: (/** @type {State} */ state) => own(state).isGiven(),
    mine: (/** @type {State} */ state) => own(state).mine,
    copies: {
      link: () => memory.address(),
      some: (/** @type {State} */ state, /** @type {HTMLElement} */ { dataset, parentElement }) =>
        memory.addressOf(own(state), (dataset.names ?? "").split(" "), parentElement?.closest("section")?.id ?? ""),
      numpy: (/** @type {State} */ state) => writeNumpy(own(state).inputs(), own(state).shapes()),
    },
  };
}

/** A page on which all that shows a number of one scope moves together. Returns `show()`, which writes it anew.
 * @param {Document} document
 * @param {State[]} states
 * @param {Scope[]} scopes
 * @param {Memory} memory
 * @param {Messages} messages */
function createPage(document, states, scopes, memory, messages) {
  const own = (/** @type {State} */ state) => scopeOf(state, scopes);
  const announce = announcer(document);
  const notice = createNotice(document, scopes, memory, { reset, show });
  const place = createPlace(own, memory, { change, reset });
  const { write } = bringToLife(document, states, place);
  const dock = createDock(document, scopes, { ...place, signal: new AbortController().signal });
  const window = /** @type {Window} */ (document.defaultView);
  window.addEventListener("popstate", () => memory.writeAddress()); // the numbers stay, so the address follows them
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    memory.recallTab();
    show();
  });
  return show;

  /** @param {Scope} scope @param {Inputs} inputs */
  function change(scope, inputs) {
    scope.set(inputs);
    scope.mine = ownPoint(scope.states[0], scope.mine);
    memory.keep(scope);
    show();
    announce(scope.states);
  }

  /** @param {Scope[]} all */
  function reset(all) {
    messages.clear();
    for (const scope of all.filter((each) => !each.isGiven())) change(scope, scope.given);
  }

  function show() {
    write();
    dock.write();
    notice.show();
  }
}

/** What is said at the fields of a page.
 * @param {Document} document
 * @param {(element: Element) => Scope} scopeAt */
function createMessages(document, scopeAt) {
  const all = () => [...document.querySelectorAll("[data-fields] [data-message]")];
  return {
    clear() {
      for (const message of all()) message.textContent = "";
    },
    /** Says something at the fields of a scope, or, if it has none, at the first of the page.
     * @param {Scope} scope
     * @param {string} sentence */
    say(scope, sentence) {
      const own = all().filter((message) => scopeAt(message) === scope);
      const places = own.length ? own : all().slice(0, 1);
      for (const message of places) addSentence(message, sentence);
    },
  };
}

/** What the page says while its numbers are not the given ones.
 * @param {Document} document
 * @param {Scope[]} scopes
 * @param {Memory} memory
 * @param {{reset: (scopes: Scope[]) => void, show: () => void}} page */
function createNotice(document, scopes, memory, { reset, show }) {
  const notice = /** @type {HTMLElement} */ (document.querySelector("[data-notice]"));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (notice.querySelector(`[data-${name}]`));
  part("reset").addEventListener("click", () => reset(scopes));
  part("before").addEventListener("click", () => {
    for (const scope of scopes.filter((each) => memory.hasBefore(each))) memory.bringBack(scope);
    show();
  });
  clearFocus(notice);
  return {
    show() {
      const isOwn = scopes.some(({ states }) => states.some((state) => !state.isBook(state.sheet.fields))); // no pick
      const isLinks = scopes.some((scope) => memory.isLinks(scope));
      const hasBefore = scopes.some((scope) => memory.hasBefore(scope));
      notice.hidden = !isOwn && !isLinks && !hasBefore;
      part("says=own").hidden = isLinks;
      part("says=link").hidden = !isLinks;
      part("reset").hidden = !isOwn;
      part("before").hidden = !hasBefore;
      /** @type {HTMLElement} */ (document.querySelector("[data-yours]")).hidden = !isOwn;
    },
  };
}
