"""What a shared link shows: title and words on every page; with an address, a picture."""

import html
import re
from types import SimpleNamespace

import pytest
import yaml

from conftest import ROOT


@pytest.fixture
def shared(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "extensions")
    import shared
    return shared


def facts_of(page):
    found = re.findall(r'<meta property="([^"]*)" content="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def test_every_page_says_title_and_words_and_no_picture_whose_address_nobody_knows(site, live_page):
    facts = facts_of((site / live_page).read_text(encoding="utf-8"))
    assert facts["og:title"] and len(facts["og:description"]) > 40 and facts["og:site_name"] == "Backprop by hand"
    assert "og:image" not in facts and "og:url" not in facts


def test_with_an_address_it_shows_a_picture_with_the_books_numbers(shared, tmp_path):
    config = SimpleNamespace(html_baseurl="https://book.test/", html_title="Book", project="")
    (tmp_path / "_static").mkdir()
    app = SimpleNamespace(builder=SimpleNamespace(name="html"), config=config, outdir=tmp_path)
    context = {"title": "20.2 <em>Forward</em> &amp; more",
               "metatags": '<meta content="All of it" name="description" />'}
    shared.describe(app, "forward", "page.html", context, doctree=object())
    facts = facts_of(context["metatags"])
    assert (facts["og:title"], facts["og:description"]) == ("20.2 Forward & more", "All of it")
    assert facts["og:url"] == "https://book.test/forward.html"
    shared.write_picture(app, problem=None)
    drawn = tmp_path / facts["og:image"].removeprefix("https://book.test/")
    assert drawn.read_bytes().startswith(b"\x89PNG")
    assert [shared.book_numbers()(name) for name in ("loss", "dW2[0]")] == ["0.435", "−0.1852"]


def test_the_title_page_cites_as_the_one_file_says(site):
    facts = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    page = (site / "index.html").read_text(encoding="utf-8")
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert facts["authors"][0]["name"] == config["author"] and config["author"] in page
    assert str(facts["date-released"].year) == config["copyright"] and f"{facts['date-released']:%B}" in page
