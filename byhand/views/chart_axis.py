"""Axes of charts: whether one can go over a range, ranges that hold data, ticks at round places, and from a value
to its place. As chart_axis.js has it.
"""

import math

import numpy as np

from ..writing.number import format_number

SMALLEST, LARGEST = 1e-300, 1e300  # of what an axis can show: the steps between are doubles too
_FITTED = 5   # steps of an axis that is fitted
_STEPS = 6    # at most, of a linear axis
_DECADES = 7  # at most, from tick to tick of a logarithmic one
_FINEST = 1e-3  # texts of axes that are all below have powers of ten


def is_range(start, end, log):
    """Whether an axis can go from `start` to `end`."""
    sizes = [abs(end - start), start, end] if log else [abs(end - start)]
    return all(SMALLEST <= size <= LARGEST for size in sizes)


def fitted(ys):
    """A range that holds `ys` and whose ends and five steps are round numbers."""
    ys = ys[np.abs(ys) <= LARGEST]
    low, high = (float(ys.min()), float(ys.max())) if len(ys) else (0.0, 1.0)
    step = _decimal(1, _round_step(max(SMALLEST, (high - low) / (_FITTED - 1) or abs(high) or 1.0)))
    low = math.floor(low / step) * step
    return low, low + step * _FITTED


def scale(ends, start, end, log):
    """From values to their places between `start` and `end`; what is off a logarithmic scale lands on its edge."""
    low, high = ends
    if log:
        a, b = np.log10([low, high])
        return lambda values: start + (np.log10(np.maximum(values, low)) - a) / (b - a) * (end - start)
    return lambda values: start + (values - low) / (high - low) * (end - start)


def ticks(start, end, log):
    """The ticks of an axis, from low to high: (value, text) each."""
    low, high = min(start, end), max(start, end)
    return (log and _log_ticks(low, high)) or _linear_ticks(low, high)


def _linear_ticks(low, high):
    step = _round_step((high - low) / _STEPS)
    size = _decimal(1, step)
    first, last = math.ceil(low / size - 1e-9), math.floor(high / size + 1e-9)
    if max(abs(first), abs(last)) > 1e15:
        return []  # doubles so large have no places between
    digits = 3 if max(abs(low), abs(high)) < _FINEST else max(3, -step[1])
    values = [_decimal(count, step) for count in range(first, last + 1)]
    return [(value, format_number(value, digits)) for value in values]


def _log_ticks(low, high):
    """At powers of ten; at 1, 2 and 5 of each where there are fewer than two; none where that is not enough either."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    stride = max(1, math.ceil((last - first) / _DECADES))
    values = [_decimal(1, (1, power)) for power in range(first, last + 1) if power % stride == 0]
    found = [(value, format_number(value, 3)) for value in values] if len(values) > 1 else fine_ticks(low, high)
    return found if len(found) > 1 else []


def fine_ticks(low, high):
    """1, 2 and 5 of each power of ten from `low` to `high`: (value, text) each."""
    first, last = math.floor(math.log10(low)), math.floor(math.log10(high) + 1e-9)
    values = [_decimal(1, (factor, power)) for power in range(first, last + 1) for factor in (1, 2, 5)]
    return [(value, format_number(value, 3)) for value in values if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]


def _round_step(size):
    """The least of 1, 2, 5 times a power of ten that is not below `size`: its factor and its power."""
    power = math.floor(math.log10(size))
    return next((factor, power) for factor in (1, 2, 5, 10) if factor * 10.0**power >= size * (1 - 1e-9))


def _decimal(count, step):
    """So many times a step: the double that is nearest to the decimal."""
    factor, power = step
    return float(f"{count * factor}e{power}")
