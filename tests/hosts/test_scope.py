"""Whose numbers: another author's book of two pages, whose sheets have inputs of one letter."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from conftest import serving

HEAD = """---
jupytext: {text_representation: {extension: .md, format_name: myst, format_version: 0.13}}
kernelspec: {name: python3, display_name: Python 3}
---
# A page
"""
CELL = """
```{{code-cell}} ipython3
from byhand import above, explore

def {function}(w):
    z = {formula}
    return z

{name} = explore({function}, {inputs})
{more}
{name}
```

The number of {name} is {{eval}}`{name}.say("z")`.
"""
SHARED = 'scope="lesson", digits=6, w=2'
FIRST = (HEAD + CELL.format(function="double", formula="w * 2 + 1 / 3", name="one", inputs="w=3, digits=6",
                            more='z = double(3.0); print(f"{z:.3f}")')
         + CELL.format(function="triple", formula="w * 3", name="two", inputs='w=5, domains={"w": above(0)}',
                       more='z = triple(5.0); print(f"{z:.3f}")')
         + CELL.format(function="follower", formula="w * 7", name="three", inputs="w=8", more="three.follow(one)")
         + CELL.format(function="lesson", formula="w + 1", name="four", inputs=SHARED, more=""))
SECOND = (HEAD + CELL.format(function="double", formula="w * 4", name="one", inputs="w=4", more="")
          + CELL.format(function="lesson", formula="w + 2", name="four", inputs=SHARED, more=""))
CONF = 'extensions = ["myst_nb", "byhand.sphinx_ext"]\nnb_execution_mode = "inline"\nnb_eval_name_regex = "^.*$"\n'


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The built book, served."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text(FIRST + "\n```{toctree}\nsecond\n```\n", encoding="utf-8")
    (folder / "second.md").write_text(SECOND, encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "sphinx", "-W", "-q", folder, folder / "site"], capture_output=True,
                          text=True)
    assert done.returncode == 0, done.stderr
    with serving(folder / "site") as address:
        yield address


def errors(page):
    return [each for each in page.complaints if "404" not in each]  # the icon that this book has not


def fields(page):
    own = page.locator('[data-input="w"]:not([data-dock] *)')
    return own.evaluate_all("(all) => all.map((field) => Number(field.value))")


def query(page):
    return page.evaluate("location.search")


def prose(page, name):
    return page.locator("p", has_text=f"The number of {name} is").locator("[data-cell]").text_content()


def put(page, place, text):
    page.locator('[data-input="w"]').nth(place).fill(text)


def test_two_inputs_of_one_letter_are_two_numbers_unless_one_follows(open_page, address):
    page = open_page(f"{address}/index.html")
    assert fields(page) == [3, 5, 3, 2]
    expect(page.locator(".byhand-notice")).to_be_hidden()
    assert page.locator(".byhand-changed").count() == 0
    put(page, 1, "7")
    assert fields(page) == [3, 7, 3, 2]
    assert [prose(page, name) for name in ("one", "two", "three", "four")] == ["6.333333", "21", "21", "3"]
    assert query(page) == "?triple-1.w=7"
    put(page, 2, "10")
    assert fields(page) == [10, 7, 10, 2]
    assert query(page) == "?w=10&triple-1.w=7"
    expect(page.locator(".byhand-notice")).to_contain_text("yours, not the author’s")
    prints = page.locator("[data-print]").all_text_contents()
    assert prints == ["20.333", "21.000"]
    page.locator('[data-input="w"]').nth(1).hover()  # lights the second sheet only
    assert page.locator("[data-input].byhand-here").count() == 1
    page.locator(".byhand-tools [data-reset]").nth(1).click()
    assert fields(page) == [10, 5, 10, 2] and query(page) == "?w=10"
    page.locator(".byhand-notice [data-reset]").click()
    assert fields(page) == [3, 5, 3, 2] and query(page) == ""
    expect(page.locator(".byhand-notice")).to_be_hidden()
    assert errors(page) == []


def test_pages_share_numbers_only_where_the_author_gave_one_name(open_page, address):
    page = open_page(f"{address}/index.html")
    put(page, 0, "11")
    put(page, 3, "12")
    page.goto(f"{address}/second.html")
    assert fields(page) == [4, 12] and query(page) == "?lesson.w=12"
    page.locator('[data-input="w"]').first.press("ArrowUp")
    page.locator('[data-input="w"]').first.press("ArrowDown")
    page.goto(f"{address}/index.html")
    assert fields(page) == [11, 5, 11, 12]
    page.reload()
    assert fields(page) == [11, 5, 11, 12]


def test_a_links_numbers_do_not_take_the_place_of_the_readers_own(open_page, address):
    page = open_page(f"{address}/index.html")
    put(page, 3, "12")
    other = page.context.new_page()
    other.goto(f"{address}/index.html?w=1&lesson.w=9")
    assert fields(other) == [1, 5, 1, 9]
    expect(other.locator(".byhand-notice")).to_contain_text("These are a link’s numbers.")
    put(other, 3, "10")
    page.reload()
    assert fields(page) == [3, 5, 3, 12]  # two tabs do not mix
    third = page.context.new_page()
    third.goto(f"{address}/second.html")
    assert fields(third) == [4, 12]
    other.get_by_role("button", name="Back to mine").click()
    assert fields(other) == [1, 5, 1, 12]
    expect(other.get_by_role("button", name="Back to mine")).to_be_hidden()


@pytest.mark.parametrize("search, words, now", [
    ("?w=1&triple-1.w=-5", "“-5” is not a number greater than 0", [1, 5, 1, 2]),
    ("?z=1&lesson.w=9", "“z”, which is no input", [3, 5, 3, 9]),
    ("?W=1", "“W”, which is no input", [3, 5, 3, 2]), ("?lesson.w=1,2&w=4", "has 2 of the 1", [4, 5, 4, 2]),
])
def test_what_is_good_in_a_damaged_link_is_taken_and_the_rest_is_told_of(open_page, address, search, words, now):
    page = open_page(f"{address}/index.html{search}")
    assert fields(page) == now
    assert words in " ".join(page.locator(".byhand-message").all_text_contents())
    assert errors(page) == []


def test_the_address_and_the_fields_agree_after_going_back(open_page, address):
    page = open_page(f"{address}/index.html")
    put(page, 0, "6")
    page.evaluate("location.hash = 'a-page'")
    put(page, 0, "8")
    page.go_back()
    page.wait_for_function("location.search === '?w=8' && !location.hash")
    assert fields(page)[0] == 8
    page.goto(f"{address}/second.html")
    page.go_back()
    assert fields(page)[0] == 8 and query(page) == "?w=8"


def test_an_address_that_cannot_be_written_loses_nothing(open_page, address):
    page = open_page(f"{address}/index.html")
    page.evaluate("""() => {
        window.given = history.replaceState;
        history.replaceState = () => { throw new DOMException("quota"); };
    }""")
    put(page, 0, "6")
    page.evaluate("() => { history.replaceState = window.given; }")
    page.wait_for_function("location.search === '?w=6'")
    page.goto(f"{address}/index.html")
    assert fields(page)[0] == 6 and errors(page) == []
