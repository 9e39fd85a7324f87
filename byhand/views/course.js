/** Courses: results fed back into inputs, step by step. The curve starts at the numbers that the reader has put in;
 * going along it puts a step's numbers in, so that the whole page is at that step. As course.py draws it.
 *
 * @typedef {import("../frontend/kinds.js").State} State
 * @typedef {import("../frontend/kinds.js").Host} Host
 * @typedef {{label: string, feed: Record<string, string>, put: Record<string, number>}} Route
 * @typedef {{cell: string, steps: number, most: number, put: string[], pick: string | null,
 *            rise: number | null, title: string,
 *            box: number[], points: number, routes: Route[]}} Drawn   what course.py says of a course
 * @typedef {{values: Float64Array, inputs: Record<string, Float64Array>, taken: number, stopped: string}} Path
 * @typedef {object} Course   where the reader is
 * @property {Float64Array} start   all values at step 0
 * @property {number} at   the step that the page shows
 * @property {number} count   how many steps the curve has
 * @property {number} route   which one the reader goes along
 * @property {number[]} left   the inputs' numbers as they were left here: others are the reader's own
 * @property {Path[]} paths
 */

import { followPointer } from "../frontend/hold.js";
import { compileIteration, strayed } from "../frontend/iterate.js";
import { addKind } from "../frontend/kinds.js";
import { formatNumber } from "../frontend/number.js";
import {
  drawCurve, drawMark, drawTicks, inputCells, moveLabel, nothingDrawn, partOf, placed, tellOfNothing,
} from "./chart.js";
import { LARGEST, fitted, scale, ticks } from "./chart_axis.js";
import { placeLabels } from "./chart_labels.js";

/** @type {WeakMap<SVGElement, Course>} */
const courses = new WeakMap();

addKind({ selector: "[data-course]", write: courseWriter, take: takeAlong, isSlow: true });

/** @param {SVGElement} svg @returns {Drawn} */
const drawnOf = (svg) => JSON.parse(svg.dataset.course ?? "{}");

/** The course of a drawing; a new one where the reader has put other numbers in.
 * @param {SVGElement} svg
 * @param {State} state
 * @param {Drawn} drawn */
function courseOf(svg, state, drawn) {
  const now = inputCells(state).map((cell) => state.values[cell]);
  const course = courses.get(svg) ?? { start: state.values, at: 0, count: drawn.steps, route: 0, left: [], paths: [] };
  courses.set(svg, course);
  if (now.length !== course.left.length || now.some((number, i) => !Object.is(number, course.left[i])))
    Object.assign(course, { start: state.values.slice(), at: 0, left: now, paths: [] });
  return course;
}

/** Writes a drawn course anew for the state's present values.
 * @param {SVGElement} svg
 * @param {State} state */
export function courseWriter(svg, state) {
  const drawn = drawnOf(svg);
  const follow = followers(state, drawn);
  const write = pencil(svg, state, drawn);
  return () => {
    const course = courseOf(svg, state, drawn);
    if (!course.paths.length) course.paths = follow.map((go) => go(course.start, course.count));
    write(course);
  };
}

/** For each route a function of all values and a number of steps that gives its path.
 * @param {State} state
 * @param {Drawn} drawn
 * @returns {((start: Float64Array, steps: number) => Path)[]} */
function followers(state, { cell, routes, put }) {
  const feeds = [...new Set(routes.map(({ feed }) => JSON.stringify(feed)))];
  const compiled = new Map(feeds.map((feed) => [feed, compileIteration(state.sheet, JSON.parse(feed), [cell])]));
  return routes.map(({ feed, put: own }) => (start, steps) => {
    const from = start.slice();
    for (const [name, number] of Object.entries(own)) from[state.position(name)] = number;
    const go = /** @type {ReturnType<typeof compileIteration>} */ (compiled.get(JSON.stringify(feed)));
    const { values, taken, stray } = go(from, steps);
    const stopped = stray ? strayed(state.sheet, taken, stray) : "";
    const inputs = Object.fromEntries(put.map((name) => [name, values[name]]));
    return { values: values[cell], inputs, taken, stopped };
  });
}

/** A function that draws where the reader is.
 * @param {SVGElement} svg
 * @param {State} state
 * @param {Drawn} drawn
 * @returns {(course: Course) => void} */
function pencil(svg, state, { box, routes, pick, rise, title, points }) {
  const [left, top, width, height] = box;
  const lines = routes.map((_, i) => partOf(svg, `curve-${i}`));
  const mark = partOf(svg, "mark-0");
  return (course) => {
    const range = /** @type {import("./chart.js").Range} */ ([0, course.count]);
    const most = rise === null ? Infinity : rise * Math.abs(course.paths[0].values[0]);
    const yRange = fitted(course.paths.map(({ values }) => values.filter((level) => Math.abs(level) <= most)));
    const [across, up] = [scale(range, left, left + width), scale(yRange, top + height, top)];
    const isPicked = routes.map(({ put }) => pick !== null && put[pick] === state.values[state.position(pick)]);
    const named = course.paths.map(({ values, taken }, i) => {
      const steps = spread(taken, points);
      const levels = placed(Float64Array.from(steps, (k) => values[k]), up);
      const covered = drawCurve(lines[i], box, steps.map(across), levels);
      return { label: pick === null || i === 0 || isPicked[i] ? routes[i].label : "", covered };
    });
    drawTicks(svg, "x", across, ticks(range).filter(([step]) => Number.isInteger(step)));
    drawTicks(svg, "y", up, ticks(yRange));
    const level = course.paths[course.route].values[course.at];
    const spot = Math.abs(level) <= LARGEST ? { x: across(course.at), y: up(level) } : null;
    const place = mark && drawMark(mark, {}, spot, box);
    placeLabels(box, named, place ? [place] : []).slice(0, lines.length)
      .forEach((at, i) => nameCurve(lines, i, named[i].label, at));
    isPicked.forEach((picked, i) => {
      lines[i].toggleAttribute("data-picked", picked);
      lines[i].toggleAttribute("data-aside", pick !== null && i > 0 && !picked);
    });
    const blank = course.paths.filter(({ values }) => !values.some(Number.isFinite)).length;
    tellOfNothing(svg, title, nothingDrawn(blank, routes.length, true));
    writeRows(svg, state, course, isPicked, routes);
  };
}

/** At most so many whole numbers from 0 to `last`, evenly.
 * @param {number} last
 * @param {number} most */
function spread(last, most) {
  const count = Math.min(last, most);
  return Array.from({ length: count + 1 }, (_, i) => (count ? Math.round((i * last) / count) : 0));
}

/** Writes the name of a curve, which may have had none.
 * @param {Element[]} lines
 * @param {number} i
 * @param {string} label
 * @param {number[] | null} spot */
function nameCurve(lines, i, label, spot) {
  let text = lines[i].querySelector("text");
  if (!text && label) {
    text = /** @type {SVGTextElement} */ (lines[0].querySelector("text")?.cloneNode());
    lines[i].append(text);
  }
  if (text) text.textContent = label;
  moveLabel(text, spot);
}

/** Writes the numbers and the controls below the curve.
 * @param {SVGElement} svg
 * @param {State} state
 * @param {Course} course
 * @param {boolean[]} isPicked
 * @param {Route[]} routes */
function writeRows(svg, state, course, isPicked, routes) {
  const root = /** @type {HTMLElement} */ (svg.parentElement);
  const { digits } = state.sheet;
  const first = course.paths[0].values;
  /** @param {Element} row @param {string} part @param {string} text */
  const write = (row, part, text) => {
    const element = row.querySelector(`[data-${part}]`);
    if (element && element.textContent !== text) element.textContent = text;
  };
  course.paths.forEach(({ values }, i) => {
    const row = /** @type {Element} */ (root.querySelector(`[data-route="${i}"]`));
    const end = values[values.length - 1];
    row.toggleAttribute("data-picked", isPicked[i]);
    write(row, "now", course.at < values.length ? formatNumber(values[course.at], digits) : "–");
    write(row, "end", formatNumber(end, digits));
    write(row, "beside", beside(end, first[first.length - 1]));
  });
  write(root, "at", String(course.at));
  write(root, "last", String(course.count));
  write(root, "place", `step ${course.at} of ${course.count}`);
  write(root, "stopped", course.paths.flatMap(({ stopped }, i) => (stopped ? [`${routes[i].label}: ${stopped}.`] : []))
    .join(" "));
  const scrub = /** @type {HTMLInputElement | null} */ (root.querySelector("[data-scrub]"));
  if (!scrub) return;
  scrub.max = String(course.count);
  scrub.value = String(course.at);
  scrub.setAttribute("aria-valuetext", `step ${course.at} of ${course.count}`);
}

/** As `beside` in course.py.
 * @param {number} end
 * @param {number} first */
export function beside(end, first) {
  if (!Number.isFinite(end) || !Number.isFinite(first)) return "cannot be told here";
  if (Math.abs(end - first) <= 1e-9 * Math.abs(first)) return "the same";
  return end < first ? "lower" : "higher";
}

/** Lets the reader go along.
 * @param {SVGElement} svg
 * @param {State} state
 * @param {Host} host */
export function takeAlong(svg, state, host) {
  const drawn = drawnOf(svg);
  if (!drawn.put.length) return;
  const root = /** @type {HTMLElement} */ (svg.parentElement);
  const follow = followers(state, drawn);
  const { signal } = host;
  /** @param {number} step */
  const go = (step) => goTo(svg, state, drawn, follow, host, step);
  const at = () => courseOf(svg, state, drawn).at;
  for (const control of root.querySelectorAll("[data-waiting]")) control.removeAttribute("data-waiting");
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-go]"))) {
    const steps = Number(button.dataset.go);
    button.addEventListener("click", () => go(steps ? at() + steps : 0), { signal });
  }
  const scrub = /** @type {HTMLInputElement} */ (root.querySelector("[data-scrub]"));
  scrub.addEventListener("input", () => go(Number(scrub.value)), { signal });
  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("[type=radio]"))) {
    radio.disabled = false;
    radio.addEventListener("change", () => {
      courseOf(svg, state, drawn).route = Number(radio.value);
      go(at());
    }, { signal });
  }
  takePlay(root, () => go(at() + 1), () => at() >= drawn.most, signal);
  takePointer(svg, drawn, () => courseOf(svg, state, drawn).count, go, signal);
}

/** Puts a step's numbers in.
 * @param {SVGElement} svg
 * @param {State} state
 * @param {Drawn} drawn
 * @param {ReturnType<typeof followers>} follow
 * @param {Host} host
 * @param {number} step */
function goTo(svg, state, drawn, follow, host, step) {
  const course = courseOf(svg, state, drawn);
  const wanted = Math.min(drawn.most, Math.max(0, step));
  const count = Math.max(course.count, wanted > course.count ? rounded(wanted, drawn.most) : 0);
  if (count !== course.count || !course.paths.length)
    course.paths = follow.map((onward) => onward(course.start, count));
  const { inputs, taken } = course.paths[course.route];
  course.count = count;
  course.at = Math.min(wanted, taken);
  const put = Object.fromEntries(drawn.put.map((name) => {
    const size = state.program.names[name].cells.length;
    return [name, Array.from(inputs[name].subarray(course.at * size, (course.at + 1) * size))];
  }));
  const cells = inputCells(state);
  for (const [name, numbers] of Object.entries(put))
    state.program.names[name].cells.forEach((cell, i) => { course.left[cells.indexOf(cell)] = numbers[i]; });
  host.change(put, state);
}

/** The least of 1, 2, 5 times a power of ten that is not below `count`.
 * @param {number} count
 * @param {number} most */
function rounded(count, most) {
  const power = 10 ** Math.floor(Math.log10(count));
  return Math.min(most, power * /** @type {number} */ ([1, 2, 5, 10].find((factor) => factor * power >= count)));
}

/** A step again and again, at the reader's pace, until it is stopped or comes to its end.
 * @param {HTMLElement} root
 * @param {() => void} step
 * @param {() => boolean} isDone
 * @param {AbortSignal} signal */
function takePlay(root, step, isDone, signal) {
  const button = /** @type {HTMLButtonElement} */ (root.querySelector("[data-play]"));
  const pace = /** @type {HTMLSelectElement} */ (root.querySelector("[data-pace]"));
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    button.textContent = "Play";
    button.setAttribute("aria-pressed", "false");
  };
  const play = () => {
    clearInterval(timer);
    button.textContent = "Stop";
    button.setAttribute("aria-pressed", "true");
    timer = Number(setInterval(() => { if (isDone()) stop(); else step(); }, Number(pace.value)));
  };
  button.addEventListener("click", () => { if (timer) stop(); else play(); }, { signal });
  pace.addEventListener("change", () => { if (timer) play(); }, { signal });
  signal.addEventListener("abort", stop);
}

/** Goes to the step under the pointer, while it is held down.
 * @param {SVGElement} svg
 * @param {Drawn} drawn
 * @param {() => number} count
 * @param {(step: number) => void} go
 * @param {AbortSignal} signal */
function takePointer(svg, { box: [left, , width] }, count, go, signal) {
  svg.toggleAttribute("data-follows", true);
  const move = (/** @type {PointerEvent} */ { clientX }) => {
    const matrix = /** @type {SVGSVGElement} */ (svg).getScreenCTM();
    if (matrix) go(Math.min(count(), Math.round((((clientX - matrix.e) / matrix.a - left) / width) * count())));
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    move(event);
    followPointer(event, svg, { signal, move, slack: 0 });
  }, { signal });
}
