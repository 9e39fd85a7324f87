/** Memory: where a reader's numbers are kept. In the address of the page; for this tab; and for tabs to come.
 *
 * What is stored is a query, as in a link, of the numbers that are not the given ones. A link's numbers are kept for
 * this tab only, and with them what the reader had before.
 *
 * @typedef {import("./state.js").Inputs} Inputs
 * @typedef {import("./scope.js").Scope} Scope
 */

import { numbersIn, pairsOf, readLink, writeLink } from "./link.js";
import { isHeld, whenLetGo } from "./rest.js";

const MOST_AT_ONCE = 20; // writes of the address

/** The memory of a page's scopes. */
export class Memory {
  #window;
  #scopes;
  #tab;
  #browser;
  #changed = /** @type {Set<Scope>} */ (new Set());
  #linked = /** @type {Set<Scope>} */ (new Set()); // scopes that have a link's numbers, unchanged
  #kept = /** @type {Set<Scope>} */ (new Set()); // scopes whose numbers from before a link are kept
  #write;

  /** @param {Window} window @param {Scope[]} scopes */
  constructor(window, scopes) {
    this.#window = window;
    this.#scopes = scopes;
    this.#tab = createStore(window, "sessionStorage");
    this.#browser = createStore(window, "localStorage");
    this.#write = unhurried(window, () => {
      for (const scope of this.#changed) this.#store(scope);
      this.#changed.clear();
      return this.writeAddress();
    });
  }

  /** Puts into each scope what the address has, else what is stored. Returns the problems of the address, as
   *  sentences; none of inputs that are `elsewhere`, on another page.
   * @param {string[]} [elsewhere] */
  recall(elsewhere) {
    const link = readLink(this.#window.location.search, this.#scopes, elsewhere);
    for (const scope of this.#scopes) this.#recallScope(scope, link.inputsOf(scope));
    for (const scope of this.#scopes) this.#look(scope);
    if (!link.problems.length) this.writeAddress();
    return link.problems.map(({ scope, input, sentence }) => (
      { scope, sentence: sentence + (input ? whatStays(scope, input) : "") }));
  }

  /** Puts in what this tab had last: other numbers may have come while the page was not on screen. */
  recallTab() {
    for (const scope of this.#scopes) {
      scope.set({ ...scope.given, ...readable(this.#storedFor(scope), scope) });
      this.#look(scope);
    }
    this.writeAddress();
  }

  /** @param {Scope} scope */
  keep(scope) {
    this.#changed.add(scope);
    this.#linked.delete(scope);
    this.#write();
  }

  address() {
    const { href, hash, search } = this.#window.location;
    const problem = (search.match(/\b(seed|level)=\d+/g) ?? []).join("&");
    return href.replace(/[?#].*$/, "") + writeLink(problem, this.#scopes) + hash;
  }

  /** An address with some inputs only, the given ones too, of a place in the page.
   * @param {Scope} scope @param {string[]} names @param {string} place */
  addressOf(scope, names, place) {
    const inputs = scope.inputs();
    const query = names.map((name) => `${scope.prefix}${name}=${inputs[name].join(",")}`).join("&");
    return `${this.#window.location.href.replace(/[?#].*$/, "")}?${query}#${place}`;
  }

  /** Whether a scope has a link's numbers, unchanged.
   * @param {Scope} scope */
  isLinks(scope) {
    return this.#linked.has(scope);
  }

  /** Whether a scope's numbers from before a link are kept.
   * @param {Scope} scope */
  hasBefore(scope) {
    return this.#kept.has(scope);
  }

  /** Puts in again what the reader had before a link.
   * @param {Scope} scope */
  bringBack(scope) {
    const { own, beforeLink, link } = this.#keysOf(scope);
    const before = this.#tab.get(beforeLink) ?? "";
    this.#tab.set(own, before);
    this.#tab.remove(beforeLink, link);
    this.#look(scope);
    scope.set({ ...scope.given, ...readable(before, scope) });
    this.writeAddress();
  }

  /** Whether the address could be written: WebKit throws where it was written too often. */
  writeAddress() {
    const { location, history } = this.#window;
    const address = location.pathname + writeLink(location.search, this.#scopes) + location.hash;
    try {
      const now = location.pathname + location.search + location.hash;
      if (address !== now) history.replaceState(history.state, "", address);
      return true;
    } catch {
      return false;
    }
  }

  /** Where a scope's numbers are stored: the reader's, those from before a link, and what the tab had then.
   * @param {Scope} scope */
  #keysOf({ isShared, name }) {
    const { location, document } = this.#window;
    const root = new URL(document.documentElement.dataset.content_root ?? ".", location.href).pathname;
    const own = `byhand:${isShared ? root : location.pathname.replace(/index\.html$/, "")}:${name}`;
    return { own, beforeLink: `${own}:before`, link: `${own}:link`, mine: `${own}:mine` };
  }

  /** @param {Scope} scope */
  #storedFor(scope) {
    const { own } = this.#keysOf(scope);
    return this.#tab.get(own) ?? this.#browser.get(own) ?? "";
  }

  /** @param {Scope} scope @param {Inputs} linked */
  #recallScope(scope, linked) {
    const keys = this.#keysOf(scope);
    const stored = this.#storedFor(scope);
    scope.set(readable(stored, scope));
    const mine = readable(this.#browser.get(keys.mine) ?? "", scope);
    if (Object.keys(mine).length) scope.mine = mine;
    if (!Object.keys(linked).length || (isVisitedAgain(this.#window) && this.#tab.get(keys.own) !== null)) return;
    const before = JSON.stringify(scope.inputs());
    scope.set({ ...scope.given, ...linked });
    if (JSON.stringify(scope.inputs()) === before) return;
    const text = merged(stored, scope);
    const isFirst = this.#tab.get(keys.link) === null; // else they are kept already
    if (stored && isFirst) this.#tab.set(keys.beforeLink, stored);
    this.#tab.set(keys.own, text);
    this.#tab.set(keys.link, text);
  }

  /** Looks up what a tab knows of links: not at each move of a drag.
   * @param {Scope} scope */
  #look(scope) {
    const keys = this.#keysOf(scope);
    const link = this.#tab.get(keys.link);
    this.#linked[link !== null && link === this.#tab.get(keys.own) ? "add" : "delete"](scope);
    this.#kept[this.#tab.get(keys.beforeLink) !== null ? "add" : "delete"](scope);
  }

  /** @param {Scope} scope */
  #store(scope) {
    const { own, mine } = this.#keysOf(scope);
    if (scope.mine) this.#browser.set(mine, Object.entries(scope.mine).map((pair) => pair.join("=")).join("&"));
    const text = merged(this.#storedFor(scope), scope);
    this.#tab.set(own, text);
    if (this.#kept.has(scope)) return; // the browser keeps the reader's own, not what became of a link
    if (text) this.#browser.set(own, text);
    else this.#browser.remove(own);
  }
}

/** Whether the reader has come by the browser's back or forward.
 * @param {Window} window */
function isVisitedAgain({ performance }) {
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return visit?.type === "back_forward";
}

/** @param {Scope} scope @param {string} input */
function whatStays(scope, input) {
  const isOwn = JSON.stringify(scope.inputs()[input]) !== JSON.stringify(scope.given[input]);
  return ` ${input} keeps ${isOwn ? "your" : `${scope.owner}’s`} numbers.`;
}

/** A stored query with the numbers of this page's inputs in it; inputs of other pages stay.
 * @param {string} stored
 * @param {Scope} scope */
function merged(stored, scope) {
  const texts = new Map(pairsOf(stored));
  for (const [name, numbers] of Object.entries(scope.inputs()))
    if (numbers.every((number, i) => number === scope.given[name][i])) texts.delete(name);
    else texts.set(name, numbers.join(","));
  return [...texts].map((pair) => pair.join("=")).join("&");
}

/** Those of the stored inputs that this page can take.
 * @param {string} stored
 * @param {Scope} scope
 * @returns {Inputs} */
function readable(stored, scope) {
  return Object.fromEntries(pairsOf(stored).flatMap(([name, text]) => {
    const numbers = numbersIn(text);
    const isTaken = name in scope.given && !scope.refusal(name, numbers);
    return isTaken ? [[name, /** @type {number[]} */ (numbers)]] : [];
  }));
}

/** A browser's storage; where it keeps nothing, nothing is stored.
 * @param {Window} window
 * @param {"sessionStorage" | "localStorage"} name */
function createStore(window, name) {
  /** @type {<T>(act: (storage: Storage) => T) => T | null} */
  const attempt = (act) => {
    try {
      return act(window[name]);
    } catch {
      return null;
    }
  };
  return {
    get: (/** @type {string} */ key) => attempt((storage) => storage.getItem(key)),
    set: (/** @type {string} */ key, /** @type {string} */ text) => attempt((storage) => storage.setItem(key, text)),
    remove(/** @type {string[]} */ ...keys) {
      for (const key of keys) attempt((storage) => storage.removeItem(key));
    },
  };
}

/** `act` at once while calls are few, as when a reader types; 400 ms later where they are many; after a drag, not in
 *  it. Never more than 95 times in 30 seconds: browsers refuse to write an address oftener than 100 times. No last call
 *  is lost, and where `act` returns false it is done again.
 * @param {Window} window
 * @param {() => boolean} act */
function unhurried(window, act) {
  let credit = MOST_AT_ONCE;
  let counted = 0; // when `credit` was last brought up to date
  let isWaiting = false;
  const runLater = whenLetGo(window.document, run, 400);
  window.addEventListener("pagehide", () => isWaiting && act());
  return ask;

  function ask() {
    if (isWaiting) return;
    if (refilled() >= 1 && !isHeld(window.document)) run();
    else wait();
  }

  function wait() {
    isWaiting = true;
    runLater();
  }

  function run() {
    isWaiting = false;
    credit = refilled() - 1;
    if (!act()) wait();
  }

  function refilled() {
    const now = window.performance.now();
    credit = Math.min(MOST_AT_ONCE, credit + (now - counted) / 400);
    counted = now;
    return credit;
  }
}
