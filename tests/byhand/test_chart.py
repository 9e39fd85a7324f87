"""Charts: axes, ticks and labels by one rule in both languages, and what matplotlib drew moved by the script."""

import itertools
import sys

import numpy as np
import pytest

from byhand import Chart, Curve, Mark, trace
from byhand.views.chart import chart as draw
from byhand.views.chart_axis import is_range, scale, ticks
from byhand.views.chart_drawing import BOX, STYLES
from byhand.views.chart_labels import columns, place_labels
from byhand.views.pen import Pen

RANGES = [(-6, 6), (-4e-6, 4e-6), (0, 1), (1e-15, 1e-1), (1e-14, 1e2), (0.5, 1), (3, 4), (1e-300, 1e300), (6, -6),
          (0.1, 0.35), (1e10, 1e10 + 1e-3), (0.99999, 1.00001)]


def ranges():
    random = np.random.default_rng(5)
    wide = (np.sort(random.normal(size=2)) * 10.0 ** random.uniform(-12, 9) for _ in range(150))
    positive = (np.sort(10.0 ** random.uniform(-16, 6, size=2)) for _ in range(150))
    return [(float(low), float(high)) for low, high in [*RANGES, *wide, *positive]]


@pytest.mark.parametrize("log", [False, True])
def test_ticks_are_the_same_places_and_texts_in_both_languages(js, log):
    those = [ends for ends in ranges() if is_range(*ends, log)]
    found = js("(m, [ranges, log]) => ranges.map((range) => m.ticks(range, log))", [those, log])
    assert [[tuple(tick) for tick in each] for each in found] == [ticks(*ends, log) for ends in those]


@pytest.mark.parametrize("log", [False, True])
def test_ticks_are_two_to_fourteen_round_places_within_the_axis(log):
    for start, end in (ends for ends in ranges() if is_range(*ends, log)):
        values = [value for value, _ in ticks(start, end, log)]
        low, high = min(start, end), max(start, end)
        is_fine = high - low < 1e-13 * max(abs(low), abs(high))
        assert is_fine or 2 <= len(values) <= 14
        slack = 1e-8 * (high - low)
        assert all(low - slack <= value <= high + slack for value in values)


def test_a_tick_says_which_it_is():
    def texts(*axis):
        return [text for _, text in ticks(*axis)]

    assert texts(-4e-6, 4e-6, False) == ["−4e−6", "−2e−6", "0", "2e−6", "4e−6"]
    assert texts(0.99999, 1.00001, False) == ["0.99999", "0.999995", "1", "1.000005", "1.00001"]
    assert texts(1e-15, 0.1, True) == ["1e−14", "1e−12", "1e−10", "1e−8", "1e−6", "1e−4", "0.01"]
    assert texts(0.5, 3, True) == ["0.5", "1", "2"]


@pytest.mark.parametrize("log", [False, True])
def test_a_value_has_the_same_place_in_both_languages(js, log):
    for ends in [each for each in RANGES[:7] if is_range(*each, log)]:
        values = np.linspace(*ends, 9)
        places = js("(m, [range, values, log]) => values.map(m.scale(range, 30, 400, log))",
                    [ends, values.tolist(), log])
        np.testing.assert_allclose(places, scale(ends, 30, 400, log)(values), rtol=1e-12)


PLACED = """(m, [box, curves, marks]) => m.placeLabels(box,
    curves.map(([label, xs, ys]) => ({ label, covered: m.columns(box, xs, ys) })),
    marks.map(([label, x, y]) => ({ label, x, y })))"""


def random_drawing(random):
    """Curves, some with gaps or partly outside, and marks."""
    left, top, width, height = BOX
    xs = np.linspace(left, left + width, random.integers(2, 150))
    curves = []
    for _ in range(random.integers(1, 6)):
        noise = random.normal(size=len(xs)) * random.uniform(0, 30)
        ys = random.uniform(top, top + height) + noise + random.normal() * (xs - 200) / 3
        ys[random.random(size=len(xs)) < 0.02] = np.nan
        curves.append((random.choice(["", "loss", "central, float32"]), list(zip(xs.tolist(), ys.tolist()))))
    marks = [("best", left + random.uniform(0, width), None), ("", None, None),
             ("ε", left + random.uniform(0, width), random.uniform(top, top + height))]
    return curves, marks


def test_labels_have_the_same_places_in_both_languages(js):
    random = np.random.default_rng(8)
    for _ in range(40):
        curves, marks = random_drawing(random)
        found = js(PLACED, [BOX, [(label, *zip(*points)) for label, points in curves], marks])
        expected = place_labels(BOX, curves, marks)
        assert [each is None for each in found] == [each is None for each in expected]
        np.testing.assert_allclose([each for each in found if each], [each for each in expected if each], rtol=1e-9)


def test_labels_lie_on_nothing_where_there_is_room():
    left, top, width, height = BOX
    xs = np.linspace(left, left + width, 100)
    shares = {"one": 0.2, "two": 0.5, "three": 0.8}
    curves = [(name, [(x, top + height * share) for x in xs]) for name, share in shares.items()]
    marks = [("upright", left + width / 3, None), ("point", left + width / 2, top + height / 2)]
    places = place_labels(BOX, curves, marks)
    assert None not in places and len({(round(x), round(y)) for x, y in places}) == 5
    for (x, y), (other_x, other_y) in itertools.combinations(places, 2):
        assert abs(y - other_y) >= 13 or abs(x - other_x) >= 30
    for share in shares.values():
        assert all(not y - 10 < top + height * share < y + 3 for _, y in places)


def test_a_curve_that_runs_along_the_lower_edge_is_not_to_be_seen_there():
    left, top, width, height = BOX
    assert not any(columns(BOX, [(left, top + height), (left + width, top + height)]))
    assert all(columns(BOX, [(left, top + 5), (left + width, top + 5)]))


def wave(t, w, k):
    up = np.sin(w * t)
    steep = k * t
    height = np.sin(w)
    return height


WAVE = Chart("t", -2, "k", "t", "value", title="A wave",
             curves=[Curve("up", "wave"), Curve("steep", "line", "line-2", float32=True)],
             marks=[Mark("w", "height", label="here"), Mark("w", label="w")])
MOVED = """(m, [html, sheet, inputs]) => {
    const root = document.createElement("div");
    root.innerHTML = html;
    document.body.append(root);
    const state = m.createState(sheet);
    const write = m.chartWriter(root.querySelector("svg"), state);
    if (inputs) state.set(inputs);
    const shown = () => [...root.querySelectorAll("[data-part] text")].filter((text) => text.checkVisibility());
    const seen = () => shown().map((text) => {
        const [{ x, y }, all] = [text.getBBox(), text.closest("[data-part]").transform.baseVal.consolidate()?.matrix];
        return [text.textContent, x + (all?.e ?? 0), y + (all?.f ?? 0)];
    });
    const before = seen();
    write();
    const after = seen();
    root.remove();
    return [before, after];
}"""


@pytest.mark.parametrize("inputs", [{"w": 1.5, "k": 2.0}, {"w": 0.3, "k": 0.01}, {"w": -1.0, "k": 1000.0}])
def test_the_script_puts_ticks_and_labels_where_python_draws_them(page_js, inputs):
    first, then = Pen(trace(wave, t=0.0, w=1.5, k=2.0)), Pen(trace(wave, t=0.0, **inputs))
    put = {name: [value] for name, value in inputs.items()}
    _, moved = page_js(MOVED, [draw(first, WAVE), {"id": "s", **first.data()}, put])
    expected, again = page_js(MOVED, [draw(then, WAVE), {"id": "s", **then.data()}, None])
    for found in (moved, again):
        assert [text for text, *_ in found] == [text for text, *_ in expected]
        np.testing.assert_allclose([place for _, *place in found], [place for _, *place in expected], atol=0.3)


def cube(t):
    return t**3


def test_a_function_of_one_input_has_its_chart(page_js):
    pen = Pen(trace(cube, t=0.5))
    chart = Chart("t", -1, 2, "t", "cube", curves=[Curve("result", "cube")], marks=[Mark("t", "result", label="here")])
    drawn, written = page_js(MOVED, [draw(pen, chart), {"id": "s", **pen.data()}, {"t": [1.5]}])
    before, after = ({text: place for text, *place in texts} for texts in (drawn, written))
    assert before.keys() == after.keys() and before["here"] != after["here"]


def test_lines_differ_without_their_colours():
    lines = {name: line for name, line in STYLES.items() if name not in ("point", "loss")}
    assert len(set(lines.values())) == len(lines)


def test_without_matplotlib_a_chart_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    pen = Pen(trace(wave, t=0.0, w=1.5, k=2.0))
    with pytest.raises(ImportError, match=r"matplotlib, which is not installed: pip install 'byhand\[charts\]'"):
        draw(pen, WAVE)
