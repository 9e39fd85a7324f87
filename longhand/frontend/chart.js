/* Charts: sweeps, and the drawn curves, points and ticks moved to where they now belong.
 *
 * @typedef {{x: string, start: number|string, end: number|string, log: boolean, y_range: number[]?, points: number,
 *            box: number[], curves: {cell: string, float32: boolean}[], marks: {x: string, y: string?}[]}} Chart
 */

import { formatNumber } from "./number.js";
import { between, compile } from "./program.js";
import { whenChanged } from "./state.js";

const TICKS = { x: 5, y: 6 };

/** A function that gives the values of the cells `results` for each of `xs` in the place of the input cell `input`:
 *  an array for each result. With `single`, worked out in single precision. */
export function createSweep(state, input, results, single = false) {
  const { program } = state;
  const evaluateAll = single ? compile(program, undefined, true) : null;
  const evaluate = compile(program, between(program, input, results), single);
  return (xs) => {
    const values = single ? evaluateAll(new Float32Array(state.values)) : state.values.slice();
    const rows = results.map(() => new Float64Array(xs.length));
    for (let k = 0; k < xs.length; k++) {
      values[input] = xs[k];
      evaluate(values);
      for (let r = 0; r < rows.length; r++) rows[r][k] = values[results[r]];
    }
    return rows;
  };
}

/** Writes a drawn chart anew for the state's present values. */
export function chartWriter(svg, state) {
  const chart = JSON.parse(svg.dataset.chart);
  const part = (name) => svg.querySelector(`[data-part="${name}"]`);
  const paths = chart.curves.map((_, i) => part(`curve-${i}`).querySelector("path"));
  const marks = chart.marks.map(({ y }, i) => part(`mark-${i}`).querySelector(y === null ? "path" : "use"));
  const ticks = (axis) => Array.from({ length: TICKS[axis] }, (_, i) => part(`${axis}-tick-${i}`)?.querySelector("text"));
  const labels = { x: ticks("x"), y: ticks("y") };
  const valueOf = (place) => (typeof place === "string" ? state.values[state.position(place)] : place);
  const groups = sweptTogether(state, chart);
  const swept = state.position(chart.x);
  const others = state.program.inputs.flatMap((name) => state.program.names[name].cells).filter((cell) => cell !== swept);
  const ends = [chart.start, chart.end].filter((end) => typeof end === "string").map(state.position);
  const [left, top, width, height] = chart.box;
  let across;
  let up;
  const drawCurves = whenChanged(state, [...others, ...ends], () => {
    const range = [valueOf(chart.start), valueOf(chart.end)];
    const xs = spaced(range, chart.points, chart.log);
    const curves = [];
    for (const { picked, sweep } of groups) sweep(xs).forEach((row, k) => { curves[picked[k]] = row; });
    const yRange = chart.y_range ?? fitted(curves);
    across = scale(range, left, left + width, chart.log);
    up = scale(yRange, top + height, top, chart.log);
    paths.forEach((path, i) => path.setAttribute("d", line(xs, curves[i], across, up)));
    if (!chart.log) writeTicks(labels, range, yRange);
  });
  return () => {
    drawCurves();
    chart.marks.forEach((mark, i) => {
      const x = across(valueOf(mark.x));
      place(marks[i], x, mark.y === null ? top : up(valueOf(mark.y)), top, height);
    });
  };
}

/** The curves of a chart, those of one precision in one sweep. */
function sweptTogether(state, chart) {
  return [false, true].map((single) => {
    const picked = chart.curves.flatMap((curve, i) => (curve.float32 === single ? [i] : []));
    const results = picked.map((i) => state.position(chart.curves[i].cell));
    return { picked, sweep: results.length ? createSweep(state, state.position(chart.x), results, single) : () => [] };
  });
}

function spaced([start, end], count, log) {
  const [a, b] = log ? [Math.log10(start), Math.log10(end)] : [start, end];
  return Float64Array.from({ length: count }, (_, i) => {
    const at = a + ((b - a) * i) / (count - 1);
    return log ? 10 ** at : at;
  });
}

/** From a value to its place on the page; what is off a logarithmic scale lands on its edge. */
function scale([low, high], from, to, log) {
  if (!log) return (value) => from + ((value - low) / (high - low)) * (to - from);
  const [a, b] = [Math.log10(low), Math.log10(high)];
  return (value) => from + ((Math.log10(Math.max(value, low)) - a) / (b - a)) * (to - from);
}

function line(xs, ys, across, up) {
  let path = "";
  let pen = "M";
  for (let i = 0; i < xs.length; i++) {
    if (Number.isFinite(ys[i])) path += `${pen}${across(xs[i]).toFixed(2)} ${up(ys[i]).toFixed(2)}`;
    pen = Number.isFinite(ys[i]) ? "L" : "M";
  }
  return path;
}

/** Moves a point, or an upright line; one whose place is no number is not shown. */
function place(mark, x, y, top, height) {
  const known = Number.isFinite(x) && Number.isFinite(y);
  mark.style.display = known ? "" : "none";
  if (!known) return;
  if (mark.tagName === "path") mark.setAttribute("d", `M${x} ${top + height}L${x} ${top}`);
  mark.setAttribute("x", x);
  mark.setAttribute("y", y);
}

function writeTicks(labels, xRange, yRange) {
  for (const [texts, [low, high]] of [[labels.x, xRange], [labels.y, yRange]])
    texts.forEach((text, i) => {
      const value = low + ((high - low) * i) / (texts.length - 1);
      const small = Math.abs(value) < 1e-9 * (high - low); // rounding, not a place on the axis
      if (text) text.textContent = small ? "0" : formatNumber(value, 3);
    });
}

/** As `fitted` in longhand/views/chart.py: a range that holds all values, with round ends and steps. */
export function fitted(curves) {
  let [low, high] = [Infinity, -Infinity];
  for (const curve of curves)
    for (const value of curve) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  if (low > high) [low, high] = [0, 1];
  const step = roundStep((high - low) / (TICKS.y - 2) || Math.abs(high) || 1);
  const start = Math.floor(low / step) * step;
  return [start, start + step * (TICKS.y - 1)];
}

function roundStep(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return [1, 2, 5, 10].find((factor) => factor * power >= size * (1 - 1e-9)) * power;
}
