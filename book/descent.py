"""The numpy of the page "Downhill": one step, many steps, how large a step, and steps down wrong gradients.

The functions of DOWNHILL are traced in order, after forward and backward: what one makes, the next takes by name.

eta       η, the length of a step as a multiple of the gradient
new_…     a number after the step
"""

import numpy as np
from markupsafe import Markup

from byhand import Chart, Course, Curve, Landscape, Mark, Route, above, one_of
from check import PARAMETERS, SAFETY, in_a_row, roundings, stable_loss_of
from example import backward, forward, sigmoid, stable_cross_entropy, symbols

ETAS = np.array([0.1, 0.5, 1, 2, 5, 10, 100])
BLURRED = 1e-3  # a drop of the loss of which rounding may be a larger part than this tells nothing
KEPT, MORE, ROSE, FLAT, BLUR = range(5)


def apart(p):
    """The nine parameters in one row, as W1, b1, W2, b2 again."""
    return p[:4].reshape(2, 2), p[4:6], p[6:8], p[8]


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


def second_along(v, x, y, W1, b1, W2, b2):
    """The second derivative of one example's loss as all nine parameters move along v, by (u·v)″ and the chain rule.

    `…_rate` is how fast a number of the forward pass moves, `…_bend` how fast that changes.
    """
    v_W1, v_b1, v_W2, v_b2 = apart(v)
    a1 = sigmoid(W1 @ x + b1)                                      # (2,)
    yhat = sigmoid(W2 @ a1 + b2)                                   # ()
    z1_rate = v_W1 @ x + v_b1                                      # (2,)
    a1_rate = a1 * (1 - a1) * z1_rate                              # (2,)
    a1_bend = a1 * (1 - a1) * (1 - 2 * a1) * z1_rate**2            # (2,)
    z2_rate = v_W2 @ a1 + W2 @ a1_rate + v_b2                      # ()
    z2_bend = 2 * v_W2 @ a1_rate + W2 @ a1_bend                    # ()
    return yhat * (1 - yhat) * z2_rate**2 + (yhat - y) * z2_bend   # ()


def bend(x, y, W1, b1, W2, b2, gradient, eta, squared_length):
    """The curvature of the loss along the gradient: its second derivative there, per unit of length."""
    curvature = second_along(gradient, x, y, W1, b1, W2, b2) / squared_length
    foretold = 1 - eta * curvature / 2                             # the ratio, were the curvature the same all the way
    best = 1 / curvature                                           # η at the bottom of the parabola with that curvature
    return curvature, foretold, best


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


def momentum(W1, b1, W2, b2, gradient, eta, velocity):
    """The step remembers the steps before it: nine tenths of the last one's way are gone again."""
    new_velocity = 0.9 * velocity + gradient                       # (9,)
    rolled = in_a_row(W1, b1, W2, b2) - eta * new_velocity         # (9,)
    rolled_W1, rolled_b1, rolled_W2, rolled_b2 = apart(rolled)
    return rolled_W1, rolled_b1, rolled_W2, rolled_b2


def adam(W1, b1, W2, b2, gradient, eta, average, square, count):
    """Each parameter's step: an average of its gradients ÷ the root of that of their squares, so about η at first."""
    new_count = count + 1
    new_average = 0.9 * average + 0.1 * gradient                   # (9,)
    new_square = 0.999 * square + 0.001 * gradient**2              # (9,)
    mean = new_average / (1 - 0.9**new_count)                      # both averages began at 0: here that is made good
    size = np.sqrt(new_square / (1 - 0.999**new_count))
    paced = in_a_row(W1, b1, W2, b2) - eta * mean / (size + 1e-8)  # (9,)
    paced_W1, paced_b1, paced_W2, paced_b2 = apart(paced)
    return paced_W1, paced_b1, paced_W2, paced_b2


def picked(gradient, across, up):
    """The gradient along the two parameters that the landscape goes over."""
    slope_across, slope_up = gradient[across], gradient[up]
    return slope_across, slope_up


EXAMPLES = [(np.array([1.0, 0.0]), 1.0), (np.array([1.0, 0.5]), 0.0)]  # two that disagree


def gradient_of(x, y, W1, b1, W2, b2):
    """The nine gradients of one example, in a row: 20.2 and 20.3 once more."""
    a1 = sigmoid(W1 @ x + b1)
    d2 = sigmoid(W2 @ a1 + b2) - y
    d1 = W2 * d2 * a1 * (1 - a1)
    return in_a_row(np.outer(d1, x), d1, d2 * a1, d2)              # (9,)


def mean_loss_at(p):
    """The mean loss of the two examples, from the nine parameters in one row."""
    return sum(stable_loss_of(p, x, y) for x, y in EXAMPLES) / 2


def batch(W1, b1, W2, b2, eta):
    """Two examples: the mean of the gradients is the gradient of the mean loss. One step down it."""
    first, second = (gradient_of(x, y, W1, b1, W2, b2) for x, y in EXAMPLES)
    mean_gradient = (first + second) / 2                           # (9,)
    p = in_a_row(W1, b1, W2, b2)
    mean_loss = mean_loss_at(p)
    mean_new_loss = mean_loss_at(p - eta * mean_gradient)
    mean_squared = np.sum(mean_gradient**2)
    mean_promised = eta * mean_squared
    mean_delivered = mean_loss - mean_new_loss
    mean_ratio = mean_delivered / mean_promised
    return mean_ratio


def limit(W1, b1, W2, b2, eta, p, mean_gradient, mean_squared, mean_loss):
    """The largest step that the curvature foretells, and the one after which the loss is what it was before."""
    seconds = [second_along(mean_gradient, x, y, W1, b1, W2, b2) for x, y in EXAMPLES]
    mean_curvature = (seconds[0] + seconds[1]) / 2 / mean_squared
    mean_foretold = 1 - eta * mean_curvature / 2
    largest = 2 / mean_curvature

    def ratio_at(size):
        return (mean_loss - mean_loss_at(p - size * mean_gradient)) / (size * mean_squared)

    turn = root(ratio_at, largest)
    is_root = (np.abs(ratio_at(turn)) < 1e-9) & (turn > 0)
    limit_told = np.where(largest <= 0, 0, np.where(is_root, 2, 1))
    return turn, limit_told


def root(ratio_at, first):
    """Where a function that is 1 at 0 is 0: six secants, the first through `first`."""
    one, ratio_one, then, ratio_then = 0.0, 1.0, first, ratio_at(first)
    for _ in range(6):
        run, rise = then - one, ratio_then - ratio_one
        one, ratio_one, then = then, ratio_then, then - ratio_then * run / np.where(rise == 0, 1.0, rise)
        ratio_then = ratio_at(then)
    return then


ONE_STEP = [forward, backward, before, step, after, account, bend, outcome]
DOWNHILL = [*ONE_STEP, momentum, adam, picked]
STEP_SIZE = [*ONE_STEP, batch, limit]
STEP_DOMAINS = {"eta": above(0)}
DOMAINS = {"eta": above(0), "across": one_of(PARAMETERS), "up": one_of(PARAMETERS)}
START = {"eta": 0.5, "across": 6, "up": 8, "velocity": np.zeros(9), "average": np.zeros(9), "square": np.zeros(9),
         "count": 0}
SYMBOLS = symbols | {
    "stable_loss": "L", "squared_length": "‖∇L‖²", "curvature": "c", "foretold": "1 − η·c/2", "taken": "η·∂L/∂w"}
OLD_NETWORK = {"layers": ["x", "a1", "yhat"], "weights": ["W1", "W2"], "biases": ["b1", "b2"], "sums": ["z1", "z2"],
               "loss": "stable_loss", "target": "y"}
NEW_NETWORK = {"layers": ["x", "new_a1", "new_yhat"], "weights": ["new_W1", "new_W2"], "biases": ["new_b1", "new_b2"],
               "sums": ["new_z1", "new_z2"], "loss": "new_loss", "target": "y"}
KEPT_OF_IT = {"heads": ["one example"], "caption": "What one step promised and delivered", "promised": ["promised"],
              "delivered": ["delivered"], "delivered ÷ promised": ["ratio"]}
STEPPED = ["new_W1", "new_b1", "new_W2", "new_b2", "taken"]  # what η moves at once
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


def fed(prefix):
    """What goes where at each step of a rule whose results have this prefix."""
    return {name: f"{prefix}_{name}" for name in ("W1", "b1", "W2", "b2")}


BY_RULE = Course(
    "stable_loss", y_label="loss L", title="The loss by step, for three rules", put=["W1", "b1", "W2", "b2"],
    routes=[Route("gradient descent", fed("new")),
            Route("with momentum", fed("rolled") | {"velocity": "new_velocity"}, "line-2"),
            Route("Adam", fed("paced") | {"average": "new_average", "square": "new_square", "count": "new_count"},
                  "line-3")])
SURFACE = Landscape(
    "stable_loss", "across", "up", (-5.5, 5.5), (-4, 4), over=PARAMETERS, points=200, log=True, steps=200,
    feed=fed("new"), slopes={name: f"d{name}" for name in ("W1", "b1", "W2", "b2")},
    title="The loss over two of the nine parameters, as contour lines")
HERE = ["W1", "b1", "W2", "b2", "dW1", "db1", "dW2", "db2"]  # what a walk down moves
NOW = {
    "heads": PARAMETERS, "caption": "All nine at this step", "cards": True,
    "value": ["W1", "b1", "W2", "b2"], "gradient": ["dW1", "db1", "dW2", "db2"],
}
BY_ETA = Chart(
    "eta", 0.01, 12, "step size η", "delivered ÷ promised", y_range=(-1.5, 1), points=80,
    title="What part of its promise a step keeps, by η",
    curves=[Curve("ratio", "one example"), Curve("mean_ratio", "two that disagree", "line-2"),
            Curve("mean_foretold", "1 − η·c/2 for the two", "muted-1")],
    marks=[Mark("eta", style="muted-2", label="η"), Mark("eta", "mean_ratio")])
BATCH = {
    "heads": PARAMETERS, "digits": 6, "caption": "The mean of the gradients, number by number",
    "first example": ["first"], "second example": ["second"], "their mean": ["mean_gradient"],
}


def bottoms(net):
    """What the curvature at the reader's point says of a best step, for `bends`."""
    best = number(net, "best", 3)
    return ("At your point the curvature along the gradient is negative: no step is the best by it.",
            "At your point the curvature along the gradient is 0: no step is the best by it.",
            Markup("At your point a step of η = 1/c = {} would reach the bottom, if the loss were the parabola that "
                   "its slope and its curvature describe. Twice that would come up again on the other side, to where "
                   "it began.").format(best))


def limits(net):
    """What the curvature says of the largest step for two examples, and what is so, for `limit_told`."""
    c, largest, turn = number(net, "mean_curvature", 6), number(net, "largest", 2), number(net, "turn", 2)
    begun = Markup("Along its gradient the curvature is c = {}").format(c)
    foretold = Markup("{}, so the loss should come up to where it was at η = 2/c = {}.").format(begun, largest)
    return (Markup("{}: there the loss bends downwards, and no limit is foretold.").format(begun),
            Markup("{} No step near that brings it back to where it was: here the parabola foretells little.").format(
                foretold),
            Markup("{} And in truth? It stops falling at η = {}.").format(foretold, turn))


def number(net, name, digits):
    return Markup(net.say(name, digits).html)
