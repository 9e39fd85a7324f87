"""A walkthrough: fields, diagram and steps, each made from the ones before."""

from ..template import draw
from .diagram import Diagram
from .fields import inputs, large
from .steps import few


def show(pen, /, *names):
    """Fields, diagram, and the steps of `names` only; of an array of more than 50 numbers the first 3."""
    return draw("show.html", inputs=inputs(pen), large=large(pen), owner=pen.owner, diagram=diagram(pen, names),
                steps=few(pen, names), walk=True, unshown=pen.sheet.unshown)


def diagram(pen, names):
    """The diagram of the network; None without one."""
    return Diagram(pen.sheet, pen.symbols, pen.network, names, pen.live) if pen.network else None
