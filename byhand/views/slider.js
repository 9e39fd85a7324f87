/* Sliders. The field beside one is a field as any (see fields.js). */

import { addKind } from "../frontend/kinds.js";
import { fieldText } from "../frontend/number.js";
import { whenChanged } from "../frontend/state.js";
import { complain } from "./fields.js";

addKind({ selector: "[data-input][type=range]", key: "input", write: sliderWriter, take: takeSlider });

/** @type {import("../frontend/kinds.js").Writer} */
function sliderWriter(slider, state, name) {
  return whenChanged(state, [state.position(name)], (value) => {
    slider.value = isLogarithmic(slider) ? Math.log10(value) : value;
    slider.setAttribute("aria-valuetext", fieldText(value));
  });
}

/** @type {import("../frontend/kinds.js").Taker} */
function takeSlider(slider, state, { change, signal }) {
  slider.disabled = false;
  slider.addEventListener("input", () => {
    const value = isLogarithmic(slider) ? (10 ** slider.value).toPrecision(6) : slider.value;
    complain(slider, "");
    change(state.changed(slider.dataset.input, Number(value)), state);
  }, { signal });
}

/** @param {HTMLElement} slider */
function isLogarithmic({ dataset }) {
  return dataset.scale === "log";
}
