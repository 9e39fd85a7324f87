"""Anyone can use it: no violation that axe knows of, the keyboard alone, small screens, large text, paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conftest import ROOT

PAGES = sorted(path.name for path in (ROOT / "_build" / "html").glob("*.html") if path.stem not in ("genindex", "search"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page, name, dark):
    page = open_page(name, dark=dark, reduced_motion="reduce")
    if page.locator("[data-input='b2']:not([type])").count():
        page.locator("[data-input='b2']:not([type])").first.fill("0.5")  # the marks and the notice are to be seen too
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]][:4], one["nodes"][0]["failureSummary"]) for one in found] == []


@pytest.mark.parametrize("width", [320, 390, 640])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_a_small_screen_or_at_twice_the_size(open_page, name, width):
    page = open_page(name, width=width)  # 640 pixels are 1280 at 200 %
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_control_is_reached_by_the_tab_key_and_shows_its_focus(open_page):
    page = open_page("forward.html")
    controls = page.locator(".longhand-panel :is(input, button):visible")
    wanted = controls.evaluate_all("(all) => all.map((e) => e.dataset.input ?? e.textContent)")
    page.locator(".longhand-panel input").first.focus()
    reached = []
    for _ in wanted:
        reached.append(page.evaluate("document.activeElement.dataset.input ?? document.activeElement.textContent"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        page.keyboard.press("Tab")
    assert reached == wanted


def test_a_screen_reader_hears_each_fields_name_and_the_loss_after_a_change(open_page):
    page = open_page("forward.html")
    field = page.get_by_role("textbox", name="W⁽¹⁾₁₂").first
    field.fill("2")
    expect(page.locator(".longhand-announce")).to_have_text(re.compile(r"^L = 0\.\d+$"))
    assert page.locator(".longhand-announce").get_attribute("aria-live") == "polite"


def test_every_formula_of_a_step_is_mathml_that_can_be_read_aloud(open_page):
    page = open_page("forward.html")
    assert page.locator(".longhand-stage math").count() > 10
    assert page.locator(".longhand-stage math[aria-hidden]").count() == 0


def test_on_paper_there_are_no_controls_and_no_formula_is_cut(open_page):
    page = open_page("backward.html")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 at 96 dots an inch, less the margins
    expect(page.locator(".longhand-tools").first).to_be_hidden()
    expect(page.locator(".longhand-stepper").first).to_be_hidden()
    cut = page.locator(".longhand-step, .longhand-scroll").evaluate_all(
        "(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)")
    assert cut == []
    assert page.locator(".longhand-step").first.evaluate("(e) => getComputedStyle(e).breakInside") == "avoid"


def test_who_wants_less_motion_gets_none_from_us(open_page):
    page = open_page("forward.html", reduced_motion="reduce")
    moving = page.locator("[class*=longhand]").evaluate_all(
        "(all) => all.filter((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0 || getComputedStyle(e).animationName !== 'none').length")
    assert moving == 0
