"""Charts: curves that matplotlib draws at build and the browser draws again from the sheet's program.

A curve is a sweep: the sheet evaluated with one input going over a range. Each part of the drawing has its name, by
which chart_drawing.py reads it: curve-0, mark-0, x-tick-0, x-axis, x-label.
"""

import json
from dataclasses import asdict, dataclass, field

import numpy as np

from ..template import draw
from ..writing.name import pick
from . import chart_drawing as drawing
from .chart_axis import fitted, is_range, scale, ticks

_POINTS = 120
_FAR = 1e5  # units outside the drawing; what lies farther off is left out


@dataclass
class Curve:
    """The number `cell` over the sweep, with its `label` beside it. `float32` works it out in single precision."""
    cell: str
    label: str
    style: str = "line-1"  # one of STYLES: a role, such as "loss", or a line without one
    float32: bool = False


@dataclass
class Mark:
    """A point at the present values of two numbers, or, without `y`, an upright line; with its `label` beside it."""
    x: str
    y: str | None = None
    style: str = "point"
    label: str = ""


@dataclass
class Chart:
    """What a chart shows.

    x          the input that is swept
    start, end the range: numbers, or names of numbers of the sheet
    y_range    the range upwards; None fits it to the curves
    log        whether both axes are logarithmic
    """
    x: str
    start: float | str
    end: float | str
    x_label: str
    y_label: str
    curves: list[Curve]
    marks: list[Mark] = field(default_factory=list)
    y_range: tuple[float, float] | None = None
    log: bool = False
    title: str = ""
    points: int = _POINTS

    def lines(self):
        """The names of the numbers that it draws."""
        return [curve.cell for curve in self.curves]


def chart(pen, /, chart, about=()):
    """A chart whose curves are sweeps of the sheet (see byhand.views.chart). What stands at an input in it is `about`
    its curves, if not about other numbers (see `Pen.about`)."""
    return draw("chart.svg", kind="chart", chart=draw_chart(chart, pen.sheet), about=pen.about(about or [chart]))


@np.errstate(all="ignore")
def draw_chart(chart, sheet):
    """The chart at the book's values, for chart.svg: what matplotlib drew, and what the browser draws it again from."""
    values = sheet.evaluate()
    x_range = [float(pick(values, end)) if isinstance(end, str) else end for end in (chart.start, chart.end)]
    has_width = is_range(*x_range, chart.log)
    if not has_width:
        x_range = [0.1, 1.0]  # of axes around nothing
    xs = (np.geomspace if chart.log else np.linspace)(*x_range, chart.points)
    curves = [_sweep(sheet, chart.x, xs, curve) if has_width else xs * np.nan for curve in chart.curves]
    y_range = chart.y_range or fitted(np.concatenate(curves))
    marks = [place(mark, values, x_range, y_range, chart.log) if has_width else None for mark in chart.marks]
    drawn = drawing.draw(chart, (x_range, y_range), placed_ticks(chart, x_range, y_range, has_width),
                         [(xs, _drawable(ys, y_range, chart.log)) for ys in curves], marks)
    blank = sum(not _is_seen(ys, y_range, chart.log) for ys in curves)
    return drawn | {"title": chart.title, "nothing": nothing_drawn(blank, len(curves), has_width),
                    "data": json.dumps(_needed(asdict(chart)) | {"box": drawing.BOX}, ensure_ascii=False)}


def _needed(fields):
    """What the browser needs of a chart, without what only the drawing shows; what is missing is nothing."""
    kept = {key: value for key, value in fields.items() if value not in (None, "") and value is not False}
    kept |= {key: [_needed(each) for each in kept[key]] for key in ("curves", "marks") if key in kept}
    return {key: value for key, value in kept.items() if key not in ("x_label", "y_label", "style")}


def nothing_drawn(blank, count, has_width):
    """What a chart says of its `blank` curves of `count`, as in chart.js; "" where all are to be seen."""
    if not has_width:
        return "Nothing to draw: no axis goes over this range"
    if blank == count:
        return "Nothing to draw: no number here is finite and in range"
    return f"{blank} of {count} curves: no number here is finite and in range" if blank else ""


def _sweep(sheet, x, xs, curve):
    return sheet.sweep(x, xs, curve.cell, np.float32 if curve.float32 else np.float64).astype(float)


def _drawable(ys, y_range, log):
    """`ys` as they are drawn: what is off a logarithmic scale lands on its edge, what is far off a scale nowhere."""
    _, top, _, height = drawing.BOX
    is_near = np.isfinite(ys) & (np.abs(scale(y_range, top + height, top, log)(ys)) < _FAR)
    return np.where(is_near, np.clip(ys, y_range[0] if log else None, None), np.nan)


def _is_seen(ys, y_range, log):
    low, high = y_range
    return bool(np.any(np.isfinite(ys) & (ys <= high) & (log | (ys >= low))))


def placed_ticks(chart, x_range, y_range, has_width=True):
    """The ticks of both axes; their texts say nothing where the axis goes over nothing."""
    across, up = ticks(*x_range, chart.log), ticks(*y_range, chart.log)
    return (across, up) if has_width else tuple([(value, "–") for value, _ in axis] for axis in (across, up))


def place(mark, values, x_range, y_range, log):
    """Where a mark is, (x, y), y None for an upright line; None where it is not to be seen."""
    low, high = y_range
    x, y = pick(values, mark.x), None if mark.y is None else pick(values, mark.y)
    y = max(y, low) if log and y is not None else y
    is_seen = min(x_range) <= x <= max(x_range) and (y is None or low <= y <= high)
    return (float(x), None if y is None else float(y)) if is_seen else None
