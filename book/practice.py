"""The practice page: the walkthrough and one step, what is asked of them, and the mistakes that are known in them."""

from bugs import BUGS, RATE, Bug
from byhand import Variant, above, between, explore
from descent import step
from example import BOOK, backward, forward, network, symbols

_LOSS, _SQUARED_LOSS = "loss = -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))", "loss = 0.5 * (yhat - y) ** 2"
_ERROR, _SQUARED_ERROR = "d2 = yhat - y", "d2 = (yhat - y) * yhat * (1 - yhat)"
# 20.2, 20.3, and one step downhill; with squared error two lines are others.
LOSSES = Variant("squared", ["cross-entropy", "squared error, ½ (ŷ − y)²"], [forward, backward, step],
                 {_LOSS: _SQUARED_LOSS, _ERROR: _SQUARED_ERROR})
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
    Bug("squared error for the loss", _LOSS, _SQUARED_LOSS, "This loss has no logarithm; ours has."),
]
SQUARED_MISTAKES = [
    Bug("output σ′ forgotten", _SQUARED_ERROR, _ERROR,
        "Only with cross-entropy the slope ŷ(1 − ŷ) cancels: with squared error it stays."),
    Bug("output σ′ = 1 − ŷ", _SQUARED_ERROR, "d2 = (yhat - y) * (1 - yhat)", "The factor ŷ is missing."),
    Bug("σ′ applied to ŷ", _SQUARED_ERROR, "d2 = (yhat - y) * sigmoid(yhat) * (1 - sigmoid(yhat))",
        "ŷ is the sigmoid’s value already."),
    Bug("target minus prediction", _SQUARED_ERROR, "d2 = (y - yhat) * yhat * (1 - yhat)",
        "Every gradient has the wrong sign, and the loss rises after a step."),
    Bug("factor 2, without the ½", _SQUARED_ERROR, "d2 = 2 * (yhat - y) * yhat * (1 - yhat)",
        "The 2 of the square’s derivative cancels with the ½ of the loss."),
]
SQUARED_LOSS_MISTAKES = [
    Bug("½ forgotten", _SQUARED_LOSS, "loss = (yhat - y) ** 2", "The loss is twice as large as it should be."),
    Bug("square forgotten", _SQUARED_LOSS, "loss = 0.5 * (yhat - y)", "A square is never below 0, and this may be."),
    Bug("cross-entropy for the loss", _SQUARED_LOSS, _LOSS, "This loss has no logarithm."),
]
DRAWS = {"y": [0.0, 1.0], "eta": None}
TO_FIND = THIRTEEN + SQUARED_MISTAKES
mistakes = TO_FIND + FORWARD_MISTAKES + SQUARED_LOSS_MISTAKES
_SECTIONS = [("20.2 Forward pass", "forward.html"), ("20.3 Backward pass", "backward.html"),
             ("20.3 Backward pass", "backward.html")]


def live_practice(seed=1, squared=False):
    """The explorer of the practice page, and its problems, with either loss at first."""
    new = {name: f"new {name[4:]}" for name in ("new_W1", "new_b1", "new_W2", "new_b2")}
    drawn = {role: names for role, names in network.items() if role not in ("slopes", "back")}
    net = explore(*LOSSES.functions(), owner="the problem", inside=False, network=drawn,
                  domains={"y": between(0, 1), "eta": above(0), "squared": LOSSES.domain},
                  symbols=symbols | new, fields=[*BOOK, "eta"], eta=RATE, squared=squared, **BOOK)
    return net, net.practice(
        ask=[FORWARD, OUTPUT, HIDDEN], mistakes=mistakes, seeds=seed, draws=DRAWS, hidden=len(TO_FIND), variant=LOSSES,
        stages=["everything", "the whole backward pass", "the hidden errors and what follows"], read=_SECTIONS,
        known=("The book’s numbers", BOOK))
