/** Charts: sweeps, and the drawn curves, marks, ticks and labels moved to where they now belong.
 *
 * @typedef {import("../frontend/kinds.js").State} State
 * @typedef {[start: number, end: number]} Range
 * @typedef {{cell: string, label?: string, float32?: boolean}} Curve
 * @typedef {{x: string, y?: string, label?: string}} Mark
 * @typedef {{x: number, y: number | null}} Place
 * @typedef {{x: string, start: number | string, end: number | string, log?: boolean, y_range?: Range, points: number,
 *            box: number[], curves: Curve[], marks: Mark[], title?: string}} Chart
 * @typedef {{picked: number[], sweep: import("../frontend/program.js").Sweep}[]} Sweeps
 * @typedef {(value: number) => number} Scale
 * @typedef {{xs: Float64Array, curves: Float64Array[], hasWidth: boolean, range: Range, yRange: Range, across: Scale,
 *            up: Scale}} Measured
 */

import { addKind } from "../frontend/kinds.js";
import { whenChanged } from "../frontend/state.js";
import { fitted, isRange, scale, ticks } from "./chart_axis.js";
import { gripWriter } from "./chart_grip.js";
import { columns, placeLabels } from "./chart_labels.js";

/** Where each tick is and what it says: most stay. @type {WeakMap<Element, string>} */
const SPOTS = new WeakMap();
const FAR = 1e5; // units outside the drawing; what lies farther off is left out

addKind({ selector: "[data-chart]", write: chartWriter, isSlow: true });
addKind({ selector: "[data-chart]", write: gripWriter, isSlow: true });

/** Writes a drawn chart anew for the state's present values.
 * @param {SVGElement} svg
 * @param {State} state */
export function chartWriter(svg, state) {
  const chart = /** @type {Chart} */ (JSON.parse(svg.dataset.chart ?? "{}"));
  const lines = chart.curves.map((_, i) => partOf(svg, `curve-${i}`));
  const marks = chart.marks.map((_, i) => partOf(svg, `mark-${i}`));
  const sweeps = sweptTogether(state, chart);
  const swept = state.position(chart.x);
  const inputs = inputCells(state);
  const ends = [chart.start, chart.end].flatMap((end) => (typeof end === "string" ? [state.position(end)] : []));
  let drawn = /** @type {Measured & {covered: ReturnType<typeof columns>[]}} */ ({});
  const drawCurves = whenChanged(state, [...inputs.filter((cell) => cell !== swept), ...ends], () => {
    const found = measured(chart, state, sweeps);
    const { xs, curves, hasWidth, range, yRange, across, up } = found;
    const covered = curves.map((ys, i) => drawCurve(lines[i], chart.box, xs.map(across), placed(ys, up)));
    drawn = { ...found, covered };
    drawTicks(svg, "x", across, hasWidth ? ticks(range, chart.log) : null);
    drawTicks(svg, "y", up, hasWidth ? ticks(yRange, chart.log) : null);
    const blank = curves.filter((ys) => !isSeen(ys, yRange, chart.log)).length;
    tellOfNothing(svg, chart.title ?? "", nothingDrawn(blank, curves.length, hasWidth));
  });
  const drawMarks = whenChanged(state, [...inputs, ...ends], () => {
    const places = chart.marks.map((mark, i) =>
      drawMark(marks[i], mark, markPlace(mark, state, drawn, chart.box), chart.box));
    const named = chart.curves.map(({ label }, i) => ({ label, covered: drawn.covered[i] }));
    const labels = placeLabels(chart.box, named, places);
    [...lines, ...marks].forEach((part, i) => moveLabel(part.querySelector("text"), labels[i]));
  });
  return () => {
    drawCurves();
    drawMarks();
  };
}

/** A part of a drawing, which Python has drawn.
 * @param {Element} svg
 * @param {string} name */
export function partOf(svg, name) {
  return /** @type {SVGElement} */ (svg.querySelector(`[data-part="${name}"]`));
}

/** The cells of all inputs.
 * @param {State} state */
export function inputCells({ program }) {
  return program.inputs.flatMap((name) => program.names[name].cells);
}

/** The curves of a chart, those of one precision in one sweep.
 * @param {State} state
 * @param {Chart} chart
 * @returns {Sweeps} */
function sweptTogether(state, chart) {
  return [false, true].map((single) => {
    const picked = chart.curves.flatMap((curve, i) => (Boolean(curve.float32) === single ? [i] : []));
    const results = picked.map((i) => chart.curves[i].cell);
    return { picked, sweep: results.length ? state.sweep([chart.x], results, single) : () => [] };
  });
}

/** A chart's curves at the present values, its ranges, and from values to their places.
 * @param {Chart} chart
 * @param {State} state
 * @param {Sweeps} sweeps
 * @returns {Measured} */
function measured(chart, state, sweeps) {
  const [start, end] = [chart.start, chart.end].map((place) =>
    (typeof place === "string" ? state.values[state.position(place)] : place));
  const hasWidth = isRange([start, end], chart.log);
  const range = /** @type {Range} */ (hasWidth ? [start, end] : [0.1, 1]);
  const xs = hasWidth ? spaced(range, chart.points, chart.log) : new Float64Array(0);
  const curves = /** @type {Float64Array[]} */ ([]);
  for (const { picked, sweep } of sweeps) sweep(xs).forEach((row, k) => { curves[picked[k]] = row; });
  const yRange = chart.y_range ?? fitted(curves);
  const [left, top, width, height] = chart.box;
  const across = scale(range, left, left + width, chart.log);
  const up = scale(yRange, top + height, top, chart.log);
  return { xs, curves, hasWidth, range, yRange, across, up };
}

/** So many numbers from one end of a range to the other, evenly.
 * @param {Range} range
 * @param {number} count */
export function spaced([start, end], count, log = false) {
  const [a, b] = log ? [Math.log10(start), Math.log10(end)] : [start, end];
  return Float64Array.from({ length: count }, (_, i) => {
    const at = a + ((b - a) * i) / (count - 1);
    return log ? 10 ** at : at;
  });
}

/** The places of values; none of what is not finite, or too far off.
 * @param {Float64Array} ys
 * @param {Scale} up */
export function placed(ys, up) {
  return ys.map((y) => (Number.isFinite(y) && Math.abs(up(y)) < FAR ? up(y) : NaN));
}

/** Moves a curve. Gives what it covers of the box.
 * @param {Element} part
 * @param {number[]} box
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys */
export function drawCurve(part, box, xs, ys) {
  let path = "";
  let pen = "M";
  for (let i = 0; i < xs.length; i++) {
    const isPlaced = !Number.isNaN(ys[i]);
    if (isPlaced) path += `${pen}${xs[i].toFixed(2)} ${ys[i].toFixed(2)}`;
    pen = isPlaced ? "L" : "M";
  }
  part.querySelector("path")?.setAttribute("d", path);
  return columns(box, xs, ys);
}

/** Moves the ticks of an axis to their places, with more of them or fewer; without places they say nothing.
 * @param {SVGElement} svg
 * @param {"x" | "y"} axis
 * @param {Scale} at
 * @param {[value: number, text: string][] | null} places */
export function drawTicks(svg, axis, at, places) {
  const drawn = /** @type {SVGElement[]} */ ([...svg.querySelectorAll(`[data-part^="${axis}-tick"]`)]);
  for (const tick of places ? [] : drawn) sayTick(tick, "–");
  while (places && drawn.length && drawn.length < places.length) {
    const more = /** @type {SVGElement} */ (drawn[0].cloneNode(true));
    more.dataset.part = `${axis}-tick-${drawn.length}`;
    drawn[drawn.length - 1].after(more);
    drawn.push(more);
  }
  for (const [i, tick] of places ? drawn.entries() : []) moveTick(tick, axis, at, places?.[i]);
}

/** @param {SVGElement} tick
 * @param {"x" | "y"} axis
 * @param {Scale} at
 * @param {[value: number, text: string]} [place] */
function moveTick(tick, axis, at, place) {
  const spot = place ? `${at(place[0])} ${place[1]}` : "";
  if (SPOTS.get(tick) === spot) return;
  tick.style.display = place ? "" : "none";
  if (place) {
    const [x, y] = (tick.querySelector("path")?.getAttribute("d")?.match(/[\d.]+/g) ?? []).map(Number);
    const [value, text] = place;
    tick.setAttribute("transform", axis === "x" ? `translate(${at(value) - x})` : `translate(0 ${at(value) - y})`);
    sayTick(tick, text);
  }
  SPOTS.set(tick, spot);
}

/** @param {SVGElement} tick @param {string} text */
function sayTick(tick, text) {
  const label = tick.querySelector("text");
  if (label) label.textContent = text;
  SPOTS.delete(tick);
}

/** Where a mark is, y null for an upright line; null where it is not to be seen.
 * @param {Mark} mark
 * @param {State} state
 * @param {Measured} drawn
 * @param {number[]} box
 * @returns {Place | null} */
function markPlace({ x, y }, state, { range, hasWidth, across, up }, [, top, , height]) {
  const value = state.values[state.position(x)];
  if (!hasWidth || !(value >= Math.min(...range) && value <= Math.max(...range))) return null;
  if (!y) return { x: across(value), y: null };
  const level = up(state.values[state.position(y)]);
  return level >= top - 1e-6 && level <= top + height + 1e-6 ? { x: across(value), y: level } : null;
}

/** Moves a point or an upright line. Gives what `placeLabels` takes of it.
 * @param {SVGElement} part
 * @param {{label?: string}} mark
 * @param {Place | null} place
 * @param {number[]} box */
export function drawMark(part, { label }, place, [, top, , height]) {
  part.style.display = place ? "" : "none";
  if (!place) return { label, x: null, y: null };
  const { x, y } = place;
  if (y === null) part.querySelector("path")?.setAttribute("d", `M${x} ${top + height}V${top}`);
  part.querySelector("circle")?.setAttribute("cx", String(x));
  part.querySelector("circle")?.setAttribute("cy", String(y));
  return { label, x, y };
}

/** @param {SVGElement | null} text @param {number[] | null} place */
export function moveLabel(text, place) {
  if (!text) return;
  if (!text.style.display !== Boolean(place)) text.style.display = place ? "" : "none";
  if (!place) return;
  text.setAttribute("x", place[0].toFixed(1));
  text.setAttribute("y", place[1].toFixed(1));
}

/** @param {Float64Array} ys @param {Range} range @param {boolean} [log] */
function isSeen(ys, [low, high], log) {
  return ys.some((y) => Number.isFinite(y) && y <= high && (log || y >= low));
}

/** As `nothing_drawn` in chart.py.
 * @param {number} blank
 * @param {number} count
 * @param {boolean} hasWidth */
export function nothingDrawn(blank, count, hasWidth) {
  if (!hasWidth) return "Nothing to draw: no axis goes over this range";
  if (blank === count) return "Nothing to draw: no number here is finite and in range";
  return blank ? `${blank} of ${count} curves: no number here is finite and in range` : "";
}

/** Says in a drawing, and for those who do not see it, that there is nothing to draw.
 * @param {SVGElement} svg
 * @param {string} title
 * @param {string} sentence */
export function tellOfNothing(svg, title, sentence) {
  partOf(svg, "nothing").textContent = sentence;
  svg.setAttribute("aria-label", sentence ? `${title}. ${sentence}` : title);
}
