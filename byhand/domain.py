"""Domains: what an input may be. Fields, sliders, options, buttons, links, arrow keys and the kernel all ask here.

    explore(f, domains={"eps": above(0), "y": between(0, 1), "which": one_of(LABELS)}, …)

A domain of an array holds for each of its numbers. An input without one may be any finite number.
"""

import math
import sys
from dataclasses import dataclass

import numpy as np

_LARGEST = sys.float_info.max
_SMALLEST = 2.3e-308  # doubles nearer to 0 have fewer digits


@dataclass(frozen=True)
class Domain:
    """The numbers from `low` to `high`, both included.

    words    what such a number is, as the end of a sentence: "a number from 0 to 1, such as 0.5"
    whole    whether only whole numbers are
    log      whether steps are factors
    labels   what each of the whole numbers from 0 on stands for
    """
    words: str
    low: float = -_LARGEST
    high: float = _LARGEST
    whole: bool = False
    log: bool = False
    labels: tuple = ()

    def __contains__(self, value):
        return self.low <= value <= self.high and (not self.whole or float(value).is_integer())

    def check(self, name, array):
        """ValueError, in a sentence, where a number of the array `name` is not of this domain."""
        if not np.isfinite(array).all():
            raise ValueError(f"{name} = {np.asarray(array).tolist()} has a number that is not finite: "
                             "a field holds finite ones only")
        for number in np.ravel(array):
            if number not in self:
                raise ValueError(f"{name} cannot be {float(number)!r}: it must be {self.words}")

    def places(self):
        """The numbers of the domain as a range, if they are whole; None else."""
        return range(int(self.low), int(self.high) + 1) if self.whole else None

    def data(self):
        """What the browser needs, as plain data for JSON; see frontend/domain.js."""
        ends = {end: value for end, value in (("low", self.low), ("high", self.high)) if abs(value) < _LARGEST}
        return {"words": self.words} | ends | {kind: True for kind in ("whole", "log") if getattr(self, kind)}


def check_domains(domains, inputs):
    """KeyError or ValueError, in a sentence, where `domains`, name -> Domain, do not fit `inputs`, name -> array."""
    for name, domain in domains.items():
        if name not in inputs:
            raise KeyError(f"{name} is not an input: the inputs are {', '.join(inputs)}")
        if not isinstance(domain, Domain):
            raise ValueError(f"the domain of {name} is {domain!r}: make it with above, between, whole, one_of or truth")
        domain.check(name, inputs[name])


def any_number():
    """Any finite number."""
    return Domain("a finite number, such as 0.5, -2 or 1e-3")


def above(low):
    """A number greater than `low`. Above 0 steps are factors, and numbers too small to have all digits are left out."""
    if low == 0:
        return Domain(f"a number greater than 0, such as 1e-6 ({_SMALLEST} at least)", low=_SMALLEST, log=True)
    low = _end(low)
    return Domain(f"a number greater than {_plain(low)}", low=math.nextafter(low, math.inf))


def between(low, high):
    """A number from `low` to `high`, both included."""
    low, high = _ends(low, high)
    middle = float(f"{low / 2 + high / 2:.3g}")
    example = f", such as {_plain(middle)}" if low <= middle <= high else ""
    return Domain(f"a number from {_plain(low)} to {_plain(high)}{example}", low, high)


def whole(low, high):
    """A whole number from `low` to `high`, both included."""
    low, high = _ends(low, high)
    if not low.is_integer() or not high.is_integer():
        raise ValueError(f"whole({low:g}, {high:g}): both ends must be whole numbers")
    return Domain(f"a whole number from {low:.0f} to {high:.0f}", low, high, whole=True)


def one_of(labels):
    """The place of one of `labels` in their list, counted from 0."""
    labels = tuple(labels)
    if not labels:
        raise ValueError("one_of() needs at least one label")
    return Domain(f"a whole number from 0 to {len(labels) - 1}", 0, len(labels) - 1, whole=True, labels=labels)


def truth():
    """0 for false, 1 for true."""
    return one_of(["False", "True"])


def _plain(value):
    return repr(value).removesuffix(".0")


def _end(value):
    if not math.isfinite(value):
        raise ValueError(f"a domain ends at a finite number, not at {value}")
    return float(value)


def _ends(low, high):
    low, high = _end(low), _end(high)
    if low > high:
        raise ValueError(f"a domain from {low:g} to {high:g} holds no number")
    return low, high
