/** Axes of charts: whether one can go over a range, ranges that hold data, ticks at round places, and from a value to
 * its place. As chart_axis.py has it.
 *
 * @typedef {[start: number, end: number]} Range
 * @typedef {[value: number, text: string]} Tick
 * @typedef {[factor: number, power: number]} Step
 */

import { formatNumber } from "../frontend/number.js";

const SMALLEST = 1e-300;
export const LARGEST = 1e300; // of what an axis can show: the steps between are doubles too
const FITTED = 5; // steps of an axis that is fitted
const STEPS = 6; // at most, of a linear axis
const DECADES = 7; // at most, from tick to tick of a logarithmic one
const FINEST = 1e-3; // texts of axes that are all below have powers of ten

/** Whether an axis can go from `start` to `end`.
 * @param {Range} range */
export function isRange([start, end], log = false) {
  const width = Math.abs(end - start);
  return (log ? [width, start, end] : [width]).every((size) => size >= SMALLEST && size <= LARGEST);
}

/** A range that holds all values of `curves` and whose ends and five steps are round numbers.
 * @param {Iterable<number>[]} curves
 * @returns {Range} */
export function fitted(curves) {
  let [low, high] = [Infinity, -Infinity];
  for (const curve of curves)
    for (const value of curve) {
      if (!(Math.abs(value) <= LARGEST)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  if (low > high) [low, high] = [0, 1];
  const step = decimal(1, roundStep(Math.max(SMALLEST, (high - low) / (FITTED - 1) || Math.abs(high) || 1)));
  const start = Math.floor(low / step) * step;
  return [start, start + step * FITTED];
}

/** From a value to its place between `from` and `to`; what is off a logarithmic scale lands on its edge.
 * @param {Range} range
 * @param {number} from
 * @param {number} to
 * @returns {(value: number) => number} */
export function scale([low, high], from, to, log = false) {
  if (!log) return (value) => from + ((value - low) / (high - low)) * (to - from);
  const [a, b] = [Math.log10(low), Math.log10(high)];
  return (value) => from + ((Math.log10(Math.max(value, low)) - a) / (b - a)) * (to - from);
}

/** The ticks of an axis, from low to high.
 * @param {Range} range
 * @returns {Tick[]} */
export function ticks(range, log = false) {
  const [low, high] = [Math.min(...range), Math.max(...range)];
  const found = log ? logTicks(low, high) : [];
  return found.length ? found : linearTicks(low, high);
}

/** @param {number} low @param {number} high @returns {Tick[]} */
function linearTicks(low, high) {
  const step = roundStep((high - low) / STEPS);
  const size = decimal(1, step);
  const [first, last] = [Math.ceil(low / size - 1e-9), Math.floor(high / size + 1e-9)];
  if (Math.max(Math.abs(first), Math.abs(last)) > 1e15) return []; // doubles so large have no places between
  const digits = Math.max(Math.abs(low), Math.abs(high)) < FINEST ? 3 : Math.max(3, -step[1]);
  return upTo(first, last).map((count) => labelled(decimal(count, step), digits));
}

/** At powers of ten; at 1, 2 and 5 of each where there are fewer than two; none where that is not enough either.
 * @param {number} low
 * @param {number} high
 * @returns {Tick[]} */
function logTicks(low, high) {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const stride = Math.max(1, Math.ceil((last - first) / DECADES));
  const values = upTo(first, last).filter((power) => power % stride === 0).map((power) => decimal(1, [1, power]));
  const found = values.length > 1 ? values.map((value) => labelled(value, 3)) : fineTicks(low, high);
  return found.length > 1 ? found : [];
}

/** 1, 2 and 5 of each power of ten from `low` to `high`.
 * @param {number} low
 * @param {number} high
 * @returns {Tick[]} */
export function fineTicks(low, high) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.floor(Math.log10(high) + 1e-9)];
  return upTo(first, last).flatMap((power) => [1, 2, 5].map((factor) => decimal(1, [factor, power])))
    .filter((value) => low * (1 - 1e-9) <= value && value <= high * (1 + 1e-9))
    .map((value) => labelled(value, 3));
}

/** @param {number} value @param {number} digits @returns {Tick} */
function labelled(value, digits) {
  return [value, formatNumber(value, digits)];
}

/** @param {number} first @param {number} last */
function upTo(first, last) {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** The least of 1, 2, 5 times a power of ten that is not below `size`: its factor and its power.
 * @param {number} size
 * @returns {Step} */
function roundStep(size) {
  const power = Math.floor(Math.log10(size));
  return [[1, 2, 5].find((factor) => factor * 10 ** power >= size * (1 - 1e-9)) ?? 10, power];
}

/** So many times a step: the double that is nearest to the decimal.
 * @param {number} count
 * @param {Step} step */
function decimal(count, [factor, power]) {
  return Number(`${count * factor}e${power}`);
}
