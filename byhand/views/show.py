"""A walkthrough: fields, diagram and steps, each made from the ones before."""

from ..template import draw
from .diagram import Diagram
from .fields import inputs, large
from .steps import few


def show(pen, /, *names, results=None, upright=False, fields=True, folded=False, about=()):
    """Fields, diagram, and the steps of `names` only; of an array of more than 50 numbers the first 3. Of what is
    worked out the diagram shows all, or no more than the arrays `results`. On phones it stands `upright`, where a page
    can bear 3 kB more and no column has more than two units. Where a page has its `fields` elsewhere, none stand here;
    where it has its steps, picture and list can be `folded` under the buttons, on pages with questions. The fields are
    `about` what the diagram shows, if not about other numbers (see `Pen.about`).
    """
    lying = diagram(pen, names, results)
    shown = lying.shown if lying else []
    about = pen.about(about) or pen.about_drawn(shown)
    return draw("show.html", inputs=inputs(pen) if fields else None, large=large(pen), owner=pen.owner,
                unshown=pen.sheet.unshown, upright=upright and lying and lying.upright(pen), diagram=lying,
                steps=few(pen, names), walk=True, folds=folded,
                about=about, drawn=pen.about(shown) if about == "itself" else "")


def diagram(pen, names, results=None):
    """The diagram of the network; None without one."""
    return Diagram(pen.sheet, pen.symbols, pen.network, names, pen.live, results) if pen.network else None
