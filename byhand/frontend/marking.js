/** Marking: what became of each answer, as byhand/practice/marking.py has it, which says what is compared with what.
 *
 * @typedef {object} Exercise   what `Exercise.data` in byhand/practice/exercise.py gives
 * @property {import("./program.js").Program} program   with packed cells: the right lines, and those of each mistake
 * @property {Record<string, string[]>} lines   the numbers asked, array by array
 * @property {Record<string, string[]>} made   of each number, those asked before that its line is made from
 * @property {Mistake[]} mistakes
 * @property {number} hidden   how many of the first mistakes the last level may hide
 * @property {Record<string, number[] | null>} draws   what a seed may draw for the numbers of an input, if it is drawn
 * @property {Record<string, string>} symbols   of the numbers asked
 * @property {string[][]} stages   the numbers asked at each level
 * @property {string | null} variant   the input that picks between two lines, if there is one
 *
 * @typedef {{name: string, right: string, wrong: string, clue: string, line: string, of?: number[]}} Mistake   of: at
 *   which values of the variant's input its line is written, if not at both
 * @typedef {import("./state.js").Inputs} Inputs
 * @typedef {Record<string, number>} Answers   name of a number -> the reader's
 *
 * @typedef {object} Mark
 * @property {"empty" | "right" | "carried" | "mistake" | "mistake-carried" | "unknown"} mark
 * @property {number} [mistake]   its place among the mistakes, counted from 1
 * @property {string} [slip]   the rule that knows the number: sign, neighbour, product, sum, power, rounding
 * @property {string[]} [since]   the answers from which a wrong number is carried
 * @property {number} [alike]   the mistake that would give the same digits as the right line of a carried number
 * @property {string} [uncarried]   why later lines do not go on with it: zero, infinite, given
 */

import { elementNames } from "./name.js";
import { compile, leadingTo, startValues, unpack } from "./program.js";
import { draw, generator } from "./seed.js";

const APART = 5e-4;
const UNIT = 1e-4;
const WITHIN = 1.5 * UNIT * (1 + 1e-9);
const ROUNDED = 0.5 * UNIT * (1 + 1e-6);
const ALMOST = 1e-3;
const MOST_TRIES = 1000;

/** The marking of one exercise. */
export class Marker {
  /** @param {Exercise} exercise */
  constructor(exercise) {
    this.exercise = exercise;
    /** The names of all numbers asked, in order. */
    this.asked = Object.values(exercise.lines).flat();
    this.#program = { ...exercise.program, cells: unpack(exercise.program.cells) };
    this.#evaluate = compile(this.#program);
    const right = Object.keys(exercise.lines).flatMap((line) => this.#program.names[`0.${line}`].cells);
    this.#evaluateRight = compile(this.#program, leadingTo(this.#program, right));
    this.#blank = startValues(this.#program);
    this.#at = placesOf(this.#program);
    this.#places = [0, ...exercise.mistakes.map((_, i) => i + 1)].map((k) => new Map(this.asked.flatMap((name) => {
      const place = this.#at.get(`${k}.${name}`);
      return place === undefined ? [] : [/** @type {[string, number]} */ ([name, place])];
    })));
    this.#inputs = this.#program.inputs.filter((name) => !name.startsWith("answer_"));
    /** The inputs that a seed draws. */
    this.drawn = this.#inputs.filter((name) => exercise.draws[name]);
    this.#all = exercise.mistakes.map((_, i) => i + 1);
    /** The mistakes that change each number, counted from 1. */
    this.candidates = new Map(this.asked.map((name) => [name, this.#all.filter((k) => this.#places[k].has(name))]));
  }

  #program;
  #evaluate;
  #evaluateRight;
  #blank;
  #at;
  /** By program, the place of each line that it has. @type {Map<string, number>[]} */
  #places;
  #inputs;
  #all;
  /** What `uncarried` has found at these inputs, by answer. @type {Map<string, string>} */
  #found = new Map();
  #foundAt = "";

  /** The place of a line among the values, by program and number.
   * @param {number} k @param {string} name */
  place(k, name) {
    return /** @type {number} */ (this.#places[k].get(name));
  }

  /** All values for the inputs and answers, or those of the right lines only.
   * @param {Inputs} numbers
   * @param {Answers} answers */
  values(numbers, answers, isRightOnly = false) {
    const found = this.#blank.slice();
    const cells = (/** @type {string} */ name) => this.#program.names[name].cells;
    for (const name of this.#inputs) cells(name).forEach((cell, i) => { found[cell] = numbers[name][i]; });
    for (const [name, value] of Object.entries(answers))
      found[/** @type {number} */ (this.#at.get(`answer_${name}`))] = value;
    return isRightOnly ? this.#evaluateRight(found) : this.#evaluate(found);
  }

  /** The last operation of the right line for a number, and the places of what it takes.
   * @param {string} name */
  instruction(name) {
    return this.#program.cells[this.place(0, name)];
  }

  /** Why a wrong answer leaves nothing to find for what follows, were it put in alone; "" where it does not.
   * @param {Inputs} numbers @param {string} name @param {number} answer */
  kills(numbers, name, answer) {
    const at = JSON.stringify(numbers);
    if (at !== this.#foundAt) [this.#found, this.#foundAt] = [new Map(), at];
    const key = `${name} ${answer}`;
    const known = this.#found.get(key) ?? this.#kills(numbers, name, answer);
    this.#found.set(key, known);
    return known;
  }

  /** @param {Inputs} numbers @param {string} name @param {number} answer */
  #kills(numbers, name, answer) {
    const moves = Object.fromEntries(this.drawn.map((each) => [each, numbers[each].map(elsewhere)]));
    const others = { ...numbers, ...moves };
    const [right, found, moved] = [[numbers, {}], [numbers, { [name]: answer }], [others, { [name]: answer }]].map(
      ([inputs, answers]) => this.values(/** @type {Inputs} */ (inputs), /** @type {Answers} */ (answers), true));
    for (const later of this.asked) {
      const [value, then, there] = [right, found, moved].map((values) => Math.abs(values[this.place(0, later)]));
      if (later === name) continue;
      if (Number.isFinite(value) && !Number.isFinite(then)) return "infinite";
      if (Math.max(then, there) < UNIT / 2 && then < ALMOST * value) return "zero";
    }
    return "";
  }

  /** What became of the answers to a problem.
   * @param {Inputs} numbers
   * @param {Answers} answers */
  mark(numbers, answers) {
    return new Marking(this, numbers, answers);
  }

  /** Those of the inputs that no seed draws which are not as they are given.
   * @param {Inputs} numbers @returns {Inputs} */
  moved(numbers) {
    const isMoved = (/** @type {[string, number[]]} */ [name, row]) => !this.exercise.draws[name]
      && row.some((value, i) => value !== this.#blank[this.#program.names[name].cells[i]]);
    return Object.fromEntries(Object.entries(numbers).filter(isMoved));
  }

  /** Whether the line of the mistake `k` is written at these inputs.
   * @param {number} k @param {Inputs} numbers */
  isMade(k, numbers) {
    const { variant, mistakes } = this.exercise;
    return !variant || (mistakes[k - 1].of ?? numbers[variant]).includes(numbers[variant][0]);
  }

  /** The inputs of the problem of a seed, and the mistake to find in it. What is not drawn is as in `kept`, or given.
   * @param {number} seed
   * @param {Inputs} kept
   * @returns {{inputs: Inputs, mistake: number}} */
  problem(seed, kept = {}) {
    const next = generator(seed);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const numbers = Object.fromEntries(this.#inputs.map((name) => {
        const { cells } = this.#program.names[name];
        const choices = this.exercise.draws[name];
        const own = () => kept[name] ?? cells.map((cell) => this.#blank[cell]);
        return [name, choices ? draw(next, cells.map(() => choices)) : own()];
      }));
      if (!this.#isClear(numbers)) continue;
      const hidden = this.#all.slice(0, this.exercise.hidden).filter((k) => this.isMade(k, numbers));
      return { inputs: numbers, mistake: hidden.length ? hidden[next() % hidden.length] : 1 };
    }
    throw new Error(`no problem of ${MOST_TRIES} for the seed ${seed} tells all mistakes apart`);
  }

  /** Whether any two of the right line and the mistakes made in it differ enough for a number to tell.
   * @param {Inputs} numbers */
  #isClear(numbers) {
    const found = this.values(numbers, {});
    const isApart = (/** @type {number[]} */ a, /** @type {number[]} */ b) =>
      Math.max(...a.map((value, i) => Math.abs(value - b[i]))) > APART;
    return Object.entries(this.exercise.lines).every(([line, names]) => {
      const made = this.#all.filter((k) => this.exercise.mistakes[k - 1].line === line && this.isMade(k, numbers));
      const rows = [0, ...made].map((k) => names.map((name) => found[this.place(k, name)]));
      return rows.every((a, i) => rows.slice(0, i).every((b) => isApart(a, b)));
    });
  }
}

/** The cell of each number, by its full name.
 * @param {import("./program.js").Program} program
 * @returns {Map<string, number>} */
function placesOf(program) {
  return new Map(Object.entries(program.names).flatMap(([name, { shape, cells }]) =>
    elementNames(name, shape).map((full, i) => /** @type {[string, number]} */ ([full, cells[i]]))));
}

/** Another input: a sum that happens to be 0 is not 0 there, a product with a 0 is.
 * @param {number} value */
const elsewhere = (value) => 1.25 * value + 0.125;

/** @typedef {[isOwn: number, off: number]} Fit   whether only own numbers give an answer, how far it is off */

class Marking {
  /** @type {Record<string, Mark>} */
  marks = {};
  /** The right numbers, and the reader's own where there are answers. @type {Float64Array} */
  true;
  /** @type {Float64Array} */
  own;
  /** The answers that later lines go on with. @type {Answers} */
  carried = {};
  /** @type {Record<string, string[]>} */
  #roots = {};
  /** @type {Map<number, string>} */
  #named = new Map();
  /** @type {Marker} */
  #marker;
  /** @type {Inputs} */
  #numbers;
  #answers;
  #uncarried = /** @type {Record<string, string>} */ ({});

  /** @param {Marker} marker
   *  @param {Inputs} numbers
   *  @param {Answers} answers */
  constructor(marker, numbers, answers) {
    this.#marker = marker;
    this.#numbers = numbers;
    const given = marker.asked.filter((name) => name in answers);
    this.#answers = Object.fromEntries(given.map((name) => [name, answers[name]]));
    this.true = marker.values(numbers, {});
    this.own = this.true;
    for (const name of Object.keys(this.#answers)) {
      const isRight = Math.abs(this.#answers[name] - this.value(this.true, name)) <= WITHIN;
      const why = isRight ? "" : marker.kills(numbers, name, this.#answers[name]);
      if (why) this.#uncarried[name] = why;
    }
    for (;;) {
      const copied = this.#look();
      if (copied === undefined) return;
      this.#uncarried[copied] = "given";
    }
  }

  /** What the right line gives: with the true numbers, or on the reader's own.
   * @param {Float64Array} values @param {string} name */
  value(values, name, k = 0) {
    return values[this.#marker.place(k, name)];
  }

  /** Marks all. Gives the first answer that turns out to be copied from the given numbers. */
  #look() {
    const given = this.#marker.drawn.flatMap((name) => this.#numbers[name]);
    const isCarried = (/** @type {[string, number]} */ [name]) => !(name in this.#uncarried);
    this.carried = Object.fromEntries(Object.entries(this.#answers).filter(isCarried));
    this.own = this.#marker.values(this.#numbers, this.carried);
    this.marks = {};
    this.#named.clear();
    for (const [line, names] of Object.entries(this.#marker.exercise.lines)) this.#markLine(line, names);
    return Object.keys(this.carried).find((name) => this.marks[name].mark === "unknown"
      && given.some((value) => Math.abs(this.carried[name] - value) <= UNIT / 2));
  }

  /** @param {string} line @param {string[]} names */
  #markLine(line, names) {
    for (const name of names) this.#roots[name] = this.#rootsOf(name);
    const found = new Map(names.map((name) => [name, this.#mistakes(name)]));
    const firsts = new Map([...found].map(([name, fits]) => [name, this.#first(name, fits)]));
    const best = mostTelling([...found].flatMap(([name, fits]) => (firsts.get(name) ? [] : [fits])));
    for (const name of names) {
      const fits = found.get(name);
      const mark = firsts.get(name) ?? this.#wrong(line, name, /** @type {Map<number, Fit>} */ (fits), best);
      this.marks[name] = name in this.#uncarried ? { ...mark, uncarried: this.#uncarried[name] } : mark;
    }
    const alike = this.#alike(line, names.filter((name) => name in this.#answers));
    for (const name of alike ? names : [])
      if (this.marks[name].mark === "carried") this.marks[name].alike = alike;
  }

  /** The first mistake that would give the answers to this line as well.
   * @param {string} line @param {string[]} names */
  #alike(line, names) {
    const { mistakes } = this.#marker.exercise;
    const i = mistakes.findIndex((mistake, j) => mistake.line === line && this.#marker.isMade(j + 1, this.#numbers)
      && names.every((name) => Math.abs(this.#answers[name] - this.value(this.own, name, j + 1)) <= WITHIN));
    return i + 1;
  }

  /** Whether the line of a mistake has an answer that is not carried, and not this mistake's.
   * @param {number} k */
  #isRefuted(k) {
    const { lines, mistakes } = this.#marker.exercise;
    return lines[mistakes[k - 1].line].some((each) => each in this.#uncarried && this.marks[each]
      && this.marks[each].mistake !== k);
  }

  /** The wrong answers that the reader's line for a number stands on.
   * @param {string} name */
  #rootsOf(name) {
    const roots = /** @type {Set<string>} */ (new Set());
    for (const source of this.#marker.exercise.made[name]) {
      const { mark, since = [] } = this.marks[source];
      if (!(source in this.carried)) this.#roots[source].forEach((root) => roots.add(root));
      else if (mark !== "right") [...since, ...(mark === "carried" ? [] : [source])].forEach((root) => roots.add(root));
    }
    return [...roots];
  }

  /** @param {string} name @param {Map<number, Fit>} found @returns {Mark | null} */
  #first(name, found) {
    if (!(name in this.#answers)) return { mark: "empty" };
    const [offRight, offOwn] = [this.true, this.own].map((values) =>
      Math.abs(this.#answers[name] - this.value(values, name)));
    const isMistake = [...found.values()].some(([, off]) => off <= ROUNDED);
    if (!(Math.min(offRight, offOwn) <= ROUNDED) && isMistake) return null;
    const roots = this.#roots[name];
    if (offRight <= WITHIN || (offOwn <= WITHIN && !roots.length)) return { mark: "right" };
    return offOwn <= WITHIN ? { mark: "carried", since: roots } : null;
  }

  /** @param {string} name @returns {Map<number, Fit>} */
  #mistakes(name) {
    const found = /** @type {Map<number, Fit>} */ (new Map());
    const candidates = name in this.#answers ? this.#marker.candidates.get(name) : [];
    for (const k of candidates ?? []) {
      const [own, right] = [this.value(this.own, name, k), this.value(this.true, name, k)];
      const isSame = !(Math.abs(own - this.value(this.own, name)) > WITHIN);
      if (isSame || this.#isRefuted(k)) continue; // the line that it changes has an answer
      const [offRight, offOwn] = [right, own].map((value) => Math.abs(this.#answers[name] - value));
      if (offRight <= WITHIN) found.set(k, [0, offRight]);
      else if (offOwn <= WITHIN) found.set(k, [Number(this.#roots[name].length > 0), offOwn]);
    }
    return found;
  }

  /** @param {string} line @param {string} name @param {Map<number, Fit>} found @param {number | undefined} best
   *  @returns {Mark} */
  #wrong(line, name, found, best) {
    const k = best !== undefined && found.has(best) ? best : mostTelling([found]);
    if (k === undefined) return { mark: "unknown", slip: this.#slip(line, name), since: this.#roots[name] };
    if (!this.#named.has(k)) this.#named.set(k, line);
    const first = /** @type {string} */ (this.#named.get(k));
    if (first !== line) {
      const since = this.#marker.exercise.lines[first].filter((each) => this.marks[each].mistake);
      if (since.some((each) => each in this.carried)) return { mark: "carried", since };
    }
    const [isOwn] = /** @type {Fit} */ (found.get(k));
    return isOwn ? { mark: "mistake-carried", mistake: k, since: this.#roots[name] } : { mark: "mistake", mistake: k };
  }

  /** "product" where an answer is that of what is to be added, "sum" the other way round; "" else.
   * @param {Float64Array} values @param {string} name */
  #mixedUp(values, name) {
    const [op, ...args] = this.#marker.instruction(name);
    const [one, other] = args.map((arg) => values[Number(arg)]);
    const mixed = op === "add" ? one * other : one + other;
    if (!(Math.abs(mixed) > UNIT && Math.abs(this.#answers[name] - mixed) <= WITHIN)) return "";
    return /** @type {Record<string, string>} */ ({ add: "product", mul: "sum" })[op] ?? "";
  }

  /** @param {string} line @param {string} name */
  #slip(line, name) {
    const answer = this.#answers[name];
    const others = this.#marker.exercise.lines[line].filter((other) => other !== name);
    for (const values of [this.true, this.own]) {
      const value = this.value(values, name);
      const isSize = Math.abs(value) > UNIT;
      if (isSize && Math.abs(answer + value) <= WITHIN) return "sign";
      if (others.some((other) => Math.abs(answer - this.value(values, other)) <= WITHIN)) return "neighbour";
      const mixed = this.#mixedUp(values, name);
      if (mixed) return mixed;
      if (isSize && [-3, -2, -1, 1, 2, 3].some((power) => isShifted(answer, value, power))) return "power";
      if (Math.abs(answer - value) <= 10 * UNIT + 0.002 * Math.abs(value)) return "rounding";
    }
    return "";
  }
}

/** The mistake that explains most numbers of a line, best.
 * @param {Map<number, Fit>[]} found */
function mostTelling(found) {
  const ranks = /** @type {Map<number, number[]>} */ (new Map());
  for (const [k, [isOwn, off]] of found.flatMap((fits) => [...fits])) {
    const [count, owns, offs] = ranks.get(k) ?? [0, 0, 0];
    ranks.set(k, [count - 1, owns + isOwn, offs + off]);
  }
  const inOrder = [...ranks].sort(([k, a], [l, b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || k - l);
  return inOrder.length ? inOrder[0][0] : undefined;
}

/** Whether an answer is `value` with its point elsewhere, to the digits that either has.
 * @param {number} answer @param {number} value @param {number} power */
function isShifted(answer, value, power) {
  const shifted = value * Number(`1e${power}`);
  return Math.abs(answer - shifted) <= Math.max(UNIT / 2, WITHIN * Number(`1e${power}`)) && Math.abs(answer) > UNIT;
}
