"""What the numbers of a traced function are called: as Python would write them.

    z1                  a local variable, at the end
    grads["W2"]         an item of a dict; all_f[1], of a list of unlike things; net.W1, of an object
    h⟨0⟩, h⟨1⟩          what a variable was before, the first value first
    w′, w″              what an input has been changed to: w stays what the reader moves
    forward.z1          a variable of a function that was called; forward⟨1⟩.z1 of its second call
"""

import numpy as np

from .array import Cells, as_cells
from .cell import Cell
from .record import Parts, assigned, computed, content
from .writing.name import full

MOST_CALLS = 50      # of one function: what more work out inside is not named
MOST_PASSES = 1_000  # values that variables had before, in all
_PRIMES = ["′", "″", "‴"]


def arrays_in(name, value):
    """The arrays in a content, by name: (name, array) of each."""
    if (array := as_array(value)) is not None:
        return [(name, array)]
    if isinstance(value, Parts):
        return [pair for suffix, each in value.items() for pair in arrays_in(name + suffix, each)]
    return []


def as_array(value):
    """A content as one array, if it is one, or a row of equal ones; None else. Python's plain numbers are not shown."""
    if isinstance(value, (np.ndarray, np.generic, Cell)):
        return as_array_of_numbers(value)
    if not isinstance(value, Parts) or not value.is_row:
        return None
    rows = [np.asarray(each) if isinstance(each, (int, float)) else as_array(each) for each in value.values()]
    if all(isinstance(each, (int, float)) for each in value.values()) and not any(
            isinstance(each, np.generic) for each in value.values()):
        return None
    if any(row is None or row.shape != rows[0].shape for row in rows):
        return None
    return np.stack([as_cells(row) for row in rows] if any(_holds_cell(row) for row in rows) else rows)


def as_array_of_numbers(value):
    if isinstance(value, Cell):
        return as_cells(value)
    if value.dtype.kind in "fbiu":
        return value if np.size(value) else None
    items = list(value.flat)
    if not items or not all(isinstance(item, (Cell, Cells, int, float, np.number)) for item in items):
        return None
    return as_cells(value) if any(isinstance(item, (Cell, Cells)) for item in items) else None


def _cells(value):
    arrays = [array for _, array in arrays_in("", value) if isinstance(array, Cells)]
    return {id(cell) for array in arrays for cell in array.view(np.ndarray).flat}


def _holds_cell(array):
    return isinstance(array, Cells)


class Names:
    """The names of all that is traced: name -> array of cells, in the order in which the code assigns it.

    labels     variable -> what its last value is called, where that is not its own name: {"w": "w′"}
    unshown    sentences: what has no name, and why
    """

    def __init__(self, inputs):
        self.named = dict(inputs)
        self.inputs, self.labels, self.unshown = dict(inputs), {}, []
        self._moments = dict.fromkeys(inputs, (0, 0))
        self._known = {id(cell) for array in inputs.values() for cell in array.view(np.ndarray).flat}
        self._counts, self._passes = {}, 0
        self.first_seen = {}  # the id of a cell -> the moment, in the function that is looked at

    def add(self, name, array, moment):
        """Names an array; its cells bear the name from now on, after those that they have."""
        array = as_cells(array)
        self.named[name], self._moments[name] = array, self._when(array, moment)
        for index in np.ndindex(array.shape):
            cell = array.view(np.ndarray)[index]
            cell.names.append(full(name, index))
            self._known.add(id(cell))

    def _when(self, array, moment):
        """When the last of the numbers that are new was there for the first time."""
        k, otherwise = moment
        news = computed(array) - self._known
        return k, max((self.first_seen.get(cell, otherwise) for cell in news), default=otherwise)

    def is_news(self, value):
        """Whether something in a content is worked out, and has no name yet."""
        return bool(computed(value) - self._known)

    def all_known(self, array):
        return isinstance(array, Cells) and all(id(cell) in self._known for cell in array.view(np.ndarray).flat)

    def changed_inputs(self, k, values, final):
        """Names what inputs were changed to, in the function at place `k`."""
        for name in [name for name in self.inputs if name in values]:
            start = self.named[self.labels.get(name, name)]
            passes = [each for each in values[name] if _cells(each.content) - _cells(start)]
            count = len([other for other in self.named if other.rstrip("".join(_PRIMES)) == name]) - 1
            for j, each in enumerate(passes, count + 1):
                short = count + len(passes) <= len(_PRIMES)
                label = name + (_PRIMES[j - 1] if short else f"⟨{j}⟩")
                for part, array in arrays_in(label, each.content):
                    self.add(part, array, (k, each.moment))
                    if each is values[name][-1] and name in final and part == label:
                        self.labels[name] = label

    def passes(self, k, name, values):
        """Names what a variable was before its last value."""
        for j, each in enumerate(values):
            if not self.is_news(each.content):
                continue
            self._passes += 1
            if self._passes > MOST_PASSES:
                self._tell(f"Of {name}, not every pass of the loop is shown")
                return
            self._parts(f"{name}⟨{j}⟩", each, k)

    def helpers(self, k, calls):
        """Names what the functions that were called have worked out inside."""
        counts = {}
        for call in calls:
            counts[call.code.co_name] = counts.get(call.code.co_name, 0) + 1
        for name, count in counts.items():
            if count > MOST_CALLS:
                self._tell(f"{name} is called {count} times: what it works out inside is not shown")
        for call in calls:
            name = call.code.co_name
            if counts[name] <= MOST_CALLS:
                number = self._counts[name] = self._counts.get(name, -1) + 1
                inner = name if counts[name] == 1 and not number else f"{name}⟨{number}⟩"
                self._helper(k, inner, call)

    def _helper(self, k, inner, call):
        for variable, values in call.values.items():
            if self.is_news(values[-1].content):
                self._parts(variable if variable == "self" else f"{inner}.{variable}", values[-1], k)
            self.passes(k, f"{inner}.{variable}", values[:-1])

    def _parts(self, name, value, k):
        for part, array in arrays_in(name, value.content):
            if self.is_news(array):
                self.add(self._free(part), array, (k, value.moment))

    def _free(self, name):
        taken, number = name, 0
        while taken in self.named:
            number += 1
            taken = f"{name}⟨{number}⟩"
        return taken

    def _tell(self, sentence):
        if sentence not in self.unshown:
            self.unshown.append(sentence)

    def with_what_is_moved(self, values):
        """The same where nothing is worked out: inputs in another order, or another shape, are a result too."""
        for variable, value in values.items():
            for name, array in arrays_in(variable, content(value)) if variable not in self.inputs else []:
                if isinstance(array, Cells):
                    self.add(self._free(name), array, (0, 0))
        return self.in_order()

    def in_order(self):
        """name -> array, inputs first, then as the code assigns them."""
        return {name: self.named[name] for name in sorted(self.named, key=lambda name: self._moments[name])}


def finals(code, final):
    """The arrays that local variables are at the end, by name: what numpy has for them, or cells."""
    return {part: array for name in assigned(code) if name in final
            for part, array in arrays_in(name, content(final[name]))}
