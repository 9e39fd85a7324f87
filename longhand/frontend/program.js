/* Evaluate: a sheet's program, worked out for given inputs.
 *
 * @typedef {{cells: Array, names: Object<string, {shape: number[], cells: number[]}>, inputs: string[]}} Program
 */

const OPS = ["input", "const", "add", "sub", "mul", "div", "pow", "neg", "abs", "sign", "exp", "expm1", "log", "log1p",
  "sqrt", "tanh", "sin", "cos", "max", "min", "logaddexp", "gt", "ge", "lt", "le", "eq", "ne", "and", "or", "not", "where"];
export const TRUTHS = new Set(["gt", "ge", "lt", "le", "eq", "ne", "and", "or", "not"]);

/** The program as typed arrays: op codes, up to three args each, and the book's values of inputs and constants. */
export function compile(program) {
  const size = program.cells.length;
  const compiled = { op: new Uint8Array(size), args: new Int32Array(3 * size), start: new Float64Array(size),
    all: Int32Array.from({ length: size }, (_, i) => i) };
  program.cells.forEach(([op, ...args], i) => {
    compiled.op[i] = OPS.indexOf(op);
    if (op === "input" || op === "const") compiled.start[i] = Number(args[0]);
    else compiled.args.set([0, 1, 2].map((n) => args[n] ?? args[0]), 3 * i); // slots that the op leaves empty repeat its first
  });
  return compiled;
}

/** Works out `cells`, in order; `v` holds the inputs and constants, and in the end all values. */
export function evaluate({ op, args, all }, v, cells = all) {
  for (let n = 0; n < cells.length; n++) {
    const i = cells[n];
    const k = 3 * i;
    const a = v[args[k]];
    const b = v[args[k + 1]];
    switch (op[i]) {
      case 0: case 1: break;
      case 2: v[i] = a + b; break;
      case 3: v[i] = a - b; break;
      case 4: v[i] = a * b; break;
      case 5: v[i] = a / b; break;
      case 6: v[i] = power(a, b); break;
      case 7: v[i] = -a; break;
      case 8: v[i] = Math.abs(a); break;
      case 9: v[i] = Math.sign(a); break;
      case 10: v[i] = Math.exp(a); break;
      case 11: v[i] = Math.expm1(a); break;
      case 12: v[i] = Math.log(a); break;
      case 13: v[i] = Math.log1p(a); break;
      case 14: v[i] = Math.sqrt(a); break;
      case 15: v[i] = Math.tanh(a); break;
      case 16: v[i] = Math.sin(a); break;
      case 17: v[i] = Math.cos(a); break;
      case 18: v[i] = Math.max(a, b); break;
      case 19: v[i] = Math.min(a, b); break;
      case 20: v[i] = logAddExp(a, b); break;
      case 21: v[i] = +(a > b); break;
      case 22: v[i] = +(a >= b); break;
      case 23: v[i] = +(a < b); break;
      case 24: v[i] = +(a <= b); break;
      case 25: v[i] = +(a === b); break;
      case 26: v[i] = +(a !== b); break;
      case 27: v[i] = +(a !== 0 && b !== 0); break;
      case 28: v[i] = +(a !== 0 || b !== 0); break;
      case 29: v[i] = +(a === 0); break;
      case 30: v[i] = a !== 0 ? b : v[args[k + 2]]; break;
    }
  }
  return v;
}

/** The cells that change with the cell `input` and that one of `results` needs: all that a sweep works out. */
export function between(compiled, input, results) {
  const { op, args } = compiled;
  const changes = new Uint8Array(op.length);
  const needed = new Uint8Array(op.length);
  const argsOf = (i) => (op[i] < 2 ? [] : args.subarray(3 * i, 3 * i + 3));
  changes[input] = 1;
  for (let i = 0; i < op.length; i++) if (argsOf(i).some((arg) => changes[arg])) changes[i] = 1;
  for (const result of results) needed[result] = 1;
  for (let i = op.length - 1; i >= 0; i--) if (needed[i]) for (const arg of argsOf(i)) needed[arg] = 1;
  return compiled.all.filter((i) => op[i] > 1 && changes[i] && needed[i]);
}

function power(a, b) {
  if (b === 2) return a * a;
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b; // as numpy, unlike JavaScript
}

function logAddExp(a, b) {
  return a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
