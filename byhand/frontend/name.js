/* Names of numbers, as byhand/writing/name.py takes them apart and puts them together. */

/** The array and the index that a name speaks of: "W1[0, 1]" is ["W1", [0, 1]]; "loss" is ["loss", []]. What is among
 *  `names` is an array's own: "layers[1]", where the second of several unlike layers is called so.
 * @param {string} name
 * @param {object} names
 * @returns {[base: string, index: number[]]} */
export function splitName(name, names = {}) {
  const [, base, index] = /^(.+)\[([^"[\]]*)\]$/.exec(name) ?? [];
  if (base === undefined || Object.hasOwn(names, name)) return [name, []];
  return [base, index.split(",").map(Number)];
}

/** The name of one number: ("W1", [0, 1]) is "W1[0, 1]"; ("loss", []) is "loss".
 * @param {string} base
 * @param {number[]} index */
export function fullName(base, index) {
  return index.length ? `${base}[${index.join(", ")}]` : base;
}

/** The names of an array's numbers, row by row: ("z1", [2]) is ["z1[0]", "z1[1]"].
 * @param {string} base
 * @param {number[]} shape */
export function elementNames(base, shape) {
  const count = shape.reduce((product, length) => product * length, 1);
  return Array.from({ length: count }, (_, i) => fullName(base, indexOf(i, shape)));
}

/** The name of a number as a trait of the kernel's widget: "W1[0, 1]" is "W1[0,1]".
 * @param {string} name */
export function traitName(name) {
  return name.replaceAll(" ", "");
}

/** How a number is printed: by the symbol of its array, with the index lowered and counted from 1, as in symbols.py.
 * @param {string} name
 * @param {Record<string, string>} symbols */
export function symbolOf(name, symbols) {
  const [base, index] = splitName(name);
  const text = index.map((i) => i + 1).join(index.some((i) => i > 8) ? "," : "");
  return symbols[name] ?? symbols[base] + text.replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]);
}

/** @param {number} i @param {number[]} shape */
function indexOf(i, shape) {
  const index = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(i % shape[axis]);
    i = Math.floor(i / shape[axis]);
  }
  return index;
}
