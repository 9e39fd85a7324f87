/* A static page: every sheet and every live number on it, one set of inputs, no kernel. */

import { bind } from "./bind.js";
import { takeInput } from "./fields.js";
import { readLink, withoutInputs, writeLink, writeNumpy } from "./link.js";
import { createState } from "./state.js";
import { announcer, showReasons } from "./tips.js";
import { showTrails, walkSteps } from "./trail.js";

const MOST_AT_ONCE = 20; // writes of the address

/** Brings a static page to life: all its sheets, one set of inputs, kept in the address and for the next page. */
export function startPage(document) {
  const scripts = [...document.querySelectorAll("script.longhand-sheet")];
  if (!scripts.length) return;
  const states = scripts.map((script) => createState({ id: script.id, ...JSON.parse(script.textContent) }));
  const book = together(states, (state) => state.bookInputs());
  const current = () => together(states, (state) => state.inputs());
  const memory = createMemory(document.defaultView, current, isBook);
  const write = bind(document, states);
  const notices = document.querySelectorAll(".longhand-notice, .longhand-late"); // shown with the reader's own numbers
  const resets = document.querySelectorAll(".longhand-tools .longhand-reset");
  const announce = announcer(document, states);

  takeInput(document, states, (inputs) => { put(inputs); memory.keep(); announce(); });
  showReasons(document, states);
  walkSteps(document, showTrails(document, states).light);
  for (const button of document.querySelectorAll(".longhand-reset"))
    button.addEventListener("click", () => { say(document, ""); put(book); memory.keep(); announce(); });
  for (const button of document.querySelectorAll(".longhand-copy")) {
    const text = button.dataset.copy === "link" ? () => memory.address()
      : () => writeNumpy(current(), together(states, (state) => state.shapes()));
    delete button.dataset.waiting;
    button.addEventListener("click", () => copy(button, text()));
  }
  for (const hint of document.querySelectorAll(".longhand-hint")) delete hint.dataset.waiting;

  const { inputs, error } = memory.recall(book);
  put(inputs);
  if (error) say(document, error);
  else if (!isBook()) memory.keep();

  function put(changes) {
    states.forEach((state) => state.set(changes));
    write();
    const isOwn = !isBook();
    for (const notice of notices) notice.hidden = !isOwn;
    for (const button of resets) button.toggleAttribute("data-waiting", !isOwn);
  }

  function isBook() {
    return states.every((state) => state.isBook());
  }
}

/** One record of all states' inputs; of two inputs with one name the first sheet's counts. */
function together(states, pick) {
  return Object.assign({}, ...states.map(pick).reverse());
}

function say(document, sentence) {
  for (const message of document.querySelectorAll(".longhand-inputs .longhand-message")) message.textContent = sentence;
}

/** Where the reader's numbers, `current()`, are kept: in the address of this page, and in the browser for the book's other
 *  pages. The book's own are not kept. */
function createMemory(window, current, isBook) {
  const { location, history } = window;
  const root = window.document.documentElement.dataset.content_root ?? ".";
  const key = `longhand:${new URL(root, location.href).pathname}`;
  return {
    /** `{inputs}` from the address, else from the browser; with `error`, a sentence, where the address is damaged. */
    recall(book) {
      const link = readLink(location.search, book);
      if (link.error) return { inputs: {}, error: link.error };
      return Object.keys(link.inputs).length ? link : { inputs: readLink(stored(), book).inputs ?? {} };
    },
    keep: unhurried(window, () => {
      const inputs = current();
      const query = isBook() ? withoutInputs(location.search, inputs) : writeLink(location.search, inputs);
      history.replaceState(history.state, "", location.pathname + query + location.hash);
      try {
        if (isBook()) window.localStorage.removeItem(key);
        else window.localStorage.setItem(key, writeLink(stored(), inputs));
      } catch { /* a browser that keeps nothing still has the address */ }
    }),
    address: () => location.href.replace(/[?#].*$/, "") + writeLink("", current()) + location.hash,
  };

  function stored() {
    try {
      return window.localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  }
}

/** `act` at once while calls are few, as when a reader types; 400 ms later while a field is dragged or calls are many. Never
 *  more than 95 times in 30 seconds: browsers refuse to write an address oftener than 100 times. No last call is lost. */
function unhurried(window, act) {
  let credit = MOST_AT_ONCE;
  let counted = 0; // when `credit` was last brought up to date
  let isWaiting = false;
  window.addEventListener("pagehide", () => isWaiting && run());
  return () => {
    if (isWaiting) return;
    if (refilled() >= 1 && !window.document.querySelector("[data-input]:active")) return run();
    isWaiting = true;
    window.setTimeout(() => isWaiting && run(), 400);
  };

  function run() {
    isWaiting = false;
    credit = refilled() - 1;
    act();
  }

  function refilled() {
    const now = window.performance.now();
    credit = Math.min(MOST_AT_ONCE, credit + (now - counted) / 400);
    counted = now;
    return credit;
  }
}

async function copy(button, text) {
  const label = button.dataset.label ??= button.textContent;
  try {
    await button.ownerDocument.defaultView.navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    const message = button.closest(".longhand-inputs").querySelector(".longhand-message");
    message.textContent = `The browser does not let this page copy. Here it is: ${text}`;
  }
  setTimeout(() => { button.textContent = label; }, 2000);
}
