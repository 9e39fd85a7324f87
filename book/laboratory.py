"""The traced numpy of the gradient-check laboratory in 20.4, and the charts that are drawn from it."""

import numpy as np

from example import sigmoid, walkthrough
from longhand import Chart, Curve, Mark

UNIT = np.finfo(float).eps / 2  # the largest relative error of one rounding, about 1.1e-16
PARAMETERS = ["W1[0, 0]", "W1[0, 1]", "W1[1, 0]", "W1[1, 1]", "b1[0]", "b1[1]", "W2[0]", "W2[1]", "b2"]


def loss_of(p, x, y):
    """The loss as a function of the nine parameters in one row."""
    W1, b1, W2, b2 = p[:4].reshape(2, 2), p[4:6], p[6:8], p[8]
    yhat = sigmoid(W2 @ sigmoid(W1 @ x + b1) + b2)
    return -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))


def in_a_row(W1, b1, W2, b2):
    return np.concatenate([W1.reshape(-1), b1, W2, np.reshape(b2, 1)])


def nearest_power_of_ten(value):
    return 10 ** np.floor(np.log10(value) + 0.5)


def laboratory(x, y, W1, b1, W2, b2, eps, which, side, t):
    """Everything the laboratory shows.

    eps     the step of the difference quotient
    which   the place of the picked parameter in PARAMETERS
    side    0 for the central quotient, 1 for the forward one
    t       how far the picked parameter is moved in a chart
    """
    p = in_a_row(W1, b1, W2, b2)                                   # (9,)
    loss = loss_of(p, x, y)
    dW1, db1, dW2, db2 = walkthrough(x, y, W1, b1, W2, b2)
    analytic = in_a_row(dW1, db1, dW2, db2)                        # (9,)

    central = np.zeros_like(p)                                     # (9,)
    forward = np.zeros_like(p)                                     # (9,)
    for i in range(9):
        up, down = p.copy(), p.copy()
        up[i] += eps
        down[i] -= eps
        central[i] = (loss_of(up, x, y) - loss_of(down, x, y)) / (2 * eps)
        forward[i] = (loss_of(up, x, y) - loss) / eps

    numeric_dW1, numeric_db1 = central[:4].reshape(2, 2), central[4:6]
    numeric_dW2, numeric_db2 = central[6:8], central[8]
    match = np.max(np.abs(numeric_dW2 - dW2)) < 1e-5

    numeric = np.where(side == 1, forward, central)                # (9,)
    absolute = np.abs(numeric - analytic)
    scale = np.maximum(np.maximum(np.abs(numeric), np.abs(analytic)), 1e-3)
    relative = absolute / scale                                    # (9,)
    worst = np.max(relative)
    verdict = (worst > 1e-7) * 1.0 + (worst > 1e-4) * 1.0 + (worst > 1e-2) * 1.0

    picked = np.where(np.arange(9) == which, 1.0, 0.0)             # (9,), a single 1
    slope = np.sum(picked * analytic)
    quotient = np.sum(picked * numeric)
    error = np.abs(quotient - slope)
    central_error = np.sum(picked * np.abs(central - analytic))
    forward_error = np.sum(picked * np.abs(forward - analytic))
    worst_central = np.max(np.abs(central - analytic))
    worst_forward = np.max(np.abs(forward - analytic))

    rise = loss_of(p + picked * t, x, y) - loss                    # of the loss, when the parameter moves by t
    tangent = slope * t
    low = np.where(side == 1, 0.0, -eps)                           # where the secant starts; it ends at eps
    rise_low = loss_of(p + picked * low, x, y) - loss
    rise_high = loss_of(p + picked * eps, x, y) - loss
    secant = rise_high + quotient * (t - eps)
    near, far = -4 * eps, 4 * eps                                  # the stretch that the close-up shows

    h = 0.02                                                       # wide enough that rounding does not matter here
    ahead, behind = loss_of(p + picked * h, x, y), loss_of(p - picked * h, x, y)
    second = (ahead - 2 * loss + behind) / h**2                    # about the second derivative of the loss
    third = (loss_of(p + picked * 2 * h, x, y) - 2 * ahead + 2 * behind - loss_of(p - picked * 2 * h, x, y)) / (2 * h**3)
    central_truncation = np.abs(third) / 6 * eps**2
    forward_truncation = np.abs(second) / 2 * eps
    rounding = UNIT * loss / eps
    best_central = (3 * UNIT * loss / np.abs(third)) ** (1 / 3)
    best_forward = np.sqrt(4 * UNIT * loss / np.abs(second))
    about_central, about_forward = nearest_power_of_ten(best_central), nearest_power_of_ten(best_forward)
    return relative


CLOSE_UP = Chart(
    x="t", start="near", end="far", x_label="change of the parameter", y_label="rise of the loss",
    title="Close-up: loss, tangent and secant within four ε of the parameter",
    curves=[Curve("rise", "loss"), Curve("tangent", "tangent: analytic slope", "line-3"),
            Curve("secant", "secant: the quotient's slope", "line-2")],
    marks=[Mark("low", "rise_low"), Mark("eps", "rise_high")],
)
ALONG = Chart(
    x="t", start=-6, end=6, x_label="change of the parameter", y_label="rise of the loss",
    title="The loss along the picked parameter, with its tangent",
    curves=[Curve("rise", "loss"), Curve("tangent", "tangent: analytic slope", "line-3")],
    marks=[Mark("low", "rise_low"), Mark("eps", "rise_high")],
)
V_CURVE = Chart(
    x="eps", start=1e-15, end=1e-1, x_label="ε", y_label="error of the quotient", log=True, y_range=(1e-14, 1e2),
    title="The V-curve of the picked parameter: error against ε",
    curves=[Curve("central_error", "central"), Curve("forward_error", "forward", "line-2"),
            Curve("central_error", "central, float32", "line-4", float32=True),
            Curve("central_truncation", "predicted truncation (slope 2 and 1)", "muted-1"), Curve("forward_truncation", "", "muted-1"),
            Curve("rounding", "predicted rounding (slope −1)", "muted-2")],
    marks=[Mark("eps", style="muted-2"), Mark("best_central", style="line-1"), Mark("best_forward", style="line-2")],
)
V_WORST = Chart(
    x="eps", start=1e-15, end=1e-1, x_label="ε", y_label="largest error of the nine", log=True, y_range=(1e-14, 1e2),
    title="The V-curve of the worst of the nine parameters: error against ε",
    curves=[Curve("worst_central", "central"), Curve("worst_forward", "forward", "line-2"),
            Curve("worst_central", "central, float32", "line-4", float32=True)],
    marks=[Mark("eps", style="muted-2")],
)
