"""Where a network's units and wires stand in its diagram; `diagram.svg` draws them."""

from markupsafe import Markup

from ..template import draw
from ..writing.name import split
from ..writing.typeset import typeset
from .backward import standing
from .network import Network
from .pen import noting

COLUMN, ROW, TOP, LEFT, RADIUS = 200, 160, 104, 80, 34  # in the drawing's own units, about a CSS pixel each
NOTE = 88       # half of the longest note at a unit: z⁽²⁾ = -1.235e-300
LETTER = 14     # of the loss, which is set larger
LONGEST = 12    # letters of the longest number: "not a number"
BELOW = {"target": -22, "loss": 30}  # an output; the middle of the outputs


def diagram(pen, /, network=None, results=None, names=False, caption=None, upright=False):
    """The network as a diagram, or another `network` of the same numbers, with the `results` so far (see `Diagram`).

    names     whether each symbol stands in the place of its number
    caption   a sentence under the picture
    upright   whether it stands upright on phones, where no column has more than two units
    """
    drawn = Diagram(pen.sheet, pen.symbols, network or pen.network, (), pen.live, results, names)
    return draw("diagram.html", diagram=drawn, caption=caption, upright=upright and drawn.upright(pen),
                about=pen.about_drawn(drawn.shown))


class Diagram:
    """The picture of a layered `network` (see `Network`).

    Errors and gradients are shown only where `steps` are about them; of the arrays that are worked out only those among
    `results`, if they are given: what comes later in the chapter is no answer yet. With `names` it shows symbols in the
    place of numbers.
    """

    def __init__(self, sheet, symbols, network, steps, live, results=None, names=False):
        known = None if results is None else {*sheet.inputs, *results}
        self.sheet, self.symbols = sheet, symbols
        self.shown = []  # the names of its numbers
        live = noting(live, self.shown)
        self.live = lambda name: live(name) if known is None or split(name, sheet.names)[0] in known else None
        self.network, self.names = Network(sheet, network), names
        errors = network.get("errors", [])
        self.backward = any(step in errors or symbols.target(step) for step in steps)
        columns, self.tallest = self.network.columns, self.network.tallest
        self.row = ROW + 25 * self.backward  # room for the errors under the units
        self.columns = [[self._place(c, r, len(names)) for r in range(len(names))] for c, names in enumerate(columns)]
        self.units = [unit for c, names in enumerate(columns) for unit in self._units(c, names)]
        self.wires = [wire for c in range(1, len(columns)) for wire in self._wires(c)]
        self.ends = [] if names else self._ends()
        self.width = round(LEFT + COLUMN * (len(columns) - 1) + self._room_at_the_end())
        self.height = TOP + self.row * (self.tallest - 1) + 65 + 20 * self.backward
        self.radius = RADIUS

    def upright(self, pen):
        """The same for a narrow window; False where it would be too wide."""
        return self.tallest < 3 and standing(pen, self.network, self.backward, self.live)

    def _room_at_the_end(self):
        """From the middle of the last column to the right edge."""
        return RADIUS + 16 + LETTER * LONGEST if self.ends else NOTE

    def label(self):
        """What the picture shows, for those who do not see it."""
        sizes = [len(column) for column in self.columns]
        shown = "names" if self.names else "values"
        return f"The network as a diagram: {'-'.join(map(str, sizes))} units, with the {shown} of units and wires."

    def _symbol(self, name, after=""):
        return Markup(typeset(self.symbols.mathml(name), after))

    def _place(self, column, row, count):
        return LEFT + COLUMN * column, TOP + self.row * (row + (self.tallest - count) / 2)

    def _units(self, column, names):
        for r, name in enumerate(names):
            x, y = self.columns[column][r]
            notes = []
            if column:
                notes.append(None if self.names else self._note("sums", column, r, -RADIUS - 40))
                notes.append(self._note("biases", column, r, RADIUS + 20))
                notes.append(self._note("errors", column, r, RADIUS + 40) if self.backward else None)
            yield {"x": x, "y": y, "symbol": self._symbol(name), "number": self.live(name),
                   "role": self.symbols.role(name), "notes": [note for note in notes if note and note["number"]]}

    def _note(self, role, column, row, below):
        name = self.network.of(role, column, row)
        symbol = name and self._symbol(name, "" if self.names else " = ")
        return name and {"role": role, "below": below, "symbol": symbol, "number": self.live(name)}

    def _wires(self, column):
        starts, ends = self.columns[column - 1], self.columns[column]
        along = 0.68 if len(ends) > len(starts) else 0.36  # labels have most room by the longer column
        for (row, source), name in self.network.wires(column).items():
            yield self._wire(starts[source], ends[row], along, name, f"d{name}")

    def _wire(self, start, end, along, name, gradient):
        (x1, y1), (x2, y2) = start, end
        has_gradient = self.backward and self.symbols.target(gradient) is not None
        return {"x1": x1 + RADIUS, "y1": y1, "x2": x2 - RADIUS, "y2": y2, "name": name, "symbol": self._symbol(name),
                "x": x1 + RADIUS + (x2 - x1 - 2 * RADIUS) * along, "y": y1 + (y2 - y1) * along,
                "number": self.live(name), "gradient": self.live(gradient) if has_gradient else None}

    def _ends(self):
        """A target beside each output, and the loss beside the last column."""
        x, middle = self.columns[-1][0][0] + RADIUS + 16, sum(y for _, y in self.columns[-1]) / len(self.columns[-1])
        ends = [("target", name, y) for name, (_, y) in zip(self.network.targets(), self.columns[-1])]
        loss = self.network.roles.get("loss")
        return [{"x": x, "y": y + BELOW[role], "symbol": self._symbol(name, " = "), "number": number, "role": role}
                for role, name, y in [*ends, *([("loss", loss, middle)] if loss else [])]
                if (number := self.live(name))]
