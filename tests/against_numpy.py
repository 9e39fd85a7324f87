"""Whatever a page shows, held against numpy: the settings to type, the numbers to expect, and what agreeing means."""

import json
import math
import re

import numpy as np

from byhand.packing import unpack
from byhand.sheet import run
from byhand.undecided import CANNOT_BE_TOLD
from byhand.writing.name import elements, full
from rounding import bounds
from shown import read

# Each number on the page: the sheet it is said to be of, if any, its name, and the text.
SHOWN = """() => [...document.querySelectorAll('[data-cell]')].map((shown) =>
    [shown.closest('[data-sheet]')?.dataset.sheet ?? null, shown.dataset.cell, shown.textContent])"""
READ = "() => [...document.querySelectorAll('[data-cell]')].map((shown) => [shown.dataset.cell, shown.textContent])"
IDS = "() => [...document.querySelectorAll('script.byhand-sheet')].map(({ id }) => id)"
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
        network = regression if "V1" in arrays else classifier if "y" in arrays else two_outputs
        return arrays | network(**arrays)


def classifier(x, y, W1, b1, W2, b2):
    """The chapter's network."""
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    yhat = sigmoid(z2)
    loss = -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))
    d2 = yhat - y
    d1 = W2 * d2 * a1 * (1 - a1)
    return dict(z1=z1, a1=a1, z2=z2, yhat=yhat, loss=loss, d2=d2, dW2=d2 * a1, db2=d2, d1=d1, dW1=np.outer(d1, x),
                db1=d1)


def regression(x, y, V1, c1, V2, c2):
    """The network of your-own-network.md."""
    h1 = np.tanh(V1 @ x + c1)
    out = V2 @ h1 + c2
    e2 = 2 * (out - y)
    e1 = V2 * e2 * (1 - h1**2)
    return dict(h1=h1, out=out, loss=(out - y) ** 2, e2=e2, dV2=e2 * h1, dc2=e2, e1=e1, dV1=np.outer(e1, x), dc1=e1)


def two_outputs(i, t, W1, b1, W2, b2):
    """The network of two-outputs.md: a bias for each layer, ½ squared error."""
    h = sigmoid(W1 @ i + b1)
    o = sigmoid(W2 @ h + b2)
    d2 = (o - t) * o * (1 - o)
    back1 = np.array([W2[:, k] @ d2 for k in range(2)])
    d1 = back1 * h * (1 - h)
    return dict(h=h, o=o, E=np.sum((o - t)**2) / 2, d2=d2, dW2=np.outer(d2, h), back1=back1, d1=d1, dW1=np.outer(d1, i))


def book_inputs(page):
    """The inputs of the page's first network, as the book has them, but for choices and the length of a step: whole
    numbers, and factors, by their domain."""
    sheet = sheets(page)[0]
    program, domains = sheet["program"], sheet["domains"]
    places = {name: program["names"][name] for name in program["inputs"] if not domains[name].keys() & {"whole", "log"}}
    return {name: np.reshape([program["cells"][cell][1] for cell in place["cells"]], place["shape"])[()]
            for name, place in places.items()}


def settings(page, count, seed=20):
    """Settings of the inputs of the page's network, with numbers as a reader would type them."""
    shapes = {name: np.shape(array) for name, array in book_inputs(page).items()}
    random = np.random.default_rng(seed)
    for _ in range(count):
        arrays = {name: np.round(random.normal(size=shape) * random.choice([0.3, 1, 3]), int(random.integers(0, 4)))
                  for name, shape in shapes.items()}
        arrays |= {"y": np.float64(random.integers(0, 2))} if "y" in arrays else {}
        yield {name: array + 0.0 for name, array in arrays.items()}


EXTREME = [0.0, 1.0, -1.0, 0.7, 20.0, 40.0, -40.0, 800.0, -800.0, 1e-6, 1e-200, 1e6, 1e10, -1e160, 1e308, -1e308]


def extreme_settings(page, count, seed=5):
    """Settings with numbers at which sigmoids saturate, products underflow and sums overflow, among the page's own."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        arrays = {name: random.choice(EXTREME, np.shape(array))[()] if random.random() < 0.6 else array
                  for name, array in book_inputs(page).items()}
        yield arrays | ({"y": np.float64(random.choice([0, 0.5, 1]))} if "y" in arrays else {})


def fields(arrays):
    return {full(name, index): repr(float(array[index]))
            for name, array in arrays.items() for index in np.ndindex(np.shape(array))}


def sheets(page):
    """What the page has of each of its programs, in order."""
    found = [json.loads(text) for text in page.locator("script.byhand-sheet").all_text_contents()]
    for sheet, name in zip(found, page.evaluate(IDS)):
        sheet["id"], sheet["program"]["cells"] = name, unpack(sheet["program"]["cells"])
    return found


def values_of(program, arrays):
    """Every number of a program by its full name, for the given inputs, and how far rounding may move it."""
    values, moved = {}, {}
    instructions = list(program["cells"])
    for name, array in arrays.items():
        place = program["names"].get(name)
        if place and place["shape"] == list(np.shape(array)):
            for cell, value in zip(place["cells"], np.ravel(array)):
                instructions[cell] = ["input", value]
    worked = run(instructions)
    rounded = bounds(instructions, worked)
    for name, place in program["names"].items():
        own = dict(zip(elements(name, place["shape"]), place["cells"]))
        values |= {each: worked[cell] for each, cell in own.items()}
        moved |= {each: rounded[cell] for each, cell in own.items()}
    return values, moved


def expectations(page, arrays):
    """By sheet, what its numbers must be and how far rounding may move them; numpy's, where numpy works them out.

    The inputs are those of the first sheet and of all that share its scope; another scope keeps the book's own.
    """
    found = sheets(page)
    by_numpy = {full(name, index): np.asarray(array)[index]
                for name, array in by_hand(arrays).items() for index in np.ndindex(np.shape(array))}
    expected = {}
    for sheet in found:
        is_shared = sheet["scope"] == found[0]["scope"]
        values, moved = values_of(sheet["program"], arrays if is_shared else {})
        if is_shared:
            values |= {name: value for name, value in by_numpy.items() if name in values}
        expected[sheet["id"]] = values, moved
    return expected


def agrees(text, value, slack=0.0):
    """Whether a shown number is `value` to its last shown digit, but for `slack`."""
    if math.isinf(slack):
        return True
    if text == CANNOT_BE_TOLD:
        return value in (0, 1)  # numpy's truth is there, but rests on no number: test_undecided.py holds when
    if text in ("True", "False"):
        return slack > 0 or bool(value) == (text == "True")
    shown = read(text)
    if not math.isfinite(shown):
        return shown == value or math.isnan(shown) and math.isnan(value)
    mantissa, _, exponent = text.replace("−", "-").partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return abs(shown - float(value)) <= 0.5 * 10.0 ** -decimals * (1 + 1e-6) + slack + 4e-16 * abs(float(value))


def check(page, arrays):
    expected = expectations(page, arrays)
    numbers = [(expected[sheet] if sheet else next(each for each in expected.values() if name in each[0]), name, text)
               for sheet, name, text in page.evaluate(SHOWN)]
    assert len(numbers) > 10
    assert sum(math.isinf(moved[name]) for (_, moved), name, _ in numbers) < len(numbers) / 2
    for (values, moved), name, text in numbers:
        said = f"{name} reads {text}, numpy has {values[name]!r} at {arrays}"
        assert agrees(text, values[name], moved[name]), said
        assert not re.fullmatch(r"[-−]0\.?0*", text)
