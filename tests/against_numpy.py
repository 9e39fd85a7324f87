"""Whatever a page shows, held against numpy: the settings to type, the numbers to expect, and what agreeing means."""

import json
import math
import re

import numpy as np

from longhand.sheet import run

NOISE = re.compile(r"error|relative|absolute|worst|about")  # differences of nearly equal numbers: the last digits are rounding
ROUNDING = 1e-13  # 1 - h² of a saturated unit: two libraries' tanh differ by an ulp of 1

READ = "() => [...document.querySelectorAll('[data-cell]')].map((element) => [element.dataset.cell, element.textContent])"
TYPE = """(setting) => { for (const [name, text] of Object.entries(setting)) {
    const field = document.querySelector(`[data-input="${name}"]:not([type])`);
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
} }"""


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def by_hand(arrays):
    """The numbers of the network that has these inputs, by numpy and nothing of ours."""
    with np.errstate(all="ignore"):
        return arrays | (classifier if "W1" in arrays else regression)(**arrays)


def classifier(x, y, W1, b1, W2, b2):
    """The chapter's network."""
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    yhat = sigmoid(z2)
    loss = -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))
    d2 = yhat - y
    d1 = W2 * d2 * a1 * (1 - a1)
    return dict(z1=z1, a1=a1, z2=z2, yhat=yhat, loss=loss, d2=d2, dW2=d2 * a1, db2=d2, d1=d1, dW1=np.outer(d1, x), db1=d1)


def regression(x, y, V1, c1, V2, c2):
    """The network of your-own-network.md."""
    h1 = np.tanh(V1 @ x + c1)
    out = V2 @ h1 + c2
    e2 = 2 * (out - y)
    e1 = V2 * e2 * (1 - h1**2)
    return dict(h1=h1, out=out, loss=(out - y) ** 2, e2=e2, dV2=e2 * h1, dc2=e2, e1=e1, dV1=np.outer(e1, x), dc1=e1)


def book_inputs(page):
    """The inputs of the page's network, as the book has them."""
    program = sheets(page)[0]
    places = {name: program["names"][name] for name in program["inputs"]}
    return {name: np.reshape([program["cells"][cell][1] for cell in place["cells"]], place["shape"])[()]
            for name, place in places.items()}


def settings(page, count, seed=20):
    """Settings of the inputs of the page's network, with numbers as a reader would type them."""
    shapes = {name: np.shape(array) for name, array in book_inputs(page).items()}
    random = np.random.default_rng(seed)
    for _ in range(count):
        arrays = {name: np.round(random.normal(size=shape) * random.choice([0.3, 1, 3]), int(random.integers(0, 4)))
                  for name, shape in shapes.items()}
        arrays["y"] = np.float64(random.integers(0, 2))
        yield {name: array + 0.0 for name, array in arrays.items()}


def fields(arrays):
    return {f"{name}[{', '.join(map(str, index))}]" if index else name: repr(float(array[index]))
            for name, array in arrays.items() for index in np.ndindex(np.shape(array))}


def sheets(page):
    """The programs on the page, in order."""
    return [json.loads(text)["program"] for text in page.locator("script.longhand-sheet").all_text_contents()]


def values_of(programs, arrays):
    """Every number of the programs by its full name, for the given inputs; the first program that has a name counts."""
    values = {}
    for program in reversed(programs):
        instructions = list(program["cells"])
        for name, array in arrays.items():
            place = program["names"].get(name)
            if place and place["shape"] == list(np.shape(array)):
                for cell, value in zip(place["cells"], np.ravel(array)):
                    instructions[cell] = ["input", value]
        worked = run(instructions)
        for name, place in program["names"].items():
            for index, cell in zip(np.ndindex(*place["shape"]), place["cells"]):
                values[f"{name}[{', '.join(map(str, index))}]" if index else name] = worked[cell]
    return values


def agrees(text, value, slack=0.0):
    """Whether a shown number is `value` to its last shown digit."""
    if text in ("True", "False"):
        return bool(value) == (text == "True")
    if text in ("not a number", "nan"):
        return math.isnan(value)
    if text.strip("-") in ("∞", "inf"):
        return math.isinf(value) and (value < 0) == text.startswith("-")
    mantissa, _, exponent = text.partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return abs(float(text) - float(value)) <= 0.5 * 10.0 ** -decimals * (1 + 1e-6) + slack


def check(page, arrays):
    programs = sheets(page)
    expected = values_of(programs, arrays)
    for name, array in by_hand(arrays).items():
        for index in np.ndindex(np.shape(array)):
            expected[f"{name}[{', '.join(map(str, index))}]" if index else name] = np.asarray(array)[index]
    numbers = page.evaluate(READ)
    assert len(numbers) > 10
    for name, text in numbers:
        slack = 1e-4 if NOISE.search(name) else 1e-9 if "numeric" in name or "quotient" in name else ROUNDING
        assert agrees(text, expected[name], slack), f"{name} reads {text}, numpy has {expected[name]!r} at {arrays}"
        assert not re.fullmatch(r"[-−]0\.?0*", text)
