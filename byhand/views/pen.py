"""What all kinds of view share: the numbers, symbols and formulas of one sheet, ready for templates."""

import copy
import math

import numpy as np
from markupsafe import Markup

from ..undecided import CANNOT_BE_TOLD
from ..writing.mathml import markup
from ..writing.name import split
from ..writing.number import DIGITS, format_number
from ..writing.symbols import Symbols

MANY = 50  # numbers in one array: what has more is not shown in full where nobody has asked for it
OWNER = "the author"  # of the numbers that a page shows at first, where none is named


class Pen:
    """Writes the numbers of one sheet, as its views show them.

    symbols   name -> how it is printed, where the rule of `Symbols` does not give it
    network   how the diagram is laid out (see `Diagram`), or None for no diagram
    notes     name -> a sentence to say when the stepper comes to it
    fields    the inputs that have fields; all of MANY numbers at most, if not given
    digits    decimals of a number where nothing else is asked for
    points    name -> whole sets of numbers, for a switch
    results   the numbers to keep in sight; the loss, if None
    owner     whose numbers the inputs have at first: "the book" where the page shall say "the book’s numbers"
    roles     name -> what the array is to the network, where that is not to be told from it (see byhand.writing.role)
    """

    def __init__(self, sheet, symbols=None, network=None, notes=None, fields=None, digits=DIGITS, owner=OWNER,
                 roles=None,
                 points=None, results=None):
        self.sheet, self.digits, self.owner = sheet, digits, owner
        self.notes = notes or {}
        self.large = [name for name, array in sheet.inputs.items() if fields is None and array.size > MANY]
        self.fields = [name for name in sheet.inputs if name not in self.large] if fields is None else list(fields)
        for name in self.fields:
            sheet.check_name(name)
        self.symbols = Symbols(sheet, symbols, network=network, roles=roles)
        self.network = network
        self.exercise = None  # what is asked about the sheet (see byhand.views.practice)
        self.is_moved = False  # whether it starts from other numbers than its explorer knows
        self.write_from_sheet()
        self.points = checked_points(self, points)
        self.results = results

    def write_from_sheet(self):
        """Writes the sheet's present numbers from now on."""
        self._take(self.sheet.values())

    def start_from(self, inputs):
        """Other first numbers, name -> array, for the sheet and all that is drawn from now on."""
        self.sheet.start_from(**inputs)
        self.write_from_sheet()
        self.is_moved = True

    def at(self, inputs):
        """The same pen, but for the numbers at other `inputs`."""
        other = copy.copy(self)
        other._take(self.sheet.values(**inputs))
        return other

    def _take(self, values):
        self.values, self.undecided = values, self.sheet.undecided(values)

    def data(self):
        """What the browser needs besides the drawn page: program, domains, the arrays' plain symbols, which array is
        whose gradient, their roles, the number to speak of after a change, decimals, and whose numbers the first ones
        are."""
        texts = {name: self.symbols.text(name) for name in self.sheet.names}
        targets = {name: target for name in self.sheet.names if (target := self.symbols.target(name))}
        loss = self.symbols.loss
        is_number = loss in texts and not np.shape(self.sheet.names[loss])
        roles = {name: role for name in self.sheet.names if (role := self.role(name))}
        return {"program": self.sheet.program(), "symbols": texts, "gradients": targets, "roles": roles,
                "announce": loss if is_number else None,
                "domains": {name: self.sheet.domain(name).data() for name in self.sheet.inputs},
                "fields": self.fields, "points": self.points,
                "results": list(self.results or ([loss] if is_number else [])),
                "digits": self.digits, "owner": self.owner}

    def value(self, name):
        """The number `name`."""
        return self.values[self.sheet.position(name)]

    def text(self, name, digits=None):
        """The number `name` as it is written."""
        position = self.sheet.position(name)
        is_truth = self.sheet.is_truth(position)
        if is_truth and self.undecided[position]:
            return CANNOT_BE_TOLD
        return format_number(self.values[position], self.digits if digits is None else digits, is_truth)

    def live(self, name, digits=None):
        """The number `name` for say.html, which the browser writes anew."""
        digits = self.digits if digits is None else digits
        return {"name": name, "text": self.text(name, digits), "digits": None if digits == self.digits else digits,
                "role": self.role(name)}

    def role(self, name):
        """What the array or number `name` is to the network: one of `byhand.writing.role.ROLES`, or None."""
        return self.symbols.role(name)

    def maths(self, name):
        """The symbol of `name`, as MathML."""
        return Markup(markup(self.symbols.mathml(name)))

    def is_untold(self, position):
        """Whether nothing can be said from a number: it is none, or rests on a comparison with what is none."""
        return self.undecided[position] or math.isnan(self.values[position])

    def about(self, names):
        """What a control moves that a reader is to see with it, for `data-about`, its direct result first.

        Each is the name of a number or an array; a chart, a course or a landscape, for its lines; `itself`, for what
        the control holds wherever else it stands; or `part:now`, for what bears `data-now` in the control's own view.
        """
        return " ".join(dict.fromkeys(word for name in names for word in self._words(name)))

    def _words(self, name):
        if hasattr(name, "lines"):
            return [f"curve:{line.replace(' ', '')}" for line in name.lines()]
        is_word = name == "itself" or name.startswith("part:")
        return [name] if is_word else [element.replace(" ", "") for element in self.sheet.elements(name)]

    def about_drawn(self, names):
        """The same for the inputs among the numbers of a drawing: what it works out, the loss first; if that is
        nothing, themselves."""
        results = [name for name in names if not self._is_input(name)]
        return self.about(sorted(results, key=lambda name: name != self.symbols.loss) or ["itself"])

    def about_moved(self, names):
        """The same for the inputs among `names` that stand together: those that rest on one of them, nearest first."""
        inputs = [name for name in names if self._is_input(name)]
        moved = [each for name in inputs for each in self.sheet.moved(name, names)]
        return self.about(moved or ["itself"]) if inputs else ""

    def _is_input(self, name):
        return self.sheet.cell(name).op == "input"

    def domain(self, name):
        """What the input that holds the number `name` may be."""
        self.sheet.position(name)
        return self.sheet.domain(split(name)[0])

    def checked(self, name, value):
        """`value` as an array that may be put into the input `name`."""
        array = self.sheet.check(name, value)
        self.sheet.domain(name).check(name, array)
        return array


def checked_points(pen, points):
    """`points`, name -> {input: value}, as lists of numbers row by row; ValueError where one cannot be put in."""
    return {name: {each: np.ravel(pen.checked(each, value)).tolist() for each, value in point.items()}
            for name, point in (points or {}).items()}


def noting(live, names):
    """`live`, which gives the number of a name or None, and notes in `names` what it has given."""
    def noted(name):
        number = live(name)
        names.extend([name] if number else [])
        return number
    return noted


def listed(words):
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
