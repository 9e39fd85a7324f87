/* A static page: every sheet and every live number on it, a set of inputs for each scope, no kernel. */

import { copyFormulas } from "../frontend/copy.js";
import { clearFocus } from "../frontend/focus.js";
import { KINDS, forEachOf } from "../frontend/kinds.js";
import { bringToLife } from "../frontend/life.js";
import { writeNumpy } from "../frontend/link.js";
import { Memory } from "../frontend/memory.js";
import { createScopes } from "../frontend/scope.js";
import { createState, readSheet, stateOf } from "../frontend/state.js";
import { announcer } from "../frontend/tips.js";

/** Brings a static page to life: all its sheets, and their inputs, kept in the address and for the next page. */
export function startPage(document) {
  const sheets = [...document.querySelectorAll("script[data-program]")].map(readSheet);
  if (!sheets.length) return;
  const states = sheets.map(createState);
  for (const kind of KINDS.filter(({ prepare }) => prepare))
    forEachOf(kind, document, states, (element, state) => kind.prepare(element, state, document.defaultView));
  const scopes = createScopes(states);
  const memory = new Memory(document.defaultView, scopes);
  const scopeAt = (element) => scopeOf(stateOf(states, element), scopes);
  const messages = createMessages(document, scopeAt);
  const show = createPage(document, states, scopes, memory, messages);
  const notes = [...document.querySelectorAll("[data-elsewhere]")];
  const problems = memory.recall(notes.flatMap(({ dataset }) => dataset.elsewhere.split(" ")));
  copyFormulas(document);
  show();
  for (const { scope, sentence } of problems) messages.say(scope, sentence);
}

function scopeOf(state, scopes) {
  return scopes.find((scope) => scope.states.includes(state));
}

/** A page on which all that shows a number of one scope moves together. Returns `show()`, which writes it anew. */
function createPage(document, states, scopes, memory, messages) {
  const own = (state) => scopeOf(state, scopes);
  const announce = announcer(document);
  const notice = createNotice(document, scopes, memory, { reset, show });
  const { write } = bringToLife(document, states, {
    hasKernel: false,
    replaced: "mjx-container [data-cell]", // MathJax keeps what it has replaced, for those who listen
    change: (inputs, state) => change(own(state), inputs),
    reset: (state) => reset([own(state)]),
    isGiven: (state) => own(state).isGiven(),
    copies: { link: () => memory.address(), numpy: (state) => writeNumpy(own(state).inputs(), own(state).shapes()) },
  });
  const window = document.defaultView;
  window.addEventListener("popstate", () => memory.writeAddress()); // the numbers stay, so the address follows them
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    memory.recallTab();
    show();
  });
  return show;

  function change(scope, inputs) {
    scope.set(inputs);
    memory.keep(scope);
    show();
    announce(scope.states);
  }

  function reset(all) {
    messages.clear();
    for (const scope of all.filter((each) => !each.isGiven())) change(scope, scope.given);
  }

  function show() {
    write();
    notice.show();
  }
}

/** What is said at the fields of a page. */
function createMessages(document, scopeAt) {
  const all = () => [...document.querySelectorAll("[data-fields] [data-message]")];
  return {
    clear() {
      for (const message of all()) message.textContent = "";
    },
    /** Says something at the fields of a scope, or, if it has none, at the first of the page. */
    say(scope, sentence) {
      const own = all().filter((message) => scopeAt(message) === scope);
      const places = own.length ? own : all().slice(0, 1);
      for (const message of places) message.textContent = `${message.textContent} ${sentence}`.trim();
    },
  };
}

/** What the page says while its numbers are not the given ones. */
function createNotice(document, scopes, memory, { reset, show }) {
  const notice = document.querySelector("[data-notice]");
  const part = (name) => notice.querySelector(`[data-${name}]`);
  part("reset").addEventListener("click", () => reset(scopes));
  part("before").addEventListener("click", () => {
    for (const scope of scopes.filter((each) => memory.hasBefore(each))) memory.bringBack(scope);
    show();
  });
  clearFocus(notice);
  return {
    show() {
      const isOwn = scopes.some((scope) => !scope.isGiven());
      const isLinks = scopes.some((scope) => memory.isLinks(scope));
      const hasBefore = scopes.some((scope) => memory.hasBefore(scope));
      notice.hidden = !isOwn && !isLinks && !hasBefore;
      part("says=own").hidden = isLinks;
      part("says=link").hidden = !isLinks;
      part("reset").hidden = !isOwn;
      part("before").hidden = !hasBefore;
    },
  };
}
