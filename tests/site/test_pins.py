"""Pins: a number that was tapped stays lit, and a sheet says what it was made from and what uses it."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("options", [{}, {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}])
def test_a_tap_pins_a_number_and_says_what_it_was_made_from_and_what_uses_it(open_page, options):
    page = open_page("forward.html", **options)
    number = page.locator('.byhand-value [data-cell="a1[0]"]').first
    press = number.tap if options else number.click
    press()
    sheet = page.locator("#byhand-pin")
    expect(sheet).to_contain_text("Made from z⁽¹⁾₁")
    expect(sheet).to_contain_text("Used by z⁽²⁾")
    page.get_by_role("heading", name="Forward pass").last.hover()
    assert page.locator(".byhand-source").count() > 0
    press()
    expect(sheet).to_be_hidden()
    assert page.locator(".byhand-source").count() == 0 or not options


def test_the_keyboard_pins_a_number_and_goes_along_its_trail(open_page):
    page = open_page("forward.html")
    page.locator('svg [data-handle="W1[0, 0]"]').first.focus()
    page.keyboard.press("Space")
    sheet = page.locator("#byhand-pin")
    expect(sheet).to_contain_text("Used by z⁽¹⁾₁ = 0.1")
    sheet.get_by_role("button", name=re.compile("z⁽¹⁾₁")).click()
    expect(sheet).to_contain_text("Used by a⁽¹⁾₁")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
