"""Steps: symbol = formula = the same with numbers = value, line by line."""

import re

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
    """The same, but of an array of more than MANY numbers the first FEW, of a loop the first passes, and how to see
    the others."""
    folded = _folded(pen.sheet, names)
    lines = [_few(pen, name, pen.sheet.elements(name)) for name in names if folded.get(name) != ""]
    for name, these in zip([name for name in names if folded.get(name) != ""], lines):
        if name in folded and these[-1]["more"] is None:
            these[-1] |= {"more": folded[name]}
    return [line for these in lines for line in these]


def _folded(sheet, names):
    """Of variables with many passes, "" for each pass that is left out, and a sentence behind the last that stays."""
    passes, found = {}, {}
    for name in names:
        if match := re.fullmatch(r"(.+)⟨\d+⟩", name):
            passes.setdefault(match[1], []).append(name)
    for base, these in passes.items():
        left = these[FEW:-1] if base in sheet.inputs else these[FEW:]  # an input's last value has no other name
        if len(left) > FEW:
            found |= dict.fromkeys(left, "")
            before = len(these) - (base in sheet.inputs)
            words = f"{base} has {before} values before its last, and these are the first {FEW}: "
            found[these[FEW - 1]] = words, f"net.steps({_quoted(left[0])})", " shows another."
    return found


def _few(pen, name, elements):
    if len(elements) <= MANY:
        return rows(pen, [name])
    *others, last = rows(pen, elements[:FEW])
    more = (f"{name} has {len(elements)} numbers, and these are the first {FEW}: ",
            f"net.steps({_quoted(elements[FEW])})",
            " shows another, ", f"net.steps({_quoted(name)})", " all.")
    return [*others, last | {"more": more}]


def _quoted(name):
    """A name as a text of Python."""
    return f'"{name}"' if '"' not in name else f"'{name}'"


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
            "value": pen.live(name, digits), "about": pen.about([name]), "note": _note(pen, name), "more": None}


def _note(pen, name):
    """The sentence of a step: the chapter's own about the array, and what the number is made from."""
    sources = [pen.symbols.text(source) for source in pen.sheet.sources(name)]
    made = f"{pen.symbols.text(name)} is made from {listed(sources)}." if sources else ""
    return f"{pen.notes.get(split(name)[0], '')} {made}".strip()
