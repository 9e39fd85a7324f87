"""A variant: functions with some lines otherwise, wherever an input is 1.

    squared = Variant("squared", ["cross-entropy", "squared error"], [forward, backward],
                      {"d2 = yhat - y": "d2 = (yhat - y) * yhat * (1 - yhat)"})
    net = explore(*squared.functions(), squared=0, domains={"squared": squared.domain}, …)
    net.practice(ask=…, variant=squared)      # one of both, as the reader picks
"""

from dataclasses import dataclass

import numpy as np

from ..domain import one_of
from ..mistake import Mistake, target_of, with_parameter

_EITHER = "_either"  # what the lines call it that pick


@dataclass(frozen=True)
class Variant:
    """The input that picks, what its 0 and its 1 stand for, the functions in order, and the lines, right -> other."""
    input: str
    labels: list
    plain: list
    lines: dict

    @property
    def domain(self):
        """What the input may be: 0 or 1."""
        return one_of(self.labels)

    @property
    def names(self):
        """The arrays whose lines differ."""
        return [target_of(line) for line in self.lines]

    def at(self, value):
        """The functions as they are written where the input is 0, or 1."""
        functions = self.plain
        for right, other in self.lines.items() if value else ():
            functions = _replaced(functions, right, other)
        return functions

    def functions(self, mistake=None):
        """The functions, which take the input too; with a mistake, if one is given, in the one that has its line."""
        functions = mistake.in_one_of(self.plain) if mistake and self.values(mistake) == (0, 1) else self.plain
        for line, other in self.lines.items():
            pair = [mistake.wrong if mistake and mistake.right == each else each for each in (line, other)]
            functions = _replaced(functions, line, self._picking(*pair))
        return [with_parameter(each, self.input, **{_EITHER: _either}) if _EITHER in each.__code__.co_names else each
                for each in functions]

    def values(self, mistake):
        """The values of the input at which a mistake's line is written."""
        if mistake.right in self.lines:
            return (0,)
        return (1,) if mistake.right in self.lines.values() else (0, 1)

    def _picking(self, line, other):
        (target, here), (_, there) = (each.split(" = ", 1) for each in (line, other))
        return f"{target} = {_EITHER}({self.input}, {here}, {there})"


def _replaced(functions, right, other):
    return Mistake("", right, other, "").in_one_of(functions)


def _either(choice, here, there):
    return np.where(choice == 1, there, here)[()]
