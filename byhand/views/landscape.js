/** Landscapes: a surface over two inputs, its contour lines worked out and drawn again, as landscape.py has them.
 *
 * @typedef {{cell: string, x: string, y: string, x_range: number[], y_range: number[], points: number, steps: number,
 *            feed: Record<string, string>, box: number[], levels: number, title: string, log: boolean}} Landscape
 */

import { iterate } from "../frontend/iterate.js";
import { addKind } from "../frontend/kinds.js";
import { whenChanged } from "../frontend/state.js";
import { drawCurve, drawMark, moveLabel, spaced, tellOfNothing } from "./chart.js";
import { isRange, scale, ticks } from "./chart_axis.js";
import { placeLabels } from "./chart_labels.js";

const FLAT = "Nothing to draw: the surface is flat here, or its numbers are not finite";

addKind({ selector: "[data-landscape]", write: landscapeWriter, isSlow: true });

/** Writes a drawn landscape anew for the state's present values. */
export function landscapeWriter(svg, state) {
  const landscape = JSON.parse(svg.dataset.landscape);
  const { x, y, box, title } = landscape;
  const [lines, mark] = [partsOf(svg, landscape.levels + 1), svg.querySelector('[data-part="mark-0"]')];
  const surface = surfaceOf(landscape, state);
  const walk = Object.keys(landscape.feed).length ? iterate(state, landscape.feed, [x, y]) : null;
  const [left, top, width, height] = box;
  const across = scale(landscape.x_range, left, left + width);
  const up = scale(landscape.y_range, top + height, top);
  const inputs = state.program.inputs.flatMap((name) => state.program.names[name].cells);
  const own = [x, y].map((name) => state.position(name));
  let curves;
  const drawSurface = whenChanged(state, inputs.filter((cell) => !own.includes(cell)), () => {
    curves = surface();
    tellOfNothing(svg, title, curves.length ? "" : FLAT);
  });
  const drawPoint = whenChanged(state, inputs, () => {
    const [at, over] = own.map((cell) => state.values[cell]);
    const path = walk ? Object.values(walk(landscape.steps).values).slice(-2) : [[], []];
    const drawn = [...curves, ...Array(landscape.levels - curves.length).fill({ label: "", xs: [], ys: [] }),
      { label: "", xs: path[0], ys: path[1] }];
    const named = drawn.map(({ label, xs, ys }, i) =>
      ({ label, covered: drawCurve(lines[i], box, Array.from(xs, across), Array.from(ys, up)) }));
    const isSeen = within(landscape.x_range, at) && within(landscape.y_range, over);
    const place = drawMark(mark, {}, isSeen ? { x: across(at), y: up(over) } : null, box);
    placeLabels(box, named, [place]).slice(0, lines.length).forEach((spot, i) => writeLabel(lines[i], named[i], spot));
  });
  return () => {
    drawSurface();
    drawPoint();
  };
}

function partsOf(svg, count) {
  return Array.from({ length: count }, (_, i) => svg.querySelector(`[data-part="curve-${i}"]`));
}

/** A function that works the surface out at the present values and gives its contour lines, {label, xs, ys}. */
function surfaceOf({ cell, x, y, x_range: [left, right], y_range: [low, high], points, log }, state) {
  const sweep = state.sweep([y, x], [cell]);
  const [xs, ys] = [spaced([left, right], points), spaced([low, high], points)];
  return () => {
    const [grid] = sweep(ys, xs);
    return levelsOf(grid, log).map(([level, label]) => ({ label, ...contour(grid, xs, ys, level) }));
  };
}

/** The heights that have a line, [value, text] each. */
export function levelsOf(grid, log) {
  let [low, high] = [Infinity, -Infinity];
  for (const height of grid) {
    if (!Number.isFinite(height) || (log && height <= 0)) continue;
    low = Math.min(low, height);
    high = Math.max(high, height);
  }
  return isRange([low, high], log) ? ticks([low, high], log) : [];
}

/** Where a surface has the height `level`, {xs, ys}: a short line in each square of the grid that it crosses, with
 *  not-a-number between them. */
export function contour(grid, xs, ys, level) {
  const line = { xs: [], ys: [] };
  for (let row = 0; row + 1 < ys.length; row++) {
    for (let column = 0; column + 1 < xs.length; column++) {
      const k = row * xs.length + column;
      const above = grid[k] > level;
      const isCrossed = grid[k + 1] > level !== above || grid[k + xs.length] > level !== above ||
        grid[k + xs.length + 1] > level !== above;
      if (isCrossed) cross(line, grid, xs, ys, row, column, level);
    }
  }
  return line;
}

/** Adds the lines in one square: from each side where it goes up through the level to the next where it comes down. */
function cross(line, grid, xs, ys, row, column, level) {
  const corners = [[row, column], [row, column + 1], [row + 1, column + 1], [row + 1, column]];
  const heights = corners.map(([r, c]) => grid[r * xs.length + c]);
  if (!heights.every(Number.isFinite)) return;
  const crossed = corners.flatMap(([r, c], i) => {
    const [next, k] = [corners[(i + 1) % 4], (i + 1) % 4];
    if (heights[i] > level === heights[k] > level) return [];
    const share = (level - heights[i]) / (heights[k] - heights[i]);
    return [[xs[c] + share * (xs[next[1]] - xs[c]), ys[r] + share * (ys[next[0]] - ys[r])]];
  });
  const middle = heights.reduce((sum, height) => sum + height) / 4;
  if (crossed.length === 4 && heights[0] > level === middle > level) crossed.push(crossed.shift());
  for (let i = 0; i < crossed.length; i += 2) {
    line.xs.push(crossed[i][0], crossed[i + 1][0], NaN);
    line.ys.push(crossed[i][1], crossed[i + 1][1], NaN);
  }
}

function within([start, end], value) {
  return value >= Math.min(start, end) && value <= Math.max(start, end);
}

function writeLabel(part, { label }, spot) {
  const text = part.querySelector("text");
  if (text) text.textContent = label;
  moveLabel(text, spot);
}
