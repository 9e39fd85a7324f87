"""The build step that makes pages light: which rules stay, what a page weighs, and that too much weight fails the build."""

import random
from types import SimpleNamespace

import pytest
import tinycss2
from light import scripts, styles, weigh

PAGE = '<html><body class="home wide" id="top"><p class="note">Bold <b>words</b></p><script>add("shown")</script></body></html>'
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
    spin, flip = ("@keyframes %s{0%%{a:b}to{a:c}}" % name for name in ("spin", "flip"))
    rule = "p{animation:spin 1s}"
    assert styles.without_idle_animations(spin + flip + rule) == spin + rule


def test_addresses_in_a_stylesheet_and_in_what_it_imports_are_taken_from_the_static_folder(tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "theme.css").write_text('@import "../basic.css"; a{b:url(../fonts/x.woff2)} c{d:url("data:x")}')
    (tmp_path / "basic.css").write_text("e{f:url(file.png)}")
    text = styles.read(tmp_path / "styles" / "theme.css", tmp_path)
    assert 'url("fonts/x.woff2")' in text and 'url("file.png")' in text and 'url("data:x")' in text


def test_a_page_loads_one_script_for_all_and_its_own_alone(tmp_path):
    asked = []
    html = "".join(f'<script src="s/{name}?v=1"></script>\n'
                   for name in ("doctools.js", "fontawesome.js", "copybutton.js", "longhand.js", "searchindex.js"))
    left = scripts.replace_tags(html, "s/", tmp_path, asked)
    assert asked == ["doctools.js", "copybutton.js"]
    assert left.split() == ["<script", "defer", 'src="s/book.js"></script>', "<script", 'src="s/longhand.js?v=1"></script>']


def build_of(tmp_path, size):
    """A book of one page that loads a stylesheet and a script of `size` bytes that do not compress."""
    page = tmp_path / "index.html"
    page.write_text('<link rel="stylesheet" href="a.css?v=2" /><script defer src="b.js"></script><script src="https://x.org/c.js"></script>')
    for name in ("a.css", "b.js"):
        (tmp_path / name).write_bytes(random.Random(name).randbytes(size))
    builder = SimpleNamespace(format="html", get_outfilename=lambda name: str(page))
    return SimpleNamespace(env=SimpleNamespace(found_docs={"index"}), builder=builder)


@pytest.mark.parametrize(("size", "warned"), [(50_000, False), (70_000, True)])
def test_a_page_above_the_goal_is_a_warning(tmp_path, monkeypatch, size, warned):
    warnings = []
    monkeypatch.setattr(weigh._log, "warning", lambda text, *values, **kinds: warnings.append(text % values))
    weigh.warn_about_heavy_pages(build_of(tmp_path, size), None)
    assert bool(warnings) == warned
    assert all("index weighs 140," in text and "b.js 70," in text for text in warnings)
