/* Live numbers, in sentences and wherever else one is drawn. */

import { addKind } from "../frontend/kinds.js";
import { formatNumber } from "../frontend/number.js";
import { whenChanged } from "../frontend/state.js";
import { CANNOT_BE_TOLD } from "../frontend/undecided.js";

addKind({ selector: "[data-cell]:not([data-print] *)", key: "cell", write: numberWriter });

/** @type {import("../frontend/kinds.js").Writer} */
export function numberWriter(element, state, name) {
  const position = state.position(name);
  const digits = Number(element.dataset.digits ?? state.sheet.digits);
  const isTruth = state.isTruth(position);
  const signed = element.matches("[data-signed] > *") ? element.parentElement : null;
  const mark = marker(element, state, position);
  return whenChanged(state, [position], (value) => {
    const text = isTruth && state.undecided()[position] ? CANNOT_BE_TOLD : formatNumber(value, digits, isTruth);
    writeText(element, text);
    signed?.toggleAttribute("data-negative", text.startsWith("−"));
    mark(value);
  });
}

/** As `element.textContent = text`, but into the text that is there already, which costs the browser half as much. A
 *  translator may have wrapped it.
 * @param {Element} element
 * @param {string} text */
export function writeText(element, text) {
  const node = element.firstChild;
  if (node?.nodeType !== Node.TEXT_NODE || node.nextSibling) element.textContent = text;
  else if (node.nodeValue !== text) node.nodeValue = text;
}

/** Marks an input that differs from the book; what has a reason can be pointed at and focused.
 * @param {Element} element
 * @param {import("../frontend/kinds.js").State} state
 * @param {number} position */
export function marker(element, state, position) {
  const [operation, ...operands] = state.program.cells[position];
  const canBeOdd = operands.length > 0 && !["input", "const"].includes(operation) && !element.closest("[data-quiet]");
  const isTruth = state.isTruth(position);
  const isInput = operation === "input"; // what follows from inputs differs nearly everywhere: a mark would say nothing
  let was = { changed: element.classList.contains("byhand-changed"), odd: element.hasAttribute("data-why") };
  return (/** @type {number} */ value) => {
    const isUnsure = state.undecided()[position] === 1;
    const now = {
      changed: isInput && !Object.is(value + 0, state.book[position] + 0),
      odd: canBeOdd && (isUnsure || !isTruth && (value === 0 || !Number.isFinite(value))),
    };
    if (now.changed !== was.changed) element.classList.toggle("byhand-changed", now.changed);
    if (now.odd !== was.odd) {
      element.toggleAttribute("data-why", now.odd);
      if (now.odd) element.setAttribute("tabindex", "0");
      else element.removeAttribute("tabindex");
    }
    was = now;
  };
}
