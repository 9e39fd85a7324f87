"""“Your turn” in a browser: a reader with a pencil makes a mistake, and is told so at the line where it happened."""

import numpy as np
import pytest

from against_numpy import by_hand
from byhand.writing.name import full

RATE = 0.5
ANSWER = """(answers) => { for (const [name, text] of answers) {
    const field = document.querySelector(`[data-answer="${name}"]`);
    field.value = text;
    field.dispatchEvent(new Event('change', {bubbles: true}));
} }"""
MARKS = """() => [...document.querySelectorAll('[data-mark-of]')].map(({ dataset }) =>
    [dataset.markOf, dataset.mark, dataset.mistake ?? ''])"""
GIVEN = """() => [...document.querySelectorAll('[data-problem] .byhand-given [data-cell]')].map((each) =>
    [each.dataset.cell, Number(each.textContent.replace('−', '-'))])"""


def given(page):
    """The numbers of the problem on the page, as a reader sees them."""
    arrays = {"x": np.zeros(2), "y": np.zeros(()), "W1": np.zeros((2, 2)), "b1": np.zeros(2), "W2": np.zeros(2),
              "b2": np.zeros(())}
    seen = dict(page.evaluate(GIVEN))
    for name, array in arrays.items():
        for index in np.ndindex(array.shape):
            array[index] = seen[full(name, index)]
    return {name: array[()] for name, array in arrays.items()}


def by_pencil(point, slope=lambda a: a * (1 - a), squared=False):
    """What a reader writes who rounds every line to 4 decimals, name -> array."""
    def rounded(value):
        return np.round(value, 4)

    x, y = point["x"], point["y"]
    z1 = rounded(point["W1"] @ x + point["b1"])
    a1 = rounded(1 / (1 + np.exp(-z1)))
    z2 = rounded(point["W2"] @ a1 + point["b2"])
    yhat = rounded(1 / (1 + np.exp(-z2)))
    loss = rounded((yhat - y) ** 2 / 2 if squared else -np.log(yhat if y else 1 - yhat))
    d2 = rounded((yhat - y) * yhat * (1 - yhat) if squared else yhat - y)
    dW2, back1, slope1 = rounded(d2 * a1), rounded(point["W2"] * d2), rounded(slope(a1))
    d1 = rounded(back1 * slope1)
    dW1 = rounded(np.outer(d1, x))
    return dict(z1=z1, a1=a1, z2=z2, yhat=yhat, loss=loss, d2=d2, dW2=dW2, db2=d2, back1=back1, slope1=slope1, d1=d1,
                dW1=dW1, db1=d1, new_b2=rounded(point["b2"] - RATE * d2), new_W2=rounded(point["W2"] - RATE * dW2),
                new_b1=rounded(point["b1"] - RATE * d1), new_W1=rounded(point["W1"] - RATE * dW1))


def written(arrays):
    return [[full(name, index), str(np.asarray(array)[index])]
            for name, array in arrays.items() for index in np.ndindex(np.shape(array))]


def marks(page):
    return {name: (mark, mistake) for name, mark, mistake in page.evaluate(MARKS)}


def test_a_mistake_made_with_a_pencil_and_carried_through_is_named_once_where_it_happened(open_page):
    page = open_page("your-turn.html")
    for name, text in written(by_pencil(given(page), lambda a: 1 - a)):
        page.locator(f'[data-answer="{name}"]').fill(text)
        page.keyboard.press("Tab")
    found = marks(page)
    named = {name for name, (mark, _) in found.items() if mark == "mistake"}
    assert named == {"slope1[0]", "slope1[1]"}
    assert all(found[name][1] == "σ′ = 1 − a" for name in named)
    after = {name for name, (mark, _) in found.items() if mark == "carried"}
    assert {"d1[0]", "d1[1]", "db1[0]"} <= after
    assert set(found) - named - after == {name for name, (mark, _) in found.items() if mark == "right"}
    said = [text for text in page.locator("[data-says-of]").all_inner_texts() if "σ′ = 1 − a" in text]
    assert len(said) == 1 and "slope1 = 1 - a1" in said[0]
    assert page.locator("[data-summary] a").all_inner_texts() == ["Read again: 20.3 Backward pass"]
    assert page.complaints == []


@pytest.mark.parametrize("seed", [2, 17, 12345])
def test_the_address_is_the_problem_and_its_right_answers_are_right_in_every_order(open_page, seed):
    page = open_page(f"your-turn.html?seed={seed}&level=5")
    point = given(page)
    assert {abs(number) for array in point.values() for number in np.ravel(array)} <= {k / 10 for k in range(11)}
    answers = written(by_pencil(point))
    slipped = [[name, "0.35" if name == "z2" else text] for name, text in answers]
    page.evaluate(ANSWER, answers)
    assert set(marks(page).values()) == {("right", "")}
    orders = [slipped, slipped[::-1], [slipped[i] for i in np.random.default_rng(seed).permutation(len(slipped))]]
    results = []
    for order in orders:
        page.evaluate(ANSWER, [[name, ""] for name, _ in answers])
        assert set(marks(page).values()) == {("empty", "")}
        page.evaluate(ANSWER, order)
        results.append(marks(page))
    assert results[0] == results[1] == results[2]
    right = by_hand(point)
    assert abs(float(dict(answers)["loss"]) - right["loss"]) < 5e-4
    assert page.complaints == []


def test_with_squared_error_its_own_numbers_are_right_and_cross_entropys_error_is_named(open_page):
    page = open_page("your-turn.html?seed=17&level=5")
    page.locator("[data-variant='1']").click()
    page.wait_for_url("**/your-turn.html?seed=17&level=5&squared=1*")
    answers = written(by_pencil(given(page), squared=True))
    page.evaluate(ANSWER, answers)
    assert set(marks(page).values()) == {("right", "")}
    page.evaluate(ANSWER, written({"d2": by_pencil(given(page))["d2"]}))
    assert marks(page)["d2"] == ("mistake", "output σ′ forgotten")
    page.locator('[data-hint-of="loss"]').click()
    assert "ln" not in page.locator('[data-hints-of="loss"]').inner_text()
    page.evaluate(ANSWER, [["z2", "0.3456"]])
    assert page.evaluate("getComputedStyle(document.querySelector('[data-mark-of=z2]'), '::before').content") == '"?"'
    assert page.locator("[data-another]").get_attribute("href").startswith("?seed=18&level=5&squared=1")
    page.reload()
    assert marks(page)["d2"] == ("mistake", "output σ′ forgotten")
    assert page.complaints == []


@pytest.mark.parametrize("query, sentence", [
    ("?squared=7", "squared = “7” is not a whole number from 0 to 1"),
    ("?seed=17&level=9", "its level is not a whole number from 1 to 6"),
    ("?seed=many", "its seed is not a whole number"),
])
def test_a_link_to_no_problem_is_told_of_and_opens_one(open_page, query, sentence):
    page = open_page(f"your-turn.html{query}")
    assert sentence in page.locator("[data-fields] [data-message]").inner_text()
    answers = written(by_pencil(given(page)))
    page.evaluate(ANSWER, answers)
    assert set(marks(page).values()) == {("right", "")}
