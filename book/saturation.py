"""The numpy of the page "Saturation": two losses side by side, hidden units that are twins, and a kink.

ce, se    with cross-entropy, with ½ (ŷ − y)²
"""

import numpy as np

from byhand import Chart, Course, Curve, Mark, Route, above
from check import in_a_row
from example import forward, sigmoid, stable_cross_entropy, symbols

BIASES = np.array([0.0, -1, -2, -4, -8])


def output_errors(y, z2, yhat):
    """The one line that differs: the output's error, with either loss."""
    slope2 = yhat * (1 - yhat)           # of the output's sigmoid
    ce_loss = stable_cross_entropy(y, z2)
    se_loss = (yhat - y)**2 / 2
    ce_d2 = yhat - y                     # the slope cancels
    se_d2 = (yhat - y) * slope2          # the slope stays
    return ce_d2, se_d2


def gradients(d2, x, W2, a1):
    """The nine gradients, from the output's error: the same lines for any loss."""
    d1 = W2 * d2 * a1 * (1 - a1)
    return np.outer(d1, x), d1, d2 * a1, d2


def length(gradients):
    return np.sqrt(np.sum(in_a_row(*gradients)**2))


def two_losses(x, W1, b1, W2, b2, a1, ce_d2, se_d2, eta):
    """Gradients, their lengths and a step, with either loss."""
    ce_dW1, ce_db1, ce_dW2, ce_db2 = ce = gradients(ce_d2, x, W2, a1)
    se_dW1, se_db1, se_dW2, se_db2 = se = gradients(se_d2, x, W2, a1)
    ce_length, se_length = length(ce), length(se)
    times_apart = ce_length / se_length
    ce_W1, ce_b1, ce_W2, ce_b2 = W1 - eta * ce_dW1, b1 - eta * ce_db1, W2 - eta * ce_dW2, b2 - eta * ce_db2
    se_W1, se_b1, se_W2, se_b2 = W1 - eta * se_dW1, b1 - eta * se_db1, W2 - eta * se_dW2, b2 - eta * se_db2
    return times_apart


def by_bias(x, y, W2, a1):
    """The lengths of both gradients with other output biases in the place of b2."""
    predictions = sigmoid(W2 @ a1 + BIASES)                        # (5,)
    ce_lengths = np.stack([length(gradients(p - y, x, W2, a1)) for p in predictions])
    se_lengths = np.stack([length(gradients((p - y) * p * (1 - p), x, W2, a1)) for p in predictions])
    apart = ce_lengths / se_lengths
    longer = np.sign(se_lengths[-1] - ce_lengths[-1]) + 1  # at the last bias: cross-entropy's, neither, the other
    return ce_lengths, se_lengths, apart, longer


SATURATION = [forward, output_errors, two_losses, by_bias]
DOMAINS = {"eta": above(0)}
SYMBOLS = symbols | {"ce_d2": "δ2", "se_d2": "δ2"}


def fed(loss):
    return {name: f"{loss}_{name}" for name in ("W1", "b1", "W2", "b2")}


LENGTHS = Chart(
    "b2", -8, 8, "output bias b⁽²⁾", "length of the gradient", points=80,
    title="The length of the gradient, by the output bias",
    curves=[Curve("ce_length", "cross-entropy"), Curve("se_length", "½ squared error", "line-2")],
    marks=[Mark("b2", style="muted-2", label="b⁽²⁾"), Mark("b2", "ce_length"), Mark("b2", "se_length")])
BY_BIAS = {"heads": [f"b2 = {bias:g}" for bias in BIASES], "caption": "The length of the gradient, by the output bias",
           "cross-entropy": ["ce_lengths"], "½ squared error": ["se_lengths"], "times apart": ["apart"]}
ERRORS = {"heads": ["cross-entropy", "½ squared error"], "digits": 6, "loss": ["ce_loss", "se_loss"],
          "δ⁽²⁾": ["ce_d2", "se_d2"], "length of the gradient": ["ce_length", "se_length"]}
BOTH_LEARN = Course(
    "yhat", y_label="prediction ŷ", title="The prediction by step, learning with either loss", steps=100,
    put=["W1", "b1", "W2", "b2"],
    routes=[Route("cross-entropy", fed("ce")), Route("½ squared error", fed("se"), "line-2")])

XOR = [(np.array([0.0, 0.0]), 0.0), (np.array([0.0, 1.0]), 1.0), (np.array([1.0, 0.0]), 1.0),
       (np.array([1.0, 1.0]), 0.0)]


def mean(parts):
    return sum(parts) / len(parts)


def twins(V1, c1, V2, c2, rate):
    """One step down the mean loss of four examples: whether exactly one of two inputs is 1."""
    outs, losses = [], []
    for u, t in XOR:
        h = sigmoid(V1 @ u + c1)
        out = V2 @ h + c2
        losses.append(stable_cross_entropy(t, out))
        outs.append(gradients(sigmoid(out) - t, u, V2, h))
    xor_loss = mean(losses)
    grad_V1, grad_c1, grad_V2, grad_c2 = (mean(parts) for parts in zip(*outs))
    next_V1, next_c1, next_V2, next_c2 = (V1 - rate * grad_V1, c1 - rate * grad_c1, V2 - rate * grad_V2,
                                          c2 - rate * grad_c2)
    first_unit, second_unit = in_a_row_of(V1[0], c1[0], V2[0]), in_a_row_of(V1[1], c1[1], V2[1])  # (4,) each
    first_slopes = in_a_row_of(grad_V1[0], grad_c1[0], grad_V2[0])
    second_slopes = in_a_row_of(grad_V1[1], grad_c1[1], grad_V2[1])
    parted = np.max(np.abs(first_unit - second_unit))
    are_twins = parted == 0
    still = (np.max(np.abs(first_slopes)) == 0) & (np.max(np.abs(second_slopes)) == 0) & (grad_c2 == 0)
    return parted, are_twins, still


def in_a_row_of(weights, bias, out):
    return np.concatenate([weights, np.reshape(bias, 1), np.reshape(out, 1)])


TWINS = dict(V1=[[0.3, 0.4], [0.3, 0.4]], c1=[0.0, 0.0], V2=[0.5, 0.5], c2=0.0, rate=0.5)
ZEROS = dict(V1=[[0.0, 0.0], [0.0, 0.0]], c1=[0.0, 0.0], V2=[0.0, 0.0], c2=0.0)
FEED = {name: f"next_{name}" for name in ("V1", "c1", "V2", "c2")}
TOGETHER = Course(
    "xor_loss", y_label="mean loss", title="The mean loss of four examples, by step", steps=1000, put=list(FEED),
    routes=[Route("from your numbers", FEED),
            Route("one digit changed: 0.31 for the first weight", FEED, "line-2", {"V1[0, 0]": 0.31})])
PARTED = ["parted", "first_unit", "second_unit"]  # what a button of the twins moves
UNITS = {"heads": ["from input 1", "from input 2", "bias", "to the output"], "digits": 6,
         "unit 1": ["first_unit"], "unit 2": ["second_unit"], "gradient 1": ["first_slopes"],
         "gradient 2": ["second_slopes"]}


def bent(r):
    """A loss after one ReLU unit: its output counts twice, and should be ½."""
    return (2 * np.maximum(0, r) - 1)**2 / 2


def kink(r, h):
    """The quotients of the loss by r, and what a backward pass says."""
    here, behind, ahead = bent(r), bent(r - h), bent(r + h)
    left = (here - behind) / h
    right = (ahead - here) / h
    central = (ahead - behind) / (2 * h)
    slope = np.where(r > 0, 2 * (2 * np.maximum(0, r) - 1), 0.0)   # as everybody writes it: 0 at the kink
    off = np.abs(central - slope)
    place = np.where(np.abs(r) < h, np.where(r == 0, 2, 1), 0)     # of the kink: not within the step, within, here
    return place


KINK_DOMAINS = {"h": above(0)}
KINK = Chart("r", -1, 1, "r, what goes into the ReLU", "loss", title="A loss after one ReLU unit", points=81,
             curves=[Curve("here", "loss")], marks=[Mark("r", "here")])
QUOTIENTS = {"heads": ["from the left", "from the right", "central", "backward pass", "central − backward"],
             "digits": 6, "cards": True, "slope": ["left", "right", "central", "slope", "off"]}
