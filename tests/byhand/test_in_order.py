"""Functions in order become one sheet: what one makes, the next takes by name."""

import numpy as np
import pytest

from byhand import TraceError, explore, trace

INPUTS = dict(x=[1.0, 0.5], y=1.0, W1=[[0.1, -0.2], [0.3, 0.4]], b1=[0.05, -0.1], W2=[0.5, -0.6], b2=0.15)


def forward(x, y, W1, b1, W2, b2):
    a1 = np.tanh(W1 @ x + b1)
    yhat = W2 @ a1 + b2
    loss = (yhat - y) ** 2
    return a1, yhat


def backward(x, y, W2, a1, yhat):
    d2 = 2 * (yhat - y)
    dW2 = d2 * a1
    db2 = d2
    d1 = W2 * d2 * (1 - a1 ** 2)
    dW1 = np.outer(d1, x)
    db1 = d1
    return dW1, db1, dW2, db2


def step(W1, b1, W2, b2, dW1, db1, dW2, db2, rate):
    new_W1, new_b1 = W1 - rate * dW1, b1 - rate * db1
    new_W2, new_b2 = W2 - rate * dW2, b2 - rate * db2
    return new_W1, new_b1, new_W2, new_b2


def by_hand(x, y, W1, b1, W2, b2, rate):
    a1, yhat = forward(x, y, W1, b1, W2, b2)
    gradients = backward(x, y, W2, a1, yhat)
    return dict(zip(("new_W1", "new_b1", "new_W2", "new_b2"), step(W1, b1, W2, b2, *gradients, rate)))


def test_three_functions_are_one_sheet_with_numpys_numbers():
    sheet = trace(forward, backward, step, **INPUTS, rate=0.5)
    random = np.random.default_rng(3)
    for _ in range(20):
        inputs = {name: random.normal(size=np.shape(value))[()] for name, value in (INPUTS | {"rate": 0.5}).items()}
        values = sheet.evaluate(**inputs)
        for name, expected in by_hand(**inputs).items():
            np.testing.assert_allclose(values[name], expected, rtol=1e-12, atol=1e-13)


def test_names_come_function_after_function():
    assert list(trace(forward, backward, **INPUTS).names) == [
        *INPUTS, "a1", "yhat", "loss", "d2", "dW2", "db2", "d1", "dW1", "db1"]


def test_explore_takes_functions_in_order_too():
    net = explore(forward, backward, **INPUTS)
    net["b2"] = 3
    assert net["d2"] == 2 * (net["yhat"] - 1)


def test_a_cells_line_is_a_line_of_the_sheets_source():
    sheet = trace(forward, backward, **INPUTS)
    assert "loss = (yhat - y) ** 2" in sheet.source[sheet.cell("loss").line - 1]
    assert "d2 = 2 * (yhat - y)" in sheet.source[sheet.cell("d2").line - 1]


def test_what_is_returned_without_a_name_is_taken_as_result():
    def half(result):
        h = result / 2
        return h
    assert trace(lambda x: x * 3, half, x=2.0).evaluate(x=4.0)["h"] == 6


def test_what_is_returned_in_a_dict_is_taken_by_its_keys():
    def total(twice, n):
        t = twice * n
        return t
    assert trace(lambda x: {"twice": 2 * x, "n": 3}, total, x=2.0).evaluate(x=4.0)["t"] == 24


def test_plain_numbers_and_functions_are_handed_on_as_they_are():
    def prepare(x):
        n = len(x)
        square = lambda z: z * z  # noqa: E731  a function among the values
        first = x[0] * 1.5
        return n, square, first

    def use(n, square, first, scale=2):
        powers = [square(first) * k for k in range(n)]
        total = scale * np.sum(np.stack(powers))
        return total

    assert trace(prepare, use, x=[2.0, 1.0, 1.0]).evaluate()["total"] == 2 * (9 + 18)


def test_a_parameter_bound_again_to_the_same_numbers_is_one_name():
    def again(yhat):
        a = yhat
        yhat = a
        out = yhat + 1
        return out
    sheet = trace(forward, again, **INPUTS)
    assert sheet.position("a") == sheet.position("yhat") and sheet.evaluate()["out"] == sheet.evaluate()["yhat"] + 1


def test_counters_and_names_that_are_not_shown_may_be_used_by_each_function():
    def one(x):
        y = np.zeros_like(x)
        for i in range(2):
            _part = x[i] * 2
            y[i] = _part
        return y

    def two(y):
        z = np.zeros_like(y)
        for i in range(2):
            _part = y[i] + 1
            z[i] = _part
        return z

    assert trace(one, two, x=[1.0, 2.0]).evaluate()["z"].tolist() == [3, 5]


def test_a_function_may_make_constants_of_nothing_and_return_them():
    def table():
        rows = np.array([[1.0, 2.0], [3.0, 4.0]])
        return rows

    def other():
        columns = np.array([5.0, 6.0])
        return columns

    def use(rows, columns, x):
        y = rows @ columns * x
        return y

    sheet = trace(table, other, use, x=2.0)
    assert list(sheet.names) == ["x", "rows", "columns", "y"] and sheet.evaluate()["y"].tolist() == [34, 78]


def taking_the_unknown(a1, a2):
    c = a1 + a2
    return c


def making_anew(x):
    a1 = x + 1
    return a1


def changing_in_place(a1):
    a1 += 1
    return a1


def without_a_name(x):
    return x + 1


def failing(a1):
    b = a1 * 2
    c = b @ np.ones(3)
    return c


def branching(yhat):
    c = yhat if yhat > 0 else 0 * yhat
    return c


def chooses_elsewhere(yhat):
    c = yhat * (1 if type(yhat).__name__ == "float64" else 2)
    return c


@pytest.mark.parametrize("functions, sentence", [
    ([forward, taking_the_unknown],
     r"taking_the_unknown takes 'a2', which is no input and not made by forward: there are x, y, .*, a1, yhat, loss"),
    ([taking_the_unknown, forward], "taking_the_unknown needs the input 'a1': give it as a1=…"),
    ([backward, forward], "backward needs the input 'a1'"),
    ([forward, making_anew],
     "making_anew assigns to a1, which forward has made already: give the new value a name of its own"),
    ([forward, changing_in_place], "changing_in_place assigns to a1, which forward has made already"),
    ([forward, without_a_name, lambda y: y * 2],
     "<lambda> returns a number without a name, and so does without_a_name"),
    ([forward, failing],
     r"failing, line 3 \(`c = b @ np.ones\(3\)`\): ValueError: .* fail here already, with the inputs a1 \(2,\)$"),
    ([forward, branching], r"branching, line 2 \(`c = .*`\): the code branches on a value"),
    ([forward, chooses_elsewhere],
     r"chooses_elsewhere, line 2 \(`c = .*`\): c is .* for plain numbers, but .* when traced"),
    ([], "there is nothing to trace: give a function, or several in order"),
], ids=lambda value: "-".join(each.__name__ for each in value) if isinstance(value, list) else None)
def test_what_does_not_fit_together_is_refused_with_a_sentence(functions, sentence):
    with pytest.raises(TraceError, match=sentence):
        trace(*functions, **INPUTS if functions else {})


def test_an_input_that_no_function_takes_is_refused_with_what_they_take():
    with pytest.raises(TraceError,
                       match="forward, backward have no input 'z': they take x, y, W1, b1, W2, b2, a1, yhat"):
        trace(forward, backward, **INPUTS, z=3)
