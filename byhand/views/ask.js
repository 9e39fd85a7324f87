/* Questions: an answer is marked against the sheet's numbers; what is right, why, and what follows open with it.
 *
 * What becomes of an answer stands in `data-mark`: "empty", "right", or "unknown" for any other, and for words. */

import { addKind } from "../frontend/kinds.js";
import { quoted } from "../frontend/domain.js";
import { parseAnswer } from "../frontend/number.js";
import { isTold } from "../frontend/undecided.js";

/** @typedef {import("../frontend/state.js").State} State */

const EVERYTHING = "byhand:everything"; // where a browser keeps that a reader wants no question to close anything
const TOLERANCE = 2e-4;
const WAS_RIGHT = "Right for the numbers that were here. They have changed since.";

addKind({ selector: "[data-question]", write: questionWriter, take: takeQuestion });
addKind({ selector: "[data-everything]", take: takeEverything });

/** Marks an answer anew when the numbers have changed after it; it was right for those it was given for.
 * @type {import("../frontend/kinds.js").Writer} */
function questionWriter(question, state) {
  return () => {
    if (!("judged" in question.dataset)) return;
    const places = /** @type {HTMLElement[]} */ ([...question.querySelectorAll("[data-mark-of]")]);
    const were = places.map(({ dataset, textContent }) => dataset.mark === "right" || textContent === WAS_RIGHT);
    const marks = judge(question, state);
    places.filter((_, i) => were[i] && marks[i] !== "right").forEach((place) => setMark(place, "empty", WAS_RIGHT));
  };
}

/** @type {import("../frontend/kinds.js").Taker} */
function takeQuestion(question, state, { hasKernel, signal }) {
  const on = (/** @type {string} */ type, /** @type {string} */ part, /** @type {(event: any) => void} */ act) =>
    question.addEventListener(type, (/** @type {any} */ event) => {
      if (event.target.closest(part)) act(event);
    }, { signal });
  for (const control of question.querySelectorAll("[data-answer]")) control.disabled = false;
  for (const control of question.querySelectorAll("[data-waiting]")) delete control.dataset.waiting;
  on("click", "[data-judge]", () => answer(question, state));
  on("keydown", "input[data-answer]", (event) => { if (event.key === "Enter") answer(question, state); });
  on("input", "[data-answer]", () => withdraw(question));
  on("click", "[data-open-up]", () => showAnswer(question));
  on("click", "[data-try]", () => tryAgain(question));
  if (!hasKernel && isOpened(question)) open(question); // cells that ran are closed by nobody
}

/** @param {HTMLElement} question @param {State} state */
function answer(question, state) {
  question.dataset.judged = "";
  const marks = judge(question, state);
  const isNumber = Boolean(question.querySelector("input[type=text][data-answer]"));
  if (marks.every((mark) => mark === "right" || (!isNumber && mark === "unknown"))) open(question);
}

/** Marks each part of an answer, and gives the marks.
 * @param {HTMLElement} question @param {State} state */
function judge(question, state) {
  return [...question.querySelectorAll("[data-mark-of]")].map((/** @type {any} */ place) => {
    const parts = /** @type {any[]} */ ([...question.querySelectorAll("[data-answer]")]);
    const [mark, words] = marked(parts.filter(({ dataset }) => dataset.answer === place.dataset.markOf), state);
    setMark(place, mark, words);
    return mark;
  });
}

/** @param {HTMLElement} place @param {string} mark @param {string} words */
function setMark(place, mark, words) {
  place.dataset.mark = mark;
  if (place.textContent !== words) place.textContent = words;
}

/** What becomes of one part of an answer, and the sentence about it.
 * @param {any[]} parts @param {State} state
 * @returns {["empty" | "right" | "unknown", string]} */
function marked(parts, state) {
  const [{ dataset, type, value }] = parts;
  const text = type === "radio" ? parts.find(({ checked }) => checked)?.value ?? "" : value.trim();
  if (!text) return ["empty", "Answer first, or press “Show”."];
  if (type === "textarea") return ["unknown", "Compare it with this:"];
  const given = parseAnswer(text);
  if (given === null) return ["empty", `${quoted(text)} is not a number. Write 0.525, 0,525, 5.25e-1 or 21/40.`];
  const position = state.position(dataset.answer);
  if (!isTold(state, position)) return ["unknown", "That cannot be told here."];
  const truth = state.values[position];
  if (type === "radio" ? given === truth : isNear(given, truth)) return ["right", "Right."];
  if (type === "radio") return ["unknown", "No."];
  return ["unknown", isNear(-given, truth) ? "The sign is wrong." : "Not that. Try again, or press “Show”."];
}

/** @param {number} given @param {number} value */
function isNear(given, value) {
  return given === value || Math.abs(given - value) <= TOLERANCE * Math.max(1, Math.abs(value)) * (1 + 1e-9);
}

/** Hides what is right, and takes an answer, of a question that is open.
 * @param {HTMLElement} question */
function tryAgain(question) {
  withdraw(question);
  delete question.dataset.open;
  /** @type {HTMLElement} */ (question.querySelector("[data-answer]")).focus({ preventScroll: true });
}

/** @param {HTMLElement} question */
function showAnswer(question) {
  open(question);
  delete question.dataset.trying;
  /** @type {HTMLElement} */ (question.querySelector("[data-told]")).focus({ preventScroll: true });
}

/** An answer that is being changed is not marked.
 * @param {HTMLElement} question */
function withdraw(question) {
  question.dataset.trying = "";
  delete question.dataset.judged;
  for (const place of question.querySelectorAll("[data-mark-of]")) setMark(/** @type {any} */ (place), "empty", "");
}

/** Shows what is right, and what follows the question.
 * @param {HTMLElement} question */
function open(question) {
  question.dataset.open = "";
  const block = blockOf(question);
  block.dataset.opened = "";
  const section = block.parentElement;
  if (section && !section.querySelector("[data-question]:not([data-open])")) section.dataset.opened = "";
  keep(question);
}

/** The whole block of a section that a question stands in.
 * @param {HTMLElement} question */
function blockOf(question) {
  let block = question;
  while (block.parentElement && !block.parentElement.matches("section, body")) block = block.parentElement;
  return block;
}

/** The wish of who only reads, for all pages.
 * @type {import("../frontend/kinds.js").Taker} */
function takeEverything(box, _state, { signal }) {
  const { documentElement } = box.ownerDocument;
  box.checked = documentElement.hasAttribute("data-everything-shown");
  delete box.closest("[data-waiting]").dataset.waiting;
  box.addEventListener("change", () => {
    attempt(() => (box.checked ? localStorage.setItem(EVERYTHING, "1") : localStorage.removeItem(EVERYTHING)));
    documentElement.toggleAttribute("data-everything-shown", box.checked);
  }, { signal });
}

/** What this tab has opened stays open. @param {HTMLElement} question */
const keyOf = ({ dataset, ownerDocument }) => `byhand:open:${ownerDocument.location.pathname}:${dataset.question}`;
/** @param {HTMLElement} question */
const keep = (question) => attempt(() => sessionStorage.setItem(keyOf(question), "1"));
/** @param {HTMLElement} question */
const isOpened = (question) => attempt(() => sessionStorage.getItem(keyOf(question))) === "1";

/** A browser may keep nothing.
 * @template T @param {() => T} act */
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
