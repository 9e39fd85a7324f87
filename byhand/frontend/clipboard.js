/* The clipboard: a text copied by a button, which says so. */

/** Copies a text; where the browser does not let it, as on a page without https, the text stands selected after the
 *  button.
 *  @param {HTMLElement} button
 *  @param {string} text */
export async function copyText(button, text) {
  const label = (button.dataset.label ??= button.textContent ?? "");
  const { parentElement: place, ownerDocument: document } = button;
  place?.querySelector("[data-copied]")?.remove();
  try {
    await /** @type {Window} */ (document.defaultView).navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    place?.append(selected(document, text));
    place?.querySelector("textarea")?.select();
  }
  setTimeout(() => { button.textContent = label; }, 2000);
}

/** @param {Document} document @param {string} text */
function selected(document, text) {
  const label = document.createElement("label");
  const area = document.createElement("textarea");
  label.dataset.copied = "";
  label.className = "byhand-copied";
  Object.assign(area, { value: text, readOnly: true, rows: Math.min(9, text.split("\n").length + 1) });
  label.append("The browser does not let this page copy. Here it is:", area);
  return label;
}
