"""The stepper: one step at a time, on the screen and on a projector."""

import pytest
from playwright.sync_api import expect

LIT = "() => document.querySelector('[data-work] .byhand-here')?.dataset.cell"
SHOWN = """(name) => getComputedStyle(
    document.querySelector(`[data-show] svg [data-cell="${name}"]`)).visibility"""


@pytest.fixture(params=[1280, 390])
def page(open_page, request):
    opened = open_page("forward.html", width=request.param, height=800)
    opened.locator("[data-go=start]").first.click()
    yield opened
    assert opened.complaints == []


def walked(page):
    """What the walk goes through: the steps of the first walkthrough on the page."""
    return page.locator("[data-show]:has([data-walk])").first.locator("[data-step]")


def step(page):
    return page.locator("[data-work] [data-step]").get_attribute("data-step")


def test_a_walk_moves_no_button_stays_on_the_screen_and_lights_its_step_wherever_the_pointer_is(page):
    places = []
    for place in range(walked(page).count()):
        expect(page.locator("[data-remark]").first).to_contain_text(f"Step {place + 1} of")
        box = page.locator("[data-walk]").first.bounding_box()
        places.append(page.locator("[data-go=end]").first.bounding_box()["y"])
        assert box["y"] >= 0 and box["y"] + box["height"] <= 800
        page.mouse.move(5 + place, 400)
        assert page.evaluate(LIT) == step(page)
        page.keyboard.press("ArrowRight")
    assert len(set(places)) == 1
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".byhand-later")).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".byhand-later, .byhand-now, [data-walking]")).to_have_count(0)


def test_the_picture_shows_what_has_been_worked_out_so_far_and_at_the_end_all_of_it(page):
    assert step(page) == "z1[0]"
    assert (page.evaluate(SHOWN, "z1[0]"), page.evaluate(SHOWN, "a1[0]")) == ("visible", "hidden")
    order = walked(page).evaluate_all("(all) => all.map((row) => row.dataset.step)")
    page.locator("[data-go=end]").first.click()
    assert page.evaluate(SHOWN, "a1[0]") == "visible"
    assert sorted(order) == sorted(walked(page).evaluate_all(
        "(all) => all.filter((row) => row.closest('[data-list]')).map((row) => row.dataset.step)"))


def test_full_screen_hides_each_result_until_the_key_is_pressed_and_esc_leaves_it(page):
    page.locator("[data-go=wide]").first.click()
    value = page.locator("[data-work] .byhand-value [data-cell]")
    for name in ("z1[0]", "z1[1]"):
        assert step(page) == name and page.evaluate(SHOWN, name) == "hidden"
        expect(value).to_be_hidden()
        page.keyboard.press("PageDown")
        expect(value).to_be_visible()
        assert page.evaluate(SHOWN, name) == "visible"
        page.keyboard.press("ArrowRight")
    size = page.viewport_size
    box = page.locator("[data-wide]").bounding_box()
    assert (box["width"], box["height"]) >= (size["width"] - 1, 799)
    page.keyboard.press("Escape")
    expect(page.locator("[data-wide]")).to_have_count(0)
