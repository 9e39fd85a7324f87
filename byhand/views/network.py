"""A layered network among a sheet's numbers: which of them stands at which unit, and on which wire."""

from ..writing.name import split
from .diagram_wiring import check_own, weights_on_wires

ROLES = ["layers", "weights", "biases", "sums", "slopes", "back", "errors", "target", "loss", "row"]


class Network:
    """The arrays of a layered network, by what they are in it.

    layers    the units, a column each: ["x", "a1", "yhat"]
    weights   the wires between neighbouring columns, W[to, from] or W[from, to]: ["W1", "W2"]
    biases    added at each unit after the first column: ["b1", "b2"]; a single one is shared
    sums      what goes into each unit's activation: ["z1", "z2"]
    slopes    of the activations there: ["slope1", "slope2"]
    back      what comes back to each unit, over all wires that start in it: ["back1"]
    errors    of the sums: ["d1", "d2"]
    loss, target   one number, and one or an array of them
    row       which example is shown, counted from 0, where the arrays hold a batch: examples are rows, or columns

    From `biases` on each may be left out, or end early.
    """

    def __init__(self, sheet, roles):
        self.sheet, self.roles = sheet, roles
        self._check()
        self.columns = [self.example(layer) for layer in roles["layers"]]
        self.tallest = max(map(len, self.columns))
        self._wires = [{}, *(self._wires_to(column) for column in range(1, len(self.columns)))]

    def names(self, role, column):
        """The names of the numbers that a role has for the units of a column; [] where it has none."""
        names = self.roles.get(role, [])
        return self.example(names[column - 1]) if 1 <= column <= len(names) else []

    def example(self, name):
        """The names of an array's numbers; of a batch, those of the example that is shown."""
        names, shape = self.sheet.elements(name), getattr(self.sheet.names.get(name), "shape", ())
        axis, row = self._batch(), self.roles.get("row")
        if row is None or axis is None or len(shape) != 2 or shape[axis] != self._examples(axis):
            return names
        return names[row * shape[1]:(row + 1) * shape[1]] if axis == 0 else names[row::shape[1]]

    def _batch(self):
        """The axis along which the layers' arrays hold examples: the one that all have of one length; None without."""
        shapes = [self.sheet.names[layer].shape for layer in self.roles["layers"] if layer in self.sheet.names]
        flat = any(len(shape) != 2 for shape in shapes)
        same = [axis for axis in (0, 1) if not flat and len({shape[axis] for shape in shapes}) == 1]
        fits = [axis for axis in same if self._wired(shapes, 1 - axis)]
        return fits[0] if fits else None

    def _wired(self, shapes, axis):
        """Whether the weights are as many as wires between layers of these lengths."""
        pairs = zip(shapes, shapes[1:], self.roles.get("weights", []))
        return all(source[axis] * to[axis] == len(self.sheet.elements(between)) for source, to, between in pairs)

    def _examples(self, axis):
        return self.sheet.names[self.roles["layers"][0]].shape[axis]

    def of(self, role, column, row):
        """The name of the number that a role has for one unit, or None; a single one is shared by a whole column."""
        names = self.names(role, column)
        return names[row % len(names)] if names else None

    def wires(self, column):
        """The weights on the wires that lead to a column: (row, row of the column before) -> name."""
        return self._wires[column]

    def targets(self):
        """The names of what the outputs should be; [] where there is no target."""
        target = self.roles.get("target")
        return self.example(target) if target else []

    def _wires_to(self, column):
        sources, units = self.columns[column - 1:column + 1]
        found = weights_on_wires(self.sheet, sources, self.names("sums", column) or units,
                                 self.sheet.elements(self.roles["weights"][column - 1]))
        names = iter(found.values())
        return {(row, source): next(names) for row in range(len(units)) for source in range(len(sources))}

    def _check(self):
        """A sentence for a network that cannot be drawn."""
        if unknown := [role for role in self.roles if role not in ROLES]:
            raise ValueError(f"a network has no {unknown[0]!r}: it takes {', '.join(ROLES)}")
        layers, weights = self.roles.get("layers", []), self.roles.get("weights", [])
        self._check_row(layers)
        if len(layers) < 2 or len(weights) != len(layers) - 1:
            raise ValueError(f"a network needs two layers or more, with weights between each two: "
                             f"layers = {layers}, weights = {weights}")
        for source, to, between in zip(layers, layers[1:], weights):
            expected = [len(self.example(name)) for name in (source, to)]
            found = len(self.sheet.elements(between))
            if found != expected[0] * expected[1]:
                raise ValueError(f"{between} holds {found} numbers, but from {source} to {to} there are "
                                 f"{expected[0]} × {expected[1]} wires: a diagram shows one example, and each "
                                 "wire's own weight; of a batch, say which: row=0")
        for column in range(1, len(layers)):
            self._check_notes(column)

    def _check_row(self, layers):
        row = self.roles.get("row")
        axis = self._batch() if row is not None and layers else None
        if row is not None and (axis is None or row not in range(self._examples(axis))):
            raise ValueError(f"row = {row!r} is no example of a batch that the layers {layers} hold")

    def _check_notes(self, column):
        """A sentence where numbers would stand at units that they do not belong to."""
        sources, units = (self.example(self.roles["layers"][c]) for c in (column - 1, column))
        for role in ("sums", "biases", "slopes", "back", "errors"):
            names = self.names(role, column)
            if len(names) not in (0, 1, len(units)) or role != "biases" and len(names) == 1 != len(units):
                raise ValueError(f"{role}: {split(names[0], self.sheet.names)[0]} holds {len(names)} numbers, but "
                                 f"{self.roles['layers'][column]} has {len(units)} units")
        check_own(self.sheet, "sums", self.names("sums", column), units, sources)
        if len(self.names("biases", column)) == len(units):
            check_own(self.sheet, "biases", self.names("biases", column), self.names("sums", column) or units, sources)
