/* Binding: everything drawn that shows a number, tied to the state that the number belongs to. */

import { KINDS, forEachOf } from "./kinds.js";

const NUMBERS = "[data-cell]";

/** Every drawn thing under `root` that shows a number of one of `states`; calling what is returned writes them all.
 *
 * Others may have made them anew meanwhile: a translator moves whole sentences, a typesetter replaces formulas. What is
 * there anew is tied anew; where numbers are gone, and what stands in their place cannot follow, the page says so. */
export function bind(root, states, host = {}) {
  const { replaced = ":not(*)" } = host;
  const held = counted(root, replaced);
  const watcher = new MutationObserver(() => { isTouched = true; });
  watcher.observe(root, { childList: true, subtree: true });
  const shown = [NUMBERS, ...KINDS.map(({ selector }) => selector)].join();
  let isTouched = false; // numbers may be others than those that are tied
  let elements = [];
  let generations = [];
  let write;
  tie();
  tellOfLost();
  return () => {
    if (isAsTied()) write();
    if (isAsTied()) return; // a text that was chosen just now may hold numbers
    tie();
    write();
    tellOfLost();
  };

  function tellOfLost() {
    const lost = root.querySelector("[data-lost]");
    const now = counted(root, replaced);
    if (lost) lost.hidden = !root.querySelector(replaced) && [...held].every(([name, count]) => now.get(name) >= count);
  }

  function tie() {
    elements = [...root.querySelectorAll(shown)];
    generations = states.map((state) => state.generation);
    write = tied(root, states, host);
  }

  function isAsTied() {
    if (states.some((state, i) => state.generation !== generations[i])) return false;
    if (!watcher.takeRecords().length && !isTouched) return true;
    const now = root.querySelectorAll(shown);
    isTouched = now.length !== elements.length || elements.some((element, i) => element !== now[i]);
    return !isTouched;
  }
}

/** How often each number is to be seen, in texts that do not change by themselves. */
function counted(root, replaced) {
  const counts = new Map();
  for (const { dataset } of root.querySelectorAll(`[data-cell]:not([data-choose] *, ${replaced})`))
    counts.set(dataset.cell, (counts.get(dataset.cell) ?? 0) + 1);
  return counts;
}

function tied(root, states, host) {
  const writers = (isSlow) => KINDS.filter((kind) => kind.write && Boolean(kind.isSlow) === isSlow).flatMap((kind) =>
    forEachOf(kind, root, states, (element, state, name) => kind.write(element, state, name, host)));
  const atOnce = writers(false);
  const writeSlow = whenIdle(writers(true));
  return () => { atOnce.forEach((write) => write()); writeSlow(); };
}

/** Calls each of `acts` when the browser has time to spare, one at a time: no sweep blocks input on a slow machine. */
function whenIdle(acts) {
  const schedule = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 0));
  let waiting = [];
  const next = () => {
    waiting.shift()();
    if (waiting.length) schedule(next, { timeout: 100 });
  };
  return () => {
    if (acts.length && !waiting.length) schedule(next, { timeout: 100 });
    waiting = [...acts];
  };
}
