/** State: one sheet with the reader's numbers in it.
 *
 * @typedef {object} Sheet   what `Pen.data` in byhand/views/pen.py gives, under its name and that of its scope
 * @property {string} id
 * @property {string} scope
 * @property {Program} program
 * @property {Record<string, string>} symbols   of arrays, and of numbers that have one of their own
 * @property {Record<string, string>} gradients   an array and that whose gradient it is
 * @property {Record<string, string>} roles   what an array is to the network, where it is something: "weight"
 * @property {Record<string, import("./domain.js").Domain>} domains   of the inputs
 * @property {string[]} fields   the inputs that have fields, on this page or another
 * @property {Record<string, Inputs>} points   whole sets of numbers
 * @property {string[]} results   to be kept in sight with the fields
 * @property {string | null} announce   the number to speak of after a change
 * @property {string} owner   whose numbers the first ones are
 * @property {number} digits
 *
 * @typedef {import("./program.js").Program} Program
 * @typedef {Record<string, number[]>} Inputs   the numbers of each input, row by row
 */

import { allows } from "./domain.js";
import { elementNames, splitName, symbolOf } from "./name.js";
import { TRUTHS, compile, compileSweep, startValues, unpack } from "./program.js";
import { culprit, undecided } from "./undecided.js";

/** The sheet that a page carries in a script element.
 * @param {HTMLScriptElement} script
 * @returns {Sheet} */
export function readSheet(script) {
  const sheet = JSON.parse(script.text);
  sheet.program.cells = unpack(sheet.program.cells);
  return { id: script.id, ...sheet };
}

/** A sheet with the reader's inputs put in and everything worked out.
 * @param {Sheet} sheet */
export const createState = (sheet) => new State(sheet);

export class State {
  /** @type {Sheet} */
  sheet;
  /** @type {Program} */
  program;
  /** The value of each cell at the numbers that are given. @type {Float64Array} */
  book;
  /** The value of each cell at the reader's numbers. @type {Float64Array} */
  values;
  /** @type {import("./program.js").Evaluate} */
  #evaluate;
  /** @type {Map<string, number>} */
  #positions;
  /** All names of each cell. @type {Map<number, string[]>} */
  #names;
  /** Cells of which an array has more than one: none has its name to itself, as `_tells_its_name` in sheet.py has it.
   * @type {Set<number>} */
  #shared;
  /** Worked out when first asked for. @type {Uint8Array | null} */
  #unsure = null;
  /** How often another program has come in the place of this one: what is tied to its cells must be tied anew. */
  generation = 0;
  /** Given numbers that an address names all the same: it leads to one problem of several. @type {Inputs} */
  kept = {};

  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.#take(sheet);
  }

  /** @param {Sheet} sheet */
  #take(sheet) {
    const { program } = sheet;
    this.sheet = sheet;
    this.program = program;
    this.#evaluate = compile(program);
    this.book = this.#evaluate(startValues(program));
    this.values = this.book.slice();
    [this.#positions, this.#names, this.#shared] = indexed(program);
    this.#unsure = null;
  }

  /** Another sheet in the place of this one, while the page runs. An input that both have keeps its numbers, where they
   *  are as many and allowed.
   * @param {Sheet} sheet */
  replace(sheet) {
    const [given, own] = [this.bookInputs(), this.inputs()];
    const keeps = (/** @type {[name: string, numbers: number[]]} */ [name, numbers]) =>
      !sheet.domains[name] || numbers.every((number) => allows(sheet.domains[name], number));
    this.#take({ ...sheet, id: this.sheet.id, scope: this.sheet.scope });
    this.rebase(Object.fromEntries(Object.entries(given).filter(keeps)));
    this.set(Object.fromEntries(Object.entries(own).filter(keeps)));
    this.generation += 1;
  }

  /** Whether a number or an array is called `name`.
   * @param {string} name */
  has(name) {
    return this.#positions.has(name) || Object.hasOwn(this.program.names, name);
  }

  /** The cell of the number called `name`, which there is.
   * @param {string} name */
  position(name) {
    return /** @type {number} */ (this.#positions.get(name));
  }

  /** The name of a cell that has it to itself.
   * @param {number} cell */
  nameOf(cell) {
    return this.#shared.has(cell) ? undefined : this.#names.get(cell)?.[0];
  }

  /** The input's name of a cell that is one.
   * @param {number} cell */
  inputAt(cell) {
    return this.allNames(cell).find((name) => this.program.inputs.includes(splitName(name)[0]));
  }

  /** @param {string} name */
  symbol(name) {
    return symbolOf(name, this.sheet.symbols);
  }

  /** @param {number} cell */
  allNames(cell) {
    return this.#names.get(cell) ?? [];
  }

  inputs() {
    return this.#inputsAmong(this.values);
  }

  bookInputs() {
    return this.#inputsAmong(this.book);
  }

  /** The input that holds the number `name`, row by row, with `value` in its place: {W1: [0.1, 0.2, …]}; beside
   *  `others` that change with it.
   * @param {string} name
   * @param {number} value
   * @param {Inputs} [others]
   * @returns {Inputs} */
  changed(name, value, others = {}) {
    const [base] = splitName(name);
    const { cells } = this.program.names[base];
    const numbers = others[base] ?? cells.map((cell) => this.values[cell]);
    const place = cells.indexOf(this.position(name));
    return { ...others, [base]: numbers.map((number, i) => (i === place ? value : number)) };
  }

  /** The value of the cell `result`, were the input cell `input` another number.
   * @param {number} input
   * @param {number} value
   * @param {number} result */
  probe(input, value, result) {
    const others = this.values.slice();
    others[input] = value;
    return this.#evaluate(others)[result];
  }

  /** A function of one or two rows of numbers, for input numbers: what becomes of `results` (see `compileSweep`).
   * @param {string[]} inputs
   * @param {string[]} results
   * @returns {import("./program.js").Sweep} */
  sweep(inputs, results, single = false) {
    const sweep = compileSweep(this.program, inputs, results, single);
    return (...rows) => sweep(this.values, ...rows);
  }

  /** What an input, or one number of it, may be.
   * @param {string} name */
  domain(name) {
    return this.sheet.domains[splitName(name)[0]];
  }

  /** @param {number} cell */
  isTruth(cell) {
    return TRUTHS.has(this.program.cells[cell][0]);
  }

  /** For each cell, whether its value rests on a comparison with "not a number" (see undecided.js). */
  undecided() {
    return (this.#unsure ??= undecided(this.program, this.values));
  }

  /** The symbol of the number that is to blame where a cell is undecided or not a number; undefined where none has a
   *  name.
   * @param {number} cell */
  culprit(cell) {
    const place = culprit(cell, this.program, this.values, this.undecided(), (each) => this.#names.has(each));
    return place === undefined ? undefined : this.symbol(this.allNames(place)[0]);
  }

  isBook(names = this.program.inputs) {
    const isGiven = (/** @type {number} */ cell) => this.values[cell] === this.book[cell];
    return names.every((name) => this.program.names[name].cells.every(isGiven));
  }

  /** Puts numbers into inputs, where name and count fit, and works everything out again.
   * @param {Inputs} inputs */
  set(inputs) {
    for (const [name, numbers] of Object.entries(inputs)) {
      const cells = this.program.inputs.includes(name) ? this.program.names[name].cells : [];
      if (cells.length === numbers.length) cells.forEach((cell, i) => { this.values[cell] = numbers[i]; });
    }
    this.#evaluate(this.values);
    this.#unsure = null;
  }

  /** Other numbers as the given ones.
   * @param {Inputs} inputs */
  rebase(inputs) {
    this.set(inputs);
    this.book.set(this.values);
  }

  inputNames() {
    return this.#ofInputs(({ cells }) => cells.map((cell) => this.allNames(cell)[0]));
  }

  shapes() {
    return this.#ofInputs(({ shape }) => shape);
  }

  /** @param {Float64Array} numbers */
  #inputsAmong(numbers) {
    return this.#ofInputs(({ cells }) => cells.map((cell) => numbers[cell]));
  }

  /** @template T
   * @param {(place: import("./program.js").Place) => T} pick
   * @returns {Record<string, T>} */
  #ofInputs(pick) {
    return Object.fromEntries(this.program.inputs.map((name) => [name, pick(this.program.names[name])]));
  }
}

/** Which cell each number is, which names each cell has, and which cells share their array's name with others of it.
 * @param {Program} program
 * @returns {[positions: Map<string, number>, names: Map<number, string[]>, shared: Set<number>]} */
function indexed(program) {
  const [positions, names, shared] = [new Map(), new Map(), new Set()];
  for (const [name, { shape, cells }] of Object.entries(program.names)) {
    elementNames(name, shape).forEach((full, i) => {
      const cell = cells[i];
      positions.set(full, cell);
      if (splitName(names.get(cell)?.[0] ?? "")[0] === name) shared.add(cell);
      names.set(cell, [...(names.get(cell) ?? []), full]);
    });
  }
  return [positions, names, shared];
}

/** That one of `states` which an element of a page shows: its sheet's, or else the first with something called
 *  `name`.
 * @param {State[]} states
 * @param {Element} element
 * @param {string} [name] */
export function stateOf(states, element, name) {
  const id = element.closest("[data-sheet]")?.getAttribute("data-sheet");
  return states.find((state) => (id ? state.sheet.id === id : true) && (name === undefined || state.has(name)));
}

/** `write`, but only at the first call, and when one of the cells has another value than at the last, or is undecided
 *  and was not.
 * @param {State} state
 * @param {number[]} cells
 * @param {(...values: number[]) => void} write */
export function whenChanged(state, cells, write) {
  const last = /** @type {number[]} */ (Array(cells.length).fill(undefined));
  const wasUnsure = cells.map(() => 0);
  let isFirst = true;
  return () => {
    const unsure = state.undecided();
    let changed = isFirst;
    isFirst = false;
    for (let i = 0; i < cells.length; i++) {
      const value = state.values[cells[i]];
      if (Object.is(value, last[i]) && unsure[cells[i]] === wasUnsure[i]) continue;
      last[i] = value;
      wasUnsure[i] = unsure[cells[i]];
      changed = true;
    }
    if (changed) write(...last);
  };
}
