"""The tracer against plain numpy: the same numbers, the same names, and a sentence for what it cannot take."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreign import CASES, mini_batch, softmax_cross_entropy
from longhand import TraceError, trace
from longhand.trace import _code, _run


def plain_run(function, inputs):
    """What the function's local variables are for plain numpy numbers, and what it returns."""
    arrays = {name: np.array(value, dtype=float)[()] for name, value in inputs.items()}
    return _run(function, _code(function), arrays)


def others(inputs, seed):
    """Inputs of the same shapes, changed a little."""
    random = np.random.default_rng(seed)
    return {name: np.asarray(value, dtype=float) + 0.05 * random.random(size=np.shape(value)) for name, value in inputs.items()}


@pytest.mark.parametrize("function", CASES, ids=lambda function: function.__name__)
def test_a_foreign_functions_sheet_gives_what_numpy_gives(function):
    sheet = trace(function, **CASES[function])
    for inputs in (CASES[function], others(CASES[function], 1), others(CASES[function], 2)):
        values = sheet.evaluate(**inputs)
        plain, result = plain_run(function, inputs)
        results = result if isinstance(result, dict) else {}
        for name, value in {**plain, **results}.items():
            if name in values:
                np.testing.assert_allclose(np.asarray(values[name], dtype=float), np.asarray(value, dtype=float), rtol=1e-12, atol=1e-14)


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
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / (np.abs(b) + 1),
    "neg": lambda a, b: -a, "square": lambda a, b: np.square(a), "power": lambda a, b: np.abs(a) ** 1.5, "tanh": lambda a, b: np.tanh(a),
    "exp": lambda a, b: np.exp(np.clip(a, -5, 5)), "log": lambda a, b: np.log(np.abs(a) + 1), "log1p": lambda a, b: np.log1p(b * b),
    "sqrt": lambda a, b: np.sqrt(np.abs(a)), "maximum": lambda a, b: np.maximum(a, b), "minimum": lambda a, b: np.minimum(a, 0.3),
    "where": lambda a, b: np.where(a > b, a, 2 * b), "logaddexp": lambda a, b: np.logaddexp(a, b), "compare": lambda a, b: (a <= b) * a,
    "rows": lambda a, b: a - a.mean(axis=0), "sum": lambda a, b: b * np.sum(a), "columns": lambda a, b: a + b.sum(axis=-1, keepdims=True),
    "reverse": lambda a, b: a[::-1], "stack": lambda a, b: np.stack([a, b])[1], "concatenate": lambda a, b: np.concatenate([a, b])[:len(a)],
    "turn": lambda a, b: a.T.reshape(b.shape), "matmul": lambda a, b: (a @ a.T) @ b / 10, "ones": lambda a, b: np.ones_like(a) - a,
}


@settings(max_examples=120, deadline=None, derandomize=True)
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=8), shape=st.sampled_from([(2, 2), (3, 2), (2, 3), (1, 4)]),
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
    np.testing.assert_allclose(sheet.evaluate(**other)["out"], expected, rtol=1e-12, atol=1e-12 * (1 + np.max(np.abs(expected))))


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


def inverting(x):
    y = np.linalg.inv(x)
    return y


def drawing(x):
    noise = np.random.normal()
    y = x + noise
    return y


def storing(x):
    out = np.zeros(2)
    out[0] = x[0]
    return out


def adding_in_place(x):
    out = np.zeros(2)
    out += x
    return out


def rounding(x):
    y = np.round(x)
    return y


def converting(x):
    y = math.exp(x)
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
        return z if z > 0 else 0
    y = helper(x)
    return y


def overwriting(x):
    x = x + 1
    return x


def nothing(x):
    print(x)


@pytest.mark.parametrize("function, x, line, words", [
    (branching, 1.0, 3, ["branches on a value", "np.where"]),
    (inverting, np.eye(2), 2, ["np.linalg.inv cannot be traced", "pass it in as an input"]),
    (drawing, 1.0, 2, ["noise differs between two runs", "pass it as an input"]),
    (storing, [1.0, 2.0], 3, ["np.zeros_like"]),
    (adding_in_place, [1.0, 2.0], 3, ["np.zeros_like"]),
    (rounding, 1.4, 2, ["cannot be traced"]),
    (converting, 1.0, 2, ["math.exp", "np.exp"]),
    (indexing, 1.0, 2, ["only float and bool"]),
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
    (overwriting, {"x": 1.0}, "assigns to its input x"),
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

    words = r"walk, line 2 \(`y = w @ x`\): ValueError: matmul: .*fail here already, with the inputs x \(3,\), w \(1, 2\)"
    with pytest.raises(TraceError, match=words):
        trace(walk, x=[1.0, 2.0, 3.0], w=[[1.0, 2.0]])


def test_code_that_treats_traced_values_differently_is_caught():
    def walk(x):
        y = x * (2 if x.dtype == float else 3)
        return y

    with pytest.raises(TraceError, match="y is .* for plain numbers, but .* when traced"):
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
    sheet = trace(net, x=random.normal(size=32), W1=random.normal(size=(32, 32)), b1=random.normal(size=32), W2=random.normal(size=32), b2=0.0)
    assert len(sheet.cells) < 20_000
