"""20.4 in a browser: the check's numbers and the V-curve, each held against plain numpy."""

import numpy as np
import pytest
from playwright.sync_api import expect

from against_numpy import agrees, book_inputs, by_hand


@pytest.fixture
def page(open_page):
    return open_page("gradient-check.html")


def pick(page, name, place):
    page.locator(f'[type=radio][data-input="{name}"][value="{place}"]').check()


def number(page, name):
    return page.locator(f'[data-cell="{name}"]').first.text_content()


def loss(arrays):
    return by_hand(arrays)["loss"]


def quotient(arrays, name, index, eps, central):
    moved = []
    for step in (eps, -eps if central else 0):
        array = np.array(arrays[name], dtype=float)
        array[index] += step
        moved.append(loss(arrays | {name: array}))
    return (moved[0] - moved[1]) / (2 * eps if central else eps)


@pytest.mark.parametrize(("which", "name", "index"),
                         [(0, "W1", (0, 0)), (5, "b1", (1,)), (7, "W2", (1,)), (8, "b2", ())])
@pytest.mark.parametrize("eps", ["0.1", "1e-4"])
def test_the_secant_is_the_quotient_of_the_picked_parameter(page, which, name, index, eps):
    pick(page, "which", which)
    page.locator('[data-input="eps"]:not([type])').fill(eps)
    for side, central in ((0, True), (1, False)):
        pick(page, "side", side)
        expected = quotient(book_inputs(page), name, index, float(eps), central)
        assert agrees(number(page, "quotient"), expected, 1e-10)
        assert agrees(number(page, "slope"), by_hand(book_inputs(page))[f"d{name}"][index])


def test_slider_and_field_of_the_step_are_one_number(page):
    slider, field = page.locator('[type=range][data-input="eps"]'), page.locator('[data-input="eps"]:not([type])')
    field.fill("1e-3")
    expect(slider).to_have_value("-3")
    slider.press("ArrowLeft")
    assert np.isclose(float(field.input_value()), 10**-3.25, rtol=1e-3)
    field.fill("1e-6")
    field.press("ArrowUp")
    assert np.isclose(float(field.input_value()), 10**-5.75, rtol=1e-3)


@pytest.mark.parametrize("text", ["0", "-1e-3", "abc"])
def test_a_step_that_is_none_gets_a_sentence_and_the_last_good_one_stays(page, text):
    field = page.locator('[data-input="eps"]:not([type])')
    field.fill("1e-3")
    quotient = number(page, "quotient")
    field.fill(text)
    expect(page.get_by_text(f"“{text}” is not a number that can be used here. Type one greater than 0")).to_be_visible()
    assert number(page, "quotient") == quotient
    field.press("Tab")
    expect(field).to_have_value("0.001")


def test_the_best_steps_are_read_off_the_v_curve(page):
    expect(page.locator('[data-cell="about_central"]').first).to_have_text("1e−5")
    expect(page.locator('[data-cell="about_forward"]').first).to_have_text("1e−7")


def test_the_v_curves_move_with_the_numbers(page):
    curves = page.locator("[data-chart] [data-part^=curve] path")
    before = curves.evaluate_all("(paths) => paths.map((path) => path.getAttribute('d'))")
    page.locator('[data-input="b2"]').first.fill("2")
    page.wait_for_function("(before) => [...document.querySelectorAll('[data-chart] [data-part^=curve] path')]"
                           ".filter((path, i) => path.getAttribute('d') !== before[i]).length >= before.length - 2",
                           arg=before)


def texts(page, *names):
    """What the sentences read that are chosen by these numbers."""
    return [page.locator(f'[data-choose="{name}"]').first.inner_text() for name in names]


NATURAL = "?W1=20,20,-20,-20&b1=-30,10&W2=20,20&b2=-10&x=1,1&y=0"  # XOR as people solve it by hand


@pytest.mark.parametrize("query",
                         [NATURAL, "?y=0&b2=5", "?y=0&b2=14", "?y=0&b2=18", "?y=0&b2=26", "?b2=20.3", "?x=1000,-3000",
                          "?eps=0.1",
                          "?eps=1e-15", "?y=0.5&b2=-0.6", "?b1=30,-30", "?W1=1e8,1,1,1", "?x=1e-9,0"])
def test_the_right_code_is_never_accused(open_page, query):
    page = open_page("gradient-check.html" + query)
    for side in (0, 1):
        pick(page, "side", side)
        assert not any(text.startswith("wrong") for text in texts(page, "verdict", "stable_verdict"))
        assert "wrong" not in page.locator('[data-choose^="judged"]').all_inner_texts()
    assert page.complaints == []


def test_a_loss_that_keeps_its_digits_lets_the_check_tell(open_page):
    page = open_page("gradient-check.html?y=0&b2=26")
    assert number(page, "stable_loss") == "26.6072"
    told = texts(page, "verdict", "stable_verdict")
    assert told[0].startswith("cannot tell") and told[1].startswith("right")
    assert (number(page, "untold"), number(page, "stable_untold")) == ("7", "0")


@pytest.mark.parametrize("query",
                         ["?b2=40", "?b2=36.2&y=0.5", "?b2=800", "?b2=-800", "?b2=1e308", "?eps=1e300",
                          "?W1=1e308,-1e308,1,1&x=10,10"])
def test_where_nothing_could_be_compared_nothing_is_said_to_be_right_or_wrong(open_page, query):
    page = open_page("gradient-check.html" + query)
    assert texts(page, "verdict")[0].startswith("cannot tell")
    if "eps" not in query:
        assert texts(page, "match")[0].startswith("cannot be told here")
    assert page.complaints == []


def test_a_derivative_of_0_lets_any_step_do(page):
    page.locator(".admonition:has([data-choose=flat_central]) .toggle-button").click()
    pick(page, "which", 1)  # beside an input of 0
    assert all("no ε is too large" in text for text in texts(page, "flat_central", "flat_forward"))
    pick(page, "which", 6)
    assert "about" in texts(page, "flat_central")[0]


def test_where_a_number_comes_from_lights_up_in_steps_diagram_and_numpy(open_page):
    page = open_page("backward.html")
    page.locator('.byhand-value [data-cell="d1[0]"]').first.hover()
    lit = set(page.locator("[data-cell].byhand-source").evaluate_all("(all) => all.map((each) => each.dataset.cell)"))
    assert {"back1[0]", "slope1[0]"} <= lit
    assert page.locator("[data-line~='d1'].byhand-here").count() > 0  # the line of numpy
    users = set(page.locator("[data-cell].byhand-use").evaluate_all("(all) => all.map((each) => each.dataset.cell)"))
    assert {"dW1[0, 0]"} <= users
