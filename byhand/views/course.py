"""Results fed back into inputs, step by step: the curve of a number by step, which the reader goes along."""

import json
from dataclasses import dataclass, field

import numpy as np

from ..template import draw
from ..writing.name import split
from ..writing.number import format_number
from . import chart_drawing as drawing
from .chart import Chart, Curve, Mark, nothing_drawn, placed_ticks
from .chart_axis import fitted

_POINTS = 200  # of a curve, at most
PACES = {"1 step a second": 1000, "5 steps a second": 200, "25 steps a second": 40}


@dataclass
class Route:
    """One way on: at each step the results of `feed`, input -> result, go into the inputs (see `Sheet.iterate`).

    put    numbers of inputs that are others on this route, name -> number: {"W1[0, 0]": 0.31}
    """
    label: str
    feed: dict[str, str]
    style: str = "line-1"
    put: dict[str, float] = field(default_factory=dict)


@dataclass
class Course:
    """What a course shows: the number `cell`, by step, on each of its `routes`, from the reader's numbers.

    steps    how many the curve has at first
    most     how many it may have
    put      the inputs that have a step's numbers when the reader goes there; none where nobody goes
    pick     an input: the route that puts its present number there stands out; None where all do
    rise     how many times its start a curve may rise and still be fitted; None for any number
    against  what the last column compares a route's end with, in words: the first route's end; "" for no such column
    """
    cell: str
    routes: list[Route]
    y_label: str
    title: str
    steps: int = 20
    most: int = 10_000
    put: list[str] = field(default_factory=list)
    pick: str | None = None
    rise: float | None = None
    against: str = ""

    def lines(self):
        """The name of the number that it draws."""
        return [self.cell]


def course(pen, /, course, about=()):
    """The curve of a number by step, to go along (see byhand.views.course). Its buttons are `about` its own numbers and
    its curve, and these besides (see `Pen.about`)."""
    paths = [_path(pen.sheet, course, route) for route in course.routes]
    rows = [{"label": route.label, "is_picked": _is_picked(pen, course, route), "start": _text(pen, path[0]),
             "end": _text(pen, path[-1]), "beside": beside(path[-1], paths[0][-1])}
            for route, path in zip(course.routes, paths)]
    return draw("course.html", kind="course", chart=draw_course(course, pen, paths), rows=rows, course=course,
                paces=PACES, symbol=pen.maths(course.cell), about=pen.about(["part:now", course, *about]))


def beside(end, first):
    """How a route's end compares with the first route's, in a word; as in course.js."""
    if not (np.isfinite(end) and np.isfinite(first)):
        return "cannot be told here"
    if abs(end - first) <= 1e-9 * abs(first):
        return "the same"
    return "lower" if end < first else "higher"


def _text(pen, value):
    return format_number(value, pen.digits)


def _is_picked(pen, course, route):
    return course.pick is not None and route.put.get(course.pick) == pen.value(course.pick)


def _path(sheet, course, route):
    changes = {}
    for name, number in route.put.items():
        base, index = split(name)
        changes.setdefault(base, sheet.inputs[base].copy())[index] = number
    return sheet.iterate(course.steps, route.feed, watch=[course.cell], **changes)[course.cell]


@np.errstate(all="ignore")
def draw_course(course, pen, paths):
    """The curves from the first numbers on, for chart.svg."""
    most = np.inf if course.rise is None else course.rise * abs(paths[0][0])
    levels = np.concatenate(paths)
    ranges = (0.0, float(course.steps)), fitted(levels[np.abs(levels) <= most])
    shown = [(course.pick is None) or i == 0 or _is_picked(pen, course, route) for i, route in enumerate(course.routes)]
    plot = Chart("", *ranges[0], "step", course.y_label, title=course.title, marks=[Mark("", "")] if course.put else [],
                 curves=[Curve("", route.label if is_named else "", route.style)
                         for route, is_named in zip(course.routes, shown)])
    curves = [(np.arange(len(path), dtype=float), path) for path in paths]
    marks = [(0.0, float(paths[0][0]))] if course.put else []
    blank = sum(not np.isfinite(path).any() for path in paths)
    data = {"cell": course.cell, "steps": course.steps, "most": course.most, "put": course.put, "pick": course.pick,
            "rise": course.rise, "title": course.title, "box": drawing.BOX, "points": _POINTS,
            "routes": [{"label": route.label, "feed": route.feed, "put": route.put} for route in course.routes]}
    return drawing.draw(plot, ranges, placed_ticks(plot, *ranges), curves, marks) | {
        "title": course.title, "nothing": nothing_drawn(blank, len(paths), True),
        "data": json.dumps(data, ensure_ascii=False)}
