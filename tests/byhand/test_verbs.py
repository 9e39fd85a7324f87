"""The three verbs: evaluate, sweep, iterate, in Python against JavaScript, and against numpy's own loops."""

import math

import numpy as np
import pytest

from byhand import above, between, trace, whole
from byhand.views.pen import Pen

SMOOTH = ["np.tanh({0})", "np.sin({0}) * {1}", "{0} + {1}", "{0} - {1} / (1 + {2}**2)", "{0} * {1}", "np.log1p({0}**2)",
          "np.exp(-np.abs({0}))", "np.where({0} > {1}, {1}, {2})", "np.maximum({0}, {1})", "np.sqrt(np.abs({0}) + 0.5)"]


def random_walkthrough(random, operations=20):
    """A function of a, b, c, each of shape (2,), of as many lines as `operations`, and `out`, from the last ones."""
    names, lines = ["a", "b", "c"], []
    for i in range(operations):
        lines.append(f"v{i} = " + random.choice(SMOOTH).format(*random.choice(names[-6:], size=3)))
        names.append(f"v{i}")
    last, before = names[-1], names[-2]
    lines += [f"out = np.sum({last} - {before})", f"new_a, new_b = np.tanh({last}), np.cos({before})", "return out"]
    made = {"np": np}
    exec("def walkthrough(a, b, c):\n    " + "\n    ".join(lines), made)
    return made["walkthrough"]


def random_inputs(random):
    return {name: random.normal(size=2) for name in "abc"}


def page_of(sheet):
    """What a page carries of a sheet."""
    return {"id": "sheet", **Pen(sheet).data()}


def in_javascript(js, verb, sheet, inputs, *arguments):
    """`verb`, a function of a state and `arguments`, on a page with the sheet, after the reader has put `inputs` in."""
    plain = {name: np.ravel(array).tolist() for name, array in inputs.items()}
    return js(f"""(m, [sheet, inputs, rest]) => {{
        const listed = (key, value) => ArrayBuffer.isView(value) ? Array.from(value) : value;
        const state = m.createState(sheet);
        state.set(inputs);
        return JSON.parse(JSON.stringify(({verb})(state, ...rest), listed));
    }}""", [page_of(sheet), plain, list(arguments)])


EVALUATE = """(state) => Object.fromEntries(Object.entries(state.program.names).map(
    ([name, { cells }]) => [name, cells.map((cell) => state.values[cell])]))"""
SWEEP = "(state, inputs, results, rows) => state.sweep(inputs, results)(...rows)"
ITERATE = "(state, feed, watch, steps) => m.iterate(state, feed, watch)(steps)"


def alike(found, expected):
    np.testing.assert_allclose(found, np.ravel(expected), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_the_three_verbs_give_the_same_in_both_languages(js, seed):
    random = np.random.default_rng(seed)
    sheet = trace(random_walkthrough(random), **random_inputs(random))
    inputs = random_inputs(random)
    values = sheet.evaluate(**inputs)
    for name, row in in_javascript(js, EVALUATE, sheet, inputs).items():
        alike(row, values[name])

    xs, ys = np.linspace(-2, 2, 7), np.linspace(-1, 3, 5)
    results = ["out", "new_a[1]", "a[0]"]
    for names, axes in [(("b[1]",), (xs,)), (("a[0]", "c[1]"), (ys, xs)), (("c[1]", "a[0]"), (ys, xs))]:
        rows = in_javascript(js, SWEEP, sheet, inputs, names, results, [axis.tolist() for axis in axes])
        for result, row in zip(results, rows):
            alike(row, sheet.sweep(names, axes, result, **inputs))

    steps = sheet.iterate(9, {"a": "new_a", "b": "new_b"}, watch=["out", "new_b[1]"], **inputs)
    found = in_javascript(js, ITERATE, sheet, inputs, {"a": "new_a", "b": "new_b"}, ["out", "new_b[1]"], 9)
    assert (found["taken"], found["stopped"]) == (steps.taken, steps.stopped) == (9, "")
    assert list(found["values"]) == list(steps.values) == ["a", "b", "out", "new_b[1]"]
    for name, row in found["values"].items():
        alike(row, steps[name])


@pytest.mark.parametrize("seed", range(5))
def test_a_sweep_is_one_evaluation_for_each_of_its_points(seed):
    random = np.random.default_rng(seed)
    sheet, inputs = trace(random_walkthrough(random), **random_inputs(random)), random_inputs(random)
    xs, ys = random.normal(size=4), random.normal(size=3)

    def out_at(**moved):
        changed = {name: inputs[name].copy() for name in inputs}
        for name, (place, value) in moved.items():
            changed[name][place] = value
        return sheet.evaluate(**changed)["out"]

    curve = sheet.sweep("b[1]", xs, "out", **inputs)
    assert np.allclose(curve, [out_at(b=(1, x)) for x in xs], rtol=1e-13)
    grid = sheet.sweep(("a[0]", "c[1]"), (ys, xs), "out", **inputs)
    assert grid.shape == (3, 4)
    assert np.allclose(grid, [[out_at(a=(0, y), c=(1, x)) for x in xs] for y in ys], rtol=1e-13)


def descend(x, w, b, eta):
    error = w @ x + b - 1
    loss = error**2
    dw, db = 2 * error * x, 2 * error
    new_w, new_b = w - eta * dw, b - eta * db
    return loss


FED = {"w": "new_w", "b": "new_b"}
POINT = dict(x=[1.0, 0.5], w=[0.3, -0.2], b=0.1, eta=0.1)


def test_iterating_is_numpys_own_loop():
    sheet = trace(descend, **POINT)
    steps = sheet.iterate(40, FED, watch=["loss"], eta=0.05)
    x, w, b = np.array(POINT["x"]), np.array(POINT["w"]), POINT["b"]
    for k in range(41):
        error = w @ x + b - 1
        assert np.allclose(steps["w"][k], w, rtol=1e-14) and np.isclose(steps["b"][k], b, rtol=1e-14)
        assert np.isclose(steps["loss"][k], error**2, rtol=1e-13)
        w, b = w - 0.05 * 2 * error * x, b - 0.05 * 2 * error
    assert steps["w"].shape == (41, 2) and steps["b"].shape == steps["loss"].shape == (41,)


def test_no_step_leaves_the_inputs_as_they_are():
    steps = trace(descend, **POINT).iterate(0, FED, watch=["loss"])
    assert steps.taken == 0 and steps["w"].tolist() == [POINT["w"]] and len(steps["loss"]) == 1


def test_results_are_fed_back_all_at_once():
    def fibonacci(a, b):
        later = a + b
        return later

    steps = trace(fibonacci, a=0, b=1).iterate(10, {"a": "b", "b": "later"})
    assert steps["a"].tolist() == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55]


def double(t):
    twice, half, ratio = 2 * t, t / 2, 0 / (t - 4)
    return twice


@pytest.mark.parametrize("start, domain, source, taken, end", [
    (1, None, "twice", 1023, "step 1024 would make t ∞: it must be a finite number, such as 0.5, -2 or 1e-3"),
    (1, between(0, 100), "twice", 6, "step 7 would make t 128: it must be a number from 0 to 100, such as 50"),
    (8, whole(0, 8), "half", 3, "step 4 would make t 0.5: it must be a whole number from 0 to 8"),
    (1e-307, above(0), "half", 2,
     "step 3 would make t 1.25e−308: it must be a number greater than 0, such as 1e-6 (2.3e-308 at least)"),
    (4, None, "ratio", 0, "step 1 would make t not a number: it must be a finite number, such as 0.5, -2 or 1e-3"),
])
def test_steps_end_before_a_number_that_its_input_cannot_be_and_say_so(js, start, domain, source, taken, end):
    sheet = trace(double, domains={"t": domain} if domain else {}, t=start)
    steps = sheet.iterate(2000, {"t": source}, watch=["twice"])
    assert (steps.taken, steps.stopped) == (taken, end)
    assert len(steps["t"]) == len(steps["twice"]) == taken + 1 and np.isfinite(steps["t"]).all()
    found = in_javascript(js, ITERATE, sheet, {}, {"t": source}, ["twice"], 2000)
    assert (found["taken"], found["stopped"], len(found["values"]["t"])) == (taken, end, taken + 1)
    assert np.allclose(found["values"]["t"], steps["t"], rtol=1e-12, atol=0)


@pytest.mark.parametrize("call, sentence", [
    (lambda sheet: sheet.iterate(3, {"w": "new_b"}), r"new_b cannot be fed back into w: it has the shape \(\), and w"),
    (lambda sheet: sheet.iterate(3, {"loss": "new_b"}), "loss is not an input: the inputs are x, w, b, eta"),
    (lambda sheet: sheet.iterate(3, {"w": "newer_w"}), "no number is called 'newer_w'"),
    (lambda sheet: sheet.iterate(3, FED, watch=["lost"]), "no number is called 'lost'"),
    (lambda sheet: sheet.iterate(3, FED, w=[1, 2, 3]), r"w has the shape \(2,\)"),
    (lambda sheet: sheet.sweep("loss", [1, 2], "b"), "loss is not an input"),
    (lambda sheet: sheet.sweep("w", [1, 2], "loss"), "w is an array: name one number of it"),
    (lambda sheet: sheet.sweep("b", [1, 2], "w"), "w is an array: name one number of it"),
    (lambda sheet: sheet.sweep(("b", "b"), ([1], [2]), "loss"), "one or two different inputs"),
    (lambda sheet: sheet.sweep(("b", "eta", "w[0]"), ([1], [2], [3]), "loss"), "one or two different inputs"),
    (lambda sheet: sheet.sweep(("b", "eta"), ([1],), "loss"), "with a row of values for each"),
])
def test_what_cannot_be_swept_or_fed_back_is_said_in_a_sentence(call, sentence):
    with pytest.raises((KeyError, ValueError), match=sentence):
        call(trace(descend, **POINT))


def test_a_browser_refuses_to_feed_back_what_does_not_fit(js):
    with pytest.raises(Exception, match="new_b cannot be fed back into w: 1 numbers for 2"):
        in_javascript(js, ITERATE, trace(descend, **POINT), {}, {"w": "new_b"}, [], 3)


def test_a_sweep_in_single_precision_rounds_every_step(js):
    sheet = trace(descend, **POINT)
    xs = np.linspace(-1, 1, 9)
    [row] = in_javascript(js, "(state, xs) => state.sweep(['b'], ['loss'], true)(xs)", sheet, {}, xs.tolist())
    assert row == sheet.sweep("b", xs, "loss", np.float32).astype(float).tolist()
    assert not math.isclose(row[0], sheet.sweep("b", xs, "loss")[0], rel_tol=1e-12)
