"""A surface over two inputs as its contour lines, each with its number; the present point on it, and a path over it.

Drawn like a chart: a contour line is a curve with gaps, its level is its label.
"""

import json
from dataclasses import asdict, dataclass, field

import numpy as np

from ..template import draw
from . import chart_drawing as drawing
from .chart import Chart, Curve, Mark, place, placed_ticks
from .chart_axis import is_range, ticks

_LEVELS = 14  # lines at most: as many as an axis has ticks
_NOWHERE = np.full((2, 2), np.nan)  # of a line or a path that there is not: a script may draw one there
FLAT = "Nothing to draw: the surface is flat here, or its numbers are not finite"


@dataclass
class Landscape:
    """What a landscape shows.

    cell       the number that is the height of the surface
    x, y       the numbers of inputs over which it goes, to the right and up; the others stay as they are
    feed       input -> result: what a step puts where (see `Sheet.iterate`); a path goes over the surface then
    steps      how many steps the path has, at most
    log        whether the lines stand at powers of ten: what is not above 0 has none
    points     how many places each way the surface is worked out at
    """
    cell: str
    x: str
    y: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_label: str
    y_label: str
    feed: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    title: str = ""
    log: bool = False
    points: int = 80


def landscape(pen, /, landscape):
    """The contour lines of a number over two inputs (see byhand.views.landscape)."""
    return draw("chart.svg", kind="landscape", chart=draw_landscape(landscape, pen.sheet))


@np.errstate(all="ignore")
def draw_landscape(landscape, sheet):
    """The landscape at the book's values, for chart.svg; ValueError, in a sentence, for a range that is none."""
    ranges = landscape.x_range, landscape.y_range
    for name, ends in zip((landscape.x, landscape.y), ranges):
        if not is_range(*ends, log=False):
            raise ValueError(f"a landscape cannot go over {name} from {ends[0]} to {ends[1]}: the range has no width")
    xs, ys = (np.linspace(*ends, landscape.points) for ends in ranges)
    grid = sheet.sweep((landscape.y, landscape.x), (ys, xs), landscape.cell).astype(float)
    levels = levels_of(grid, landscape.log)
    lines = [(line(xs, ys, grid, value), text) for value, text in levels]
    lines += [(_NOWHERE, "–")] * (_LEVELS - len(levels))
    curves = [*(places for places, _ in lines), _path(landscape, sheet)]
    plot = Chart(landscape.x, *landscape.x_range, landscape.x_label, landscape.y_label, title=landscape.title,
                 curves=[*(Curve("", text, "line-1") for _, text in lines), Curve("", "", "line-2")],
                 marks=[Mark(landscape.x, landscape.y)])
    marks = [place(plot.marks[0], sheet.evaluate(), *ranges, log=False)]
    data = asdict(landscape) | {"box": drawing.BOX, "levels": _LEVELS}
    return drawing.draw(plot, ranges, placed_ticks(plot, *ranges), curves, marks) | {
        "title": landscape.title, "nothing": "" if levels else FLAT, "data": json.dumps(data, ensure_ascii=False)}


def levels_of(grid, log):
    """The heights that have a line, (value, text) each: round numbers, as the ticks of an axis."""
    heights = grid[np.isfinite(grid) & ((grid > 0) | (not log))]
    low, high = (float(heights.min()), float(heights.max())) if heights.size else (0.0, 0.0)
    return ticks(low, high, log) if is_range(low, high, log) else []


def line(xs, ys, grid, level):
    """Where a surface has the height `level`: two rows of places, with not-a-number between the pieces."""
    from contourpy import contour_generator  # matplotlib's own

    heights = np.ma.masked_invalid(grid)
    pieces = contour_generator(xs, ys, heights, name="serial", corner_mask=False).lines(level)
    gap = np.full((1, 2), np.nan)
    return np.concatenate([gap, *(part for piece in pieces for part in (piece, gap))]).T


def _path(landscape, sheet):
    if not landscape.feed:
        return _NOWHERE
    walked = sheet.iterate(landscape.steps, landscape.feed, watch=[landscape.x, landscape.y])
    return walked[landscape.x], walked[landscape.y]
