"""The build step that makes pages light: which rules stay, what a page weighs, that too much fails the build."""

import os
import random
import subprocess
import sys
from types import SimpleNamespace

import pytest
import tinycss2

from conftest import ROOT
from light import fonts, scripts, styles, weigh

PAGE = ('<html><body class="home wide" id="top"><p class="note">Bold <b>words</b></p><script>add("shown")</script>'
        "</body></html>")
USED = styles.Used.by([PAGE], ["element.classList.add('open')"])


def kept(css):
    return styles.keep(tinycss2.parse_stylesheet(css, True, True), USED)


@pytest.mark.parametrize(("css", "expected"), [
    (".note{a:b}", ".note{a:b}"),
    (".gone{a:b}", ""),
    (".note,.gone{a:b}", ".note{a:b}"),
    (".note .gone{a:b}", ""),
    ("#top > p.note{a:b}", "#top > p.note{a:b}"),
    ("#bottom{a:b}", ""),
    ("table{a:b}", ""),
    ("b:hover::before{a:b}", "b:hover::before{a:b}"),
    ("p:not(.gone){a:b}", "p:not(.gone){a:b}"),
    ("[data-theme=dark] p{a:b}", "[data-theme=dark] p{a:b}"),
    (".open{a:b}", ".open{a:b}"),
    (".shown{a:b}", ".shown{a:b}"),
    (".tooltip-inner{a:b}", ".tooltip-inner{a:b}"),
    ("@media print{.gone{a:b}}", ""),
    ("@media print{.note{a:b}.gone{a:b}}", "@media print{.note{a:b}}"),
    ("@font-face{font-family:X}", "@font-face{font-family:X}"),
])
def test_rules_stay_where_something_can_match_them(css, expected):
    assert kept(css) == expected


@pytest.mark.parametrize(("css", "expected"), [
    ("a{--used:1;b:var(--used)}", "a{--used:1;b:var(--used)}"),
    ("a{--idle:1;b:c}", "a{b:c}"),
    ("a{--idle:var(--chain);--chain:1}", "a{}"),
    ("""a{--idle:url("data:image/svg;x,{}");b:c}""", "a{b:c}"),
    ("a{--in-page:1}", "a{--in-page:1}"),
    (".block--idle:hover{b:c}", ".block--idle:hover{b:c}"),
])
def test_variables_stay_where_something_reads_them(css, expected):
    assert styles.without_idle_variables(css, "style='x: --in-page'") == expected


def test_animations_stay_where_a_rule_names_them():
    spin, flip = (f"@keyframes {name}{{0%{{a:b}}to{{a:c}}}}" for name in ("spin", "flip"))
    rule = "p{animation:spin 1s}"
    assert styles.without_idle_animations(spin + flip + rule) == spin + rule


def test_addresses_in_a_stylesheet_and_in_what_it_imports_are_taken_from_the_static_folder(tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "theme.css").write_text(
        '@import "../basic.css"; a{b:url(../fonts/x.woff2)} c{d:url("data:x")}', encoding="utf-8")
    (tmp_path / "basic.css").write_text("e{f:url(file.png)}", encoding="utf-8")
    text = styles.read(tmp_path / "styles" / "theme.css", tmp_path)
    assert 'url("fonts/x.woff2")' in text and 'url("file.png")' in text and 'url("data:x")' in text


def test_a_page_loads_one_script_for_all_and_its_own_alone(tmp_path):
    asked = []
    html = "".join(f'<script src="s/{name}?v=1"></script>\n'
                   for name in ("doctools.js", "fontawesome.js", "copybutton.js", "byhand.js", "searchindex.js"))
    left = scripts.replace_tags(html, "s/", tmp_path, asked, {"byhand.js"})
    assert asked == ["doctools.js", "copybutton.js"]
    assert left.split() == ["<script", "defer", 'src="s/book.js"></script>', "<script",
                            'src="s/byhand.js?v=1"></script>']


def build_of(tmp_path, size):
    """A book of one page that loads a stylesheet and a script of `size` bytes that do not compress."""
    page = tmp_path / "index.html"
    page.write_text('<link rel="stylesheet" href="a.css?v=2" /><script defer src="b.js"></script>'
                    '<script src="https://x.org/c.js"></script>', encoding="utf-8")
    for name in ("a.css", "b.js"):
        (tmp_path / name).write_bytes(random.Random(name).randbytes(size))
    builder = SimpleNamespace(format="html", name="html", get_outfilename=lambda name: str(page))
    config = SimpleNamespace(light_bytes=120_000, light_requests=15)
    return SimpleNamespace(env=SimpleNamespace(found_docs={"index"}), builder=builder, config=config)


@pytest.mark.parametrize(("size", "warned"), [(50_000, False), (70_000, True)])
def test_a_page_above_the_goal_is_a_warning(tmp_path, monkeypatch, size, warned):
    warnings = []
    monkeypatch.setattr(weigh, "minify", object())  # where it has no wheel, a heavy page is told of without a warning
    monkeypatch.setattr(weigh._log, "warning", lambda text, *values, **kinds: warnings.append(text % values))
    weigh.warn_about_heavy_pages(build_of(tmp_path, size), None)
    assert bool(warnings) == warned
    assert all("index weighs 140," in text and "b.js 70," in text for text in warnings)


BOOK = """
project = "Book"
extensions = ["sphinx_design", "sphinx_copybutton", "light"]
html_theme = "sphinx_book_theme"
html_context = {"default_mode": "auto"}
html_last_updated_fmt = None
"""


def page_number(number):
    """Every third page has tabs, which bring a script of their own; the others do not."""
    tabs = ".. tab-set::\n\n   .. tab-item:: One\n\n      A word.\n" if number % 3 == 0 else "``code``\n"
    return f"Page {number}\n=======\n\n{tabs}"


def site_of(folder, processes):
    """The files of a book that so many processes write."""
    site = folder / f"site{processes}"
    options = ["-q", "-W", "-j", str(processes), "-d", folder / f"doctrees{processes}"]
    command = [sys.executable, "-m", "sphinx", *options, folder / "source", site]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    files = [path for path in site.rglob("*") if path.is_file() and path.name != ".buildinfo"]
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def book(tmp_path):
    """The folder of a book of nine pages, enough for Sphinx to share them out."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text(BOOK, encoding="utf-8")
    names = [f"page{number}" for number in range(8)]
    for number, name in enumerate(names):
        (source / f"{name}.rst").write_text(page_number(number), encoding="utf-8")
    (source / "index.rst").write_text("Book\n====\n\n.. toctree::\n\n   " + "\n   ".join(names), encoding="utf-8")
    return tmp_path


def test_two_processes_write_the_same_bytes_as_one(book):
    one, two = site_of(book, 1), site_of(book, 2)
    assert one.keys() == two.keys() and "_static/book.css" in one
    assert [name for name in one if one[name] != two[name]] == []


def test_a_build_that_writes_one_page_leaves_the_others_what_they_need(book):
    before = site_of(book, 1)
    (book / "source" / "page1.rst").write_text(page_number(1) + "\nMore.\n", encoding="utf-8")
    after = site_of(book, 1)
    changed = {name for name in before if before[name] != after[name] and not name.startswith(("_sources", "search"))}
    assert changed == {"page1.html"}


def test_the_icons_of_a_page_are_the_same_bytes_whenever_it_is_built(site, monkeypatch):
    file = next(site.rglob("webfonts/*solid*.woff2"))
    built = []
    for time in ("1000000000", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", time)  # what the clock says, for fontTools
        built.append(fonts.shrink(file, {0xF002, 0xF0C9}))
    assert built[0] and built[0] == built[1]
