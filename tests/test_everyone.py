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
