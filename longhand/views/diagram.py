"""Where a network's units and wires stand in its diagram; `diagram.svg` draws them."""

import numpy as np

COLUMN, ROW, TOP, LEFT, RADIUS = 205, 155, 92, 50, 34  # in the drawing's own units, about a CSS pixel each


class Diagram:
    """The picture of a layered network.

    `network` names the arrays of the sheet that it shows:

    layers    the units, a column each: ["x", "a1", "yhat"]
    weights   the wires between neighbouring columns, W[to, from]: ["W1", "W2"]
    biases    added at each unit after the first column: ["b1", "b2"]
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
        self.width = LEFT * 2 + COLUMN * (len(columns) - 1) + (130 if self.ends else 0)
        self.height = TOP + self.row * (self.tallest - 1) + 65 + 20 * self.backward
        self.radius = RADIUS

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
            expected, found = [len(self.sheet.elements(name)) for name in (source, to)], len(self.sheet.elements(between))
            if found != expected[0] * expected[1]:
                raise ValueError(f"{between} holds {found} numbers, but from {source} to {to} there are "
                                 f"{expected[0]} × {expected[1]} wires")

    def _place(self, column, row, count):
        return LEFT + COLUMN * column, TOP + self.row * (row + (self.tallest - count) / 2)

    def _units(self, column, names):
        for r, name in enumerate(names):
            x, y = self.columns[column][r]
            notes = []
            if column:
                notes.append(self._note("sums", column - 1, r, -RADIUS - 28))
                notes.append(self._note("biases", column - 1, r, RADIUS + 20))
                notes.append(self._note("errors", column - 1, r, RADIUS + 40) if self.backward else None)
            yield {"x": x, "y": y, "symbol": self.symbols.text(name), "number": self.live(name),
                   "notes": [note for note in notes if note]}

    def _note(self, role, column, row, below):
        names = self.network.get(role, [])
        if column >= len(names):
            return None
        name = self.sheet.elements(names[column])[row]
        return {"role": role, "below": below, "symbol": self.symbols.text(name), "number": self.live(name)}

    def _wires(self, column):
        weights = self.network["weights"][column - 1]
        starts, ends = self.columns[column - 1], self.columns[column]
        names = np.array(self.sheet.elements(weights), dtype=object).reshape(len(ends), len(starts))
        for (to, source), name in np.ndenumerate(names):
            along = 0.68 if len(ends) > len(starts) else 0.36  # labels have most room by the longer column
            yield self._wire(starts[source], ends[to], along, name, f"d{name}")

    def _wire(self, start, end, along, name, gradient):
        (x1, y1), (x2, y2) = start, end
        has_gradient = self.backward and gradient.partition("[")[0] in self.sheet.names
        return {"x1": x1 + RADIUS, "y1": y1, "x2": x2 - RADIUS, "y2": y2, "name": name,
                "x": x1 + RADIUS + (x2 - x1 - 2 * RADIUS) * along, "y": y1 + (y2 - y1) * along,
                "number": self.live(name), "gradient": self.live(gradient) if has_gradient else None}

    def _ends(self):
        """Target and loss, beside the last column."""
        x, y = self.columns[-1][0]
        named = [(role, self.network.get(role)) for role in ("target", "loss")]
        return [{"x": x + RADIUS + 16, "y": y + below, "symbol": self.symbols.text(name), "number": self.live(name), "role": role}
                for (role, name), below in zip(named, (-22, 30)) if name]
