/** Landscapes: a surface over two inputs, its contour lines worked out and drawn again, as landscape.py has them.
 *
 * @typedef {import("../frontend/kinds.js").State} State
 * @typedef {import("../frontend/kinds.js").Host} Host
 * @typedef {import("./chart.js").Range} Range
 * @typedef {{cell: string, x: string, y: string, over: string[], x_range: Range, y_range: Range, points: number,
 *            steps: number, feed: Record<string, string>, slopes: Record<string, string>, box: number[],
 *            levels: number, entries: number, title: string, log: boolean}} Landscape
 * @typedef {{label: string, xs: number[], ys: number[]}} Line
 * @typedef {{names: string[], cells: number[], ranges: Range[], at: number[]}} View   over what it goes, where it is
 * @typedef {(rows: Float64Array, columns: Float64Array) => Float64Array} Surface
 */

import { stepped } from "../frontend/domain.js";
import { followPointer } from "../frontend/hold.js";
import { iterate } from "../frontend/iterate.js";
import { addKind } from "../frontend/kinds.js";
import { fullName, splitName } from "../frontend/name.js";
import { formatNumber } from "../frontend/number.js";
import { isHeld, whenLetGo } from "../frontend/rest.js";
import { whenChanged } from "../frontend/state.js";
import { drawMark, drawTicks, inputCells, moveLabel, partOf, spaced, tellOfNothing } from "./chart.js";
import { LARGEST, fineTicks, isRange, scale, ticks } from "./chart_axis.js";
import { columns, placeLabels } from "./chart_labels.js";

const FLAT = "Nothing to draw: the surface is flat here, or its numbers are not finite";
const SAME = "Nothing to draw: a landscape goes over two different numbers";
const INNER = 0.95; // of the ranges: a point farther out has them doubled
const LEVELS = 14; // lines at most
const ARROW = 44; // units long
const MOVING = 30; // places each way while the reader drags
const NONE = /** @type {Line} */ ({ label: "", xs: [], ys: [] });

addKind({ selector: "[data-landscape]", write: landscapeWriter, take: takeLandscape, isSlow: true });

/** @param {SVGElement} svg @returns {Landscape} */
const landscapeOf = (svg) => JSON.parse(svg.dataset.landscape ?? "{}");

/** Writes a drawn landscape anew for the state's present values; while the reader drags, with fewer places.
 * @param {SVGElement} svg
 * @param {State} state */
export function landscapeWriter(svg, state) {
  const landscape = landscapeOf(svg);
  const inputs = inputCells(state);
  const surfaces = /** @type {Map<string, Surface>} */ (new Map());
  const walks = /** @type {Map<string, ReturnType<typeof iterate>>} */ (new Map());
  const drawSurface = surfaceDrawer(svg, landscape);
  const drawPoint = pointDrawer(svg, landscape);
  const writeWords = wordWriter(svg, state, landscape);
  let drawnFor = /** @type {number[]} */ ([]);
  let drawFinely = () => {};
  const tellRest = whenLetGo(svg.ownerDocument, () => drawFinely());
  return whenChanged(state, inputs, () => {
    const view = viewOf(landscape, state);
    const key = view.names.join();
    if (!surfaces.has(key)) surfaces.set(key, surfaceOf(state, landscape.cell, view.names));
    const surface = /** @type {Surface} */ (surfaces.get(key));
    const others = inputs.map((cell) => (view.cells.includes(cell) ? 0 : state.values[cell]));
    const now = [...view.cells, ...view.ranges.flat(), ...others];
    if (now.some((number, i) => !Object.is(number, drawnFor[i]))) {
      const isMoving = isHeld(svg.ownerDocument);
      drawSurface(view, surface, isMoving);
      drawFinely = () => drawSurface(view, surface);
      if (isMoving) tellRest();
      drawnFor = now;
    }
    if (!walks.has(key)) walks.set(key, iterate(state, landscape.feed, view.names));
    const walk = /** @type {ReturnType<typeof iterate>} */ (walks.get(key));
    const path = landscape.steps ? walk(landscape.steps).values : null;
    drawPoint(view, slopesOf(landscape, state, view.names), view.names.map((name) => path?.[name] ?? []));
    writeWords(view, surface);
  });
}

/** Over which numbers it goes, between which ends, and where the point is.
 * @param {Landscape} landscape
 * @param {State} state
 * @returns {View} */
function viewOf({ x, y, over, x_range, y_range }, state) {
  const value = (/** @type {string} */ name) => state.values[state.position(name)];
  const names = over.length ? [x, y].map((name) => over[value(name)]) : [x, y];
  const at = names.map(value);
  return { names, cells: names.map((name) => state.position(name)), ranges: widened([x_range, y_range], at), at };
}

/** The ranges, doubled about their middles until the point `at` is well inside.
 * @param {Range[]} ranges
 * @param {number[]} at
 * @returns {Range[]} */
export function widened(ranges, at) {
  let spans = ranges.map(([low, high]) => [(low + high) / 2, (high - low) / 2]);
  const isOut = () => spans.some(([middle, half], i) => Math.abs(at[i] - middle) > INNER * Math.abs(half));
  while (isOut() && spans.every(([, half]) => Math.abs(half) < LARGEST))
    spans = spans.map(([middle, half]) => [middle, 2 * half]);
  return spans.map(([middle, half]) => /** @type {Range} */ ([middle - half, middle + half]));
}

/** @param {State} state @param {string} cell @param {string[]} names @returns {Surface} */
function surfaceOf(state, cell, [x, y]) {
  if (x === y) return (rows, across) => new Float64Array(rows.length * across.length).fill(NaN);
  const sweep = state.sweep([y, x], [cell]);
  return (rows, across) => sweep(rows, across)[0];
}

/** The gradient along x and y; not numbers where none is known.
 * @param {Landscape} landscape
 * @param {State} state
 * @param {string[]} names */
function slopesOf({ slopes }, state, names) {
  return names.map((name) => {
    const [base, index] = splitName(name);
    return base in slopes ? state.values[state.position(fullName(slopes[base], index))] : NaN;
  });
}

/** From values to places in the box, across and up.
 * @param {View} view
 * @param {number[]} box */
function scalesOf({ ranges }, [left, top, width, height]) {
  return { across: scale(ranges[0], left, left + width), up: scale(ranges[1], top + height, top) };
}

/** A function that works the surface out and draws its lines and the axes; while it is moving, with fewer places and no
 *  names.
 * @param {SVGElement} svg
 * @param {Landscape} landscape
 * @returns {(view: View, surface: Surface, isMoving?: boolean) => void} */
function surfaceDrawer(svg, { box, levels, points, log, title }) {
  const lines = Array.from({ length: levels }, (_, i) => partOf(svg, `curve-${i}`));
  return (view, surface, isMoving = false) => {
    const [xs, ys] = view.ranges.map((range) => spaced(range, isMoving ? Math.min(MOVING, points) : points));
    const grid = surface(ys, xs);
    const { across, up } = scalesOf(view, box);
    const wanted = levelsOf(grid, log);
    const drawn = contours(grid, xs, ys, wanted.map(([level]) => level));
    const found = wanted.map(([, label], i) => ({ label, ...drawn[i] }));
    const named = lines.map((part, i) => {
      const { label, xs: along, ys: over } = found[i] ?? NONE;
      const places = /** @type {const} */ ([along.map(across), over.map(up)]);
      drawPieces(part, ...places);
      return isMoving ? { label: "", covered: [] } : { label, covered: columns(box, ...places) };
    });
    placeLabels(box, named, []).forEach((spot, i) => writeLevel(lines[i], named[i].label, spot));
    drawTicks(svg, "x", across, ticks(view.ranges[0]));
    drawTicks(svg, "y", up, ticks(view.ranges[1]));
    tellOfNothing(svg, title, view.names[0] === view.names[1] ? SAME : found.length ? "" : FLAT);
  };
}

/** A function that draws the point, the arrow down from it, and the path.
 * @param {SVGElement} svg
 * @param {Landscape} landscape
 * @returns {(view: View, slopes: number[], path: ArrayLike<number>[]) => void} */
function pointDrawer(svg, { box, levels }) {
  const [mark, way] = [partOf(svg, "mark-0"), partOf(svg, `curve-${levels}`)];
  const arrow = svg.querySelector('[data-part="arrow"]');
  return (view, slopes, path) => {
    const { across, up } = scalesOf(view, box);
    const isSeen = view.at.every((value, i) => Math.abs(value) <= LARGEST && within(view.ranges[i], value));
    const place = isSeen ? { x: across(view.at[0]), y: up(view.at[1]) } : null;
    drawMark(mark, {}, place, box);
    drawPieces(way, Array.from(path[0], across), Array.from(path[1], up));
    arrow?.setAttribute("d", place ? arrowFrom(place, slopes, view, box) : "");
  };
}

/** As `arrow` in landscape.py.
 * @param {{x: number, y: number}} place
 * @param {number[]} slopes
 * @param {View} view
 * @param {number[]} box */
function arrowFrom({ x: startX, y: startY }, [slopeX, slopeY], { ranges }, [, , width, height]) {
  const [right, rise] = [width / (ranges[0][1] - ranges[0][0]), -height / (ranges[1][1] - ranges[1][0])];
  const length = Math.hypot(slopeX * right, slopeY * rise);
  if (!(length > 0 && length < Infinity)) return "";
  const [u, v] = [(-slopeX * right * ARROW) / length, (-slopeY * rise * ARROW) / length];
  const [x, y] = [startX + u, startY + v];
  const [one, other] = [1, -1].map((side) => [x - 0.2 * u + side * 0.12 * v, y - 0.2 * v - side * 0.12 * u]);
  return `M${[[startX, startY], [x, y], one, [x, y], other].map((each) => each.map((at) => at.toFixed(1)).join(" "))
    .join("L")}`;
}

/** A function that writes the point's numbers, the names of the axes and, where it is open, the table.
 * @param {SVGElement} svg
 * @param {State} state
 * @param {Landscape} landscape
 * @returns {(view: View, surface: Surface) => void} */
function wordWriter(svg, state, landscape) {
  const root = /** @type {HTMLElement} */ (svg.parentElement);
  const { digits } = state.sheet;
  const table = /** @type {HTMLDetailsElement | null} */ (root.querySelector("details"));
  const handle = svg.querySelector("circle");
  let latest = () => {};
  table?.addEventListener("toggle", () => latest());
  return (view, surface) => {
    const slopes = slopesOf(landscape, state, view.names);
    const height = formatNumber(state.values[state.position(landscape.cell)], digits);
    const symbols = view.names.map((name) => state.symbol(name));
    ["x", "y"].forEach((axis, i) => {
      say(root, `${axis}-name`, symbols[i]);
      say(root, axis, formatNumber(view.at[i], digits));
      say(root, `${axis}-slope`, formatNumber(slopes[i], digits));
      if (!landscape.over.length) return;
      const label = svg.querySelector(`[data-part="${axis}-label"] text`);
      if (label) label.textContent = symbols[i];
    });
    say(root, "height", height);
    handle?.setAttribute("aria-label", `${symbols[0]} ${formatNumber(view.at[0], digits)}, ${symbols[1]} ${
      formatNumber(view.at[1], digits)}, ${state.symbol(landscape.cell)} ${height}`);
    latest = () => { if (table?.open) writeHeights(table, view, surface, landscape.entries); };
    latest();
  };
}

/** @param {Element} root @param {string} part @param {string} text */
function say(root, part, text) {
  const element = root.querySelector(`[data-says="${part}"]`);
  if (element && element.textContent !== text) element.textContent = text;
}

/** @param {Element} table @param {View} view @param {Surface} surface @param {number} entries */
function writeHeights(table, { ranges }, surface, entries) {
  const [xs, ys] = ranges.map((range) => spaced(range, entries));
  ys.reverse();
  const heights = surface(ys, xs);
  const write = (/** @type {string} */ part, /** @type {Float64Array} */ numbers) => {
    for (const [i, entry] of table.querySelectorAll(`[data-${part}]`).entries())
      entry.textContent = formatNumber(numbers[i], 3);
  };
  write("across", xs);
  write("up", ys);
  write("height", heights);
}

/** Lets the reader take hold of the point: by pointer, or with the arrow keys.
 * @param {SVGElement} svg
 * @param {State} state
 * @param {Host} host */
function takeLandscape(svg, state, { change, signal }) {
  const landscape = landscapeOf(svg);
  const circle = /** @type {SVGCircleElement | null} */ (svg.querySelector('[data-part="mark-0"] circle'));
  if (!circle) return;
  for (const [name, value] of Object.entries({ "data-handle": "", tabindex: "0", role: "button" }))
    circle.setAttribute(name, value);
  svg.setAttribute("role", "group"); // an image has nothing in it to take hold of
  const put = (/** @type {string[]} */ [x, y], /** @type {number[]} */ [across, up]) =>
    change(state.changed(x, across, x === y ? {} : state.changed(y, up)), state);
  const move = (/** @type {PointerEvent} */ event) => {
    const view = viewOf(landscape, state);
    put(view.names, under(event, svg, view, landscape.box));
  };
  circle.addEventListener("pointerdown", (event) => {
    if (event.button === 0) followPointer(event, circle, { signal, move, slack: 0 });
  }, { signal });
  // WebKit asks only the whole drawing for its touch-action
  circle.addEventListener("touchstart", (event) => event.preventDefault(), { signal, passive: false });
  circle.addEventListener("keydown", (event) => {
    const by = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const view = viewOf(landscape, state);
    put(view.names, view.names.map((name, i) =>
      stepped(state.domain(name), view.at[i], by[i] * (event.shiftKey ? 10 : 1))));
  }, { signal });
}

/** The values under the pointer, within the inner part of the ranges, to three digits of their width.
 * @param {PointerEvent} event
 * @param {SVGElement} svg
 * @param {View} view
 * @param {number[]} box */
function under({ clientX, clientY }, svg, { ranges }, [left, top, width, height]) {
  const matrix = /** @type {DOMMatrix} */ (/** @type {SVGGraphicsElement} */ (svg).getScreenCTM()).inverse();
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix);
  return [(x - left) / width, (top + height - y) / height].map((share, i) => {
    const [low, high] = ranges[i];
    const inside = Math.min(0.5 + INNER / 2, Math.max(0.5 - INNER / 2, share));
    const step = 10 ** Math.floor(Math.log10(Math.abs(high - low) / 500));
    return Number((Math.round((low + inside * (high - low)) / step) * step).toPrecision(12));
  });
}

/** The heights that have a line.
 * @param {Float64Array} grid
 * @param {boolean} log
 * @returns {[value: number, text: string][]} */
export function levelsOf(grid, log) {
  let [low, high] = [Infinity, -Infinity];
  for (const height of grid) {
    if (!Number.isFinite(height) || (log && height <= 0)) continue;
    if (height < low) low = height;
    if (height > high) high = height;
  }
  if (!isRange([low, high], log)) return [];
  const fine = log ? fineTicks(low, high) : [];
  return fine.length > 1 && fine.length <= LEVELS ? fine : ticks([low, high], log);
}

/** Where a surface has each of the heights `levels`, which rise: a short line in each square of the grid that it
 *  crosses, with not-a-number between them.
 * @param {ArrayLike<number>} grid
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {number[]} levels */
export function contours(grid, xs, ys, levels) {
  const lines = levels.map(() => ({ xs: /** @type {number[]} */ ([]), ys: /** @type {number[]} */ ([]) }));
  const below = new Uint8Array(grid.length); // how many levels each height is above
  for (let k = 0; k < grid.length; k++)
    while (below[k] < levels.length && grid[k] > levels[below[k]]) below[k] += 1;
  const width = xs.length;
  for (let row = 0; row + 1 < ys.length; row++) {
    for (let column = 0, k = row * width; column + 1 < width; column++, k++) {
      const first = Math.min(below[k], below[k + 1], below[k + width + 1], below[k + width]);
      const last = Math.max(below[k], below[k + 1], below[k + width + 1], below[k + width]);
      for (let i = first; i < last; i++) cross(lines[i], grid, xs, ys, row, column, levels[i]);
    }
  }
  return lines;
}

/** Adds the lines in one square: from each side where it goes up through the level to the next where it comes down.
 * @param {{xs: number[], ys: number[]}} line
 * @param {ArrayLike<number>} grid
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {number} row
 * @param {number} column
 * @param {number} level */
function cross(line, grid, xs, ys, row, column, level) {
  const k = row * xs.length + column;
  const [a, b, c, d] = [grid[k], grid[k + 1], grid[k + xs.length + 1], grid[k + xs.length]];
  const sum = a + b + c + d;
  if (!Number.isFinite(sum)) return;
  const [left, right, low, high] = [xs[column], xs[column + 1], ys[row], ys[row + 1]];
  const from = line.xs.length;
  const side = (/** @type {number} */ p, /** @type {number} */ q, /** @type {number} */ x0, /** @type {number} */ y0,
    /** @type {number} */ x1, /** @type {number} */ y1) => {
    if (p > level === q > level) return;
    const share = (level - p) / (q - p);
    line.xs.push(x0 + share * (x1 - x0));
    line.ys.push(y0 + share * (y1 - y0));
  };
  side(a, b, left, low, right, low);
  side(b, c, right, low, right, high);
  side(c, d, right, high, left, high);
  side(d, a, left, high, left, low);
  if (line.xs.length - from === 4) inTwo(line, from, a > level === sum / 4 > level);
  line.xs.push(NaN);
  line.ys.push(NaN);
}

/** Where a square is crossed twice: its last four places as two lines, in this order or from the second on.
 * @param {{xs: number[], ys: number[]}} line
 * @param {number} from
 * @param {boolean} isTurned */
function inTwo(line, from, isTurned) {
  for (const row of [line.xs, line.ys]) {
    const [a, b, c, d] = row.splice(from, 4);
    row.push(...(isTurned ? [b, c, NaN, d, a] : [a, b, NaN, c, d]));
  }
}

/** Draws a line in pieces, to a tenth of a unit.
 * @param {Element} part
 * @param {number[]} xs
 * @param {number[]} ys */
function drawPieces(part, xs, ys) {
  let path = "";
  let pen = "M";
  for (let i = 0; i < xs.length; i++) {
    const isPlaced = Math.abs(ys[i]) < 1e5 && Math.abs(xs[i]) < 1e5;
    if (isPlaced) path += `${pen}${Math.round(xs[i] * 10) / 10} ${Math.round(ys[i] * 10) / 10}`;
    pen = isPlaced ? "L" : "M";
  }
  part.querySelector("path")?.setAttribute("d", path);
}

/** @param {Range} range @param {number} value */
function within([start, end], value) {
  return value >= Math.min(start, end) && value <= Math.max(start, end);
}

/** @param {Element} part @param {string} label @param {number[] | null} spot */
function writeLevel(part, label, spot) {
  const text = part.querySelector("text");
  if (text && spot) text.textContent = label;
  moveLabel(text, spot);
}
