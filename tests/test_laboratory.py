"""20.4 in a browser: the check's numbers, the V-curve, the bug lab and the hunt, each held against plain numpy."""

import sys

import numpy as np
import pytest
from playwright.sync_api import expect

from against_numpy import agrees, book_inputs, by_hand
from conftest import ROOT
from test_chapter import MATRIX


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
    return open_page("gradient-check.html")


def pick(page, name, place):
    page.locator(f'[type=radio][data-input="{name}"][value="{place}"]').check()


def number(page, name):
    return page.locator(f'[data-cell="{name}"]').first.text_content()


def table_with(page, heading):
    """The rows of the table that has a column called `heading`: what a reader sees of them, and whether they are lit."""
    table = page.locator(".longhand-table", has=page.get_by_role("columnheader", name=heading)).first
    return table.locator("tbody tr").evaluate_all("""(rows) => rows.map((row) => [
        row.classList.contains("longhand-lit"), ...[...row.cells].map((cell) => cell.innerText.trim())])""")


def loss(arrays):
    return by_hand(arrays)["loss"]


def quotient(arrays, name, index, eps, central):
    moved = []
    for step in (eps, -eps if central else 0):
        array = np.array(arrays[name], dtype=float)
        array[index] += step
        moved.append(loss(arrays | {name: array}))
    return (moved[0] - moved[1]) / (2 * eps if central else eps)


@pytest.mark.parametrize(("which", "name", "index"), [(0, "W1", (0, 0)), (5, "b1", (1,)), (7, "W2", (1,)), (8, "b2", ())])
@pytest.mark.parametrize("eps", ["0.1", "1e-4"])
def test_the_secant_is_the_quotient_of_the_picked_parameter(page, which, name, index, eps):
    pick(page, "which", which)
    page.locator('[data-input="eps"]:not([type])').fill(eps)
    for side, central in ((0, True), (1, False)):
        pick(page, "side", side)
        expected = quotient(book_inputs(page), name, index, float(eps), central)
        assert agrees(number(page, "quotient"), expected, 1e-10)
        assert agrees(number(page, "slope"), by_hand(book_inputs(page))[f"d{name}"][index])


def test_slider_and_field_of_the_step_are_one_number(page):
    slider, field = page.locator('[type=range][data-input="eps"]'), page.locator('[data-input="eps"]:not([type])')
    field.fill("1e-3")
    expect(slider).to_have_value("-3")
    slider.press("ArrowLeft")
    assert np.isclose(float(field.input_value()), 10**-3.25, rtol=1e-3)
    field.fill("1e-6")
    field.press("ArrowUp")
    assert np.isclose(float(field.input_value()), 10**-5.75, rtol=1e-3)


@pytest.mark.parametrize("text", ["0", "-1e-3", "abc"])
def test_a_step_that_is_none_gets_a_sentence_and_the_last_good_one_stays(page, text):
    field = page.locator('[data-input="eps"]:not([type])')
    field.fill("1e-3")
    quotient = number(page, "quotient")
    field.fill(text)
    expect(page.get_by_text(f"“{text}” is not a number that can be used here. Type one greater than 0")).to_be_visible()
    assert number(page, "quotient") == quotient
    field.press("Tab")
    expect(field).to_have_value("0.001")


def test_the_best_steps_are_read_off_the_v_curve(page):
    expect(page.locator('[data-cell="about_central"]').first).to_have_text("1e-5")
    expect(page.locator('[data-cell="about_forward"]').first).to_have_text("1e-7")


def test_the_v_curves_move_with_the_numbers(page):
    curves = page.locator("[data-chart] [data-part^=curve] path")
    before = curves.evaluate_all("(paths) => paths.map((path) => path.getAttribute('d'))")
    page.locator('[data-input="b2"]').first.fill("2")
    page.wait_for_function("(before) => [...document.querySelectorAll('[data-chart] [data-part^=curve] path')]"
                           ".filter((path, i) => path.getAttribute('d') !== before[i]).length >= before.length - 2", arg=before)


def test_the_matrix_of_bugs_and_checks_is_the_textbooks(page):
    rows = table_with(page, "full check, book’s point")
    assert [row[1:] for row in rows] == [[line[:44].strip(), *line[44:].split()] for line in MATRIX.strip().split("\n")]
    assert [lit for lit, *_ in rows] == ["missed caught yes" in line for line in MATRIX.strip().split("\n")]


def test_the_readers_own_point_has_its_own_matrix(page, chapter):
    example, bugs = chapter
    page.get_by_role("button", name="Put the generic point in").click()
    wrong, numeric = bugs.wrong_gradients(**example.generic), bugs.numeric_gradient(**example.generic)
    expected = zip(bugs.caught_by(wrong, numeric, bugs.DW2), bugs.caught_by(wrong, numeric), bugs.falls_after_a_step(wrong, **example.generic))
    assert [row[2:] for row in table_with(page, "full check, your point")] == [
        [*("caught" if caught else "missed" for caught in checks), "yes" if falls else "no"] for *checks, falls in expected]
    page.get_by_role("button", name="Put the book’s point in").click()
    assert page.locator(".longhand-changed").count() == 0


@pytest.mark.parametrize("bug", [0, 4, 8, 11, 12, 13])
def test_a_bug_on_show_lights_exactly_what_it_makes_wrong(page, chapter, bug):
    example, bugs = chapter
    pick(page, "bug", bug)
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
    scramble = np.sin(seed * 12.9898) * 43758.5453
    return int(13 * (scramble % 1))


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
    pick(other, "guess", (hidden + 1) % 13)
    expect(other.get_by_text("No. Work out one lit number")).to_be_visible()
    pick(other, "guess", hidden)
    expect(other.get_by_text(f"Yes: {bugs.BUGS[hidden].name}. {bugs.BUGS[hidden].clue}")).to_be_visible()
    assert other.complaints == []


def test_where_a_number_comes_from_lights_up_in_steps_diagram_and_numpy(open_page):
    page = open_page("backward.html")
    page.locator('.longhand-value [data-cell="d1[0]"]').first.hover()
    lit = set(page.locator("[data-cell].longhand-source").evaluate_all("(marked) => marked.map((element) => element.dataset.cell)"))
    assert {"back1[0]", "slope1[0]"} <= lit
    assert page.locator("[data-line~='d1'].longhand-here").count() > 0  # the line of numpy
    users = set(page.locator("[data-cell].longhand-use").evaluate_all("(marked) => marked.map((element) => element.dataset.cell)"))
    assert {"dW1[0, 0]"} <= users
