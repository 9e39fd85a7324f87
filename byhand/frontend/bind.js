/** Binding: everything drawn that shows a number, tied to the state that the number belongs to.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./kinds.js").Host} Host
 */

import { KINDS, forEachOf } from "./kinds.js";
import { createSight } from "./sight.js";

const NUMBERS = "[data-cell]";
const ROUNDS = 3; // a text that was chosen just now may hold numbers, and texts to choose from

/** Every drawn thing under `root` that shows a number of one of `states`; calling what is returned writes them all.
 *
 * Others may have made them anew meanwhile: a translator moves whole sentences, a typesetter replaces formulas. What is
 * there anew is tied anew; where numbers are gone, and what stands in their place cannot follow, the page says so.
 * @param {any} root
 * @param {State[]} states
 * @param {Host} host */
export function bind(root, states, host) {
  const { replaced = ":not(*)" } = host;
  const held = counted(root, replaced);
  const watcher = new MutationObserver(note);
  watcher.observe(root, { childList: true, subtree: true });
  const shown = [NUMBERS, ...KINDS.map(({ selector }) => selector)].join();
  let isTouched = false; // numbers may be others than those that are tied
  let generations = /** @type {number[]} */ ([]);
  let write = () => {};
  let ended = new AbortController();
  host.signal?.addEventListener("abort", () => ended.abort());
  tie();
  tellOfLost(root, held, replaced);
  return () => {
    if (isAsTied()) write();
    if (isAsTied()) return;
    for (let round = 0; round < ROUNDS && !isAsTied(); round++) {
      tie();
      write();
    }
    tellOfLost(root, held, replaced);
  };

  function tie() {
    generations = states.map((state) => state.generation);
    isTouched = false;
    ended.abort();
    ended = new AbortController();
    write = tied(root, states, host, ended.signal);
  }

  function isAsTied() {
    note(watcher.takeRecords());
    return !isTouched && states.every((state, i) => state.generation === generations[i]);
  }

  function note(/** @type {MutationRecord[]} */ records) {
    isTouched ||= records.some((record) => comesOrGoes(record, shown));
  }
}

/** Whether something of what is `shown` came or went: texts alone are what is written here.
 * @param {MutationRecord} record
 * @param {string} shown */
function comesOrGoes({ addedNodes, removedNodes }, shown) {
  return [...addedNodes, ...removedNodes].some((node) =>
    node instanceof Element && (node.matches(shown) || node.querySelector(shown)));
}

/** Says it where numbers that were `held` are gone, or stand where they cannot follow.
 * @param {any} root
 * @param {Map<string, number>} held
 * @param {string} replaced */
function tellOfLost(root, held, replaced) {
  const lost = root.querySelector("[data-lost]");
  const now = counted(root, replaced);
  const isHeld = [...held].every(([name, count]) => (now.get(name) ?? 0) >= count);
  if (lost) lost.hidden = isHeld && !root.querySelector(replaced);
}

/** How often each number is to be seen, in texts that do not change by themselves.
 * @param {any} root
 * @param {string} replaced */
function counted(root, replaced) {
  const counts = /** @type {Map<string, number>} */ (new Map());
  for (const { dataset } of root.querySelectorAll(`[data-cell]:not([data-choose] *, ${replaced})`))
    counts.set(dataset.cell, (counts.get(dataset.cell) ?? 0) + 1);
  return counts;
}

/** @param {any} root @param {State[]} states @param {Host} host @param {AbortSignal} signal */
function tied(root, states, host, signal) {
  const drawings = KINDS.filter(({ write }) => write).flatMap((kind) => forEachOf(kind, root, states,
    (element, state, name) => ({ element, isSlow: kind.isSlow, write: kind.write?.(element, state, name, host) })));
  return createSight(root.ownerDocument ?? root, drawings, signal);
}
