"""The backward picture: a gradient is the product along its path, arrows grow with errors, nothing overlaps."""

import math
import re
from itertools import combinations

import numpy as np
import pytest

from byhand import explore, with_line
from byhand.views.backward import Picture, backward, sign, size
from byhand.views.backward_layout import Lying, Standing

ROLES = dict(layers=["x", "a1", "a2"], weights=["W1", "W2"], biases=["b1", "b2"], sums=["z1", "z2"],
             slopes=["slope1", "slope2"], back=["back1"], errors=["d1", "d2"], loss="loss", target="y")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def one_output(x, y, W1, b1, W2, b2):
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    a2 = sigmoid(z2)
    loss = -(y * np.log(a2) + (1 - y) * np.log(1 - a2))
    d2 = a2 - y
    slope2 = a2 * (1 - a2)
    dW2 = d2 * a1
    db2 = d2
    back1 = W2 * d2
    slope1 = a1 * (1 - a1)
    d1 = back1 * slope1
    dW1 = np.outer(d1, x)
    db1 = d1
    return dW1


def two_outputs(x, y, W1, b1, W2, b2):
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    a2 = sigmoid(z2)
    loss = np.sum((a2 - y) ** 2) / 2
    slope2 = a2 * (1 - a2)
    d2 = (a2 - y) * slope2
    dW2 = np.outer(d2, a1)
    db2 = d2
    back1 = W2.T @ d2
    slope1 = a1 * (1 - a1)
    d1 = back1 * slope1
    dW1 = np.outer(d1, x)
    db1 = d1
    return dW1


def numbers(hidden, outputs, seed=3):
    random, many = np.random.default_rng(seed), (outputs,) if outputs > 1 else ()
    return dict(x=[1.0, 0.0], y=np.full(many, 0.7), W1=random.normal(size=(hidden, 2)), b1=random.normal(size=hidden),
                W2=random.normal(size=(*many, hidden)), b2=random.normal(size=many))


# A mistake that no gradient shows while the second input is 0.
no_second_input = with_line(one_output, "dW1 = np.outer(d1, x)", "dW1 = np.outer(d1, np.array([1.0, 0.0]) * x)")

NETWORKS = [(one_output, 2, 1), (one_output, 3, 1), (two_outputs, 2, 2), (two_outputs, 3, 2)]


def picture(function, hidden, outputs):
    return Picture(explore(function, network=ROLES, **numbers(hidden, outputs))._pen, ROLES)


@pytest.mark.parametrize("function, hidden, outputs", NETWORKS)
def test_each_gradient_is_the_sum_of_the_products_along_its_paths(function, hidden, outputs):
    drawn = picture(function, hidden, outputs)
    assert len(drawn.paths.terms) == hidden * 2 + hidden + outputs * hidden + outputs
    for gradient, terms in drawn.paths.terms.items():
        products = [math.prod(drawn.pen.value(name) for name, _ in term) for term in terms]
        assert sum(products) == pytest.approx(drawn.pen.value(gradient), rel=1e-12)
    assert len(drawn.paths.terms["dW1[0, 0]"]) == outputs  # one path over each output
    assert [name for name, _ in drawn.paths.terms["dW1[1, 0]"][0]][1:] == [
        "W2[1]" if outputs == 1 else "W2[0, 1]", "slope1[1]", "x[0]"]


def test_a_path_passes_the_loss_and_one_wire_in_each_layer_and_no_other():
    paths = picture(one_output, 2, 1).paths
    wires = {part for part in paths.parts["dW1[0, 1]"] if part[0] == "wire"}
    assert wires == {("wire", 2, 0, 0), ("wire", 1, 0, 1)} and ("end",) in paths.parts["dW1[0, 1]"]
    assert "dW1[0,1]" not in paths.through(("unit", 1, 1)).split()


def test_a_gradient_that_is_not_its_product_is_refused_even_where_it_looks_right():
    with pytest.raises(ValueError, match=r"dW1\[0, 1\] is not d2 · W2\[0\] · slope1\[0\] · x\[1\]"):
        picture(no_second_input, 2, 1)


def test_an_arrow_grows_with_its_error_and_never_beyond_its_bound(js):
    errors = [0.0, 5e-324, 1e-12, 0.001, 0.0440, 0.3527, 1.0, 40.0, 1e300, math.inf]
    sizes = [size(error) for error in errors]
    assert sizes[0] == 0 and sizes[-1] == 1 and sizes == sorted(sizes) and len(set(sizes[2:8])) == 6
    for error in [*errors, *(-error for error in errors), math.nan]:
        text = "NaN" if math.isnan(error) else error if math.isfinite(error) else f"{error}".replace("inf", "Infinity")
        assert js("(m, x) => m.flowSign(Number(x))", text) == sign(error)
        if not math.isnan(error):
            assert js("(m, x) => m.flowSize(Number(x))", text) == pytest.approx(size(error), abs=1e-15)


def test_a_picture_without_numbers_says_so_and_draws_no_arrow():
    too_large = dict(x=[1e308, 1e308], W1=[[10.0, -10.0], [10.0, -10.0]])
    html = backward(explore(one_output, network=ROLES, **numbers(2, 1))._pen.at(too_large))
    assert set(re.findall(r'class="byhand-flow"[^>]*data-sign="(\w+)"', html)) == {"none"}
    assert "not a number" in html and not re.search(r'[" ](nan|-?inf)', html)


@pytest.mark.parametrize("layout", [Lying, Standing])
@pytest.mark.parametrize("sizes", [[2, 2, 1], [2, 2, 2], [2, 3, 1]])
def test_no_weight_covers_another_or_a_unit_and_all_are_in_the_picture(layout, sizes):
    place = layout(sizes)
    width, height = place.size()
    boxes = [(*place.unit(column, row), 2 * place.radius_of(column), 2 * place.radius_of(column))
             for column, count in enumerate(sizes) for row in range(count)]
    boxes += [(*place.wire(column, row, source)[2], *place.chip) for column in range(1, len(sizes))
              for row in range(sizes[column]) for source in range(sizes[column - 1])]
    boxes += [(x + place.bias[0], y + place.bias[1], *place.bias_chip) for column in range(1, len(sizes))
              for row in range(sizes[column]) for x, y in [place.unit(column, row)]]
    for (x1, y1, w1, h1), (x2, y2, w2, h2) in combinations([*boxes, (*place.loss(), *place.loss_box)], 2):
        assert abs(x1 - x2) >= (w1 + w2) / 2 or abs(y1 - y2) >= (h1 + h2) / 2, (x1, y1, x2, y2)
    for x, y, w, h in boxes:
        assert w / 2 <= x <= width - w / 2 and h / 2 <= y <= height - h / 2
