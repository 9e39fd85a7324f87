"""Thirteen wrong backward passes, each the right one with one line changed, and what three checks make of them.

The wrong lines are bugs that people really write. Nothing here is to be copied.
"""

import inspect
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

import example
from example import generic, sigmoid
from laboratory import in_a_row, loss_of

RATE = 0.5        # of the one step after which the loss is looked at
TOLERANCE = 1e-5  # of the checks
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


def as_code(line):
    return Markup("<code>{}</code>").format(line)


@dataclass(frozen=True)
class Bug:
    """A planted bug: what it is, the right line, the wrong line, and what gives it away."""
    name: str
    right: str
    wrong: str
    clue: str

    def backward(self):
        """The backward pass with the wrong line in the place of the right one."""
        source = inspect.getsource(backward)
        if source.count(f"    {self.right}\n") != 1:
            raise ValueError(f"the right line of the bug {self.name!r} is not a line of backward()")
        made = {}
        exec(source.replace(f"    {self.right}\n", f"    {self.wrong}\n"), globals() | {"__name__": __name__}, made)
        return made["backward"]


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
    Bug("σ′ applied to a (double sigmoid)", "d1 = W2 * d2 * a1 * (1 - a1)", "d1 = W2 * d2 * sigmoid(a1) * (1 - sigmoid(a1))",
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


def numeric_gradient(x, y, W1, b1, W2, b2, eps=1e-6):
    """Central differences of the loss by all nine parameters, in one row."""
    p = in_a_row(W1, b1, W2, b2)
    numeric = np.zeros_like(p)
    for i in range(9):
        up, down = p.copy(), p.copy()
        up[i] += eps
        down[i] -= eps
        numeric[i] = (loss_of(up, x, y) - loss_of(down, x, y)) / (2 * eps)
    return numeric


def errors_and_gradients(d2, d1, *gradients):
    """What a backward pass gives, in one row: the errors d2 and d1, then the nine gradients: (12,)."""
    return np.concatenate([np.reshape(d2, 1), d1, in_a_row(*gradients)])


def wrong_passes(x, y, W1, b1, W2, b2):
    """What each bug makes of the three errors and the nine gradients: (13, 12)."""
    return np.stack([errors_and_gradients(*bug.backward()(x, y, W1, b1, W2, b2)) for bug in BUGS])


def wrong_gradients(x, y, W1, b1, W2, b2):
    """What each bug makes of the nine gradients: (13, 9)."""
    return wrong_passes(x, y, W1, b1, W2, b2)[:, GRADIENTS]


def caught_by(wrong, numeric, columns=slice(None)):
    """Whether a check of some of the nine parameters sees each bug: (13,)."""
    return np.max(np.abs(wrong - numeric)[:, columns], axis=1) > TOLERANCE


def falls_after_a_step(wrong, x, y, W1, b1, W2, b2):
    """Whether the loss is smaller after one step down each wrong gradient: (13,)."""
    p = in_a_row(W1, b1, W2, b2)
    return np.stack([loss_of(p - RATE * step, x, y) < loss_of(p, x, y) for step in wrong])


def bug_laboratory(x, y, W1, b1, W2, b2, bug, seed, guess):
    """What the bug lab and the hunt show.

    bug     the place in BUGS of the bug on show; 13 for none
    seed    of the hunt: it decides which bug is hidden
    guess   the place of the bug that the reader suspects; 13 for none yet
    """
    point = (x, y, W1, b1, W2, b2)
    right = errors_and_gradients(*backward(*point))                         # (12,)
    numeric_all = numeric_gradient(*point)                                  # (9,)
    passes = wrong_passes(*point)                                           # (13, 12)
    wrong = passes[:, GRADIENTS]                                            # (13, 9)
    caught_dW2 = caught_by(wrong, numeric_all, DW2)                         # (13,)
    caught_full = caught_by(wrong, numeric_all)                             # (13,)
    falls = falls_after_a_step(wrong, *point)                               # (13,)

    book = {name: getattr(example, name) for name in ("x", "y", "W1", "b1", "W2", "b2")}
    book_wrong, book_numeric = wrong_gradients(**book), numeric_gradient(**book)
    book_dW2, book_full = caught_by(book_wrong, book_numeric, DW2), caught_by(book_wrong, book_numeric)
    book_falls = falls_after_a_step(book_wrong, **book)
    caught_generic = caught_by(wrong_gradients(**generic), numeric_gradient(**generic))

    slips_through = caught_generic > book_full                              # (13,)

    on_show = np.where(np.arange(13) == bug, 1.0, 0.0)                      # a single 1
    shown = np.sum(on_show[:, None] * passes, axis=0) + np.where(bug > 12, 1.0, 0.0) * right  # (12,)
    differs = np.abs(shown - right) > 1e-9                                  # (12,)
    shown_dW2 = np.sum(on_show * caught_dW2)
    shown_full = np.sum(on_show * caught_full)
    shown_generic = np.sum(on_show * caught_generic)
    shown_falls = np.sum(on_show * falls)

    scramble = np.sin(seed * 12.9898) * 43758.5453
    hidden = np.floor(13 * (scramble - np.floor(scramble)))
    in_hiding = np.where(np.arange(13) == hidden, 1.0, 0.0)
    symptoms = np.sum(in_hiding[:, None] * wrong, axis=0)                   # (9,)
    ill = np.abs(symptoms - numeric_all) > TOLERANCE                        # (9,)
    symptom_dW2 = np.sum(in_hiding * caught_dW2)
    symptom_full = np.sum(in_hiding * caught_full)
    symptom_falls = np.sum(in_hiding * falls)
    answer = np.where(guess > 12, 0.0, np.where(guess == hidden, 2 + hidden, 1.0))
    return answer
