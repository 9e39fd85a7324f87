"""Anyone can use it: no violation that axe knows of, the keyboard alone, small screens, large text, paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conftest import ROOT
from formulas import check_formulas

PAGES = sorted(path.name for path in (ROOT / "_build" / "html").glob("*.html")
               if path.stem not in ("genindex", "search"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page, name, dark):
    page = open_page(name, dark=dark, reduced_motion="reduce")
    for own in page.locator(".byhand-own > summary").all():
        own.click()
    if page.locator("[data-input='b2']:not([type])").count():
        page.locator("[data-input='b2']:not([type])").first.fill("0.5")  # the marks and the notice are to be seen too
    options = {"resultTypes": ["violations"]}
    if dark:
        options["runOnly"] = ["color-contrast"]  # the dark changes nothing else
    found = Axe().run(page, options=options).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]][:4], one["nodes"][0]["failureSummary"])
            for one in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_a_small_screen_at_twice_the_size_or_on_a_desk(open_page, name):
    page = open_page(name, width=320)
    widest = {}
    for width in (320, 390, 640, 1280):  # 640 pixels are 1280 at 200 %
        page.set_viewport_size({"width": width, "height": 800})
        widest[width] = page.evaluate("document.documentElement.scrollWidth")
    assert [(width, wide) for width, wide in widest.items() if wide > width] == []


@pytest.mark.parametrize("name", ["gradient-check.html", "falling-loss.html", "bug-lab.html"])
def test_no_table_is_cut_on_a_phone(open_page, name):
    page = open_page(name, width=390, height=844)
    cut = """(all) => all.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.dataset.scrolls)"""
    assert page.locator("[data-scrolls]:visible").evaluate_all(cut) == []


def test_every_control_is_reached_by_the_tab_key_and_shows_its_focus(open_page):
    page = open_page("forward.html")
    controls = page.locator(".byhand-show :is(input, button):visible")
    wanted = controls.evaluate_all("(all) => all.map((e) => e.dataset.input ?? e.textContent)")
    page.locator(".byhand-show input").first.focus()
    reached = []
    for _ in range(3 * len(wanted)):  # numbers in tables and prints between them are stops as well
        if page.evaluate("document.activeElement.matches('.byhand-show :is(input, button)')"):
            reached.append(page.evaluate("document.activeElement.dataset.input ?? document.activeElement.textContent"))
        if len(reached) == len(wanted):
            break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        page.keyboard.press("Tab")
    assert reached == wanted


def test_a_screen_reader_hears_each_fields_name_and_the_loss_after_a_change(open_page):
    page = open_page("forward.html")
    field = page.get_by_role("textbox", name="W⁽¹⁾₁₂").first
    field.fill("2")
    expect(page.locator("[data-announce]")).to_have_text(re.compile(r"^L = 0\.\d+$"))
    assert page.locator("[data-announce]").get_attribute("aria-live") == "polite"


def test_every_formula_of_a_step_is_mathml_that_can_be_read_aloud(open_page):
    page = open_page("forward.html")
    assert page.locator(".byhand-stage math").count() > 10
    assert page.locator(".byhand-stage math[aria-hidden]").count() == 0


def test_on_paper_there_are_no_controls_and_no_formula_is_cut(open_page):
    page = open_page("backward.html")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 at 96 dots an inch, less the margins
    expect(page.locator(".byhand-tools").first).to_be_hidden()
    expect(page.locator(".byhand-stepper").first).to_be_hidden()
    cut = page.locator(".byhand-step, .byhand-scroll").evaluate_all(
        "(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)")
    assert cut == []
    assert page.locator(".byhand-step").first.evaluate("(e) => getComputedStyle(e).breakInside") == "avoid"


def test_printing_gives_no_field_the_focus(open_page):
    page = open_page("backward.html", closed=True)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # the theme presses what opens its boxes
    assert page.evaluate("document.activeElement === document.body")


def test_who_wants_less_motion_gets_none_from_us(open_page):
    page = open_page("forward.html", reduced_motion="reduce")
    moving = page.locator("[class*=byhand]").evaluate_all("""(all) => all.map((each) => getComputedStyle(each))
        .filter((style) => parseFloat(style.transitionDuration) > 0 || style.animationName !== "none").length""")
    assert moving == 0


@pytest.mark.parametrize("name", ["setup", "backward", "gradient-check"])
def test_display_formulas_are_centred_and_whole(open_page, name):
    check_formulas(open_page(f"{name}.html").evaluate)


COVERED = """() => {
    const [notice, focused] = [document.querySelector(".byhand-notice"), document.activeElement];
    if (focused === document.body || notice.contains(focused)) return null;
    const [a, b] = [notice, focused].map((element) => element.getBoundingClientRect());
    const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top || !a.height;
    return apart ? null : focused.outerHTML.slice(0, 120);
}"""
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize("size", [(320, 256), (390, 844), (1280, 800), (1280, 400)], ids=str)
def test_the_notice_is_never_over_what_has_the_focus(open_page, size):
    page = open_page("backward.html?b2=1", width=size[0], height=size[1])
    expect(page.locator(".byhand-notice")).to_be_visible()
    controls = page.evaluate("document.querySelectorAll('a, button, input, summary, [tabindex]').length")
    page.locator(".byhand-show input").first.focus()
    visited, covered = set(), []
    for _ in range(min(controls, 70)):
        page.evaluate(FRAME)
        covered.append(page.evaluate(COVERED))
        visited.add(page.evaluate("document.activeElement.outerHTML"))
        page.keyboard.press("Tab")
    assert len(visited) > 30 and set(covered) == {None}


def test_the_notice_comes_back_when_the_focus_has_left_what_was_under_it(open_page):
    page = open_page("forward.html?b2=1")
    notice = page.locator(".byhand-notice")
    page.evaluate("""() => {
        const field = document.querySelector("[data-input]"), place = document.querySelector(".byhand-notice");
        const box = place.getBoundingClientRect();
        field.style.cssText = `position: fixed; left: ${box.left + 5}px; top: ${box.top + 5}px`; field.focus(); }""")
    expect(notice).not_to_be_in_viewport()
    page.locator("[data-input]").nth(3).focus()
    expect(notice).to_be_in_viewport()


def test_the_notice_is_no_fixture_of_a_low_window_and_nothing_lies_over_it_on_a_phone(open_page):
    page = open_page("forward.html?b2=1", width=320, height=256)
    assert page.locator(".byhand-notice").evaluate("(e) => getComputedStyle(e).position") == "static"
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.querySelector('#pst-back-to-top').style.setProperty('display', 'block', 'important')")
    top, bottom = (page.locator(one).bounding_box() for one in (".byhand-notice", "#pst-back-to-top"))
    assert bottom["y"] + bottom["height"] <= top["y"] or bottom["y"] >= top["y"] + top["height"]


@pytest.mark.parametrize("button", [".byhand-tools [data-reset]", ".byhand-notice [data-reset]"])
def test_back_to_the_books_numbers_keeps_the_focus(open_page, button):
    page = open_page("forward.html")
    page.locator("[data-input='W2[1]']").first.fill("2")
    page.locator(button).first.press("Enter")
    expect(page.locator("[data-input='W2[1]']").first).to_be_focused()
    page.goto(page.url.partition("?")[0] + "?b2=1")
    page.locator(button).first.click()
    expect(page.locator("[data-input='x[0]']").first).to_be_focused()


def test_the_stepper_keeps_the_focus_from_the_first_step_to_the_last(open_page):
    page = open_page("forward.html")
    later = page.locator("[data-step].byhand-later")  # in the picture, too, what comes later is hidden
    page.get_by_role("button", name="Walk through").press("Enter")
    for _ in page.locator(".byhand-step").all():
        expect(page.get_by_role("button", name="Next")).to_be_focused()
        if later.count() <= 1:
            break
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(later).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Back")).to_be_focused()
    while page.get_by_role("button", name="Back").is_enabled():
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Next")).to_be_focused()


def test_controls_are_large_enough_for_a_finger(open_page, live_page):
    page = open_page(live_page, width=390, has_touch=True)
    touched = page.locator("[data-input], .byhand-view button, .byhand-notice button, .byhand-view summary")
    small = touched.evaluate_all("""(all) => all
        .filter((e) => e.getClientRects().length).map((e) => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24)""")
    assert small == []


def test_a_slider_speaks_its_value_and_tables_and_what_scrolls_have_names(open_page):
    page = open_page("gradient-check.html", width=390)
    slider = page.locator("[type=range][data-scale=log]").first
    assert slider.get_attribute("aria-valuetext") == "1e-6"
    slider.evaluate("(e) => { e.value = -3; e.dispatchEvent(new Event('input', {bubbles: true})); }")
    expect(slider).to_have_attribute("aria-valuetext", "0.001")
    tables = page.locator(".byhand-table")
    assert page.get_by_role("table", name=re.compile(".")).and_(tables).count() == tables.count() == 4
    page.goto(page.url.replace("gradient-check", "downhill"))
    page.get_by_text("The same as a table").first.click()
    names = page.locator(".byhand-scroll").evaluate_all("""(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1)
        .map((e) => [e.tabIndex, e.getAttribute("role"), e.getAttribute("aria-label")])""")
    assert names and all(place == 0 and role == "group" and name for place, role, name in names)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".byhand-scroll[tabindex]")).to_have_count(0)


def test_a_lit_row_is_told_by_a_sign_that_is_spoken(open_page):
    page = open_page("bug-lab.html", forced_colors="active")
    rows = page.locator(".byhand-lit")
    signs = rows.get_by_role("img", name="slips through")
    expect(signs.first).to_be_visible()
    assert page.get_by_role("img", name="slips through").count() == signs.count() > 0
    assert rows.first.locator("td").first.evaluate("(e) => getComputedStyle(e).borderBottomStyle") == "solid"


def test_trails_are_told_apart_without_colours(open_page):
    page = open_page("forward.html", forced_colors="active")
    page.locator('.byhand-value [data-cell="a1[0]"]').first.hover()
    looks = [page.locator(f".byhand-value .byhand-{one}, .byhand-stage .byhand-{one}").first
             .evaluate("(e) => getComputedStyle(e).outlineStyle") for one in ("here", "source", "use")]
    assert looks == ["solid", "dashed", "dotted"]
