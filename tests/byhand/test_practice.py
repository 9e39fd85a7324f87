"""Practice for any traced function: levels, marks, and what cannot be asked."""

import numpy as np
import pytest

from byhand import Mistake, explore
from byhand.practice.seed import TENTHS, generator


def forward(x, w, b):
    z = w * x + b
    a = np.tanh(z)
    return a


def backward(a, x, t):
    loss = (a - t) ** 2
    d = 2 * (a - t) * (1 - a ** 2)
    dw = d * x
    return dw, loss


MISTAKES = [Mistake("bias forgotten", "z = w * x + b", "z = w * x", "It is off by b."),
            Mistake("slope forgotten", "d = 2 * (a - t) * (1 - a ** 2)", "d = 2 * (a - t)", "Tanh has a slope.")]


@pytest.fixture
def net():
    net = explore(forward, backward, x=[0.5, -0.3], w=[0.4, 0.2], b=0.1, t=[0.5, -0.5])
    net.practice(ask=[["z", "a", "loss"], ["d", "dw"]], mistakes=MISTAKES)
    return net


def rounded(net, name):
    return {f"{name}[{i}]": float(value) for i, value in enumerate(np.round(net[name], 4))}


def test_the_marks_of_answers_reach_python(net):
    assert {mark.mark for mark in net.marks.values()} == {"empty"}
    net.answers = rounded(net, "z") | {"a[0]": 0.9} | rounded(net, "d")
    marks = net.marks
    assert marks["z[0]"].mark == marks["z[1]"].mark == marks["d[0]"].mark == "right"
    assert marks["a[0]"].mark == "unknown" and marks["a[1]"].mark == "empty"


def test_a_slip_is_carried_over_functions_and_a_mistake_is_named_on_top_of_it(net):
    a = 0.7
    net.answers = {"a[0]": a, "d[0]": round(2 * (a - 0.5), 4), "dw[0]": round(2 * (a - 0.5) * 0.5, 4)}
    marks = net.marks
    assert (marks["d[0]"].mark, marks["d[0]"].mistake) == ("mistake-carried", "slope forgotten")
    assert marks["d[0]"].since == ("a[0]",)
    assert marks["dw[0]"].mark == "carried" and set(marks["dw[0]"].since) == {"a[0]", "d[0]"}


def test_a_mistake_may_use_what_an_earlier_function_has_made(net):
    z_for_a = Mistake("z for a", "d = 2 * (a - t) * (1 - a ** 2)", "d = 2 * (z - t) * (1 - a ** 2)", "a is off.")
    net.practice(ask=[["z", "a"], ["d"]], mistakes=[z_for_a])
    wrong = 2 * (net["z"] - net["t"]) * (1 - net["a"] ** 2)
    net.answers = {"d[0]": round(float(wrong[0]), 4)}
    assert net.marks["d[0]"].mistake == "z for a"


def test_an_input_that_is_not_drawn_stays_and_leaves_the_others_as_they_were(net):
    drawn, mistake = net.pen.exercise.problem(7)
    net.practice(ask=["z"], draws={"t": None})
    kept, _ = net.pen.exercise.problem(7)
    assert kept["t"].tolist() == [0.5, -0.5]
    assert all(np.array_equal(kept[name], drawn[name]) for name in ("x", "w", "b"))


def test_levels_ask_the_last_number_the_last_line_and_then_group_after_group(net):
    asked = [len(stage) for stage in net.pen.exercise.stages()]
    assert asked == [1, 2, 4, 10]


def test_another_problem_is_drawn_from_tenths_and_tells_the_mistakes_apart(net):
    inputs, mistake = net.pen.exercise.problem(7)
    assert {float(number) for array in inputs.values() for number in np.ravel(array)} <= set(TENTHS)
    assert mistake in (1, 2)
    assert net.pen.exercise.is_clear(inputs)


def test_the_generator_gives_the_numbers_that_mulberry32_is_known_for():
    numbers = generator(0)
    assert [next(numbers) for _ in range(3)] == [1144304738, 1416247, 958946056]


@pytest.mark.parametrize("line, sentence", [
    (("z = w + x", "z = w"), "is not a line of backward"),
    (("return dw, loss", "return dw"), "assigns to one name"),
])
def test_a_mistake_that_no_answer_could_tell_of_is_refused_in_a_sentence(line, sentence):
    net = explore(forward, backward, x=[0.5, -0.3], w=[0.4, 0.2], b=0.1, t=[0.5, -0.5])
    with pytest.raises(ValueError, match=sentence):
        net.practice(ask=["z", "a"], mistakes=[Mistake("?", *line, "?")])
