"""The backward pass as a picture of its own: the loss is a place, and errors travel from it through the network."""

import math

import numpy as np
from markupsafe import Markup

from ..template import draw
from ..writing.formula import Formula, bracketed_while_negative
from ..writing.mathml import markup, tag
from ..writing.typeset import typeset
from .backward_layout import Layout, Lying, Standing
from .backward_paths import Paths
from .network import Network
from .pen import noting

HALF = 0.35          # the error whose arrow is half as thick as an arrow can be
REACH, POINTS = 6.0, 49  # of a unit's curve: sums from −6 to 6
CURVE = 30, 15  # half its width and half its height, in a unit of radius 38


def backward(pen, /, network=None, caption=None, runs=False, invite=None):
    """The backward pass of a network as a picture: errors from the loss to each weight, as thick as they are large.

    In each unit stands the curve of its activation with the point at which it is, and the slope there; on each wire its
    weight and, under it, its gradient. Whoever points at a gradient sees its one way from the loss, and the product.

    network   which arrays are what (see `Network`), if it is not the explorer's own; it needs a loss and errors
    caption   a sentence under the picture
    runs      whether it runs forward and back, once, when it comes into view
    invite    the name of a weight that asks to be dragged, until one number is another
    """
    return draw("backward.html", picture=Picture(pen, network or pen.network, invite), caption=caption, runs=runs)


def size(number):
    """How thick the arrow of an error is, from 0 to 1, as in `backward.js`: more for more, and never too much."""
    return 1.0 if math.isinf(number) else abs(number) / (abs(number) + HALF)


ROLES = {"sums": "activation", "back": "error", "slopes": "activation", "errors": "error", "target": "input"}


class Picture:
    """What the templates draw: both layouts, and the product of each gradient."""

    def __init__(self, pen, roles, invite=None):
        if not roles or not roles.get("loss") or not roles.get("errors"):
            raise ValueError("a backward picture needs a network with a loss and errors: network={…, \"loss\": …}")
        self.pen, self.sheet = pen, pen.sheet
        network = Network(pen.sheet, roles)
        self.paths = Paths(pen.sheet, network, pen.symbols.target)
        sizes = [len(column) for column in network.columns]
        self.sizes = "-".join(map(str, sizes))
        self.drawings = [Drawing(pen, network, layout(sizes), self.paths, invite) for layout in (Lying, Standing)]

    def label(self):
        """What the picture shows, for those who do not see it."""
        return (f"The backward pass of the {self.sizes} network. The error starts at the loss and goes back over the "
                "wires to every weight. Each gradient is a button that tells its path.")

    def about(self):
        """What its handles are about: the numbers that it works out."""
        return self.pen.about_drawn(self.drawings[0].shown)

    def products(self):
        """For each gradient: its symbol, the factors in symbols, the same as numbers, and its value."""
        formula = Formula(self.sheet, self.pen.symbols, self.pen.values, self.pen.digits)

        def number(name):
            return bracketed_while_negative(formula.number(name))

        for name, terms in self.paths.terms.items():
            yield {"name": name, "key": name.replace(" ", ""), "symbol": self.pen.maths(name),
                   "symbols": [_product(term, self.pen.symbols.mathml) for term in terms],
                   "numbers": [_product(term, number) for term in terms],
                   "value": self.pen.live(name)}


def _product(term, write):
    """A product of factors, each in the hue of what it is."""
    row = []
    for name, role in term:
        row += [*([tag("mo", "·")] if row else []), tag("mrow", write(name), data_role=role)]
    return Markup(markup(tag("mrow", *row)))


def standing(pen, network, backward, live):
    """A diagram for a narrow window: the same network, upright, with its errors or without; `live(name)` is its number,
    or None where it is not to be shown.
    """
    layout = Standing([len(column) for column in network.columns])
    return Drawing(pen, network, layout, Paths(pen.sheet, network, lambda name: None), backward=backward, live=live)


class Drawing:
    """The network in one layout; where it is not `backward`, without errors and gradients."""

    def __init__(self, pen, network, layout, paths, invite=None, backward=True, live=None):
        self.pen, self.network, self.paths, self.layout, self.backward = pen, network, paths, layout, backward
        self.shown = []  # the names of its numbers
        self.live = noting(live or pen.live, self.shown)
        self.width, self.height = layout.size()
        self.invite, self.last = invite, len(self.network.columns) - 1
        self.is_wide = layout.sizes and max(layout.sizes) > 2  # wider than a phone
        self.is_again = layout.name == "standing"  # what the other one has said already
        rows = [(c, r) for c, names in enumerate(self.network.columns) for r in range(len(names))]
        self.units = [self._unit(*place) for place in rows]
        self.wires = [self._wire(column, row, source) for column in range(1, self.last + 1)
                      for row, source in self.network.wires(column)]
        self.biases = [bias for place in rows if place[0] and (bias := self._bias(*place))]

    def errors(self):
        """The arrows of errors, from the loss on."""
        for row in range(len(self.network.columns[-1])):
            error = self.network.of("errors", self.last, row)
            if not error or not self.backward or not self.network.roles.get("loss"):
                return
            yield self._flow([error], self.layout.loss_lane(row), ("loss", row), has_head=True)
        for column in range(self.last, 0, -1):
            for (row, source), weight in self.network.wires(column).items():
                into, on = self.layout.lanes(column, row, source)
                error = self.network.of("errors", column, row)
                if error:
                    passes = column > 1 and self.network.of("errors", column - 1, source)
                    yield self._flow([error], into, ("into", column, row, source), not passes)
                    if passes:
                        yield self._flow(self._passed(column, row, source, weight, error), on,
                                         ("on", column, row, source), True)

    def loss(self):
        x, y = self.layout.loss()
        name = self.network.roles.get("loss")
        if not name:
            return None
        width, height = self.layout.loss_box
        return {"x": x, "y": y, "width": width, "height": height, "on": self.paths.through(("end",)),
                "stage": 2 * self.last + 1, "symbol": self._symbol(name), "number": self.live(name)}

    def target(self):
        """A single target stands at the loss; of several, each at its output."""
        names = self.network.targets()
        if len(names) != 1:
            return None
        x, y, anchor = self.layout.target()
        return {"x": x, "y": y, "anchor": anchor, "symbol": self._symbol(names[0], " = "),
                "number": self.live(names[0])}

    def ends(self):
        """The wires from the outputs to the loss: from, to, on which paths."""
        for row in range(len(self.network.columns[-1]) if self.loss() else 0):
            yield *self.layout.lead(row), self.paths.through(("loss", row))

    def _symbol(self, name, after=""):
        return Markup(typeset(self.pen.symbols.mathml(name), after))

    def _unit(self, column, row):
        x, y = self.layout.unit(column, row)
        name, radius = self.network.columns[column][row], self.layout.radius_of(column)
        return {"x": x, "y": y, "r": radius, "column": column, "number": self.live(name),
                "symbol": self._symbol(name), "on": self.paths.through(("unit", column, row)),
                "stage": 2 * column, "back": self._stage(("sums", column, row)),
                "at": self.layout.symbol if column else self.layout.source_symbol,
                "starts": column and not self.layout.in_unit, "below": radius * (0.62 if self.layout.in_unit else 0.68),
                "curve": self._curve(column, row, radius / Layout.radius) if column and self.live(name) else None,
                "notes": [note for note in self._notes(column, row) if note["number"]] if column else [],
                "sums": self.paths.through(("sums", column, row))}

    def _notes(self, column, row):
        """The error's own sum at a unit: what came back, times the slope, is the error. Without errors, its sum."""
        x, y, step = self.layout.notes()
        roles = (("", "back"), ("×", "slopes"), ("=", "errors")) if self.backward else (("", "sums"),)
        named = [(sign, role, self.network.of(role, column, row)) for sign, role in roles]
        if not all(name for *_, name in named):
            named = [("", *named[-1][1:])]
        targets = self.network.targets() if column == self.last else []
        named += [("", "target", targets[row])] if len(targets) > 1 else []
        shown = [(sign, role, name) for sign, role, name in named if name]
        for place, (sign, role, name) in enumerate(shown):
            yield {"x": x, "y": y + step * place, "sign": sign, "symbol": self._symbol(name),
                   "number": self.live(name), "role": ROLES[role]}

    def _wire(self, column, row, source):
        (x1, y1), (x2, y2), (x, y) = self.layout.wire(column, row, source)
        name, key = self.network.wires(column)[row, source], (column, row, source)
        return {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "name": name, "on": self.paths.through(("wire", *key)),
                "stage": 2 * column - 1, "symbol": None,
                "chip": self._chip(name, x, y, ("wire", *key), self.layout.chip)}

    def _bias(self, column, row):
        name = self.network.of("biases", column, row)
        (x1, y1), (x2, y2) = self.layout.stub(column, row)
        return name and {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "name": name,
                         "stage": 2 * column - 1, "on": self.paths.through(("bias", column, row)),
                         "symbol": self._symbol(name),
                         "chip": self._chip(name, x1, y1, ("bias", column, row), self.layout.bias_chip)}

    def _chip(self, name, x, y, part, box):
        """A weight or bias, with its gradient."""
        gradient, (width, height) = f"d{name}", box
        has_gradient = self.backward and self.pen.symbols.target(gradient) is not None
        shown = {"x": x, "y": y, "width": width, "height": height if has_gradient else 26,
                 "number": self.live(name), "gradient": None,
                 "on": self.paths.through(part), "stage": 2 * part[1] - 1, "back": self._stage(("into", *part[1:])),
                 "invites": name == self.invite}
        if has_gradient:
            shown |= {"gradient": self.live(gradient), "has_path": gradient in self.paths.terms,
                      "key": gradient.replace(" ", ""),
                      "text": self.pen.symbols.text(gradient), "sign": sign(self.pen.value(gradient))}
        return shown

    def _flow(self, names, arrow, part, has_head):
        number = math.prod(self.pen.value(name) for name in names)
        return arrow | {"names": "|".join(names), "on": self.paths.through(part), "sign": sign(number),
                        "size": 0 if math.isnan(number) else round(size(number), 4), "has_head": has_head,
                        "stage": self._stage(part)}

    def _stage(self, part):
        """When an arrow, or what it brings, comes: after the forward pass, counted from the loss."""
        kind, *place = part
        start = 2 * self.last + 2
        return start if kind == "loss" else start + 2 * (self.last - place[0]) + {"sums": 0, "into": 1, "on": 2}[kind]

    def _passed(self, column, row, source, weight, error):
        """The names whose product passes a wire backward: that of the product itself, where it has one."""
        if len(self.network.columns[column]) == 1 and (back := self.network.of("back", column - 1, source)):
            return [back]
        sheet = self.pen.sheet
        factors = {sheet.position(weight), sheet.position(error)}
        named = [cell.names[0] for cell in sheet.cells if cell.op == "mul" and cell.names
                 and set(map(sheet.position_of, cell.args)) == factors]
        return named[:1] or [weight, error]

    def _curve(self, column, row, scale):
        """The curve of a unit's activation, if its sum alone decides it, and where on it the unit is."""
        source, slope = self.network.of("sums", column, row), self.network.of("slopes", column, row)
        drawn = source and self.pen.sheet.curve(source, np.linspace(-REACH, REACH, POINTS),
                                                self.network.columns[column][row])
        if drawn is None:
            return None
        low, high = float(np.min(drawn)), float(np.max(drawn))
        if not high > low or not math.isfinite(high - low):
            return None
        half, tall = (part * scale for part in CURVE)
        middle = 1 if self.layout.in_unit else -8
        across, up = half / REACH, -2 * tall / (high - low)
        base = middle + tall - low * up
        points = [f"{-half + 2 * half * i / (POINTS - 1):.1f} {base + up * value:.1f}" for i, value in enumerate(drawn)]
        names = [source, self.network.columns[column][row], *([slope] if slope else [])]
        return {"path": "M" + "L".join(points), "names": "|".join(names), "has_slope": bool(slope),
                "across": round(across, 4), "up": round(up, 4), "base": round(base, 3), "half": half,
                "place": self._place(names, across, up, base)}

    def _place(self, names, across, up, base):
        """Where the point is, and how the tangent leans, as `backward.js` has it."""
        numbers = [self.pen.value(name) for name in names]
        if not all(map(math.isfinite, numbers[1:])) or math.isnan(numbers[0]):
            return None
        x = min(max(numbers[0], -REACH), REACH) * across
        lean = math.atan2(numbers[2] * up, across) if len(numbers) > 2 else 0
        return {"x": round(x, 2), "y": round(base + numbers[1] * up, 2), "lean": round(lean, 4)}


def sign(number):
    """What an arrow or a gradient tells without its thickness."""
    return "none" if math.isnan(number) else "zero" if number == 0 else "negative" if number < 0 else "positive"
