"""The bug lab in a browser: the matrix of bugs and checks, one bug on show, and the hunt, held against plain numpy."""

import sys

import numpy as np
import pytest
from playwright.sync_api import expect

from against_numpy import agrees
from conftest import ROOT
from shown import read
from test_chapter import MATRIX
from test_check import number, pick, texts


@pytest.fixture(scope="module")
def chapter():
    """The chapter's own modules: example, bugs."""
    sys.path.insert(0, str(ROOT / "book"))
    import bugs
    import example
    yield example, bugs
    sys.path.remove(str(ROOT / "book"))


@pytest.fixture
def page(open_page):
    return open_page("bug-lab.html")


def table_with(page, heading):
    """The rows of the table that has a column called `heading`: what is seen of them, and whether they are lit."""
    table = page.locator(".byhand-table", has=page.get_by_role("columnheader", name=heading)).last
    return table.locator("> tbody > tr:not([data-details])").evaluate_all("""(rows) => rows.map((row) => [
        row.classList.contains("byhand-lit"), ...[...row.cells].map((cell) => cell.innerText.trim())])""")


def test_the_matrix_of_bugs_and_checks_is_the_textbooks(page):
    rows = table_with(page, "full check, book’s point")
    assert [row[1:6] for row in rows] == [[line[:44].strip(), *line[44:].split()]
                                          for line in MATRIX.strip().split("\n")]
    assert [lit for lit, *_ in rows] == ["missed caught yes" in line for line in MATRIX.strip().split("\n")]


def test_the_totals_at_the_foot_count_what_stands_above_them(page):
    for heading, counted in (("full check, book’s point", ["4", "12", "13", "12", ""]),
                             ("full check, your point", ["4", "12", "12", ""])):
        table = page.locator(".byhand-table", has=page.get_by_role("columnheader", name=heading)).last
        assert table.locator("> tfoot td").all_inner_texts() == counted
    page.get_by_role("button", name="generic", exact=True).first.click()
    columns = list(zip(*[row[2:5] for row in table_with(page, "full check, your point")]))
    assert table.locator("> tfoot td").all_inner_texts() == [*(
        str(sum(text in ("caught", "yes") for text in column)) for column in columns), ""]


def test_the_readers_own_point_has_its_own_matrix(page, chapter):
    example, bugs = chapter
    page.get_by_role("button", name="generic", exact=True).first.click()
    wrong, numeric = bugs.wrong_gradients(**example.generic), bugs.numeric_gradient(**example.generic)
    expected = zip(bugs.caught_by(wrong, numeric, bugs.DW2), bugs.caught_by(wrong, numeric),
                   bugs.falls_after_a_step(wrong, **example.generic))
    assert [row[2:5] for row in table_with(page, "full check, your point")] == [
        [*("caught" if caught else "missed" for caught in checks), "yes" if falls else "no"]
        for *checks, falls in expected]
    page.get_by_role("button", name="book", exact=True).first.click()
    assert page.locator(".byhand-fields .byhand-changed").count() == 0


@pytest.mark.parametrize("bug", [0, 4, 8, 11, 12, 13])
def test_a_bug_on_show_lights_exactly_what_it_makes_wrong(page, chapter, bug):
    example, bugs = chapter
    if bug < 13:
        pick(page, "bug", bug)
    else:
        page.get_by_role("button", name="Back to the right code").click()
    point = {name: getattr(example, name) for name in ("x", "y", "W1", "b1", "W2", "b2")}
    right = bugs.errors_and_gradients(*bugs.backward(**point))
    shown = right if bug == 13 else bugs.wrong_passes(**point)[bug]
    rows = table_with(page, "with the bug")
    assert [lit for lit, *_ in rows] == (np.abs(right - shown) > 1e-9).tolist()
    assert all(agrees(text, value) for (_, _, _, text), value in zip(rows, shown))
    if bug < 13:
        expect(page.get_by_text(bugs.BUGS[bug].wrong, exact=True).locator("visible=true").first).to_be_visible()
        expect(page.get_by_text(bugs.BUGS[bug].clue, exact=True).locator("visible=true").first).to_be_visible()
        page.get_by_role("button", name="Back to the right code").click()
        assert not any(lit for lit, *_ in table_with(page, "with the bug"))


def hidden_bug(seed):
    return seed % 13


def test_a_hunt_is_won_by_naming_the_bug_and_can_be_shared(page, open_page, chapter):
    example, bugs = chapter
    seeds = set()
    for _ in range(3):
        page.get_by_role("button", name="Hide another bug").click()
        link = page.evaluate("location.href")
        seeds.add(seed := int(link.partition("seed=")[2].partition("&")[0]))
    assert len(seeds) > 1
    hidden = hidden_bug(seed)
    other = open_page(link)
    assert table_with(other, "from the backward pass") == table_with(page, "from the backward pass")
    suspect(other, (hidden + 1) % 13)
    expect(other.get_by_text("No: with your suspect the last column")).to_be_visible()
    suspect(other, hidden)
    expect(other.get_by_text(f"Yes: {bugs.BUGS[hidden].name}. {bugs.BUGS[hidden].clue}")).to_be_visible()
    assert other.complaints == []


def test_a_copied_link_to_a_hunt_gives_nothing_away(open_page, chapter):
    _, bugs = chapter
    page = open_page("bug-lab.html?seed=17")
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject())")
    suspect(page, hidden_bug(17))
    page.get_by_role("button", name="Copy a link to this hunt").click()
    shown = page.get_by_label("The browser does not let this page copy")
    expect(shown).to_have_value(page.evaluate("location.href.split('?')[0]") + "?seed=17#a-hunt")
    assert page.evaluate("String(getSelection())") == shown.input_value()
    other = open_page("bug-lab.html?seed=17#a-hunt")
    assert number(other, "tries") == "0" and number(page, "tries") == "1"


def suspect(page, place):
    page.locator('select[data-input="guess"]').select_option(str(place))


def test_a_hunt_keeps_its_secret_counts_guesses_and_answers_each(page, chapter):
    _, bugs = chapter
    page.get_by_role("button", name="Hide another bug").click()
    seed = int(page.evaluate("location.href").partition("seed=")[2].partition("&")[0])
    hidden = hidden_bug(seed)
    zeros = page.locator('[data-quiet] [data-cell^="symptoms"]')
    for cell in zeros.all():
        cell.hover()
        assert page.locator(".byhand-tip:visible").count() == 0 and page.locator(".byhand-source").count() == 0
    assert number(page, "tries") == "0"
    shown = []
    for k, wrong in enumerate([each for each in range(13) if each != hidden][:3], 1):
        suspect(page, wrong)
        assert number(page, "tries") == str(k)
        expect(page.locator('select[data-input="guess"] option:checked')).to_have_text(bugs.BUGS[wrong].name)
        shown.append([row[-1] for row in table_with(page, "with your suspect")])
    assert shown[0] != shown[1] != shown[2]
    suspect(page, hidden)
    rows = table_with(page, "with your suspect")
    assert all(row[-1] == row[-2] for row in rows) and number(page, "tries") == "4"
    page.get_by_role("button", name="Hide another bug").click()
    assert number(page, "tries") == "0"


def test_the_right_code_passes_its_checks_and_lowers_the_loss(page):
    page.get_by_role("button", name="Back to the right code").click()
    assert texts(page, "shown_dW2", "shown_full", "shown_generic",
                 "shown_falls") == ["passes", "passes", "passes", "yes"]
    assert number(page, "before") == "0.435" and number(page, "shown_after") == "0.3395"


def test_each_yes_and_no_stands_beside_its_amounts(page):
    for row in table_with(page, "full check, your point"):
        before, after = read(number(page, "before")), read(row[-1])
        assert (after < before) == (row[-2] == "yes")


@pytest.mark.parametrize("query", ["?y=0&b2=14", "?b2=20.3", "?x=1000,-3000", "?y=0.5&b2=-0.6", "?b1=30,-30",
                                   "?W1=1e8,1,1,1"])
def test_the_right_code_never_fails_a_check(open_page, query):
    page = open_page("bug-lab.html" + query)
    assert page.locator('[data-choose="caught_full[13]"]').count() == 0
    page.get_by_role("button", name="Back to the right code").click()
    assert "fails" not in texts(page, "shown_dW2", "shown_full", "shown_generic")
    assert page.complaints == []


@pytest.mark.parametrize("query", ["?b2=40", "?b2=36.2&y=0.5", "?b2=800", "?b2=-800", "?b2=1e308",
                                   "?W1=1e308,-1e308,1,1&x=10,10"])
def test_where_nothing_could_be_compared_no_bug_is_said_to_be_caught_or_missed(open_page, query):
    page = open_page("bug-lab.html" + query)
    assert page.locator('[data-choose^="caught_full"]').count() == 13
    assert set(page.locator('[data-choose^="caught_"]').all_inner_texts()) == {"cannot be told here"}
    shown = [row[1:5] for row in table_with(page, "full check, book’s point")]
    # The book's point is the book's.
    assert shown == [[line[:44].strip(), *line[44:].split()[:3]] for line in MATRIX.strip().split("\n")]
    assert page.complaints == []


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=str)
def test_a_picked_row_opens_where_the_reader_looks(open_page, size):
    page = open_page("bug-lab.html", width=size[0], height=size[1])
    for bug in (12, 2, 7):
        row = page.locator(f'[type=radio][data-input="bug"][value="{bug}"]')
        row.evaluate("(radio) => radio.scrollIntoView({ block: 'center' })")
        top = row.bounding_box()["y"]
        row.check()
        assert abs(row.bounding_box()["y"] - top) <= 2
        assert page.locator("tr[data-details]").evaluate("(row) => row.previousElementSibling.rowIndex") == bug + 1


OLD_LINK = ("x=1,0&y=1&W1=0.1,0.2,0.3,0.4&b1=0,0&W2=0.5,0.7&b2=0&eps=0.001&which=2&side=0&t=0"
            "&bug=3&seed=17&guess=4&tries=2")


def test_a_link_from_before_the_bug_lab_had_its_page_leads_there_with_its_numbers(open_page):
    page = open_page(f"gradient-check.html?{OLD_LINK}#a-hunt")
    assert page.evaluate("location.hash && document.querySelector(location.hash) !== null")
    assert page.locator("[data-message]").all_inner_texts().count("") == page.locator("[data-message]").count()
    expect(page.locator('[data-input="eps"]:not([type])')).to_have_value("0.001")
    page.get_by_role("link", name="The bug lab and the hunt").click()
    page.wait_for_url("**/bug-lab.html*")
    expect(page.locator('[type=radio][data-input="bug"][value="3"]')).to_be_checked()
    expect(page.locator('select[data-input="guess"]')).to_have_value("4")
    expect(page.locator('[data-input="W2[1]"]').first).to_have_value("0.7")
    assert number(page, "tries") == "2" and "seed=17" in page.url
    assert page.locator("[data-message]").all_inner_texts().count("") == page.locator("[data-message]").count()
    assert page.complaints == []
