"""A mistake: a function with one line changed, which otherwise is the function."""

import inspect
import traceback

import numpy as np
import pytest

from byhand import Mistake, TraceError, trace, with_line

FACTOR = 2.0


def slope(x, w, *, scale=1.0):
    z = x * w          # a number
    d = 2 * z
    if scale:
        d = FACTOR * d
    return d


def test_only_that_line_is_another():
    wrong = with_line(slope, "d = 2 * z", "d = 3 * z")
    assert (slope(1.0, 2.0), wrong(1.0, 2.0)) == (8, 12)
    assert inspect.getsource(wrong) == inspect.getsource(slope).replace("d = 2 * z", "d = 3 * z")


def test_a_line_may_have_a_comment_which_stays():
    assert "    z = x + w          # a number\n" in inspect.getsource(with_line(slope, "z = x * w", "z = x + w"))


def test_globals_are_the_functions_own(monkeypatch):
    wrong = with_line(slope, "d = 2 * z", "d = 0.5 * z")
    monkeypatch.setitem(globals(), "FACTOR", 10.0)
    assert wrong(1.0, 2.0) == 10 and slope.__globals__["slope"] is slope


def test_closures_and_defaults_are_the_functions_own():
    def outer(rate):
        offset = 100

        def step(w, d=5, *, sign=-1):
            moved = w + sign * rate * d
            return moved + offset
        return step

    step = outer(0.5)
    assert with_line(step, "return moved + offset", "return moved")(1.0) == -1.5
    assert with_line(step, "moved = w + sign * rate * d", "moved = w")(1.0) == 101


def test_a_line_that_the_function_has_not_exactly_once_is_refused():
    def twice(x):
        y = x
        y = x
        return y

    with pytest.raises(ValueError, match="'d = 4' is not a line of slope: it must be exactly one"):
        with_line(slope, "d = 4", "d = 5")
    with pytest.raises(ValueError, match="'d = 2' is not a line of slope"):  # a line's beginning is none
        with_line(slope, "d = 2", "d = 3")
    with pytest.raises(ValueError, match="'y = x' is 2 lines of twice"):
        with_line(twice, "y = x", "y = 2 * x")


def test_a_wrong_line_that_is_not_python_is_refused():
    with pytest.raises(ValueError, match=r"'d = 2 \*' is not Python here: invalid syntax"):
        with_line(slope, "d = 2 * z", "d = 2 *")
    with pytest.raises(ValueError, match="'return = 3' is not Python here"):
        with_line(slope, "d = 2 * z", "return = 3")
    with pytest.raises(ValueError, match="is not Python here: "):
        with_line(slope, "return d", "e = d\nreturn e")
    [twice] = [lambda x: 2 * x]
    with pytest.raises(ValueError, match="a function is written with def"):
        with_line(twice, "[twice] = [lambda x: 2 * x]", "[twice] = [lambda x: 3 * x]")


def test_what_has_no_lines_of_its_own_is_refused():
    made = {}
    exec("def made(x):\n    return x", made)
    with pytest.raises(ValueError, match="the lines of made are not to be had"):
        with_line(made["made"], "return x", "return 2 * x")


def test_a_mistake_in_a_mistake():
    once = with_line(slope, "d = 2 * z", "d = 3 * z")
    assert with_line(once, "d = 3 * z", "d = 5 * z")(1.0, 1.0) == 10


def test_a_mistake_is_traced_and_errors_show_its_line():
    def walk(x):
        y = np.exp(x)
        return y

    wrong = Mistake("square", "y = np.exp(x)", "y = x ** 2", "It is no exponential.").of(walk)
    sheet = trace(wrong, x=3.0)
    assert sheet.evaluate()["y"] == 9 and sheet.source[sheet.cell("y").line - 1].strip() == "y = x ** 2"
    with pytest.raises(TraceError, match=r"walk, line 2 \(`y = np.linalg.eigvals\(x\)`\)"):
        trace(with_line(walk, "y = np.exp(x)", "y = np.linalg.eigvals(x)"), x=np.eye(2))
    try:
        with_line(walk, "y = np.exp(x)", "y = x / 0")(1)
    except ZeroDivisionError as error:
        assert "y = x / 0" in "".join(traceback.format_exception(error))
