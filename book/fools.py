"""Why a falling loss proves nothing: the right gradient and thirteen wrong ones go downhill, side by side.

The functions of FOOLS are traced in order.

bug       the place in BUGS of the mistake on show; one more for none
h         the length of a step along DIRECTION, of the check that needs no ε
"""

import numpy as np

from bugs import BUGS, NAMES, all_gradients
from byhand import Chart, Course, Curve, Route, above, one_of
from check import in_a_row, stable_loss_of
from descent import apart, fed

DIRECTION = np.random.default_rng(0).normal(size=9)  # any one will do that is special in nothing
LENGTHS = np.array([1e-1, 1e-2, 1e-3, 1e-4])


def side_by_side(x, y, W1, b1, W2, b2, eta):
    """One step down the gradient of each program, of the right one as the last: (14,) each."""
    p = in_a_row(W1, b1, W2, b2)
    here = stable_loss_of(p, x, y)
    wrong = all_gradients(x, y, W1, b1, W2, b2)                    # (14, 9)
    right = wrong[-1]                                              # (9,)
    products = wrong @ right                                       # g·g′
    lengths = np.sqrt(np.sum(wrong**2, axis=1))
    units = wrong / lengths[:, None]
    gaps, sums = (np.sqrt(np.sum((units + side * units[-1])**2, axis=1)) for side in (-1, 1))
    angles = 2 * np.arctan(gaps / sums) * 180 / np.pi              # in degrees; this way equal ones are 0 apart
    promises = eta * products
    afters = np.stack([stable_loss_of(p - eta * row, x, y) for row in wrong])
    delivers = here - afters
    ends_lower = afters[:-1] < afters[-1]
    lower = np.sum(ends_lower)                                     # how many of the thirteen end lower
    return delivers, lower


def shown(p, wrong, right, eta, bug):
    """One step down the gradient of the picked program."""
    picked = wrong[bug]                                            # (9,)
    alike = np.max(np.abs(picked - right)) <= 1e-12 * np.max(np.abs(right))
    bug_W1, bug_b1, bug_W2, bug_b2 = apart(p - eta * picked)
    return bug_W1, bug_b1, bug_W2, bug_b2


def remainders(x, y, p, here, right, picked, h):
    """What is left of a change of the loss when h times its slope along DIRECTION is taken away."""
    def left(gradient, h):
        return np.abs(stable_loss_of(p + h * DIRECTION, x, y) - here - h * (gradient @ DIRECTION))

    right_left, picked_left = left(right, h), left(picked, h)
    right_lefts = np.stack([left(right, length) for length in LENGTHS])    # (4,)
    picked_lefts = np.stack([left(picked, length) for length in LENGTHS])  # (4,)
    right_orders = np.log(right_lefts[:-1] / right_lefts[1:]) / np.log(10)
    picked_orders = np.log(picked_lefts[:-1] / picked_lefts[1:]) / np.log(10)
    slope_two, slope_one = right_lefts[0] * (h / LENGTHS[0])**2, picked_lefts[0] * (h / LENGTHS[0])
    return right_orders, picked_orders


FOOLS = [side_by_side, shown, remainders]
DOMAINS = {"eta": above(0), "bug": one_of([*NAMES, "none: the right code"]), "h": above(0)}
START = {"eta": 0.5, "bug": 2, "h": 0.01}
SYMBOLS = {"here": "L", "lower": "lower than the right code"}
EACH = {
    "heads": [*NAMES, "the right code"],
    "g·g′": ["products"], "angle in degrees": ["angles"], "promised η·g·g′": ["promises"],
    "delivered": ["delivers"], "loss after the step": ["afters"],
}
RACE = Course(
    "here", y_label="loss L", title="The loss by step: the right code, and thirteen mistakes", pick="bug",
    rise=1.5, against="beside the right code",
    routes=[Route("the right code", fed("bug"), put={"bug": len(BUGS)}),
            *(Route(name, fed("bug"), "muted-1", {"bug": i}) for i, name in enumerate(NAMES))])
WITHOUT_EPS = Chart(
    "h", 1e-6, 1, "h, the length of the step", "what is left", log=True, points=60, y_range=(1e-14, 1e2),
    title="What a slope leaves of the change of the loss, by the length of the step",
    curves=[Curve("right_left", "the right code"), Curve("picked_left", "the picked mistake", "line-2"),
            Curve("slope_two", "slope 2", "muted-1"), Curve("slope_one", "slope 1", "muted-2")])
ORDERS = {"heads": ["from h = 0.1 to 0.01", "from 0.01 to 0.001", "from 0.001 to 0.0001"], "digits": 2,
          "the right code": ["right_orders"], "the picked mistake": ["picked_orders"]}
