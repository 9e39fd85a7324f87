/* A static page: every sheet and every live number on it, one set of inputs, no kernel. */

import { bind } from "./bind.js";
import { takeInput } from "./fields.js";
import { readLink, writeLink } from "./link.js";
import { createState } from "./state.js";
import { showReasons } from "./tips.js";

/** Brings a static page to life: all its sheets, one set of inputs, kept in the address and for the next page. */
export function startPage(document) {
  const window = document.defaultView;
  const scripts = [...document.querySelectorAll("script.longhand-sheet")];
  if (!scripts.length) return;
  const states = scripts.map((script) => createState({ id: script.id, ...JSON.parse(script.textContent) }));
  const book = Object.assign({}, ...states.map((state) => state.bookInputs()).reverse());
  const key = `longhand:${new URL(document.documentElement.dataset.content_root ?? ".", window.location.href).pathname}`;
  const write = bind(document, states);
  const say = (sentence) => document.querySelectorAll(".longhand-message").forEach((message) => { message.textContent = sentence; });

  takeInput(document, states, (name, value) => {
    const [base] = name.split("[");
    const owner = states.find((state) => state.position(name) !== undefined);
    const numbers = owner.input(base);
    numbers[owner.program.names[base].cells.indexOf(owner.position(name))] = value;
    put({ [base]: numbers });
    remember();
  });
  showReasons(document, states);
  for (const button of document.querySelectorAll(".longhand-reset")) button.addEventListener("click", () => { say(""); put(book); remember(); });
  for (const button of document.querySelectorAll(".longhand-copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copyLink(button));
  }
  for (const hint of document.querySelectorAll(".longhand-hint")) hint.hidden = false;
  start();

  function start() {
    const link = readLink(window.location.search, book);
    const kept = link.error || Object.keys(link.inputs).length ? {} : readLink(recall(), book).inputs ?? {};
    if (link.error) say(link.error);
    put({ ...kept, ...link.inputs });
    if (!link.error) remember();
  }

  function put(inputs) {
    states.forEach((state) => state.set(inputs));
    write();
    const own = states.some((state) => !state.isBook());
    for (const element of document.querySelectorAll(".longhand-reset, .longhand-notice")) element.hidden = !own;
  }

  function current() {
    return Object.assign({}, ...states.map((state) => Object.fromEntries(
      state.program.inputs.map((name) => [name, state.input(name)]))).reverse());
  }

  function remember() {
    const inputs = current();
    const own = states.some((state) => !state.isBook());
    const { pathname, search, hash } = window.location;
    const bare = writeLink(search, Object.fromEntries(Object.keys(inputs).map((name) => [name, []])))
      .replace(/^\?/, "").split("&").filter((pair) => !(pair.split("=")[0] in inputs)).join("&");
    const query = own ? writeLink(search, inputs) : bare && `?${bare}`;
    window.history.replaceState(window.history.state, "", pathname + query + hash);
    try {
      const stored = writeLink(recall(), inputs);
      if (own) window.localStorage.setItem(key, stored);
      else window.localStorage.removeItem(key);
    } catch { /* a browser that keeps nothing still has the link */ }
  }

  function recall() {
    try {
      return window.localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  }

  async function copyLink(button) {
    const { origin, pathname, protocol, hash } = window.location;
    const address = (protocol === "file:" ? "file://" : origin) + pathname + writeLink("", current()) + hash;
    const label = button.textContent;
    try {
      await window.navigator.clipboard.writeText(address);
      button.textContent = "Link copied";
    } catch {
      say(`Copy this link: ${address}`);
    }
    window.setTimeout(() => { button.textContent = label; }, 2000);
  }
}
