"""Where a network's units and wires stand in its diagram; `diagram.svg` draws them."""

import itertools

from ..template import draw
from ..writing.name import split
from .diagram_wiring import check_own, weights_on_wires

COLUMN, ROW, TOP, LEFT, RADIUS = 205, 155, 92, 70, 34  # in the drawing's own units, about a CSS pixel each
NOTE = 88       # half of the longest note at a unit: z⁽²⁾ = -1.235e-300
LETTER = 11     # of the loss, which is set larger
LONGEST = 12    # letters of the longest number: "not a number"


def diagram(pen, /, network=None):
    """The network as a diagram, or another `network` of the same numbers (see `Diagram`)."""
    return draw("diagram.svg", diagram=Diagram(pen.sheet, pen.symbols, network or pen.network, (), pen.live))


class Diagram:
    """The picture of a layered network.

    `network` names the arrays of the sheet that it shows:

    layers    the units, a column each: ["x", "a1", "yhat"]
    weights   the wires between neighbouring columns, W[to, from] or W[from, to]: ["W1", "W2"]
    biases    added at each unit after the first column: ["b1", "b2"]; a single one is shared
    sums, errors, loss, target   more numbers to write at the units; each may be left out, or end early

    Errors and gradients are shown only where `steps` are about them.
    """

    def __init__(self, sheet, symbols, network, steps, live):
        self.sheet, self.symbols, self.network, self.live = sheet, symbols, network, live
        self._check()
        errors = network.get("errors", [])
        self.backward = any(step in errors or symbols.target(step) for step in steps)
        columns = [sheet.elements(layer) for layer in network["layers"]]
        self.tallest = max(map(len, columns))
        self.row = ROW + 25 * self.backward  # room for the errors under the units
        self.columns = [[self._place(c, r, len(names)) for r in range(len(names))] for c, names in enumerate(columns)]
        self.units = [unit for c, names in enumerate(columns) for unit in self._units(c, names)]
        self.wires = [wire for c in range(1, len(columns)) for wire in self._wires(c)]
        self.ends = self._ends()
        self.width = round(LEFT + COLUMN * (len(columns) - 1) + self._room_at_the_end())
        self.height = TOP + self.row * (self.tallest - 1) + 65 + 20 * self.backward
        self.radius = RADIUS

    def _room_at_the_end(self):
        """From the middle of the last column to the right edge."""
        letters = max((len(f"{end['symbol']} = ") + LONGEST for end in self.ends), default=0)
        return RADIUS + 16 + LETTER * letters if self.ends else NOTE

    def label(self):
        """What the picture shows, for those who do not see it."""
        sizes = [len(column) for column in self.columns]
        return f"The network as a diagram: {'-'.join(map(str, sizes))} units, with the values of units and wires."

    def _check(self):
        """A sentence for a network that cannot be drawn."""
        roles = ["layers", "weights", "biases", "sums", "errors", "target", "loss"]
        if unknown := [role for role in self.network if role not in roles]:
            raise ValueError(f"a network has no {unknown[0]!r}: it takes {', '.join(roles)}")
        layers, weights = self.network.get("layers", []), self.network.get("weights", [])
        if len(layers) < 2 or len(weights) != len(layers) - 1:
            raise ValueError(f"a network needs two layers or more, with weights between each two: "
                             f"layers = {layers}, weights = {weights}")
        for source, to, between in zip(layers, layers[1:], weights):
            expected = [len(self.sheet.elements(name)) for name in (source, to)]
            found = len(self.sheet.elements(between))
            if found != expected[0] * expected[1]:
                raise ValueError(f"{between} holds {found} numbers, but from {source} to {to} there are "
                                 f"{expected[0]} × {expected[1]} wires: a diagram shows one example, and each "
                                 "wire's own weight")
        for c in range(1, len(layers)):
            self._check_notes(c)

    def _check_notes(self, column):
        """A sentence where numbers would stand at units that they do not belong to."""
        sources, units = (self.sheet.elements(self.network["layers"][c]) for c in (column - 1, column))
        for role in ("sums", "biases", "errors"):
            names = self._names(role, column)
            if len(names) not in (0, 1, len(units)) or role != "biases" and len(names) == 1 != len(units):
                raise ValueError(f"{role}: {split(names[0])[0]} holds {len(names)} numbers, but "
                                 f"{self.network['layers'][column]} has {len(units)} units")
        check_own(self.sheet, "sums", self._names("sums", column), units, sources)
        if len(self._names("biases", column)) == len(units):
            check_own(self.sheet, "biases", self._names("biases", column), self._names("sums", column) or units,
                      sources)

    def _names(self, role, column):
        """The names of the numbers that a role has for the units of a column; [] where it has none."""
        names = self.network.get(role, [])
        return self.sheet.elements(names[column - 1]) if column <= len(names) else []

    def _place(self, column, row, count):
        return LEFT + COLUMN * column, TOP + self.row * (row + (self.tallest - count) / 2)

    def _units(self, column, names):
        for r, name in enumerate(names):
            x, y = self.columns[column][r]
            notes = []
            if column:
                notes.append(self._note("sums", column, r, -RADIUS - 28))
                notes.append(self._note("biases", column, r, RADIUS + 20))
                notes.append(self._note("errors", column, r, RADIUS + 40) if self.backward else None)
            yield {"x": x, "y": y, "symbol": self.symbols.text(name), "number": self.live(name),
                   "notes": [note for note in notes if note]}

    def _note(self, role, column, row, below):
        names = self._names(role, column)
        if not names:
            return None
        name = names[row % len(names)]
        return {"role": role, "below": below, "symbol": self.symbols.text(name), "number": self.live(name)}

    def _wires(self, column):
        weights = self.network["weights"][column - 1]
        starts, ends = self.columns[column - 1], self.columns[column]
        sources, units = (self.sheet.elements(self.network["layers"][c]) for c in (column - 1, column))
        wires = weights_on_wires(self.sheet, sources, self._names("sums", column) or units,
                                 self.sheet.elements(weights))
        along = 0.68 if len(ends) > len(starts) else 0.36  # labels have most room by the longer column
        for (end, start), name in zip(itertools.product(ends, starts), wires.values()):
            yield self._wire(start, end, along, name, f"d{name}")

    def _wire(self, start, end, along, name, gradient):
        (x1, y1), (x2, y2) = start, end
        has_gradient = self.backward and self.symbols.target(gradient) is not None
        return {"x1": x1 + RADIUS, "y1": y1, "x2": x2 - RADIUS, "y2": y2, "name": name,
                "x": x1 + RADIUS + (x2 - x1 - 2 * RADIUS) * along, "y": y1 + (y2 - y1) * along,
                "number": self.live(name), "gradient": self.live(gradient) if has_gradient else None}

    def _ends(self):
        """Target and loss, beside the last column."""
        x, y = self.columns[-1][0]
        named = [(role, self.network.get(role)) for role in ("target", "loss")]
        return [{"x": x + RADIUS + 16, "y": y + below, "symbol": self.symbols.text(name), "number": self.live(name),
                 "role": role}
                for (role, name), below in zip(named, (-22, 30)) if name]
