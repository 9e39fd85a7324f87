"""Which way each gradient takes from the loss, and of which numbers it is the product, for `backward.py`."""

import math

import numpy as np

from ..compare import other_inputs, same_numbers

PLACES = 3      # at which a product is held against its gradient: the sheet's own, near it, far from it
SLACK = 1e-9    # of a product: its factors may have been multiplied in another order
MOST_TERMS = 8  # of a sum over paths; where there are more, the unit's own error stands for them


class Paths:
    """For each gradient of a network its factors and the parts of the picture that it passes.

    terms    gradient -> the paths that add up to it, each a list of (name of a factor, what it is)
    parts    gradient -> the parts on its way, such as ("unit", 1, 0) and ("wire", 1, 0, 1): column, row, source's row
    """

    def __init__(self, sheet, network, target):
        self.sheet, self.network, self.terms, self.parts = sheet, network, {}, {}
        for column in range(1, len(network.columns)):
            for (row, source), weight in network.wires(column).items():
                self._add(target, weight, column, row, (network.columns[column - 1][source], "activation" if column > 1
                          else "input"), {("unit", column - 1, source), ("wire", column, row, source),
                                          ("into", column, row, source)})
            for row, _ in enumerate(network.columns[column]):
                bias = network.of("biases", column, row)
                if bias and len(network.names("biases", column)) == len(network.columns[column]):
                    self._add(target, bias, column, row, None, {("bias", column, row)})
        self._check()

    def through(self, part):
        """The gradients that pass a part of the picture, as one text: "dW1[0,0] dW1[0,1]"."""
        return " ".join(name.replace(" ", "") for name, parts in self.parts.items() if part in parts)

    def _add(self, target, parameter, column, row, came_in, parts):
        gradient = f"d{parameter}"
        if target(gradient) is None or not self.network.of("errors", column, row):
            return
        self.terms[gradient] = [[*term, *([came_in] if came_in else [])] for term in self._errors(column, row)]
        self.parts[gradient] = parts | self._above(column, row)

    def _errors(self, column, row):
        """The paths whose products add up to the error of a unit."""
        slope, error = self.network.of("slopes", column, row), self.network.of("errors", column, row)
        own = [[(error, "error")]]
        if not slope or not self.network.names("errors", column + 1):
            return own
        terms = [[*term, (self.network.wires(column + 1)[unit, row], "weight"), (slope, "activation")]
                 for unit in range(len(self.network.columns[column + 1])) for term in self._errors(column + 1, unit)]
        return terms if len(terms) <= MOST_TERMS else own

    def _above(self, column, row):
        """The parts between a unit and the loss."""
        parts = {("unit", column, row), ("sums", column, row)}
        if column == len(self.network.columns) - 1:
            return parts | {("loss", row), ("end",)}
        for unit in range(len(self.network.columns[column + 1])):
            wire = column + 1, unit, row
            parts |= {("wire", *wire), ("into", *wire), ("on", *wire)} | self._above(column + 1, unit)
        return parts

    def _check(self):
        """A sentence where a gradient of the sheet is not what its path says."""
        for seed in range(PLACES):
            inputs = self.sheet.inputs if seed == 0 else other_inputs(self.sheet.inputs, seed - 1, self.sheet.domains)
            values = self.sheet.values(**inputs)
            for gradient, terms in self.terms.items():
                with np.errstate(all="ignore"):
                    products = [math.prod(values[self.sheet.position(name)] for name, _ in term) for term in terms]
                    own, most = values[self.sheet.position(gradient)], max(map(abs, products))
                if math.isfinite(own) and not same_numbers(own, sum(products), absolute=SLACK * most):
                    words = " + ".join(" · ".join(name for name, _ in term) for term in terms)
                    raise ValueError(f"{gradient} is not {words}, so that no picture can show it as the product along "
                                     "its path: leave the slopes out of the network, or mend the gradient")
