"""The diagram's wires: each bears the weight that really multiplies its unit, however the code writes the product."""

import re

import numpy as np
import pytest

from byhand import explore

NUMBERS = dict(x=[1.0, 0.5], W1=[[0.1, 0.2], [0.3, 0.4]], b1=[0.01, 0.02], W2=[0.5, 0.6], y=1.0)
NETWORK = dict(layers=["x", "a", "out"], weights=["W1", "W2"], biases=["b1"], sums=["z"], target="y")


def to_from(x, W1, b1, W2, y):
    z = W1 @ x + b1
    a = np.tanh(z)
    out = W2 @ a
    loss = (out - y) ** 2
    dW2 = 2 * (out - y) * a
    return dW2


def from_to(x, W1, b1, W2, y):
    z = x @ W1 + b1
    a = np.tanh(z)
    out = a @ W2
    loss = (out - y) ** 2
    dW2 = 2 * (out - y) * a
    return dW2


def by_einsum(x, W1, b1, W2, y):
    z = np.einsum("i,ij->j", x, W1) + b1
    a = np.tanh(z)
    out = np.sum(W2 * a)
    return out


def softmax(x, W1, b1, W2, y):
    z = W1 @ x + b1
    a = np.exp(z) / np.sum(np.exp(z))
    out = W2 @ a
    return out


def drawn(function, **options):
    """All that an explorer shows, but for the picture for phones, which has it all again."""
    return explore(function, **options)._repr_mimebundle_()[0]["text/html"].partition('byhand-phone"')[0]


def wires(function, network=NETWORK, **changes):
    """The weight on each wire, in the order of drawing: for each unit, from each unit of the column before it."""
    return re.findall(r'data-value-of="([^"]*)"', drawn(function, network=network, **NUMBERS | changes))


TO_FROM = ["W1[0, 0]", "W1[0, 1]", "W1[1, 0]", "W1[1, 1]", "W2[0]", "W2[1]"]
FROM_TO = ["W1[0, 0]", "W1[1, 0]", "W1[0, 1]", "W1[1, 1]", "W2[0]", "W2[1]"]


@pytest.mark.parametrize("function, expected",
                         [(to_from, TO_FROM), (from_to, FROM_TO), (by_einsum, FROM_TO), (softmax, TO_FROM)])
def test_a_wire_bears_the_weight_that_multiplies_its_unit(function, expected):
    assert wires(function) == expected
    if function is not softmax:
        assert wires(function, NETWORK | {"sums": []}) == expected  # found without the names of the sums too


def test_a_gradient_stands_at_its_own_weights_wire():
    html = drawn(from_to, network=NETWORK, **NUMBERS)
    assert html.index('<tspan data-cell="dW2[0]"') < html.index('<tspan data-cell="dW2[1]"')


def test_one_row_of_a_batch_and_a_shared_bias_are_drawn():
    def batch(x, W1, b1, W2, y):
        z = x @ W1 + b1
        a = np.tanh(z)
        out = a @ W2
        return out

    html = drawn(batch, network=NETWORK, **NUMBERS | {"x": [[1.0, 0.5]], "b1": 0.1})
    assert re.findall(r'data-value-of="([^"]*)"', html) == FROM_TO
    assert len(re.findall(r"byhand-biases", html)) == 2


def crossed(x, W1, b1, W2, y):
    z = W1 @ x + b1
    a = np.tanh(z)[::-1]
    out = W2 @ a
    return out


def elsewhere(x, W1, b1, W2, y):
    z = (W1 * 2) @ x + b1
    a = np.tanh(z)
    out = W2 @ a
    return out


def biases_crossed(x, W1, b1, W2, y):
    z = W1 @ x + b1[::-1]
    a = np.tanh(z)
    out = W2 @ a
    return out


@pytest.mark.parametrize("function, network, changes, words", [
    (softmax, NETWORK | {"sums": []}, {}, "over 2 numbers of W1.*name the sums"),
    (elsewhere, NETWORK, {}, r"no number of W1 multiplies x\[0\] in z\[0\]"),
    (crossed, NETWORK, {}, r"sums: z\[0\] stands at a\[0\], which is not made from it"),
    (biases_crossed, NETWORK, {}, r"biases: b1\[0\] stands at z\[0\]"),
    (from_to, NETWORK, {"x": [[1.0, 0.5], [0.2, 0.3]]}, "4 × 4 wires: a diagram shows one example"),
    (from_to, NETWORK | {"errors": ["b1", "b1"]}, {}, "errors: b1 holds 2 numbers, but out has 1 units"),
])
def test_a_network_whose_wires_cannot_be_told_is_refused_with_a_sentence(function, network, changes, words):
    with pytest.raises(ValueError, match=words):
        wires(function, network, **changes)


def in_columns(x, W1, b1, W2, y):
    z = W1 @ x + b1
    a = np.tanh(z)
    out = W2 @ a
    return out


@pytest.mark.parametrize("function, changes, expected", [
    (from_to, {"x": [[1.0, 0.5], [0.2, 0.3], [0.1, 0.7]], "W2": [[0.5], [0.6]], "y": [[1.0], [0.0], [0.5]]},
     ["W1[0, 0]", "W1[1, 0]", "W1[0, 1]", "W1[1, 1]", "W2[0, 0]", "W2[1, 0]"]),
    (in_columns, {"x": [[1.0, 0.5, 0.2], [0.2, 0.3, 0.1]], "b1": [[0.1], [0.2]], "W2": [[0.5, 0.6]],
                  "y": [[1.0, 0.0, 0.5]]},
     ["W1[0, 0]", "W1[0, 1]", "W1[1, 0]", "W1[1, 1]", "W2[0, 0]", "W2[0, 1]"])])
def test_of_a_batch_the_diagram_shows_one_example(function, changes, expected):
    html = drawn(function, network=NETWORK | {"row": 1}, **NUMBERS | changes)
    assert re.findall(r'data-value-of="([^"]*)"', html) == expected
    shown = "out[1, 0]" if function is from_to else "out[0, 1]"
    assert f'data-cell="{shown}"' in html
    with pytest.raises(ValueError, match="row = 7 is no example"):
        drawn(function, network=NETWORK | {"row": 7}, **NUMBERS | changes)
