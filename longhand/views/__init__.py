"""What a reader sees of a sheet: fields, diagram, steps, tables and single numbers, as HTML.

Everything is drawn once, with the book's values; `frontend/` moves the numbers afterwards.
"""

import json
import math
from pathlib import Path

import jinja2
import numpy as np
from markupsafe import Markup

from ..formula import Formula
from ..mathml import markup
from ..number import format_number
from ..symbols import Symbols
from .chart import draw_chart
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
    notes     name -> a sentence to say when the stepper comes to it
    fields    the inputs that a panel has fields for; all, if not given
    digits    decimals of a number where nothing else is asked for
    """

    def __init__(self, sheet, symbols=None, network=None, notes=None, fields=None, digits=4):
        self.sheet, self.digits = sheet, digits
        self.notes = notes or {}
        self.fields = list(sheet.inputs if fields is None else fields)
        for name in self.fields:
            sheet.check_name(name)
        self.symbols = Symbols(sheet, symbols, loss=(network or {}).get("loss", "loss"))
        self.network = network
        self.values = sheet.values()

    def panel(self, names):
        """Fields, diagram, and the steps of `names`."""
        return draw("panel.html", inputs=self._inputs(), diagram=self._diagram(names), steps=self._steps(names), walk=True)

    def steps(self, names):
        """For each number of `names`: symbol = formula = the same with numbers = value."""
        return draw("steps.html", steps=self._steps(names))

    def table(self, columns, heads=None, lit=None, digits=None):
        """One row for each number of the first column's names, one column for each keyword.

        A column is a list of names, and of pairs of a name and texts to choose from: ("caught", ("missed", "caught")).
        `heads` are the rows' heads in the place of symbols; a row is lit while its number of the array `lit` is true.
        """
        digits = self.digits if digits is None else digits
        entries = [self._column(names, digits) for names in columns.values()]
        if len({len(column) for column in entries}) != 1:
            raise ValueError("the columns of a table must have the same length: "
                             + ", ".join(f"{key} has {len(column)}" for key, column in zip(columns, entries)))
        lights = self.sheet.elements(lit) if lit else [None] * len(entries[0])
        rows = [{"head": heads[i] if heads else self._maths(row[0]["name"]), "entries": row, "lit": lights[i],
                 "spoken": None if heads else self.symbols.text(row[0]["name"]),
                 "is_lit": lights[i] and bool(self.values[self.sheet.position(lights[i])])}
                for i, row in enumerate(zip(*entries))]
        return draw("table.html", columns=list(columns), rows=rows)

    def _column(self, names, digits):
        pairs = [(name, None) if isinstance(name, str) else name for name in names]
        return [self._choice(element, texts) if texts else self._live(element, digits)
                for name, texts in pairs for element in self.sheet.elements(name)]

    def slider(self, name, low, high, step, log=False):
        """A slider and a field for one input; logarithmic ones have powers of ten as `low`, `high` and `step`."""
        value = self.values[self.sheet.position(name)]
        return draw("slider.html", name=name, label=self.symbols.text(name), low=low, high=high, step=step, log=log,
                    value=round(math.log10(value), 6) if log else value, text=input_text(value))

    def options(self, name, legend, labels):
        """One of `labels` to pick: the input `name` holds its place, counted from 0."""
        return draw("options.html", name=name, legend=legend, labels=labels, value=self.values[self.sheet.position(name)])

    def button(self, label, draw_from=None, **inputs):
        """A button that puts `inputs` in, and for each of `draw_from`, name -> (low, high), a random whole number."""
        numbers = {name: np.ravel(self.sheet.check(name, value)).tolist() for name, value in inputs.items()}
        return draw("button.html", label=label, inputs=json.dumps({"put": numbers, "draw": draw_from or {}}))

    def chart(self, chart):
        """A chart whose curves are sweeps of this sheet (see longhand.views.chart)."""
        return draw("chart.svg", chart=draw_chart(chart, self.sheet))

    def picture(self, address, alt):
        """A picture that a kernel draws anew; where none runs, it says so when the numbers are no longer the book's."""
        return draw("picture.html", address=address, alt=alt)

    def number(self, name, digits=None):
        """The number `name`, live."""
        return draw("number.html", number=self._live(name, self.digits if digits is None else digits))

    def choose(self, name, texts):
        """That one of `texts` whose index is the value of `name`; false and true count as 0 and 1."""
        return draw("choose.html", it=self._choice(name, texts))

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

    def text(self, name, digits=None, inputs=None):
        """The number `name` as it is written, at other `inputs` than the book's where they are given."""
        position = self.sheet.position(name)
        values = self.values if inputs is None else self.sheet.values(**inputs)
        return format_number(values[position], self.digits if digits is None else digits, self.sheet.is_truth(position))

    def _live(self, name, digits):
        return {"name": name, "text": self.text(name, digits), "digits": None if digits == self.digits else digits}

    def _choice(self, name, texts):
        return {"name": name, "texts": texts, "chosen": chosen(self.values[self.sheet.position(name)], texts)}

    def _maths(self, name):
        return Markup(markup(self.symbols.mathml(name)))

    def _steps(self, names):
        return [{"name": name, "rows": [self._step(element) for element in self.sheet.elements(name)]} for name in names]

    def _step(self, name):
        formula = Formula(self.sheet, self.symbols, self.values, self.digits)
        plain = self.sheet.cell(name).names[0] != name  # a second name says which number it equals, no more
        return {"name": name, "symbol": self._maths(name), "formula": Markup(markup(formula.in_symbols(name))),
                "numbers": None if plain else Markup(markup(formula.with_numbers(name))),
                "value": self._live(name, self.digits), "note": self._note(name)}

    def _note(self, name):
        """The sentence of a step: the chapter's own about the array, and what the number is made from."""
        sources = [self.symbols.text(source) for source in self.sheet.sources(name)]
        made = f"{self.symbols.text(name)} is made from {_listed(sources)}." if sources else ""
        return f"{self.notes.get(name.partition('[')[0], '')} {made}".strip()

    def _inputs(self):
        return [{"name": name, "symbol": self._maths(name), "code": self.symbols.text(name) != name, "rows": self._rows(name, array)}
                for name, array in self.sheet.inputs.items() if name in self.fields]

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


def _listed(words):
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def input_text(value):
    """A field's text: the shortest decimal that is exactly the number, as JavaScript writes it."""
    return repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value)).replace("e-0", "e-")
