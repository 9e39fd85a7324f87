"""The numpy of the page "Two outputs": a much-read example, 2-2-2, where an error is a sum over paths."""

import numpy as np

from byhand import above
from example import sigmoid

START = dict(i=[0.05, 0.10], t=[0.01, 0.99], W1=[[0.15, 0.20], [0.25, 0.30]], b1=0.35, W2=[[0.40, 0.45], [0.50, 0.55]],
             b2=0.60, eta=0.5)


def forward(i, t, W1, b1, W2, b2):
    """Two inputs, two hidden units, two outputs; each layer shares one bias."""
    z1 = W1 @ i + b1                            # (2,)
    h = sigmoid(z1)                             # (2,)
    z2 = W2 @ h + b2                            # (2,)
    o = sigmoid(z2)                             # (2,)
    E = np.sum((o - t)**2) / 2                  # ()
    return z1, h, z2, o, E


def backward(i, t, W2, h, o):
    """The same lines as in 20.3, for two outputs and ½ squared error."""
    slope2 = o * (1 - o)                        # (2,)
    d2 = (o - t) * slope2                       # (2,)
    dW2 = np.outer(d2, h)                       # (2, 2)
    db2 = np.sum(d2)                            # () the bias is shared: each output's error counts
    back1 = W2.T @ d2                           # (2,) a sum over paths
    slope1 = h * (1 - h)                        # (2,)
    d1 = back1 * slope1                         # (2,)
    dW1 = np.outer(d1, i)                       # (2, 2)
    db1 = np.sum(d1)                            # ()
    return dW1, db1, dW2, db2


def paths(W2, d2, back1):
    """Each path's part of what comes back, and what the transposition that is forgotten makes of it."""
    by_path = W2 * d2[:, None]                  # (2, 2) from output [row] to hidden unit [column]
    untransposed = W2 @ d2                      # (2,) WRONG: rows in the place of columns
    differ = np.max(np.abs(untransposed - back1)) > 1e-12
    return by_path, untransposed


def error_at(i, t, W1, b1, W2, b2):
    return np.sum((sigmoid(W2 @ sigmoid(W1 @ i + b1) + b2) - t)**2) / 2


def step(i, t, W1, b1, W2, b2, h, d2, slope1, dW1, dW2, eta):
    """One step, of the weights only, as in the example; and the same with W2 updated too early."""
    new_W2 = W2 - eta * dW2
    new_W1 = W1 - eta * dW1
    new_E = error_at(i, t, new_W1, b1, new_W2, b2)
    early_W1 = W1 - eta * np.outer((new_W2.T @ d2) * slope1, i)    # WRONG: the hidden errors come through the new W2
    early_E = error_at(i, t, early_W1, b1, new_W2, b2)
    return new_E, early_E


TWO_OUTPUTS = [forward, backward, paths, step]
DOMAINS = {"eta": above(0)}
SYMBOLS = {"d1": "δ1", "d2": "δ2", "back1": "r1", "slope1": "s1", "slope2": "s2", "E": "E", "h": "h", "o": "o"}
NETWORK = {"layers": ["i", "h", "o"], "weights": ["W1", "W2"], "biases": ["b1", "b2"], "sums": ["z1", "z2"],
           "errors": ["d1", "d2"], "slopes": ["slope1", "slope2"], "back": ["back1"], "loss": "E", "target": "t"}
