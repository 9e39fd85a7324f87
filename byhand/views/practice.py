"""Practice: a problem from a seed, a field for each number asked, and what became of each answer."""

import copy
import json

import numpy as np
from markupsafe import Markup

from ..practice.exercise import Exercise
from ..template import draw
from ..trace import trace
from ..writing.name import split
from .fields import inputs, large
from .steps import rows

LEVELS = ["the last number", "the last line"]


def practice(pen, /, ask, mistakes=(), seeds=None, draws=None, stages=None, read=(), hidden=None, level=None,
             known=None, drill=False, variant=None):
    """Problems about the function: what is asked, marked line by line, with the mistakes that are known.

        net.practice(ask=["z1", "a1", "loss"], mistakes=[Mistake("σ forgotten", "a1 = sigmoid(z1)", "a1 = z1", "…")])

    ask        names of arrays in the order of the function, or groups of them: levels ask one group more at a time
    mistakes   each one changed line; what it makes is recognised, and said by its name
    seeds      the seed of the problem shown first, if not the numbers on screen
    draws      input -> the numbers that a seed draws from, if not one decimal from ±.1 to ±.9; None: it is not drawn
    stages     what each group is called, in a level's name
    read       what to read again, one for each group: (title, address)
    hidden     how many of the first mistakes the last level may hide, if not all
    level      the level shown first, counted from 1; everything, if not given
    known      a button that puts other numbers in: (its label, name -> numbers)
    drill      whether it is a small one, without levels
    variant    a Variant, where the functions are its: the reader picks
    """
    groups = [list(ask)] if isinstance(ask[0], str) else [list(group) for group in ask]
    exercise = Exercise(pen.sheet, groups, mistakes, draws, hidden, variant)
    pen.exercise = exercise
    if seeds is not None:
        pen.start_from(exercise.problem(seeds)[0])
    everything = len(groups) + len(LEVELS)
    data = exercise.data() | {
        "seed": seeds, "isDrill": drill, "level": level or everything,
        "read": [{"title": title, "address": address} for title, address in read],
        "known": known and {name: np.ravel(pen.checked(name, numbers)).tolist() for name, numbers in known[1].items()},
        "groups": groups, "symbols": {name: pen.symbols.text(name) for name in exercise.asked},
    }
    return draw("practice.html", data=_script_json(data), seed="" if seeds is None else seeds, title=_title(seeds),
                drill=drill, known=known and known[0],
                lines=[_line(pen, name) for name in exercise.arrays],
                given=inputs(pen), say=pen.live, steps=_key(pen, exercise), levels=_levels(groups, stages),
                variant=variant, value=variant and pen.value(variant.input), mistakes=exercise.hidden,
                inputs=inputs(pen), large=large(pen), owner=pen.owner, level=everything, drawn="")


def _title(seed):
    return "Your turn" if seed is None else f"Problem {seed}"


def _levels(groups, stages):
    """The names of the levels, from the last number to the mistake to find."""
    names = stages or ["", *(f"from {group[0]} on" for group in groups[1:])]
    return [*LEVELS, *reversed(names[1:]), "everything", "find the mistake"]


def _line(pen, name):
    """One line of the problem: an array that is asked for."""
    return {"name": name, "symbol": pen.symbols.text(name), "numbers": [
        {"name": element, "symbol": pen.maths(element), "text": pen.symbols.text(element), "value": pen.live(element)}
        for element in pen.sheet.elements(split(name)[0])]}


def _key(pen, exercise):
    """The steps of the key: of a line that has a variant both, of which one is shown."""
    variant = exercise.variant
    if not variant:
        return rows(pen, exercise.arrays)
    pens = [_as_written(pen, variant, value) for value in (0, 1)]
    return [step | ({"at": value, "is_hidden": value != pen.value(variant.input), "value": pen.live(step["name"])}
                    if name in variant.names else {})
            for name in exercise.arrays for value in ((0, 1) if name in variant.names else (0,))
            for step in rows(pens[value], [name])]


def _as_written(pen, variant, value):
    """A pen that writes the formulas of one of a variant's two."""
    other, inputs = copy.copy(pen), dict(pen.sheet.inputs)
    inputs.pop(variant.input)
    domains = {name: domain for name, domain in pen.sheet.domains.items() if name in inputs}
    other.sheet = trace(*variant.at(value), domains=domains, inside=False, **inputs)
    other.write_from_sheet()
    return other


def _script_json(data):
    """JSON that may stand inside <script>."""
    return Markup(json.dumps(data, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c"))
