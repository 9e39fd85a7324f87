"""The tracer against plain numpy: the same numbers, the same names, and a sentence for what it cannot take."""

import contextlib
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand import TraceError, trace
from byhand.trace import _run
from foreign import CASES, mini_batch, softmax_cross_entropy


def plain_run(function, inputs):
    """What the function's local variables are for plain numpy numbers, and what it returns under other names."""
    arrays = {name: np.array(value, dtype=float)[()] for name, value in inputs.items()}
    return _run(function, arrays).values


def others(inputs, seed):
    """Inputs of the same shapes, changed a little."""
    random = np.random.default_rng(seed)
    return {name: np.asarray(value, dtype=float) + 0.05 * random.random(size=np.shape(value))
            for name, value in inputs.items()}


@pytest.mark.parametrize("function", CASES, ids=lambda function: function.__name__)
def test_a_foreign_functions_sheet_gives_what_numpy_gives(function):
    sheet = trace(function, **CASES[function])
    for inputs in (CASES[function], others(CASES[function], 1), others(CASES[function], 2)):
        values = sheet.evaluate(**inputs)
        for name, value in plain_run(function, inputs).items():
            if name in values:
                np.testing.assert_allclose(np.asarray(values[name], dtype=float), np.asarray(value, dtype=float),
                                           rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("function", [softmax_cross_entropy, mini_batch], ids=lambda function: function.__name__)
def test_gradients_written_by_hand_match_central_differences_of_the_traced_loss(function):
    sheet = trace(function, **CASES[function])
    book = sheet.evaluate()
    for name in [name for name in sheet.inputs if f"d{name}" in sheet.names]:
        for index in np.ndindex(sheet.inputs[name].shape):
            up, down = sheet.inputs[name].copy(), sheet.inputs[name].copy()
            up[index] += 1e-5
            down[index] -= 1e-5
            slope = (sheet.evaluate(**{name: up})["loss"] - sheet.evaluate(**{name: down})["loss"]) / 2e-5
            assert math.isclose(slope, book[f"d{name}"][index], rel_tol=1e-6, abs_tol=1e-8), (name, index)


STEPS = {  # one step of a random program, on two arrays of one shape
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "div": lambda a, b: a / (np.abs(b) + 1),
    "neg": lambda a, b: -a, "square": lambda a, b: np.square(a), "power": lambda a, b: np.abs(a) ** 1.5,
    "tanh": lambda a, b: np.tanh(a),
    "exp": lambda a, b: np.exp(np.clip(a, -5, 5)), "log": lambda a, b: np.log(np.abs(a) + 1),
    "log1p": lambda a, b: np.log1p(b * b),
    "sqrt": lambda a, b: np.sqrt(np.abs(a)), "maximum": lambda a, b: np.maximum(a, b),
    "minimum": lambda a, b: np.minimum(a, 0.3),
    "where": lambda a, b: np.where(a > b, a, 2 * b), "logaddexp": lambda a, b: np.logaddexp(a, b),
    "compare": lambda a, b: (a <= b) * a,
    "rows": lambda a, b: a - a.mean(axis=0), "sum": lambda a, b: b * np.sum(a),
    "columns": lambda a, b: a + b.sum(axis=-1, keepdims=True),
    "reverse": lambda a, b: a[::-1], "stack": lambda a, b: np.stack([a, b])[1],
    "concatenate": lambda a, b: np.concatenate([a, b])[:len(a)],
    "turn": lambda a, b: a.T.reshape(b.shape), "matmul": lambda a, b: (a @ a.T) @ b / 10,
    "ones": lambda a, b: np.ones_like(a) - a,
}


@settings(max_examples=120, deadline=None, derandomize=True)
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=8),
       shape=st.sampled_from([(2, 2), (3, 2), (2, 3), (1, 4)]),
       seed=st.integers(0, 10**6))
def test_a_random_program_evaluates_to_what_numpy_gives(steps, shape, seed):
    def program(a, b):
        for step in steps:
            a, b = STEPS[step](a, b), a
        out = a + 0 * b
        return out

    def traced(p, q):
        out = program(p, q)
        return out

    random = np.random.default_rng(seed)
    sheet = trace(traced, p=random.normal(size=shape), q=random.normal(size=shape))
    other = {"p": random.normal(size=shape), "q": random.normal(size=shape)}
    expected = traced(**other)
    np.testing.assert_allclose(sheet.evaluate(**other)["out"], expected, rtol=1e-12,
                               atol=1e-12 * (1 + np.max(np.abs(expected))))


def test_names_come_in_the_order_in_which_the_code_assigns_them():
    def walk(x, w):
        late = x * w
        early = late + 1

        def inner():
            return late + early
        total = inner()
        return total

    assert list(trace(walk, x=1.0, w=2.0).names) == ["x", "w", "late", "early", "total"]


def test_two_names_for_one_value_are_one_cell():
    def walk(x):
        d = x - 1
        db = d
        return db

    sheet = trace(walk, x=2.0)
    assert sheet.position("d") == sheet.position("db") and sheet.cell("db").names == ["d", "db"]


def test_a_cell_remembers_the_line_that_made_it():
    def walk(x):
        y = x + 1
        z = (
            y * y)
        return z

    sheet = trace(walk, x=2.0)
    assert [sheet.cell(name).line for name in ("y", "z")] == [2, 4]


def test_rows_are_views_as_in_numpy():
    def walk(W):
        out = W.copy()
        row = out[0]
        row[1] += 10
        out[1] *= 2
        for line in out:
            line[0] = line[0] - 1
        return out

    assert np.array_equal(trace(walk, W=[[1.0, 2], [3, 4]]).evaluate()["out"], [[0, 12], [5, 8]])


def test_a_lambda_and_a_returned_dict_have_names_too():
    assert trace(lambda x: x * 2, x=[1, 2]).evaluate()["result"].tolist() == [2, 4]
    assert trace(lambda x: {"twice": x * 2}, x=3).evaluate()["twice"] == 6


def test_a_parameter_with_a_default_stays_plain_unless_it_is_given():
    def walk(x, n=3):
        y = x * n
        return y

    assert list(trace(walk, x=1.0).inputs) == ["x"]
    assert trace(walk, x=1.0, n=2.0).evaluate(n=5.0)["y"] == 5


def branching(x):
    y = x * 2
    if y > 0:
        y = y + 1
    return y


def decomposing(x):
    y = np.linalg.eigvals(x)
    return y


def drawing(x):
    noise = np.random.normal()
    y = x + noise
    return y


TABLE = np.zeros(2)


def storing(x):
    out = TABLE
    out[0] = x[0]
    return out


def cutting(x):
    out = np.zeros(2, dtype=int)
    out[0] = x[0]
    return out


def converting(x):
    y = math.gamma(x)
    return y


def indexing(x):
    y = np.arange(3)[x.astype(int)]
    return y


def picking(x):
    y = x[x > 0]
    return y


def sorting(x):
    y = np.sort(x)
    return y


def looping(x):
    while x < 10:
        x = x * 2
    return x


def helping(x):
    def helper(z):
        return z if z > 0 else 0  # noqa: FURB136  a branch
    y = helper(x)
    return y


def nothing(x):
    print(x)


@pytest.mark.parametrize("function, x, line, words", [
    (branching, 1.0, 3, ["branches on a value", "np.where"]),
    (decomposing, np.eye(2), 2, ["np.linalg.eigvals cannot be traced", "pass it in as an input"]),
    (drawing, 1.0, 2, ["noise differs between two runs", "pass it as an input"]),
    (storing, [1.0, 2.0], 3, ["made outside", "np.zeros_like"]),
    (cutting, [1.5, 2.0], 3, ["cuts off what is stored", "dtype=float"]),
    (converting, 1.5, 2, ["plain number", "np.exp"]),
    (indexing, 1.0, 2, ["np.take(numbers, place, axis=0)"]),
    (picking, [1.0, -1.0], 2, ["by a mask of values", "np.where"]),
    (sorting, [2.0, 1.0], 2, ["np.sort cannot be traced"]),
    (looping, 1.0, 2, ["branches on a value"]),
    (helping, 1.0, 4, ["branches on a value"]),
])
def test_what_cannot_be_traced_is_refused_with_line_reason_and_remedy(function, x, line, words):
    with pytest.raises(TraceError) as caught:
        trace(function, x=x)
    message = str(caught.value)
    assert message.startswith(f"{function.__name__}, line {line} (`")
    assert all(word in message for word in words), message


@pytest.mark.parametrize("function, inputs, words", [
    (nothing, {"x": 1.0}, "computes no number"),
    (branching, {}, "needs the input 'x'"),
    (branching, {"x": 1, "z": 2}, "has no input 'z': it takes x"),
    (branching, {"x": "abc"}, "x = 'abc' is not an array of numbers"),
    (branching, {"x": None}, "is not an array of numbers"),
    (branching, {"x": [[1], [2, 3]]}, "rows must have the same length"),
    (branching, {"x": []}, "x is empty"),
    (np.exp, {"x": 1}, "not a function written in Python"),
    (3, {"x": 1}, "not a function written in Python"),
    (lambda *x: x, {"x": 1}, "write each input as a parameter of its own"),
])
def test_a_wrong_call_is_refused_with_a_sentence(function, inputs, words):
    with pytest.raises(TraceError, match=words):
        trace(function, **inputs)


def test_an_error_that_plain_numbers_meet_too_names_its_line_and_the_shapes():
    def walk(x, w):
        y = w @ x
        return y

    words = (r"walk, line 2 \(`y = w @ x`\): ValueError: matmul: .*"
             r"fail here already, with the inputs x \(3,\), w \(1, 2\)")
    with pytest.raises(TraceError, match=words):
        trace(walk, x=[1.0, 2.0, 3.0], w=[[1.0, 2.0]])


def test_code_that_treats_traced_values_differently_is_caught():
    def walk(x):
        y = x * (2 if type(x) is np.float64 else 3)
        return y

    with pytest.raises(TraceError, match=r"y is .* for plain numbers, but .* when traced"):
        trace(walk, x=1.0)


def test_single_precision_stays_single_throughout():
    sheet = trace(lambda x: {"y": np.exp(x) / 3 + 1}, x=[0.1, 0.2])
    y = sheet.evaluate(np.float32)["y"]
    assert y.dtype == np.float32 and not np.array_equal(y, sheet.evaluate()["y"])


def test_overflow_gives_inf_and_nan_without_a_warning(recwarn):
    sheet = trace(lambda x: {"big": np.exp(x), "none": (x - x) / (x - x)}, x=1.0)
    values = sheet.evaluate(x=1000.0)
    assert math.isinf(values["big"]) and math.isnan(values["none"]) and not recwarn.list


def test_a_change_that_does_not_fit_is_refused_with_a_sentence():
    sheet = trace(lambda x: {"y": x * 2}, x=[1.0, 2.0])
    with pytest.raises(ValueError, match=r"x has the shape \(2,\)"):
        sheet.evaluate(x=[1.0, 2.0, 3.0])
    with pytest.raises(KeyError, match="z is not an input"):
        sheet.evaluate(z=1.0)


def test_a_32_32_1_network_forward_and_backward_is_traced_in_under_twenty_thousand_cells():
    def net(x, W1, b1, W2, b2):
        a1 = np.tanh(W1 @ x + b1)
        out = W2 @ a1 + b2
        d1 = W2 * out * (1 - a1 ** 2)
        dW1 = np.outer(d1, x)
        return dW1

    random = np.random.default_rng(0)
    sheet = trace(net, x=random.normal(size=32), W1=random.normal(size=(32, 32)), b1=random.normal(size=32),
                  W2=random.normal(size=32), b2=0.0)
    assert len(sheet.cells) < 20_000


OPTIONS = [  # as people write them; honoured, so numpy's numbers, here and elsewhere
    lambda p: {"y": np.log(p, out=np.zeros_like(p), where=p > 0)},
    lambda p: {"y": np.sum(p, where=p > 0.4, initial=5), "z": p.max(initial=0, where=p < 0.7),
               "w": np.mean(p, where=p > -9)},
    lambda p: {"y": np.sum(p, dtype=float, keepdims=True), "z": np.add(p > 0, p > 0.4, dtype=float),
               "w": np.add(p, 1, casting="unsafe")},
    lambda p: {"y": np.average(p, weights=[1, 2, 3]),
               "z": np.average(np.outer(p, p), axis=0, weights=p + 1, keepdims=True)},
    lambda p: {"y": np.var(p, ddof=1), "z": np.std(p, mean=np.mean(p)), "w": np.var(p, correction=1)},
    lambda p: {"y": np.clip(p, a_min=0.2, a_max=None), "z": np.clip(p, 0.2, 0.6, out=p.copy()),
               "w": np.clip(p, max=0.5)},
    lambda p: {"y": np.full_like(p, 7, shape=2) * p[0], "z": np.zeros_like(p, shape=(2, 2)) + p[1]},
    lambda p: {"y": np.cumsum(p > 0.2), "z": (p > 0.2).cumsum(), "w": np.maximum.accumulate(p)},
    lambda p: {"y": np.sum(np.outer(p, p), axis=(0, 1)),
               "z": np.matmul(np.outer(p, p), np.outer(p, 1 - p), axes=[(0, 1), (1, 0), (0, 1)])},
    lambda p: {"y": np.any(p[1:2]) + 1.0 * np.all(p[1:2]), "z": (p > 0).astype(int).sum(),
               "w": p.astype(bool) & (p < 1)},
    lambda p: {"y": np.fmax(p, np.nan), "z": np.heaviside(p - 0.5, 0.5),
               "w": np.where(p > 0, p > 0.7, p < -1) + (p > 0)},
    lambda p: {"y": np.array([p[0], p[1] * 2]), "z": np.array([[p[0]], [p[1]]]) @ np.array([[p[2], 1.0]]),
               "w": np.max(np.asarray(p, dtype=float))},
    lambda p: {"y": np.array([p > 0, p > 0.2]).sum(), "z": np.array(p, copy=True) + 1,
               "w": np.sum([p[0], p[1]]) + np.mean([p[0], p[2]])},
]


@pytest.mark.parametrize("function", OPTIONS, ids=range(len(OPTIONS)))
def test_options_are_honoured(function):
    sheet = trace(function, p=[0.0, 1.0, 0.5])
    for p in ([0.0, 1.0, 0.5], [0.3, -0.2, 0.9], [-1.0, 2.0, 0.0]):
        values = sheet.evaluate(p=p)
        with np.errstate(all="ignore"):
            for name, value in function(np.array(p)).items():
                np.testing.assert_allclose(np.asarray(values[name], dtype=float), np.asarray(value, dtype=float),
                                           rtol=1e-12, err_msg=name)


def test_what_is_written_into_out_or_through_a_view_is_there():
    def walk(x):
        total = np.zeros_like(x[0])
        np.sum(x, axis=0, out=total)
        flat = np.ravel(w := x * 2)
        flat[0] = 9
        mask = np.zeros_like(x[0])
        mask[0] = x[0, 0] > 0
        mask[1] = x[0, 1] > 0
        both = mask[0] + mask[1]
        np.copyto(total, 0, where=total > 5)
        return w

    values = trace(walk, x=[[1.0, 2.0], [3.0, 4.0]]).evaluate()
    assert values["total"].tolist() == [4, 0] and values["w"].tolist() == [[9, 4], [6, 8]] and values["both"] == 2


def swallowing(x):
    y = x * 1
    try:
        y = y * math.gamma(x)
    except Exception:
        y = y * 2
    return y


def suppressing(x):
    def half(z):
        with contextlib.suppress(Exception):
            return z / 2 if z > 0 else z
        return z
    return half(x)


def in_single(x):
    y = x.astype(np.float32)
    return y


def with_a_single(x):
    y = np.float32(0.1) * x
    return y


def comparing(x):
    y = x + 1
    for cell in y.flat:
        if cell == 2:
            y = y * 2
    return y


def searching(x):
    y = 1 * x if x in [1, 2] else 2 * x
    return y


def keying(x):
    y = {x: 2}
    return y


def asking_the_kind(x):
    y = x * (2 if type(x).__name__ == "float64" else 3)
    return y


def by_chance(x):
    y = x * (1.0 if np.shape(x) else 1.0 + (f"{x:.0f}" != "2"))
    return y


@pytest.mark.parametrize("function, x, line, words", [
    (swallowing, 2.5, 4, ["turned into a plain number", "catches this refusal"]),
    (suppressing, 2.0, 6, ["branches on a value", "catches this refusal"]),
    (in_single, 2.0, 2, ["float32", "rounds"]),
    (with_a_single, 2.0, 2, ["float32", "write float64"]),
    (comparing, [1.0, 2.0], 4, ["branches on a value"]),
    (searching, 2.0, 2, ["branches on a value"]),
    (keying, 2.0, 2, ["key of a dict"]),
    (asking_the_kind, 2.0, 2, ["y is 4.0 for plain numbers, but 6.0 when traced"]),
    (by_chance, 2.0, 2, ["when traced"]),
    (lambda x: np.sum(x, dtype=np.float32), [1.0], 1, ["dtype=float32", "leave dtype out"]),
    (lambda x: np.add(x, 1, where=x > 0, out=None), [1.0], 1, ["without out=", "np.zeros_like"]),
    (lambda x: np.var(x, where=x > 0), [1.0], 1, ["where=", "leave it out"]),
    (lambda x: np.average(x, weights=x, returned=True)[0], [1.0], 1, ["returned=True"]),
    (lambda x: (x > 0) & 2, [1.0], 1, ["bits"]),
    (lambda x: np.exp(x > 0), [1.0], 1, ["half precision", "multiply by 1.0"]),
    (lambda x: np.diff(x > 0), [1.0, 2.0], 1, ["multiply them by 1.0"]),
    (lambda x: x * np.float32(x), 1.23, 1, ["float32", "write float64"]),
])
def test_what_would_give_other_numbers_than_numpy_is_refused(function, x, line, words):
    with pytest.raises(TraceError) as caught:
        trace(function, x=x)
    message = str(caught.value)
    assert f"line {line} (" in message and all(word in message for word in words), message


def test_a_branch_that_is_right_by_chance_where_it_was_traced_is_found_elsewhere():
    def walk(x):
        y = x * 2
        text = f"{x:.1f}"
        y = y + (0 if text in ("2.0", repr(x)) or "input" in text else 1)
        return y

    with pytest.raises(TraceError, match="at other inputs"):
        trace(walk, x=2.0)


def test_a_quotient_of_nearly_nothing_is_compared_to_rounding_and_no_finer():
    def walk(x):
        quotient = (np.exp(x + 1e-9) - np.exp(x)) / 1e-9
        none = np.sum(np.exp(x)) - np.exp(x) @ np.ones_like(x)
        tiny = x * 1e-12
        return quotient, none, tiny

    assert trace(walk, x=np.linspace(0, 1, 50)).evaluate()["tiny"][-1] == 1e-12
