"""Functions with asserts, as Python has them: in a test module pytest would write them anew."""

import numpy as np


def asserting(x):
    assert x.dtype == np.float32
    return x


def guarded(p):
    assert np.all(p >= 0), "negative"
    if np.any(np.isnan(p)):
        raise ValueError("not a number")
    y = np.sqrt(p)
    return y
