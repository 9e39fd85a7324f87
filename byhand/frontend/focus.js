/** Focus: it does not vanish with a button, nothing covers it, and what scrolls can have it. */

/** Keeps the focus when a button under `root` is pressed and vanishes: it goes to the field used last, else to the
 *  first of the panel. What a script presses, as themes do before they print, moves it nowhere. Returns its own
 *  clean-up.
 * @param {any} root */
export function keepFocus(root) {
  const stop = new AbortController();
  let last = /** @type {HTMLElement | null} */ (null);
  const note = (/** @type {any} */ { target }) => { if (target.matches("[data-input]")) last = target; };
  root.addEventListener("focusin", note, { signal: stop.signal });
  root.addEventListener("click", (/** @type {any} */ { target, detail, isTrusted }) => {
    const button = target.closest?.("button");
    if (!isTrusted || !button || !isGone(button) || isElsewhere(button)) return;
    refuge(button.closest("[data-fields]") ?? root, last)?.focus({ preventScroll: detail > 0 }); // 0: pressed by a key
  }, { signal: stop.signal });
  return () => stop.abort();
}

/** @param {Element} button */
function isGone(button) {
  return button.getClientRects().length === 0 || getComputedStyle(button).visibility === "hidden";
}

/** @param {Element} button */
function isElsewhere(button) {
  const active = /** @type {Document | ShadowRoot} */ (button.getRootNode()).activeElement;
  return active !== button && active !== null && active !== button.ownerDocument.body;
}

/** Where the focus goes: on a phone not to a field, which would bring its keyboard up.
 * @param {ParentNode & Node} panel
 * @param {HTMLElement | null} last
 * @returns {HTMLElement | null | undefined} */
function refuge(panel, last) {
  const first = /** @type {HTMLElement | null} */ (panel.querySelector("[data-input]"));
  const field = last?.isConnected && panel.contains(last) ? last : first;
  return globalThis.matchMedia("(hover: none)").matches ? field?.closest("[data-fields]") ?? field : field;
}

/** Gives the focus to what may not have had any yet.
 * @param {HTMLElement} element */
export function focusOn(element, preventScroll = true) {
  if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll });
}

/** Moves `notice`, which is fixed to the window, aside while it would cover what has the focus.
 * @param {HTMLElement} notice */
export function clearFocus(notice) {
  const window = /** @type {Window & typeof globalThis} */ (notice.ownerDocument.defaultView);
  let isAsked = false;
  const ask = () => {
    if (!isAsked) window.requestAnimationFrame(() => { isAsked = false; look(); });
    isAsked = true;
  };
  for (const type of ["focusin", "focusout", "scroll", "resize"])
    window.addEventListener(type, ask, { capture: true, passive: true });
  new ResizeObserver(look).observe(notice); // it appears

  function look() {
    if (notice.hidden) return;
    delete notice.dataset.aside;
    const focused = notice.ownerDocument.activeElement;
    if (focused && !notice.contains(focused) && covers(notice, focused, window.innerHeight)) notice.dataset.aside = "";
  }
}

/** Whether `above` hides some of `element`; of one as tall as the window, such as the page itself, it always does.
 * @param {Element} above
 * @param {Element} element
 * @param {number} height */
function covers(above, element, height) {
  const [a, b] = [above, element].map((each) => each.getBoundingClientRect());
  return b.height < height / 2 && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Lets the keyboard reach what scrolls sideways under `root`, as long as it does. Returns its own clean-up.
 * @param {ParentNode} root */
export function reachScrollers(root) {
  const observer = new ResizeObserver((entries) => {
    const boxes = entries.map(({ target }) => /** @type {HTMLElement} */ (target.closest("[data-scrolls]")));
    for (const box of new Set(boxes)) reach(box);
  });
  for (const box of root.querySelectorAll("[data-scrolls]"))
    for (const part of [box, ...box.children]) observer.observe(part);
  return () => observer.disconnect();
}

/** @param {HTMLElement} box */
function reach(box) {
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": box.dataset.scrolls }))
    if (scrolls) box.setAttribute(name, value ?? "");
    else box.removeAttribute(name);
}
