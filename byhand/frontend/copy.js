/** Copying: a selection that holds formulas, as lines of text. Browsers put each token of MathML on a line of its
 * own. */

const BLOCKS = new Set("p div li tr h1 h2 h3 pre".split(" "));
const SPACED = new Set("+ − = · < > ≤ ≥ ≠ ≈ ⊙ and or".split(" "));

/** Puts selected formulas into the clipboard as a person would type them: "z^(1)_1 = W^(1)_11 · x_1".
 * @param {Document} document */
export function copyFormulas(document) {
  document.addEventListener("copy", (/** @type {any} */ event) => {
    const selection = document.getSelection();
    if (!selection?.rangeCount || event.target.closest?.("input, textarea")) return;
    const range = selection.getRangeAt(0);
    const part = range.cloneContents();
    const within = range.commonAncestorContainer;
    const isFormula = (within instanceof Element ? within : within.parentElement)?.closest("math");
    if (!isFormula && !part.querySelector("math")) return;
    event.clipboardData.setData("text/plain", isFormula ? inner(part, formula) : lines(part));
    event.preventDefault();
  });
}

/** @param {Node} part */
function lines(part) {
  return inner(part, text).replace(/[ \t]*\n\s*/g, "\n").replace(/ +/g, " ").trim();
}

/** @param {Node} node @param {(child: any) => string} write */
function inner(node, write) {
  return [...node.childNodes].map(write).join("");
}

/** @param {any} node @returns {string} */
function text(node) {
  if (node.nodeType === 3) return node.parentNode.closest?.("pre") ? node.data : node.data.replace(/\s+/g, " ");
  if (node.nodeType !== 1 || node.hidden || node.matches("[data-spoken], script, button")) return "";
  if (node.localName === "math") return ` ${formula(node)} `;
  if (node.localName === "td" || node.localName === "th") return `${inner(node, text)}\t`;
  const own = inner(node, text);
  return BLOCKS.has(node.localName) ? `\n${own}\n` : SPACED.has(own.trim()) ? ` ${own} ` : own;
}

/** @param {any} node @returns {string} */
function formula(node) {
  if (node.nodeType === 3) return node.data.trim();
  if (node.nodeType !== 1) return "";
  const [a = "", b = "", c = ""] = [...node.children].map(formula);
  const isPlain = node.matches("[data-signed]:not([data-negative])"); // brackets that are not shown
  if (isPlain) return b;
  switch (node.localName) {
    case "mfrac": return `${grouped(a)}/${grouped(b)}`;
    case "msup": return `${a}^${grouped(b)}`;
    case "msub": return `${a}_${grouped(b)}`;
    case "msubsup": return `${a}^${grouped(c)}_${grouped(b)}`;
    case "msqrt": return `√(${inner(node, formula)})`;
    case "mover": return `${a}\u0302`;
    case "mspace": return " ";
    case "mtr": return `${inner(node, formula)}; `;
  }
  const own = inner(node, formula);
  return SPACED.has(own) || node.localName === "mtext" ? ` ${own} ` : own;
}

/** @param {string} part */
function grouped(part) {
  return /^\(.*\)$/.test(part) || /^[\p{L}\p{N}.]*$/u.test(part) ? part : `(${part.trim()})`;
}
