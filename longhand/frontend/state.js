/* State: one sheet with the reader's numbers in it.
 *
 * @typedef {{id: string, program: import("./program.js").Program, symbols: Object<string, string>,
 *            gradients: Object<string, string>}} Sheet
 */

import { TRUTHS, compile, startValues } from "./program.js";

/** A sheet with the reader's inputs put in and everything worked out. */
export function createState(sheet) {
  const { program } = sheet;
  const evaluate = compile(program);
  const book = evaluate(startValues(program));
  const values = book.slice();
  const positions = new Map();
  const names = new Map();
  for (const [name, { shape, cells }] of Object.entries(program.names)) {
    cells.forEach((cell, i) => {
      const full = shape.length ? `${name}[${indexOf(i, shape).join(", ")}]` : name;
      positions.set(full, cell);
      names.set(cell, [...(names.get(cell) ?? []), full]);
    });
  }
  const inputsOf = (numbers) => Object.fromEntries(
    program.inputs.map((name) => [name, program.names[name].cells.map((cell) => numbers[cell])]));
  return {
    sheet, program, book, values,
    position: (name) => positions.get(name),
    nameOf: (cell) => names.get(cell)?.[0],
    allNames: (cell) => names.get(cell) ?? [],
    inputs: () => inputsOf(values),
    bookInputs: () => inputsOf(book),
    /** The input that holds the number `name`, row by row, with `value` in its place: {W1: [0.1, 0.2, …]}. */
    changed(name, value) {
      const [base] = name.split("[");
      const { cells } = program.names[base];
      return { [base]: cells.map((cell) => (cell === positions.get(name) ? value : values[cell])) };
    },
    isTruth: (cell) => TRUTHS.has(program.cells[cell][0]),
    isBook: () => program.inputs.every((name) => program.names[name].cells.every((cell) => values[cell] === book[cell])),
    /** Puts numbers into inputs, where name and count fit, and works everything out again. */
    set(inputs) {
      for (const [name, numbers] of Object.entries(inputs)) {
        const cells = program.inputs.includes(name) ? program.names[name].cells : [];
        if (cells.length === numbers.length) cells.forEach((cell, i) => { values[cell] = numbers[i]; });
      }
      evaluate(values);
    },
    inputNames: () => Object.fromEntries(program.inputs.map((name) => [name, program.names[name].cells.map((cell) => names.get(cell)[0])])),
    shapes: () => Object.fromEntries(program.inputs.map((name) => [name, program.names[name].shape])),
  };
}

/** `write`, but only when one of the cells has another value than at the last call. */
export function whenChanged(state, cells, write) {
  const last = cells.map(() => undefined);
  return () => {
    let changed = false;
    for (let i = 0; i < cells.length; i++) {
      const value = state.values[cells[i]];
      if (Object.is(value, last[i])) continue;
      last[i] = value;
      changed = true;
    }
    if (changed) write(...last);
  };
}

function indexOf(i, shape) {
  const index = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(i % shape[axis]);
    i = Math.floor(i / shape[axis]);
  }
  return index;
}
