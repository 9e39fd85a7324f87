"""Wrong backward passes, each the right one with one line changed, and what three checks make of them.

The wrong lines are bugs that people really write. Nothing here is to be copied.

The functions of BUG_LABORATORY are traced in order, after those of the check: what one makes, the next takes by name.

bug       the place in BUGS of the bug on show; one more for none
seed      of the hunt: it says which bug is hidden
guess     the place of the bug that the reader suspects; one more for none yet
tries     how many guesses there were
"""

import numpy as np
from markupsafe import Markup

from byhand import Mistake, one_of, whole
from check import (
    PARAMETERS,
    RIGHT,
    SAFETY,
    STEP,
    UNIT,
    WRONG,
    in_a_row,
    judge,
    limits,
    numeric_gradient,
    roundings,
    stable_loss_of,
    tells,
)
from example import BOOK, generic, sigmoid, symbols

RATE = 0.5        # η of the one step after which the loss is looked at
TOLERANCE = 1e-5  # beside which two gradients count as different, where numbers are well-behaved
NO, YES, NOT_TOLD = range(3)
ERRORS = ["d2", "d1[0]", "d1[1]"]
GRADIENTS = slice(3, 12)  # where they stand in a row of errors and gradients
DW2 = slice(6, 8)         # where dW2 stands among the gradients


def backward(x, y, W1, b1, W2, b2):
    """The right backward pass of 20.3."""
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    yhat = sigmoid(W2 @ a1 + b2)
    d2 = yhat - y
    dW2 = d2 * a1
    db2 = d2
    d1 = W2 * d2 * a1 * (1 - a1)
    dW1 = np.outer(d1, x)
    db1 = d1
    return d2, d1, dW1, db1, dW2, db2


class Bug(Mistake):
    """A planted bug: what it is, the right line, the wrong line, and what gives it away."""

    def backward(self):
        """The backward pass with the wrong line in the place of the right one."""
        return self.of(backward)


BUGS = [
    Bug("extra σ′ at the output", "d2 = yhat - y", "d2 = (yhat - y) * yhat * (1 - yhat)",
        "Every gradient is too small by one and the same factor, the slope of the output's sigmoid."),
    Bug("sign of the output error", "d2 = yhat - y", "d2 = y - yhat",
        "Every gradient has the wrong sign, and the loss rises after a step."),
    Bug("factor 2 kept from squared error", "d2 = yhat - y", "d2 = 2 * (yhat - y)",
        "Every gradient is exactly twice what it should be."),
    Bug("dW2 uses z1 instead of a1", "dW2 = d2 * a1", "dW2 = d2 * z1",
        "Only the gradient of W⁽²⁾ is wrong: it is the error times the sum, not the activation."),
    Bug("already updated W2 used for the hidden δ", "d1 = W2 * d2 * a1 * (1 - a1)",
        f"d1 = (W2 - {RATE} * dW2) * d2 * a1 * (1 - a1)",
        "The second layer is right, the first is off by little: by what one step changes W⁽²⁾."),
    Bug("σ′ applied to a (double sigmoid)", "d1 = W2 * d2 * a1 * (1 - a1)",
        "d1 = W2 * d2 * sigmoid(a1) * (1 - sigmoid(a1))",
        "The first layer is off by a factor near 1: the slope was taken at the activation, not at the sum."),
    Bug("hidden σ′ forgotten", "d1 = W2 * d2 * a1 * (1 - a1)", "d1 = W2 * d2",
        "The first layer is at least four times too large: a sigmoid's slope is at most a quarter."),
    Bug("σ′ = 1 − a", "d1 = W2 * d2 * a1 * (1 - a1)", "d1 = W2 * d2 * (1 - a1)",
        "The first layer is too large by 1/a, a different factor for each hidden unit."),
    Bug("hidden deltas swapped", "d1 = W2 * d2 * a1 * (1 - a1)", "d1 = (W2 * d2 * a1 * (1 - a1))[::-1]",
        "The right numbers stand in the wrong rows: unit 1 has the gradient of unit 2."),
    Bug("outer product transposed", "dW1 = np.outer(d1, x)", "dW1 = np.outer(x, d1)",
        "The biases are right, and the gradient of W⁽¹⁾ is right but for its two corners, which are exchanged."),
    Bug("bias gradient × bias value", "db1 = d1", "db1 = d1 * b1",
        "Only the hidden biases are wrong: their gradient is the error times the bias."),
    Bug("bias gradient dropped", "db1 = d1", "db1 = 0 * d1",
        "Only the hidden biases are wrong: their gradient is zero."),
    Bug("second input column ignored", "dW1 = np.outer(d1, x)", "dW1 = np.outer(d1, x * np.array([1.0, 0.0]))",
        "Only the second column of the gradient of W⁽¹⁾ is wrong: it is zero."),
]

WRONG_PROGRAMS = [bug.backward() for bug in BUGS]
NAMES = [bug.name for bug in BUGS]


def errors_and_gradients(d2, d1, *gradients):
    """What a backward pass gives, in one row: the errors d2 and d1, then the nine gradients: (12,)."""
    return np.concatenate([np.reshape(d2, 1), d1, in_a_row(*gradients)])


def right_pass(x, y, W1, b1, W2, b2):
    """What the right backward pass gives: (12,)."""
    return errors_and_gradients(*backward(x, y, W1, b1, W2, b2))


def wrong_passes(x, y, W1, b1, W2, b2):
    """What each bug makes of the three errors and the nine gradients: (13, 12)."""
    return np.stack([errors_and_gradients(*program(x, y, W1, b1, W2, b2)) for program in WRONG_PROGRAMS])


def all_passes(x, y, W1, b1, W2, b2):
    """The same, and the right pass as the last: (14, 12)."""
    return np.concatenate([wrong_passes(x, y, W1, b1, W2, b2), right_pass(x, y, W1, b1, W2, b2)[None]])


def wrong_gradients(x, y, W1, b1, W2, b2):
    """What each bug makes of the nine gradients: (13, 9)."""
    return wrong_passes(x, y, W1, b1, W2, b2)[:, GRADIENTS]


def all_gradients(x, y, W1, b1, W2, b2):
    """The same, and the right gradients as the last: (14, 9)."""
    return all_passes(x, y, W1, b1, W2, b2)[:, GRADIENTS]


def caught_by(wrong, numeric, columns=slice(None)):
    """Whether a check of some of the nine parameters, with a fixed tolerance, sees each bug: (13,)."""
    return np.max(np.abs(wrong - numeric)[:, columns], axis=1) > TOLERANCE


def verdicts(gradients, x, y, W1, b1, W2, b2):
    """What two checks say of each row of `gradients`, RIGHT, CANNOT_TELL or WRONG: of dW2 alone, and of all nine."""
    point = (x, y, W1, b1, W2, b2)
    numeric, right = numeric_gradient(*point), right_pass(*point)[GRADIENTS]
    limit, _ = limits(roundings(*point)[0], point, right, STEP)
    excess = np.abs(gradients - numeric) / limit
    fine = tells(numeric, right, limit)
    return [judge(np.max(excess[:, columns], axis=1), np.all(fine[columns])) for columns in (DW2, slice(None))]


def loss_at(x, y, W1, b1, W2, b2):
    """The loss, from z2."""
    return stable_loss_of(in_a_row(W1, b1, W2, b2), x, y)


def losses_after_a_step(gradients, x, y, W1, b1, W2, b2):
    """The loss, from z2, after one step down each row of `gradients`."""
    p = in_a_row(W1, b1, W2, b2)
    return np.stack([stable_loss_of(p - RATE * step, x, y) for step in gradients])


def falls_after_a_step(gradients, x, y, W1, b1, W2, b2):
    """Whether the loss is smaller after one step down each row of `gradients`."""
    return losses_after_a_step(gradients, x, y, W1, b1, W2, b2) < loss_at(x, y, W1, b1, W2, b2)


def judge_fall(before, after, x, W1, b1, W2, b2):
    """YES, NO, or NOT_TOLD where rounding alone may have made the difference."""
    size = 1 + np.abs(W2) @ (1 + np.abs(W1) @ np.abs(x) + np.abs(b1)) + np.abs(b2)
    change = (after - before) / (SAFETY * UNIT * size * (after + before))
    return np.where(np.isnan(0 * change), NOT_TOLD, np.where(change < -1, YES, np.where(change > 1, NO, NOT_TOLD)))


HUNTED = all_gradients(**generic)  # (14, 9): the right ones are the last


def at_your_point(x, y, W1, b1, W2, b2):
    """What each program makes of the errors and gradients, and the checks of them; the right program is the last."""
    point = x, y, W1, b1, W2, b2
    right = right_pass(*point)                                   # (12,)
    caught_dW2, caught_full = verdicts(all_gradients(*point), *point)  # (14,) each
    before = loss_at(*point)
    after = losses_after_a_step(all_gradients(*point), *point)   # (14,)
    falls = judge_fall(before, after, x, W1, b1, W2, b2)         # (14,)
    dW2_caught, full_caught = np.sum(caught_dW2[:-1] == WRONG), np.sum(caught_full[:-1] == WRONG)
    fallen = np.sum(falls[:-1] == YES)
    return falls


def at_the_books_point():
    """The same of the wrong programs, at the book's own numbers."""
    rate = np.float64(RATE)                                      # η, for the sentences
    book_wrong = wrong_gradients(**BOOK)
    book_dW2, book_full = verdicts(book_wrong, **BOOK)           # (13,) each
    book_before, book_after = loss_at(**BOOK), losses_after_a_step(book_wrong, **BOOK)
    book_falls = judge_fall(book_before, book_after, *(BOOK[name] for name in ("x", "W1", "b1", "W2", "b2")))
    book_dW2_caught, book_full_caught = np.sum(book_dW2 == WRONG), np.sum(book_full == WRONG)
    book_fallen = np.sum(book_falls == YES)
    book_caught = np.sum(book_dW2 == WRONG)                      # by the check of dW2 alone
    return book_caught


def at_the_generic_point(book_full):
    """What the full check says there, and which bugs it catches that slip through at the book's point."""
    generic_full = verdicts(HUNTED, **generic)[1]                # (14,)
    generic_caught = np.sum(generic_full[:-1] == WRONG)
    slips_through = (generic_full[:-1] == WRONG) & (book_full == RIGHT)
    return slips_through


def on_show(x, y, W1, b1, W2, b2, bug, right, caught_dW2, caught_full, generic_full, falls, after):
    """One program: its errors and gradients, and what the checks say of it."""
    shown = all_passes(x, y, W1, b1, W2, b2)[bug]                # (12,)
    differs = np.abs(shown - right) > 1e-9 * np.maximum(np.abs(shown), np.abs(right))
    passed = np.where(bug == len(BUGS), 3.0, 0.0)                # the right code passes what a bug slips through
    shown_dW2, shown_full = caught_dW2[bug] + passed, caught_full[bug] + passed
    shown_generic = np.take(generic_full, bug) + passed
    shown_falls, shown_after = falls[bug], after[bug]
    return shown


def hunt(seed, guess, tries):
    """The symptoms of a hidden bug at the generic point, and whether the guess is right."""
    hidden = seed % len(BUGS)
    numeric_there = numeric_gradient(**generic)                  # (9,)
    symptoms = np.take(HUNTED, hidden, axis=0)                   # (9,)
    suspected = np.take(HUNTED, guess, axis=0)                   # (9,)
    ill = np.abs(symptoms - numeric_there) > TOLERANCE           # (9,)
    answer = np.where(guess >= len(BUGS), 0.0, np.where(guess == hidden, 2 + hidden, 1.0))
    return answer


BUG_LABORATORY = [at_your_point, at_the_books_point, at_the_generic_point, on_show, hunt]
BUG_DOMAINS = {"bug": one_of([*NAMES, "none: the right code"]), "guess": one_of([*NAMES, "I do not know yet"]),
               "seed": whole(0, 9999), "tries": whole(0, 9999)}


def of_each(name, texts):
    """The column of a table that says which of `texts` holds for each bug."""
    return [(f"{name}[{i}]", texts) for i in range(len(BUGS))]


def as_code(line):
    return Markup("<code>{}</code>").format(line)


SEEN, FELL = ("missed", "cannot be told here", "caught"), ("no", "yes", "cannot be told here")
STANDS = (*SEEN, "passes", "cannot be told here", "fails")  # the last three for the right code
MARKS = {"missed": "bad", "cannot be told here": "unsure", "caught": "good", "no": "rose", "yes": "fell"}
AT_THE_BOOKS_POINT = {
    "heads": NAMES, "lit": "slips_through", "marks": MARKS,
    "totals": {f"of {len(BUGS)}": ["book_dW2_caught", "book_full_caught", "generic_caught", "book_fallen", None]},
    "dW2 check, book’s point": of_each("book_dW2", SEEN), "full check, book’s point": of_each("book_full", SEEN),
    "full check, generic point": of_each("generic_full", SEEN), "loss falls after a step": of_each("book_falls", FELL),
    "loss after it": ["book_after"],
}
AT_YOUR_POINT = {
    "heads": NAMES, "marks": MARKS, "totals": {f"of {len(BUGS)}": ["dW2_caught", "full_caught", "fallen", None]},
    "dW2 check, your point": of_each("caught_dW2", SEEN), "full check, your point": of_each("caught_full", SEEN),
    "loss falls after a step": of_each("falls", FELL), "loss after it": [f"after[{i}]" for i in range(len(BUGS))],
}
ITS_LINES = {
    "heads": ["right line", "WRONG line", "what gives it away"],
    "bug on show": [
        ("bug", [*(as_code(bug.right) for bug in BUGS), "all lines"]),
        ("bug", [*(as_code(bug.wrong) for bug in BUGS), "none"]), ("bug", [*(bug.clue for bug in BUGS), "nothing"])],
}
ITS_AMOUNTS = {
    "heads": ["dW2 check", "full check", "generic", "loss falls", "loss", "loss after"], "cards": True,
    "here": [("shown_dW2", STANDS), ("shown_full", STANDS), ("shown_generic", STANDS), ("shown_falls", FELL),
             "before", "shown_after"],
}
ITS_NUMBERS = {"heads": [*ERRORS, *PARAMETERS], "lit": "differs", "cards": True,
               "right": ["right"], "with the bug": ["shown"]}
SYMBOLS = symbols | {"full_caught": "full check", "dW2_caught": "dW2 check", "fallen": "loss falls", "before": "L",
                     "book_caught": "caught", "book_fallen": "with a lower loss"}
OF_THIRTEEN = ["full_caught", "dW2_caught", "fallen", "before"]  # what a point is to the bugs
LOOK_AT_ONE = AT_YOUR_POINT | {"pick": "bug", "details": [ITS_NUMBERS, ITS_LINES, ITS_AMOUNTS],
                             "about": ["shown", "differs"]}
SYMPTOMS = {
    "heads": PARAMETERS, "lit": "ill", "quiet": True,
    "numeric": ["numeric_there"], "from the backward pass": ["symptoms"], "with your suspect": ["suspected"],
}
ANSWERS = ["Take your time.", "No: with your suspect the last column is not what the backward pass gives.",
           *(f"Yes: {bug.name}. {bug.clue}" for bug in BUGS)]
