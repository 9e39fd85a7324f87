"""The other engine: each page loads in Firefox without a complaint, and a typed number moves every number."""

import pytest

from against_numpy import READ, TYPE, check, fields, settings
from find_browser import find_firefox
from firefox import Firefox
from formulas import check_formulas


class AsPage:
    """What `check` needs of a page, by Firefox."""

    def __init__(self, firefox):
        self.evaluate = firefox.evaluate

    def locator(self, selector):
        return Texts(self.evaluate("(selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent)",
                                   selector))


class Texts(list):
    def all_text_contents(self):
        return list(self)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    path = find_firefox()
    if not path:
        pytest.skip("there is no Firefox on this machine, and none could be installed")
    browser = Firefox(path, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


def test_a_typed_number_moves_every_number_in_firefox_too(firefox, server, live_page):
    firefox.open(f"{server}/{live_page}")
    page = AsPage(firefox)
    for arrays in settings(page, 5, seed=11):
        firefox.evaluate(TYPE, fields(arrays))
        check(page, arrays)
    assert len(firefox.evaluate(READ)) > 10
    assert firefox.complaints == []


def test_formulas_have_a_height_in_firefox(firefox, server):
    firefox.open(f"{server}/forward.html")
    firefox.evaluate("() => localStorage.setItem('byhand:everything', '1')")  # what waits for an answer has no height
    firefox.open(f"{server}/forward.html")
    heights = firefox.evaluate("""() => [...document.querySelectorAll(".byhand-stage math")]
        .filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect().height)""")
    assert min(heights) > 8


@pytest.mark.parametrize("page", ["setup", "backward", "gradient-check"])
def test_display_formulas_are_centred_and_whole_in_firefox(firefox, server, page):
    firefox.open(f"{server}/{page}.html")
    check_formulas(firefox.evaluate)
