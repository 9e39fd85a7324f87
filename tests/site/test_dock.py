"""The dock: while the fields are out of view, the numbers that can be changed stay at hand, and only results that the
page has already reached."""

import pytest
from playwright.sync_api import expect

from against_numpy import book_inputs, check, fields, settings
from test_live import field

DOCK = "[data-dock]"
SCROLL = "(share) => scrollTo({ top: share * document.documentElement.scrollHeight, behavior: 'instant' })"
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
TYPE_HERE = """(setting) => { for (const [name, text] of Object.entries(setting)) {
    const all = [...document.querySelectorAll(`[data-input="${name}"]:not([type=radio], [type=range])`)];
    const field = all.find((each) => {
        const { top, bottom, width } = each.getBoundingClientRect();
        return width && bottom > 0 && top < innerHeight;
    });
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
} }"""


def scroll(page, share):
    """Scrolls to a share of the page, and waits until the page has taken note."""
    page.evaluate(SCROLL, share)
    page.evaluate(SETTLED)


def test_all_inputs_can_be_changed_from_any_place_of_any_page(open_page, live_page):
    page = open_page(live_page)
    names = set(fields(book_inputs(page)))
    first = page.locator("[data-fields]").first
    scopes = page.locator("script.byhand-sheet").evaluate_all("(all) => all.map((e) => JSON.parse(e.text).scope)")
    if len(set(scopes)) > 1:
        pytest.skip("this page has several scopes: the dock shows that of the views in view")
    if not names <= set(first.locator("[data-input]").evaluate_all("(all) => all.map(({ dataset }) => dataset.input)")):
        pytest.skip("the first sheet of this page has inputs without fields")
    places = [(1280, 0.3), (1280, 0.7), (390, 0.5), (390, 0.7), (390, 1)]
    for (width, share), arrays in zip(places, settings(page, len(places), seed=8)):
        page.set_viewport_size({"width": width, "height": 800})
        scroll(page, share)
        if page.locator(f"{DOCK}[data-folded]:visible").count():
            page.locator("[data-dock-tab]").click()
        page.evaluate(TYPE_HERE, fields(arrays))
        check(page, arrays)
    assert page.complaints == []


def test_the_dock_comes_when_the_fields_have_gone_and_goes_when_they_come_back(open_page):
    page = open_page("backward.html")
    page.evaluate("document.querySelector('[data-fields]').scrollIntoView({ block: 'center' })")
    expect(page.locator(DOCK)).to_be_hidden()
    assert page.locator(f"{DOCK} [data-input]").count() == 0
    scroll(page, 0.5)
    dock = page.locator(DOCK)
    expect(dock).to_be_visible()
    assert dock.bounding_box()["height"] <= 120
    assert dock.locator("[data-input]").count() == 12
    dock.locator('[data-input="b2"]').fill("1")
    expect(field(page, "b2")).to_have_value("1")
    page.evaluate("document.querySelector('[data-fields]').scrollIntoView({ block: 'center' })")
    expect(dock).to_be_hidden()
    assert page.locator(f"{DOCK} [data-input]").count() == 0


def test_escape_folds_the_dock_until_it_is_asked_for(open_page):
    page = open_page("backward.html")
    scroll(page, 0.4)
    inside = page.locator("[data-dock-inside]")
    inside.locator("input").first.focus()
    page.keyboard.press("Escape")
    expect(inside).to_be_hidden()
    expect(page.locator("[data-dock-tab]")).to_be_focused()
    scroll(page, 0.6)
    expect(inside).to_be_hidden()
    page.keyboard.press("Enter")
    expect(inside).to_be_visible()


def test_the_dock_has_only_results_that_the_page_has_reached(open_page):
    page = open_page("index.html", width=390)
    scroll(page, 0.2)
    shown = page.locator(f"{DOCK} [data-cell]")
    names = shown.evaluate_all("(all) => all.map(({ dataset }) => dataset.cell)")
    reached = page.evaluate("""() => [...document.querySelectorAll('[data-cell]:not([data-dock] *)')].filter((each) =>
        each.getClientRects().length && each.getBoundingClientRect().top < innerHeight)
        .map(({ dataset }) => dataset.cell)""")
    assert set(names) <= set(reached)


def test_on_a_phone_the_bar_cuts_no_result_tells_whose_numbers_they_are_and_nothing_lies_over_the_drawer(open_page):
    page = open_page("backward.html", width=390, height=844)
    field(page, "b2").fill("1")
    scroll(page, 0.8)
    tab = page.locator("[data-dock-tab]")
    expect(tab).to_have_text("Numbers: yours")
    expect(page.locator(".byhand-notice")).to_be_hidden()
    assert page.locator("[data-dock-results]").evaluate("""(line) => {
        const { right, bottom } = line.getBoundingClientRect();
        const boxes = [...line.children].map((each) => each.getBoundingClientRect()).filter(({ width }) => width);
        const seen = boxes.filter(({ top }) => top < bottom - 1);
        return seen.length > 1 && seen.every((box) => box.right <= right + 1 && box.bottom <= bottom + 3)
            && line.firstElementChild.textContent.startsWith("L");
    }""")
    page.evaluate("""() => [...document.querySelectorAll(".byhand-view [data-cell]")].find((each) =>
        each.getClientRects().length && !each.dataset.handle && !each.closest("a, button, label, [data-quiet]"))
        .dispatchEvent(new MouseEvent("click", { bubbles: true }))""")
    expect(page.locator("[data-pin]")).to_be_visible()
    tab.click()
    expect(page.locator("[data-pin]")).to_be_hidden()
    assert page.locator("#pst-back-to-top").evaluate("(pill) => getComputedStyle(pill).visibility") == "hidden"


def test_the_switch_puts_points_in_and_keeps_the_readers_own(open_page):
    page = open_page("backward.html")
    field(page, "W1[0, 1]").fill("3")
    scroll(page, 0.5)
    switch = page.locator(f"{DOCK} [data-point]")
    expect(switch.filter(has_text="mine")).to_have_attribute("aria-pressed", "true")
    switch.filter(has_text="generic").click()
    expect(field(page, "W1[0, 1]")).to_have_value("-0.2")
    expect(switch.filter(has_text="generic")).to_have_attribute("aria-pressed", "true")
    switch.filter(has_text="book").click()
    check(page, book_inputs(page))
    page.reload()
    scroll(page, 0.5)
    switch.filter(has_text="mine").click()
    expect(field(page, "W1[0, 1]")).to_have_value("3")


def test_the_dock_leaves_no_trace_on_paper_and_without_javascript(open_page):
    page = open_page("backward.html")
    scroll(page, 0.5)
    page.emulate_media(media="print")
    expect(page.locator(DOCK)).to_be_hidden()
    still = open_page("backward.html", java_script_enabled=False)
    expect(still.locator(DOCK)).to_be_hidden()


def test_the_dock_never_covers_what_has_the_focus(open_page):
    page = open_page("backward.html")
    scroll(page, 0.3)
    for _ in range(25):
        page.keyboard.press("Tab")
        page.evaluate(SETTLED)
        assert page.evaluate("""() => {
            const [dock, own] = [document.querySelector('[data-dock]'), document.activeElement];
            const [a, b] = [dock, own].map((each) => each.getBoundingClientRect());
            const isApart = b.bottom <= a.top + 1 || b.right <= a.left;
            return dock.hidden || dock.contains(own) || own === document.body || isApart
                || b.height > innerHeight / 2;
        }""")

