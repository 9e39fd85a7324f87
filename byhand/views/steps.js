/** Steps, walked through one at a time: the step at work stands large under its buttons, those before it above, and the
 *  picture shows what has been worked out so far. As wide as the screen it is for a projector: a picture, one line, and
 *  its result when it is asked for.
 *
 * @typedef {import("../frontend/kinds.js").State} State
 * @typedef {import("../frontend/kinds.js").Host} Host
 *
 * @typedef {object} Walk   where a walk is
 * @property {number} at   the place of the step at work; -1 outside a walk, where everything is shown
 * @property {boolean} isAsked   whether its result is still hidden
 */

import { addKind } from "../frontend/kinds.js";

addKind({ selector: "[data-walk]", take: takeWalk });

/** @type {Record<string, string>} */
const KEYS = { ArrowRight: "next", ArrowLeft: "back", Escape: "end" };
/** @type {Record<string, string>} */
const WIDE_KEYS = { ...KEYS, PageDown: "next", PageUp: "back", Escape: "narrow" }; // a presenter's clicker turns pages
const MARGIN = 72; // pixels that a page's head may cover

/** @param {HTMLElement} stepper @param {State} state @param {Host} host */
function takeWalk(stepper, state, { light, signal }) {
  const place = /** @type {HTMLElement} */ (stepper.closest("[data-show]") ?? stepper.closest("[data-steps]"));
  const rows = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-step]")]);
  const projector = takeProjector(place, signal, () => go("narrow"));
  /** @type {Walk} */
  let walk = { at: -1, isAsked: false };
  delete stepper.dataset.waiting;
  stepper.addEventListener("click", ({ target }) => {
    const way = /** @type {Element} */ (target).closest("[data-go]")?.getAttribute("data-go");
    if (way === "list") unfold(place, !place.hasAttribute("data-unfolded"));
    else if (way) go(way);
  }, { signal });
  stepper.ownerDocument.addEventListener("keydown", (event) => {
    const isHere = projector.isWide() || event.composedPath().includes(stepper);
    const way = (projector.isWide() ? WIDE_KEYS : KEYS)[event.key];
    if (!way || !isHere || walk.at < 0 || event.defaultPrevented) return;
    event.preventDefault();
    go(way);
  }, { signal });
  for (const type of ["pointerout", "focusout"]) // whatever is pointed at meanwhile, the step is lit again
    stepper.getRootNode().addEventListener(type, () => { if (walk.at >= 0) relight(); }, { signal });

  /** @param {string} way */
  function go(way) {
    const before = walk;
    if (way === "wide" || way === "narrow") projector.widen(way === "wide");
    walk = { at: nextPlace(before, way, rows.length), isAsked: false };
    walk.isAsked = projector.isWide() && (walk.at > before.at || way === "wide");
    if (walk.at < 0) projector.widen(false);
    if (walk.at < 0 && before.at >= 0) unfold(place, true);
    showStep(place, stepper, rows, walk, projector.isWide());
    moveFocus(stepper, walk, before, rows.length);
    relight();
  }

  function relight() {
    light(walk.isAsked ? null : rows[walk.at]?.dataset.step ?? null, stepper);
  }
}

/** Shows a folded picture and its list, or hides them again.
 * @param {HTMLElement} place @param {boolean} isShown */
function unfold(place, isShown) {
  place.toggleAttribute("data-unfolded", isShown);
  place.querySelector("[data-go=list]")?.setAttribute("aria-expanded", String(isShown));
}

/** The place of the step after going a `way`; asking for a hidden result stays where it is.
 * @param {Walk} walk @param {string} way @param {number} count */
function nextPlace({ at, isAsked }, way, count) {
  /** @type {Record<string, number>} */
  const places = { start: 0, back: Math.max(at - 1, 0), next: isAsked ? at : at + 1, end: -1, wide: Math.max(at, 0) };
  return Math.min(places[way] ?? at, count - 1);
}

/** @param {HTMLElement} place @param {HTMLElement} stepper @param {HTMLElement[]} rows @param {Walk} walk
 *  @param {boolean} isWide */
function showStep(place, stepper, rows, { at, isAsked }, isWide) {
  const list = /** @type {HTMLElement} */ (place.querySelector("[data-list]"));
  const stage = /** @type {HTMLElement} */ (stepper.querySelector("[data-work]"));
  const isStart = at >= 0 && !place.hasAttribute("data-walking");
  place.toggleAttribute("data-walking", at >= 0); // as wide as it is then
  if (isStart) keepHeights(stepper, stage, rows);
  rows.forEach((row, i) => {
    row.classList.toggle("byhand-now", i === at);
    row.classList.toggle("byhand-later", at >= 0 && i > at);
    row.toggleAttribute("data-asked", isAsked && i === at);
    if (i === at) stage.append(row);
    else if (row.parentElement === stage) list.insertBefore(row, rows.slice(i + 1).find((next) => next !== rows[at]
      && next.parentElement === list) ?? null);
  });
  hideLater(place, new Set(at < 0 ? [] : rows.slice(isAsked ? at : at + 1).map(({ dataset }) => dataset.step)));
  remark(stepper).textContent = at < 0 ? "" : stepSentence(rows, at);
  remark(stepper).toggleAttribute("data-asked", isAsked);
  list.scrollTop = list.scrollHeight;
  if (isStart && !isWide) bringIntoView(place, stepper);
}

/** @param {HTMLElement} stepper */
function remark(stepper) {
  return /** @type {HTMLElement} */ (stepper.querySelector("[data-remark]"));
}

/** @param {HTMLElement[]} rows @param {number} at */
function stepSentence(rows, at) {
  return `Step ${at + 1} of ${rows.length}. ${rows[at].dataset.note}`;
}

/** Hides the numbers of a picture that are not worked out yet: they are not 0.
 * @param {HTMLElement} place @param {Set<string | undefined>} names */
function hideLater(place, names) {
  for (const element of place.querySelectorAll("svg :is([data-cell], [data-value-of])")) {
    const name = element.getAttribute("data-cell") ?? element.getAttribute("data-value-of") ?? "";
    element.classList.toggle("byhand-later", names.has(name));
  }
}

/** Gives the step at work, and its sentence, the room that the largest of them takes: no button moves in a walk.
 * @param {HTMLElement} stepper @param {HTMLElement} stage @param {HTMLElement[]} rows */
function keepHeights(stepper, stage, rows) {
  const said = remark(stepper);
  const places = rows.map((row) => /** @type {const} */ ([row.parentNode, row.nextSibling]));
  const heights = rows.map((row, i) => {
    stage.append(row);
    said.textContent = stepSentence(rows, i);
    const height = [stage, said].map((part) => part.getBoundingClientRect().height);
    places[i][0]?.insertBefore(row, places[i][1]);
    return height;
  });
  [stage, said].forEach((part, k) => {
    part.style.setProperty("--room", `${Math.ceil(Math.max(...heights.map((pair) => pair[k])))}px`);
  });
}

/** Scrolls so that picture and step are both to be seen; the step, where the window is too low for both.
 * @param {HTMLElement} place @param {HTMLElement} stepper */
function bringIntoView(place, stepper) {
  const window = place.ownerDocument.defaultView;
  if (!window) return;
  const top = (place.querySelector("svg") ?? place).getBoundingClientRect().top - MARGIN;
  // At the foot is the dock, which is low in a narrow window (see dock.css).
  const bottom = stepper.getBoundingClientRect().bottom - window.innerHeight + (window.innerWidth > 960 ? 136 : 48);
  window.scrollBy({ top: Math.max(top, bottom), behavior: "instant" });
}

/** The focus stays with a button that can be pressed.
 * @param {HTMLElement} stepper @param {Walk} walk @param {Walk} before @param {number} count */
function moveFocus(stepper, { at, isAsked }, before, count) {
  /** @param {string} way */
  const button = (way) => /** @type {HTMLButtonElement} */ (stepper.querySelector(`[data-go=${way}]`));
  const isWalking = at >= 0;
  button("start").hidden = isWalking;
  for (const way of ["back", "next", "end"]) button(way).hidden = !isWalking;
  button("back").disabled = at === 0;
  button("next").disabled = at === count - 1 && !isAsked;
  if (!isWalking) button("start").focus({ preventScroll: true });
  else if (before.at < 0 || button("next").disabled || button("back").disabled)
    button(button("next").disabled ? "end" : "next").focus({ preventScroll: true });
}

/** A place as wide as the window, and the window as the screen, where the browser lets it. Its own Esc narrows both.
 * @param {HTMLElement} place @param {AbortSignal} signal @param {() => void} leave */
function takeProjector(place, signal, leave) {
  const document = /** @type {Document & { webkitExitFullscreen?: () => void, webkitFullscreenElement?: Element }} */
    (place.ownerDocument);
  const page = /** @type {HTMLElement & { webkitRequestFullscreen?: () => void }} */ (document.documentElement);
  const isWide = () => place.hasAttribute("data-wide");
  const isFull = () => Boolean(document.fullscreenElement ?? document.webkitFullscreenElement);
  for (const type of ["fullscreenchange", "webkitfullscreenchange"])
    document.addEventListener(type, () => { if (isWide() && !isFull()) leave(); }, { signal });
  document.addEventListener("focusin", ({ target }) => { // what is behind it cannot be seen
    const next = /** @type {HTMLElement | null} */ (place.querySelector("[data-go=next]"));
    if (isWide() && target instanceof Node && !place.contains(target)) next?.focus();
  }, { signal });
  return { isWide, widen };

  /** @param {boolean} wide */
  function widen(wide) {
    if (wide === isWide()) return;
    place.toggleAttribute("data-wide", wide);
    page.classList.toggle("byhand-still", wide); // the page behind does not scroll
    const refused = () => {}; // then it is as large as the window
    if (wide) Promise.resolve((page.requestFullscreen ?? page.webkitRequestFullscreen)?.call(page)).catch(refused);
    else if (isFull()) Promise.resolve((document.exitFullscreen ?? document.webkitExitFullscreen)?.call(document))
      .catch(refused);
  }
}
