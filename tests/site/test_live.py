"""The built book in a browser: whatever the reader types, every number on every page is numpy's."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from against_numpy import READ, TYPE, book_inputs, by_hand, check, extreme_settings, fields, settings, sheets
from byhand.writing.name import pick, split


def test_every_number_agrees_with_numpy_for_many_settings(open_page, live_page):
    page = open_page(live_page)
    for arrays in settings(page, 12):
        page.evaluate(TYPE, fields(arrays))
        check(page, arrays)
    assert page.complaints == []


def test_at_extreme_settings_too_every_number_is_numpys_and_nothing_breaks(open_page, live_page):
    page = open_page(live_page)
    for arrays in extreme_settings(page, 10):
        page.evaluate(TYPE, fields(arrays))
        check(page, arrays)
        assert not re.search(r"NaN|undefined|null", page.locator("article").inner_text())
    assert page.complaints == []


def field(page, name):
    return page.locator(f'[data-input="{name}"]:not([type])').first


def one(page, name):
    return page.locator(f'[data-cell="{name}"]').first


def test_the_untouched_page_shows_the_books_numbers_unmarked(open_page, live_page):
    page = open_page(live_page)
    check(page, book_inputs(page))
    assert page.locator(".byhand-changed").count() == 0
    expect(page.locator(".byhand-notice")).to_be_hidden()


def test_without_javascript_the_page_shows_every_number_of_the_book(open_page, live_page):
    with_script = open_page(live_page).evaluate(READ.replace("[data-cell]", "[data-cell]:not([data-dock] *)"))
    page = open_page(live_page, java_script_enabled=False)
    without = re.findall(r'data-cell="([^"]*)"[^>]*>([^<]*)<', page.content())
    assert [list(number) for number in without] == with_script
    assert page.locator("[data-input]:enabled:not([readonly])").count() == 0


def address(page):
    """Where the page says it is; Playwright's own `page.url` hears of a replaced address late."""
    return page.evaluate("location.href")


PRINTED = """() => [...document.querySelectorAll('[data-print]')].map((element) => [
    element.closest('[data-sheet]').dataset.sheet, element.dataset.print, Number(element.dataset.digits),
    element.dataset.kind, element.textContent])"""


def printed_by_numpy(value, digits, kind):
    if kind == "fixed":
        return f"{value:.{digits}f}"
    if np.asarray(value).dtype == bool:
        return str(value)
    with np.printoptions(suppress=True, precision=digits):
        return str(np.round(value, digits))


def test_what_code_cells_printed_reads_as_numpy_would_print_it_now(open_page, live_page):
    page = open_page(live_page)
    if not page.evaluate(PRINTED):
        return
    own = {sheet["id"] for sheet in sheets(page) if sheet["scope"] == sheets(page)[0]["scope"]}
    for arrays in settings(page, 10, seed=5):
        page.evaluate(TYPE, fields(arrays))
        known = by_hand(arrays)
        for sheet, name, digits, kind, text in page.evaluate(PRINTED):
            if sheet in own and split(name)[0] in known:
                assert text == printed_by_numpy(pick(known, name), digits, kind), name


def test_the_reader_types_a_number_with_a_comma_and_all_pages_keep_it(open_page, server):
    page = open_page("forward.html")
    field(page, "W1[0, 1]").fill("-0,75")
    field(page, "x[1]").fill("0.5")
    field(page, "x[1]").press("Enter")
    arrays = book_inputs(page) | {"x": np.array([1, 0.5]), "W1": np.array([[0.1, -0.75], [0.3, 0.4]])}
    check(page, arrays)
    expect(page.locator(".byhand-notice")).to_be_visible()
    page.reload()
    check(page, arrays)
    page.goto(f"{server}/backward.html")
    check(page, arrays)
    assert "W1=0.1,-0.75,0.3,0.4" in address(page)
    page.locator(".byhand-notice [data-reset]").click()
    check(page, book_inputs(page))
    assert "?" not in address(page) and page.locator(".byhand-changed").count() == 0
    page.reload()
    check(page, book_inputs(page))


def test_an_input_that_differs_from_the_book_is_marked_and_no_result(open_page):
    page = open_page("forward.html")
    field(page, "b2").fill("1")
    expect(one(page, "b2")).to_have_class(re.compile("byhand-changed"))
    expect(one(page, "loss")).not_to_have_class(re.compile("byhand-changed"))


def test_a_link_gives_the_same_numbers_to_another_reader(open_page):
    page = open_page("backward.html")
    field(page, "W2[0]").fill("-1.5")
    other = open_page(address(page))
    check(other, book_inputs(other) | {"W2": np.array([-1.5, 0.6])})


@pytest.mark.parametrize("query", ["?W1=1,2,3", "?x=1,abc", "?W2=1e999,0", "?b2=", "?x=%E0%A4"])
def test_a_damaged_link_is_refused_with_a_sentence_and_the_books_numbers(open_page, query):
    page = open_page("forward.html" + query)
    expect(page.locator(".byhand-message").first).to_contain_text("The link is damaged")
    check(page, book_inputs(page))
    assert page.complaints == []


@pytest.mark.parametrize("text", ["abc", "1,2,3", "1e999", "--1", "NaN"])
def test_what_is_no_number_gets_a_sentence_and_the_last_good_value_stays(open_page, text):
    page = open_page("forward.html")
    field(page, "b2").fill("0.25")
    field(page, "b2").fill(text)
    expect(page.locator(".byhand-message").first).to_contain_text("is not a number")
    check(page, book_inputs(page) | {"b2": np.float64(0.25)})
    field(page, "b2").press("Tab")
    expect(field(page, "b2")).to_have_value("0.25")
    field(page, "b2").fill("0.5")
    expect(page.locator(".byhand-message").first).to_have_text("")


def test_an_emptied_field_waits_for_a_number_without_scolding(open_page):
    page = open_page("forward.html")
    field(page, "b2").fill("")
    expect(page.locator(".byhand-message").first).to_have_text("")
    check(page, book_inputs(page))


def test_arrow_keys_step_and_shift_takes_ten_steps(open_page):
    page = open_page("forward.html")
    field(page, "W1[0, 0]").focus()
    page.keyboard.press("ArrowUp")
    expect(field(page, "W1[0, 0]")).to_have_value("0.2")
    page.keyboard.press("Shift+ArrowDown")
    expect(field(page, "W1[0, 0]")).to_have_value("-0.8")
    check(page, book_inputs(page) | {"W1": np.array([[-0.8, 0.2], [0.3, 0.4]])})


def drag(page, name):
    """Drags a field to the right; what it shows then."""
    box = field(page, name).bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 75, box["y"] + 10, steps=4)
    page.mouse.up()
    return float(field(page, name).input_value())


def test_dragging_a_field_sideways_moves_its_number(open_page):
    page = open_page("forward.html")
    moved = drag(page, "b2")
    assert moved > 0.1
    check(page, book_inputs(page) | {"b2": np.float64(moved)})


def test_the_next_page_has_the_numbers_of_a_drag_that_ended_a_moment_ago(open_page):
    page = open_page("forward.html")
    moved = drag(page, "b2")
    page.evaluate("location.href = 'backward.html'")
    page.wait_for_url("**/backward.html*")
    check(page, book_inputs(page) | {"b2": np.float64(moved)})


def test_a_number_that_is_exactly_zero_says_why(open_page):
    page = open_page("backward.html")
    zero = page.locator('.byhand-value [data-cell="dW1[0, 1]"]').first
    zero.focus()
    tip = page.locator(".byhand-tip")
    expect(tip).to_contain_text("0 because x₂ = 0")
    expect(tip).to_contain_text("W⁽¹⁾₁₂ had no influence here")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    zero.hover()
    expect(tip).to_be_visible()
    field(page, "x[1]").fill("2")
    assert zero.get_attribute("tabindex") is None


def test_overflow_is_shown_with_its_reason(open_page):
    page = open_page("forward.html")
    field(page, "b2").fill("1e308")
    loss = page.locator('.byhand-value [data-cell="loss"]').first
    expect(loss).to_have_text("not a number")
    loss.focus()
    expect(page.locator(".byhand-tip")).to_contain_text("0 · −∞ has no value")
    assert page.complaints == []


def test_pages_work_from_disk_without_a_server(open_page, site, live_page):
    page = open_page((site / live_page).as_uri())
    arrays = next(settings(page, 1, seed=9))
    page.evaluate(TYPE, fields(arrays))
    check(page, arrays)
    page.reload()
    check(page, arrays)
    assert page.complaints == []


def test_no_request_leaves_the_host(open_page, server, live_page):
    page = open_page(live_page)
    page.evaluate(TYPE, fields(next(settings(page, 1))))
    page.wait_for_load_state("networkidle")
    assert [url for url in page.requests if not url.startswith((server, "data:", "blob:"))] == []


def test_a_number_lights_what_it_was_made_from_and_what_uses_it(open_page):
    page = open_page("forward.html")
    page.locator('.byhand-value [data-cell="a1[0]"]').first.hover()
    sources = page.locator(".byhand-source").evaluate_all(
        "(all) => all.map(({ dataset }) => dataset.cell ?? dataset.valueOf ?? dataset.input)")
    users = page.locator(".byhand-use").evaluate_all("(all) => all.map((e) => e.dataset.cell)")
    assert set(sources) == {"z1[0]"} and "z2" in users and "dW1[0, 0]" not in users
    assert page.locator("[data-line].byhand-here").count() >= 1


@pytest.mark.parametrize("width", [1280, 390])
def test_no_number_of_the_diagram_is_cut_off_at_its_edge(open_page, width):
    page = open_page("backward.html", width=width)
    for setting in ({"b2": "800"}, {"b2": "-800", "x[0]": "-1.2345e-300", "y": "-1.2345e-300"},
                    {"W1[0, 0]": "1e300", "x[1]": "-123456.789"},
                    {"b2": "1.2345e300", "y": "-1.2345e-300"}):
        page.evaluate(TYPE, setting)
        cut = page.locator(".byhand-diagram").first.evaluate("""(svg) => {
            const edge = svg.getBoundingClientRect();
            return [...svg.querySelectorAll("text")].filter((text) => {
                const box = text.getBoundingClientRect();
                return box.left < edge.left - 0.5 || box.right > edge.right + 0.5;
            }).map((text) => text.textContent);
        }""")
        assert cut == []


def copied(page, element):
    """What selecting an element and copying it puts into the clipboard."""
    return page.evaluate("""(element) => {
        getSelection().selectAllChildren(element);
        const data = new DataTransfer();
        element.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
        return data.getData("text/plain");
    }""", element.element_handle())


def test_a_copied_formula_is_a_line_of_text(open_page):
    page = open_page("forward.html")
    step = page.locator(".byhand-step").first
    assert copied(page, step) == "z^(1)_1 = W^(1)_11 · x_1 + W^(1)_12 · x_2 + b^(1)_1 = 0.1 · 1 + 0.2 · 0 + 0 = 0.1"
    page = open_page("setup.html")
    assert "\n" not in copied(page, page.locator("div.math").first)
    assert copied(page, page.locator("article h1").first) == ""  # no formula: the browser's own
