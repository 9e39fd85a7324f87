"""Questions: none has its answer above it, each takes one, says what is right, and opens what follows."""

import pytest
from playwright.sync_api import expect

from conftest import ROOT
from shown import read

ASKING = sorted(page.name for page in (ROOT / "_build" / "html").glob("*.html")
                if "data-question=" in page.read_text(encoding="utf-8"))

ABOVE = """() => [...document.querySelectorAll("[data-question]")].flatMap((question) =>
    [...question.querySelectorAll("[data-answer]")].flatMap(({ dataset: { answer } }) =>
        [...document.querySelectorAll("[data-cell], [data-choose]")].filter((shown) =>
            (shown.dataset.cell ?? shown.dataset.choose) === answer && shown.checkVisibility()
            && shown.compareDocumentPosition(question) & Node.DOCUMENT_POSITION_FOLLOWING).map(() => answer)))"""
STILL_CLOSED = """(question) => {
    let block = question;
    while (!block.parentElement.matches("section")) block = block.parentElement;
    const next = block.nextElementSibling;
    return next !== null && !next.matches("section") && !next.checkVisibility(); }"""


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "everything shown"])
def test_no_question_has_its_answer_above_it(open_page, name, closed):
    page = open_page(name, closed=closed)
    assert page.evaluate(ABOVE) == []
    assert page.locator(".admonition-title", has_text="Predict").count() == 0


@pytest.mark.parametrize("name", ASKING)
def test_every_question_of_a_page_can_be_answered_and_opens_what_follows(open_page, name):
    page = open_page(name, closed=True)
    for question in page.locator("[data-question]").all():
        question.scroll_into_view_if_needed()  # an earlier one of its section is answered by now
        assert question.get_by_role("button", name="Show", exact=True).is_visible()
        answer_rightly(page, question)
        assert not question.evaluate(STILL_CLOSED)
        expect(question.locator("[data-told]")).to_be_visible()
    assert page.complaints == []


def answer_rightly(page, question):
    told = question.locator("[data-told]")
    for field in question.locator("input[type=text][data-answer]").all():
        value = told.locator(f'[data-cell="{field.get_attribute("data-answer")}"]').text_content()
        field.fill(value.replace(".", ","))
    if question.locator("textarea").count():
        question.locator("textarea").fill("my own words")
    if question.locator("[type=radio]").count():
        question.locator(f'[type=radio][value="{told.locator("[data-choose]").first.get_attribute("data-chosen")}"]').check()
    question.get_by_role("button", name="Check").or_(question.get_by_role("button", name="Compare")).click()
    marks = question.locator("[data-mark-of]").evaluate_all("(all) => all.map((each) => each.dataset.mark)")
    assert set(marks) == ({"unknown"} if question.locator("textarea").count() else {"right"})


def test_an_answer_is_marked_at_the_readers_own_numbers_and_by_keyboard(open_page):
    page = open_page("forward.html?W2=-0.5,0.6", closed=True)
    for question in page.locator("[data-question]").all()[:2]:
        question.get_by_role("button", name="Show", exact=True).click()
    field, mark = page.locator('[data-answer="z2"]'), page.locator('[data-mark-of="z2"]')
    for text, expected in [("0.6072", "unknown"), ("", "empty"), ("abc", "empty"), ("0,0821", "right"),
                           ("0.0825", "unknown")]:
        field.fill(text)
        assert mark.get_attribute("data-mark") == "empty"
        field.press("Enter")
        assert mark.get_attribute("data-mark") == expected
    field.fill("0.0822")
    field.press("Enter")
    expect(mark).to_have_text("Right.")
    shown = read(page.locator('[data-question="z2"] [data-cell="z2"]').text_content())
    assert abs(shown - 0.0822) <= 2e-4
    page.locator('[data-input="b2"]').first.fill("1")
    assert (mark.get_attribute("data-mark"), mark.text_content()) == (
        "empty", "Right for the numbers that were here. They have changed since.")
    page.locator('[data-input="b2"]').first.fill("0")
    expect(mark).to_have_text("Right.")
    field.fill("-0.0822")
    field.press("Enter")
    expect(mark).to_have_text("The sign is wrong.")


def test_who_only_reads_sets_it_once_for_all_pages(open_page):
    page = open_page("forward.html", closed=True)
    loss = page.locator('.byhand-value [data-cell="loss"]').first
    expect(loss).to_be_hidden()
    page.locator("[data-everything]").first.check()
    expect(loss).to_be_visible()
    page.goto(page.url.replace("forward", "backward"))
    expect(page.locator('[data-question="d2"], [data-question="sign_d2"]').locator("[data-told]")).to_be_visible()
    assert page.locator("[data-everything]").first.is_checked()


def test_a_question_that_is_shown_can_still_be_tried_and_the_focus_goes_to_what_comes(open_page):
    question = open_page("backward.html").locator("[data-question]").first
    told, reply = question.locator("[data-told]"), question.locator("[data-answer]")
    expect(reply.first).to_be_hidden()
    question.get_by_role("button", name="Try it").press("Enter")
    expect(reply.first).to_be_focused()
    expect(told).to_be_hidden()
    question.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(told).to_be_focused()
    expect(reply.first).to_be_hidden()


def test_without_scripts_everything_is_shown_and_the_answers_end_the_page(open_page):
    page = open_page("forward.html", java_script_enabled=False)
    expect(page.locator('.byhand-value [data-cell="z1[0]"]').first).to_be_visible()
    expect(page.locator("[data-question] [data-told]").first).to_be_hidden()
    expect(page.get_by_role("region", name="Answers").locator('[data-cell="z2"]')).to_have_text("0.6072")


def test_paper_has_everything_and_the_answers_at_its_end(open_page):
    page = open_page("forward.html", closed=True)
    page.emulate_media(media="print")
    expect(page.locator('.byhand-value [data-cell="z1[0]"]').first).to_be_visible()
    expect(page.locator("[data-question] [data-told]").first).to_be_hidden()
    expect(page.get_by_role("region", name="Answers").locator('[data-cell="z2"]')).to_be_visible()
