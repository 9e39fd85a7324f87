"""One of several labels to pick."""

from ..template import draw


def options(pen, /, name, legend, labels=None, counts=None, about=(), menu=False):
    """One of the labels of a domain to pick, or of `labels`, as many: the input `name` holds its place, counted from 0.

    counts   an input that is one more after each pick, or None
    about    the numbers to be seen when one is picked (see `Pen.about`)
    menu     whether only the picked one shows: many long labels leave no room for what they move
    """
    domain = pen.domain(name)
    labels = domain.labels if labels is None else labels
    if not domain.whole or domain.low != 0 or domain.high != len(labels) - 1:
        raise ValueError(f"options for {name} need its domain, one_of their labels: it is {domain.words}")
    if counts:
        pen.sheet.check_name(counts)
    return draw("options.html", name=name, legend=legend, labels=labels, counts=counts, about=pen.about(about),
                value=pen.value(name), menu=menu)
