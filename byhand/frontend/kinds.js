/* Kinds of view: what each room of `byhand/views` does with the elements that its template has drawn. */

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Inputs} Inputs
 *
 * @typedef {object} Host   where the elements stand
 * @property {boolean} hasKernel   whether Python is there to draw anew
 * @property {string} [replaced]   selects what a typesetter keeps of numbers that it has replaced
 * @property {(state: State, name: string) => boolean} offers   whether the reader may change an input
 * @property {(inputs: Inputs, state: State) => void} change   puts numbers in, as the reader wishes
 * @property {(state: State) => void} reset   puts the first numbers in again
 * @property {(state: State) => boolean} isGiven   whether all numbers are the first ones
 * @property {(state: State) => Inputs | null} mine   the reader's own numbers, if there have been any (see points.js)
 * @property {Record<string, (state: State, button: HTMLElement) => string>} copies   texts that can be copied
 * @property {(name: string?, element: Element) => void} light   lights the trail of a number (see trail.js)
 * @property {(answers: Record<string, number>) => void} [answer]   tells what the reader has answered
 * @property {AbortSignal} signal   says when the elements are gone
 *
 * @typedef {(element: any, state: State, name: string, host: Host) => () => void} Writer   ties an element to its
 *           state; calling what is returned writes it anew
 * @typedef {(element: any, state: State, host: Host) => void} Taker   lets an element take what the reader does
 *
 * @typedef {object} Kind
 * @property {string} selector   its elements, by their data-attributes
 * @property {string} [key]   that of their data-attributes which names their number: "lit" for data-lit
 * @property {(element: any, state: State, window: Window) => void} [prepare]   puts other first numbers into a page's
 *           state, for which its address asks, before anything else is read
 * @property {(...tied: Parameters<Writer>) => (() => void) | null} [write]   a Writer, or null where nothing is written
 * @property {Taker} [take]
 * @property {(root: any, states: State[], host: Host) => void} [attend]   takes, once for a root, what the reader does
 *           with all its elements there are and will be
 * @property {boolean} [isSlow]   whether it is written when the browser has time to spare
 */

import { stateOf } from "./state.js";

export const KINDS = /** @type {Kind[]} */ ([]);

/** @param {Kind} kind */
export function addKind(kind) {
  KINDS.push(kind);
}

/** What `act(element, state, name)` gives for each element of a kind under `root` that belongs to one of `states`.
 * @template T
 * @param {Kind} kind
 * @param {ParentNode} root
 * @param {State[]} states
 * @param {(element: any, state: State, name: any) => T} act
 * @returns {T[]} */
export function forEachOf({ selector, key }, root, states, act) {
  return [...root.querySelectorAll(selector)].flatMap((/** @type {any} */ element) => {
    const name = key && element.dataset[key];
    const state = stateOf(states, element, name);
    return state ? [act(element, state, name)] : [];
  });
}
