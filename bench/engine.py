"""What the engine costs: programs against JavaScript written by hand, and tracing against plain numpy."""

import time

import numpy as np

from byhand import bundle, trace

HAND = """
const sigmoid = (z) => 1 / (1 + Math.exp(-z));
const out = new Float64Array(9);
function byHand(x1, x2, y, w11, w12, w21, w22, b1, b2, v1, v2, c) {
  const a1 = sigmoid(w11 * x1 + w12 * x2 + b1), a2 = sigmoid(w21 * x1 + w22 * x2 + b2);
  const p = sigmoid(v1 * a1 + v2 * a2 + c);
  const loss = -(y * Math.log(p) + (1 - y) * Math.log(1 - p)), d = p - y;
  const d1 = v1 * d * a1 * (1 - a1), d2 = v2 * d * a2 * (1 - a2);
  out.set([d1 * x1, d1 * x2, d2 * x1, d2 * x2, d1, d2, d * a1, d * a2, d]);
  return loss;
}
"""
RACE = """(program) => {
  const evaluate = compile(program), v = startValues(program);
  const w = program.names.W1.cells[0], loss = program.names.loss.cells[0];
  let sink = 0;
  const race = (run, count) => {
    const start = performance.now();
    for (let i = 0; i < count; i++) run(i);
    return (performance.now() - start) / count * 1e6;
  };
  const hand = (i) => { sink += byHand(1, 0, 1, 0.1 + i * 1e-9, 0.2, 0.3, 0.4, 0, 0, 0.5, 0.6, 0); };
  const ours = (i) => { v[w] = 0.1 + i * 1e-9; evaluate(v); sink += v[loss]; };
  const rounds = Array.from({ length: 7 }, () => [race(hand, 3e5), race(ours, 3e5)]).slice(2);
  const middle = (k) => rounds.map((round) => round[k]).sort((a, b) => a - b)[2];
  return [middle(0), middle(1), sink];
}"""
COST = """(program) => {
  const evaluate = compile(program), v = startValues(program);
  const count = Math.max(3, Math.ceil(3e6 / program.cells.length));
  for (let i = 0; i < count; i++) evaluate(v);
  const start = performance.now();
  for (let i = 0; i < count; i++) evaluate(v);
  return (performance.now() - start) / count / program.cells.length * 1e6;
}"""
BY_HAND = """
function lossByHand(x1, x2, y, w11, w12, w21, w22, b1, b2, v1, v2, c) {
  const p = sigmoid(v1 * sigmoid(w11 * x1 + w12 * x2 + b1) + v2 * sigmoid(w21 * x1 + w22 * x2 + b2) + c);
  return -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
}
function landscapeByHand() {
  const heights = new Float64Array(40000);
  for (let i = 0; i < 40000; i++)
    heights[i] = lossByHand(1, 0, 1, Math.floor(i / 200) / 20 - 5, (i % 200) / 20 - 5, 0.3, 0.4, 0, 0, 0.5, 0.6, 0);
  return heights;
}
function curveByHand() {
  const heights = new Float64Array(10000);
  for (let i = 0; i < 10000; i++)
    heights[i] = lossByHand(1, 0, 1, i / 1000 - 5, 0.2, 0.3, 0.4, 0, 0, 0.5, 0.6, 0);
  return heights;
}
function descentByHand() {
  const p = [0.1, 0.2, 0.3, 0.4, 0, 0, 0.5, 0.6, 0], kept = new Float64Array(10 * 10001);
  for (let k = 0; k <= 10000; k++) {
    kept[10 * k + 9] = byHand(1, 0, 1, ...p);
    for (let i = 0; i < 9; i++) { kept[10 * k + i] = p[i]; p[i] -= 0.01 * out[i]; }
  }
  return kept;
}
function fastest(...runs) { // each by turns, so that a busy moment of the machine slows all of them
  const times = (run) => { const start = performance.now(); run(); return performance.now() - start; };
  const rounds = Array.from({ length: 40 }, () => runs.map(times));
  return runs.map((_, k) => Math.min(...rounds.map((round) => round[k])));
}
"""
LANDSCAPE = """(program) => {
  const row = Float64Array.from({ length: 200 }, (_, i) => i / 20 - 5), start = compile(program)(startValues(program));
  const sweep = compileSweep(program, ["W1[0, 0]", "W1[0, 1]"], ["loss"]);
  return fastest(landscapeByHand, () => sweep(start, row, row));
}"""
CURVE = """(program) => {
  const row = Float64Array.from({ length: 10000 }, (_, i) => i / 1000 - 5);
  const start = compile(program)(startValues(program));
  const sweep = compileSweep(program, ["W1[0, 0]"], ["loss"]);
  return fastest(curveByHand, () => sweep(start, row));
}"""
DESCENT = """(program) => {
  const state = createState({ program, symbols: {}, domains: { W1: {}, b1: {}, W2: {}, b2: {} } });
  const feed = { W1: "new_W1", b1: "new_b1", W2: "new_W2", b2: "new_b2" };
  const walk = iterate(state, feed, ["loss"]);
  return fastest(descentByHand, () => walk(10000));
}"""


def step(W1, b1, W2, b2, dW1, db1, dW2, db2):
    """A step down the gradient of the chapter's network."""
    new_W1, new_b1, new_W2, new_b2 = W1 - 0.01 * dW1, b1 - 0.01 * db1, W2 - 0.01 * dW2, b2 - 0.01 * db2
    return new_W1, new_b1, new_W2, new_b2


def layered(x, y, W1, b1, W2, b2):
    """A network of any width, forward and backward."""
    a1 = np.tanh(W1 @ x + b1)
    out = W2 @ a1 + b2
    loss = (out - y) ** 2
    d2 = 2 * (out - y)
    dW2 = d2 * a1
    db2 = d2
    d1 = W2 * d2 * (1 - a1 ** 2)
    dW1 = np.outer(d1, x)
    db1 = d1
    return loss, dW1, db1, dW2, db2


def inputs(width):
    random = np.random.default_rng(width)
    return dict(x=random.normal(size=width), y=1.0, W1=random.normal(size=(width, width)), b1=random.normal(size=width),
                W2=random.normal(size=width), b2=0.0)


def seconds(run, times=3):
    """The least of a few runs."""
    def once():
        start = time.perf_counter()
        run()
        return time.perf_counter() - start
    return min(once() for _ in range(times))


def engine_rows(browser, functions, example):
    page = browser.new_page()
    verbs = "Object.assign(window, { compile, compileSweep, createState, iterate, startValues });"
    script = bundle.page_script(more=("frontend/iterate.js",)).replace("startPage(document);", verbs)
    page.add_script_tag(content=script + HAND + BY_HAND)
    program = trace(*functions, **example).program()
    hand, ours, _ = page.evaluate(RACE, program)
    yield "2-2-1 by hand in JavaScript, ns", hand, None
    yield "2-2-1 as a program, times as long", ours / hand, 1.5
    stepping = trace(*functions, step, **example).program()
    for name, race, raced in [("sweep of 200 × 200", LANDSCAPE, program), ("curve of 10,000 points", CURVE, program),
                                ("10,000 steps iterated", DESCENT, stepping)]:
        hand, ours = page.evaluate(race, raced)
        yield f"{name}, ms", ours, 16
        yield f"{name}, times as long as by hand", ours / hand, 1.5
    for width in (8, 32, 128, 512):
        sheet = trace(layered, **inputs(width))
        cost = page.evaluate(COST, sheet.program())
        yield f"{width}-{width}-1, {len(sheet.cells):,} cells: ns an operation", cost, None
    page.close()


def python_rows(functions, plain, example):
    yield "tracing 2-2-1, ms", 1000 * seconds(lambda: trace(*functions, **example)), None
    sheet, by_numpy = trace(*functions, **example), seconds(plain)
    yield "evaluating 2-2-1, times plain numpy", seconds(sheet.evaluate) / by_numpy, None
    yield "tracing 32-32-1, s", seconds(lambda: trace(layered, **inputs(32)), 1), 1
    wide = trace(layered, **inputs(32))
    yield "evaluating 32-32-1, times plain numpy", seconds(wide.evaluate) / seconds(lambda: layered(**inputs(32))), None
