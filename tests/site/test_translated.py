"""Numbers that others have laid hands on: translators, typesetters. They move, or the page says that they cannot."""

import numpy as np
from playwright.sync_api import expect

from against_numpy import TYPE, book_inputs, check, fields

# As Chrome's translator does, but for every text on the page, also those that it is asked to leave alone.
WRAP = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode())
        if (!texts.currentNode.parentElement.closest("script, style, textarea")) found.push(texts.currentNode);
    for (const text of found) {
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        text.replaceWith(outer);
        outer.append(inner);
        inner.append(text);
    }
}"""
# As translators do that read a sentence's HTML and write it anew, in another order.
REMAKE = """() => { for (const sentence of document.querySelectorAll("article p, article td, [data-print]")) {
    const copy = document.createElement("div");
    copy.innerHTML = sentence.innerHTML;
    sentence.replaceChildren(...(sentence.tagName === "P" ? [...copy.childNodes].reverse() : copy.childNodes));
} }"""


def test_in_a_translated_page_every_number_moves(open_page, live_page):
    page = open_page(live_page)
    arrays = book_inputs(page)
    page.evaluate(WRAP)
    for change in (1.5, -0.25):
        arrays |= {name: array + change for name, array in arrays.items() if name in ("b2", "c2")}
        page.evaluate(TYPE, fields(arrays))
        check(page, arrays)
    expect(page.locator("[data-lost]")).to_be_hidden()
    page.locator("[data-reset]").first.click()
    check(page, book_inputs(page))
    assert page.locator(".byhand-changed").count() == 0 and page.complaints == []


def test_sentences_that_were_written_anew_follow_too(open_page, live_page):
    page = open_page(live_page)
    arrays = book_inputs(page)
    page.evaluate(REMAKE)
    arrays |= {name: array + 1.5 for name, array in arrays.items() if name in ("b2", "c2")}
    page.evaluate(TYPE, fields(arrays))
    check(page, arrays)
    expect(page.locator("[data-lost]")).to_be_hidden()
    assert page.complaints == []


def test_where_numbers_were_replaced_by_plain_text_the_page_says_so(open_page):
    page = open_page("forward.html")
    page.evaluate("document.querySelectorAll('math').forEach((formula) => formula.replaceWith(formula.textContent))")
    page.locator('[data-input="b2"]').first.fill("1.5")
    expect(page.locator("[data-lost]")).to_contain_text("cannot follow")
    check(page, book_inputs(page) | {"b2": np.float64(1.5)})


def test_live_numbers_ask_translators_to_be_left_alone(open_page, live_page):
    page = open_page(live_page)
    free = "(all) => all.filter((each) => !each.closest('[translate=no]')).length"
    assert page.locator("[data-cell]").evaluate_all(free) == 0
