/* Texts of which a number chooses one. */

import { addKind } from "../frontend/kinds.js";
import { formatNumber } from "../frontend/number.js";
import { whenChanged } from "../frontend/state.js";
import { CANNOT_BE_TOLD, isTold } from "../frontend/undecided.js";

addKind({ selector: "[data-choose]", key: "choose", write: chooseWriter });

/** @type {import("../frontend/kinds.js").Writer} */
function chooseWriter(element, state, name) {
  const texts = JSON.parse(element.dataset.texts);
  return whenChanged(state, [state.position(name)], (value) => {
    const sentence = untold(state, name, texts);
    if (!sentence && element.dataset.chosen === String(value)) return; // it may stand there translated
    element.toggleAttribute("data-untold", Boolean(sentence));
    element.dataset.chosen = sentence ? "" : value;
    if (sentence) element.textContent = sentence;
    else element.innerHTML = texts[value];
  });
}

/** Why a number picks none of `texts`, as `_untold` in choose.py says it; "" where it picks one.
 * @param {import("../frontend/state.js").State} state
 * @param {string} name
 * @param {string[]} texts */
function untold(state, name, texts) {
  const position = state.position(name);
  const value = state.values[position];
  const blame = state.culprit(position) ?? "a number that it rests on";
  if (!isTold(state, position)) return `${CANNOT_BE_TOLD}: ${blame} is not a number`;
  if (value in texts) return "";
  const number = `${state.symbol(name)} = ${formatNumber(value)}`;
  return `${CANNOT_BE_TOLD}: ${number} is none of the ${texts.length} texts, which count from 0`;
}
