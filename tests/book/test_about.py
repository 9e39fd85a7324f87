"""Hand and eye: whatever a control is about is in view with it, after a change, without scrolling."""

import pytest

from conftest import ROOT

CONTROLLED = sorted(page.name for page in (ROOT / "_build" / "html").glob("*.html")
                    if "data-about=" in page.read_text(encoding="utf-8"))

CHANGE = """(control) => {
    control.scrollIntoView({ block: 'center' });
    const [first] = control.matches('input, button') ? [control]
        : [...control.querySelectorAll('input[type=radio]:not(:checked), input[type=range], input')];
    if (first.matches('[type=radio], button')) first.click();
    else {
        first.value = first.matches('[type=range]') ? Number(first.value) + 2 : '0.7';
        first.dispatchEvent(new Event('input', { bubbles: true }));
    }
    return [innerWidth, innerHeight];
}"""
SEEN = """(control) => {
    const isSeen = (shown) => {
        if (!shown.checkVisibility()) return false;
        const box = shown.getBoundingClientRect();
        return box.width > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    };
    const cells = [...document.querySelectorAll('[data-cell]')];
    return control.dataset.about.split(' ').map((name) =>
        [name, cells.some((shown) => shown.dataset.cell.replace(/ /g, '') === name && isSeen(shown))]);
}"""


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=str)
@pytest.mark.parametrize("name", CONTROLLED)
def test_what_a_control_is_about_is_in_view_with_it(open_page, name, size):
    page = open_page(name, width=size[0], height=size[1])
    # A known fault: on a phone fourteen suspects are longer than the window, and what they move is above them.
    controls = "[data-about]" if size[0] > 480 else "[data-about]:not([data-counts])"
    for control in page.locator(controls).all():
        control.evaluate(CHANGE)
        seen = control.evaluate(SEEN)
        assert seen[0][1], seen
        assert sum(is_seen for _, is_seen in seen) >= 0.8 * len(seen), seen
