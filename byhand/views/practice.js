/** Practice: a problem from a seed; what the reader answers is marked at once, line by line.
 *
 * @typedef {import("../frontend/kinds.js").Host} Host
 * @typedef {import("../frontend/state.js").State} State
 * @typedef {import("../frontend/state.js").Inputs} Inputs
 * @typedef {import("../frontend/marking.js").Exercise & Own} Exercise
 *
 * @typedef {object} Own   what `practice` in practice.py adds
 * @property {number | null} seed   of the problem that is drawn
 * @property {number} level
 * @property {boolean} isDrill   whether it is a small one, without levels
 * @property {Inputs | null} known   numbers that a button puts in
 * @property {string[][]} groups
 * @property {{title: string, address: string}[]} read   what to read again, one for each group
 */

import { createAnswers } from "../frontend/answers.js";
import { copyText } from "../frontend/clipboard.js";
import { addKind } from "../frontend/kinds.js";
import { pairsOf, readLink } from "../frontend/link.js";
import { Marker } from "../frontend/marking.js";
import { formatNumber, parseAnswer } from "../frontend/number.js";
import { createScopes } from "../frontend/scope.js";
import { listed, verdicts, worth } from "../frontend/verdict.js";
import { addSentence } from "./fields.js";
import { Finder } from "./practice_find.js";

addKind({ selector: "[data-practice]", prepare: prepareProblem, write: practiceWriter, take: takePractice });

const markers = /** @type {WeakMap<Element, Marker>} */ (new WeakMap());
const rooms = /** @type {WeakMap<Element, Room>} */ (new WeakMap());

/** @param {HTMLElement} element @returns {Marker} */
function markerOf(element) {
  const script = /** @type {HTMLElement} */ (element.querySelector("[data-exercise]"));
  const marker = markers.get(element) ?? new Marker(JSON.parse(script.textContent ?? ""));
  markers.set(element, marker);
  return marker;
}

/** The whole number that the address has for `name`; undefined where it has none, NaN where it has something else.
 * @param {Window} window @param {string} name */
function askedFor(window, name) {
  const [text] = pairsOf(window.location.search).flatMap(([each, text]) => (each === name ? text : [])).slice(-1);
  return text === undefined ? undefined : /^\d{1,9}$/.test(text) ? Number(text) : NaN;
}

/** Puts the problem in for which the address asks, as if it had been drawn.
 * @param {HTMLElement} element @param {State} state @param {Window} window */
function prepareProblem(element, state, window) {
  const marker = markerOf(element);
  const first = /** @type {Exercise} */ (marker.exercise).seed;
  const asked = askedFor(window, "seed") ?? NaN;
  const seed = asked >= 0 ? asked : first;
  const scopes = createScopes([state]);
  const kept = marker.moved(readLink(window.location.search, scopes).inputsOf(scopes[0]));
  const other = [...(seed === first ? [] : [seed]), ...Object.entries(kept)].join("-");
  if (seed === null || !other) return;
  state.rebase(marker.problem(seed, kept).inputs);
  state.kept = kept;
  state.sheet.scope += `-${other}`; // what a reader types in one problem stays there
}

/** @param {HTMLElement} element */
function practiceWriter(element) {
  return () => rooms.get(element)?.refresh();
}

/** @param {HTMLElement} element @param {State} state @param {Host} host */
function takePractice(element, state, host) {
  rooms.set(element, new Room(element, state, host));
}

/** One problem on the page, and what the reader makes of it. */
class Room {
  #element;
  #state;
  #host;
  #marker;
  #exercise;
  #window;
  #answers;
  #finder;
  /** The level on show. */
  #level;
  /** @type {number | null} */
  #seed;
  #problem = "";
  /** Whether nothing is on show of what a reader may have said: that is so for any numbers. */
  #isBlank = false;

  /** @param {HTMLElement} element @param {State} state @param {Host} host */
  constructor(element, state, host) {
    this.#element = element;
    this.#state = state;
    this.#host = host;
    this.#marker = markerOf(element);
    this.#exercise = /** @type {Exercise} */ (this.#marker.exercise);
    this.#window = /** @type {Window} */ (element.ownerDocument.defaultView);
    this.#answers = createAnswers(host.hasKernel ? null : this.#window);
    this.#seed = this.#asked("seed", 0, 999999999) ?? this.#exercise.seed;
    this.#level = (this.#exercise.isDrill ? undefined : this.#asked("level", 1, this.#exercise.stages.length + 1))
      ?? this.#exercise.level;
    this.#finder = new Finder(element, this.#marker, host.signal);
    this.#listen();
  }

  /** @param {string} selector @returns {HTMLElement} */
  #one(selector) {
    return /** @type {HTMLElement} */ (this.#element.querySelector(selector));
  }

  /** @param {string} selector @returns {HTMLElement[]} */
  #all(selector) {
    return [...this.#element.querySelectorAll(/** @type {"a"} */ (selector))];
  }

  /** What the address asks for; says so where that is none of the numbers from `low` to `high`.
   * @param {string} name @param {number} low @param {number} high */
  #asked(name, low, high) {
    const number = this.#host.hasKernel ? undefined : askedFor(this.#window, name);
    if (number === undefined || (low <= number && number <= high)) return number;
    const sentence = `The link is damaged: its ${name} is not a whole number from ${low} to ${high}.`;
    addSentence(this.#one("[data-fields] [data-message]"), sentence);
  }

  #listen() {
    const { signal } = this.#host;
    /** @type {(selector: string, type: string, act: (it: any, event: Event) => void) => void} */
    const on = (selector, type, act) => {
      for (const it of this.#all(selector)) it.addEventListener(type, (event) => act(it, event), { signal });
    };
    for (const field of this.#all("input[data-answer]")) /** @type {HTMLInputElement} */ (field).readOnly = false;
    for (const { dataset } of this.#all("[data-waiting]:not([data-reset], [data-copy])")) delete dataset.waiting;
    on("input[data-answer]", "change", (field) => this.#answer(field));
    on("[data-level]", "change", (select) => this.#setLevel(Number(select.value)));
    on("[data-variant]", "click", (link, event) => this.#pick(Number(link.dataset.variant), event));
    on("[data-another]", "click", (_, event) => this.#another(event));
    on("[data-known]", "click", () => this.#host.change(this.#exercise.known ?? {}, this.#state));
    on("[data-hint-of]", "click", (button) => this.#hint(button.dataset.hintOf));
    on("[data-clear]", "click", (button) => {
      const { top } = button.getBoundingClientRect();
      this.#keep({ texts: {}, hints: {} });
      this.#window.scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" });
    });
    on("[data-copy-answers]", "click", (button) => copyText(button, this.#report()));
  }

  /** Shows what belongs to the numbers on screen. */
  refresh() {
    const problem = JSON.stringify(this.#state.inputs());
    if (problem === this.#problem) return;
    const isFirst = this.#problem === "";
    this.#problem = problem;
    this.#showTitle();
    this.#showVariant();
    if (isFirst || this.#isFinding()) this.#showLevel();
    if (!this.#isBlank || !this.#hasNothing()) this.#showAnswers();
  }

  #isFinding() {
    return this.#level > this.#exercise.stages.length;
  }

  /** Whether the reader has neither answered nor asked for a hint. */
  #hasNothing() {
    const { texts, hints } = this.#answers.of(this.#problem);
    return !Object.keys({ ...texts, ...hints }).length;
  }

  #isSeeds() {
    return this.#seed !== null && JSON.stringify(this.#drawn(this.#seed, this.#state.inputs())) === this.#problem;
  }

  /** @param {number} seed @param {Inputs} kept */
  #drawn(seed, kept) {
    return this.#marker.problem(seed, kept).inputs;
  }

  /** Of the key's lines those of the variant on screen. */
  #showVariant() {
    const { variant } = this.#exercise;
    if (!variant) return;
    const value = String(this.#state.inputs()[variant][0]);
    for (const step of this.#all("[data-at]")) step.hidden = step.dataset.at !== value;
    for (const link of this.#all("[data-variant]")) {
      link.setAttribute("href", this.#search({ [variant]: link.dataset.variant }) + this.#hash());
      link.setAttribute("aria-current", String(link.dataset.variant === value));
    }
  }

  /** The other variant: a page of its own, as another problem is.
   * @param {number} value @param {Event} event */
  #pick(value, event) {
    if (!this.#host.hasKernel) return;
    event.preventDefault();
    const inputs = { ...this.#state.inputs(), [/** @type {string} */ (this.#exercise.variant)]: [value] };
    const isSeeds = this.#isSeeds();
    this.#host.change(isSeeds ? this.#drawn(/** @type {number} */ (this.#seed), inputs) : inputs, this.#state);
  }

  #showTitle() {
    const isSeeds = this.#isSeeds();
    this.#one("[data-title]").textContent = isSeeds ? `Problem ${this.#seed}`
      : this.#seed === null ? "Your turn" : "Your own numbers";
    this.#element.dataset[this.#exercise.isDrill ? "drill" : "problem"] = isSeeds ? String(this.#seed) : "";
    const kept = Object.entries(this.#marker.moved(this.#state.inputs())).map(([name, row]) => `&${name}=${row}`);
    const address = `?seed=${this.#next()}&level=${this.#level}${kept.join("")}`;
    this.#one("[data-another]").setAttribute("href", address + this.#hash());
  }

  /** Where on the page this is. */
  #hash() {
    const place = this.#element.closest("section[id]")?.id;
    return place ? `#${place}` : "";
  }

  #next() {
    return (this.#seed ?? 0) + 1;
  }

  #showLevel() {
    const isFinding = this.#isFinding();
    const asks = new Set(this.#exercise.stages[this.#level - 1]);
    /** @type {HTMLSelectElement} */ (this.#one("[data-level]")).value = String(this.#level);
    this.#one("[data-asking]").hidden = isFinding;
    this.#one("[data-finding]").hidden = !isFinding;
    for (const field of this.#all("input[data-answer]")) {
      const isAsked = asks.has(field.dataset.answer ?? "");
      field.hidden = !isAsked;
      /** @type {HTMLElement} */ (field.previousElementSibling).hidden = isAsked;
    }
    for (const button of this.#all("[data-hint-of]"))
      button.hidden = !this.#exercise.lines[button.dataset.hintOf ?? ""].some((name) => asks.has(name));
    if (isFinding) this.#finder.show(this.#state.inputs(), this.#seed);
  }

  /** @param {number} level */
  #setLevel(level) {
    this.#level = level;
    const { history, location } = this.#window;
    if (!this.#host.hasKernel) history.replaceState(history.state, "", this.#search({}) + location.hash);
    this.#showTitle();
    this.#showLevel();
    this.#showAnswers();
  }

  /** This page's query, with others in it.
   * @param {Record<string, string | number | undefined>} others */
  #search(others) {
    const now = Object.fromEntries(pairsOf(this.#window.location.search));
    const own = { seed: this.#seed, level: this.#level };
    const all = { ...own, ...now, ...own, ...others };
    return `?${Object.entries(all).flatMap(([name, text]) => (text === null ? [] : `${name}=${text}`)).join("&")}`;
  }

  /** Another problem: a page of its own, or, where a kernel is, other numbers.
   * @param {Event} event */
  #another(event) {
    if (!this.#host.hasKernel) return;
    event.preventDefault();
    this.#seed = this.#next();
    this.#host.change(this.#drawn(this.#seed, this.#state.inputs()), this.#state);
  }

  /** @param {HTMLInputElement} field */
  #answer(field) {
    const { texts, hints } = this.#answers.of(this.#problem);
    const { [field.dataset.answer ?? ""]: _, ...others } = texts;
    const text = field.value.trim();
    this.#keep({ texts: text ? { ...others, [field.dataset.answer ?? ""]: text } : others, hints });
  }

  /** @param {import("../frontend/answers.js").Answers} answers */
  #keep(answers) {
    this.#answers.keep(this.#problem, answers);
    this.#showAnswers();
  }

  /** The answers that are numbers, to what this level asks. */
  #numbers() {
    const { texts } = this.#answers.of(this.#problem);
    const asks = this.#exercise.stages[this.#level - 1] ?? [];
    return Object.fromEntries(asks.flatMap((name) => {
      const value = name in texts ? parseAnswer(texts[name]) : null;
      return value === null ? [] : [[name, value]];
    }));
  }

  #showAnswers() {
    const { texts, hints } = this.#answers.of(this.#problem);
    this.#isBlank = this.#hasNothing();
    const answers = this.#numbers();
    const marking = this.#marker.mark(this.#state.inputs(), answers);
    const asks = this.#exercise.stages[this.#level - 1] ?? [];
    for (const name of asks)
      if (name in texts && !(name in answers)) marking.marks[name] = { mark: "unknown", slip: "unreadable" };
    this.#host.answer?.(answers);
    for (const field of /** @type {HTMLInputElement[]} */ (this.#all("input[data-answer]"))) {
      const name = field.dataset.answer ?? "";
      const text = texts[name] ?? "";
      if (field.value.trim() !== text) field.value = text;
      this.#showMark(field, marking.marks[name]);
    }
    for (const [line, names] of Object.entries(this.#exercise.lines)) {
      this.#say(line, Object.fromEntries(names.map((name) => [name, marking.marks[name]])), marking);
      this.#showHints(line, hints[line] ?? 0, marking);
    }
    this.#summarize(marking.marks, hints);
  }

  /** @param {HTMLInputElement} field @param {import("../frontend/marking.js").Mark} mark */
  #showMark(field, mark) {
    const shown = /** @type {HTMLElement} */ (field.nextElementSibling);
    const known = this.#exercise.mistakes[(mark.mistake ?? 0) - 1];
    shown.dataset.mark = mark.mark;
    for (const [key, value] of [["mistake", known?.name], ["slip", mark.slip], ["uncarried", mark.uncarried]])
      if (value) shown.dataset[/** @type {string} */ (key)] = value;
      else delete shown.dataset[/** @type {string} */ (key)];
    field.setAttribute("aria-invalid", String(/mistake|unknown/.test(mark.mark)));
  }

  /** What is said of a line.
   * @param {string} line
   * @param {Record<string, import("../frontend/marking.js").Mark>} marks
   * @param {ReturnType<Marker["mark"]>} marking */
  #say(line, marks, marking) {
    const says = this.#one(`[data-says-of="${line}"]`);
    const exact = (/** @type {string} */ name) => formatNumber(marking.value(marking.true, name), 8);
    const symbol = (/** @type {string} */ name) => this.#exercise.symbols[name];
    const sentences = verdicts(marks, { symbol, exact, mistakes: this.#exercise.mistakes });
    const unknown = Object.keys(marks).find((name) => marks[name].mark === "unknown" && !marks[name].slip);
    const own = unknown ? [unknown, ...this.#exercise.made[unknown].map((name) => this.#onward(name, marking))] : [];
    const text = [...sentences, ...own].join("\n");
    if (says.dataset.text === text) return; // else it is announced again
    says.dataset.text = text;
    says.replaceChildren(...sentences.map((each) => paragraph(says, each)));
    if (unknown) says.append(this.#step(unknown, 2, marking, true));
  }

  /** A step of the key with the reader's own numbers in it: the formula (1), the numbers put in (2), the value (3).
   * @param {string} name @param {number} stage @param {ReturnType<Marker["mark"]>} marking */
  #step(name, stage, marking, hasGap = false) {
    const drawn = this.#one(`[data-key] [data-step="${name}"]:not([hidden])`);
    const step = /** @type {HTMLElement} */ (drawn.cloneNode(true));
    const stages = [...step.querySelectorAll(".byhand-stage")];
    stages.slice(stage + 1).forEach((each) => each.remove());
    if (stage < 3) step.querySelector(".byhand-value")?.remove();
    for (const name of ["data-step", "data-note", "data-scrolls", "data-at", "tabindex"]) step.removeAttribute(name);
    const shown = /** @type {HTMLElement[]} */ ([...step.querySelectorAll("[data-cell]")]);
    for (const number of shown) {
      const { cell = "" } = number.dataset;
      number.textContent = formatNumber(cell === name ? this.#ownValue(cell, marking) : this.#onward(cell, marking), 4);
      for (const attribute of ["data-cell", "data-why", "tabindex"]) number.removeAttribute(attribute);
      number.dataset.own = cell;
    }
    const gap = shown.filter((number) => number.closest("math")).pop();
    if (hasGap && gap) gap.textContent = "□";
    return step;
  }

  /** The number with which the reader's later lines go on.
   * @param {string} name @param {ReturnType<Marker["mark"]>} marking */
  #onward(name, marking) {
    return marking.carried[name] ?? this.#ownValue(name, marking);
  }

  /** @param {string} name @param {ReturnType<Marker["mark"]>} marking */
  #ownValue(name, marking) {
    return name in this.#exercise.symbols ? marking.value(marking.own, name)
      : this.#state.values[this.#state.position(name)];
  }

  /** @param {string} line */
  #hint(line) {
    const { texts, hints } = this.#answers.of(this.#problem);
    this.#keep({ texts, hints: { ...hints, [line]: Math.min(3, (hints[line] ?? 0) + 1) } });
  }

  /** @param {string} line @param {number} count @param {ReturnType<Marker["mark"]>} marking */
  #showHints(line, count, marking) {
    const place = this.#one(`[data-hints-of="${line}"]`);
    const steps = count ? this.#exercise.lines[line].map((name) => this.#step(name, count, marking)) : [];
    if (steps.length || place.firstChild) place.replaceChildren(...steps); // what is left alone is not tied anew
  }

  /** @param {Record<string, import("../frontend/marking.js").Mark>} marks @param {Record<string, number>} hints */
  #summarize(marks, hints) {
    const asks = new Set(this.#exercise.stages[this.#level - 1] ?? []);
    const lines = Object.entries(this.#exercise.lines).map(([line, names]) => (
      { line, names, own: names.filter((name) => asks.has(name)).map((name) => marks[name]) }));
    const summary = this.#one("[data-summary]");
    const isBegun = lines.some(({ own }) => own.some(({ mark }) => mark !== "empty"));
    const sentences = isBegun ? summaryOf(this.#exercise, lines.filter(({ own }) => own.length), hints) : [];
    const places = isBegun ? this.#toRead(lines) : [];
    summary.replaceChildren(...sentences.map((each) => paragraph(summary, each)), ...places);
  }

  /** Links to what is to be read again.
   * @param {{line: string, own: import("../frontend/marking.js").Mark[]}[]} lines */
  #toRead(lines) {
    const wrong = new Set(lines.filter(({ own }) => own.some(({ mark }) => /mistake|unknown/.test(mark)))
      .map(({ line }) => line));
    const places = this.#exercise.read.filter((_, i) => this.#exercise.groups[i]?.some((line) => wrong.has(line)));
    return [...new Map(places.map((place) => [place.address, place])).values()].map(({ title, address }) => {
      const link = this.#element.ownerDocument.createElement("a");
      link.href = address;
      link.textContent = `Read again: ${title}`;
      return link;
    });
  }

  /** The answers as text, to hand in. */
  #report() {
    const { texts, hints } = this.#answers.of(this.#problem);
    const marking = this.#marker.mark(this.#state.inputs(), this.#numbers());
    const rows = (this.#exercise.stages[this.#level - 1] ?? []).map((name) => {
      const { mark, mistake = 0 } = marking.marks[name];
      const known = mistake ? ` (${this.#exercise.mistakes[mistake - 1].name})` : "";
      return `${name} = ${texts[name] ?? ""}\t${mark}${known}`;
    });
    const taken = Object.entries(hints).map(([line, count]) => `${line}: ${count}`).join(", ");
    const variant = this.#all("[data-variant][aria-current=true]").map((link) => `, ${link.textContent}`);
    const title = `${this.#one("[data-title]").textContent}, level ${this.#level}${variant}`;
    const address = this.#host.hasKernel ? "" : this.#window.location.href;
    return [title, address, ...rows, `hints: ${taken || "none"}`].join("\n");
  }
}

/** @param {Exercise} exercise
 *  @param {{line: string, names: string[], own: import("../frontend/marking.js").Mark[]}[]} lines
 *  @param {Record<string, number>} hints */
function summaryOf(exercise, lines, hints) {
  const symbol = (/** @type {{line: string, names: string[]}} */ { line, names }) =>
    (names.length > 1 ? exercise.symbols[names[0]].replace(/[₀-₉,]+$/, "") : exercise.symbols[line]);
  const earned = lines.map(({ own }) => worth(own));
  const total = (/** @type {0 | 1} */ i) => earned.reduce((sum, each) => sum + each[i], 0);
  const can = lines.filter(({ own }) => own.every(({ mark }) => mark === "right" || mark === "carried")).map(symbol);
  const counts = /** @type {Map<number, number>} */ (new Map());
  for (const { own } of lines)
    for (const k of new Set(own.flatMap(({ mistake }) => mistake ?? []))) counts.set(k, (counts.get(k) ?? 0) + 1);
  const made = [...counts].map(([k, count]) =>
    `“${exercise.mistakes[k - 1].name}”${count > 1 ? `, in ${count} lines` : ""}`);
  const taken = Object.values(hints).reduce((sum, count) => sum + count, 0);
  return [
    `Method ${total(0)} of ${lines.length}, accuracy ${total(1)} of ${lines.length}.`,
    can.length ? `You can do: ${can.join(", ")}.` : "",
    made.length ? `Mistakes made: ${listed(made)}.` : "",
    taken ? `Hints taken: ${taken}.` : "",
  ].filter(Boolean);
}

/** @param {Element} near @param {string} text */
function paragraph(near, text) {
  const made = near.ownerDocument.createElement("p");
  made.textContent = text;
  return made;
}
