"""What matplotlib draws of a chart, read as XML: each part by its name, without what a page has in its style.

Colours are no part of it: a part has its ink, one of the colours of the page's style.
"""

import io
from xml.etree import ElementTree

from .chart_axis import scale
from .chart_labels import SIZE, place_labels

WIDTH, HEIGHT = 397.0, 276.0
BOX = [62, 8, 320, 232]  # of the axes: left, top, width, height
STYLES = {  # of curves and marks: how they differ without colours; a loss is drawn thicker than a line-1
    "line-1": "-", "line-2": (0, (7, 2)), "line-3": (0, (9, 2, 2, 2)), "line-4": (0, (3, 1)),
    "muted-1": (0, (4, 4)), "muted-2": (0, (1, 2)), "point": "-",
    "loss": "-", "gradient": (0, (9, 2, 1, 2, 1, 2)), "error": (0, (5, 2)), "activation": (0, (8, 3)),
    "weight": (0, (2, 2)), "input": (0, (3, 3)),
}
_SETTINGS = {
    "svg.fonttype": "none", "font.size": SIZE, "axes.grid": True, "lines.scale_dashes": False, "lines.markersize": 6,
    "axes.spines.top": False, "axes.spines.right": False, "xtick.bottom": False, "ytick.left": False,
    "xtick.minor.bottom": False, "ytick.minor.left": False,
}


def draw(chart, ranges, ticks, curves, marks):
    """The parts of a chart as SVG: `axes`, `curves`, `points`, and the box that `clip`s the curves; and its size.

    ranges    of x and y
    ticks     of x and y: (value, text) each
    curves    (xs, ys) each; what is not to be drawn is not a number
    marks     (x, y) each, y None for an upright line; None for what is not to be seen
    """
    rc_context = _matplotlib().rc_context
    with rc_context(_SETTINGS | {"svg.hashsalt": chart.title}):
        figure, axes = _axes(chart, ranges, ticks)
        for i, (curve, points) in enumerate(zip(chart.curves, curves)):
            axes.plot(*points, gid=f"curve-{i}", **_line(curve.style))
        for i, (mark, place) in enumerate(zip(chart.marks, marks)):
            _draw_mark(axes, f"mark-{i}", mark, place)
        unlabelled = _write_labels(figure, chart, ranges, curves, marks)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    hidden = {f"mark-{i}" for i, place in enumerate(marks) if place is None}
    return _read(chart, file.getvalue(), hidden, unlabelled)


def _matplotlib():
    """matplotlib, imported where a chart is drawn, for it is slow; ImportError, in a sentence, where it is missing."""
    try:
        import matplotlib.figure
    except ImportError:
        raise ImportError("charts need matplotlib, which is not installed: pip install 'byhand[charts]'") from None
    return matplotlib


def _axes(chart, ranges, ticks):
    figure = _matplotlib().figure.Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72)
    left, top, width, height = BOX
    axes = figure.add_axes([left / WIDTH, 1 - (top + height) / HEIGHT, width / WIDTH, height / HEIGHT])
    axes.set(xlabel=chart.x_label, ylabel=chart.y_label, xscale="log" if chart.log else "linear",
             yscale="log" if chart.log else "linear", xlim=ranges[0], ylim=ranges[1])
    axes.spines.bottom.set_gid("x-axis")
    axes.spines.left.set_gid("y-axis")
    axes.yaxis.set_label_coords(-50 / width, 0.5)
    for axis, places in zip((axes.xaxis, axes.yaxis), ticks):
        axis.set_ticks([value for value, _ in places], [text for _, text in places])
        axis.set_ticks([], minor=True)
        axis.label.set(gid=f"{axis.axis_name}-label", rotation_mode="anchor")
        for i, tick in enumerate(axis.get_major_ticks()):
            tick.set_gid(f"{axis.axis_name}-tick-{i}")
    return figure, axes


def _line(style):
    return {"linestyle": STYLES[style], "linewidth": 1.5}


def _draw_mark(axes, name, mark, place):
    """Draws a mark, or, where it is not to be seen, something to move to where it will be."""
    x, y = place or (axes.get_xlim()[0], axes.get_ylim()[0])
    if mark.y is None:
        axes.axvline(x, gid=name, **_line(mark.style))
    else:
        axes.plot(x, y, gid=name, marker="o", linestyle="none")


def _write_labels(figure, chart, ranges, curves, marks):
    """Writes the labels, each where it is beside what it names. Returns the parts whose label has no place."""
    left, top, width, height = BOX
    across, up = scale(ranges[0], left, left + width, chart.log), scale(ranges[1], top + height, top, chart.log)

    def on_page(x, y):
        return float(across(x)), float(up(y))

    lines = [(curve.label, [on_page(*point) for point in zip(*points)]) for curve, points in zip(chart.curves, curves)]
    shown = [(mark.label, *_on_page(mark, at, on_page)) for mark, at in zip(chart.marks, marks)]
    names = [f"{kind}-{i}" for kind, these in (("curve", lines), ("mark", shown)) for i in range(len(these))]
    places = dict(zip(names, place_labels(BOX, lines, shown)))
    for (label, *_), (name, place) in zip([*lines, *shown], places.items()):
        x, y = place or BOX[:2]
        figure.text(x / WIDTH, 1 - y / HEIGHT, label, gid=f"{name}-label", ha="center")
    return {name for name, place in places.items() if place is None}


def _on_page(mark, at, on_page):
    if at is None:
        return None, None
    x, y = on_page(at[0], 1.0 if at[1] is None else at[1])
    return x, None if mark.y is None else y


def _read(chart, svg, hidden, unlabelled):
    """The parts of matplotlib's drawing, each by its name: its shapes, its label, its ink."""
    drawn = ElementTree.fromstring(svg)
    parts = {element.get("id"): element for element in drawn.iter() if element.get("id")}
    clip = next(element for element in parts.values() if element.tag.endswith("clipPath"))

    def part(name, ink=None):
        shapes = list(_shapes(parts[name]))
        label = [text for text in _shapes(parts.get(f"{name}-label", ())) if ink]
        for text in label if name in unlabelled else ():
            text.set("style", "display: none")
        styles = {f"--ink: var(--byhand-{ink})": ink, "display: none": name in hidden}
        style = "; ".join(each for each, is_meant in styles.items() if is_meant)
        group = ElementTree.Element("g", {"data-part": name} | ({"style": style} if style else {}))
        group.extend(shapes + label)
        return ElementTree.tostring(group, encoding="unicode")

    curves = [part(f"curve-{i}", curve.style) for i, curve in enumerate(chart.curves)]
    marks = [part(f"mark-{i}", mark.style) for i, mark in enumerate(chart.marks)]
    axes = [part(name) for name in parts if name.startswith(("x-", "y-"))]
    return {"axes": axes, "curves": curves, "marks": marks, "clip": clip.get("id"), "box": BOX, "width": WIDTH,
            "height": HEIGHT, "middle": [BOX[0] + BOX[2] / 2, BOX[1] + BOX[3] / 2]}


def _shapes(element):
    """The paths, points and texts in an element of matplotlib's drawing, with what says where they are."""
    for child in element:
        kind = child.tag.rpartition("}")[2]
        style = dict(pair.split(": ") for pair in child.get("style", "").rstrip("; ").split("; ") if pair)
        if kind == "path":
            dashes = {"stroke-dasharray": style["stroke-dasharray"]} if "stroke-dasharray" in style else {}
            yield ElementTree.Element("path", {"d": _relative(child.get("d", ""))} | dashes)
        elif kind == "use":
            place = {"cx": _tenths(child.get("x")), "cy": _tenths(child.get("y"))}
            yield ElementTree.Element("circle", place | {"r": "3.5"})
        elif kind == "text":
            yield _text(child, style)
        elif kind == "g":
            yield from _shapes(child)


def _text(element, style):
    """A text; it is upright and centred, where nothing else is said."""
    given = {name: _tenths(element.get(name)) for name in ("x", "y")}
    if style.get("text-anchor", "middle") != "middle":
        given["text-anchor"] = style["text-anchor"]
    if element.get("transform", "").startswith("rotate(-90"):
        given["transform"] = f"rotate(-90 {given['x']} {given['y']})"
    text = ElementTree.Element("text", given)
    text.text = element.text
    return text


def _tenths(number):
    """A place, in tenths of a unit: as fine as screens show."""
    return f"{round(10 * float(number)) / 10:g}"


def _relative(path):
    """The path "M x y L x y …" by its steps: a third of the letters."""
    words = iter(path.split())
    written, before, at = [], "", (0, 0)
    for letter in words:
        place = tuple(round(10 * float(next(words))) for _ in "xy")
        step = place if letter == "M" else tuple(new - old for new, old in zip(place, at))
        written.append("" if letter == before == "L" else letter.replace("L", "l"))
        written[-1] += " ".join(f"{each / 10:g}" for each in step)
        before, at = letter, place
    return " ".join(written)
