"""What is said where nothing could be compared: numpy's value stays, and the sentence is that it cannot be told."""

import functools
import math

import numpy as np
import pytest
from markupsafe import Markup

from byhand import Chart, Curve, Mark, trace
from byhand.views.chart import chart as draw
from byhand.views.choose import choose
from byhand.views.pen import Pen
from byhand.views.table import table
from test_frontend import every_operation

NAN, INF = math.nan, math.inf


def compares(a, b):
    z = a * 2
    below, same, other = z < b, z == b, z != b
    is_number = z == z
    both, either, neither = (z < b) & (b > 1), (z < b) | (b > 1), ~(z < b)
    nothing, part = 0 * below, 3 * below
    taken = np.where(b > 1, z < b, b > 0)
    alike = np.where(z < b, b, b + 0 * b)
    differs = np.where(z < b, 1.0, 0.0)
    count = np.sum(np.stack([below, b > 1, b > 2]))
    masked = np.sum(np.where(np.arange(2) == b, 1.0, 0.0) * np.stack([below * 1.0, (b > 5) * 1.0]))
    return both


@pytest.mark.parametrize(("name", "b", "unsure"), [
    ("below", 1, True), ("same", 1, True), ("other", 1, True), ("is_number", 1, False), ("neither", 1, True),
    ("both", 0, False), ("both", 2, True), ("either", 2, False), ("either", 0, True), ("nothing", 1, False),
    ("part", 1, True),
    ("taken", 0, False), ("taken", 2, True), ("alike", 1, False), ("differs", 1, True), ("count", 1, True),
    ("masked", 0, True), ("masked", 1, False), ("z", 1, False),
])
def test_what_rests_on_a_comparison_with_no_number_is_undecided_unless_it_cannot_matter(name, b, unsure):
    sheet = trace(compares, a=1, b=1)
    position = sheet.position(name)
    values = sheet.values(a=NAN, b=b)
    assert sheet.undecided(values)[position] == unsure
    assert not unsure or sheet.culprit(position, values) == "z"
    assert not any(sheet.undecided(sheet.values(a=1, b=b)))
    assert not any(sheet.undecided(sheet.values(a=INF, b=b)))  # ∞ can be compared


UNDECIDED = """(m, [sheet, inputs]) => {
    const state = m.createState(sheet);
    state.set(inputs);
    return [[...state.undecided()], sheet.program.cells.map((_, cell) => state.culprit(cell) ?? null)];
}"""


def test_the_browser_finds_undecided_what_python_does(js):
    random = np.random.default_rng(12)
    kinds = [NAN, INF, -INF, 0.0, 1.0, -1.0, 2.5]
    for function, inputs in [(every_operation, "abc"), (compares, "ab")]:
        sheet = trace(function, **{name: [0.5, 1, 2] if function is every_operation else 0.5 for name in inputs})
        pen = Pen(sheet)
        data = {"id": "s", **pen.data()}
        symbol = functools.cache(pen.symbols.text)
        for _ in range(60):
            put = {name: random.choice(kinds, size=np.shape(array)) for name, array in sheet.inputs.items()}
            values = sheet.values(**put)
            numbers = {name: np.ravel(array).tolist() for name, array in put.items()}
            unsure, blamed = js(UNDECIDED, [data, numbers])
            found = sheet.undecided(values)
            assert [bool(each) for each in unsure] == found
            symbols = [name and symbol(name)
                       for name in (sheet.culprit(cell, values, found) for cell in range(len(values)))]
            assert blamed == symbols


def verdict(loss, picked):
    falls = loss < 1
    sizes = np.stack([loss, picked])                # (2,)
    large = sizes > 1                               # (2,)
    grade = (loss > 1e-7) * 1.0 + (loss > 1e-2) * 1.0
    return falls


def test_a_text_is_chosen_only_by_a_number_that_names_one():
    def said(name, loss, picked, *texts):
        return choose(Pen(trace(verdict, loss=loss, picked=picked)), name, *texts)

    assert "cannot be told here: L is not a number<" in said("falls", NAN, 0, "no", "yes")
    assert "cannot be told here: L is not a number<" in said("grade", NAN, 0, "right", "fine", "wrong")
    assert "cannot be told here: L is not a number<" in said("loss", NAN, 0, "right", "fine")
    for value, number in [(99, "99"), (2.5, "2.5"), (-1, "−1"), (INF, "∞"), (4, "4")]:
        assert f">cannot be told here: picked = {number} is none of the 4 texts" in said("picked", 1, value, *"abcd")
    assert ">d</span>" in said("picked", 1, 3, *"abcd") and ">b</span>" in said("falls", 0, 0, "a", "b")


def test_what_is_not_chosen_does_not_stand_on_the_page():
    drawn = choose(Pen(trace(verdict, loss=0.5, picked=0)), "falls", "it rises", "it falls")
    assert drawn.endswith(">it falls</span>") and ">it rises" not in drawn


def test_truths_and_lit_rows_cannot_be_told_where_nothing_was_compared():
    drawn = table(Pen(trace(verdict, loss=NAN, picked=2)), size=["sizes"], large=["large"], lit="large")
    first, second = drawn.split("<tr ")[1:]
    untold = ["data-untold", ">cannot be told here</span>", "> (cannot be told here)</span>"]
    assert all(part in first for part in untold)
    assert ">not a number</span>" in first and "byhand-lit" not in first
    assert "data-untold>" not in second.split("</tr>")[0].replace("data-untold-note", "")
    assert 'class="byhand-lit"' in second


MOVED = """(m, [html, sheet, inputs]) => {
    const root = document.createElement("div");
    root.innerHTML = html;
    document.body.append(root);
    const state = m.createState(sheet);
    const write = m.bind(root, [state], { offers: () => false });
    const seen = inputs.map((each) => {
        state.set(each);
        write();
        return [...root.querySelectorAll("[data-choose], [data-cell], tr[data-lit]")].map((each) => each.matches("tr")
            ? [each.className, "untold" in each.dataset, each.innerText.includes("(cannot be told here)")]
            : each.textContent);
    });
    root.remove();
    return seen;
}"""


def test_the_page_says_so_as_the_number_goes_and_comes_back(page_js):
    pen = Pen(trace(verdict, loss=0.5, picked=1))
    html = "".join([table(pen, large=["large"], lit="large"),
                    choose(pen, "grade", Markup("<b>right</b>"), "fine < wrong", "wrong"),
                    choose(pen, "picked", *"ab")])
    told, untold, back, off, escaped = page_js(MOVED, [html, {"id": "s", **pen.data()}, [
        {"loss": [0.5], "picked": [1]}, {"loss": [NAN], "picked": [1]}, {"loss": [2], "picked": [0]},
        {"loss": [0], "picked": [2.5]},
        {"loss": [1e-3], "picked": [1]}]])
    assert told == [["", False, False], "False", ["", False, False], "False", "wrong", "b"]
    assert untold == [["", True, True], "cannot be told here", ["", False, False], "False",
                      "cannot be told here: L is not a number", "b"]
    assert back == [["byhand-lit", False, False], "True", ["", False, False], "False", "wrong", "a"]
    assert off[-2:] == ["right", "cannot be told here: picked = 2.5 is none of the 2 texts, which count from 0"]
    assert escaped[-2] == "fine < wrong"


def parabola(t, a, e):
    y = np.log(a) + t**2
    line = t * a
    near, far = -4 * e, 4 * e
    return y


CLOSE = dict(x="t", start="near", end="far", x_label="t", y_label="y", title="Two curves",
             marks=[Mark("e", "y"), Mark("e")],
             curves=[Curve("y", "one"), Curve("line", "two", "line-2")])
LOGARITHMIC = CLOSE | dict(start="e", end=1, log=True, y_range=(1e-3, 1))
NOTHING = "Nothing to draw: no number here is finite and in range"
NO_AXIS = "Nothing to draw: no axis goes over this range"
ONE_OF_TWO = "1 of 2 curves: no number here is finite and in range"
DRAWN = """(m, [html, sheet, inputs]) => {
    const root = document.createElement("div");
    root.innerHTML = html;
    const state = m.createState(sheet);
    const write = m.chartWriter(root.querySelector("svg"), state);
    return inputs.map((each) => {
        state.set(each);
        write();
        return [root.querySelector("[data-part=nothing]").textContent,
            root.querySelector("svg").getAttribute("aria-label"),
            [...root.querySelectorAll("[data-part^=curve] path")].map((path) => path.getAttribute("d")),
            [...root.querySelectorAll("[data-part^=mark]")].map((mark) => mark.style.display !== "none"),
            root.innerHTML];
    });
}"""


@pytest.mark.parametrize("first", [(1, 0.5), (NAN, 1)])
def test_a_chart_with_nothing_to_draw_says_so(page_js, first):
    cases = [  # a, e, what the close-up says, what the logarithmic chart says
        (1, 0.5, "", ""), (-1, 0.5, ONE_OF_TWO, ONE_OF_TWO), (NAN, 0.5, NOTHING, NOTHING), (1, 0, NO_AXIS, NO_AXIS),
        (1, 1, "", NO_AXIS),
        (1, NAN, NO_AXIS, NO_AXIS), (1, 1e308, NO_AXIS, NO_AXIS), (1e308, 1e200, NOTHING, NOTHING),
        (0, 5e-324, NO_AXIS, NO_AXIS),
        (1, -0.5, "", NO_AXIS)]

    def pen(a, e):
        return Pen(trace(parabola, t=0, a=a, e=e))

    for chart, column in [(CLOSE, 2), (LOGARITHMIC, 3)]:
        drawn = draw(pen(*first), Chart(**chart))
        moved = page_js(DRAWN, [drawn, {"id": "s", **pen(*first).data()}, [{"a": [a], "e": [e]} for a, e, *_ in cases]])
        for (a, e, *sentences), (nothing, label, paths, marks, html) in zip(cases, moved):
            sentence = sentences[column - 2]
            assert nothing == sentence
            assert label == f"Two curves. {nothing}" if nothing else label == "Two curves"
            assert "NaN" not in html.replace('"NaN', "") and "Infinity" not in html
            assert not nothing or chart is LOGARITHMIC or "" in paths
            assert nothing == "" or not marks[0]
            again = draw(pen(a, e), Chart(**chart))
            assert '"middle"' not in again and f">{nothing}</text></svg>" in again and "nan" not in again.lower()
