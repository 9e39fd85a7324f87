"""Charts: curves that matplotlib draws at build and the browser draws again from the sheet's program.

A curve is a sweep: the sheet evaluated with one input going over a range.
"""

import io
import json
import math
import re
from dataclasses import asdict, dataclass, field

import numpy as np

from ..number import format_number

_POINTS = 200
_SIZE = 6.4, 3.8  # inches, at 72 units each
_TICKS = {"x": 5, "y": 6}


@dataclass
class Curve:
    """The number `cell` over the sweep. `float32` works it out in single precision."""
    cell: str
    label: str
    style: str = "line-1"  # one of _STYLES
    float32: bool = False


@dataclass
class Mark:
    """A point at the present values of two numbers, or, without `y`, an upright line."""
    x: str
    y: str | None = None
    style: str = "point"


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


def draw_chart(chart, sheet):
    """The chart at the book's values, for chart.svg: matplotlib's drawing, and what the browser needs to draw it again."""
    values = sheet.evaluate()
    place = lambda end: float(_at(values, end)) if isinstance(end, str) else end
    start, end = place(chart.start), place(chart.end)
    xs = np.geomspace(start, end, chart.points) if chart.log else np.linspace(start, end, chart.points)
    curves = [_sweep(sheet, chart.x, xs, curve) for curve in chart.curves]
    low, high = chart.y_range or fitted(np.concatenate(curves))
    figure, axes = _axes(chart, (start, end), (low, high))
    for i, (curve, ys) in enumerate(zip(chart.curves, curves)):
        shown = np.clip(ys, low, None) if chart.log else ys
        axes.plot(xs, shown, label=curve.label, gid=f"curve-{i}", **_look(curve.style))
    for i, mark in enumerate(chart.marks):
        x = _at(values, mark.x)
        if mark.y is None:
            axes.axvline(x, gid=f"mark-{i}", **_look(mark.style))
        else:
            axes.plot(x, _at(values, mark.y), gid=f"mark-{i}", **_look(mark.style))
    axes.legend(frameon=False, fontsize="small", ncols=2 if chart.log else 1)
    return _markup(chart, figure, axes)


def fitted(ys):
    """A range that holds `ys` and whose ends and five steps are round numbers."""
    ys = ys[np.isfinite(ys)]
    low, high = (float(ys.min()), float(ys.max())) if len(ys) else (0.0, 1.0)
    step = round_step((high - low) / (_TICKS["y"] - 2) or abs(high) or 1.0)
    low = math.floor(low / step) * step
    return low, low + step * (_TICKS["y"] - 1)


def round_step(size):
    """The least of 1, 2, 5 times a power of ten that is not below `size`."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= size * (1 - 1e-9))


def _at(values, name):
    base, _, index = name.rstrip("]").partition("[")
    return values[base][tuple(int(i) for i in index.split(","))] if index else values[base]


def _sweep(sheet, x, xs, curve):
    dtype = np.float32 if curve.float32 else np.float64
    return sheet.sweep(x, xs, curve.cell, dtype).astype(float)


def _axes(chart, x_range, y_range):
    from matplotlib.figure import Figure  # slow to import, and most sheets have no chart
    figure = Figure(figsize=_SIZE, dpi=72, layout="constrained")
    axes = figure.add_subplot()
    axes.set(xlim=x_range, ylim=y_range, xlabel=chart.x_label, ylabel=chart.y_label)
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    axes.spines[["top", "right"]].set_visible(False)
    if chart.log:
        axes.set(xscale="log", yscale="log")
    else:
        _round_ticks(axes.xaxis, x_range)
        _round_ticks(axes.yaxis, y_range)
    return figure, axes


def _round_ticks(axis, ends):
    """Ticks at places that stay, with texts that the browser may change."""
    ticks = np.linspace(*ends, _TICKS[axis.axis_name])
    ticks[np.abs(ticks) < 1e-9 * (ends[1] - ends[0])] = 0.0  # rounding, not a place on the axis
    axis.set_ticks(ticks, [format_number(tick, 3) for tick in ticks])
    for i, label in enumerate(axis.get_ticklabels()):
        label.set_gid(f"{axis.axis_name}-tick-{i}")


def _markup(chart, figure, axes):
    """matplotlib's SVG without what a page does not need: metadata, sizes, fonts, ids that clash, fixed colours."""
    from matplotlib import rc_context
    file = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": chart.title}):
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    svg = re.search(r"<svg[^>]*>(.*)</svg>", file.getvalue(), re.S).group(1)
    for pattern, replacement in _CLEANING:
        svg = re.sub(pattern, replacement, svg, flags=re.S)
    for color, name in enumerate(_STYLES):
        svg = svg.replace(_placeholder(color), f"var(--longhand-{name})")
    width, height = (inches * 72 for inches in _SIZE)
    box = axes.get_position()
    place = [box.x0 * width, (1 - box.y1) * height, box.width * width, box.height * height]
    return {"svg": svg, "width": width, "height": height, "title": chart.title,
            "data": json.dumps(asdict(chart) | {"box": [round(edge, 3) for edge in place]})}


_CLEANING = [
    (r"<metadata>.*?</metadata>|<style.*?</style>", ""),
    (r'<g id="((?:curve|mark|[xy]-tick)-\d+)"', r'<g data-part="\1"'),
    (r'<g id="[^"]*"', "<g"),
    (r"font-family: [^;\"]*(; )?", ""),
    (r"#000000", "currentColor"),
    (r"(?<=\d\.\d)\d+", ""),  # a tenth of a unit is as fine as screens show
    (r"; stroke-linecap: square|; stroke-linejoin: miter", ""),
    (r"\s*\n\s*", " "),
]
_STYLES = {  # the styles that curves and marks may have: a colour of longhand.css, and a line
    "line-1": "-", "line-2": "-", "line-3": "-", "muted-1": "--", "muted-2": ":", "point": "o", "line-4": "-",
}


def _placeholder(color):
    return f"#0000{color + 1:02x}"


def _look(style):
    """matplotlib's settings for a style: a colour that `_markup` finds again, and the line."""
    return {"color": _placeholder(list(_STYLES).index(style)), "linestyle": _STYLES[style].replace("o", ""),
            "marker": "o" if style == "point" else ""}
