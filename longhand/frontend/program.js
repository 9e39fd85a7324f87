/* Evaluate: a sheet's program, worked out for given inputs.
 *
 * @typedef {{cells: Array, names: Object<string, {shape: number[], cells: number[]}>, inputs: string[]}} Program
 */

/** What each op computes, as OPS in longhand/cell.py does. */
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
  floor: Math.floor,
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

const LONGEST_LINE_BY_LINE = 200; // cells; browsers do not optimize functions of many more lines

/** The book's values of inputs and constants, each in the place of its cell; 0 for all others. */
export function startValues(program) {
  return Float64Array.from(program.cells, ([op, value]) => (op in OPS ? 0 : Number(value)));
}

/** A function that works out the cells at `places`, in order, in an array of all values. All cells, if not given.
 *
 * A short program becomes JavaScript, one line a cell, which runs about as fast as code written by hand; a long one is
 * interpreted, by a loop made from the table of ops. Where a page may not make functions from text, a plain loop serves.
 * With `single`, every result is rounded to single precision. */
export function compile(program, places = [...program.cells.keys()], single = false) {
  const { cells } = program;
  const worked = places.filter((place) => cells[place][0] in OPS);
  try {
    return worked.length <= LONGEST_LINE_BY_LINE ? lineByLine(cells, worked, single) : looped(cells, worked, single);
  } catch {
    return plainLoop(cells, worked, single);
  }
}

/** A function from text, which knows the ops by name. */
function made(code) {
  return new Function("fround", ...Object.keys(OPS), code)(Math.fround, ...Object.values(OPS));
}

function lineByLine(cells, places, single) {
  const own = new Set(places);
  const lines = places.map((place) => {
    const [op, ...args] = cells[place];
    const call = `${op}(${args.map((arg) => (own.has(arg) ? `c${arg}` : `v[${arg}]`)).join(", ")})`;
    return `const c${place} = v[${place}] = ${single ? `fround(${call})` : call};`;
  });
  return made(`return (v) => {\n${lines.join("\n")}\nreturn v;\n};`);
}

function looped(cells, places, single) {
  const names = Object.keys(OPS);
  const codes = Uint8Array.from(places, (place) => names.indexOf(cells[place][0]));
  const args = Int32Array.from(places.flatMap((place) => [place, 1, 2, 3].map((k, i) => (i ? cells[place][k] ?? cells[place][1] : place))));
  const cases = names.map((op, code) => `case ${code}: r = ${op}(v[args[k + 1]], v[args[k + 2]], v[args[k + 3]]); break;`);
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

function plainLoop(cells, places, single) {
  const round = single ? Math.fround : (value) => value;
  return (v) => {
    for (const place of places) {
      const [op, a, b, c] = cells[place];
      v[place] = round(OPS[op](v[a], v[b], v[c]));
    }
    return v;
  };
}

/** The places of the cells that change with the cell `input` and that one of `results` needs: all that a sweep works out. */
export function between(program, input, results) {
  const { cells } = program;
  const argsOf = (place) => (cells[place][0] in OPS ? cells[place].slice(1) : []);
  const changes = new Set([input]);
  const needed = new Set(results);
  cells.forEach((_, place) => { if (argsOf(place).some((arg) => changes.has(arg))) changes.add(place); });
  for (let place = cells.length - 1; place >= 0; place--) if (needed.has(place)) for (const arg of argsOf(place)) needed.add(arg);
  return [...cells.keys()].filter((place) => place !== input && changes.has(place) && needed.has(place));
}
