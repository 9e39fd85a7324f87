/** Evaluate and sweep: a sheet's program worked out for given inputs, and for ranges of them (iterate.js feeds back).
 *
 * @typedef {[op: string, ...args: number[]]} Cell   an op and the positions of what it is worked out from; of an input
 *          or a constant, its value, which is a text where JSON has no number for it
 * @typedef {{shape: number[], cells: number[]}} Place   the positions of an array's numbers, row by row
 * @typedef {{cells: Cell[], names: Record<string, Place>, inputs: string[]}} Program
 * @typedef {Float64Array | Float32Array} Values   of all cells of a program
 * @typedef {<V extends Values>(values: V) => V} Evaluate   works out cells in an array of all values
 * @typedef {(...rows: ArrayLike<number>[]) => Float64Array[]} Sweep
 */

import { splitName } from "./name.js";

/** What each op computes, as OPS in byhand/cell.py does.
 * @type {Record<string, (...args: number[]) => number>} */
export const OPS = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  // As numpy, unlike JavaScript: 1 to any power is 1, and a square is a product.
  pow: (a, b) => (b === 2 ? a * a : a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b),
  neg: (a) => -a,
  abs: Math.abs,
  sign: Math.sign,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  arctan2: Math.atan2,
  erf,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  rint: (a) => (Math.abs(a % 1) === 0.5 ? 2 * Math.round(a / 2) : Math.round(a)),
  mod: (a, b) => remainder(a, b)[1],
  floordiv: (a, b) => remainder(a, b)[0],
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
  logaddexp: (a, b) => (a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))),
  gt: (a, b) => +(a > b),
  ge: (a, b) => +(a >= b),
  lt: (a, b) => +(a < b),
  le: (a, b) => +(a <= b),
  eq: (a, b) => +(a === b),
  ne: (a, b) => +(a !== b),
  and: (a, b) => +(a !== 0 && b !== 0),
  or: (a, b) => +(a !== 0 || b !== 0),
  not: (a) => +(a === 0),
  where: (a, b, c) => (a !== 0 ? b : c),
};
export const TRUTHS = new Set(["gt", "ge", "lt", "le", "eq", "ne", "and", "or", "not"]);

/** The error function, by its series: all of its terms have one sign, so no digits are lost.
 * @param {number} x @returns {number} */
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** How often b goes into a, and what is left, of b's sign: as numpy works out // and %.
 * @param {number} a @param {number} b @returns {[number, number]} */
function remainder(a, b) {
  if (b === 0) return [a / b, NaN];
  let rest = a % b;
  let count = (a - rest) / b;
  if (rest !== 0 && rest < 0 !== b < 0) [rest, count] = [rest + b, count - 1];
  const whole = Math.floor(count);
  return [count - whole > 0.5 ? whole + 1 : whole, rest];
}

/** Cells as byhand/packing.py wrote them for a page, with positions in the place of distances.
 * @param {Cell[]} cells
 * @returns {Cell[]} */
export function unpack(cells) {
  const before = [0, 0, 0];
  const position = (/** @type {number} */ distance, /** @type {number} */ k) => (before[k] += distance);
  return cells.map(([op, ...args]) => [op, ...(op in OPS ? args.map(position) : args)]);
}

const LONGEST_LINE_BY_LINE = 200; // cells; browsers do not optimize functions of many more lines

/** The book's values of inputs and constants, each in the place of its cell; 0 for all others.
 * @param {Program} program */
export function startValues(program) {
  return Float64Array.from(program.cells, ([op, value]) => (op in OPS ? 0 : Number(value)));
}

/** A function that works out the cells at `places`, in order, in an array of all values. All cells, if not given.
 *
 * A short program becomes JavaScript, one line a cell, which runs about as fast as code written by hand; a long one is
 * interpreted, by a loop made from the table of ops. Where a page may not make functions from text, a plain loop
 * serves. With `single`, every result is rounded to single precision. Those at `kept` are in the array afterwards,
 * others may not be.
 * @param {Program} program
 * @returns {Evaluate} */
export function compile(program, places = [...program.cells.keys()], single = false, kept = places) {
  const { cells } = program;
  const worked = places.filter((place) => cells[place][0] in OPS);
  try {
    const isShort = worked.length <= LONGEST_LINE_BY_LINE;
    return isShort ? lineByLine(cells, worked, single, new Set(kept)) : looped(cells, worked, single);
  } catch {
    return plainLoop(cells, worked, single);
  }
}

/** A function from text, which knows the ops by name.
 * @param {string} code */
function made(code) {
  return new Function("fround", ...Object.keys(OPS), code)(Math.fround, ...Object.values(OPS));
}

/** @param {Cell[]} cells @param {number[]} places @param {boolean} single @param {Set<number>} kept
 * @returns {Evaluate} */
function lineByLine(cells, places, single, kept) {
  const own = new Set(places);
  const lines = places.map((place) => {
    const [op, ...args] = cells[place];
    const call = `${op}(${args.map((arg) => (own.has(arg) ? `c${arg}` : `v[${arg}]`)).join(", ")})`;
    return `const c${place} = ${kept.has(place) ? `v[${place}] = ` : ""}${single ? `fround(${call})` : call};`;
  });
  return made(`return (v) => {\n${lines.join("\n")}\nreturn v;\n};`);
}

/** @param {Cell[]} cells @param {number[]} places @param {boolean} single @returns {Evaluate} */
function looped(cells, places, single) {
  const names = Object.keys(OPS);
  const codes = Uint8Array.from(places, (place) => names.indexOf(cells[place][0]));
  const args = Int32Array.from(places.flatMap((place) => {
    const [, a, b = a, c = a] = cells[place];
    return [place, a, b, c];
  }));
  const call = "(v[args[k + 1]], v[args[k + 2]], v[args[k + 3]])";
  const cases = names.map((op, code) => `case ${code}: r = ${op}${call}; break;`);
  const loop = made(`return (codes, args, v) => {
    for (let n = 0, k = 0; n < codes.length; n++, k += 4) {
      let r = 0;
      switch (codes[n]) { ${cases.join("\n")} }
      v[args[k]] = ${single ? "fround(r)" : "r"};
    }
    return v;
  };`);
  return (v) => loop(codes, args, v);
}

/** @param {Cell[]} cells @param {number[]} places @param {boolean} single @returns {Evaluate} */
function plainLoop(cells, places, single) {
  const round = single ? Math.fround : (/** @type {number} */ value) => value;
  return (v) => {
    for (const place of places) {
      const [op, a, b, c] = cells[place];
      v[place] = round(OPS[op](v[a], v[b], v[c]));
    }
    return v;
  };
}

/** A function of all values and one or two rows of numbers, which take the place of the input numbers `inputs`. It
 *  gives what becomes of each of the numbers `results`: as many values as there are numbers, or, of two rows, a grid,
 *  line by line, in which the second input goes along a line. With `single`, worked out in single precision.
 * @param {Program} program
 * @param {string[]} inputs
 * @param {string[]} results
 * @returns {(start: Float64Array, ...rows: Parameters<Sweep>) => Float64Array[]} */
export function compileSweep(program, inputs, results, single = false) {
  const [along, down] = inputs.map((name) => cellsOf(program, name)[0]).reverse();
  const wanted = results.map((name) => cellsOf(program, name)[0]);
  const inner = between(program, along, wanted);
  const outer = down === undefined ? [] : between(program, down, wanted).filter((place) => !inner.includes(place));
  const evaluate = single ? compile(program, undefined, true) : null;
  const perLine = compile(program, outer, single);
  const perPoint = compile(program, inner, single, wanted);
  return (start, ...rows) => {
    const values = evaluate ? evaluate(Float32Array.from(start)) : start.slice();
    const [points, lines = [0]] = rows.reverse();
    const found = wanted.map(() => new Float64Array(lines.length * points.length));
    for (let i = 0, k = 0; i < lines.length; i++) {
      if (down !== undefined) values[down] = lines[i];
      perLine(values);
      for (let j = 0; j < points.length; j++, k++) {
        values[along] = points[j];
        perPoint(values);
        for (let r = 0; r < found.length; r++) found[r][k] = values[wanted[r]];
      }
    }
    return found;
  };
}

/** The cells called `name`: an array's, row by row, or one.
 * @param {Program} program
 * @param {string} name */
export function cellsOf(program, name) {
  const [base, index] = splitName(name, program.names);
  const { shape, cells } = program.names[base];
  return index.length ? [cells[index.reduce((place, i, axis) => place * shape[axis] + i, 0)]] : cells;
}

/** The cells that change with the cell `input` and that one of `results` needs: what a sweep works out.
 * @param {Program} program
 * @param {number} input
 * @param {number[]} results */
export function between(program, input, results) {
  const changes = new Set([input]);
  program.cells.forEach((cell, place) => { if (argsOf(cell).some((arg) => changes.has(arg))) changes.add(place); });
  return leadingTo(program, results).filter((place) => place !== input && changes.has(place));
}

/** The places of the cells `results` and of all that they are made from, in order.
 * @param {Program} program
 * @param {number[]} results */
export function leadingTo(program, results) {
  const needed = new Set(results);
  for (let place = program.cells.length - 1; place >= 0; place--)
    if (needed.has(place)) for (const arg of argsOf(program.cells[place])) needed.add(arg);
  return [...needed].sort((a, b) => a - b);
}

/** @param {Cell} cell */
function argsOf([op, ...args]) {
  return op in OPS ? args : [];
}
