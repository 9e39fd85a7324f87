"""The built site as a reader's browser sees it: its weight, its manners, and the theme's own functions."""

import gzip
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from playwright.sync_api import expect

from conftest import ROOT, serving
from light.scripts import minify

TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [f"{name}.html" for name in [TOC["root"], *(chapter["file"] for chapter in TOC["chapters"])]]
SIZES = [pytest.param(1280, id="desk"), pytest.param(390, id="phone")]

WATCH_SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; }))
    .observe({type: "layout-shift", buffered: true});"""
BOX = "(element) => { const box = element.getBoundingClientRect(); return [box.width, box.height]; }"

every_page = pytest.mark.parametrize("name", PAGES)


def sent(site, address):
    """The bytes that a server sends for `address`, compressed where that helps."""
    content = (site / unquote(urlsplit(address).path).lstrip("/")).read_bytes()
    return min(len(content), len(gzip.compress(content, 6)))


@every_page
def test_a_page_weighs_at_most_120_kb_in_at_most_15_requests(open_page, site, name):
    asked = {address for address in open_page(name).requests if not address.startswith("data:")}
    assert len(asked) <= 15
    weights = {address: sent(site, address) for address in asked}
    if minify:  # where it has no wheel, scripts stay a fifth larger: see light/weigh.py
        assert sum(weights.values()) <= 120_000, weights


@every_page
def test_a_page_asks_no_other_host_and_has_nothing_to_complain_about(open_page, server, name):
    page = open_page(name)
    page.mouse.wheel(0, 5000)
    page.wait_for_function("window.bootstrap")
    assert [address for address in page.requests if not address.startswith((server, "data:", "blob:"))] == []
    assert page.complaints == []


@every_page
def test_a_page_in_the_dark_has_nothing_to_complain_about(open_page, name):
    assert open_page(name, dark=True).complaints == []


@every_page
def test_a_page_works_from_disk(open_page, site, name):
    page = open_page((site / name).as_uri())
    assert page.complaints == []
    assert [address for address in page.requests if not address.startswith(("file:", "data:", "blob:"))] == []
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily") != ""
    expect(page.locator("html")).to_have_attribute("data-mode", "auto")  # the theme's script has run


@every_page
@pytest.mark.parametrize("width", SIZES)
def test_nothing_shifts_while_a_page_loads(browser, server, name, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(WATCH_SHIFTS)
    page.goto(f"{server}/{name}", wait_until="load")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifted = page.evaluate("window.shifted")
    page.close()
    assert shifted < 0.001


@every_page
def test_a_page_leaves_room_for_its_images_before_they_are_there(open_page, name):
    for image in open_page(name, width=320).locator("img").all():
        assert int(image.get_attribute("width")) > 0 and int(image.get_attribute("height")) > 0
        width, height = image.evaluate(BOX)
        assert abs(height / width - image.evaluate("(img) => img.naturalHeight / img.naturalWidth")) < 0.02
        assert image.get_attribute("alt") and "_images/" not in image.get_attribute("alt")


@every_page
def test_a_page_says_what_it_is_to_search_engines(site, name):
    text = (site / name).read_text(encoding="utf-8")
    assert re.search(r"<title>\s*[^<\s]", text)
    described = [tag for tag in re.findall(r"<meta [^>]*>", text) if 'name="description"' in tag]
    assert len(re.search(r'content="([^"]*)"', described[0])[1]) > 40


@every_page
def test_every_link_inside_the_book_leads_somewhere(site, name):
    text = (site / name).read_text(encoding="utf-8")
    for link in set(re.findall(r'<a\b[^>]*href="([^"]+)"', text)):
        path, _, anchor = link.partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        target = site / (path.partition("?")[0] or name)  # "?" is the page itself, at other numbers
        assert target.exists(), link
        assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), link


def test_search_finds_a_word_of_the_book(open_page, server):
    page = open_page("index.html")
    page.locator(".search-button__button").first.click()
    page.keyboard.type("sigmoid")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li").first).to_be_visible()
    assert page.complaints == []


def test_the_theme_switch_turns_the_page_dark_and_the_next_page_stays_dark(open_page, server):
    page = open_page("index.html")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator(".theme-switch-button:visible").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate(background)
    assert dark != light
    page.goto(f"{server}/{PAGES[1]}")
    assert page.evaluate(background) == dark


def test_the_sidebar_hides_and_comes_back_on_a_desk(open_page):
    page = open_page("index.html")
    sidebar, toggle = page.locator("#pst-primary-sidebar"), page.locator(".primary-toggle:visible").first
    expect(sidebar).to_be_visible()
    toggle.click()
    expect(sidebar).not_to_be_in_viewport()
    toggle.click()
    expect(sidebar).to_be_in_viewport()


def test_the_sidebar_opens_over_the_page_on_a_phone(open_page):
    page = open_page("index.html", width=390)
    page.locator(".primary-toggle:visible").first.click()
    expect(page.locator("dialog[open] .bd-docs-nav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_first_press_opens_the_download_menu_though_its_script_is_fetched_then(open_page, server):
    page = open_page("index.html")
    assert not any("bootstrap" in address for address in page.requests)
    page.locator(".dropdown-download-buttons .dropdown-toggle").evaluate("(button) => button.click()")
    page.locator(".dropdown-download-buttons .dropdown-toggle").dispatch_event("pointerdown")
    expect(page.locator(".dropdown-download-buttons .dropdown-menu")).to_be_visible()


def test_the_page_can_be_downloaded_as_its_source(open_page):
    page = open_page(PAGES[1])
    with page.context.expect_page() as opened:
        page.locator(".dropdown-download-buttons .dropdown-toggle").click()
        page.locator(".dropdown-menu .btn-download-source-button").click()
    assert "# 20.1" in opened.value.content()


def test_full_screen_is_entered(open_page):
    page = open_page("index.html")
    page.locator(".btn-fullscreen-button").click()
    page.wait_for_function("document.fullscreenElement !== null")


def test_a_code_cell_is_copied_by_its_button(open_page, server):
    page = open_page(PAGES[1])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    cell = page.locator(".cell_input:visible .highlight:has(button.copybtn)").first
    cell.hover()
    cell.locator("button.copybtn").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).length > 0")
    assert page.evaluate("navigator.clipboard.readText()").strip() == cell.locator("pre").text_content().strip()


def test_every_icon_is_drawn_by_the_icon_font(open_page):
    page = open_page(PAGES[1])
    names = page.evaluate("""() => [...document.querySelectorAll('.fas, .fa-solid')].map((icon) => {
        const sign = getComputedStyle(icon, '::before').content.replaceAll('"', '');
        return [icon.className, sign, document.fonts.check('900 16px "Font Awesome 6 Free"', sign)]; })""")
    assert names
    assert [name for name, sign, drawn in names if len(sign) != 1 or not drawn] == []


def test_formulas_are_printed_in_the_book_s_font_with_brackets_that_stretch(open_page):
    page = open_page("backward.html")
    assert page.evaluate("[...document.fonts].find((font) => font.family.includes('Book Math')).status") == "loaded"
    page.locator("article").evaluate("""(article) => article.insertAdjacentHTML('afterbegin',
        '<math display="block" id="probe"><mrow><mo>(</mo><mfrac><mi>a</mi>' +
        '<mfrac><mi>b</mi><mi>c</mi></mfrac></mfrac><mo>)</mo></mrow></math>')""")
    bracket, whole = (page.locator(f"#probe {part}").first.evaluate(BOX) for part in ("mo", "mrow"))
    assert bracket[1] >= 0.8 * whole[1]


def test_a_hyphen_in_a_formula_is_as_wide_as_a_minus(open_page):
    page = open_page("backward.html")
    page.locator("article").evaluate("""(article) => article.insertAdjacentHTML('afterbegin',
        '<math id="hyphen"><mn>-1</mn></math> <math id="minus"><mn>\u22121</mn></math>')""")
    assert page.locator("#hyphen").evaluate(BOX) == page.locator("#minus").evaluate(BOX)


@every_page
def test_a_page_without_scripts_is_complete_and_styled(open_page, name):
    page = open_page(name, java_script_enabled=False)
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator("main .prev-next-footer a").first).to_be_visible()
    assert page.locator("article").inner_text().count("\n") > 20


@pytest.mark.parametrize("dark", [False, True])
def test_without_scripts_a_page_has_the_colours_of_the_light_theme(open_page, dark):
    def colours(page):
        both = "(it) => [getComputedStyle(it).color, getComputedStyle(it).backgroundColor]"
        return [page.locator(part).first.evaluate(both)
                for part in ("article p", "article a", ".highlight pre", ".highlight .kn", ".admonition-title")]

    without = colours(open_page("backward.html", dark=dark, java_script_enabled=False))
    assert without == colours(open_page("backward.html"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no make")
def test_a_build_with_nothing_changed_succeeds_and_leaves_the_site_as_it_is(site):
    before = {path: path.read_bytes() for path in site.rglob("*.*") if path.suffix in (".html", ".css", ".js")}
    again = subprocess.run(["make", "book"], cwd=ROOT, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_the_downloaded_book_works_from_disk_and_below_a_path(open_page, site, tmp_path):
    with zipfile.ZipFile(site / "backprop-by-hand.zip") as book:
        book.extractall(tmp_path)
    folder = tmp_path / "backprop-by-hand"
    with serving(tmp_path) as below:
        for start in (folder.as_uri(), f"{below}/backprop-by-hand"):
            page = open_page(f"{start}/forward.html")
            page.locator('[data-input="b2"]').first.fill("2")
            page.get_by_role("link", name="20.3 Backward pass").first.click()
            expect(page.locator('[data-input="b2"]').first).to_have_value("2")
            assert page.locator('a[href$=".zip"]').count() == 0  # the book does not hold itself
            assert page.complaints == []
            assert all(address.startswith(start) for address in page.requests)


def test_every_page_offers_its_notebook_and_the_whole_book(open_page, server):
    page = open_page("setup.html")
    links = page.locator(".dropdown-download-buttons a").evaluate_all("(links) => links.map((link) => link.href)")
    assert f"{server}/_sources/setup.md" in links and f"{server}/backprop-by-hand.zip" in links
    assert all(page.request.get(link).ok for link in links)


def test_a_notebook_is_downloaded_with_all_that_it_needs_to_run(open_page, site, server, tmp_path):
    entries = open_page("forward.html").locator(".dropdown-download-buttons a")
    links = entries.evaluate_all("(links) => links.map((link) => link.href)")
    assert f"{server}/backprop-by-hand-notebooks.zip" in links
    with zipfile.ZipFile(site / "backprop-by-hand-notebooks.zip") as notebooks:
        notebooks.extractall(tmp_path)
    folder = tmp_path / "backprop-by-hand-notebooks"
    assert {"Makefile", "requirements.txt", "constraints.txt",
            "pyproject.toml"} <= {path.name for path in folder.iterdir()}
    code = """
import jupytext
display = print  # a notebook has it
for cell in jupytext.read("forward.md").cells:
    if cell.cell_type == "code":
        exec(cell.source, globals())
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder / "book", capture_output=True, text=True,
                         env=os.environ | {"PYTHONPATH": str(folder)})
    assert ran.returncode == 0, ran.stderr
    assert "loss = 0.435" in ran.stdout


def test_the_book_on_one_page_to_be_printed_has_every_live_number(site, tmp_path):
    built = subprocess.run([Path(sys.executable).with_name("jupyter-book"), "build", "book", "--config", "_config.yml",
                            "--toc", ROOT / "_toc.yml",
                            "--path-output", tmp_path, "--builder", "singlehtml", "-W", "-n", "--keep-going"], cwd=ROOT,
                           capture_output=True, text=True)
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    page = next(tmp_path.rglob("singlehtml/index.html")).read_text(encoding="utf-8")
    names = {name for chapter in PAGES
             for name in re.findall(r'data-cell="([^"]*)"', (site / chapter).read_text(encoding="utf-8"))}
    assert names - set(re.findall(r'data-cell="([^"]*)"', page)) == set()
