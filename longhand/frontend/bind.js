/* Binding: everything drawn that shows a number, tied to the state that the number belongs to. */

import { chartWriter } from "./chart.js";
import { fieldText, formatNumber, parseNumber } from "./number.js";
import { printedPieces } from "./printed.js";

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
    ...[...root.querySelectorAll("[data-chart]")].map((svg) => chartWriter(svg, find(svg, JSON.parse(svg.dataset.chart).x))),
  ];
  return () => writers.forEach((write) => write());

  function firstName(name) {
    const shape = states.map((state) => state.program.names[name]?.shape).find(Boolean);
    return shape?.length ? `${name}[${shape.map(() => 0).join(", ")}]` : name;
  }
}

function numberWriter(element, state, name) {
  const position = state.position(name);
  const digits = Number(element.dataset.digits ?? 4);
  const signed = element.parentElement.classList.contains("longhand-signed") ? element.parentElement : null;
  let last;
  return () => {
    const value = state.values[position];
    if (Object.is(value, last)) return;
    last = value;
    const text = formatNumber(value, digits, state.isTruth(position));
    if (element.textContent !== text) element.textContent = text;
    signed?.classList.toggle("longhand-negative", text.startsWith("-"));
    mark(element, state, position);
  };
}

/** What differs from the book is marked; what has a reason can be pointed at and focused. */
function mark(element, state, position) {
  const value = state.values[position];
  element.classList.toggle("longhand-changed", !Object.is(value + 0, state.book[position] + 0));
  const odd = (value === 0 || !Number.isFinite(value)) && state.program.cells[position].length > 1
    && !["input", "const"].includes(state.program.cells[position][0]) && !state.isTruth(position);
  element.classList.toggle("longhand-why", odd);
  if (odd) element.setAttribute("tabindex", "0");
  else element.removeAttribute("tabindex");
}

function printWriter(element, state, name) {
  const { shape, cells } = state.program.names[name] ?? { shape: [], cells: [state.position(name)] };
  const digits = Number(element.dataset.digits);
  const kind = state.isTruth(cells[0]) ? "truth" : element.dataset.kind;
  const nodes = element.children; // text, number, text, number, …, text
  return () => {
    printedPieces(cells.map((cell) => state.values[cell]), shape, digits, kind).forEach((piece, i) => {
      if (nodes[i].textContent !== piece) nodes[i].textContent = piece;
      if (i % 2) mark(nodes[i], state, cells[(i - 1) / 2]);
    });
  };
}

function chooseWriter(element, state, name) {
  const position = state.position(name);
  const texts = [...element.children];
  return () => {
    const value = state.values[position];
    const known = value >= 0 && value < texts.length - 1;
    texts.forEach((text, i) => { text.hidden = known ? i !== Math.floor(value) : i !== texts.length - 1; });
  };
}

function litWriter(element, state, name) {
  const position = state.position(name);
  return () => element.classList.toggle("longhand-lit", state.values[position] !== 0);
}

function styleWriter(element, state, name) {
  const position = state.position(name);
  return () => {
    const value = state.values[position];
    element.style.setProperty("--value", Number.isFinite(value) ? value.toFixed(6) : 0);
    element.classList.toggle("longhand-negative", value < 0);
  };
}

function fieldWriter(field, state, name) {
  const position = state.position(name);
  if (field.type === "radio") return () => { field.checked = Number(field.value) === state.values[position]; };
  if (field.type === "range") return () => { field.value = field.dataset.scale === "log" ? Math.log10(state.values[position]) : state.values[position]; };
  return () => {
    const value = state.values[position];
    // What the reader is typing is theirs: "0,50" stays as it is while it means the number.
    if (field.ownerDocument.activeElement !== field || parseNumber(field.value) !== value) field.value = fieldText(value);
    field.classList.toggle("longhand-changed", value !== state.book[position]);
  };
}
