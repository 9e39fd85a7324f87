"""Takes the README's picture of the built book: `make book && .venv/bin/python docs/picture.py`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from find_browser import find_browser  # noqa: E402

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=find_browser())
    page = browser.new_page(viewport={"width": 1180, "height": 900}, device_scale_factor=1.25)
    page.goto((ROOT / "_build" / "html" / "backward.html").as_uri())
    page.locator('[data-input="x[1]"]').first.fill("0.5")  # what a reader does: one number, and all else follows
    page.locator(".byhand-fields").first.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.querySelector('.byhand-fields').getBoundingClientRect().top + scrollY - 60)")
    page.wait_for_timeout(500)
    page.screenshot(path=ROOT / "docs" / "page.png")
    browser.close()
