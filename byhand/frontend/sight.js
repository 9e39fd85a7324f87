/** Sight: what shows numbers is written at once; what takes long, when the browser has time to spare. While the reader
 * drags, what is out of sight waits: until it comes into sight, until the pointer rests or is lifted, or until the page
 * is printed.
 *
 * @typedef {() => void} Write
 * @typedef {{element: Element, write?: Write | null, isSlow?: boolean}} Drawing
 * @typedef {{quick: Write[], slow: Write[], isHidden?: boolean, isLate?: boolean}} View
 */

import { atRest, isHeld } from "./rest.js";

const PARTS = "[data-sheet], svg, p, li, tr"; // of a picture for wide and one for narrow windows one is hidden

/** Returns a function that has all of `drawings` written.
 * @param {Document} document
 * @param {Drawing[]} drawings
 * @param {AbortSignal} signal */
export function createSight(document, drawings, signal) {
  const inTurn = createTurn();
  const views = viewsOf(drawings);
  const catchUp = () => { for (const view of views.values()) if (view.isLate) write(view); };
  const catchUpAtRest = atRest(catchUp);
  window.addEventListener("pointerup", catchUp, { signal });
  window.addEventListener("beforeprint", () => { catchUp(); inTurn.finish(); }, { signal });
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const view = views.get(target);
      if (view) view.isHidden = !isIntersecting;
      if (view?.isLate && isIntersecting) write(view);
    }
  }, { rootMargin: "10%" }); // written before it is seen
  for (const element of views.keys()) watcher.observe(element);
  signal.addEventListener("abort", () => { watcher.disconnect(); views.clear(); });
  return () => {
    const isDragging = isHeld(document);
    if (isDragging) catchUpAtRest();
    for (const view of views.values()) {
      view.isLate = isDragging && view.isHidden;
      if (!view.isLate) write(view);
    }
  };

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
    const view = views.get(whole) ?? { quick: [], slow: [] };
    if (write) view[isSlow ? "slow" : "quick"].push(write);
    views.set(whole, view);
  }
  return views;
}

/** Writes what is added when the browser has time to spare, one at a time: no sweep blocks input on a slow machine. */
function createTurn() {
  /** @type {(act: () => void, options: IdleRequestOptions) => void} */
  const whenIdle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act));
  const waiting = /** @type {Set<Write>} */ (new Set());
  return {
    add(/** @type {Write} */ write) {
      if (!waiting.size) ask();
      waiting.add(write);
    },
    finish: () => waiting.forEach(take),
  };

  function ask() {
    whenIdle(() => {
      for (const write of [...waiting].slice(0, 1)) take(write);
      if (waiting.size) ask();
    }, { timeout: 100 });
  }

  /** @param {Write} write */
  function take(write) {
    waiting.delete(write);
    write();
  }
}
