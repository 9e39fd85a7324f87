"""A symbol as text of a picture: letters with what stands above and below them, as <tspan> elements.

Pictures hold no MathML: WebKit sets none in SVG. So a symbol's MathML is read, and set letter by letter.
"""

from dataclasses import dataclass
from xml.etree import ElementTree

from .mathml import tag

SMALL = 0.78              # of an index, in the size of its letter: no smaller, for pictures shrink
RAISED, LOWERED = -0.42, 0.26  # in the size of the letter
_WIDTHS = {"(": 0.34, ")": 0.34, ",": 0.25, "1": 0.5, "ˆ": 0.3}  # in the book's font; 0.5 for all others
_GREEK = {letter: chr(0x1D6FC + place) for place, letter in enumerate("αβγδεζηθικλμνξοπρςστυφχψω")}
_HAT = "ˆ"


@dataclass
class Run:
    """A text in one size on one line; `back` is how far it begins before the end of the one before it."""
    text: str
    size: float
    shift: float
    back: float = 0


def typeset(element, after=""):
    """`element`, a symbol in MathML, as the text of <tspan> elements for SVG; `after` stands behind it, on its line."""
    line, spans = 0, []
    for run in [*_runs(element, 1, 0), *([Run(after, 1, 0)] if after else [])]:
        moves = {"dy": run.shift - line, "dx": -run.back}
        moved = {name: f"{value / run.size:.2f}em" for name, value in moves.items() if value}
        small = {} if run.size == 1 else {"font_size": f"{run.size:.0%}"}
        spans.append(tag("tspan", run.text, **moved, **small))
        line = run.shift
    return ElementTree.tostring(tag("tspan", *spans, class_="byhand-typeset"), encoding="unicode")


def width(runs):
    return sum(run.size * sum(_WIDTHS.get(letter, 0.5) for letter in run.text) - run.back for run in runs)


def _runs(element, size, shift):
    writer = _WRITERS.get(element.tag)
    if writer:
        return writer(element, size, shift)
    if len(element):
        return [run for child in element for run in _runs(child, size, shift)]
    text = element.text or ""
    return [Run(_slanted(text) if element.tag == "mi" else text, size, shift)] if text else []


def _sup(element, size, shift):
    body, above = element
    return [*_runs(body, size, shift), *_runs(above, size * SMALL, shift + RAISED * size)]


def _sub(element, size, shift):
    body, below = element
    return [*_runs(body, size, shift), *_runs(below, size * SMALL, shift + LOWERED * size)]


def _subsup(element, size, shift):
    """The upper index first: the lower one begins where it began."""
    body, below, above = element
    raised = _runs(above, size * SMALL, shift + RAISED * size)
    lowered = _runs(below, size * SMALL, shift + LOWERED * size)
    rest = width(raised) - width(lowered)
    lowered[0].back += width(raised)
    on = [Run("\u200b", size, shift, -rest)] if rest > 0 else []  # from the longer of both
    return [*_runs(body, size, shift), *raised, *lowered, *on]


def _over(element, size, shift):
    """A hat above a letter, which begins over the letter's middle and ends at its end."""
    body = _runs(element[0], size, shift)
    before = (width(body) + size * _WIDTHS[_HAT]) / 2
    return [*body, Run(_HAT, size, shift - 0.02 * size, before), Run("\u200b", size, shift, -0.1 * size)]


def _frac(element, size, shift):
    above, below = element
    return [*_runs(above, size, shift), Run("/", size, shift), *_runs(below, size, shift)]


_WRITERS = {"msup": _sup, "msub": _sub, "msubsup": _subsup, "mover": _over, "mfrac": _frac}


def _slanted(text):
    """A lone letter as browsers print <mi>: slanted, with a letter of its own in mathematical fonts."""
    if text in _GREEK:
        return _GREEK[text]
    if text == "h":
        return "ℎ"
    if text == "∂":
        return "𝜕"
    if len(text) == 1 and text.isascii() and text.isalpha():
        return chr((0x1D44E - ord("a") if text.islower() else 0x1D434 - ord("A")) + ord(text))
    return text
