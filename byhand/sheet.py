"""A traced walkthrough: named arrays of cells, their values, and the program that a browser can evaluate."""

import math
from dataclasses import dataclass

import numpy as np

from .cell import OPS, TRUTHS
from .domain import any_number
from .undecided import culprit, undecided
from .writing.name import elements, pick, split
from .writing.number import format_number


class Sheet:
    """Every number of a traced function.

    inputs    name -> array of floats: the values that the function was traced with
    domains   name -> Domain: what an input may be, where that is declared
    names     name -> array of positions in `cells`, in the order in which the code assigns the names
    cells     the cells, each after those it is made from; what is worked out twice alike is one cell
    source    the lines of the traced functions
    unshown   sentences: which numbers of the functions have no name, and why
    functions the traced functions, in order
    """

    def __init__(self, inputs, named, source=(), domains=None, unshown=(), functions=()):
        self.functions = functions
        self.inputs = inputs
        self.domains = domains or {}
        self._traced = _in_order(named)  # kept, so that no other cell gets the id of one of these
        self._positions, self._instructions, self.cells = _numbered(self._traced)
        self.names = {name: _map(self.position_of, array) for name, array in named.items()}
        self._by_name = {name: cell for array in named.values() for cell in np.ravel(array).view(np.ndarray)
                         for name in cell.names}
        self.source, self.unshown = list(source), list(unshown)

    def evaluate(self, dtype=np.float64, **changes):
        """Every named array's value, for the book's inputs with `changes` put in.

        Returns name -> array (or numpy scalar). What numpy gives for the same function on floats of `dtype`, to
        rounding. Overflow and 0/0 give inf and nan, without warnings.
        Raises KeyError or ValueError, in a sentence, for an input that does not exist or does not fit.
        """
        return self.gather(self.run(changes, dtype)[1])

    def gather(self, values):
        """Every named array, name -> array, from one value for each of `cells`."""
        return {name: self._collect(positions, values) for name, positions in self.names.items()}

    def sweep(self, name, values, result, /, dtype=np.float64, **changes):
        """The number `result` for each of `values` in the place of the input number `name`.

            sheet.sweep("b2", xs, "loss")                               # (len(xs),): a curve
            sheet.sweep(("W1[0, 0]", "b2"), (rows, columns), "loss")    # (len(rows), len(columns)): a landscape

        The other inputs are as for `evaluate`.
        Raises KeyError or ValueError, in a sentence, for what is no number of an input, and for more than two of them.
        """
        names, axes = ((name,), (values,)) if isinstance(name, str) else (tuple(name), tuple(values))
        self._check_swept(names, axes)
        position, instructions = self.position(result), self._with(changes)
        for name, axis in zip(names, np.ix_(*(np.asarray(axis, dtype=float) for axis in axes))):
            instructions[self.position(name)] = ["input", axis]
        found = run(instructions, dtype, _needed(instructions, [position]))[position]
        return np.broadcast_to(found, [len(axis) for axis in axes])

    def curve(self, source, values, result):
        """The number `result` for each of `values` in the place of the number `source`: an array, or None where other
        numbers that may change decide it too.

            sheet.curve("z1[0]", sums, "a1[0]")     # the activation of a unit
        """
        given, place = self.position(source), self.position(result)
        instructions = self._with({})
        instructions[given] = ["input", np.asarray(values, dtype=float)]
        needed = _needed(instructions, [place])
        if given not in needed or any(instructions[each][0] == "input" for each in needed - {given}):
            return None
        return np.broadcast_to(run(instructions, needed=needed)[place], np.shape(values))

    def _check_swept(self, names, axes):
        for name in names:
            self.check_name(split(name)[0])
        if len(names) != len(axes) or not 1 <= len(set(names)) == len(names) <= 2:
            raise ValueError("a sweep goes over one or two different inputs, with a row of values for each: "
                             f"{names!r} with {len(axes)} is none")

    def iterate(self, steps, feed, watch=(), **changes):
        """Feeds results back into inputs, `steps` times: from the inputs as for `evaluate`, all at once.

            descent = sheet.iterate(100, {"W1": "new_W1", "b1": "new_b1"}, watch=["loss"])
            descent["loss"][0], descent["loss"][-1]     # before the first step, after the last
            descent["W1"][7]                            # (2, 2), after seven steps

        feed      input -> the result, of the same shape, that is put into it
        watch     names of what is kept besides the inputs that are fed

        A number that its input may not be, or that is not finite, is not put in: no field could hold it. It stops there
        and says so (see `Iteration`), where numpy's own loop would go on.
        Raises KeyError or ValueError, in a sentence, for a name that does not exist or a shape that does not fit.
        """
        self._check_feed(feed)
        kept = {name: self._places(name) for name in [*feed, *watch]}
        pairs = [(name, *pair) for name, source in feed.items()
                 for pair in zip(np.ravel(self.names[name]), np.ravel(self._places(source)))]
        instructions = self._with(changes)
        wanted = np.concatenate([np.ravel(places) for places in kept.values()] + [[place for *_, place in pairs]])
        needed, rows = _needed(instructions, wanted), {name: [] for name in kept}
        for taken in range(steps + 1):
            values = run(instructions, needed=needed)
            for name, places in kept.items():
                rows[name].append(self._collect(places, values))
            fed = [(name, target, values[source]) for name, target, source in pairs]
            stopped = self._stray(fed, taken + 1) if taken < steps else ""
            if stopped:
                break
            for _, target, value in fed:
                instructions[target] = ["input", value]
        return Iteration({name: np.array(row) for name, row in rows.items()}, taken, stopped)

    def _check_feed(self, feed):
        for name, source in feed.items():
            self.check_name(name)
            shapes = self.inputs[name].shape, np.shape(self._places(source))
            if shapes[0] != shapes[1]:
                raise ValueError(f"{source} cannot be fed back into {name}: it has the shape {shapes[1]}, "
                                 f"and {name} has {shapes[0]}")

    def _stray(self, fed, step):
        """Why a step cannot be taken, in a sentence; "" where each number of `fed` may be in its input."""
        for name, target, value in fed:
            if value not in self.domain(name):
                element = self.elements(name)[np.ravel(self.names[name]).tolist().index(target)]
                return f"step {step} would make {element} {format_number(value)}: it must be {self.domain(name).words}"
        return ""

    def _places(self, name):
        """The positions in `cells` of the array or number called `name`."""
        return self.names[name] if name in self.names else self.position(name)

    def domain(self, name):
        """What the input `name` may be on a page: any finite number, if nothing else is declared."""
        self.check_name(name)
        return self.domains.get(name) or any_number()

    def start_from(self, **inputs):
        """Other values for inputs, as if the function had been traced with them."""
        self.inputs = self.inputs | {name: self.check(name, value) for name, value in inputs.items()}
        for name, array in self.inputs.items():
            for position, value in zip(np.ravel(self.names[name]), np.ravel(array)):
                self._instructions[position] = ["input", float(value)]

    def check_name(self, name):
        """A KeyError with a sentence, where `name` is no input."""
        if name not in self.inputs:
            raise KeyError(f"{name} is not an input: the inputs are {', '.join(self.inputs)}")

    def check(self, name, value):
        """`value` as an array of floats that fits the input `name`: its shape, and its domain where one is declared."""
        self.check_name(name)
        array = _floats(name, value)
        if array.shape != self.inputs[name].shape:
            raise ValueError(f"{name} has the shape {self.inputs[name].shape}: {value!r} has the shape {array.shape}")
        if name in self.domains:
            self.domains[name].check(name, array)
        return array

    def program(self):
        """The sheet as plain data for JSON: see `Program` in frontend/program.js.

        cells     [["input", value], ["const", value], [op, arg, …], …]: args are earlier positions
        names     name -> {"shape": […], "cells": [positions, row by row]}
        inputs    the names that a reader may change
        """
        return {
            "cells": [[op, _json(args[0])] if op in ("input", "const") else [op, *args]
                      for op, *args in self._instructions],
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
        try:
            position = pick(self.names, name)
        except (KeyError, IndexError, ValueError):
            raise KeyError(f"no number is called {name!r}: there are {', '.join(self.describe())}") from None
        if np.ndim(position):
            raise KeyError(f"{name} is an array: name one number of it, such as {self.elements(name)[0]}")
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

    def moved(self, name, others):
        """Those of the numbers `others` that rest on the number `name`, the nearest first."""
        far = distances(self._instructions, self.position(name))
        return sorted((each for each in others if far[self.position(each)]), key=lambda each: far[self.position(each)])

    def elements(self, name):
        """The names of the cells of the array `name`, row by row: ["z1[0]", "z1[1]"]; of one number, its own."""
        if name in self._by_name:
            return [name]
        if name not in self.names:
            raise KeyError(f"nothing is called {name!r}: there are {', '.join(self.describe())}")
        return elements(name, np.shape(self.names[name]))

    def describe(self):
        """The names with their shapes, as numpy writes them: ["x (2,)", "loss"]."""
        return [f"{name} {np.shape(array)}" if np.shape(array) else name for name, array in self.names.items()]

    def values(self, **changes):
        """The value of each cell, in the order of `cells`; inputs as for `evaluate`."""
        return [float(value) for value in self.run(changes)[1]]

    def is_truth(self, position):
        """Whether the cell is true or false rather than a number."""
        return self.cells[position].op in TRUTHS

    def undecided(self, values):
        """For each cell, whether its value among `values` rests on a comparison with "not a number"."""
        return undecided(self._instructions, values)

    def culprit(self, position, values, unsure=None):
        """The name of the number to blame where a cell is undecided or no number; None where none has a name.

        unsure   what `undecided` says of `values`, for whoever has asked already
        """
        unsure = self.undecided(values) if unsure is None else unsure
        place = culprit(position, self._instructions, values, unsure, self._tells_its_name)
        return None if place is None else self.cells[place].names[0]

    def _tells_its_name(self, position):
        """Whether the cell has a name of its own: of an array that holds it once, as `nameOf` in state.js has it."""
        names = self.cells[position].names
        return bool(names) and np.count_nonzero(self.names[split(names[0], self.names)[0]] == position) == 1

    def run(self, changes, dtype=np.float64):
        """The instructions with `changes` put in, and the value of each: two lists in the order of `cells`."""
        instructions = self._with(changes)
        return instructions, run(instructions, dtype)

    def _with(self, changes):
        """The instructions with `changes`, name -> value, put in."""
        inputs = self.inputs | {name: self.check(name, value) for name, value in changes.items()}
        instructions = list(self._instructions)
        for name, array in inputs.items():
            for position, value in zip(np.ravel(self.names[name]), np.ravel(array)):
                instructions[position] = ["input", value]
        return instructions

    def _collect(self, positions, values):
        picked = [values[position] for position in np.ravel(positions)]
        return np.array(picked).reshape(np.shape(positions))[()]


@dataclass(frozen=True)
class Iteration:
    """What came of feeding results back into inputs.

    values    name -> array (taken + 1, …), of each input that is fed and each name watched: row k is after k steps
    taken     how many steps were taken
    stopped   why no more were, in a sentence; "" where all were
    """
    values: dict
    taken: int
    stopped: str

    def __getitem__(self, name):
        return self.values[name]


def run(instructions, dtype=np.float64, needed=None):
    """The value of every cell of a program's `cells`, worked out in order; with `needed`, None for all others."""
    values = []
    with np.errstate(all="ignore"):
        for position, (op, *args) in enumerate(instructions):
            if needed is not None and position not in needed:
                values.append(None)
            else:
                values.append(dtype(args[0]) if op in ("input", "const") else OPS[op](*(values[arg] for arg in args)))
    return values


def distances(instructions, source):
    """For each cell, how many operations lead to it from the cell at `source`; 0 where none does."""
    far = [0] * len(instructions)
    for place, (op, *args) in enumerate(instructions):
        if op not in ("input", "const"):
            near = [far[arg] for arg in args if far[arg] or arg == source]
            far[place] = 1 + min(near) if near else 0
    return far


def _needed(instructions, results):
    """The positions of `results` and of all that they are made from."""
    needed, waiting = set(), [int(result) for result in results]
    while waiting:
        position = waiting.pop()
        if position not in needed:
            needed.add(position)
            op, *args = instructions[position]
            waiting += args if op not in ("input", "const") else []
    return needed


def _in_order(named):
    """All cells that the named ones are made from, as the code made them: after their args, an array's side by side."""
    found = {}
    waiting = [cell for array in named.values() for cell in np.ravel(array).view(np.ndarray)]
    while waiting:
        cell = waiting.pop()
        if id(cell) not in found:
            found[id(cell)] = cell
            waiting += cell.args
    return sorted(found.values(), key=lambda cell: cell.serial)


def _numbered(cells):
    """Positions by id, instructions, and the cells that they stand for.

    Equal operations on equal cells count once, if they belong to the same arrays: none lends its name to another's.
    """
    positions, instructions, kept, seen = {}, [], [], {}
    for cell in cells:
        instruction = [cell.op, *(positions[id(arg)] for arg in cell.args)] if cell.args else [cell.op, cell.value]
        arrays = [split(name)[0] for name in cell.names]
        key = id(cell) if cell.op == "input" else repr((instruction, arrays))
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
