"""Steps: symbol = formula = the same with numbers = value, line by line."""

from markupsafe import Markup

from ..template import draw
from ..writing.formula import Formula
from ..writing.mathml import markup
from ..writing.name import split
from ..writing.number import constant_digits
from .pen import MANY, listed

FEW = 3


def steps(pen, /, *names):
    """For each number of `names`: symbol = formula = the same with numbers = value."""
    return draw("steps.html", steps=rows(pen, names))


def rows(pen, names):
    """The steps of the numbers and arrays `names`, for steps.html."""
    return [step(pen, element) for name in names for element in pen.sheet.elements(name)]


def few(pen, names):
    """The same, but of an array of more than MANY numbers the first FEW, and how to see the others."""
    return [line for name in names for line in _few(pen, name, pen.sheet.elements(name))]


def _few(pen, name, elements):
    if len(elements) <= MANY:
        return rows(pen, [name])
    *others, last = rows(pen, elements[:FEW])
    return [*others, last | {"more": {"name": name, "numbers": len(elements), "shown": FEW, "next": elements[FEW]}}]


def step(pen, name):
    """The step of one number."""
    formula = Formula(pen.sheet, pen.symbols, pen.values, pen.digits)
    cell = pen.sheet.cell(name)
    plain = cell.names[0] != name  # a second name says which number it equals, no more
    given = not plain and not cell.args  # nothing is worked out: k = 3
    digits = constant_digits(cell.value, pen.digits) if cell.op == "const" else pen.digits
    return {"name": name, "text": pen.symbols.text(name), "symbol": pen.maths(name),
            "formula": None if given else Markup(markup(formula.in_symbols(name))),
            "numbers": None if plain or given else Markup(markup(formula.with_numbers(name))),
            "value": pen.live(name, digits), "note": _note(pen, name), "more": None}


def _note(pen, name):
    """The sentence of a step: the chapter's own about the array, and what the number is made from."""
    sources = [pen.symbols.text(source) for source in pen.sheet.sources(name)]
    made = f"{pen.symbols.text(name)} is made from {listed(sources)}." if sources else ""
    return f"{pen.notes.get(split(name)[0], '')} {made}".strip()
