/* Focus: it does not vanish with a button, nothing covers it, and what scrolls can have it. */

/** Keeps the focus when a button under `root` is pressed and vanishes: it goes to the field used last, else to the
 *  first of the button's panel. Returns its own clean-up. */
export function keepFocus(root) {
  const stop = new AbortController();
  let last = null;
  const note = ({ target }) => { if (target.matches("[data-input]")) last = target; };
  root.addEventListener("focusin", note, { signal: stop.signal });
  root.addEventListener("click", ({ target, detail }) => {
    const button = target.closest?.("button");
    if (!button || !isGone(button) || isElsewhere(button)) return;
    refuge(button.closest("[data-fields]") ?? root, last)?.focus({ preventScroll: detail > 0 }); // 0: pressed by a key
  }, { signal: stop.signal });
  return () => stop.abort();
}

function isGone(button) {
  return button.getClientRects().length === 0 || getComputedStyle(button).visibility === "hidden";
}

function isElsewhere(button) {
  const active = button.getRootNode().activeElement;
  return active !== button && active !== null && active !== button.ownerDocument.body;
}

/** Where the focus goes: on a phone not to a field, which would bring its keyboard up. */
function refuge(panel, last) {
  const field = last?.isConnected && panel.contains(last) ? last : panel.querySelector("[data-input]");
  return globalThis.matchMedia("(hover: none)").matches ? field?.closest("[data-fields]") ?? field : field;
}

/** Moves `notice`, which is fixed to the window, aside while it would cover what has the focus. */
export function clearFocus(notice) {
  const window = notice.ownerDocument.defaultView;
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
    if (!notice.contains(focused) && covers(notice, focused, window.innerHeight)) notice.dataset.aside = "";
  }
}

/** Whether `above` hides some of `element`; of one as tall as the window, such as the page itself, it always does. */
function covers(above, element, height) {
  const [a, b] = [above, element].map((each) => each.getBoundingClientRect());
  return b.height < height / 2 && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Lets the keyboard reach what scrolls sideways under `root`, as long as it does. Returns its own clean-up. */
export function reachScrollers(root) {
  const observer = new ResizeObserver((entries) => {
    for (const box of new Set(entries.map(({ target }) => target.closest("[data-scrolls]")))) reach(box);
  });
  for (const box of root.querySelectorAll("[data-scrolls]"))
    for (const part of [box, ...box.children]) observer.observe(part);
  return () => observer.disconnect();
}

function reach(box) {
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": box.dataset.scrolls }))
    if (scrolls) box.setAttribute(name, value);
    else box.removeAttribute(name);
}
