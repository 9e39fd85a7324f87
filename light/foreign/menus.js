// Menus, hints and "back to top" are bootstrap.js: fetched when a reader first scrolls, points, touches or types.
(() => {
  const signs = ["scroll", "pointermove", "pointerdown", "keydown", "focusin"];
  const opensMenu = (event) => event.target.closest?.('[data-bs-toggle="dropdown"]');
  let waiting = null; // the menu that was pressed before the script was here

  function press(event) {
    if (!opensMenu(event)) return;
    waiting = opensMenu(event);
    event.stopImmediatePropagation();
  }

  function arrive() {
    removeEventListener("click", press, true);
    waiting?.click();
  }

  function fetchScript({ type, target, movementX, movementY }) {
    if (type === "scroll" && target !== document) return; // the theme scrolls its side bar by itself,
    if (type === "pointermove" && !movementX && !movementY) return; // under a pointer that stands still
    signs.forEach((sign) => removeEventListener(sign, fetchScript, true));
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.content_root + "_static/scripts/bootstrap.js";
    script.onload = arrive;
    document.head.append(script);
  }

  addEventListener("click", press, true);
  signs.forEach((sign) => addEventListener(sign, fetchScript, { capture: true, passive: true }));
})();
