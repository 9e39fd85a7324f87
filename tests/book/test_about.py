"""Hand and eye: whatever a control is about is in view with it, after a change, without scrolling."""

from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("about.js").read_text(encoding="utf-8")
WORK = f"(given) => {{ {SCRIPT} return workPage(given); }}"
# Controls that move no number, and so are about none.
OTHERS = [
    ".copybtn", ".toggle-button",  # the theme's own: they copy a cell of code, open a box where they stand
    "[data-notice] *",             # wherever the reader is, what they see goes back
    "[data-go=list]",              # it opens a list where it stands
    "[data-pace]",                 # how fast a course plays
    "[data-level]",                # which lines of a problem are asked for
]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=str)
def test_what_a_control_is_about_is_in_view_with_it(open_page, live_page, size):
    width, height = size
    page = open_page(live_page, width=width, height=height, closed=True,
                     permissions=["clipboard-read", "clipboard-write"])
    worked = page.evaluate(WORK, {"others": ", ".join(OTHERS), "last": width < height})
    assert len(worked) > 5 and page.complaints == []
    assert {each["control"]: each["about"] for each in worked if not is_in_view(each["about"])} == {}


def is_in_view(about):
    """Whether the first of `about`, [name, whether it is seen] each, and four fifths of all are seen."""
    return bool(about) and about[0][1] and sum(is_seen for _, is_seen in about) >= 0.8 * len(about)
