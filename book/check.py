"""The numpy of the gradient check in 20.4, and the charts that are drawn from it.

The functions of LABORATORY are traced in order: what one makes, the next takes by name.

p         the nine parameters in one row, in the order of PARAMETERS
limit     by how much a difference quotient may be off at this point, all by itself
excess    a difference divided by that limit: above 1, the quotient cannot be to blame
eps       the step of the difference quotient
which     the place of the picked parameter in PARAMETERS
side      0 for the central quotient, 1 for the forward one
t         how far the picked parameter is moved in a chart
"""

import numpy as np

from byhand import Chart, Curve, Mark, above, one_of
from example import WALKTHROUGH, cross_entropy, roles, sigmoid, stable_cross_entropy

UNIT = np.finfo(float).eps / 2  # the largest relative error of one rounding, about 1.1e-16
SAFETY = 16                     # so many times the rounding that is to be expected is allowed for
FINE = 1e-3                     # a quotient that may be off by more than this part of itself tells nothing
STEP = 1e-6                     # ε where no other is asked for
RIGHT, CANNOT_TELL, WRONG = range(3)
PARAMETERS = ["W1[0, 0]", "W1[0, 1]", "W1[1, 0]", "W1[1, 1]", "b1[0]", "b1[1]", "W2[0]", "W2[1]", "b2"]


def in_a_row(W1, b1, W2, b2):
    return np.concatenate([W1.reshape(-1), b1, W2, np.reshape(b2, 1)])


def output_sum(p, x):
    """z2, from the nine parameters in one row."""
    W1, b1, W2, b2 = p[:4].reshape(2, 2), p[4:6], p[6:8], p[8]
    return W2 @ sigmoid(W1 @ x + b1) + b2


def loss_of(p, x, y):
    """The loss from ŷ, as 20.2 computes it."""
    return cross_entropy(y, sigmoid(output_sum(p, x)))


def stable_loss_of(p, x, y):
    """The same loss from z2."""
    return stable_cross_entropy(y, output_sum(p, x))


def numeric_gradient(x, y, W1, b1, W2, b2, loss=loss_of, ahead=STEP, behind=STEP):
    """The difference quotient of the loss by each parameter, from `behind` before it to `ahead` after it: (9,)."""
    p = in_a_row(W1, b1, W2, b2)
    numeric = np.zeros_like(p)
    for i in range(9):
        up, down = p.copy(), p.copy()
        up[i] += ahead
        down[i] -= behind
        numeric[i] = (loss(up, x, y) - loss(down, x, y)) / (ahead + behind)
    return numeric


def roundings(x, y, W1, b1, W2, b2):
    """By how much rounding is expected to put off the loss from ŷ, and the loss from z2."""
    a1 = sigmoid(W1 @ x + b1)
    size1 = np.abs(W1) @ np.abs(x) + np.abs(b1)                    # what the sums are made of: rounding grows with it
    lost1 = a1 + a1 * (1 - a1) * size1 + 4 * UNIT * size1**2       # units lost up to the activations
    size2 = np.abs(W2) @ lost1 + np.abs(b2)                        # and up to z2
    z2 = W2 @ a1 + b2
    yhat = sigmoid(z2)
    by_z2 = (y * (1 - yhat) + (1 - y) * yhat) * size2 + 4 * UNIT * size2**2
    by_yhat = y + (1 - y) / (1 - yhat)                             # logarithms magnify what ŷ and 1 − ŷ have lost
    return UNIT / 2 * (cross_entropy(y, yhat) + by_z2 + by_yhat), UNIT / 2 * (stable_cross_entropy(y, z2) + by_z2)


def bends(x, y, W1, b1, W2, b2):
    """What the first three derivatives of the loss by each parameter cannot exceed near this point: (9,) each.

    A sigmoid's own first three derivatives are at most 1/4, 1/(6√3) and 1/8.
    """
    most = 1 / (6 * np.sqrt(3))
    a1, size, width = sigmoid(W1 @ x + b1), np.abs(W2), np.abs(x)
    first = in_a_row(np.outer(size, width) / 4, size / 4, a1, 1.0)                 # of z2
    second = in_a_row(np.outer(size, width**2), size, 0 * size, 0.0) * most
    third = in_a_row(np.outer(size, width**3), size, 0 * size, 0.0) / 8
    return first, first**2 / 4 + second, most * first**3 + 0.75 * first * second + third


def limits(roundings, point, analytic, eps):
    """By how much the central and the forward quotient may be off, for a loss with these `roundings`: (9,), (9,).

    Rounding of the two losses, of the moved parameter and of the analytic gradient; and the bend within the step.
    """
    x, y, W1, b1, W2, b2 = point
    p = in_a_row(W1, b1, W2, b2)
    first, second, third = bends(*point)
    moved = UNIT * (np.abs(p) + eps) / eps * (np.abs(analytic) + eps * second)
    own = UNIT * sigmoid(output_sum(p, x)) * first
    losses = roundings / eps * np.exp(eps * first)                                 # as they are at the step's far end
    return (SAFETY * (losses + moved + own) + third / 6 * eps**2,
            SAFETY * (2 * losses + moved + own) + second / 2 * eps)


def tells(numeric, analytic, limit):
    """Whether a quotient is fine enough to tell right from wrong."""
    return (limit < FINE * np.abs(numeric)) | (numeric == analytic)


def judge(excess, can_tell):
    """RIGHT, WRONG or CANNOT_TELL. An excess that is infinite or not a number has nothing to compare."""
    return np.where(np.isnan(0 * excess), CANNOT_TELL,
                    np.where(excess > 1, WRONG, np.where(can_tell, RIGHT, CANNOT_TELL)))


def checked(numeric, analytic, limit):
    """The differences of quotients and gradients, and the verdict on each: (9,), (9,)."""
    difference = np.abs(numeric - analytic)
    return difference, judge(difference / limit, tells(numeric, analytic, limit))


def nearest_power_of_ten(value):
    return 10 ** np.floor(np.log10(value) + 0.5)


def rows(W1, b1, W2, b2, dW1, db1, dW2, db2):
    """The parameters in one row, and the gradients of 20.3."""
    p = in_a_row(W1, b1, W2, b2)
    analytic = in_a_row(dW1, db1, dW2, db2)
    return p, analytic


def two_of_nine(central, dW2):
    """What the page's own loop finds."""
    numeric_dW2 = central[6:8]
    match = np.max(np.abs(numeric_dW2 - dW2)) < 1e-5
    apart = np.max(np.abs(numeric_dW2 - dW2))
    part = apart / np.max(np.abs(dW2))
    agreed = np.where(part > 1e-3, 0.0, np.where(part > 1e-7, 1.0, 2.0))  # fewer than 3 digits, up to 7, more
    return match, agreed


def in_use(central, forward, side):
    """That of the two which the reader has picked."""
    return np.stack([central, forward])[side]


def stable_quotients(x, y, W1, b1, W2, b2, eps, side):
    """The loss from z2, by each parameter, by the quotient in use."""
    point = x, y, W1, b1, W2, b2
    stable_numeric = in_use(numeric_gradient(*point, loss=stable_loss_of, ahead=eps, behind=eps),
                            numeric_gradient(*point, loss=stable_loss_of, ahead=eps, behind=0), side)
    return stable_numeric


def verdicts_on_all(absolute, judged, stable_absolute, stable_judged):
    """The largest differences, how many gradients cannot be told, and the gravest verdicts."""
    worst, stable_worst = np.max(absolute), np.max(stable_absolute)
    untold, stable_untold = np.sum(judged == CANNOT_TELL), np.sum(stable_judged == CANNOT_TELL)
    verdict, stable_verdict = np.max(judged), np.max(stable_judged)
    return verdict, stable_verdict


def quotients(x, y, W1, b1, W2, b2, eps):
    """The loss from ŷ, by each parameter."""
    central = numeric_gradient(x, y, W1, b1, W2, b2, ahead=eps, behind=eps)
    forward = numeric_gradient(x, y, W1, b1, W2, b2, ahead=eps, behind=0)
    return central, forward


def all_nine(x, y, W1, b1, W2, b2, eps, side, analytic, central, forward, stable_numeric):
    """What the check says of each gradient, once for the loss from ŷ and once for the loss from z2."""
    point = x, y, W1, b1, W2, b2
    loss_rounding, stable_rounding = roundings(*point)
    numeric = in_use(central, forward, side)
    limit = in_use(*limits(loss_rounding, point, analytic, eps), side)
    absolute, judged = checked(numeric, analytic, limit)
    stable_limit = in_use(*limits(stable_rounding, point, analytic, eps), side)
    stable_absolute, stable_judged = checked(stable_numeric, analytic, stable_limit)
    return judged, stable_judged


def picked(which, analytic, numeric, central, forward):
    """The picked parameter's numbers, and the largest errors of all nine."""
    slope = analytic[which]
    quotient = numeric[which]
    error = np.abs(quotient - slope)
    central_error = np.abs(central[which] - slope)
    forward_error = np.abs(forward[which] - slope)
    worst_central = np.max(np.abs(central - analytic))
    worst_forward = np.max(np.abs(forward - analytic))
    return error


def loss_beside(p, which, by, x, y):
    """The loss, when the picked parameter is moved."""
    q = p.copy()
    q[which] += by
    return loss_of(q, x, y)


def along(x, y, p, loss, which, side, eps, t, slope, quotient):
    """What the charts of the loss along the picked parameter show: rises of the loss from where it is."""
    rise = loss_beside(p, which, t, x, y) - loss
    tangent = slope * t
    low = np.where(side == 1, 0.0, -eps)                           # where the secant starts; it ends at eps
    rise_low = loss_beside(p, which, low, x, y) - loss
    rise_high = loss_beside(p, which, eps, x, y) - loss
    secant = rise_high + quotient * (t - eps)
    near, far = -4 * eps, 4 * eps                                  # the stretch that the close-up shows
    return rise, tangent, secant


def seen_at_1e_15(loss, slope):
    """What a close-up of eight times 1e-15 shows: a flat line, steps, a smooth curve."""
    heights = np.abs(slope) * 8e-15 / (UNIT * loss)                # numbers that the loss can be on the way, about
    close_up = np.where(slope == 0, 0.0, np.where(heights < 1000, 1.0, 2.0))
    return close_up


def bend_here(x, y, W2, p, loss, which):
    """About the second and the third derivative of the loss by the picked parameter."""
    reach = in_a_row(np.outer(1 + np.abs(W2), np.abs(x)), 1 + np.abs(W2), np.ones_like(W2), 1.0)
    h = 0.02 / (1 + reach[which])                                  # wide for rounding, narrow for the curve
    ahead, behind = loss_beside(p, which, h, x, y), loss_beside(p, which, -h, x, y)
    second = (ahead - 2 * loss + behind) / h**2
    far_ahead, far_behind = loss_beside(p, which, 2 * h, x, y), loss_beside(p, which, -2 * h, x, y)
    third = (far_ahead - 2 * ahead + 2 * behind - far_behind) / (2 * h**3)
    return second, third


def best_steps(eps, loss_rounding, h, second, third):
    """What truncation and rounding cost, and where their sum is smallest."""
    flat_central = np.abs(third) <= 48 * loss_rounding / h**3      # no more than rounding may make of a 0
    flat_forward = np.abs(second) <= 64 * loss_rounding / h**2
    central_truncation = np.abs(third) / 6 * eps**2
    forward_truncation = np.abs(second) / 2 * eps
    rounding = loss_rounding / eps
    best_central = np.where(flat_central, np.inf, (3 * loss_rounding / np.abs(third)) ** (1 / 3))
    best_forward = np.where(flat_forward, np.inf, np.sqrt(4 * loss_rounding / np.abs(second)))
    about_central, about_forward = nearest_power_of_ten(best_central), nearest_power_of_ten(best_forward)
    return about_central, about_forward


LABORATORY = [*WALKTHROUGH, rows, quotients, stable_quotients, two_of_nine, all_nine, verdicts_on_all, picked, along,
              seen_at_1e_15, bend_here, best_steps]
DOMAINS = {"eps": above(0), "which": one_of(PARAMETERS),
           "side": one_of(["central: from −ε to ε", "forward: from 0 to ε"])}
ROLES = roles | dict.fromkeys(["analytic", "numeric", "central", "forward", "numeric_dW2", "slope", "quotient"],
                              "gradient")
CLOSE_UP = Chart(
    x="t", points=30, start="near", end="far", x_label="change of the parameter", y_label="rise of the loss",
    title="Close-up: loss, tangent and secant within four ε of the parameter",
    curves=[Curve("rise", "loss", "loss"), Curve("tangent", "tangent: analytic slope", "gradient"),
            Curve("secant", "secant: the quotient's slope", "line-2")],
    marks=[Mark("low", "rise_low"), Mark("eps", "rise_high")],
)
ALONG = Chart(
    x="t", start=-6, end=6, points=40, x_label="change of the parameter", y_label="rise of the loss",
    title="The loss along the picked parameter, with its tangent",
    curves=[Curve("rise", "loss", "loss"), Curve("tangent", "tangent: analytic slope", "gradient")],
    marks=[Mark("low", "rise_low"), Mark("eps", "rise_high")],
)
V_CURVE = Chart(
    x="eps", start=1e-15, end=1e-1, x_label="ε", y_label="error of the quotient", log=True, points=60,
    y_range=(1e-14, 1e2),
    title="The V-curve of the picked parameter: error against ε",
    curves=[Curve("central_error", "central"), Curve("forward_error", "forward", "line-2"),
            Curve("central_error", "central, float32", "line-4", float32=True),
            Curve("central_truncation", "slope 2", "muted-1"), Curve("forward_truncation", "slope 1", "muted-1"),
            Curve("rounding", "rounding, slope −1", "muted-2")],
    marks=[Mark("eps", style="muted-2", label="ε"), Mark("best_central", style="line-1", label="best central"),
           Mark("best_forward", style="line-2", label="best forward")],
)
V_WORST = Chart(
    x="eps", start=1e-15, end=1e-1, x_label="ε", y_label="largest error of the nine", log=True, points=60,
    y_range=(1e-14, 1e2), title="The V-curve of the worst of the nine parameters: error against ε",
    curves=[Curve("worst_central", "central"), Curve("worst_forward", "forward", "line-2"),
            Curve("worst_central", "central, float32", "line-4", float32=True)],
    marks=[Mark("eps", style="muted-2", label="ε")],
)
VERDICTS = (
    "right: no difference is larger than the quotient’s own error",
    "cannot tell about all nine: take the loss from z⁽²⁾, another ε, or another point",
    "wrong: a difference is larger than the quotient’s own error")
ALL_NINE = {
    "heads": PARAMETERS, "digits": 6,
    "analytic": ["dW1", "db1", "dW2", "db2"], "numeric": ["numeric"], "difference": ["absolute"],
    "may be off by": ["limit"], "so the gradient is": [("judged", ("right", "cannot tell", "wrong"))],
}
BOTH_LOSSES = {
    "heads": ["loss from ŷ", "loss from z⁽²⁾"],
    "loss": ["loss", "stable_loss"], "largest difference": ["worst", "stable_worst"],
    "cannot tell, of nine": ["untold", "stable_untold"],
    "verdict": [("verdict", VERDICTS), ("stable_verdict", VERDICTS)],
}
AT_THIS_POINT = {
    "heads": ["loss from ŷ", "loss from z⁽²⁾"], "caption": "The check of all nine at this point",
    "the nine are": [(name, ("right", "cannot be told", "wrong")) for name in ("verdict", "stable_verdict")],
    "largest difference": ["worst", "stable_worst"],
}
SLOPES = {"heads": ["slope"], "digits": 9, "caption": "slopes",
          "tangent": ["slope"], "secant": ["quotient"], "difference": ["error"]}
