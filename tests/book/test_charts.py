"""The charts of 20.4 as a reader sees them: what is named, and that names lie on nothing, in a browser's letters."""

import pytest

LABELS = ["loss", "tangent: analytic slope", "secant: the quotient's slope", "central", "forward", "central, float32",
          "slope 1", "slope 2", "rounding, slope −1", "ε", "best central", "best forward"]
COVERED = """() => [...document.querySelectorAll("[data-chart]")].flatMap((svg) => {
    const parts = [...svg.querySelectorAll("[data-part^=curve], [data-part^=mark]")]
        .filter((part) => part.style.display !== "none");
    const named = parts.flatMap((part) => [...part.querySelectorAll("text")]);
    const boxes = named.map((text) => [text.textContent, text.getBBox()]);
    const lines = parts.flatMap((part) => [...part.querySelectorAll("path")]).flatMap((path) => {
        const length = path.getTotalLength();
        return Array.from({ length: 1500 }, (_, i) => path.getPointAtLength(length * i / 1499));
    });
    const [left, top, width, height] = JSON.parse(svg.dataset.chart).box;
    return boxes.flatMap(([label, { x, y, width: wide, height: high }], i) => {
        const covers = (at) => at.x > x && at.x < x + wide && at.y > y + 2 && at.y < y + high - 2;
        const meets = ([, b]) => b.x < x + wide && b.x + b.width > x && b.y < y + high - 3 && b.y + b.height - 3 > y;
        const isOut = x < left - 3 || x + wide > left + width + 3 || y < top - 3 || y + high > top + height + 3;
        return [...(lines.some(covers) ? [`${label} lies on a line`] : []),
            ...(isOut ? [`${label} leaves the box`] : []),
            ...boxes.slice(i + 1).filter(meets).map(([other]) => `${label} lies on ${other}`)];
    });
})"""


def drawn(page):
    """Waits until the charts are written: one each time when the browser has time to spare."""
    page.evaluate("""async () => {
        for (const _ of document.querySelectorAll("[data-chart]"))
            await new Promise((done) => requestIdleCallback(done));
    }""")
    page.wait_for_function("""() => [...document.querySelectorAll(":is([data-part^=curve], [data-part^=mark])")]
        .every((part) => part.style.display === "none" || [...part.querySelectorAll("path")].every((path) =>
            path.getTotalLength() > 0))""")
    return page


@pytest.mark.parametrize("options", [{}, {"width": 390}, {"java_script_enabled": False}])
def test_each_curve_and_line_has_its_name_beside_it(open_page, options):
    page = open_page("gradient-check.html", **options)
    texts = page.locator("[data-chart] :is([data-part^=curve], [data-part^=mark]) text").all_text_contents()
    assert sorted(set(texts)) == sorted(LABELS)


@pytest.mark.parametrize("width", [1280, 390])
def test_names_lie_on_no_line_and_on_no_other_name_at_the_books_values(open_page, width):
    assert drawn(open_page("gradient-check.html", width=width)).evaluate(COVERED) == []


@pytest.mark.parametrize("query", ["?eps=1e-15", "?eps=0.1", "?b2=2&eps=1e-3"])
def test_names_stay_in_their_chart_and_part_as_the_numbers_move(open_page, query):
    found = drawn(open_page("gradient-check.html" + query)).evaluate(COVERED)
    assert [sentence for sentence in found if not sentence.endswith("a line")] == []


def test_letters_can_be_read_on_a_phone(open_page):
    page = open_page("gradient-check.html", width=390)
    heights = page.evaluate("""() => [...document.querySelectorAll("[data-chart]")].map((svg) => {
        const size = parseFloat(getComputedStyle(svg.querySelector("text")).fontSize);
        return size * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    })""")
    assert len(heights) == 4 and min(heights) >= 9


def test_ticks_say_where_they_are_after_a_change(open_page):
    page = open_page("gradient-check.html")
    page.locator('[data-input="eps"]:not([type])').fill("0.01")
    page.wait_for_function("""(texts) => [...document.querySelectorAll("[data-chart]")].some((svg) => texts ===
        [...svg.querySelectorAll("[data-part^=x-tick]")].filter((tick) => tick.style.display !== "none")
            .map((tick) => tick.textContent).join())""", arg="−0.04,−0.02,0,0.02,0.04")
