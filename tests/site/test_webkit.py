"""Safari's engine: every page's numbers, fields dragged by mouse and finger, the arrow keys, links, pages from disk."""

from pathlib import Path

import pytest

from against_numpy import READ, TYPE, book_inputs, check, fields, settings
from conftest import QuietHandler, serving
from find_browser import find_webkit
from formulas import check_formulas
from test_firefox import AsPage
from webkit import WebKit

ARROW_UP = "\ue013"
NOTE = b"""<script>complaints = [];
for (const kind of ["error", "warn"]) console[kind] = (...words) => complaints.push(words.join(" "));
for (const kind of ["error", "unhandledrejection"])
    addEventListener(kind, (event) => complaints.push(event.message ?? event.reason));
</script>"""


class NotingHandler(QuietHandler):
    """Serves pages that note from their first line on what they complain about: WebKit's driver does not tell."""

    def do_GET(self):
        path = self.translate_path(self.path)
        if not path.endswith(".html"):
            super().do_GET()
            return
        page = Path(path).read_bytes().replace(b"<head>", b"<head>" + NOTE, 1)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="module")
def noting(site):
    with serving(site, NotingHandler) as address:
        yield address


@pytest.fixture(scope="module")
def browser_of_safari(tmp_path_factory):
    paths = find_webkit()
    if not paths:
        pytest.skip("there is no WebKit to drive here, and none could be installed: it takes Debian's packages")
    browser = WebKit(paths, tmp_path_factory.mktemp("webkit"))
    yield browser
    browser.close()


@pytest.fixture
def webkit(browser_of_safari, noting):
    """A reader with nothing stored."""
    browser_of_safari.open(f"{noting}/genindex.html")
    browser_of_safari.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    return browser_of_safari


def shown(webkit, name):
    return float(webkit.evaluate("(name) => document.querySelector(`[data-input='${name}']`).value", name))


def test_a_typed_number_moves_every_number_in_webkit_too(webkit, noting, live_page):
    webkit.open(f"{noting}/{live_page}")
    page = AsPage(webkit)
    for arrays in settings(page, 5, seed=12):
        webkit.evaluate(TYPE, fields(arrays))
        check(page, arrays)
    assert len(webkit.evaluate(READ)) > 10
    assert webkit.evaluate("() => complaints") == []


@pytest.mark.parametrize("pointer", ["mouse", "touch"])
def test_a_field_is_dragged_sideways_by_mouse_and_by_finger(webkit, noting, pointer):
    webkit.open(f"{noting}/forward.html")
    page = AsPage(webkit)
    book = book_inputs(page)
    webkit.drag("[data-input='b2']", 60, pointer)
    assert shown(webkit, "b2") == 0.5
    check(page, book | {"b2": 0.5})
    webkit.drag("[data-input='b2']", -60, pointer)
    assert shown(webkit, "b2") == 0
    assert webkit.evaluate("() => complaints") == []


def test_arrow_keys_step_in_webkit_and_the_link_brings_the_numbers_back(webkit, noting):
    webkit.open(f"{noting}/backward.html")
    page = AsPage(webkit)
    book = book_inputs(page)
    webkit.evaluate("() => { document.querySelector(`[data-input='b2']`).focus(); }")
    webkit.press(ARROW_UP)
    check(page, book | {"b2": 0.1})
    link = webkit.evaluate("() => location.href")
    assert "b2=0.1" in link
    webkit.open(f"{noting}/genindex.html")
    webkit.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    webkit.open(link)
    check(page, book | {"b2": 0.1})


def test_pages_work_from_disk_in_webkit(webkit, site):
    webkit.open((site / "forward.html").as_uri())
    page = AsPage(webkit)
    arrays = next(settings(page, 1, seed=13))
    webkit.evaluate(TYPE, fields(arrays))
    check(page, arrays)
    webkit.open((site / "backward.html").as_uri())
    check(page, arrays)


@pytest.mark.parametrize("page", ["setup", "backward", "gradient-check"])
def test_display_formulas_are_centred_and_whole_in_webkit(webkit, noting, page):
    webkit.open(f"{noting}/{page}.html")
    check_formulas(webkit.evaluate)


def test_back_to_the_books_numbers_keeps_the_focus_in_webkit(webkit, noting):
    webkit.open(f"{noting}/forward.html?b2=1")
    webkit.evaluate("() => { document.querySelector('.byhand-notice button').focus(); }")
    webkit.press("\ue007")  # Enter
    assert webkit.evaluate("() => document.activeElement.dataset.input") == "x[0]"
