"""A switch between whole sets of numbers: the first ones, those with a name, and the reader's own."""

from ..template import draw


def points(pen, /, about=()):
    """Buttons that put all numbers in at once: the first ones, each of `explore(points=…)`, and the reader's own.

    They are `about` numbers that are to be seen then (see `Pen.about`).
    """
    return draw("points.html", owner=pen.owner.removeprefix("the "), points=list(pen.points), about=pen.about(about))
