"""Where everything stands in the picture of a backward pass: lying, from left to right, and standing, for phones."""

from dataclasses import dataclass
from math import atan2, degrees, hypot


@dataclass
class Layout:
    """Places in the drawing's own units, each about a CSS pixel; `sizes` are the numbers of units of the columns."""
    sizes: list
    name = ""
    in_unit = False      # where the symbol of a unit stands
    note_room = 84       # of a number beside a unit
    radius, input_radius = 38, 25
    chip = 76, 44        # of a weight with its gradient
    loss_box = 92, 58
    lane = 13            # from a wire to the errors that travel beside it
    gap = 4              # around what an arrow begins and ends at

    def radius_of(self, column):
        return self.radius if column else self.input_radius

    def along(self, column, row, source):
        """Where on a wire its weight stands: 0 where the wire begins, 1 where it ends."""
        return 0.5

    def wire(self, column, row, source):
        """From edge to edge of two units, and where its weight stands."""
        start, end = self.unit(column - 1, source), self.unit(column, row)
        u, v, length = _direction(start, end)
        first, last = self.radius_of(column - 1), length - self.radius_of(column)
        middle = length * self.along(column, row, source)
        return [_along(start, u, v, distance) for distance in (first, last, middle)]

    def stub(self, column, row):
        """From a bias to the edge of its unit."""
        (x, y), (dx, dy) = self.unit(column, row), self.bias
        u, v, length = _direction((x + dx, y + dy), (x, y))
        return (x + dx, y + dy), _along((x, y), -u, -v, self.radius_of(column))

    def lead(self, row):
        """From an output to the loss."""
        start = self.unit(len(self.sizes) - 1, row)
        u, v, length = _direction(start, self.loss())
        return _along(start, u, v, self.radius), _along(start, u, v, length - self._loss_edge(u, v))

    def lanes(self, column, row, source):
        """The error's way beside a wire: from the unit where it ends to its weight, and on to where it begins."""
        start, end = self.unit(column - 1, source), self.unit(column, row)
        u, v, length = _direction(end, start)
        at, half = length * (1 - self.along(column, row, source)), self._half(u, v)
        into = _arrow(end, u, v, self._edge(column), at - half)
        on = _arrow(end, u, v, at + half, length - self._edge(column - 1))
        return [self._aside(arrow, u, v) for arrow in (into, on)]

    def loss_lane(self, row):
        """From the loss to an output."""
        end, start = self.unit(len(self.sizes) - 1, row), self.loss()
        u, v, length = _direction(start, end)
        arrow = _arrow(start, u, v, self._loss_edge(u, v) + self.gap, length - self._edge(len(self.sizes) - 1))
        return self._aside(arrow, u, v)

    def _edge(self, column):
        radius = self.radius_of(column)
        return (radius ** 2 - self.lane ** 2) ** 0.5 + self.gap

    def _half(self, u, v):
        return _to_edge(self.chip, u, v) + self.gap

    def _loss_edge(self, u, v):
        return _to_edge(self.loss_box, u, v)

    def _aside(self, arrow, u, v):
        """An arrow, moved beside its wire."""
        side = self.side(u, v) * self.lane
        return arrow | {"x": arrow["x"] - v * side, "y": arrow["y"] + u * side}


class Lying(Layout):
    """Columns from left to right, the loss at the right."""
    name = "lying"
    left, top, row, below, bias = 40, 112, 248, 78, (0, -87)
    symbol, source_symbol = (7, -45), (0, -34)  # at a unit, and at an input
    bias_symbol, bias_chip = (43, 5, "start"), (76, 44)

    def unit(self, column, row):
        x = self.left + sum(self._gap(c) for c in range(1, column + 1))
        return x, self.top + self.row * (row + (max(self.sizes) - self.sizes[column]) / 2)

    def _gap(self, column):
        """Between two columns: room for the arrows on both sides of the weights."""
        along = self.along(column, 0, 0)
        return max(118 / (1 - along), 118 / along if column > 1 else 0)

    def along(self, column, row, source):
        before, after = self.sizes[column - 1:column + 1]
        return 0.64 if after > before else 0.6 if after > 1 else 0.58  # before the errors' ways cross

    def side(self, u, v):
        return -1 if v <= 1e-9 else 1  # travelling left: below a level wire, else on its inner side

    def loss(self):
        x, _ = self.unit(len(self.sizes) - 1, 0)
        return x + 156, self.top + self.row * (max(self.sizes) - 1) / 2

    def target(self):
        end, middle = self.loss()
        return end, middle + 51, "middle"

    def notes(self):
        return -14, self.radius + 25, 24

    def size(self):
        return round(self.loss()[0] + 50), self.top + self.row * (max(self.sizes) - 1) + self.radius + self.below + 22


class Standing(Layout):
    """Columns from the bottom up, the loss on top: for a narrow window."""
    name = "standing"
    in_unit, note_room = True, 60
    radius, input_radius, chip, loss_box, lane = 30, 22, (72, 42), (94, 50), 11
    cell, row, top, bias = 170, 214, 28, (80, -63)
    symbol, source_symbol = (0, -13), (0, 39)
    bias_symbol, bias_chip = (-45, -3, "start"), (100, 42)

    def unit(self, column, row):
        last = len(self.sizes) - 1
        left = self.cell * (row + (max(self.sizes) - self.sizes[column]) / 2)
        return left + 37, self.top + 138 + self.row * (last - column)

    def along(self, column, row, source):
        if self.unit(column - 1, source)[0] == self.unit(column, row)[0] or self.sizes[column] == 1:
            return 0.5
        if self.sizes[column] > self.sizes[column - 1]:
            return 0.45 + 0.23 * (source % 2)
        return 0.73 if column > 1 else 0.27  # before two wires cross, where no bias is

    def side(self, u, v):
        return -1 if u > -1e-9 else 1  # travelling down: on the outer side, so that ways cross far from weights

    def loss(self):
        return self.cell * (max(self.sizes) - 1) / 2 + 37, self.top

    def target(self):
        end, middle = self.loss()
        return end + 55, middle + 5, "start"

    def notes(self):
        return 68, -20, 21

    def size(self):
        return self.cell * max(2, max(self.sizes)), self.unit(0, 0)[1] + self.input_radius + 26


def _direction(start, end):
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    return dx / length, dy / length, length


def _to_edge(box, u, v):
    """From the middle of a box to its edge, in a direction."""
    return min(size / 2 / abs(part) for size, part in zip(box, (u, v)) if part)


def _along(start, u, v, distance):
    return round(start[0] + u * distance, 1), round(start[1] + v * distance, 1)


def _arrow(start, u, v, first, last):
    x, y = _along(start, u, v, first)
    return {"x": x, "y": y, "turn": round(degrees(atan2(v, u)), 2), "length": round(max(last - first, 0), 1)}
