"""An exercise: the numbers of a function that are asked for, and the mistakes that are known, traced as one sheet.

The sheet works out each line on the reader's own earlier numbers: an answer takes the place of what its line gives, in
all that follows. It holds the right lines, and once more, for each mistake, those that it changes.

    answer_z1     an input: the reader's numbers for the array z1, not a number where there is none
    0.z1          what the right line for z1 gives
    7.z1          what the seventh mistake makes of it, if that is something else
"""

import ast
import functools
import inspect
import itertools
from functools import cached_property

import numpy as np

from ..compare import other_inputs
from ..mistake import definition_in, rewritten, source_of, target_of
from ..packing import pack
from ..sheet import run
from ..trace import trace
from ..writing.name import split
from .seed import TENTHS, draw, generator

APART = 5e-4  # two lines are told apart by numbers that differ by more
MOST_TRIES = 1000
_POINTS = 3   # at which it is looked up what a mistake changes


class Exercise:
    """What is asked about a traced function.

    groups     names of its arrays, in the order of the function, in groups: what is asked one group at a time
    mistakes   Mistakes that are known, each one changed line
    draws      input -> the numbers that a seed may draw for it, if not one decimal from ±.1 to ±.9; None where it is
               not drawn, and stays
    hidden     how many of the first mistakes a page with a mistake to find may have, if not all
    variant    a Variant, where the functions are its
    """

    def __init__(self, sheet, groups, mistakes=(), draws=None, hidden=None, variant=None):
        self.sheet, self.groups, self.mistakes, self.variant = sheet, groups, list(mistakes), variant
        self.hidden = self.mistakes[:hidden]
        self.arrays = [name for group in groups for name in group]
        self.asked = [element for name in self.arrays for element in sheet.elements(name)]
        draws = (draws or {}) | ({variant.input: None} if variant else {})
        self.draws = {name: draws.get(name, TENTHS) for name in sheet.inputs}
        self.drawn = [name for name in sheet.inputs if self.draws[name] is not None]
        self.lines = [target_of(mistake.right) for mistake in self.mistakes]
        make = variant.functions if variant else lambda mistake: mistake.in_one_of(sheet.functions)
        programs = [sheet.functions, *map(make, self.mistakes)]
        self._programs = [[self._handing_on(*each) for each in zip(program, sheet.functions)] for program in programs]
        self.reach = self._reached()
        self.marking = trace(self._wrapper(), inside=False, **self._inputs())
        self._cells = self.marking.program()["cells"]
        self.places = self._places()

    def _reached(self):
        """For each program, the arrays that it has otherwise than the right one, somewhere; of the right one, all."""
        reached = [set(self.arrays), *(set() for _ in self.mistakes)]
        for point, kept in itertools.product(range(_POINTS), self._variants()):
            inputs = other_inputs(self.sheet.inputs, point + 1, self.sheet.domains) | kept
            with np.errstate(all="ignore"):
                right, *others = ([np.asarray(values[name]) for name in self.arrays]
                                  for values in (self._run(program, inputs) for program in self._programs))
            for names, values in zip(reached[1:], others):
                names |= {name for name, a, b in zip(self.arrays, right, values) if np.any(np.abs(a - b) > 1e-9)}
        return [[name for name in self.arrays if name in names] for names in reached]

    def _variants(self):
        return [{self.variant.input: np.array(value)} for value in (0.0, 1.0)] if self.variant else [{}]

    def _run(self, program, inputs, hand_on=lambda name, line: line):
        """What the variables of a program's functions are at the end, name -> value."""
        self._hand, self._made = hand_on, dict(inputs)
        for function in program:
            function(**{name: self._made[name] for name in inspect.signature(function).parameters
                        if name in self._made})
        return self._made

    def _handing_on(self, function, right):
        """The function on the reader's own numbers; a mistake's line may use what earlier functions have made."""
        used, known = (set(inspect.unwrap(each).__code__.co_names) for each in (function, right))
        more = [name for name in self.sheet.names if name in used - known]
        return _handing_on(function, more, self.arrays, self._hand_on, self._keep)

    def _hand_on(self, name, line):
        return self._hand(name, line)

    def _keep(self, variables):
        self._made |= variables

    def _inputs(self):
        blank = {_answer(name): np.full(np.shape(self.sheet.names[name]), np.nan) for name in self.arrays}
        return self.sheet.inputs | blank

    def _wrapper(self):
        """A function of the inputs and answers that gives all lines, by program and name."""
        def lines(**given):
            right, found = {}, {}
            for k, program in enumerate(self._programs):
                hand_on = functools.partial(self._own, k, given, right, found)
                self._run(program, {name: given[name] for name in self.sheet.inputs}, hand_on)
            return found

        parameters = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in self._inputs()]
        lines.__signature__ = inspect.Signature(parameters)
        return lines

    def _own(self, k, given, right, found, name, line):
        """What the program `k` goes on with where its line for `name` gives `line`: the reader's own numbers."""
        if name not in self.reach[k]:
            return right[name]
        found[f"{k}.{name}"] = line
        answer = given[_answer(name)]
        own = np.where(answer == answer, answer, line)[()]
        return right.setdefault(name, own) if k == 0 else own

    def _places(self):
        """For each number asked: its place in an answer, in the right line, and those it is made from (see `data`)."""
        marking = self.marking
        answers = {marking.position(_answer(split(name)[0]) + name[len(split(name)[0]):]): name for name in self.asked}
        owns = {}
        for place, (op, *args) in enumerate(self._cells):
            if op == "where" and args[1] in answers:
                owns[place] = answers[args[1]]
        return {"answers": {name: place for place, name in answers.items()},
                "made": {name: _nearest(self._cells, marking.position(f"0.{name}"), owns) for name in self.asked}}

    @cached_property
    def candidates(self):
        """For each number asked, the mistakes that change it, counted from 1: {"z1[0]": [1, 2]}."""
        return {name: [k for k, reach in enumerate(self.reach) if k and split(name)[0] in reach] for name in self.asked}

    def problem(self, seed, **kept):
        """The inputs of the problem of a seed, name -> array, and the mistake to find in it, counted from 1. Inputs
        that are not drawn are as in `kept`, or in the sheet.

        Drawn again until a number decides which of the known lines was written.
        """
        numbers, kept = generator(seed), {name: self.sheet.check(name, value) for name, value in kept.items()}
        for _ in range(MOST_TRIES):
            inputs = self.sheet.inputs | kept | {name: self._draw(numbers, name) for name in self.drawn}
            if self.is_clear(inputs):
                hidden = [k for k in range(1, len(self.hidden) + 1) if self.is_made(k, inputs)] or [1]
                return inputs, hidden[next(numbers) % len(hidden)]
        raise ValueError(f"no problem of {MOST_TRIES} for the seed {seed} tells all mistakes apart: "
                         "give fewer mistakes, or other draws")

    def _draw(self, numbers, name):
        shape = self.sheet.inputs[name].shape
        return np.reshape(draw(numbers, [self.draws[name]] * int(np.prod(shape))), shape)

    def is_clear(self, inputs):
        """Whether any two of the right line and the mistakes made in it differ enough for a number to tell."""
        values = self.values(inputs, {})
        for name in self.arrays:
            made = [k for k, line in enumerate(self.lines, 1) if line == name and self.is_made(k, inputs)]
            rows = [self.row(values, k, name) for k in [0, *made]]
            if any(not _apart(a, b) for i, a in enumerate(rows) for b in rows[:i]):
                return False
        return True

    def is_made(self, k, inputs):
        """Whether the line of the mistake `k` is written at these inputs."""
        return self.variant is None or inputs[self.variant.input] in self.variant.values(self.mistakes[k - 1])

    def instruction(self, name):
        """The last operation of the right line for a number, and the places of what it takes."""
        return self._cells[self.at[f"0.{name}"]]

    def row(self, values, k, name):
        """The numbers of the array `name` by the program `k`."""
        return [values[self.at[f"{k}.{element}"]] for element in self.sheet.elements(name)]

    @cached_property
    def at(self):
        """The place of each line among the values, by program and name of the number: "7.z1[0]"."""
        return {f"{k}.{element}": self.marking.position(f"{k}.{element}")
                for k, reach in enumerate(self.reach) for name in reach for element in self.sheet.elements(name)}

    def stages(self):
        """What is asked at each level: the last number, the last line, then group after group from the last on."""
        groups = [[element for name in group for element in self.sheet.elements(name)] for group in self.groups]
        last = self.sheet.elements(self.arrays[-1])
        return [last[-1:], last, *([each for group in groups[k:] for each in group]
                                   for k in reversed(range(len(groups))))]

    def data(self):
        """What the browser needs: see `Exercise` in frontend/marking.js."""
        program = self.marking.program()
        return {
            "program": program | {"cells": pack(program["cells"])},
            "lines": {name: self.sheet.elements(name) for name in self.arrays},
            "made": self.places["made"],
            "mistakes": [self._mistake(*each) for each in zip(self.mistakes, self.lines)],
            "draws": self.draws, "hidden": len(self.hidden), "variant": self.variant and self.variant.input,
            "stages": self.stages(),
        }

    def _mistake(self, mistake, line):
        of = {"of": self.variant.values(mistake)} if self.variant and line in self.variant.names else {}
        return {"name": mistake.name, "right": mistake.right, "wrong": mistake.wrong, "clue": mistake.clue,
                "line": line} | of

    def values(self, inputs, answers):
        """All values of the marking sheet, in the order of its cells, for answers, name of a number -> number."""
        instructions = list(self._blank)
        for name, array in inputs.items():
            for position, value in zip(np.ravel(self.marking.names[name]), np.ravel(array)):
                instructions[position] = ["input", np.float64(value)]
        for name, value in answers.items():
            instructions[self.places["answers"][name]] = ["input", np.float64(value)]
        return run(instructions)

    @cached_property
    def _blank(self):
        return [[op, float(args[0])] if op in ("input", "const") else [op, *args]
                for op, *args in self._cells]


def _apart(a, b):
    return max(abs(one - other) for one, other in zip(a, b)) > APART


def _answer(name):
    return f"answer_{name}"


def _handing_on(function, more, names, hand_on, keep):
    """A function like `function`, with `more` parameters, in which each of `names` is, once assigned, what
    `hand_on(name, value)` gives; it calls `keep` with all its variables at the end."""
    definition = _HandsOn(names).visit(definition_in(source_of(function)))
    definition.body += _KEEP
    definition.args.args[:0] = map(ast.arg, more)
    ast.fix_missing_locations(definition)
    file = f"<{function.__qualname__} on the reader’s own numbers>"
    return rewritten(function, definition, file, _hand_on=hand_on, _keep=keep)


_KEEP = ast.parse("_keep(locals())").body


class _HandsOn(ast.NodeTransformer):
    def __init__(self, names):
        self.names, self.is_inside = names, False

    def visit_FunctionDef(self, function):
        if self.is_inside:
            return function  # one inside has variables of its own
        self.is_inside = True
        return self.generic_visit(function)

    def _after(self, statement):
        found = [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)
                 and isinstance(node.ctx, ast.Store) and node.id in self.names]
        return [statement, *(ast.parse(f"{name} = _hand_on({name!r}, {name})").body[0] for name in found)]

    def visit_Return(self, statement):
        return [*_KEEP, statement]

    visit_Assign = visit_AnnAssign = visit_AugAssign = _after


def _nearest(cells, place, owns):
    """The numbers asked for that a cell is made from, going back no further than to each."""
    found, seen, waiting = {}, set(), [place]
    while waiting:
        at = waiting.pop()
        if at in owns:
            found[owns[at]] = True
        elif at not in seen:
            seen.add(at)
            op, *args = cells[at]
            waiting += reversed(args) if op not in ("input", "const") else []
    return list(found)
