/* The backward pass: errors as thick as they are large, points on curves, and the path of one gradient. */

import { addKind } from "../frontend/kinds.js";
import { whenChanged } from "../frontend/state.js";

/** @typedef {import("../frontend/kinds.js").State} State */

const HALF = 0.35; // the error whose arrow is half as thick as an arrow can be, as in backward.py
const REACH = 6; // the sum at which a curve ends
const LONG = 8; // letters of a number that still fits in full size
const WIDTH = 6.6; // of a letter of a longer one

addKind({ selector: "[data-flow]", write: flowWriter });
addKind({ selector: "[data-curve]", write: pointWriter });
addKind({ selector: "[data-fits]", key: "cell", write: fitWriter });
addKind({ selector: "[data-invite]", key: "invite", write: inviteWriter });
addKind({ selector: "[data-backward]", take: takePaths });
addKind({ selector: "[data-runs]", take: runOnce });

/** How thick the arrow of an error is, from 0 to 1, as `size` in backward.py.
 * @param {number} number */
export function flowSize(number) {
  return Math.abs(number) === Infinity ? 1 : Math.abs(number) / (Math.abs(number) + HALF);
}

/** What an arrow or a gradient tells without its thickness, as `sign` in backward.py.
 * @param {number} number */
export function flowSign(number) {
  return Number.isNaN(number) ? "none" : number === 0 ? "zero" : number < 0 ? "negative" : "positive";
}

/** @param {State} state @param {string} names */
const positionsOf = (state, names) => names.split("|").map((name) => state.position(name));

/** An arrow is that of one number, or of the product of two that no name tells.
 * @type {import("../frontend/kinds.js").Writer} */
function flowWriter(arrow, state) {
  return whenChanged(state, positionsOf(state, arrow.dataset.flow), (...values) => {
    const number = values.reduce((product, value) => product * value, 1);
    arrow.dataset.sign = flowSign(number);
    arrow.style.setProperty("--size", Number.isNaN(number) ? "0" : flowSize(number).toFixed(4));
  });
}

/** @type {import("../frontend/kinds.js").Writer} */
function pointWriter(point, state) {
  const [across, up, base] = [point.dataset.across, point.dataset.up, point.dataset.base].map(Number);
  return whenChanged(state, positionsOf(state, point.dataset.curve), (sum, height, slope = 0) => {
    const isNone = Number.isNaN(sum) || !Number.isFinite(height) || !Number.isFinite(slope);
    point.dataset.sign = isNone ? "none" : "";
    if (isNone) return;
    const x = (Math.max(-REACH, Math.min(REACH, sum)) * across).toFixed(2);
    const lean = Math.atan2(slope * up, across).toFixed(4);
    point.style.cssText = `--x: ${x}px; --y: ${(base + height * up).toFixed(2)}px; --lean: ${lean}rad`;
  });
}

/** A long number is set smaller, and closer where there is no room for it.
 * @type {import("../frontend/kinds.js").Writer} */
function fitWriter(number, state, name) {
  return whenChanged(state, [state.position(name)], () => {
    const isLong = number.textContent.length > LONG;
    number.classList.toggle("byhand-long", isLong);
    if (isLong) {
      number.setAttribute("textLength", String(Math.min(number.dataset.fits, WIDTH * number.textContent.length)));
      number.setAttribute("lengthAdjust", "spacingAndGlyphs");
    } else number.removeAttribute("textLength");
  });
}

/** A weight asks to be dragged until it, or another number, is not the given one.
 * @type {import("../frontend/kinds.js").Writer} */
function inviteWriter(invitation, state) {
  return () => { if (!state.isBook()) invitation.setAttribute("hidden", ""); };
}

/** Lets the forward and the backward pass go by when the picture comes into view.
 * @param {HTMLElement} figure
 * @param {State} state
 * @param {import("../frontend/kinds.js").Host} host */
function runOnce(figure, state, { signal }) {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    figure.dataset.running = "";
    watcher.disconnect();
  }, { threshold: 0.3 });
  watcher.observe(figure);
  signal.addEventListener("abort", () => watcher.disconnect());
}

/** Lights the one path of a gradient: as long as it is pointed at or focused, or until it is let go.
 * @param {HTMLElement} figure
 * @param {State} state
 * @param {import("../frontend/kinds.js").Host} host */
function takePaths(figure, state, { signal }) {
  const buttons = /** @type {SVGElement[]} */ ([...figure.querySelectorAll("[data-path]")]);
  const parts = /** @type {SVGElement[]} */ ([...figure.querySelectorAll("[data-on]")]);
  const products = /** @type {HTMLElement[]} */ ([...figure.querySelectorAll("[data-product]")]);
  let kept = ""; // the gradient whose path stays lit
  figure.dataset.live = "";
  const on = (/** @type {string} */ type, /** @type {(path: string, event: any) => void} */ act) =>
    figure.addEventListener(type, (event) => act(pathOf(event.target), event), { signal });
  for (const type of ["pointerover", "focusin"]) on(type, (path) => path && light(path));
  for (const type of ["pointerout", "focusout"]) on(type, () => light(kept));
  on("click", (path) => path && keep(path === kept ? "" : path));
  on("keydown", (path, event) => {
    if (event.key === "Escape" && kept) keep("");
    if (!path || ![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    keep(path === kept ? "" : path);
  });

  /** @param {string} path */
  function keep(path) {
    kept = path;
    for (const button of buttons)
      button.querySelector("[aria-pressed]")?.setAttribute("aria-pressed", String(button.dataset.path === path));
    light(path);
  }

  /** @param {string} path */
  function light(path) {
    for (const part of parts)
      part.toggleAttribute("data-off", path !== "" && !part.dataset.on?.split(" ").includes(path));
    figure.toggleAttribute("data-shows", path !== "");
    for (const product of products) product.toggleAttribute("data-lit", product.dataset.product === path);
  }
}

/** @param {EventTarget | null} target */
function pathOf(target) {
  const button = target instanceof Element ? target.closest("[data-path]") : null;
  return button?.getAttribute("data-path") ?? "";
}
