"""A slider and a field for one input."""

import math

from ..template import draw
from .fields import field


def slider(pen, /, name, low, high, step, log=None, about=()):
    """A slider and a field for one input. It is logarithmic where the domain is above 0, or where `log` says so: then
    `low`, `high` and `step` are powers of ten. Its ends lie in the domain. It is `about` numbers
    that are to be seen when it is moved (see `Pen.about`)."""
    domain, value = pen.domain(name), pen.value(name)
    log = domain.log if log is None else log
    if log and domain.low <= 0:
        raise ValueError(f"a logarithmic slider for {name} needs a domain above 0: domains={{{name!r}: above(0)}}")
    for end in (low, high):
        domain.check(name, 10.0 ** end if log else end)
    return draw("slider.html", field=field(pen, name), low=low, high=high, step=step, log=log, about=pen.about(about),
                value=round(math.log10(value), 6) if log else value)
