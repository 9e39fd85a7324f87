/* Longhand: moves the numbers of a drawn sheet.
 *
 *   startPage(document)            a static page: every sheet and every live number on it
 *   export default { render }      an anywidget: one view, tied to a kernel
 *
 * Python has drawn everything (see longhand/views). Here the program is evaluated for the reader's inputs and the
 * results are written over the drawn numbers. Nothing here lays out, and nothing differentiates.
 *
 * @typedef {{cells: Array, names: Object<string, {shape: number[], cells: number[]}>, inputs: string[]}} Program
 * @typedef {{program: Program, symbols: Object<string, string>, gradients: Object<string, string>}} Sheet
 */

// ---------------------------------------------------------------- program: evaluate

const OPS = ["input", "const", "add", "sub", "mul", "div", "pow", "neg", "abs", "sign", "exp", "expm1", "log", "log1p",
  "sqrt", "tanh", "sin", "cos", "max", "min", "logaddexp", "gt", "ge", "lt", "le", "eq", "ne", "and", "or", "not", "where"];
const TRUTHS = new Set(["gt", "ge", "lt", "le", "eq", "ne", "and", "or", "not"]);

/** The program as typed arrays: op codes, up to three args each, and the book's values of inputs and constants. */
export function compile(program) {
  const size = program.cells.length;
  const compiled = { op: new Uint8Array(size), args: new Int32Array(3 * size), start: new Float64Array(size) };
  program.cells.forEach(([op, ...args], i) => {
    compiled.op[i] = OPS.indexOf(op);
    if (op === "input" || op === "const") compiled.start[i] = Number(args[0]);
    else compiled.args.set(args, 3 * i);
  });
  return compiled;
}

/** Works out every cell, in order; `v` holds the inputs and constants, and in the end all values. */
export function evaluate({ op, args }, v) {
  for (let i = 0, k = 0; i < op.length; i++, k += 3) {
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

function power(a, b) {
  if (b === 2) return a * a;
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b; // as numpy, unlike JavaScript
}

function logAddExp(a, b) {
  return a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}

// ---------------------------------------------------------------- numbers: read and write

const LARGEST_PLAIN = 1e7;

/** As `format_number` in longhand/number.py. */
export function formatNumber(value, digits = 4, truth = false) {
  if (Number.isNaN(value)) return "not a number";
  if (truth) return value ? "True" : "False";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= Number(`1e-${digits}`) && size < LARGEST_PLAIN) return trimmed(toFixed(value, digits));
  const [mantissa, exponent] = toExponential(value, 3).split("e");
  return `${trimmed(mantissa)}e${Number(exponent)}`;
}

function trimmed(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Rounds a tie to the even digit, as Python and numpy do; JavaScript's own toFixed rounds it away from zero. */
export function toFixed(value, digits) {
  const text = value.toFixed(digits);
  const exact = Math.abs(value).toFixed(Math.min(100, digits + 40));
  const tail = exact.slice(exact.indexOf(".") + 1 + digits);
  if (!/^50*$/.test(tail) || !/[13579]$/.test(text)) return text;
  const cut = exact.slice(0, exact.length - tail.length).replace(/\.$/, "");
  return (value < 0 ? "-" : "") + cut;
}

function toExponential(value, digits) {
  const text = value.toExponential(digits);
  const [head, exponent] = Math.abs(value).toExponential(Math.min(100, digits + 40)).split("e");
  const tail = head.slice(2 + digits);
  if (!/^50*$/.test(tail) || !/[13579]e/.test(text)) return text;
  return `${value < 0 ? "-" : ""}${head.slice(0, 2 + digits)}e${exponent}`;
}

/** The number that a reader typed, with a decimal point or comma, or null. */
export function parseNumber(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value + 0 : null; // + 0 makes -0 a plain 0
}

/** What numpy prints for an array rounded to `digits`: the text around the numbers and the numbers in turn.
 *  The minus of a negative zero stands in the text before it: the live number itself is 0. */
export function printedPieces(values, shape, digits, kind = "array") {
  const texts = values.map((value) => printedNumber(value, digits, shape.length ? kind : kind === "array" ? "scalar" : kind));
  const whole = Math.max(...texts.map((text) => text.split(".")[0].length));
  const part = Math.max(...texts.map((text) => (text.split(".")[1] ?? "").length));
  const pieces = [];
  texts.forEach((text, i) => {
    const [left, right = ""] = text.split(".");
    const [before, after] = shape.length ? [" ".repeat(whole - left.length), " ".repeat(part - right.length)] : ["", ""];
    const zero = /^-0\.?0*$/.test(text);
    const gap = (pieces.pop() ?? "") + (shape.length ? separator(i, shape) : "") + before + (zero ? "-" : "");
    pieces.push(gap, zero ? text.slice(1) : text, after);
  });
  pieces.push((pieces.pop() ?? "") + "]".repeat(shape.length));
  return pieces;
}

function printedNumber(value, digits, kind) {
  if (kind === "truth") return value ? "True" : "False";
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (kind === "fixed") return Object.is(value, -0) ? `-${toFixed(0, digits)}` : toFixed(value, digits);
  const scale = 10 ** digits;
  const rounded = Number.isFinite(value * scale) ? roundToEven(value * scale) / scale : value;
  const sign = rounded < 0 || Object.is(rounded, -0) ? "-" : "";
  const text = String(Math.abs(rounded)).replace(/e([+-])(\d)$/, "e$10$2");
  return sign + (text.includes(".") || text.includes("e") ? text : `${text}.${kind === "scalar" ? "0" : ""}`);
}

function roundToEven(value) {
  const down = Math.floor(value);
  const rest = value - down;
  const up = rest > 0.5 || (rest === 0.5 && down % 2 !== 0);
  return up ? down + 1 || -0 : down;
}

/** The brackets, blanks and line ends before the number `i` of an array. */
function separator(i, shape) {
  if (i === 0) return "[".repeat(shape.length);
  let size = 1;
  let ends = 0;
  for (let axis = shape.length - 1; axis > 0 && i % (size *= shape[axis]) === 0; axis--) ends++;
  return ends ? "]".repeat(ends) + "\n".repeat(ends) + " ".repeat(shape.length - ends) + "[".repeat(ends) : " ";
}

// ---------------------------------------------------------------- reasons: why a number is 0, ∞ or none

/** Why a number is exactly 0, infinite or not a number, as a sentence; "" for all other numbers. */
export function reason(state, name) {
  const position = state.position(name);
  const value = state.values[position];
  const [op] = state.program.cells[position];
  if (op === "input" || op === "const" || TRUTHS.has(op) || (value !== 0 && Number.isFinite(value))) return "";
  const head = `${formatNumber(value)} because ${because(state, position)}`;
  const target = state.sheet.gradients[name.split("[")[0]];
  if (value !== 0 || !target) return `${head}.`;
  return `${head}: ${state.sheet.symbols[target + name.slice(name.split("[")[0].length)]} had no influence on this example.`;
}

function because(state, position) {
  const [op, ...args] = state.program.cells[position];
  const value = state.values[position];
  const culprit = args.find((arg) => (value === 0 ? state.values[arg] === 0 : !Number.isFinite(state.values[arg])));
  const told = args.map((arg) => tell(state, arg));
  if (value === 0) return becauseZero(state, op, args, told, culprit);
  if (culprit !== undefined && (Number.isNaN(state.values[culprit]) || !Number.isNaN(value))) return trace(state, culprit);
  const spelled = { mul: `${told[0]} · ${told[1]} has no value`, sub: `${told[0]} − ${told[1]} has no value`,
    add: `${told[0]} + ${told[1]} has no value`, div: `${told[0]} / ${told[1]} has no value`,
    log: `the logarithm of ${told[0]} has no value`, sqrt: `the root of ${told[0]} has no value` };
  if (Number.isNaN(value)) return spelled[op] ?? "the operation has no value there";
  if (op === "log") return `the logarithm of ${told[0]} is −∞`;
  if (op === "div") return `something is divided by ${told[1]}`;
  if (op === "exp") return `e to the power ${told[0]} is larger than the largest double, about 1.8e308`;
  return "the result is larger than the largest double, about 1.8e308";
}

function becauseZero(state, op, args, told, culprit) {
  if (op === "mul" || op === "neg" || op === "abs" || op === "tanh" || op === "sqrt" || op === "sin")
    return culprit === undefined ? "the product is too small for a double" : trace(state, culprit);
  if (op === "div")
    return culprit === args[0] ? trace(state, culprit) : `the denominator is ${formatNumber(state.values[args[1]])}`;
  if (op === "exp") return `e to the power ${told[0]} is too small for a double`;
  if (op === "log") return "the logarithm of 1 is 0";
  if (op === "pow") return `${told[0]} to that power is 0`;
  if (op === "max" || op === "min" || op === "where") return "that is what the rule picks here";
  if (args.every((arg) => state.values[arg] === 0)) return [...new Set(args.map((arg) => trace(state, arg)))].join(" and ");
  return op === "sub" ? `${told[0]} and ${told[1]} are equal` : `${told[0]} and ${told[1]} cancel`;
}

/** A number as the end of a reason: by its symbol where it has one, else by what made it so. */
function trace(state, position) {
  const [op] = state.program.cells[position];
  return state.nameOf(position) || op === "const" ? tell(state, position) : because(state, position);
}

function tell(state, position) {
  const name = state.nameOf(position);
  const value = formatNumber(state.values[position]);
  return name ? `${state.sheet.symbols[name]} = ${value}` : value;
}

// ---------------------------------------------------------------- state: one sheet's numbers

/** A sheet with the reader's inputs put in and everything worked out. */
export function createState(sheet) {
  const { program } = sheet;
  const compiled = compile(program);
  const book = evaluate(compiled, compiled.start.slice());
  const values = book.slice();
  const positions = new Map();
  const names = new Map();
  for (const [name, { shape, cells }] of Object.entries(program.names)) {
    cells.forEach((cell, i) => {
      const full = shape.length ? `${name}[${indexOf(i, shape).join(", ")}]` : name;
      positions.set(full, cell);
      if (!names.has(cell)) names.set(cell, full);
    });
  }
  return {
    sheet, program, book, values,
    position: (name) => positions.get(name),
    nameOf: (cell) => names.get(cell),
    /** The numbers of one input, row by row. */
    input: (name) => program.names[name].cells.map((cell) => values[cell]),
    isTruth: (cell) => TRUTHS.has(program.cells[cell][0]),
    isBook: () => program.inputs.every((name) => program.names[name].cells.every((cell) => values[cell] === book[cell])),
    /** Puts numbers into inputs, where name and count fit, and works everything out again. */
    set(inputs) {
      for (const [name, numbers] of Object.entries(inputs)) {
        const cells = program.inputs.includes(name) ? program.names[name].cells : [];
        if (cells.length === numbers.length) cells.forEach((cell, i) => { values[cell] = numbers[i]; });
      }
      evaluate(compiled, values);
    },
    bookInputs: () => Object.fromEntries(program.inputs.map((name) => [name, program.names[name].cells.map((cell) => book[cell])])),
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

// ---------------------------------------------------------------- binding: drawn numbers to a state

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
    ...collect("[data-input]", "input", fieldWriter),
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
  return () => {
    const value = state.values[position];
    // What the reader is typing is theirs: "0,50" stays as it is while it means the number.
    if (field.ownerDocument.activeElement !== field || parseNumber(field.value) !== value) field.value = String(value);
    field.classList.toggle("longhand-changed", value !== state.book[position]);
  };
}

// ---------------------------------------------------------------- fields: what the reader does

const STEP = 0.1;
const PIXELS_A_STEP = 12;

/** Makes the fields under `root` take numbers; `change(name, value)` is told of each. Returns its own clean-up. */
export function takeInput(root, states, change) {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  for (const field of root.querySelectorAll("[data-input]")) {
    field.readOnly = false;
    field.addEventListener("input", () => typed(field, false), options);
    field.addEventListener("change", () => typed(field, true), options);
    field.addEventListener("keydown", (event) => arrow(field, event), options);
    field.addEventListener("pointerdown", (event) => drag(field, event), options);
  }
  return () => stop.abort();

  function valueOf(field) {
    const state = states.find((each) => each.position(field.dataset.input) !== undefined);
    return state.values[state.position(field.dataset.input)];
  }

  function typed(field, finished) {
    const value = parseNumber(field.value);
    const half = !finished && /^\s*[+−-]?\s*$|e[+−-]?$/i.test(field.value); // "", "-", "1e": a number begun
    complain(field, value === null && !half ? `“${field.value}” is not a number that can be used here. Type one such as `
      + `0.5, -2 or 1e-3 (a decimal comma will do). ${field.getAttribute("aria-label")} keeps its last value, ${valueOf(field)}.` : "");
    if (value !== null) change(field.dataset.input, value);
    if (value === null && finished) field.value = String(valueOf(field));
    if (value !== null && finished) field.value = String(value);
  }

  function arrow(field, event) {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(field, valueOf(field), direction * (event.shiftKey ? 10 : 1));
  }

  function drag(field, event) {
    if (event.button !== 0) return;
    const start = { x: event.clientX, value: valueOf(field) };
    const done = new AbortController();
    const during = { signal: AbortSignal.any([done.signal, stop.signal]) };
    field.addEventListener("pointermove", ({ clientX, pointerId }) => {
      const steps = Math.trunc((clientX - start.x) / PIXELS_A_STEP);
      if (steps && !field.hasPointerCapture(pointerId)) field.setPointerCapture(pointerId);
      if (field.hasPointerCapture(pointerId)) move(field, start.value, steps);
    }, during);
    for (const end of ["pointerup", "pointercancel"]) field.addEventListener(end, () => done.abort(), during);
  }

  function move(field, from, steps) {
    const value = Number((from + steps * STEP).toPrecision(12)) + 0; // 0.1 + 0.2 is 0.3 to a reader
    complain(field, "");
    field.value = String(value);
    change(field.dataset.input, value);
  }
}

/** Says next to the fields what is wrong, or takes it back. */
function complain(field, sentence) {
  field.setAttribute("aria-invalid", String(Boolean(sentence)));
  const message = field.closest(".longhand-inputs")?.querySelector(".longhand-message");
  if (message && message.textContent !== sentence) message.textContent = sentence;
}

// ---------------------------------------------------------------- links: numbers in an address

/** The inputs as the query of an address, other queries kept: "?x=1,0&y=1". */
export function writeLink(search, inputs) {
  const others = search.replace(/^\?/, "").split("&").filter((pair) => pair && !(pair.split("=")[0] in inputs));
  const ours = Object.entries(inputs).map(([name, numbers]) => `${name}=${numbers.join(",")}`);
  const query = [...others, ...ours].join("&");
  return query && `?${query}`;
}

/** The inputs in a query: `{inputs}`, or `{error}`, a sentence. `book` has every input's own numbers. */
export function readLink(search, book) {
  const inputs = {};
  for (const pair of search.replace(/^\?/, "").split("&")) {
    const [name, text = ""] = decode(pair).split("=");
    if (!(name in book)) continue;
    const numbers = text.split(",").map(parseNumber);
    if (numbers.length !== book[name].length)
      return { error: `The link is damaged: ${name} has ${numbers.length} of the ${book[name].length} numbers it needs. These are the book’s numbers.` };
    if (numbers.includes(null))
      return { error: `The link is damaged: ${name} = “${text}” is not a list of numbers. These are the book’s numbers.` };
    inputs[name] = numbers;
  }
  return { inputs };
}

function decode(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", "%2B"));
  } catch {
    return text; // a broken %-sequence: what it names is refused as no number
  }
}

// ---------------------------------------------------------------- tips: reasons shown

/** Shows the reason of a number that is pointed at or focused. Returns its own clean-up. */
function showReasons(root, states) {
  const document = root.ownerDocument ?? root;
  const tip = document.createElement("div");
  tip.className = "longhand-tip";
  tip.id = "longhand-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  const stop = new AbortController();
  const on = (type, act) => root.addEventListener(type, act, { signal: stop.signal });
  for (const type of ["pointerover", "focusin"]) on(type, (event) => show(event.target.closest?.(".longhand-why[data-cell]")));
  for (const type of ["pointerout", "focusout"]) on(type, () => show(null));
  on("keydown", (event) => event.key === "Escape" && show(null));
  return () => { stop.abort(); tip.remove(); };

  function show(element) {
    const name = element?.dataset.cell;
    const state = name && states.find((each) => each.position(name) !== undefined);
    tip.hidden = !state;
    document.querySelector("[aria-describedby=longhand-tip]")?.removeAttribute("aria-describedby");
    if (!state) return;
    tip.textContent = reason(state, name);
    element.setAttribute("aria-describedby", tip.id);
    const box = element.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${box.bottom + 6}px`;
  }
}

// ---------------------------------------------------------------- hosts: a static page, a kernel

/** Brings a static page to life: all its sheets, one set of inputs, kept in the address and for the next page. */
export function startPage(document) {
  const window = document.defaultView;
  const scripts = [...document.querySelectorAll("script.longhand-sheet")];
  if (!scripts.length) return;
  const states = scripts.map((script) => createState({ id: script.id, ...JSON.parse(script.textContent) }));
  const book = Object.assign({}, ...states.map((state) => state.bookInputs()).reverse());
  const key = `longhand:${new URL(document.documentElement.dataset.content_root ?? ".", window.location.href).pathname}`;
  const write = bind(document, states);
  const say = (sentence) => document.querySelectorAll(".longhand-message").forEach((message) => { message.textContent = sentence; });

  takeInput(document, states, (name, value) => {
    const [base] = name.split("[");
    const owner = states.find((state) => state.position(name) !== undefined);
    const numbers = owner.input(base);
    numbers[owner.program.names[base].cells.indexOf(owner.position(name))] = value;
    put({ [base]: numbers });
    remember();
  });
  showReasons(document, states);
  for (const button of document.querySelectorAll(".longhand-reset")) button.addEventListener("click", () => { say(""); put(book); remember(); });
  for (const button of document.querySelectorAll(".longhand-copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copyLink(button));
  }
  for (const hint of document.querySelectorAll(".longhand-hint")) hint.hidden = false;
  start();

  function start() {
    const link = readLink(window.location.search, book);
    const kept = link.error || Object.keys(link.inputs).length ? {} : readLink(recall(), book).inputs ?? {};
    if (link.error) say(link.error);
    put({ ...kept, ...link.inputs });
    if (!link.error) remember();
  }

  function put(inputs) {
    states.forEach((state) => state.set(inputs));
    write();
    const own = states.some((state) => !state.isBook());
    for (const element of document.querySelectorAll(".longhand-reset, .longhand-notice")) element.hidden = !own;
  }

  function current() {
    return Object.assign({}, ...states.map((state) => Object.fromEntries(
      state.program.inputs.map((name) => [name, state.input(name)]))).reverse());
  }

  function remember() {
    const inputs = current();
    const own = states.some((state) => !state.isBook());
    const { pathname, search, hash } = window.location;
    const bare = writeLink(search, Object.fromEntries(Object.keys(inputs).map((name) => [name, []])))
      .replace(/^\?/, "").split("&").filter((pair) => !(pair.split("=")[0] in inputs)).join("&");
    const query = own ? writeLink(search, inputs) : bare && `?${bare}`;
    window.history.replaceState(window.history.state, "", pathname + query + hash);
    try {
      const stored = writeLink(recall(), inputs);
      if (own) window.localStorage.setItem(key, stored);
      else window.localStorage.removeItem(key);
    } catch { /* a browser that keeps nothing still has the link */ }
  }

  function recall() {
    try {
      return window.localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  }

  async function copyLink(button) {
    const { origin, pathname, protocol, hash } = window.location;
    const address = (protocol === "file:" ? "file://" : origin) + pathname + writeLink("", current()) + hash;
    const label = button.textContent;
    try {
      await window.navigator.clipboard.writeText(address);
      button.textContent = "Link copied";
    } catch {
      say(`Copy this link: ${address}`);
    }
    window.setTimeout(() => { button.textContent = label; }, 2000);
  }
}

export default {
  render({ model, el }) {
    el.innerHTML = model.get("html");
    const state = createState(model.get("sheet"));
    const write = bind(el, [state]);
    const cleanUps = [takeInput(el, [state], change), showReasons(el, [state])];
    for (const button of el.querySelectorAll(".longhand-reset")) button.addEventListener("click", () => send(state.bookInputs()));
    for (const hint of el.querySelectorAll(".longhand-hint")) hint.hidden = false;
    model.on("change:inputs", read);
    read();
    return () => { model.off("change:inputs", read); cleanUps.forEach((cleanUp) => cleanUp()); };

    function change(name, value) {
      const [base] = name.split("[");
      const numbers = state.input(base);
      numbers[state.program.names[base].cells.indexOf(state.position(name))] = value;
      send({ [base]: numbers });
    }

    function send(inputs) {
      model.set("inputs", { ...model.get("inputs"), ...inputs });
      model.save_changes();
    }

    function read() {
      state.set(model.get("inputs"));
      write();
      for (const button of el.querySelectorAll(".longhand-reset")) button.hidden = state.isBook();
    }
  },
};
