"""The pictures of the built pages: errors as numpy has them, one path for one gradient, nothing cut off."""

import math

import numpy as np
import pytest
from playwright.sync_api import expect

from byhand.views.backward import sign, size

DRAWN = """() => Object.fromEntries([...document.querySelectorAll(".byhand-lying .byhand-flow")].map((arrow) =>
    [arrow.dataset.flow, [arrow.dataset.sign, Number(arrow.style.getPropertyValue("--size"))]]))"""
LIT = """() => [...document.querySelectorAll(".byhand-lying [data-on]:not([data-off]) [data-cell]")].map(
    ({ dataset }) => dataset.cell)"""
POINT = """() => { const { style, dataset } = document.querySelector('.byhand-lying [data-curve^="z1[0]"]');
    return [dataset.sign, style.getPropertyValue("--x"), Number.parseFloat(style.getPropertyValue("--lean"))]; }"""
SMALL = """() => [...document.querySelectorAll("svg text")].filter((text) => text.getClientRects().length
    && parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a < 11).map((text) => text.textContent)"""

# Labels of one diagram that overlap by a third of the lower one's height.
COLLIDING = """() => [...document.querySelectorAll("svg.byhand-diagram")].flatMap((svg) => {
    const all = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    return all.flatMap(([one, a], i) => all.slice(0, i).filter(([, b]) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.3 * Math.min(a.height, b.height),
    ).map(([other]) => `${one} on ${other}`));
})"""


def errors(x, W1, b1, W2, b2, y):
    a1 = 1 / (1 + np.exp(-(W1 @ x + b1)))
    d2 = 1 / (1 + np.exp(-(W2 @ a1 + b2))) - y
    back1 = W2 * d2
    return {"d2": d2} | {f"{name}[{i}]": array[i] for name, array in
                         [("back1", back1), ("d1", back1 * a1 * (1 - a1))] for i in range(2)}


@pytest.mark.parametrize("W1, W2, b2", [
    ([[0.1, 0.2], [0.3, 0.4]], [0.5, 0.6], 0), ([[1.5, -2], [-0.3, 4]], [-5, 0], 1), ([[40, 0], [0, 0]], [3, -1], -9)])
def test_arrows_are_as_thick_as_the_errors_that_numpy_finds(open_page, W1, W2, b2):
    numbers = ",".join(map(str, np.ravel(W1)))
    page = open_page(f"backward.html?W1={numbers}&W2={W2[0]},{W2[1]}&b2={b2}")
    drawn = page.evaluate(DRAWN)
    for name, error in errors(np.array([1.0, 0.0]), np.array(W1), np.zeros(2), np.array(W2), b2, 1.0).items():
        assert drawn[name][0] == sign(error) and drawn[name][1] == pytest.approx(size(error), abs=1e-4), name
    assert page.complaints == []


def test_a_saturated_unit_looks_saturated_and_one_without_a_number_has_no_point(open_page):
    page = open_page("backward.html")
    assert page.evaluate(POINT)[2] < -0.5
    page = open_page("backward.html?W1=40,0,0,0")
    _, x, lean = page.evaluate(POINT)
    assert x == "30.00px" and math.isclose(lean, 0, abs_tol=1e-6)
    page = open_page("backward.html?x=1e308,1e308&W1=10,-10,10,-10")
    assert page.evaluate(POINT)[0] == "none"
    assert {flow[0] for flow in page.evaluate(DRAWN).values()} == {"none"}
    expect(page.locator(".byhand-flow path").first).to_be_hidden()


def test_a_gradient_that_is_focused_lights_its_one_path_and_enter_keeps_it(open_page):
    page = open_page("backward.html")
    button = page.locator('.byhand-lying [data-path="dW1[0,0]"] rect')
    button.focus()
    assert {"d2", "W2[0]", "slope1[0]", "x[0]", "dW1[0, 0]"} <= set(page.evaluate(LIT))
    assert not {"W2[1]", "slope1[1]", "x[1]", "dW1[0, 1]", "dW2[0]"} & set(page.evaluate(LIT))
    product = page.locator('[data-product="dW1[0,0]"]')
    expect(product).to_be_visible()
    numbers = product.locator("math").nth(2).locator("[data-cell]")
    factors = [float(text.replace("−", "-")) for text in numbers.all_text_contents()]
    assert math.prod(factors) == pytest.approx(-0.044, abs=1e-4) and len(factors) == 4
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.mouse.move(5, 5)
    expect(product).to_be_visible()
    button.press("Escape")
    button.blur()
    expect(product).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("name", ["index", "setup", "forward"])
def test_no_label_of_a_picture_is_under_11_pixels(open_page, name, width):
    assert open_page(f"{name}.html", width=width).evaluate(SMALL) == []


@pytest.mark.parametrize("name", ["backward", "downhill", "forward", "two-outputs"])
def test_no_label_of_a_diagram_lies_on_another(open_page, name):
    assert open_page(f"{name}.html").evaluate(COLLIDING) == []


def test_the_loss_is_never_cut_off(open_page):
    page = open_page("backward.html?x=1e308,1e308&W1=10,-10,10,-10", width=390)
    for loss in page.locator('svg [data-cell="loss"]').all():
        if loss.is_visible():
            box = loss.bounding_box()
            assert loss.inner_html() == "not a number" and box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_the_title_page_shows_the_network_on_its_first_screen_and_runs_it_once(open_page):
    page = open_page("index.html")
    picture = page.locator("[data-runs]")
    expect(picture).to_have_attribute("data-running", "")
    box = picture.locator(".byhand-lying").bounding_box()
    assert box["y"] > 0 and box["y"] + box["height"] <= 800
    still = open_page("index.html", reduced_motion="reduce")
    assert still.evaluate("() => document.getAnimations().length") == 0
