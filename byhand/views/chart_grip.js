/** Grips: the marks of a chart that stand at an input are handles, dragged along the axis. A grip is wider than its
 * mark.
 *
 * @typedef {import("../frontend/state.js").State} State
 * @typedef {{start: number | string, end: number | string, log?: boolean, box: number[], marks: {x: string}[]}} Chart
 */

import { allows } from "../frontend/domain.js";
import { TRACKS } from "../frontend/hold.js";
import { isRange } from "./chart_axis.js";
import { tellValue } from "./handle.js";

const FINE = 200; // places along an axis that a pointer can tell apart

/** Makes handles of a chart's marks, and moves their grips with them: after the chart itself is drawn.
 * @type {import("../frontend/kinds.js").Writer} */
export function gripWriter(svg, state, _name, { offers }) {
  const chart = /** @type {Chart} */ (JSON.parse(svg.dataset.chart));
  const writers = chart.marks.flatMap(({ x }, i) => {
    const mark = svg.querySelector(`[data-part="mark-${i}"]`);
    const input = state.inputAt(state.position(x));
    if (!input || !offers(state, input)) return [];
    svg.setAttribute("role", "group"); // an image has no parts for those who hear it
    TRACKS.set(mark, ({ clientX }) => {
      const value = valueAt(shareOf(svg, chart.box, clientX), axisOf(chart, state), Boolean(chart.log));
      return allows(state.domain(input), value) ? state.changed(input, value) : null;
    });
    return [gripped(mark, state, input)];
  });
  return () => writers.forEach((write) => write());
}

/** The ends of a chart's axis now.
 * @param {Chart} chart
 * @param {State} state */
function axisOf({ start, end, log }, state) {
  const ends = [start, end].map((each) => (typeof each === "string" ? state.values[state.position(each)] : each));
  return isRange(/** @type {[number, number]} */ (ends), log) ? ends : [NaN, NaN];
}

/** Makes a mark a handle, with more to take hold of than is to be seen. Returns what moves that, and tells the value.
 * @param {SVGElement} mark
 * @param {State} state
 * @param {string} input */
function gripped(mark, state, input) {
  mark.dataset.handle = input;
  const traits = { role: "spinbutton", tabindex: "0", "aria-label": state.symbol(input) };
  for (const [trait, value] of Object.entries(traits)) mark.setAttribute(trait, value);
  tellValue(mark, state);
  for (const old of mark.querySelectorAll("[data-grip]")) old.remove();
  const grips = [...mark.querySelectorAll("path, circle")].map((shape) => {
    const grip = /** @type {SVGElement} */ (mark.ownerDocument.createElementNS(mark.namespaceURI, shape.localName));
    grip.dataset.grip = "";
    mark.append(grip);
    return { grip, shape };
  });
  return () => {
    tellValue(mark, state);
    for (const { grip, shape } of grips)
      for (const place of ["d", "cx", "cy", "r"]) {
        const now = shape.getAttribute(place);
        if (now !== null && now !== grip.getAttribute(place)) grip.setAttribute(place, now);
      }
  };
}

/** How far along the axis a place of the window is, from 0 to 1.
 * @param {any} svg
 * @param {number[]} box
 * @param {number} clientX */
function shareOf(svg, [left, , width], clientX) {
  const drawn = svg.getBoundingClientRect();
  const x = ((clientX - drawn.left) / drawn.width) * svg.viewBox.baseVal.width;
  return Math.min(1, Math.max(0, (x - left) / width));
}

/** The number at a share of an axis, as round as a pointer is exact.
 * @param {number} share
 * @param {number[]} range
 * @param {boolean} log */
function valueAt(share, [start, end], log) {
  const [a, b] = log ? [Math.log10(start), Math.log10(end)] : [start, end];
  const value = a + (b - a) * share;
  const decimals = Math.ceil(-Math.log10(Math.abs(b - a) / FINE));
  if (log) return Number((10 ** value).toPrecision(2));
  return Number(value.toFixed(Math.min(100, Math.max(0, decimals)))) + 0;
}
