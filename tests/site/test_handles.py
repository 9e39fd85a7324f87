"""Handles: a number that the reader may change is changed where it stands, by mouse, finger and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from against_numpy import check, fields, settings
from test_live import field


def handle(page, name, place="svg"):
    return page.locator(f'{place} [data-handle="{name}"]:visible').first


def middle(page, element):
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("name, place", [("W1[0, 0]", "svg"), ("W2[1]", ".byhand-stage math"), ("W1[1, 1]", "table"),
                                         ("W2[0]", "article p")])
def test_a_handle_is_dragged_sideways_in_a_picture_a_formula_a_table_and_a_sentence(open_page, name, place):
    page = open_page("backward.html")
    shown = handle(page, name, place)
    start = float(shown.text_content())
    x, y = middle(page, shown)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=5)
    page.mouse.up()
    assert float(shown.text_content()) == float(field(page, name).input_value()) == round(start + 0.3, 10)
    assert page.evaluate("getSelection().toString()") == "" and page.complaints == []


def test_a_handle_says_its_name_and_value_and_takes_arrow_keys(open_page):
    page = open_page("forward.html")
    shown = page.get_by_role("spinbutton", name="W⁽¹⁾₁₂").first
    shown.focus()
    for key, text in [("ArrowUp", "0.3"), ("Shift+ArrowDown", "-0.7"), ("Alt+ArrowUp", "-0.69"), ("ArrowUp", "-0.59")]:
        page.keyboard.press(key)
        expect(shown).to_have_attribute("aria-valuetext", text)
    expect(field(page, "W1[0, 1]")).to_have_value("-0.59")


def test_tab_stops_once_a_table_or_paragraph_and_arrows_lead_from_number_to_number(open_page):
    page = open_page("forward.html")
    stops = page.locator('[data-handle][tabindex="0"]').count()
    assert 0 < stops < page.locator("[data-handle]").count() / 3
    handle(page, "W1[0, 0]").focus()
    page.keyboard.press("ArrowRight")
    expect(handle(page, "W1[0, 1]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(handle(page, "W1[0, 0]")).to_be_focused()


def test_enter_opens_a_field_over_a_handle_and_escape_brings_the_number_back(open_page):
    page = open_page("forward.html")
    shown = handle(page, "b1[0]", ".byhand-stage math")
    shown.click()
    page.keyboard.press("Enter")
    typed = page.locator(".byhand-typing input")
    expect(typed).to_be_focused()
    page.keyboard.type("0,5")
    expect(shown).to_have_text("0.5")
    page.keyboard.press("Escape")
    expect(shown).to_have_text("0")
    expect(shown).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("half")
    expect(page.locator(".byhand-typing [role=alert]")).to_contain_text("“half” is not a number")
    page.keyboard.press("Enter")
    expect(typed).to_be_focused()
    typed.fill("-2")
    page.keyboard.press("Enter")
    expect(typed).to_be_hidden()
    expect(field(page, "b1[0]")).to_have_value("-2")
    assert page.locator(".byhand-typing [data-input]").count() == 0 and page.complaints == []


def test_a_finger_drags_a_handle_sideways_and_scrolls_the_page_up_and_down(open_page):
    page = open_page("forward.html", width=390, height=844, has_touch=True, is_mobile=True)
    shown = handle(page, "W1[0, 0]", ".byhand-stage math")
    x, y = middle(page, shown)
    swipe(page, (x, y), (x + 50, y))
    expect(shown).to_have_text("0.5")
    before = page.evaluate("scrollY")
    x, y = middle(page, shown)
    swipe(page, (x, y), (x, y - 200))
    page.wait_for_function("(before) => scrollY > before + 100", arg=before)
    expect(shown).to_have_text("0.5")


def swipe(page, start, end):
    """A finger from one place to another, as the browser's own input has it: it may scroll the page."""
    session = page.context.new_cdp_session(page)
    points = [tuple(a + (b - a) * k / 10 for a, b in zip(start, end)) for k in range(11)]
    for k, (x, y) in enumerate(points):
        session.send("Input.dispatchTouchEvent", {"type": "touchMove" if k else "touchStart",
                                                  "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_drags_the_point_of_a_landscape_anywhere_and_scrolls_the_page_beside_it(open_page):
    page = open_page("downhill.html", width=390, height=844, has_touch=True, is_mobile=True)
    point = page.locator(".byhand-landscape circle[data-handle]").first
    x, y = middle(page, point)
    assert point.bounding_box()["width"] >= 44
    swipe(page, (x + 18, y), (x + 40, y - 70))
    moved = point.bounding_box()
    assert abs(moved["x"] + moved["width"] / 2 - x - 40) < 3 and abs(moved["y"] + moved["height"] / 2 - y + 70) < 3
    before = page.evaluate("scrollY")
    swipe(page, (x - 60, y), (x - 60, y - 150))
    page.wait_for_function("(before) => scrollY > before + 80", arg=before)


def test_a_finger_drags_a_mark_of_a_chart(open_page):
    page = open_page("gradient-check.html", width=390, height=844, has_touch=True, is_mobile=True)
    mark = page.locator('[data-chart] [data-handle="eps"]:visible').last  # of the V-curve
    start = float(mark.get_attribute("aria-valuetext"))
    x, y = middle(page, mark)
    swipe(page, (x, y), (x + 60, y))
    page.wait_for_function("([mark, start]) => Number(mark.getAttribute('aria-valuetext')) > 20 * start",
                           arg=[mark.element_handle(), start])


def test_a_second_tap_types(open_page):
    page = open_page("forward.html", width=390, height=844, has_touch=True, is_mobile=True)
    for _ in range(2):
        page.touchscreen.tap(*middle(page, handle(page, "x[1]")))
    expect(page.locator(".byhand-typing input")).to_be_focused()


def test_a_number_that_is_no_input_and_a_page_without_javascript_have_no_handles(open_page):
    page = open_page("forward.html")
    names = page.locator("[data-handle]").evaluate_all("(all) => all.map(({ dataset }) => dataset.handle)")
    assert {re.sub(r"\[.*", "", name) for name in names} <= {"x", "y", "W1", "b1", "W2", "b2"}
    still = open_page("forward.html", java_script_enabled=False)
    assert still.locator("[data-handle], [role=spinbutton]").count() == 0


def test_handles_follow_every_change(open_page, live_page):
    page = open_page(live_page)
    arrays = next(settings(page, 1, seed=4))
    for name, text in fields(arrays).items():
        shown = page.locator(f'[data-handle="{name}"]').first
        if shown.count():
            shown.click()
            page.keyboard.press("Enter")
            page.keyboard.type(text)
            page.keyboard.press("Enter")
        else:
            field(page, name).fill(text)
    check(page, arrays)
    assert page.complaints == []


def test_a_mark_of_a_chart_is_a_handle_along_its_axis(open_page):
    page = open_page("gradient-check.html")
    mark = page.locator('[data-chart] [data-handle="eps"]:visible').first
    start = float(mark.get_attribute("aria-valuetext"))
    page.wait_for_function("(mark) => mark.querySelector('[data-grip]').getBoundingClientRect().height > 0",
                           arg=mark.element_handle())
    x, y = middle(page, mark)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    page.mouse.up()
    moved = float(field(page, "eps").input_value())
    assert moved > 2 * start
    page.keyboard.press("ArrowLeft")
    assert float(field(page, "eps").input_value()) < moved and page.complaints == []
