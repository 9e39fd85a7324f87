"""Reasons: whatever the numbers are, each thing that a reason claims is so."""

import math
import re

import numpy as np
import pytest

from byhand import trace
from byhand.writing.number import format_number
from shown import read
from test_frontend import every_operation
from test_undecided import compares

EXTREMES = [0.0, 1.0, -1.0, 0.5, 2.0, 800.0, -800.0, 40.0, 1e200, 1e-200, -1e-200, 1e308, -1e308, 5e-324, math.inf,
            math.nan]
ALL_REASONS = """(m, [sheet, settings]) => {
    const state = m.createState(sheet);
    return settings.map((inputs) => {
        state.set(inputs);
        return Object.fromEntries(Object.keys(sheet.symbols).map((name) => [name, m.reason(state, name)]));
    });
}"""


def classifier(x, y, w, v, b):
    z = x * w + b
    h = 1 / (1 + np.exp(-z))
    p = 1 / (1 + np.exp(-(h * v)))
    loss = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    e = p - y
    dv = e * h
    g = e * v * h * (1 - h)
    dw = g * x
    db = g
    return dw


def dead_units(x, w, v, b):
    z = x * w + b
    r = np.where(z > 0, z, 0)
    s = np.maximum(v * z, 0)
    q = np.minimum(np.maximum(z, -1), 1) * 0.5
    loss = (r * v + s) ** 2
    dv = 2 * (r * v + s) * r
    dw = 2 * (r * v + s) * v * np.where(z > 0, 1, 0) * x
    total = np.sum(np.stack([x * w, w * x * v, b * x, 0 * z, x * b]))
    chain = (np.sqrt(np.abs(x)) ** 3 - w) * np.tanh(b) / (v - v * w)
    tiny = x * w * v * b
    cut = np.floor(x * 0.3) + np.log(w) * np.log1p(b)
    return chain


def reasons_of(js, function, settings, gradients):
    sheet = trace(function, **{name: np.ones(np.shape(value)) * 0.5 for name, value in settings[0].items()})
    symbols = {element: element for array in sheet.names for element in sheet.elements(array)}
    data = {"id": "s", "program": sheet.program(), "symbols": symbols, "gradients": gradients, "announce": "loss"}
    numbers = [{name: np.ravel(value).tolist() for name, value in setting.items()} for setting in settings]
    return sheet, js(ALL_REASONS, [data, numbers])


def worked_out(text, arrays):
    """The value of a formula as reasons spell it; None where it cannot be read."""
    code = re.sub(r"(?<![\w.])e\^", "np.e**", text)
    for sign, plain in {"−": "-", "·": "*", "^": "**", "∞": "np.inf", "≥": ">=", "≤": "<=", "ln(": "np.log(",
                        "≠": "!="}.items():
        code = code.replace(sign, plain)
    code = re.sub(r"\b(exp|expm1|log1p|sqrt|tanh|sin|cos|tan|sinh|cosh|arcsin|arccos|arctan|arctan2|abs|sign|floor|"
                  r"ceil|trunc|rint|mod|logaddexp)\(", r"np.\1(", code)
    code = re.sub(r"\bmax\(", "np.maximum(", re.sub(r"\bmin\(", "np.minimum(", code))
    try:
        with np.errstate(all="ignore"):
            return np.float64(eval(code, {"np": np} | arrays))
    except (SyntaxError, TypeError, NameError, ValueError):
        return None


VALUE = r"(−?\d+(?:\.\d+)?(?:e−?\d+)?|−?∞|not a number|True|False)"
EQUATION = re.compile(r"((?:[^\s:]+ [·+−/] )*[^\s:]+) = " + VALUE)
RELATION = re.compile(EQUATION.pattern + r" is (not )?(greater than|at least|less than|at most|equal to|other than)"
                      r" (?:\S+ = )?" + VALUE)
COMPARED = {"greater than": np.greater, "at least": np.greater_equal, "less than": np.less, "at most": np.less_equal,
            "equal to": np.equal, "other than": np.not_equal}


def number(text):
    return {"not a number": math.nan, "True": 1.0,
            "False": 0.0}.get(text) if text[0] in "nTF" else read(text)


def check_equations(sentence, arrays):
    """Each "formula = value" of a sentence, against numpy. Returns how many could be read."""
    count = 0
    for text, value in EQUATION.findall(sentence):
        known = worked_out(text, arrays)
        if known is None or text.count("(") != text.count(")"):
            continue
        count += 1
        shown = format_number(known, truth=value in ("True", "False"))
        is_near = "e^" in text or "np" in text or math.isclose(known, number(value), rel_tol=1e-3)
        assert shown == value or is_near, (sentence, text, known)
    return count


def check_claims(sentence, value, is_truth=False):
    head, _, why = sentence.partition(" because ")
    assert not re.search(r"undefined|NaN|null|object", sentence), sentence
    if not why:
        return
    assert head == format_number(value, truth=is_truth), sentence
    for clause in re.findall(r"the (?:product|quotient) of (.*?) is too small", why):
        assert value == 0 and not re.search(r"(?<![\w.])(0|∞)$| = 0 | = −?∞", clause), sentence
    if "larger than the largest double" in why and math.isinf(value):
        assert "∞" not in why, sentence
    if found := re.search(r"(\S+) = (\S+) and (\S+) = (\S+) are equal", why):
        assert found[2] == found[4], sentence
    for _, left, no, relation, right in RELATION.findall(why):
        assert left == right or bool(COMPARED[relation](number(left), number(right))) == (not no), sentence


def check_influence(sheet, setting, name, arrays):
    """That the loss does not move with the input whose gradient `name` is."""
    base, _, index = name.partition("[")
    for change in (0.7, -3.0, 11.0):
        other = sheet.evaluate(**(setting | {base[1:]: setting[base[1:]] + change}))
        assert other["loss"] == arrays["loss"], (name, setting)


@pytest.mark.parametrize(("function", "gradients"), [
    (classifier, {"dw": "w", "dv": "v", "db": "b"}), (dead_units, {"dw": "w", "dv": "v"}), (every_operation, {}),
    (compares, {})])
def test_every_claim_of_a_reason_is_so(js, function, gradients):
    random = np.random.default_rng(3)
    names = function.__code__.co_varnames[:function.__code__.co_argcount]
    settings = [{name: random.choice(EXTREMES) for name in names} for _ in range(400)]
    sheet, spoken = reasons_of(js, function, settings, gradients)
    said = checked = silent = 0
    for setting, sentences in zip(settings, spoken):
        arrays = sheet.evaluate(**setting)
        unsure = sheet.undecided(sheet.values(**setting))
        for name, sentence in sentences.items():
            place, value = sheet.position(name), float(arrays[name])
            is_odd = value == 0 or not math.isfinite(value)
            is_input = sheet.cells[place].op in ("input", "const")
            assert bool(sentence) == (not is_input
                                      and (unsure[place] or is_odd and not sheet.is_truth(place))), (name, setting)
            check_claims(sentence, value, sheet.is_truth(place))
            checked += check_equations(sentence, arrays)
            said += bool(sentence)
            if "had no influence" in sentence:
                silent += 1
                check_influence(sheet, setting, name, arrays)
    assert said > 300 and checked > said / 2
    assert silent or not gradients


def why(js, function, name, gradients=None, **inputs):
    return reasons_of(js, function, [inputs], gradients or {})[1][0][name]


def picks(z, b):
    p = 1 / (1 + np.exp(-z))
    loss = -(b * np.log(p) + (1 - b) * np.log(1 - p))
    r = np.where(z > b, 1.0, 0.0)
    m = np.maximum(z, b)
    u = np.where(b > 0, loss, z) + 1
    w = np.where(b > 0, z, loss) + 1
    n = (z - z) + (loss + 1)
    return r


@pytest.mark.parametrize(("name", "inputs", "words"), [
    ("r", {"z": -1, "b": 2}, "0 because z = −1 is not greater than b = 2, and then the code has 0 there."),
    ("m", {"z": -1, "b": 0}, "0 because the larger of z = −1 and b = 0 is 0."),
    ("m", {"z": 0, "b": math.nan}, "not a number because b = not a number."),
    ("loss", {"z": 800, "b": 1}, "not a number because 0 · −∞ has no value (1 − b = 0, ln(1 − p) = −∞)."),
    ("n", {"z": math.inf, "b": 1}, "not a number because z = ∞ − z = ∞ has no value."),
    ("u", {"z": 800, "b": 1}, "not a number because b = 1 is greater than 0, and then loss = not a number."),
    ("r", {"z": math.nan, "b": 0},
     ("0 because z = not a number is not greater than b = 0, and then the code has 0 there. "
      "It rests on a comparison, and z is not a number.")),
])
def test_a_reason_names_what_was_really_used(js, name, inputs, words):
    assert why(js, picks, name, **inputs) == words


@pytest.mark.parametrize(("name", "inputs", "words"), [
    ("dw", {"x": 1e-200, "w": 1, "v": 1e-200}, "0 because the product of g = 1.25e−201"),
    ("dw", {"x": 0, "w": 1, "v": 1}, "0 because x = 0: w had no influence here."),
    ("dw", {"x": 1, "w": 1, "v": 0}, "0 because g = 0: w had no influence here."),
    ("dw", {"x": 1, "w": 800, "v": 1}, "0 because g = 0."),
    ("g", {"x": 1, "w": 800, "v": 1}, "0 because in 1 − h both are 1, to the last digit that a double holds."),
    ("dv", {"x": 1, "w": -800, "v": 1}, "0 because h = 0."),
    ("h", {"x": 1, "w": -800, "v": 1},
     "0 because the denominator is ∞: e to the power −z = 800 is larger than the largest double"),
])
def test_no_influence_is_claimed_only_where_no_rounding_has_a_part_in_it(js, name, inputs, words):
    said = why(js, classifier, name, {"dw": "w", "dv": "v"}, y=0.0, b=0, **inputs)
    assert said.startswith(words), said
    assert ("influence" in said) == ("influence" in words)
