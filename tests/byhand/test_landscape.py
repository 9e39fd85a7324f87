"""Landscapes: contour lines, point and path as Python draws them, worked out again by the script."""

import re

import numpy as np
import pytest

from byhand import Landscape, trace
from byhand.views.landscape import FLAT, levels_of, line
from byhand.views.landscape import landscape as draw
from byhand.views.pen import Pen


def hill(p, q, k):
    height = k * np.sin(p) * np.cos(q) + p * q / 3
    return height


def down(p, q, k, rate):
    new_p = p - rate * (k * np.cos(p) * np.cos(q) + q / 3)
    new_q = q - rate * (p / 3 - k * np.sin(p) * np.sin(q))
    return new_p, new_q


HILL = Landscape("height", "p", "q", (-3, 3), (-2, 4), "p", "q", feed={"p": "new_p", "q": "new_q"}, steps=20,
                 title="A hill", points=30)
MOVED = """(m, [html, sheet, inputs]) => {
    const root = document.createElement("div");
    root.innerHTML = html;
    document.body.append(root);
    const state = m.createState(sheet);
    const write = m.landscapeWriter(root.querySelector("svg"), state);
    if (inputs) state.set(inputs);
    write();
    const seen = [...root.querySelectorAll("[data-part^=curve]")].map((part) => {
        const path = part.querySelector("path");
        const { x, y, width, height } = path.getBBox();
        const text = part.querySelector("text");
        return [text?.checkVisibility() ? text.textContent : "", x, y, width, height];
    });
    const circle = root.querySelector("circle");
    const point = ["cx", "cy"].map((name) => Number(circle.getAttribute(name)));
    const says = root.querySelector("[data-part=nothing]").textContent;
    root.remove();
    return { seen, point, says };
}"""


def pen(**inputs):
    return Pen(trace(hill, down, **{"p": 1.0, "q": 0.5, "k": 1.5, "rate": 0.2} | inputs))


@pytest.mark.parametrize("log", [False, True])
def test_contour_lines_cross_the_grid_at_the_same_places_in_both_languages(js, log):
    random = np.random.default_rng(4)
    xs, ys = np.linspace(-2, 5, 9), np.linspace(3, -1, 7)
    for _ in range(30):
        grid = random.normal(size=(7, 9)) * 10.0 ** random.integers(-3, 4)
        grid[random.random(size=grid.shape) < 0.05] = np.nan
        levels = js("(m, [grid, log]) => m.levelsOf(grid, log)", [grid.ravel().tolist(), log])
        assert [tuple(level) for level in levels] == levels_of(grid, log)
        lines = js("(m, [grid, xs, ys, levels]) => m.contours(grid, xs, ys, levels)",
                   [grid.ravel().tolist(), xs.tolist(), ys.tolist(), [value for value, _ in levels]])
        for (value, _), found in zip(levels, lines, strict=True):
            assert crossings(found["xs"], found["ys"]) == crossings(*line(xs, ys, grid, value))


def crossings(xs, ys):
    return {(round(x, 6), round(y, 6)) for x, y in zip(xs, ys) if not np.isnan(x)}


@pytest.mark.parametrize("inputs", [{"k": -2.0}, {"k": 0.3, "q": 3.0, "rate": 0.05}, {"p": -2.5, "q": -1.0}])
def test_the_script_draws_what_python_draws(page_js, inputs):
    first, then = pen(), pen(**inputs)
    put = {name: [value] for name, value in inputs.items()}
    moved = page_js(MOVED, [draw(first, HILL), {"id": "s", **first.data()}, put])
    drawn = page_js(MOVED, [draw(then, HILL), {"id": "s", **then.data()}, None])
    assert moved == drawn
    assert len([text for text, *_ in moved["seen"] if text]) >= 2


def test_what_python_draws_stands_where_the_script_draws_it(page_js):
    first = pen()
    html = draw(first, HILL)
    drawn = page_js(MOVED, [html, {"id": "s", **first.data()}, None])
    cx, cy = (float(re.search(rf'<circle[^>]*{side}="([-\d.]+)"', html)[1]) for side in ("cx", "cy"))
    np.testing.assert_allclose(drawn["point"], [cx, cy], atol=0.2)


def test_the_path_is_the_one_that_iterate_walks():
    sheet = pen().sheet
    walked = sheet.iterate(20, HILL.feed)
    p, q = 1.0, 0.5
    for _ in range(20):
        p, q = down(p, q, 1.5, 0.2)
    np.testing.assert_allclose([walked["p"][-1], walked["q"][-1]], [p, q], rtol=1e-12)


def test_a_flat_surface_says_that_there_is_nothing_to_draw(page_js):
    flat = Landscape("new_q", "p", "q", (0, 1), (0, 1), "p", "q")
    still = Pen(trace(plain, p=0.2, q=0.1))
    html = draw(still, flat)
    assert FLAT in html
    assert page_js(MOVED, [html, {"id": "s", **still.data()}, None])["says"] == FLAT


def plain(p, q):
    new_q = 0 * p + 0 * q
    return new_q


def test_a_range_without_width_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="a landscape cannot go over p from 2 to 2: the range has no width"):
        draw(pen(), Landscape("height", "p", "q", (2, 2), (0, 1), "p", "q"))
