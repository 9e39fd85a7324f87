/* The clipboard: a text copied by a button, which says so. */

/** @param {HTMLElement} button
 *  @param {string} text
 *  @param {(sentence: string) => void} complain   says what is to be done where the browser does not let it */
export async function copyText(button, text, complain) {
  const label = (button.dataset.label ??= button.textContent ?? "");
  try {
    await /** @type {Window} */ (button.ownerDocument.defaultView).navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    complain(`The browser does not let this page copy. Here it is: ${text}`);
  }
  setTimeout(() => { button.textContent = label; }, 2000);
}
