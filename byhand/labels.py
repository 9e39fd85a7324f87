"""Whole numbers that pick, `p[np.arange(n), y]`: which inputs they are, and how far they may go, found by trying."""

import numpy as np

from .domain import whole

_FARTHEST = 50  # labels: no more are tried


def picking_domains(names, inputs, passes):
    """The domains, name -> Domain, of those inputs among `names` that plain numpy takes as whole numbers only.

    names   inputs that were given as whole numbers
    passes  whether plain numpy takes inputs, name -> array, of floats or ints
    """
    if not names or passes(inputs):
        return {}
    as_whole = {name: inputs[name].astype(int) for name in names}
    if not passes(inputs | as_whole):
        return {}
    for name in names:
        others = {other: array for other, array in as_whole.items() if other != name}
        if passes(inputs | others):
            as_whole = others
    return {name: _domain(name, array, inputs | as_whole, passes) for name, array in as_whole.items()}


def _domain(name, array, inputs, passes):
    """From 0, or the smallest given, to the last whole number that is taken."""
    low, high = min(0, int(array.min())), int(array.max())
    while high < _FARTHEST and passes(inputs | {name: np.full_like(array, high + 1)}):
        high += 1
    return whole(low, high)
