"""A button that puts numbers in."""

import json

import numpy as np

from ..template import draw


def button(pen, /, label, draw_from=None, about=(), **inputs):
    """A button that puts `inputs` in, and for each of `draw_from`, name -> (low, high), a random whole number.

    about   the numbers to be seen when it is pressed (see `Pen.about`)
    """
    numbers = {name: np.ravel(pen.checked(name, value)).tolist() for name, value in inputs.items()}
    return draw("button.html", label=label, about=pen.about(about),
                inputs=json.dumps({"put": numbers, "draw": _draws(pen, draw_from or {})}))


def _draws(pen, draw_from):
    for name, ends in draw_from.items():
        for end in ends:
            pen.checked(name, end)
    return draw_from
