"""A button that puts numbers in."""

import json

import numpy as np

from ..template import draw


def button(pen, /, label, draw_from=None, take_from=None, link=(), about=(), **inputs):
    """A button that puts `inputs` in.

    draw_from   name -> (low, high): puts a random whole number in
    take_from   name of an input -> name of a number: puts in what that number is then, if the input may be it
    link        names of inputs: copies a link to them, as they are then, instead
    about       the numbers to be seen when it is pressed (see `Pen.about`)
    """
    numbers = {name: np.ravel(pen.checked(name, value)).tolist() for name, value in inputs.items()}
    for name in link:
        pen.sheet.check_name(name)
    return draw("button.html", label=label, link=" ".join(link), about=pen.about(about), inputs=json.dumps(
        {"put": numbers, "draw": _draws(pen, draw_from or {}), "take": _takes(pen, take_from or {})}))


def _draws(pen, draw_from):
    for name, ends in draw_from.items():
        for end in ends:
            pen.checked(name, end)
    return draw_from


def _takes(pen, take_from):
    for name, source in take_from.items():
        pen.sheet.check_name(name)
        pen.sheet.position(source)
    return take_from
