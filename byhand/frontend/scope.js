/** Scopes: whose numbers belong together. Fields, links, memory, reset and notice all ask here.
 *
 * A sheet bears the name of its scope. One with a dash was made by the engine for one explorer and those that follow
 * it; any other was given by the author, and holds for all pages of the book.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Inputs} Inputs
 * @typedef {ReturnType<typeof createScope>} Scope
 */

import { allows } from "./domain.js";

/** The scopes of the sheets on a page, in order; the names in links of all but the first carry the scope's name.
 * @param {State[]} states */
export function createScopes(states) {
  const groups = /** @type {Map<string, State[]>} */ (new Map());
  for (const state of states) groups.set(state.sheet.scope, [...(groups.get(state.sheet.scope) ?? []), state]);
  return [...groups].map(([name, own], i) => createScope(name, own, i ? `${name}.` : ""));
}

/** The sheets of one scope, with one set of inputs. Of two inputs with one name the first sheet's numbers are the given
 *  ones.
 * @param {string} name
 * @param {State[]} states
 * @param {string} prefix */
function createScope(name, states, prefix) {
  /** @type {(pick: (state: State) => Record<string, number[]>) => Record<string, number[]>} */
  const together = (pick) => Object.assign(Object.create(null), ...states.map(pick).reverse());
  const given = together((state) => state.bookInputs());
  for (const state of states) state.rebase(given);
  const domainOf = (/** @type {string} */ input) => /** @type {State} */ (
    states.find((state) => state.program.inputs.includes(input))).domain(input);
  return {
    name, states, prefix, given,
    mine: /** @type {Inputs | null} */ (null), // the reader's own numbers (see points.js)
    owner: states[0].sheet.owner,
    isShared: !name.includes("-"),
    inputs: () => together((state) => state.inputs()),
    shapes: () => together((state) => state.shapes()),
    /** What an address names. */
    named: () => together((state) => (states.every((each) => each.isBook()) ? state.kept : state.inputs())),
    isGiven: () => states.every((state) => state.isBook()),
    hasName: (/** @type {string} */ base) => states.some((state) => Object.hasOwn(state.program.names, base)),
    set: (/** @type {Inputs} */ inputs) => states.forEach((state) => state.set(inputs)),
    /** Why `numbers` cannot be put into an input, as the end of a sentence about it; "" where they can.
     * @param {string} input
     * @param {(number | null)[]} numbers */
    refusal(input, numbers) {
      const domain = domainOf(input);
      const { length } = given[input];
      if (numbers.length !== length) return `has ${numbers.length} of the ${length} numbers it needs`;
      if (numbers.every((number) => number !== null && allows(domain, number))) return "";
      return length === 1 ? `is not ${domain.words}` : `has something else than ${domain.words}`;
    },
  };
}
