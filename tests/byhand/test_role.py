"""Roles: what a number is to its network is told from the network and the derivatives, or given."""

import numpy as np
import pytest

from byhand import trace
from byhand.views.fields import inputs
from byhand.views.pen import Pen
from byhand.views.say import say
from byhand.views.steps import steps
from byhand.views.table import table

NETWORK = {"layers": ["x", "h"], "weights": ["w"], "biases": ["b"], "sums": ["z"], "errors": ["e"], "loss": "loss",
           "target": "t"}


def unit(x, w, b, t):
    z = w @ x + b
    h = np.tanh(z)
    loss = (h - t) ** 2 / 2
    slope = 1 - h ** 2
    e = (h - t) * slope
    dw = e * x
    db = e
    numeric_dw = dw + 0.0
    return loss, slope, dw, db, numeric_dw


def pen(**options):
    return Pen(trace(unit, x=[1.0, 2.0], w=[0.5, -0.5], b=0.1, t=1.0), **options)


@pytest.mark.parametrize(("name", "role"), [
    ("x[0]", "input"), ("t", "input"), ("w[1]", "weight"), ("b", "weight"), ("z", "activation"), ("h", "activation"),
    ("slope", None), ("e", "error"), ("dw[0]", "gradient"), ("db", "gradient"), ("numeric_dw[1]", "gradient"),
    ("loss", "loss")])
def test_a_role_is_told_from_the_network_and_the_derivatives(name, role):
    assert pen(network=NETWORK).role(name) == role


def test_without_a_network_what_has_a_derivative_is_a_weight_and_nothing_else_is_guessed():
    assert [pen().role(name) for name in ("w", "b", "dw", "loss", "x", "h", "e")] == [
        "weight", "weight", "gradient", "loss", None, None, None]


def test_a_given_role_comes_first_and_must_be_one_of_the_six():
    given = pen(network=NETWORK, roles={"slope": "activation", "dw": None})
    assert [given.role(name) for name in ("slope", "dw[0]", "numeric_dw")] == ["activation", None, "gradient"]
    with pytest.raises(ValueError, match="slope cannot have the role 'pitch': there are input, weight"):
        pen(roles={"slope": "pitch"})


def test_a_number_says_its_role_wherever_it_is_drawn():
    drawn = pen(network=NETWORK)
    assert 'data-cell="loss" data-role="loss"' in say(drawn, "loss")
    assert inputs(drawn)[1]["rows"][0][0]["role"] == "weight"
    assert '<mn data-cell="x[0]" data-role="input">' in steps(drawn, "z")
    assert '<th scope="col" data-role="gradient">by hand</th>' in table(drawn, **{"by hand": ["dw"]})
