"""The pages after 20.5 in a browser: each figure that they were promised to show, and random ones against numpy."""

import itertools
import sys

import numpy as np
import pytest

from against_numpy import TYPE, agrees, by_hand, fields, settings, sigmoid
from byhand.writing.name import pick
from conftest import ROOT

FIGURES = {  # of CHAPTER.md, "One step, and downhill", at the book's point with η = 0.5
    "new_W1[0, 0]": "0.121989", "new_W1[0, 1]": "0.2", "new_W1[1, 0]": "0.325867", "new_W1[1, 1]": "0.4",
    "new_b1[0]": "0.021989", "new_b1[1]": "0.025867", "new_W2[0]": "0.592582", "new_W2[1]": "0.701305",
    "new_b2": "0.176354", "stable_loss": "0.434958", "new_loss": "0.339529", "squared_length": "0.208961",
    "curvature": "0.352951",
}
BY_ETA = {  # η: promised, delivered, ratio, foretold
    0.1: ("0.0209", "0.0205", "0.9824", "0.9824"), 0.5: ("0.1045", "0.0954", "0.9134", "0.9118"),
    1: ("0.2090", "0.1737", "0.8310", "0.8235"), 2: ("0.4179", "0.2858", "0.6840", "0.6470"),
    5: ("1.0448", "0.4125", "0.3948", "0.1176"), 10: ("2.0896", "0.4343", "0.2078", None),
    100: ("20.8961", "0.4350", "0.0208", None),
}


def shown(page, name):
    """The number `name` as the page shows it, with the most digits."""
    return max(page.locator(f'[data-cell="{name}"]').all_text_contents(), key=len)


def test_one_step_from_the_books_point_gives_the_published_figures(open_page):
    page = open_page("downhill.html")
    for name, text in FIGURES.items():
        assert agrees(shown(page, name), float(text), 5e-7), name
    for eta, figures in BY_ETA.items():
        page.evaluate(TYPE, {"eta": str(eta)})
        for name, figure in zip(("promised", "delivered", "ratio", "foretold"), figures):
            assert figure is None or agrees(shown(page, name), float(figure), 5e-5), (eta, name)
    assert page.complaints == []


def loss_from_sum(y, z2):
    return y * np.logaddexp(0, -z2) + (1 - y) * np.logaddexp(0, z2)


def one_step(eta, x, y, W1, b1, W2, b2):
    """The new numbers and what became of the loss, by numpy and nothing of ours."""
    now = by_hand(dict(x=x, y=y, W1=W1, b1=b1, W2=W2, b2=b2))
    new = {name: now[name] - eta * now["d" + name] for name in ("W1", "b1", "W2", "b2")}

    def loss_at(W1, b1, W2, b2):
        return loss_from_sum(y, W2 @ sigmoid(W1 @ x + b1) + b2)

    squared = sum(np.sum(now["d" + name]**2) for name in new)
    delivered = loss_at(W1, b1, W2, b2) - loss_at(**new)
    stepped = {f"new_{name}": array for name, array in new.items()}
    return stepped | {"promised": eta * squared, "delivered": delivered, "ratio": delivered / (eta * squared)}


@pytest.mark.parametrize("eta", [0.03, 0.5, 7])
def test_one_step_from_anywhere_is_numpys(open_page, eta):
    page = open_page("downhill.html")
    for arrays in settings(page, 20, seed=int(100 * eta)):
        page.evaluate(TYPE, fields(arrays) | {"eta": str(eta)})
        found = one_step(eta, **arrays)
        scale = 1e-12 / max(found["promised"], 1e-12)
        for name in ("new_W1[0, 1]", "new_b1[1]", "new_W2[0]", "new_b2", "promised", "delivered", "ratio"):
            slack = 1e-13 + (scale if name == "ratio" else 0)
            assert agrees(shown(page, name), pick(found, name), slack), (name, arrays)


@pytest.mark.parametrize("query, sentence", [
    ("?eta=0.5", "kept that part of its promise"), ("?x=0,0&W2=0,0&y=0.5", "nothing was promised"),
    ("?eta=1e-15", "rounding alone"), ("?y=0.6&eta=100", "the loss did not fall"),
])
def test_what_is_said_of_a_step_is_true(open_page, query, sentence):
    assert sentence in open_page("downhill.html" + query).locator("article").inner_text()


BOOK = {"x": [1.0, 0.0], "y": 1.0, "W1": [[0.1, 0.2], [0.3, 0.4]], "b1": [0.0, 0.0], "W2": [0.5, 0.6], "b2": 0.0}


def points(count, seed):
    """Points of the chapter's network, as a reader would type them."""
    random = np.random.default_rng(seed)
    shapes = {"x": 2, "W1": (2, 2), "b1": 2, "W2": 2, "b2": ()}
    for _ in range(count):
        yield {name: np.round(random.normal(size=shape), 2)[()] + 0.0 for name, shape in shapes.items()} | {
            "y": float(random.integers(0, 2))}


def loss_and_gradient(p, x, y):
    """Of one example, from the nine parameters in a row."""
    W1, b1, W2, b2 = p[:4].reshape(2, 2), p[4:6], p[6:8], p[8]
    a1 = sigmoid(W1 @ x + b1)
    z2 = W2 @ a1 + b2
    d2 = sigmoid(z2) - y
    d1 = W2 * d2 * a1 * (1 - a1)
    return loss_from_sum(y, z2), np.concatenate([np.outer(d1, x).ravel(), d1, d2 * a1, [d2]])


def row_of(W1, b1, W2, b2, **others):
    return np.concatenate([np.ravel(W1), b1, W2, [b2]])


def walked(rule, p, x, y, eta, steps):
    """The losses by step, from the first point on."""
    losses, kept = [], [0.0, 0.0]
    for k in range(1, steps + 2):
        loss, g = loss_and_gradient(p, x, y)
        losses.append(loss)
        if rule == "momentum":
            kept[0] = g = 0.9 * kept[0] + g
        if rule == "adam":
            kept = [0.9 * kept[0] + 0.1 * g, 0.999 * kept[1] + 0.001 * g**2]
            g = kept[0] / (1 - 0.9**k) / (np.sqrt(kept[1] / (1 - 0.999**k)) + 1e-8)
        p = p - eta * g
    return losses


def course(page, number=0):
    """The rows of a course's table: what is written at the step where the reader is, and at the end."""
    page.evaluate("""async () => { // each slow view is written when the browser has time to spare, one at a time
        for (const _ of document.querySelectorAll("svg")) await new Promise((done) => requestIdleCallback(done));
    }""")
    return page.locator(".byhand-course").nth(number).locator("tr[data-route]").evaluate_all(
        "(rows) => rows.map((row) => [row.querySelector('[data-now]').textContent, "
        "row.querySelector('[data-end]').textContent])")


def test_twenty_steps_of_a_half_pass_the_published_losses_and_the_page_is_at_each(open_page):
    page = open_page("downhill.html")
    scrub = page.locator("[data-scrub]")
    for step, loss in [(1, 0.3395), (6, 0.1437), (11, 0.0855), (16, 0.0594)]:
        scrub.fill(str(step))
        assert agrees(course(page)[0][0], loss, 5e-5) and agrees(shown(page, "stable_loss"), loss, 5e-5)
    page.get_by_role("button", name="1,000 steps", exact=True).click()
    (now, _), *_ = course(page)
    assert page.locator("[data-place]").text_content() == "step 1016 of 2000"
    p = row_of(**{name: np.array(value) for name, value in BOOK.items() if name not in ("x", "y")})
    assert agrees(now, walked("", p, np.array([1.0, 0]), 1.0, 0.5, 1016)[-1], 1e-9)
    page.get_by_role("button", name="Back to step 0", exact=True).click()
    assert agrees(shown(page, "stable_loss"), 0.434958, 5e-7)
    assert page.complaints == []


def test_three_rules_go_down_from_anywhere_as_numpys_loops_do(open_page):
    page = open_page("downhill.html")
    for point in points(8, seed=1):
        page.evaluate(TYPE, fields({name: np.asarray(array) for name, array in point.items()}) | {"eta": "0.3"})
        for rule, (_, end) in zip(("descent", "momentum", "adam"), course(page), strict=True):
            assert agrees(end, walked(rule, row_of(**point), point["x"], point["y"], 0.3, 20)[-1], 1e-9), (rule, point)


HEIGHTS = """async () => {
    for (let k = 0; k < 4; k++) await new Promise((done) => requestIdleCallback(done));
    const root = document.querySelector(".byhand-landscape");
    const texts = (part) => [...root.querySelectorAll(`[data-${part}]`)].map((element) => element.textContent);
    return [texts("says"), texts("across"), texts("up"), texts("height"), texts("part=nothing")];
}"""


def test_every_two_parameters_have_a_landscape_with_numpys_heights(open_page):
    page = open_page("downhill.html")
    page.locator(".byhand-landscape summary").click()
    random, seen = np.random.default_rng(7), 0
    for point, (a, b) in zip(points(36, seed=3), itertools.combinations(range(9), 2), strict=True):
        page.evaluate(TYPE, fields({name: np.asarray(array) for name, array in point.items()}))
        page.locator(f'[data-input="across"][value="{a}"]').check()
        page.locator(f'[data-input="up"][value="{b}"]').check()
        says, across, up, heights, nothing = page.evaluate(HEIGHTS)
        assert len(heights) == 49 and nothing == [""]
        p = row_of(**point)
        _, gradient = loss_and_gradient(p, point["x"], point["y"])
        assert agrees(says[1], p[a]) and agrees(says[2], gradient[a], 1e-12) and agrees(says[5], gradient[b], 1e-12)
        for k in random.choice(49, 3, replace=False):
            there = p.copy()
            there[a], there[b] = (float(text.replace("−", "-")) for text in (across[k % 7], up[k // 7]))
            near = 1e-3 * (1 + np.abs(point["x"]).sum()) * 3  # what the rounded places of the table may make
            assert agrees(heights[k], loss_and_gradient(there, point["x"], point["y"])[0], near), (point, a, b, k)
            seen += 1
    assert seen == 108 and page.complaints == []


def test_two_examples_that_disagree_show_the_limit_of_the_step(open_page):
    page = open_page("step-size.html?eta=10")
    for name, figure, slack in [("mean_loss", 0.751979, 5e-7), ("mean_curvature", 0.403426, 5e-7),
                                ("largest", 4.96, 5e-3),
                                ("turn", 5.01, 5e-3), ("mean_ratio", -0.756, 5e-4)]:
        assert agrees(shown(page, name), figure, slack), name
    page.get_by_role("button", name="η = 1/c", exact=True).click()
    assert agrees(page.locator('[data-input="eta"]:not([type])').input_value(), 1 / 0.352951, 1e-5)


FALLEN = {"already updated W2": 0.3388, "σ′ = 1 − a": 0.3360, "hidden σ′ forgotten": 0.3265, "factor 2 kept": 0.2613}


def test_some_wrong_gradients_end_lower_than_the_right_one(open_page):
    page = open_page("falling-loss.html")
    rows = page.locator("table:has([data-cell='products[0]']) tbody tr").all_inner_texts()
    for name, loss in [*FALLEN.items(), ("the right code", 0.3395)]:
        row = next(row for row in rows if row.startswith(name))
        assert agrees(row.split()[-1], loss, 5e-5), row
    assert [shown(page, f"right_orders[{k}]") for k in range(3)] == ["2.05", "2.01", "2"]
    assert [shown(page, f"picked_orders[{k}]") for k in range(3)] == ["1", "1", "1"]


@pytest.fixture
def bugs():
    """The chapter's own mistakes."""
    sys.path.insert(0, str(ROOT / "book"))
    import bugs
    yield bugs
    sys.path.remove(str(ROOT / "book"))


def test_the_right_code_and_each_mistake_take_the_steps_that_numpy_takes(open_page, bugs):
    page = open_page("falling-loss.html")
    for point in points(3, seed=5):
        page.evaluate(TYPE, fields({name: np.asarray(array) for name, array in point.items()}) | {"eta": "0.2"})
        found = course(page)
        for program, (_, end) in zip([None, *range(13)], found, strict=True):
            p = row_of(**point)
            for _ in range(20):
                parameters = p[:4].reshape(2, 2), p[4:6], p[6:8], p[8]
                if program is None:
                    gradient = loss_and_gradient(p, point["x"], point["y"])[1]
                else:
                    gradient = bugs.wrong_gradients(point["x"], point["y"], *parameters)[program]
                p = p - 0.2 * gradient
            assert agrees(end, loss_and_gradient(p, point["x"], point["y"])[0], 1e-9), (program, point)


def test_a_saturated_output_learns_with_one_loss_and_hardly_with_the_other(open_page):
    page = open_page("saturation.html?b2=-8")
    for k, lengths in enumerate([(0.457, 0.104), (0.774, 0.186), (1.038, 0.165), (1.254, 0.0395), (1.295, 0.0008)]):
        for name, figure in zip(("ce_lengths", "se_lengths"), lengths):
            assert agrees(shown(page, f"{name}[{k}]"), figure, 5e-4 if figure > 0.1 else 5e-5)
    assert float(shown(page, "times_apart")) > 1600
    assert agrees(shown(page, "ce_length"), 1.2952, 5e-5)


def test_twins_stay_equal_until_one_digit_parts_them(open_page):
    page = open_page("saturation.html")
    page.locator(".byhand-course").nth(1).get_by_role("button", name="1,000 steps", exact=True).click()
    (twins, _), _ = course(page, 1)
    assert agrees(twins, 0.6412, 5e-5) and shown(page, "parted") == "0"
    page.get_by_role("button", name="One digit changed").click()
    page.locator(".byhand-course").nth(1).get_by_role("button", name="1,000 steps", exact=True).click()
    assert float(shown(page, "parted")) > 0.1


def test_on_a_kink_three_quotients_are_three_numbers(open_page):
    page = open_page("saturation.html")
    assert [shown(page, name).replace("−", "-") for name in ("left", "right", "central")] == ["0", "-1.8", "-0.9"]
    assert "it is a kink. Move the point" in page.locator("article").inner_text()


def test_two_outputs_give_the_published_figures_but_for_one_and_that_one_from_the_fifth_mistake(open_page):
    page = open_page("two-outputs.html")
    for name, text in {"h[0]": "0.593270", "h[1]": "0.596884", "o[0]": "0.751365", "o[1]": "0.772928",
                       "d2[0]": "0.138499", "d2[1]": "-0.038098", "by_path[0, 0]": "0.055399",
                       "by_path[1, 0]": "-0.019049", "back1[0]": "0.036350"}.items():
        assert agrees(shown(page, name), float(text), 5e-7), name
    for name, text in {"E": "0.298371109", "new_W2[0, 0]": "0.358916480", "new_W1[0, 0]": "0.149780716",
                       "new_E": "0.291027774", "early_E": "0.291027924"}.items():
        assert agrees(shown(page, name), float(text), 5e-10), name
