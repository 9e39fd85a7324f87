"""What a reader sees of a sheet: fields, diagram, steps, tables and single numbers, as HTML.

Everything is drawn once, with the book's values; `frontend/` moves the numbers afterwards.
"""

from pathlib import Path

import jinja2
import numpy as np
from markupsafe import Markup

from ..formula import Formula
from ..mathml import markup
from ..number import format_number
from ..symbols import Symbols
from .diagram import Diagram

_TEMPLATES = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True,
                                undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def draw(template, **content):
    """A template of this folder, filled in."""
    return _TEMPLATES.get_template(template).render(**content).strip()


class Views:
    """The views of one sheet.

    symbols   name -> how it is printed, where the rule of `Symbols` does not give it
    network   how the diagram is laid out (see `Diagram`), or None for no diagram
    digits    decimals of a number where nothing else is asked for
    """

    def __init__(self, sheet, symbols=None, network=None, digits=4):
        self.sheet, self.digits = sheet, digits
        self.symbols = Symbols(sheet, symbols, loss=(network or {}).get("loss", "loss"))
        self.network = network
        self.values = sheet.values()

    def panel(self, names):
        """Fields, diagram, and the steps of `names`."""
        return draw("panel.html", inputs=self._inputs(), diagram=self._diagram(names), steps=self._steps(names))

    def steps(self, names):
        """For each number of `names`: symbol = formula = the same with numbers = value."""
        return draw("steps.html", steps=self._steps(names))

    def table(self, columns, digits=None):
        """One row for each number of the first column's names, one column for each keyword."""
        digits = self.digits if digits is None else digits
        heads = [[name for array in names for name in self.sheet.elements(array)] for names in columns.values()]
        if len({len(head) for head in heads}) != 1:
            raise ValueError("the columns of a table must have the same length: "
                             + ", ".join(f"{key} has {len(head)}" for key, head in zip(columns, heads)))
        rows = [(self._maths(names[0]), [self._live(name, digits) for name in names]) for names in zip(*heads)]
        return draw("table.html", columns=list(columns), rows=rows)

    def number(self, name, digits=None):
        """The number `name`, live."""
        return draw("number.html", number=self._live(name, self.digits if digits is None else digits))

    def choose(self, name, texts):
        """That one of `texts` whose index is the value of `name`; false and true count as 0 and 1."""
        value = self.values[self.sheet.position(name)]
        return draw("choose.html", name=name, texts=texts, chosen=chosen(value, texts))

    def formula(self, name):
        """The equation of the number `name` on one line."""
        return draw("formula.html", step=self._step(name))

    def data(self):
        """What the browser needs besides the drawn page: program, plain symbols, which array is whose gradient,
        and the number to speak of after a change."""
        texts = {element: self.symbols.text(element) for name in self.sheet.names for element in self.sheet.elements(name)}
        targets = {name: target for name in self.sheet.names if (target := self.symbols.target(name))}
        loss = self.symbols.loss if self.symbols.loss in texts else None
        return {"program": self.sheet.program(), "symbols": texts, "gradients": targets, "announce": loss}

    def text(self, name, digits=None):
        """The number `name` as it is written."""
        position = self.sheet.position(name)
        return format_number(self.values[position], self.digits if digits is None else digits, self.sheet.is_truth(position))

    def _live(self, name, digits):
        return {"name": name, "text": self.text(name, digits), "digits": None if digits == self.digits else digits}

    def _maths(self, name):
        return Markup(markup(self.symbols.mathml(name)))

    def _steps(self, names):
        return [{"name": name, "rows": [self._step(element) for element in self.sheet.elements(name)]} for name in names]

    def _step(self, name):
        formula = Formula(self.sheet, self.symbols, self.values, self.digits)
        plain = self.sheet.cell(name).names[0] != name  # a second name says which number it equals, no more
        return {"name": name, "symbol": self._maths(name), "formula": Markup(markup(formula.in_symbols(name))),
                "numbers": None if plain else Markup(markup(formula.with_numbers(name))),
                "value": self._live(name, self.digits)}

    def _inputs(self):
        return [{"name": name, "symbol": self._maths(name), "code": self.symbols.text(name) != name, "rows": self._rows(name, array)}
                for name, array in self.sheet.inputs.items()]

    def _rows(self, name, array):
        """The fields of an input, laid out as a matrix: vectors stand upright, save weights, which are rows."""
        weights = (self.network or {}).get("weights", [])
        columns = array.shape[-1] if array.ndim > 1 or name in weights else 1
        names = np.array(self.sheet.elements(name), dtype=object).reshape(-1, columns)
        return [[{"name": element, "symbol": self.symbols.text(element),
                  "value": input_text(self.values[self.sheet.position(element)])} for element in row] for row in names]

    def _diagram(self, names):
        if not self.network:
            return None
        return Diagram(self.sheet, self.symbols, self.network, names, lambda name: self._live(name, self.digits))


def chosen(value, texts):
    """The place in `texts` that `value` stands for, or None where it is no such place."""
    return int(value) if value == value and 0 <= value < len(texts) else None


def input_text(value):
    """A field's text: the shortest decimal that is exactly the number, as JavaScript writes it."""
    return repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value)).replace("e-0", "e-")
