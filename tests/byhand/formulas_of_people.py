"""What the formulas of people's functions read like: `python tests/byhand/formulas_of_people.py` writes them anew."""

import functools
from pathlib import Path

from byhand import trace
from byhand.writing.formula import Formula
from byhand.writing.mathtext import plain
from byhand.writing.symbols import Symbols
from people import CASES

FILE = Path(__file__).with_name("formulas_of_people.txt")
FEW = 2  # numbers of each array


def formulas():
    return "\n\n".join("\n".join(lines_of(function, CASES[function][0])) for function in CASES) + "\n"


@functools.cache
def sheet_of(function):
    return trace(function, **CASES[function][1])


def lines_of(function, source):
    sheet = sheet_of(function)
    symbols = Symbols(sheet)
    formula = Formula(sheet, symbols, sheet.values())
    yield f"{function.__name__} ({source})"
    for name in [name for name in sheet.names if name not in sheet.inputs]:
        for element in sheet.elements(name)[:FEW]:
            if sheet.cell(element).names[0] == element:
                yield f"  {plain(symbols.mathml(element))} = {plain(formula.in_symbols(element))}"
    yield from (f"  {sentence}." for sentence in sheet.unshown)


if __name__ == "__main__":
    FILE.write_text(formulas(), encoding="utf-8")
