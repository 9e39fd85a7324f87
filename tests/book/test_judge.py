"""The judge of 20.4 in plain numpy: at no point whatever is the right code accused, and wrong code is caught where
that can be told.
"""

import sys

import numpy as np
import pytest

from conftest import ROOT


@pytest.fixture(scope="module")
def book():
    sys.path.insert(0, str(ROOT / "book"))
    import bugs
    import check
    yield bugs, check
    sys.path.remove(str(ROOT / "book"))


def anywhere(random):
    """A point as somebody might type it: ordinary, saturated, with zeros, tiny or huge numbers, soft targets."""
    scale = 10.0 ** random.uniform(-3, 4) if random.random() < 0.4 else random.choice([0.3, 1, 3, 10, 20, 30])

    def draw(*shape):
        numbers = random.normal(size=shape) * scale
        kind = random.random(size=shape)
        numbers = np.where(kind < 0.1, 0,
                           np.where(kind > 0.95, numbers * 10.0 ** random.uniform(-8, 8, size=shape), numbers))
        return np.round(numbers, 3)[()] if random.random() < 0.5 else numbers[()]

    y = float(random.integers(2)) if random.random() < 0.8 else random.random()
    return draw(2), y, draw(2, 2), draw(2), draw(2), draw()


def test_the_right_code_is_accused_nowhere(book):
    bugs, check = book
    random = np.random.default_rng(8)
    counts = np.zeros(3)
    with np.errstate(all="ignore"):
        for _ in range(1500):
            point = anywhere(random)
            right = bugs.right_pass(*point)[bugs.GRADIENTS]
            eps = 1e-6 if random.random() < 0.5 else 10.0 ** random.uniform(-15, 2)
            for loss, rounding in zip((check.loss_of, check.stable_loss_of), check.roundings(*point)):
                for behind, limit in zip((eps, 0), check.limits(rounding, point, right, eps)):
                    numeric = check.numeric_gradient(*point, loss, eps, behind)
                    judged = check.checked(numeric, right, limit)[-1]
                    assert (judged != check.WRONG).all(), (point, eps, behind, loss)
                    counts += np.bincount(judged.astype(int), minlength=3)
    assert counts[check.RIGHT] > counts.sum() / 3  # it does say something


def test_bugs_are_caught_where_the_quotient_can_tell(book):
    bugs, check = book
    random = np.random.default_rng(9)
    for _ in range(200):
        point = (np.round(random.uniform(0.2, 1.5, 2), 2), float(random.integers(2)),
                 np.round(random.normal(size=(2, 2)), 2),
                 np.round(random.uniform(0.1, 1, 2), 2), np.round(random.uniform(0.2, 1, 2), 2), 0.3)
        wrong = bugs.wrong_gradients(*point)
        told = bugs.verdicts(np.concatenate([wrong, bugs.right_pass(*point)[None, bugs.GRADIENTS]]), *point)[1]
        assert told[-1] == check.RIGHT
        off = np.max(np.abs(wrong - bugs.right_pass(*point)[bugs.GRADIENTS]), axis=1)
        assert (told[:-1][off > 1e-7] == check.WRONG).all()


def test_whether_a_loss_falls_is_said_only_where_extended_precision_agrees(book):
    bugs, _ = book
    random = np.random.default_rng(10)
    said = np.zeros(3)
    with np.errstate(all="ignore"):
        for _ in range(400):
            point = x, y, W1, b1, W2, b2 = anywhere(random)
            gradients = np.concatenate([bugs.wrong_gradients(*point), bugs.right_pass(*point)[None, bugs.GRADIENTS]])
            fall = bugs.judge_fall(bugs.loss_at(*point), bugs.losses_after_a_step(gradients, *point), x, W1, b1, W2, b2)
            long = [np.asarray(part, dtype=np.longdouble) for part in point]
            change = bugs.losses_after_a_step(gradients.astype(np.longdouble), *long) - bugs.loss_at(*long)
            assert (change[fall == bugs.YES] < 0).all() and (change[fall == bugs.NO] > 0).all(), point
            said += np.bincount(fall.astype(int), minlength=3)
    assert (said > 100).all()
