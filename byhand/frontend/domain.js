/** Domains: what an input may be, as byhand/domain.py declares it.
 *
 * @typedef {object} Domain
 * @property {string} words   what an input must be, in a sentence
 * @property {number} [low]
 * @property {number} [high]
 * @property {boolean} [whole]
 * @property {boolean} [log]   whether steps are factors
 *
 * @typedef {{start: number, steps: number, value: number}} Walk   of the arrow keys
 */

import { fieldText, parseNumber } from "./number.js";

const STEP = 0.1;
const LOG_STEP = 0.25; // of the exponent
const LONGEST_QUOTE = 40;

/** Whether `value` may be put in.
 * @param {Domain} domain
 * @param {number} value */
export function allows({ low = -Number.MAX_VALUE, high = Number.MAX_VALUE, whole }, value) {
  return low <= value && value <= high && (!whole || Number.isInteger(value));
}

/** The number of the domain that lies `steps` from `start`, whole ones or tenths; the domain's end where they lead out
 *  of it. No step changes nothing.
 * @param {Domain} domain
 * @param {number} start
 * @param {number} steps */
export function stepped(domain, start, steps) {
  if (!steps) return start;
  const { low = -Number.MAX_VALUE, high = Number.MAX_VALUE, whole, log } = domain;
  const moved = whole ? start + Math.sign(steps) * Math.max(1, Math.round(Math.abs(steps)))
    : log ? Number((start * 10 ** (steps * LOG_STEP)).toPrecision(6)) : decimalSum(start, steps);
  return Math.min(high, Math.max(low, moved)) + 0;
}

/** A walk of the arrow keys, `{start, steps, value}`, `by` steps further; a new one where the number is no longer the
 *  walk's. It leads back to exactly where it set out, and does not count steps against the domain's end.
 * @param {Domain} domain
 * @param {Partial<Walk> | undefined} walk
 * @param {number} value
 * @param {number} by
 * @returns {Walk} */
export function walked(domain, walk, value, by) {
  const { start = value, steps = 0 } = walk?.value === value ? walk : /** @type {Partial<Walk>} */ ({});
  const further = Math.round((steps + by) * 10) / 10; // tenths of steps add up to steps
  const moved = stepped(domain, start, further);
  return moved === value ? { start, steps, value } : { start, steps: further, value: moved };
}

/** 0.1 + 0.2 is 0.3 to a reader: so many steps from `start`, with as many decimals as it has or as the steps need.
 * @param {number} start
 * @param {number} steps */
function decimalSum(start, steps) {
  const [mantissa, exponent = 0] = String(start).split("e");
  const decimals = (mantissa.split(".")[1] ?? "").length - Number(exponent);
  const needed = Number.isInteger(steps) ? 1 : 2;
  return Number((start + steps * STEP).toFixed(Math.min(100, Math.max(needed, decimals))));
}

/** The keyboard that a phone shows, as `_keyboard` in byhand/views/fields.py.
 * @param {Domain} domain */
export function keyboard({ low = -Infinity, whole, log }) {
  if (low < 0 || log) return "text";
  return whole ? "numeric" : "decimal";
}

/** What a reader's text puts in: `{value}`, with `remark` where the text could be read otherwise; or `{words}`, what it
 *  should be.
 * @param {Domain} domain
 * @param {string} text
 * @returns {{value?: number, remark?: string, words?: string}} */
export function readText(domain, text) {
  const value = parseNumber(text);
  if (value === null || !allows(domain, value)) return { words: domain.words };
  const isAmbiguous = /^\s*[+−-]?[1-9]\d{0,2},\d{3}\s*$/.test(text);
  const remark = `“${text.trim()}” is read as ${fieldText(value)}: the comma is a decimal comma.`;
  return isAmbiguous ? { value, remark } : { value };
}

/** `text` between quotation marks, its beginning if it is long.
 * @param {string} text */
export function quoted(text) {
  return text.length > LONGEST_QUOTE ? `“${text.slice(0, LONGEST_QUOTE)}…”` : `“${text}”`;
}
