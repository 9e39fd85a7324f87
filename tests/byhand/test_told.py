"""What a sheet tells beside its numbers: new values of inputs, what is not shown, whom a refusal blames."""

import numpy as np
import pytest

from byhand import TraceError, explore, trace
from guards import asserting, guarded


def helping(x):
    def helper(z):
        return z if z > 0 else 0  # noqa: FURB136  a branch
    y = helper(x)
    return y


def adding_half(x):
    x[0] += 0.5
    return x


def test_an_input_that_changes_stays_and_its_new_value_has_a_name():
    def walk(w, x, y, rate=0.1):
        for _ in range(2):
            error = w @ x - y
            w -= rate * error * x
        x = x.reshape(-1, 1) * 2
        return w, x

    sheet = trace(walk, w=[0.5, -1.0], x=[1.0, 2.0], y=1.0)
    assert list(sheet.names) == ["w", "x", "y", "error⟨0⟩", "w′", "error", "w″", "x′"]
    w, x = np.array([0.3, 0.7]), np.array([2.0, -1.0])
    expected = walk(w.copy(), x.copy(), 0.5)
    values = sheet.evaluate(w=w, x=x, y=0.5)
    np.testing.assert_allclose(values["w″"], expected[0], rtol=1e-14)
    np.testing.assert_allclose(values["x′"], expected[1], rtol=1e-14)
    assert values["w"].tolist() == w.tolist()


def test_what_is_not_shown_or_differs_from_numpy_is_told_in_a_sentence():
    assert "taken as floats" in trace(adding_half, x=[1, 2]).unshown[0] and not trace(adding_half, x=[1.0, 2.0]).unshown

    def looped(x, n):
        total = 0
        for k in range(n):
            total += x ** k
        return total

    sheet = trace(looped, x=2.0, n=3)
    assert sheet.evaluate()["total"] == 7 and list(sheet.inputs) == ["x"] and "n stays 3" in sheet.unshown[0]

    def helper(z):
        y = z * 2
        return y + 1

    sheet = trace(lambda x: {"total": sum(helper(x + k) for k in range(60))}, x=1.0)
    assert "helper is called 60 times" in sheet.unshown[0]


@pytest.mark.parametrize("function, inputs, words", [
    (asserting, {"x": [1.0]}, ["AssertionError; it passes for float32"]),
    (lambda layers: layers[0] @ layers[1], {"layers": [np.ones((30, 30)), np.ones((30, 4))]},
     ["(30, 30), (30, 4)", "an input of its own"]),
    (lambda x: x["a"], {"x": {"a": 1.0}}, ["each of its items as an input of its own"]),
    (helping, {"x": 1.0}, ["helping, line 4", "in helper, line 2", "branches on a value"]),
    (lambda x: np.sort(x), {"x": [2.0, 1.0]}, ["np.sort cannot be traced"]),
    (lambda x: x.argsort(), {"x": [2.0, 1.0]}, ["argsort puts numbers in places by their values"]),
])
def test_a_message_blames_what_is_to_blame_and_is_short(function, inputs, words):
    with pytest.raises(TraceError) as caught:
        trace(function, **inputs)
    message = str(caught.value)
    assert all(word in message for word in words) and len(message) < 450, message


def test_an_assert_and_a_guard_that_raises_are_no_branches():
    assert trace(guarded, p=[1.0, 4.0]).evaluate(p=[9.0, 16.0])["y"].tolist() == [3, 4]


def test_of_a_long_loop_the_first_passes_are_drawn_and_how_to_see_others():
    def descent(w, x):
        for _ in range(12):
            slope = 2 * w * x
            w = w - 0.1 * slope
        return w

    net = explore(descent, w=1.0, x=0.5)
    html = net._repr_mimebundle_()[0]["text/html"]
    assert [name for name in net._sheet.names if f'data-step="{name}"' in html] == [
        "slope⟨0⟩", "w⟨1⟩", "slope⟨1⟩", "w⟨2⟩", "slope⟨2⟩", "w⟨3⟩", "slope", "w⟨12⟩"]
    assert html.count("values before its last") == 2 and "slope⟨3⟩" in html
    assert 'data-step="slope⟨7⟩"' in net.steps("slope⟨7⟩").html
