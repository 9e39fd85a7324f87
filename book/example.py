"""The example of the whole chapter: its numbers, its numpy, and how both are shown.

To adapt the chapter to a class, change the numbers here, and only here. Keep the shapes.
"""

import numpy as np

from byhand import between, explore

# One example: two inputs, and the class it belongs to.
x = np.array([1.0, 0.0])
y = 1.0

# The network: W1[to, from], so rows are hidden units; W2 goes from the hidden units to the output.
W1 = np.array([[0.1, 0.2], [0.3, 0.4]])
b1 = np.array([0.0, 0.0])
W2 = np.array([0.5, 0.6])
b2 = 0.0

# A generic point: no zeros, no equal numbers, both signs. 20.4 shows why a gradient is checked here too.
generic = dict(x=np.array([1.0, 0.5]), y=1.0, W1=np.array([[0.1, -0.2], [0.3, 0.4]]), b1=np.array([0.05, -0.1]),
               W2=np.array([0.5, -0.6]), b2=0.15)

BOOK = dict(x=x, y=y, W1=W1, b1=b1, W2=W2, b2=b2)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cross_entropy(y, yhat):
    """The loss of 20.1, from the prediction."""
    return -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))


def stable_cross_entropy(y, z2):
    """The same loss in one step from the output's sum: it keeps its digits where ŷ is rounded to 0 or 1."""
    return y * np.logaddexp(0, -z2) + (1 - y) * np.logaddexp(0, z2)


def forward(x, y, W1, b1, W2, b2):
    """The forward pass, 20.2."""
    z1 = W1 @ x + b1                                          # (2,)
    a1 = sigmoid(z1)                                          # (2,)
    z2 = W2 @ a1 + b2                                         # ()
    yhat = sigmoid(z2)                                        # ()
    loss = -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))   # ()
    return z1, a1, z2, yhat, loss


def backward(x, y, W2, a1, yhat):
    """The backward pass, 20.3."""
    d2 = yhat - y                                             # ()
    dW2 = d2 * a1                                             # (2,)
    db2 = d2                                                  # ()
    back1 = W2 * d2                                           # (2,)
    slope1 = a1 * (1 - a1)                                    # (2,)
    d1 = back1 * slope1                                       # (2,)
    dW1 = np.outer(d1, x)                                     # (2, 2)
    db1 = d1                                                  # (2,)
    return dW1, db1, dW2, db2


def spoken_of(x, y, z2, yhat, d2, d1):
    """Numbers that only the sentences speak of."""
    sign_d2 = np.sign(d2) + 1                                 # 0 below, 1 at, 2 above the target
    zero_columns = (x[0] == 0) + 2.0 * (x[1] == 0) + 0 * np.sum(d1)  # of dW1: none, 1st, 2nd, both; no errors: untold
    slope2 = yhat * (1 - yhat)                                # of the output's sigmoid
    pull = -y / yhat + (1 - y) / (1 - yhat)                   # of the loss, by its only argument
    cancelled = pull * slope2                                 # what is left of both: d2 again
    cancels = np.abs(cancelled - d2) <= 1e-9 * np.abs(d2)
    stable_loss = stable_cross_entropy(y, z2)
    return cancels, stable_loss


def asked_for(x, W1, z1, loss, d1):
    """Numbers that the questions ask for: each is the place of the right answer."""
    moved_by_W12 = np.where(x[1] == 0, 3.0, 0.0)              # which hidden sums: the first, the second, both, neither
    moved_by_x2 = np.where(W1[0, 1] == 0, np.where(W1[1, 1] == 0, 3.0, 1.0), np.where(W1[1, 1] == 0, 0.0, 2.0))
    side_a1 = np.sign(z1[0]) + 1                              # below, at, above one half
    over_ln2 = loss - np.log(2.0)
    beside_ln2 = np.where(np.abs(over_ln2) < 1e-12, 1.0, np.sign(over_ln2) + 1)
    larger_d1 = np.sign(np.abs(d1[1]) - np.abs(d1[0])) + 1    # unit 1, both alike, unit 2
    return moved_by_W12, moved_by_x2, side_a1, beside_ln2, larger_d1


WALKTHROUGH = [forward, backward, spoken_of, asked_for]
symbols = {"d1": "δ1", "d2": "δ2", "back1": "r1", "slope1": "s1", "slope2": "s2", "pull": "p", "cancelled": "p·s"}
roles = {
    **dict.fromkeys(["x", "y"], "input"), **dict.fromkeys(["W1", "b1", "W2", "b2"], "weight"),
    **dict.fromkeys(["z1", "a1", "z2", "yhat", "slope1", "slope2"], "activation"),
    **dict.fromkeys(["d2", "d1", "back1", "cancelled"], "error")}
network = {"layers": ["x", "a1", "yhat"], "weights": ["W1", "W2"], "biases": ["b1", "b2"], "sums": ["z1", "z2"],
           "slopes": ["slope1", "slope2"], "back": ["back1"], "errors": ["d1", "d2"], "loss": "loss", "target": "y"}
notes = {
    "z1": "A hidden unit weighs its inputs and adds its bias.",
    "a1": "The sigmoid squeezes the sum to between 0 and 1.",
    "z2": "The output unit does the same with what the hidden units say.",
    "yhat": "Its sigmoid is the prediction: how sure the network is of class 1.",
    "loss": "The loss is smallest when the prediction equals the target.",
    "d2": "The output error is what the prediction is off by.",
    "dW2": "A weight's share of the error is the error times what came in through it.",
    "db2": "A bias has an input of 1, so its gradient is the error itself.",
    "back1": "The error goes back over the same wires, with the same weights.",
    "slope1": "How much a hidden unit still reacts: the slope of its sigmoid.",
    "d1": "What came back, times the slope, is the hidden unit's error.",
    "dW1": "Again error times input, for each wire.",
    "db1": "Again the error itself.",
}


def live(*functions, fields=("x", "y", "W1", "b1", "W2", "b2"), domains=None, **more):
    """The chapter's network, live, or `functions` of it in order: see `byhand.explore`.

    All pages share its numbers; y is a target. What is given in `more` takes the place of the chapter's own.
    """
    given = {"symbols": symbols, "roles": roles, "network": None if functions else network, "x": x, "y": y, "W1": W1,
             "b1": b1, "W2": W2, "b2": b2, "points": {} if more.keys() & generic.keys() else {"generic": generic},
             "results": ["z1", "a1", "z2", "yhat", "loss"]} | more
    return explore(*functions or WALKTHROUGH, domains={"y": between(0, 1)} | (domains or {}), scope="chapter",
                   inside=False, owner="the book", notes=notes, fields=fields, **given)
