"""A way on, for whoever comes by a link with numbers that have moved to another page."""

from ..template import draw


def moved(pen, /, page, title, *names):
    """A line that only those see whose link carries one of the inputs `names`, which `page` has now: a way there, with
    these numbers and those of this explorer's fields."""
    return draw("moved.html", page=page, title=title, names=" ".join(names), carried=" ".join([*pen.fields, *names]))
