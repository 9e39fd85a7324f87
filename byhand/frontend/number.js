/* Numbers: how one is written, as byhand/writing/number.py writes it, and how a reader may type one. */

const LARGEST_PLAIN = 1e7;
const MINUS = "−";

/** As `format_number` in byhand/writing/number.py.
 * @param {number} value */
export function formatNumber(value, digits = 4, truth = false) {
  if (Number.isNaN(value)) return "not a number";
  if (truth) return value ? "True" : "False";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= Number(`1e-${digits}`) && size < LARGEST_PLAIN) return typeset(trimmed(toFixed(value, digits)));
  const [mantissa, exponent] = toExponential(value, 3).split("e");
  return typeset(`${trimmed(mantissa)}e${Number(exponent)}`);
}

/** @param {string} text */
function typeset(text) {
  return text.replaceAll("-", MINUS);
}

/** @param {string} text */
function trimmed(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Rounds a tie to the even digit, as Python and numpy do; JavaScript's own toFixed rounds it away from zero.
 * @param {number} value
 * @param {number} digits */
export function toFixed(value, digits) {
  const text = value.toFixed(digits);
  if (!Number.isInteger(value * 2 ** (digits + 1))) return text; // a tie is a multiple of 1 / 2^(digits + 1)
  const exact = Math.abs(value).toFixed(Math.min(100, digits + 40));
  const tail = exact.slice(exact.indexOf(".") + 1 + digits);
  if (!/^50*$/.test(tail) || !/[13579]$/.test(text)) return text;
  const cut = exact.slice(0, exact.length - tail.length).replace(/\.$/, "");
  return (value < 0 ? "-" : "") + cut;
}

/** @param {number} value @param {number} digits */
function toExponential(value, digits) {
  const text = value.toExponential(digits);
  if (Math.abs(value) < 1e-4) return text; // no tie: a binary number this small has nine decimal digits or more
  const [head, exponent] = Math.abs(value).toExponential(Math.min(100, digits + 40)).split("e");
  const tail = head.slice(2 + digits);
  if (!/^50*$/.test(tail) || !/[13579]e/.test(text)) return text;
  return `${value < 0 ? "-" : ""}${head.slice(0, 2 + digits)}e${exponent}`;
}

/** What a field shows: the shortest decimal that is exactly the number, as `input_text` in byhand/views writes it.
 * @param {number} value */
export function fieldText(value) {
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value);
}

/** The number that a reader typed, with a decimal point or comma, or null.
 * @param {string} text */
export function parseNumber(text) {
  const plain = text.trim().replaceAll(MINUS, "-").replace(",", ".");
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value + 0 : null; // + 0 makes -0 a plain 0
}

/** The number that a reader answers: one that can be typed into a field, a fraction of two, or a lone sign for ±1; or
 *  null.
 * @param {string} text */
export function parseAnswer(text) {
  if (/^[+−-]$/.test(text)) return text === "+" ? 1 : -1;
  const [above, below = 1, ...more] = text.split("/").map(parseNumber);
  const value = above === null || below === null || more.length ? NaN : above / below;
  return Number.isFinite(value) ? value : null;
}
