"""What a link to a page shows where it is shared: title, first words, and a picture of the network, drawn at build.

A picture's address has to be whole, with its host. It is known where `html_baseurl` is set under `sphinx: config:` of
_config.yml, or BOOK_ADDRESS in the environment of `make book`. Elsewhere there is no picture: title and words alone.
"""

import html
import os
import re
import sys
from pathlib import Path

from matplotlib.figure import Figure

ROOT = Path(__file__).parent.parent
PICTURE = "shared.png"
WIDTH, HEIGHT = 1200, 630
DESCRIPTION = re.compile(r'<meta\b(?=[^>]*\bname="description")[^>]*\bcontent="([^"]*)"')
INK, INPUT, WEIGHT, ACTIVATION, GRADIENT = "#16202c", "#475569", "#1d5fa8", "#0b7a75", "#ab4c06"  # hosts/themes.css
UNITS = {"x[0]": (0, 1), "x[1]": (0, 0), "a1[0]": (1, 1), "a1[1]": (1, 0), "yhat": (2, 0.5)}
WIRES = {  # from, to, how far along the number stands
    "W1[0, 0]": ("x[0]", "a1[0]", 0.5), "W1[1, 0]": ("x[0]", "a1[1]", 0.3), "W1[0, 1]": ("x[1]", "a1[0]", 0.3),
    "W1[1, 1]": ("x[1]", "a1[1]", 0.5), "W2[0]": ("a1[0]", "yhat", 0.48), "W2[1]": ("a1[1]", "yhat", 0.48)}


def setup(app):
    app.connect("config-inited", take_address)
    app.connect("html-page-context", describe)
    app.connect("build-finished", write_picture)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def take_address(app, config):
    config.html_baseurl = config.html_baseurl or os.environ.get("BOOK_ADDRESS", "")


def describe(app, page, template, context, doctree):
    if app.builder.name != "html" or doctree is None:
        return
    title = html.unescape(re.sub(r"<[^>]+>", "", context["title"]))
    facts = {"og:type": "article", "og:title": title, "og:site_name": app.config.html_title or app.config.project}
    if words := DESCRIPTION.search(context.get("metatags", "")):
        facts["og:description"] = html.unescape(words[1])
    if base := app.config.html_baseurl.rstrip("/"):
        facts |= {"og:url": f"{base}/{page}.html", "og:image": f"{base}/_static/{PICTURE}",
                  "og:image:width": str(WIDTH), "og:image:height": str(HEIGHT),
                  "og:image:alt": "A small network: two inputs, two hidden units, one output, each with its number"}
    context["metatags"] = context.get("metatags", "") + "".join(
        f'\n<meta property="{name}" content="{html.escape(value)}" />' for name, value in facts.items())


def write_picture(app, problem):
    if not problem and app.builder.name == "html" and app.config.html_baseurl:
        draw(book_numbers()).savefig(Path(app.outdir, "_static", PICTURE), dpi=100)


def book_numbers():
    """Each number of the example by its name, as pages write it."""
    sys.path.insert(0, str(ROOT / "book"))
    try:
        import example
    finally:
        sys.path.pop(0)
    from byhand import trace
    from byhand.writing.number import format_number
    sheet = trace(*example.WALKTHROUGH[:2], **example.BOOK)
    values = sheet.values()
    return lambda name: format_number(values[sheet.position(name)])


def draw(number):
    """The picture: what it is in words, and the network with its numbers in their hues."""
    figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), facecolor="white")
    figure.text(0.06, 0.86, "Backprop by hand", fontsize=46, weight="bold", color=INK)
    figure.text(0.06, 0.78, "Every number shown. Every number live.", fontsize=23, color=INPUT)
    axes = figure.add_axes([0.03, 0.0, 0.94, 0.76], xlim=(-0.3, 2.75), ylim=(-0.4, 1.4))
    axes.axis("off")
    for name, (start, end, along) in WIRES.items():
        draw_wire(axes, UNITS[start], UNITS[end], along, number(name), number(f"d{name}"))
    for name, place in UNITS.items():
        hue = INPUT if name.startswith("x") else ACTIVATION
        axes.plot(*place, "o", markersize=74, markerfacecolor="white", markeredgecolor=hue, markeredgewidth=2.5)
        axes.text(*place, number(name), ha="center", va="center", fontsize=17, color=hue, weight="bold")
    axes.text(2.3, 0.5, f"L = {number('loss')}", va="center", fontsize=24, weight="bold", color=INK)
    return figure


def draw_wire(axes, start, end, along, weight, gradient):
    (x1, y1), (x2, y2) = start, end
    axes.plot([x1, x2], [y1, y2], color=WEIGHT, linewidth=2.5, alpha=0.5, zorder=0)
    x, y = x1 + (x2 - x1) * along, y1 + (y2 - y1) * along
    box = {"facecolor": "white", "edgecolor": "none", "pad": 3}
    axes.text(x, y + 0.02, weight, ha="center", va="bottom", fontsize=18, color=WEIGHT, weight="bold", bbox=box)
    axes.text(x, y - 0.01, gradient, ha="center", va="top", fontsize=16, color=GRADIENT, weight="bold", bbox=box)
