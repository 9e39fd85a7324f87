/** Sight: what shows numbers is written at once; what takes long, when the browser has time to spare. While the reader
 * drags, views that are out of sight wait: until they come into sight, until the pointer rests or is lifted, or until
 * the page is printed.
 *
 * @typedef {() => void} Write
 * @typedef {{element: Element, write?: Write | null, isSlow?: boolean}} Drawing
 * @typedef {{quick: Write[], slow: Write[], isHidden: boolean, isLate: boolean}} View
 */

import { atRest, isHeld } from "./rest.js";

const PARTS = "[data-sheet], svg, p, li, tr"; // of a picture for wide and one for narrow windows one is hidden
const NEAR = "10%"; // of the window around it: written before it is seen

/** Returns a function that has all of `drawings` written.
 * @param {Document} document
 * @param {Drawing[]} drawings
 * @param {AbortSignal} signal */
export function createSight(document, drawings, signal) {
  const views = viewsOf(drawings);
  const inTurn = createTurn();
  const tellRest = atRest(catchUp, signal);
  watch(views, write, signal);
  for (const type of ["pointerup", "pointercancel"]) window.addEventListener(type, catchUp, { signal });
  window.addEventListener("beforeprint", () => { catchUp(); inTurn.finish(); }, { signal });
  return () => {
    const isDragging = isHeld(document);
    for (const view of views.values()) {
      view.isLate = isDragging && view.isHidden;
      if (!view.isLate) write(view);
    }
    if (isDragging) tellRest();
  };

  function catchUp() {
    for (const view of views.values()) if (view.isLate) write(view);
  }

  /** @param {View} view */
  function write(view) {
    view.isLate = false;
    for (const each of view.quick) each();
    view.slow.forEach(inTurn.add);
  }
}

/** What is seen together, by the element that is it.
 * @param {Drawing[]} drawings */
function viewsOf(drawings) {
  const views = /** @type {Map<Element, View>} */ (new Map());
  for (const { element, write, isSlow } of drawings) {
    const whole = element.closest(PARTS) ?? element;
    const view = views.get(whole) ?? { quick: [], slow: [], isHidden: false, isLate: false };
    if (write) view[isSlow ? "slow" : "quick"].push(write);
    views.set(whole, view);
  }
  return views;
}

/** Keeps an eye on what is out of sight, and writes what comes into it late.
 * @param {Map<Element, View>} views
 * @param {(view: View) => void} write
 * @param {AbortSignal} signal */
function watch(views, write, signal) {
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const view = views.get(target);
      if (!view) continue;
      view.isHidden = !isIntersecting;
      if (isIntersecting && view.isLate) write(view);
    }
  }, { rootMargin: NEAR });
  for (const element of views.keys()) watcher.observe(element);
  signal.addEventListener("abort", () => watcher.disconnect());
}

/** Writes what is added when the browser has time to spare, one at a time: no sweep blocks input on a slow machine. */
function createTurn() {
  const waiting = /** @type {Set<Write>} */ (new Set());
  let isAsked = false;
  return { add, finish: () => waiting.forEach(take) };

  /** @param {Write} write */
  function add(write) {
    waiting.add(write);
    if (!isAsked) ask();
  }

  function ask() {
    isAsked = waiting.size > 0;
    if (isAsked) whenIdle(() => { for (const next of [...waiting].slice(0, 1)) take(next); ask(); });
  }

  /** @param {Write} write */
  function take(write) {
    waiting.delete(write);
    write();
  }
}

/** @param {() => void} act */
function whenIdle(act) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(act, { timeout: 100 });
  else setTimeout(act);
}
