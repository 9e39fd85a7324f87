"""MathML elements: the few shapes that formulas and symbols are put together from."""

from xml.etree import ElementTree


def tag(name, *children, **attributes):
    """The element `name` around `children`: elements, or one text. `data_cell=` is written `data-cell=`.

    The blanks of a text are no-break spaces: browsers trim others at its ends.
    """
    element = ElementTree.Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})
    for child in children:
        if isinstance(child, str):
            element.text = child.replace(" ", "\u00a0") if name == "mtext" else child
        else:
            element.append(child)
    return element


def bracketed(element):
    """`element` in brackets, which grow with fractions but not with superscripts."""
    grows = "true" if next(element.iter("mfrac"), None) is not None else "false"
    return tag("mrow", tag("mo", "(", stretchy=grows), element, tag("mo", ")", stretchy=grows))


def markup(*children):
    """`children` as the text of one <math> element."""
    return ElementTree.tostring(tag("math", *children, translate="no"), encoding="unicode")
