/* Binding: everything drawn that shows a number, tied to the state that the number belongs to. */

import { chartWriter } from "./chart.js";
import { fieldText, formatNumber, parseNumber } from "./number.js";
import { printedPieces } from "./printed.js";
import { whenChanged } from "./state.js";

/** Every drawn thing under `root` that shows a number of one of `states`; calling what is returned writes them all. */
export function bind(root, states) {
  const find = (element, name) => {
    const id = element.closest("[data-sheet]")?.dataset.sheet;
    return states.find((state) => (id ? state.sheet.id === id : true) && state.position(name) !== undefined);
  };
  const collect = (selector, key, make) => [...root.querySelectorAll(selector)].flatMap((element) => {
    const state = find(element, firstName(element.dataset[key]));
    return state ? [make(element, state, element.dataset[key])] : [];
  });
  const writers = [
    ...collect("[data-cell]:not(.longhand-print [data-cell])", "cell", numberWriter),
    ...collect("[data-print]", "print", printWriter),
    ...collect("[data-choose]", "choose", chooseWriter),
    ...collect("[data-value-of]", "valueOf", styleWriter),
    ...collect("[data-lit]", "lit", litWriter),
    ...collect("[data-input]", "input", fieldWriter),
  ];
  const charts = [...root.querySelectorAll("[data-chart]")].map((svg) => chartWriter(svg, find(svg, JSON.parse(svg.dataset.chart).x)));
  const drawCharts = charts.length ? whenIdle(charts) : () => {};
  return () => { writers.forEach((write) => write()); drawCharts(); };

  function firstName(name) {
    const shape = states.map((state) => state.program.names[name]?.shape).find(Boolean);
    return shape?.length ? `${name}[${shape.map(() => 0).join(", ")}]` : name;
  }
}

/** Calls each of `acts` when the browser has time to spare, one at a time: a sweep on a slow machine never blocks input. */
function whenIdle(acts) {
  const schedule = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 0));
  let waiting = [];
  const next = () => {
    waiting.shift()();
    if (waiting.length) schedule(next, { timeout: 100 });
  };
  return () => {
    if (!waiting.length) schedule(next, { timeout: 100 });
    waiting = [...acts];
  };
}

function numberWriter(element, state, name) {
  const position = state.position(name);
  const digits = Number(element.dataset.digits ?? 4);
  const isTruth = state.isTruth(position);
  const signed = element.parentElement.classList.contains("longhand-signed") ? element.parentElement : null;
  const mark = marker(element, state, position);
  return whenChanged(state, [position], (value) => {
    const text = formatNumber(value, digits, isTruth);
    writeText(element, text);
    signed?.classList.toggle("longhand-negative", text.startsWith("-"));
    mark(value);
  });
}

/** As `element.textContent = text`, but into the text that is there already, which costs the browser half as much. */
function writeText(element, text) {
  const node = element.firstChild;
  if (!node) element.textContent = text;
  else if (node.data !== text) node.data = text;
}

/** Marks what differs from the book; what has a reason can be pointed at and focused. */
function marker(element, state, position) {
  const [operation, ...operands] = state.program.cells[position];
  const hasReason = operands.length > 0 && !["input", "const"].includes(operation) && !state.isTruth(position);
  let was = {};
  return (value) => {
    const now = { changed: !Object.is(value + 0, state.book[position] + 0), odd: hasReason && (value === 0 || !Number.isFinite(value)) };
    if (now.changed !== was.changed) element.classList.toggle("longhand-changed", now.changed);
    if (now.odd !== was.odd) {
      element.classList.toggle("longhand-why", now.odd);
      if (now.odd) element.setAttribute("tabindex", "0");
      else element.removeAttribute("tabindex");
    }
    was = now;
  };
}

function printWriter(element, state, name) {
  const { shape, cells } = state.program.names[name] ?? { shape: [], cells: [state.position(name)] };
  const digits = Number(element.dataset.digits);
  const kind = state.isTruth(cells[0]) ? "truth" : element.dataset.kind;
  const nodes = element.children; // text, number, text, number, …, text
  const marks = cells.map((cell, i) => marker(nodes[2 * i + 1], state, cell));
  return whenChanged(state, cells, (...values) => {
    printedPieces(values, shape, digits, kind).forEach((piece, i) => writeText(nodes[i], piece));
    marks.forEach((mark, i) => mark(values[i]));
  });
}

function chooseWriter(element, state, name) {
  const texts = [...element.children];
  return whenChanged(state, [state.position(name)], (value) => {
    const known = value >= 0 && value < texts.length - 1;
    texts.forEach((text, i) => { text.hidden = known ? i !== Math.floor(value) : i !== texts.length - 1; });
  });
}

function litWriter(element, state, name) {
  return whenChanged(state, [state.position(name)], (value) => element.classList.toggle("longhand-lit", value !== 0));
}

function styleWriter(element, state, name) {
  return whenChanged(state, [state.position(name)], (value) => {
    element.style.setProperty("--value", Number.isFinite(value) ? value.toFixed(6) : 0);
    element.classList.toggle("longhand-negative", value < 0);
  });
}

function fieldWriter(field, state, name) {
  const position = state.position(name);
  if (field.type === "radio") return () => { field.checked = Number(field.value) === state.values[position]; };
  if (field.type === "range") return () => { field.value = field.dataset.scale === "log" ? Math.log10(state.values[position]) : state.values[position]; };
  const show = () => {
    const text = fieldText(state.values[position]);
    if (field.value !== text) field.value = text;
  };
  return () => {
    const value = state.values[position];
    // What the reader is typing is theirs: "0,50" stays as it is while it means the number.
    if (field.ownerDocument.activeElement !== field) show();
    else if (parseNumber(field.value) !== value) {
      if (field.matches(":active")) requestAnimationFrame(show); // dragged: Chromium takes long over it while it tells of a move
      else show();
    }
    field.classList.toggle("longhand-changed", value !== state.book[position]);
  };
}
