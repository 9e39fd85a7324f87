"""A surface over two inputs as its contour lines, each with its number; the present point on it, and a path over it.

Drawn like a chart: a contour line is a curve with gaps, its level is its label.
"""

import json
from dataclasses import asdict, dataclass, field

import numpy as np

from ..template import draw
from ..writing.name import full, pick, split
from ..writing.number import format_number
from . import chart_drawing as drawing
from .chart import Chart, Curve, Mark, place, placed_ticks
from .chart_axis import LARGEST, fine_ticks, is_range, ticks

_LEVELS = 14  # lines at most: as many as an axis has ticks
_INNER = 0.95  # of the ranges: a point farther out has them doubled
_ARROW = 44   # units long
_ENTRIES = 7  # each way, of the table
_NOWHERE = np.full((2, 2), np.nan)  # of a line or a path that there is not: a script may draw one there
FLAT = "Nothing to draw: the surface is flat here, or its numbers are not finite"
SAME = "Nothing to draw: a landscape goes over two different numbers"


@dataclass
class Landscape:
    """What a landscape shows.

    cell       the number that is the height of the surface
    x, y       the numbers of inputs over which it goes, to the right and up; the others stay as they are
    over       where the reader picks these two: the names to pick from. x and y are the inputs that hold their places
    x_range, y_range   what is drawn; doubled about their middles until the point is well inside
    slopes     input -> the array of its gradient: an arrow goes down from the point then
    feed       input -> result: what a step puts where (see `Sheet.iterate`); a path goes over the surface then
    steps      how many steps the path has, at most
    log        whether the lines stand at 1, 2 and 5 of powers of ten: what is not above 0 has none
    points     how many places each way the surface is worked out at
    """
    cell: str
    x: str
    y: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_label: str = ""
    y_label: str = ""
    feed: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    title: str = ""
    log: bool = False
    points: int = 80
    over: tuple[str, ...] = ()
    slopes: dict[str, str] = field(default_factory=dict)

    def lines(self):
        """The name of the number that it draws."""
        return [self.cell]


def landscape(pen, /, landscape):
    """The contour lines of a number over two inputs (see byhand.views.landscape)."""
    return draw("landscape.html", kind="landscape", landscape=landscape, **draw_landscape(landscape, pen),
                about=pen.about(["part:says", landscape]))


@np.errstate(all="ignore")
def draw_landscape(landscape, pen):
    """The landscape at the book's values, for landscape.html; ValueError, in a sentence, for a range that is none."""
    sheet, values = pen.sheet, pen.sheet.evaluate()
    across, up = (_picked(landscape, name, values) for name in (landscape.x, landscape.y))
    for name, ends in zip((across, up), (landscape.x_range, landscape.y_range)):
        if not is_range(*ends, log=False):
            raise ValueError(f"a landscape cannot go over {name} from {ends[0]} to {ends[1]}: the range has no width")
    at = tuple(float(pick(values, name)) for name in (across, up))
    ranges = widened((landscape.x_range, landscape.y_range), at)
    xs, ys = (np.linspace(*ends, landscape.points) for ends in ranges)
    is_one = across == up
    grid = (np.full((len(ys), len(xs)), np.nan) if is_one
            else sheet.sweep((up, across), (ys, xs), landscape.cell).astype(float))
    levels = levels_of(grid, landscape.log)
    lines = [(line(xs, ys, grid, value), text) for value, text in levels]
    lines += [(_NOWHERE, "–")] * (_LEVELS - len(levels))
    curves = [*(places for places, _ in lines), _path(landscape, sheet, across, up)]
    plot = Chart(across, *ranges[0], landscape.x_label or pen.symbols.text(across),
                 landscape.y_label or pen.symbols.text(up), title=landscape.title,
                 curves=[*(Curve("", text, "line-1") for _, text in lines), Curve("", "", "line-2")],
                 marks=[Mark(across, up)])
    marks = [place(plot.marks[0], values, *ranges, log=False)]
    data = asdict(landscape) | {"box": drawing.BOX, "levels": _LEVELS, "entries": _ENTRIES}
    chart = drawing.draw(plot, ranges, placed_ticks(plot, *ranges), curves, marks)
    slopes = [_slope(landscape, name, values) for name in (across, up)]
    return {
        "chart": chart | {"title": landscape.title, "nothing": SAME if is_one else "" if levels else FLAT,
                          "data": json.dumps(data, ensure_ascii=False)},
        "arrow": arrow(slopes, ranges, at) if marks[0] else "", "says": _says(pen, landscape, (across, up), slopes),
        "table": _table(pen, sheet, landscape, (across, up), ranges, is_one),
    }


def widened(ranges, at):
    """The ranges, doubled about their middles until the point `at` is well inside, as `widened` in landscape.js."""
    spans = [((low + high) / 2, (high - low) / 2) for low, high in ranges]
    while (any(abs(value - middle) > _INNER * abs(half) for value, (middle, half) in zip(at, spans))
           and max(abs(half) for _, half in spans) < LARGEST):
        spans = [(middle, 2 * half) for middle, half in spans]
    return tuple((middle - half, middle + half) for middle, half in spans)


def _picked(landscape, name, values):
    """The number over which it goes, for x or y."""
    return landscape.over[int(values[name])] if landscape.over else name


def _slope(landscape, name, values):
    base, index = split(name)
    return float(pick(values, full(landscape.slopes[base], index))) if base in landscape.slopes else None


def arrow(slopes, ranges, at):
    """The path of an arrow down from the point, as landscape.js draws it; "" where no way is down."""
    left, top, width, height = drawing.BOX
    scales = [size / (high - low) for size, (low, high) in zip((width, -height), ranges)]
    if None in slopes:
        return ""
    step = [-slope * scale for slope, scale in zip(slopes, scales)]
    length = float(np.hypot(*step))
    if not 0 < length < np.inf:
        return ""
    ends = [start + scale * (value - low) for start, scale, value, (low, _)
            in zip((left, top + height), scales, at, ranges)]
    u, v = (_ARROW * each / length for each in step)
    x, y = ends[0] + u, ends[1] + v
    wings = [(x - 0.2 * u + side * 0.12 * v, y - 0.2 * v - side * 0.12 * u) for side in (1, -1)]
    points = [ends, (x, y), wings[0], (x, y), wings[1]]
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)


def _says(pen, landscape, names, slopes):
    """The point, its gradient and its height, name of the part -> text."""
    said = {}
    for axis, name, slope in zip("xy", names, slopes):
        said[f"{axis}-name"], said[axis] = pen.symbols.text(name), pen.text(name)
        if slope is not None:
            said[f"{axis}-slope"] = format_number(slope, pen.digits)
    return said | {"height-name": pen.symbols.text(landscape.cell), "height": pen.text(landscape.cell)}


def _table(pen, sheet, landscape, names, ranges, is_one):
    """The heights at a few places: a head, and rows from the top down, of texts."""
    xs, ys = (np.linspace(*ends, _ENTRIES) for ends in ranges)
    ys = ys[::-1]
    heights = (np.full((_ENTRIES, _ENTRIES), np.nan) if is_one
               else sheet.sweep(names[::-1], (ys, xs), landscape.cell).astype(float))
    return {"head": [format_number(x, 3) for x in xs],
            "rows": [(format_number(y, 3), [format_number(height, 3) for height in row])
                     for y, row in zip(ys, heights)]}


def levels_of(grid, log):
    """The heights that have a line, (value, text) each: round numbers, as the ticks of an axis; or 1, 2 and 5 of each
    power of ten, where these are not too many."""
    heights = grid[np.isfinite(grid) & ((grid > 0) | (not log))]
    low, high = (float(heights.min()), float(heights.max())) if heights.size else (0.0, 0.0)
    if not is_range(low, high, log):
        return []
    fine = fine_ticks(low, high) if log else []
    return fine if 1 < len(fine) <= _LEVELS else ticks(low, high, log)


def line(xs, ys, grid, level):
    """Where a surface has the height `level`: two rows of places, with not-a-number between the pieces."""
    from contourpy import contour_generator  # matplotlib's own

    heights = np.ma.masked_invalid(grid)
    pieces = contour_generator(xs, ys, heights, name="serial", corner_mask=False).lines(level)
    gap = np.full((1, 2), np.nan)
    return np.concatenate([gap, *(part for piece in pieces for part in (piece, gap))]).T


def _path(landscape, sheet, across, up):
    if not landscape.feed:
        return _NOWHERE
    walked = sheet.iterate(landscape.steps, landscape.feed, watch=[across, up])
    return walked[across], walked[up]
