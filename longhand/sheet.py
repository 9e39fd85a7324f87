"""A traced walkthrough: named arrays of cells, their values, and the program that a browser can evaluate."""

import math

import numpy as np

from .cell import OPS, TRUTHS


class Sheet:
    """Every number of a traced function.

    inputs    name -> array of floats: the values that the function was traced with
    names     name -> array of positions in `cells`, in the order in which the code assigns the names
    cells     the cells, each after those it is made from; what is worked out twice alike is one cell
    source    the lines of the traced function
    """

    def __init__(self, inputs, named, source=()):
        self.inputs = inputs
        self._traced = _in_order(named)  # kept, so that no other cell gets the id of one of these
        self._positions, self._instructions, self.cells = _numbered(self._traced)
        self.names = {name: _map(self.position_of, array) for name, array in named.items()}
        self._by_name = {name: cell for array in named.values() for cell in np.ravel(array).view(np.ndarray) for name in cell.names}
        self.source = list(source)

    def evaluate(self, dtype=np.float64, **changes):
        """Every named array's value, for the book's inputs with `changes` put in.

        Returns name -> array (or numpy scalar). What numpy gives for the same function on floats of `dtype`, to
        rounding. Overflow and 0/0 give inf and nan, without warnings.
        Raises KeyError or ValueError, in a sentence, for an input that does not exist or does not fit.
        """
        values = self._run(changes, dtype)
        return {name: self._collect(positions, values) for name, positions in self.names.items()}

    def sweep(self, name, values, result, dtype=np.float64):
        """The number `result` for each of `values` in the place of the input number `name`, the others at the book's."""
        instructions = list(self._instructions)
        instructions[self.position(name)] = ["input", np.asarray(values)]
        return np.broadcast_to(run(instructions, dtype)[self.position(result)], np.shape(values))

    def check_name(self, name):
        """A KeyError with a sentence, where `name` is no input."""
        if name not in self.inputs:
            raise KeyError(f"{name} is not an input: the inputs are {', '.join(self.inputs)}")

    def check(self, name, value):
        """`value` as an array of floats that fits the input `name`."""
        self.check_name(name)
        array = _floats(name, value)
        if array.shape != self.inputs[name].shape:
            raise ValueError(f"{name} has the shape {self.inputs[name].shape}: {value!r} has the shape {array.shape}")
        return array

    def program(self):
        """The sheet as plain data for JSON: see `Program` in frontend/program.js.

        cells     [["input", value], ["const", value], [op, arg, …], …]: args are earlier positions
        names     name -> {"shape": […], "cells": [positions, row by row]}
        inputs    the names that a reader may change
        """
        return {
            "cells": [[op, _json(args[0])] if op in ("input", "const") else [op, *args] for op, *args in self._instructions],
            "names": {name: {"shape": list(np.shape(positions)), "cells": np.ravel(positions).tolist()}
                      for name, positions in self.names.items()},
            "inputs": list(self.inputs),
        }

    def cell(self, name):
        """The cell called `name`, as numpy would index it: `loss`, `z1[0]`, `dW1[0, 1]`."""
        self.position(name)  # or the KeyError that says what names there are
        return self._by_name[name]

    def position_of(self, cell):
        """The position in `cells` of a traced cell, or of the one that works out the same."""
        return self._positions[id(cell)]

    def position(self, name):
        """The position in `cells` of the cell called `name`; KeyError, in a sentence, where there is none."""
        base, _, index = name.rstrip("]").partition("[")
        try:
            position = self.names[base][tuple(int(i) for i in index.split(",")) if index else ()]
        except (KeyError, IndexError, ValueError):
            raise KeyError(f"no number is called {name!r}: there are {', '.join(self.describe())}") from None
        if np.ndim(position):
            raise KeyError(f"{name} is an array: name one number of it, such as {self.elements(base)[0]}")
        return int(position)

    def sources(self, name):
        """The names of the nearest named numbers that `name` is made from, in the order of its formula."""
        found, waiting = {}, list(reversed(self.cell(name).args))
        if name != self.cell(name).names[0]:
            return [self.cell(name).names[0]]
        while waiting:
            cell = waiting.pop()
            if cell.names:
                found[cell.names[0]] = True
            else:
                waiting += reversed(cell.args)
        return list(found)

    def elements(self, name):
        """The names of the cells of the array `name`, row by row: ["z1[0]", "z1[1]"]."""
        if name not in self.names:
            raise KeyError(f"nothing is called {name!r}: there are {', '.join(self.describe())}")
        indices = np.ndindex(np.shape(self.names[name]))
        return [f"{name}[{', '.join(map(str, index))}]" if index else name for index in indices]

    def describe(self):
        """The names with their shapes, as numpy writes them: ["x (2,)", "loss"]."""
        return [f"{name} {np.shape(array)}" if np.shape(array) else name for name, array in self.names.items()]

    def values(self, **changes):
        """The value of each cell, in the order of `cells`; inputs as for `evaluate`."""
        return [float(value) for value in self._run(changes, np.float64)]

    def is_truth(self, position):
        """Whether the cell is true or false rather than a number."""
        return self.cells[position].op in TRUTHS

    def _run(self, changes, dtype):
        inputs = self.inputs | {name: self.check(name, value) for name, value in changes.items()}
        instructions = list(self._instructions)
        for name, array in inputs.items():
            for position, value in zip(np.ravel(self.names[name]), np.ravel(array)):
                instructions[position] = ["input", value]
        return run(instructions, dtype)

    def _collect(self, positions, values):
        picked = [values[position] for position in np.ravel(positions)]
        return np.array(picked).reshape(np.shape(positions))[()]


def run(instructions, dtype=np.float64):
    """The value of every cell of a program's `cells`, worked out in order."""
    values = []
    with np.errstate(all="ignore"):
        for op, *args in instructions:
            values.append(dtype(args[0]) if op in ("input", "const") else OPS[op](*(values[arg] for arg in args)))
    return values


def _in_order(named):
    """All cells that the named ones are made from, each after its args; inputs stay in their own order."""
    order, seen = [], set()
    stack = [cell for array in reversed(named.values()) for cell in reversed(np.ravel(array).view(np.ndarray).tolist())]
    while stack:
        cell = stack.pop()
        if id(cell) in seen:
            continue
        waiting = [arg for arg in cell.args if id(arg) not in seen]
        if waiting:
            stack += [cell, *reversed(waiting)]
        else:
            seen.add(id(cell))
            order.append(cell)
    return order


def _numbered(cells):
    """Positions by id, instructions, and the cells that they stand for: equal operations on equal cells count once."""
    positions, instructions, kept, seen = {}, [], [], {}
    for cell in cells:
        instruction = [cell.op, *(positions[id(arg)] for arg in cell.args)] if cell.args else [cell.op, cell.value]
        key = id(cell) if cell.op == "input" else repr(instruction)
        if key not in seen:
            seen[key] = len(kept)
            instructions.append(instruction)
            kept.append(cell)
        positions[id(cell)] = seen[key]
    return positions, instructions, kept


def _map(function, array):
    return np.array([function(cell) for cell in np.ravel(array).view(np.ndarray)], dtype=int).reshape(array.shape)


def _floats(name, value):
    try:
        return np.array(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} = {value!r} is not an array of numbers") from None


def _json(value):
    """JSON has no infinities: they travel as the strings that JavaScript's Number reads."""
    value = float(value)
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
