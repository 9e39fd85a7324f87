"""Courses: results fed back step by step, as Python draws them and as the script goes along them."""

import numpy as np

from byhand import Course, Route, trace
from byhand.views.course import beside
from byhand.views.course import course as draw
from byhand.views.pen import Pen


def slide(x, y, rate, drag):
    height = x**2 + 3 * y**2
    new_x, new_y = x - rate * 2 * x, y - rate * (6 - drag) * y
    return height


FEED = {"x": "new_x", "y": "new_y"}
DOWN = Course("height", [Route("right", FEED), Route("wrong", FEED, "line-2", {"drag": 5.0})], "height", "Down",
              steps=30, put=["x", "y"], against="beside the first")
WRITTEN = """(m, [html, sheet, inputs, steps]) => {
    const root = document.createElement("div");
    root.innerHTML = html;
    document.body.append(root);
    const [svg, state] = [root.querySelector("svg"), m.createState(sheet)];
    const write = m.courseWriter(svg, state);
    if (inputs) state.set(inputs);
    write();
    m.takeAlong(svg, state, { change: (put) => { state.set(put); write(); }, signal: new AbortController().signal });
    for (const step of steps) root.querySelector(`[data-go="${step}"]`).click();
    const found = {
        rows: [...root.querySelectorAll("tr[data-route]")].map((row) => [...row.querySelectorAll("td")]
            .map((entry) => entry.textContent)),
        place: root.querySelector("[data-place]").textContent, inputs: state.inputs(),
        paths: [...root.querySelectorAll("[data-part^=curve] path")].map((path) => {
            const { x, y, width, height } = path.getBBox();
            return [x, y, width, height].map(Math.round);
        }),
    };
    root.remove();
    return found;
}"""


def pen(**inputs):
    return Pen(trace(slide, **{"x": 1.0, "y": 0.5, "rate": 0.1, "drag": 0.0} | inputs))


def written(page_js, first, inputs=None, steps=()):
    put = {name: [value] for name, value in inputs.items()} if inputs else None
    return page_js(WRITTEN, [draw(first, DOWN), {"id": "s", **first.data()}, put, list(steps)])


def test_the_script_draws_a_course_as_python_does(page_js):
    moved = {"x": -2.0, "rate": 0.05}
    assert written(page_js, pen(), moved) == written(page_js, pen(**moved))


def test_going_along_puts_the_numbers_of_numpys_own_loop_in(page_js):
    x, y = 1.0, 0.5
    for _ in range(111):
        x, y = x - 0.1 * 2 * x, y - 0.1 * 6 * y
    found = written(page_js, pen(), steps=[1, 10, 100])
    assert found["place"] == "step 111 of 200"
    np.testing.assert_allclose([found["inputs"][name][0] for name in "xy"], [x, y], rtol=1e-9)
    assert written(page_js, pen(), steps=[10, "start"])["inputs"]["x"] == [1.0]


def test_a_routes_end_is_lower_higher_the_same_or_cannot_be_told(js):
    for end, first, word in [(1, 2, "lower"), (2, 1, "higher"), (1, 1 + 1e-12, "the same"),
                             (float("nan"), 1, "cannot be told here"), (1, float("inf"), "cannot be told here")]:
        assert beside(end, first) == word == js("(m, [end, first]) => m.beside(end, first)", [end, first])
