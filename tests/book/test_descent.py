"""The pages after 20.5 in a browser: each figure that they were promised to show, and random ones against numpy."""

import numpy as np
import pytest

from against_numpy import TYPE, agrees, by_hand, fields, settings, sigmoid
from byhand.writing.name import pick

FIGURES = {  # of CHAPTER.md, "One step, and downhill", at the book's point with η = 0.5
    "new_W1[0, 0]": "0.121989", "new_W1[0, 1]": "0.2", "new_W1[1, 0]": "0.325867", "new_W1[1, 1]": "0.4",
    "new_b1[0]": "0.021989", "new_b1[1]": "0.025867", "new_W2[0]": "0.592582", "new_W2[1]": "0.701305",
    "new_b2": "0.176354", "stable_loss": "0.434958", "new_loss": "0.339529", "squared_length": "0.208961",
    "curvature": "0.352951",
}
BY_ETA = {  # η: promised, delivered, ratio, foretold
    0.1: ("0.0209", "0.0205", "0.9824", "0.9824"), 0.5: ("0.1045", "0.0954", "0.9134", "0.9118"),
    1: ("0.2090", "0.1737", "0.8310", "0.8235"), 2: ("0.4179", "0.2858", "0.6840", "0.6470"),
    5: ("1.0448", "0.4125", "0.3948", "0.1176"), 10: ("2.0896", "0.4343", "0.2078", None),
    100: ("20.8961", "0.4350", "0.0208", None),
}


def shown(page, name):
    """The number `name` as the page shows it, with the most digits."""
    return max(page.locator(f'[data-cell="{name}"]').all_text_contents(), key=len)


def test_one_step_from_the_books_point_gives_the_published_figures(open_page):
    page = open_page("downhill.html")
    for name, text in FIGURES.items():
        assert agrees(shown(page, name), float(text), 5e-7), name
    for eta, figures in BY_ETA.items():
        page.evaluate(TYPE, {"eta": str(eta)})
        for name, figure in zip(("promised", "delivered", "ratio", "foretold"), figures):
            assert figure is None or agrees(shown(page, name), float(figure), 5e-5), (eta, name)
    assert page.complaints == []


def loss_from_sum(y, z2):
    return y * np.logaddexp(0, -z2) + (1 - y) * np.logaddexp(0, z2)


def one_step(eta, x, y, W1, b1, W2, b2):
    """The new numbers and what became of the loss, by numpy and nothing of ours."""
    now = by_hand(dict(x=x, y=y, W1=W1, b1=b1, W2=W2, b2=b2))
    new = {name: now[name] - eta * now["d" + name] for name in ("W1", "b1", "W2", "b2")}

    def loss_at(W1, b1, W2, b2):
        return loss_from_sum(y, W2 @ sigmoid(W1 @ x + b1) + b2)

    squared = sum(np.sum(now["d" + name]**2) for name in new)
    delivered = loss_at(W1, b1, W2, b2) - loss_at(**new)
    stepped = {f"new_{name}": array for name, array in new.items()}
    return stepped | {"promised": eta * squared, "delivered": delivered, "ratio": delivered / (eta * squared)}


@pytest.mark.parametrize("eta", [0.03, 0.5, 7])
def test_one_step_from_anywhere_is_numpys(open_page, eta):
    page = open_page("downhill.html")
    for arrays in settings(page, 20, seed=int(100 * eta)):
        page.evaluate(TYPE, fields(arrays) | {"eta": str(eta)})
        found = one_step(eta, **arrays)
        scale = 1e-12 / max(found["promised"], 1e-12)
        for name in ("new_W1[0, 1]", "new_b1[1]", "new_W2[0]", "new_b2", "promised", "delivered", "ratio"):
            slack = 1e-13 + (scale if name == "ratio" else 0)
            assert agrees(shown(page, name), pick(found, name), slack), (name, arrays)


@pytest.mark.parametrize("query, sentence", [
    ("?eta=0.5", "kept that part of its promise"), ("?x=0,0&W2=0,0&y=0.5", "nothing was promised"),
    ("?eta=1e-15", "rounding alone"), ("?y=0.6&eta=100", "the loss did not fall"),
])
def test_what_is_said_of_a_step_is_true(open_page, query, sentence):
    assert sentence in open_page("downhill.html" + query).locator("article").inner_text()
