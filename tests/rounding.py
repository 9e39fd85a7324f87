"""How far rounding may move each number of a program: a running error bound, from how the number is worked out.

Two libraries' results of one op differ by two units in the last place at most. What that makes of the next op is seen
by working it out again with each operand moved to the ends of its own bound. So 1 − h² near h = 1 and a quotient of
nearly equal losses are given the digits that rounding takes from them, and no number is given more.
"""

import math

import numpy as np

from byhand.cell import OPS, TRUTHS

ULPS = 2
PICKS = TRUTHS | {"neg", "abs", "sign", "floor", "max", "min", "where"}  # what they give was there already
SUMS = {"add", "sub", "mul", "div"}  # whole numbers that are sure are counted alike everywhere


def bounds(instructions, values):
    """For each cell how far from its value another library may be; infinite where rounding decides on all of it."""
    moved = []
    with np.errstate(all="ignore"):
        for (op, *args), value in zip(instructions, values):
            if op in ("input", "const"):
                moved.append(0.0)
            else:
                moved.append(bound(op, [values[arg] for arg in args], [moved[arg] for arg in args], value))
    return moved


def bound(op, operands, moves, value):
    if op == "div" and 0 < abs(operands[1]) <= moves[1]:
        return math.inf  # a pole lies between
    is_exact = op in PICKS or (op in SUMS and not any(moves) and all(float(each).is_integer() for each in operands))
    total = 0.0 if is_exact or value == 0 or not np.isfinite(value) else ULPS * float(np.spacing(np.abs(value)))
    for k, move in enumerate(moves):
        if move:
            ends = [OPS[op](*operands[:k], operands[k] + step, *operands[k + 1:]) for step in (-move, move)]
            total += max(distance(end, value) for end in ends)
    return total


def distance(one, other):
    if one == other or (np.isnan(one) and np.isnan(other)):
        return 0.0
    return abs(float(one) - float(other)) if np.isfinite(one) and np.isfinite(other) else math.inf
