"""The numpy of the page "Downhill": one step, many steps, how large a step, and steps down wrong gradients.

The functions of DOWNHILL are traced in order, after forward and backward: what one makes, the next takes by name.

eta       η, the length of a step as a multiple of the gradient
new_…     a number after the step
"""

import numpy as np

from byhand import above
from check import PARAMETERS, SAFETY, in_a_row, roundings
from example import backward, forward, sigmoid, stable_cross_entropy, symbols

ETAS = np.array([0.1, 0.5, 1, 2, 5, 10, 100])
BLURRED = 1e-3  # a drop of the loss of which rounding may be a larger part than this tells nothing
KEPT, MORE, ROSE, FLAT, BLUR = range(5)


def before(y, z2):
    """The loss before the step, in one go from the output's sum."""
    stable_loss = stable_cross_entropy(y, z2)                      # ()
    return stable_loss


def step(W1, b1, W2, b2, dW1, db1, dW2, db2, eta):
    """One step down the gradient: nine subtractions."""
    new_W1 = W1 - eta * dW1                                        # (2, 2)
    new_b1 = b1 - eta * db1                                        # (2,)
    new_W2 = W2 - eta * dW2                                        # (2,)
    new_b2 = b2 - eta * db2                                        # ()
    return new_W1, new_b1, new_W2, new_b2


def after(x, y, new_W1, new_b1, new_W2, new_b2):
    """The forward pass again, with the new numbers."""
    new_z1 = new_W1 @ x + new_b1                                   # (2,)
    new_a1 = sigmoid(new_z1)                                       # (2,)
    new_z2 = new_W2 @ new_a1 + new_b2                              # ()
    new_yhat = sigmoid(new_z2)                                     # ()
    new_loss = stable_cross_entropy(y, new_z2)                     # ()
    return new_loss


def account(eta, dW1, db1, dW2, db2, stable_loss, new_loss):
    """What the step promised, what it delivered, and their ratio."""
    gradient = in_a_row(dW1, db1, dW2, db2)                        # (9,)
    taken = eta * gradient                                         # (9,) what is subtracted
    squared_length = np.sum(gradient**2)                           # ‖∇L‖²
    promised = eta * squared_length
    delivered = stable_loss - new_loss
    ratio = delivered / promised
    return ratio


def bend(W2, x, a1, slope1, yhat, d2, dW1, db1, dW2, db2, eta, squared_length):
    """The curvature of the loss along the gradient: its second derivative there, by the rules for (u·v)″ and σ″.

    As all nine numbers move along their gradient, `…_rate` is how fast a number moves, `…_bend` how fast that changes.
    """
    z1_rate = dW1 @ x + db1                                        # (2,)
    a1_rate = slope1 * z1_rate                                     # (2,)
    a1_bend = slope1 * (1 - 2 * a1) * z1_rate**2                   # (2,)
    z2_rate = dW2 @ a1 + W2 @ a1_rate + db2                        # ()
    z2_bend = 2 * dW2 @ a1_rate + W2 @ a1_bend                     # ()
    loss_bend = yhat * (1 - yhat) * z2_rate**2 + d2 * z2_bend      # ()
    curvature = loss_bend / squared_length                         # per unit of length
    foretold = 1 - eta * curvature / 2                             # the ratio, were the curvature the same all the way
    return curvature, foretold


def outcome(x, y, W1, b1, W2, b2, new_W1, new_b1, new_W2, new_b2, squared_length, promised, delivered, ratio, curvature,
            stable_loss, new_loss):
    """What the sentences say of a step."""
    _, once = roundings(x, y, W1, b1, W2, b2)
    _, then = roundings(x, y, new_W1, new_b1, new_W2, new_b2)
    is_blurred = SAFETY * (once + then) > BLURRED * np.abs(promised)
    came_to = np.where(squared_length == 0, FLAT, np.where(is_blurred, BLUR, np.where(
        ratio > 1, MORE, np.where(ratio > 0, KEPT, ROSE))))
    bends = np.sign(curvature) + 1                                 # 0 down, 1 not at all, 2 up
    beyond = promised > stable_loss                                # more than there is
    return came_to, bends, beyond


DOWNHILL = [forward, backward, before, step, after, account, bend, outcome]
STEP_DOMAINS = {"eta": above(0)}
SYMBOLS = symbols | {
    "stable_loss": "L", "squared_length": "‖∇L‖²", "curvature": "c", "foretold": "1 − η·c/2", "taken": "η·∂L/∂w"}
OLD_NETWORK = {"layers": ["x", "a1", "yhat"], "weights": ["W1", "W2"], "biases": ["b1", "b2"], "sums": ["z1", "z2"],
               "loss": "stable_loss", "target": "y"}
NEW_NETWORK = {"layers": ["x", "new_a1", "new_yhat"], "weights": ["new_W1", "new_W2"], "biases": ["new_b1", "new_b2"],
               "sums": ["new_z1", "new_z2"], "loss": "new_loss", "target": "y"}
NINE = {
    "heads": PARAMETERS, "caption": "Nine subtractions: old − η · gradient = new",
    "old": ["W1", "b1", "W2", "b2"], "gradient": ["dW1", "db1", "dW2", "db2"], "η · gradient": ["taken"],
    "new": ["new_W1", "new_b1", "new_W2", "new_b2"],
}
CAME_TO = (
    "So the step kept that part of its promise.",
    "So the step delivered more than it promised: on its way the loss fell faster and faster.",
    "So the step kept nothing of its promise: the loss did not fall.",
    "The gradient is 0 in all nine numbers: no step was taken, nothing was promised, and 0 ÷ 0 has no value.",
    "But rounding alone may make up a good part of the difference of the two losses: here the ratio tells little.")
BENDS = ("bends downwards, so the fall grows steeper on the way", "does not bend",
         "bends upwards, so the fall flattens out on the way")
