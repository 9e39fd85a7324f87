"""The numpy of the drills: small functions whose lines a reader works out in a minute."""

import numpy as np

import example
from byhand import Mistake, between, explore
from example import sigmoid

_NETWORK = ("x", "y", "W1", "b1", "W2", "b2")


def signs(x, y, W1, b1, W2, b2):
    """Which way a step downhill moves each of the nine: 1 up, −1 down, 0 not at all."""
    a1 = sigmoid(W1 @ x + b1)
    d2 = sigmoid(W2 @ a1 + b2) - y
    d1 = W2 * d2 * a1 * (1 - a1)
    up_b2 = -np.sign(d2)
    up_W2 = -np.sign(d2 * a1)
    up_b1 = -np.sign(d1)
    up_W1 = -np.sign(np.outer(d1, x))
    return up_W1, up_b1, up_W2, up_b2


def slopes(a):
    """The slope of the sigmoid, from what it gave."""
    s = a * (1 - a)
    return s


def quotient(q, t):
    """A central difference for the output's bias, ε = 0.1; q is the output's sum, t the target."""
    p_up = sigmoid(q + 0.1)
    p_down = sigmoid(q - 0.1)
    L_up = -(t * np.log(p_up) + (1 - t) * np.log(1 - p_up))
    L_down = -(t * np.log(p_down) + (1 - t) * np.log(1 - p_down))
    numeric = (L_up - L_down) / 0.2
    exact = sigmoid(q) - t
    return numeric, exact


def one_step(u, v, t):
    """One weight u, its input v: a step of η = 0.5, and the loss after it."""
    p = sigmoid(u * v)
    g = (p - t) * v
    next_u = u - 0.5 * g
    next_p = sigmoid(next_u * v)
    next_loss = -(t * np.log(next_p) + (1 - t) * np.log(1 - next_p))
    return next_loss


def order(first):
    """The places of five lines of the backward pass that stand in a jumble."""
    place = first + np.array([3.0, 0.0, 4.0, 2.0, 1.0])
    return place


_UPHILL = "Downhill is against the gradient."
_ONE_OR_ZERO = [0.0, 1.0]
_DRILLS = {
    signs: dict(
        ask=["up_b2", "up_W2", "up_b1", "up_W1"],
        draws={"y": _ONE_OR_ZERO, "x": [-1.0, -0.5, 0.0, 0.5, 1.0]},
        mistakes=[Mistake("uphill, b⁽²⁾", "up_b2 = -np.sign(d2)", "up_b2 = np.sign(d2)", _UPHILL),
                  Mistake("uphill, W⁽²⁾", "up_W2 = -np.sign(d2 * a1)", "up_W2 = np.sign(d2 * a1)", _UPHILL),
                  Mistake("uphill, b⁽¹⁾", "up_b1 = -np.sign(d1)", "up_b1 = np.sign(d1)", _UPHILL),
                  Mistake("uphill, W⁽¹⁾", "up_W1 = -np.sign(np.outer(d1, x))", "up_W1 = np.sign(np.outer(d1, x))",
                          _UPHILL)]),
    slopes: dict(
        ask=["s"], draws={"a": [k / 10 for k in range(1, 10)]},
        mistakes=[Mistake("σ′ = 1 − a", "s = a * (1 - a)", "s = 1 - a", "The factor a is missing."),
                  Mistake("a²", "s = a * (1 - a)", "s = a * a", "The second factor is 1 − a."),
                  Mistake("σ′ applied to a", "s = a * (1 - a)", "s = sigmoid(a) * (1 - sigmoid(a))",
                          "a is the sigmoid's value already.")]),
    order: dict(ask=["place"], draws={"first": [1.0]}),
    quotient: dict(
        ask=["p_up", "p_down", "L_up", "L_down", "numeric", "exact"],
        draws={"t": _ONE_OR_ZERO},
        mistakes=[Mistake("divided by ε", "numeric = (L_up - L_down) / 0.2", "numeric = (L_up - L_down) / 0.1",
                          "The two points lie 2ε apart."),
                  Mistake("not divided", "numeric = (L_up - L_down) / 0.2", "numeric = L_up - L_down",
                          "A slope is a difference over a distance.")]),
    one_step: dict(
        ask=["p", "g", "next_u", "next_p", "next_loss"], draws={"t": _ONE_OR_ZERO},
        mistakes=[Mistake("uphill", "next_u = u - 0.5 * g", "next_u = u + 0.5 * g", _UPHILL),
                  Mistake("η forgotten", "next_u = u - 0.5 * g", "next_u = u - g", "A step is η times the gradient."),
                  Mistake("input forgotten", "g = (p - t) * v", "g = p - t", "A gradient is error times input.")]),
}
_STARTS = {
    signs: {name: getattr(example, name) for name in _NETWORK}, slopes: dict(a=[0.1, 0.2, 0.5, 0.9]),
    quotient: dict(q=0.6, t=1.0), one_step: dict(u=0.5, v=0.5, t=1.0), order: dict(first=1.0)}

_WORDS = {name: name.replace("_", " ") for name in ("up_b2", "up_W2", "up_b1", "up_W1", "next_u", "next_p", "place")}


def drill(function, seed=1):
    """The problem of a drill."""
    numbers = _STARTS[function]
    domains = {name: between(0, 1) for name in ("y", "t") if name in numbers}
    net = explore(function, owner="the problem", inside=False, domains=domains, symbols=_WORDS, **numbers)
    return net.practice(seeds=seed, drill=True, **_DRILLS[function])
