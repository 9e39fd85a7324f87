"""The numpy of the practice page: the walkthrough and one step, line by line, and mistakes that are known in them."""

import numpy as np

import example
from bugs import BUGS, Bug
from byhand import between, explore
from example import network, sigmoid, symbols

RATE = 0.5  # η of the one step


def pencil(x, y, W1, b1, W2, b2):
    """One forward pass (20.2), one backward pass (20.3) and one step downhill, a line for each number to be found."""
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    yhat = sigmoid(z2)
    loss = -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))
    d2 = yhat - y
    dW2 = d2 * a1
    db2 = d2
    back1 = W2 * d2
    slope1 = a1 * (1 - a1)
    d1 = back1 * slope1
    dW1 = np.outer(d1, x)
    db1 = d1
    new_b2 = b2 - RATE * db2
    new_W2 = W2 - RATE * dW2
    new_b1 = b1 - RATE * db1
    new_W1 = W1 - RATE * dW1
    return new_W1, new_b1, new_W2, new_b2


FORWARD, OUTPUT, HIDDEN = (
    ["z1", "a1", "z2", "yhat", "loss"], ["d2", "dW2", "db2"],
    ["back1", "slope1", "d1", "dW1", "db1", "new_b2", "new_W2", "new_b1", "new_W1"])

# Where 20.4 has the hidden error as one line, the pencil has three.
_IN_THREE_LINES = {
    "already updated W2 used for the hidden δ": ("back1 = W2 * d2", f"back1 = (W2 - {RATE} * dW2) * d2"),
    "σ′ applied to a (double sigmoid)": ("slope1 = a1 * (1 - a1)", "slope1 = sigmoid(a1) * (1 - sigmoid(a1))"),
    "hidden σ′ forgotten": ("d1 = back1 * slope1", "d1 = back1"),
    "σ′ = 1 − a": ("slope1 = a1 * (1 - a1)", "slope1 = 1 - a1"),
    "hidden deltas swapped": ("d1 = back1 * slope1", "d1 = (back1 * slope1)[::-1]"),
}
THIRTEEN = [Bug(bug.name, *_IN_THREE_LINES.get(bug.name, (bug.right, bug.wrong)), bug.clue) for bug in BUGS]

_LOSS = "loss = -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))"
FORWARD_MISTAKES = [
    Bug("row for column", "z1 = W1 @ x + b1", "z1 = W1.T @ x + b1",
        "Row 1 of W⁽¹⁾ leads to unit 1: each sum takes a row."),
    Bug("bias forgotten in the hidden layer", "z1 = W1 @ x + b1", "z1 = W1 @ x", "Both sums are off by their biases."),
    Bug("hidden σ forgotten", "a1 = sigmoid(z1)", "a1 = z1", "An activation lies between 0 and 1."),
    Bug("sign of the exponent, hidden layer", "a1 = sigmoid(z1)", "a1 = sigmoid(-z1)",
        "A sum above 0 gives an activation above a half."),
    Bug("z for a", "z2 = W2 @ a1 + b2", "z2 = W2 @ z1 + b2", "The output unit hears the activations, not the sums."),
    Bug("bias forgotten at the output", "z2 = W2 @ a1 + b2", "z2 = W2 @ a1", "The sum is off by the bias."),
    Bug("output σ forgotten", "yhat = sigmoid(z2)", "yhat = z2", "A prediction lies between 0 and 1."),
    Bug("sign of the exponent, output", "yhat = sigmoid(z2)", "yhat = sigmoid(-z2)",
        "A sum above 0 gives a prediction above a half."),
    Bug("log to base 10", _LOSS, "loss = -(y * np.log10(yhat) + (1 - y) * np.log10(1 - yhat))",
        "The loss is too small by the factor 2.3026: ln is the natural logarithm."),
    Bug("the other term of the loss", _LOSS, "loss = -(y * np.log(1 - yhat) + (1 - y) * np.log(yhat))",
        "For y = 1 the loss is −ln ŷ, for y = 0 it is −ln(1 − ŷ)."),
    Bug("squared error for the loss", _LOSS, "loss = 0.5 * (yhat - y) ** 2", "This loss has no logarithm; ours has."),
]
DRAWS = {"y": [0.0, 1.0]}
mistakes = THIRTEEN + FORWARD_MISTAKES
_SECTIONS = [("20.2 Forward pass", "forward.html"), ("20.3 Backward pass", "backward.html"),
             ("20.3 Backward pass", "backward.html")]


def live_practice(seed=1):
    """The explorer of the practice page, and its problems."""
    book = {name: getattr(example, name) for name in ("x", "y", "W1", "b1", "W2", "b2")}
    drawn = {role: names for role, names in network.items() if role not in ("slopes", "back")}
    net = explore(pencil, owner="the problem", inside=False, network=drawn, domains={"y": between(0, 1)},
                  symbols=symbols | {name: _next(name) for name in ("new_W1", "new_b1", "new_W2", "new_b2")},
                  **book)
    return net, net.practice(
        ask=[FORWARD, OUTPUT, HIDDEN], mistakes=mistakes, seeds=seed, draws=DRAWS, hidden=len(THIRTEEN),
        stages=["everything", "the whole backward pass", "the hidden errors and what follows"], read=_SECTIONS,
        known=("The book’s numbers", book))


def _next(name):
    return f"new {name[4:]}"
