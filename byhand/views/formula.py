"""The equation of one number, in a sentence."""

from ..template import draw
from .steps import step


def formula(pen, /, name):
    """The equation of the number `name` on one line."""
    return draw("formula.html", step=step(pen, name))
