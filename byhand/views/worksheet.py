"""Worksheets: problems on paper, each with its key on pages of its own, for a browser to print."""

import copy

from markupsafe import Markup

from ..practice.marking import WITHIN
from ..template import draw
from ..writing.number import format_number
from .fields import inputs
from .show import diagram


def worksheets(pen, title, problems, style):
    """A document of worksheets, or of keys.

    problems   (seed, address, the address as a picture for a camera) of each, in order
    """
    return draw("worksheet.html", title=title, style=Markup(style), pages=[_worksheet(pen, *each) for each in problems])


def keys(pen, title, problems, style):
    """The same document with every number, and what each mistake would give in its place."""
    return draw("worksheet.html", title=title, style=Markup(style),
                pages=[_worksheet(pen, *each, is_key=True) for each in problems])


def _worksheet(pen, seed, address, picture, is_key=False):
    exercise = pen.exercise
    point, _ = exercise.problem(seed)
    paper, values = pen.at(point), exercise.values(point, {})
    if not is_key:
        paper.live = lambda name, digits=None: _blank(pen.at(point), name, digits)
    groups = [[_line(paper, exercise, values, name, is_key) for name in group] for group in exercise.groups]
    variant = exercise.variant
    half = len(groups) // 2 + len(groups) % 2
    return {"seed": seed, "address": address, "picture": Markup(picture), "is_key": is_key, "say": paper.live,
            "given": inputs(paper), "diagram": diagram(paper, []),
            "variant": variant and variant.labels[int(point[variant.input])],
            "halves": [[line for group in part for line in group] for part in (groups[:half], groups[half:])]}


def _blank(pen, name, digits):
    """A number for the network on paper: empty, if it is to be found."""
    number = copy.copy(pen.live(name, digits))
    return number if name.split("[")[0] in pen.sheet.inputs else number | {"text": "…"}


def _line(pen, exercise, values, name, is_key):
    """One array: its numbers, and on a key what each mistake made in its line gives for each."""
    def one(place, element):
        gives = {k: exercise.row(values, k, name)[place] for k, line in enumerate(exercise.lines, 1) if line == name}
        right = exercise.row(values, 0, name)[place]
        made = [{"name": exercise.mistakes[k - 1].name, "text": format_number(value, pen.digits)}
                for k, value in gives.items() if not abs(value - right) <= WITHIN]
        return {"symbol": pen.maths(element), "text": pen.text(element), "name": element,
                "mistakes": made if is_key else []}

    return {"name": name, "numbers": [one(*each) for each in enumerate(pen.sheet.elements(name))]}
