/** Charts: sweeps, and the drawn curves, marks, ticks and labels moved to where they now belong.
 *
 * @typedef {{x: string, start: number|string, end: number|string, log?: boolean, y_range?: number[], points: number,
 *            box: number[], curves: {cell: string, label?: string, float32?: boolean}[],
 *            marks: {x: string, y?: string, label?: string}[], title?: string}} Chart
 */

import { addKind } from "../frontend/kinds.js";
import { whenChanged } from "../frontend/state.js";
import { fitted, isRange, scale, ticks } from "./chart_axis.js";
import { gripWriter } from "./chart_grip.js";
import { columns, placeLabels } from "./chart_labels.js";

const FAR = 1e5; // units outside the drawing; what lies farther off is left out

addKind({ selector: "[data-chart]", write: chartWriter, isSlow: true });
addKind({ selector: "[data-chart]", write: gripWriter, isSlow: true });

/** Writes a drawn chart anew for the state's present values. */
export function chartWriter(svg, state) {
  const chart = JSON.parse(svg.dataset.chart);
  const partsOf = (kind, these) => these.map((_, i) => svg.querySelector(`[data-part="${kind}-${i}"]`));
  const [lines, marks] = [partsOf("curve", chart.curves), partsOf("mark", chart.marks)];
  const sweeps = sweptTogether(state, chart);
  const swept = state.position(chart.x);
  const inputs = state.program.inputs.flatMap((name) => state.program.names[name].cells);
  const ends = [chart.start, chart.end].filter((end) => typeof end === "string").map((end) => state.position(end));
  let drawn;
  const drawCurves = whenChanged(state, [...inputs.filter((cell) => cell !== swept), ...ends], () => {
    drawn = measured(chart, state, sweeps);
    const { curves, hasWidth, range, yRange, across, up } = drawn;
    drawn.covered = curves.map((ys, i) => drawCurve(lines[i], chart.box, drawn.xs.map(across), placed(ys, up)));
    drawTicks(svg, "x", across, hasWidth ? ticks(range, chart.log) : null);
    drawTicks(svg, "y", up, hasWidth ? ticks(yRange, chart.log) : null);
    const blank = curves.filter((ys) => !isSeen(ys, yRange, chart.log)).length;
    tellOfNothing(svg, chart.title, nothingDrawn(blank, curves.length, hasWidth));
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

/** The curves of a chart, those of one precision in one sweep. */
function sweptTogether(state, chart) {
  return [false, true].map((single) => {
    const picked = chart.curves.flatMap((curve, i) => (Boolean(curve.float32) === single ? [i] : []));
    const results = picked.map((i) => chart.curves[i].cell);
    return { picked, sweep: results.length ? state.sweep([chart.x], results, single) : () => [] };
  });
}

/** A chart's curves at the present values, its ranges, and from values to their places. */
function measured(chart, state, sweeps) {
  const [start, end] = [chart.start, chart.end].map((place) =>
    (typeof place === "string" ? state.values[state.position(place)] : place));
  const hasWidth = isRange([start, end], chart.log);
  const range = hasWidth ? [start, end] : [0.1, 1];
  const xs = hasWidth ? spaced(range, chart.points, chart.log) : new Float64Array(0);
  const curves = [];
  for (const { picked, sweep } of sweeps) sweep(xs).forEach((row, k) => { curves[picked[k]] = row; });
  const yRange = chart.y_range ?? fitted(curves);
  const [left, top, width, height] = chart.box;
  const across = scale(range, left, left + width, chart.log);
  const up = scale(yRange, top + height, top, chart.log);
  return { xs, curves, hasWidth, range, yRange, across, up };
}

export function spaced([start, end], count, log) {
  const [a, b] = log ? [Math.log10(start), Math.log10(end)] : [start, end];
  return Float64Array.from({ length: count }, (_, i) => {
    const at = a + ((b - a) * i) / (count - 1);
    return log ? 10 ** at : at;
  });
}

/** The places of values; none of what is not finite, or too far off. */
function placed(ys, up) {
  return ys.map((y) => (Number.isFinite(y) && Math.abs(up(y)) < FAR ? up(y) : NaN));
}

/** Moves a curve. Gives what it covers of the box. */
export function drawCurve(part, box, xs, ys) {
  let path = "";
  let pen = "M";
  for (let i = 0; i < xs.length; i++) {
    const isPlaced = !Number.isNaN(ys[i]);
    if (isPlaced) path += `${pen}${xs[i].toFixed(2)} ${ys[i].toFixed(2)}`;
    pen = isPlaced ? "L" : "M";
  }
  part.querySelector("path").setAttribute("d", path);
  return columns(box, xs, ys);
}

/** Moves the ticks of an axis to their places, with more of them or fewer; without places they say nothing. */
function drawTicks(svg, axis, at, places) {
  const drawn = [...svg.querySelectorAll(`[data-part^="${axis}-tick"]`)];
  for (const text of places ? [] : svg.querySelectorAll(`[data-part^="${axis}-tick"] text`)) text.textContent = "–";
  while (places && drawn.length && drawn.length < places.length) {
    const more = drawn[0].cloneNode(true);
    more.dataset.part = `${axis}-tick-${drawn.length}`;
    drawn.at(-1).after(more);
    drawn.push(more);
  }
  for (const [i, tick] of places ? drawn.entries() : []) {
    tick.style.display = i < places.length ? "" : "none";
    if (i >= places.length) continue;
    const [x, y] = tick.querySelector("path").getAttribute("d").match(/[\d.]+/g);
    const [value, text] = places[i];
    tick.setAttribute("transform", axis === "x" ? `translate(${at(value) - x})` : `translate(0 ${at(value) - y})`);
    tick.querySelector("text").textContent = text;
  }
}

/** Where a mark is, {x, y}, y null for an upright line; null where it is not to be seen. */
function markPlace({ x, y }, state, { range, hasWidth, across, up }, [, top, , height]) {
  const [value, level] = [x, y].map((name) => state.values[state.position(name)]);
  if (!hasWidth || !(value >= Math.min(...range) && value <= Math.max(...range))) return null;
  const place = { x: across(value), y: y ? up(level) : null };
  return !y || (place.y >= top - 1e-6 && place.y <= top + height + 1e-6) ? place : null;
}

/** Moves a point or an upright line. Gives what `placeLabels` takes of it. */
export function drawMark(part, { label }, place, [, top, , height]) {
  part.style.display = place ? "" : "none";
  if (!place) return { label, x: null, y: null };
  const { x, y } = place;
  if (y === null) part.querySelector("path").setAttribute("d", `M${x} ${top + height}V${top}`);
  part.querySelector("circle")?.setAttribute("cx", x);
  part.querySelector("circle")?.setAttribute("cy", y);
  return { label, x, y };
}

export function moveLabel(text, place) {
  if (!text) return;
  text.style.display = place ? "" : "none";
  if (!place) return;
  text.setAttribute("x", place[0].toFixed(1));
  text.setAttribute("y", place[1].toFixed(1));
}

function isSeen(ys, [low, high], log) {
  return ys.some((y) => Number.isFinite(y) && y <= high && (log || y >= low));
}

/** As `nothing_drawn` in chart.py. */
export function nothingDrawn(blank, count, hasWidth) {
  if (!hasWidth) return "Nothing to draw: no axis goes over this range";
  if (blank === count) return "Nothing to draw: no number here is finite and in range";
  return blank ? `${blank} of ${count} curves: no number here is finite and in range` : "";
}

/** Says in a drawing, and for those who do not see it, that there is nothing to draw. */
export function tellOfNothing(svg, title, sentence) {
  svg.querySelector('[data-part="nothing"]').textContent = sentence;
  svg.setAttribute("aria-label", sentence ? `${title}. ${sentence}` : title);
}
