/** Find the mistake: a problem worked out with one wrong line; the reader marks its first wrong number. */

/** @typedef {import("../frontend/marking.js").Marker} Marker */

import { formatNumber } from "../frontend/number.js";

/** The panel in which a mistake is to be found. */
export class Finder {
  #marker;
  #worked;
  #suspect;
  #found;
  /** The mistake to find, counted from 1. */
  #mistake = 1;
  /** The first wrong number, and the one that the reader has marked. */
  #first = "";
  #marked = "";

  /** @param {HTMLElement} element @param {Marker} marker @param {AbortSignal} signal */
  constructor(element, marker, signal) {
    this.#marker = marker;
    this.#worked = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-worked]")]);
    this.#suspect = /** @type {HTMLSelectElement} */ (element.querySelector("[data-suspect]"));
    this.#found = /** @type {HTMLElement} */ (element.querySelector("[data-found]"));
    for (const button of this.#worked)
      button.addEventListener("click", () => this.#mark(button.dataset.worked ?? ""), { signal });
    this.#suspect.addEventListener("change", () => this.#judge(), { signal });
  }

  /** Shows a problem as worked out with the mistake of its seed.
   * @param {import("../frontend/state.js").Inputs} inputs @param {number | null} seed */
  show(inputs, seed) {
    const marker = this.#marker;
    const { mistake } = marker.problem(seed ?? 0, inputs);
    const all = marker.values(inputs, {});
    const right = (/** @type {string} */ name) => all[marker.place(0, name)];
    const value = (/** @type {string} */ name) =>
      (marker.candidates.get(name)?.includes(mistake) ? all[marker.place(mistake, name)] : right(name));
    this.#mistake = mistake;
    this.#first = marker.asked.find((name) => Math.abs(value(name) - right(name)) > 1.5e-4) ?? "";
    for (const button of this.#worked) {
      const name = button.dataset.worked ?? "";
      button.textContent = formatNumber(value(name), 4);
      button.setAttribute("aria-label", `${marker.exercise.symbols[name]} = ${button.textContent}`);
    }
    for (const option of this.#suspect.options)
      option.hidden = option.disabled = option.value !== "" && !marker.isMade(Number(option.value), inputs);
    this.#suspect.value = "";
    this.#mark("");
  }

  /** @param {string} name */
  #mark(name) {
    this.#marked = name;
    for (const button of this.#worked)
      button.setAttribute("aria-pressed", String(name !== "" && button.dataset.worked === name));
    this.#judge();
  }

  #judge() {
    const { name, wrong, right, clue } = this.#marker.exercise.mistakes[this.#mistake - 1];
    const isLine = this.#suspect.value === String(this.#mistake);
    const line = isLine ? `Yes: “${name}”, the line ${wrong} in the place of ${right}. ${clue}`
      : this.#suspect.value && "That line would give other numbers.";
    this.#found.textContent = `${this.#place()} ${line}`.trim();
  }

  /** What is said of the number that is marked. */
  #place() {
    const { asked } = this.#marker;
    if (!this.#marked) return "";
    if (this.#marked === this.#first) return "Yes, this is the first wrong number.";
    return asked.indexOf(this.#marked) < asked.indexOf(this.#first) ? "No, this number is right."
      : "No, an earlier one is wrong.";
  }
}
