/** Rest: what waits until a reader has ceased to change numbers, so that each step of a drag costs little.
 */

const PAUSE = 150; // ms

/** Whether something is in the reader's hand: a number (see hold.js) or a slider.
 * @param {Document} document */
export function isHeld({ activeElement, documentElement }) {
  return documentElement.hasAttribute("data-dragging") || Boolean(activeElement?.matches("input:active"));
}

/** A function after whose last call, and a pause, `act` is called.
 * @param {() => void} act */
export function atRest(act, pause = PAUSE) {
  let timer = 0;
  let last = 0;
  return () => {
    last = performance.now();
    timer ||= window.setTimeout(look, pause);
  };

  function look() {
    const left = last + pause - performance.now();
    timer = left > 0 ? window.setTimeout(look, left) : 0;
    if (!timer) act();
  }
}

/** As `atRest`, but not before the reader has let go of what is held.
 * @param {Document} document
 * @param {() => void} act */
export function whenLetGo(document, act, pause = PAUSE) {
  const tell = atRest(() => { if (isHeld(document)) tell(); else act(); }, pause);
  return tell;
}
