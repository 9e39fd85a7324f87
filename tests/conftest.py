"""What tests of the built book share: the site, served and from disk, and a browser that notes all it complains about."""

import functools
import http.server
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from find_browser import find_browser

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


def pytest_generate_tests(metafunc):
    """Runs a test that takes `live_page` once for each page with live numbers."""
    if "live_page" in metafunc.fixturenames:
        pages = (ROOT / "_build" / "html").glob("*.html")
        metafunc.parametrize("live_page", sorted(page.name for page in pages if "longhand-sheet" in page.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def site():
    """The folder of the built book; `make test` builds it first."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        pytest.exit("There is no built book to test: run `make book`, or `make test`, which builds it first.", 1)
    return folder


@pytest.fixture(scope="session")
def server(site):
    """The address of the site on localhost."""
    handler = functools.partial(QuietHandler, directory=site)
    with QuietServer(("localhost", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://localhost:{running.server_port}"
        running.shutdown()


class QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A page that is closed leaves requests behind: no fault of the server."""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Requests are noted by the pages that make them."""


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, server):
    """Opens a page of the book: open_page("forward.html", dark=True, width=390), or a whole address.

    Each call is a new reader, with nothing stored. The page carries three lists: `complaints` (console errors and warnings,
    uncaught errors, failed requests), `requests` (every address asked for) and `logged` (all that the console said).
    """
    contexts = []

    def open_one(address="index.html", *, width=1280, height=800, dark=False, **options):
        address = address if "://" in address else f"{server}/{address}"
        context = browser.new_context(viewport={"width": width, "height": height},
                                      color_scheme="dark" if dark else "light", **options)
        contexts.append(context)
        page = note_everything(context.new_page())
        page.goto(address, wait_until="load")
        return page

    yield open_one
    for context in contexts:
        context.close()


def note_everything(page):
    page.complaints, page.requests, page.logged = [], [], []
    page.on("console", lambda message: page.logged.append(message.text))
    page.on("console", lambda message: message.type in ("error", "warning") and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("requestfailed", lambda request: page.complaints.append(f"{request.url}: {request.failure}")
            if request.failure != "net::ERR_ABORTED" else None)  # the page was left before its icon was there
    page.on("request", lambda request: page.requests.append(request.url))
    return page
