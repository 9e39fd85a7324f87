"""While a number is dragged, what is out of sight may be late, and nobody ever meets it."""

import numpy as np
import pytest
from playwright.sync_api import expect

from against_numpy import book_inputs, by_hand, check
from byhand.writing.number import format_number

FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
DRAWN = """() => [...document.querySelectorAll("[data-chart]")].map((svg) => [...svg.querySelectorAll("path, text")]
    .map((part) => part.getAttribute("d") ?? (part.style.display === "none" ? "" : part.textContent)).join())"""
LINES = """() => document.querySelector("[data-landscape] [data-part^=curve] path").getAttribute("d")"""


def held(page, name="b2"):
    """Takes hold of a field and drags it to the right; the number that it has then."""
    field = page.locator(f'[data-input="{name}"]:not([type])').first
    take_hold(page, to_middle(field))
    box = field.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 + 65, box["y"] + 10, steps=4)
    page.evaluate(FRAME)
    return np.float64(field.input_value())


def take_hold(page, locator):
    locator.hover()
    page.mouse.down()


def to_middle(locator):
    locator.evaluate("(element) => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
    return locator


@pytest.mark.parametrize("name", ["backward.html", "gradient-check.html"])
def test_numbers_out_of_sight_follow_when_the_pointer_rests_and_all_when_it_is_lifted(open_page, name):
    page = open_page(name)
    number = page.locator("article [data-cell=loss]:not([data-choose] *)").locator("visible=true").last
    arrays = book_inputs(page) | {"b2": held(page)}
    assert number.bounding_box()["y"] > 900
    loss = by_hand({name: arrays[name] for name in ("x", "y", "W1", "b1", "W2", "b2")})["loss"]
    expect(number).to_have_text(format_number(loss, 4))
    assert page.locator("html[data-dragging]").count() == 1
    page.mouse.move(300, 300, steps=3)
    page.mouse.up()
    assert page.locator("html[data-dragging]").count() == 0
    arrays["b2"] = np.float64(page.locator('[data-input="b2"]:not([type])').first.input_value())
    check(page, arrays)


def test_paper_has_the_numbers_and_charts_of_a_drag_that_goes_on(open_page):
    page = open_page("gradient-check.html")
    before = page.evaluate(DRAWN)
    arrays = book_inputs(page) | {"b2": held(page)}
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    check(page, arrays)
    drawn = page.evaluate(DRAWN)
    assert drawn[0] != before[0] and drawn[-1] != before[-1]
    page.mouse.up()
    page.evaluate("document.querySelectorAll('svg').forEach(() => new Promise((done) => requestIdleCallback(done)))")
    assert page.evaluate(DRAWN) == drawn


def test_a_chart_that_comes_into_sight_in_a_drag_is_that_of_its_numbers(open_page):
    page = open_page("gradient-check.html")
    before = page.evaluate(DRAWN)
    held(page)
    to_middle(page.locator("[data-chart]").last)
    page.wait_for_function(f"(before) => ({DRAWN})().at(-1) !== before.at(-1)", arg=before)


def test_a_page_that_is_left_in_a_drag_comes_back_with_its_number(open_page):
    page = open_page("forward.html")
    arrays = book_inputs(page) | {"b2": held(page)}
    page.reload()
    check(page, arrays)


def test_a_landscape_has_fewer_places_while_it_moves_and_then_all(open_page):
    page = open_page("downhill.html")
    whole = len(page.evaluate(LINES))
    to_middle(page.locator("[data-landscape]").first)
    held(page, "b1[0]")
    page.wait_for_function(f"(whole) => ({LINES})().length < whole / 3", arg=whole)
    page.mouse.up()
    page.wait_for_function(f"(whole) => ({LINES})().length > whole / 3", arg=whole)
    page.wait_for_function("!/b1=0,/.test(location.search || '?b1=0,')")
    again = open_page(page.evaluate("location.href"))
    again.wait_for_function(f"(lines) => ({LINES})() === lines", arg=page.evaluate(LINES))


def test_the_point_of_a_landscape_is_dragged_both_ways_in_one_step(open_page):
    page = open_page("downhill.html", width=390)
    point = page.locator("[data-landscape] circle").first
    take_hold(page, point)
    box = point.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 30, steps=5)
    page.mouse.up()
    expect(page.locator('[data-input="W2[0]"]:not([type])').first).not_to_have_value("0.5")
    expect(page.locator('[data-input="b2"]:not([type])').first).not_to_have_value("0")
    assert page.complaints == []
