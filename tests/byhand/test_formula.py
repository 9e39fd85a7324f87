"""Formulas as a person would write them: in symbols, and with the numbers put in."""

import numpy as np
import pytest

from byhand import trace
from byhand.views.pen import Pen
from byhand.views.steps import steps
from byhand.writing.formula import Formula
from byhand.writing.number import format_constant
from byhand.writing.symbols import Symbols
from foreign import CASES


def flat(element):
    """A MathML element as one line of text: superscripts after ^, subscripts after _, fractions as (a)/(b)."""
    tag, parts = element.tag, [flat(child) for child in element]
    if tag == "mfrac":
        return f"({parts[0]})/({parts[1]})"
    if tag in ("msup", "msub"):
        return f"{parts[0]}{'^' if tag == 'msup' else '_'}{parts[1]}"
    if tag == "msubsup":
        return f"{parts[0]}^{parts[2]}_{parts[1]}"
    if tag == "msqrt":
        return f"√{''.join(parts)}"
    if element.keys() == ["data-signed"]:  # brackets that are hidden while the number is positive
        return parts[1]
    return (element.text or "").replace("\u00a0", " ") + "".join(parts)  # no blank of a text may be trimmed


def written(function, name, symbols=None, **inputs):
    sheet = trace(function, **inputs)
    formula = Formula(sheet, Symbols(sheet, symbols), sheet.values())
    return flat(formula.in_symbols(name)), flat(formula.with_numbers(name))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize("function, inputs, symbols, numbers", [
    (lambda x, w: {"y": w * x}, {"x": 2, "w": -3}, "w·x", "(−3)·2"),
    (lambda x, w: {"y": w * x + 0 * w + 1}, {"x": 2, "w": 3}, "w·x+0·w+1", "3·2+0·3+1"),
    (lambda x: {"y": 0 + 1 * x + 0}, {"x": 2}, "x", "2"),
    (lambda x, w: {"y": sum([w * x, x])}, {"x": 2, "w": 3}, "w·x+x", "3·2+2"),
    (lambda a, b: {"y": a - (b - a)}, {"a": 1, "b": 2}, "a−(b−a)", "1−(2−1)"),
    (lambda a, b: {"y": a + -b}, {"a": 1, "b": 2}, "a−b", "1−2"),
    (lambda a, b: {"y": a - b}, {"a": -1, "b": -2}, "a−b", "−1−(−2)"),
    (lambda a, b: {"y": (a + b) * (a - b)}, {"a": 1, "b": 2}, "(a+b)·(a−b)", "(1+2)·(1−2)"),
    (lambda a, b: {"y": -a * b}, {"a": 1, "b": 2}, "−a·b", "−1·2"),
    (lambda a, b: {"y": -(a + b)}, {"a": 1, "b": 2}, "−(a+b)", "−(1+2)"),
    (lambda a, b: {"y": (a + b) / 2}, {"a": 1, "b": 2}, "(a+b)/(2)", "(1+2)/(2)"),
    (lambda a: {"y": a ** 2 + np.sqrt(a)}, {"a": 4}, "a^2+√a", "4^2+√4"),
    (lambda a: {"y": (a + 1) ** 2}, {"a": -4}, "(a+1)^2", "(−4+1)^2"),
    (lambda z: {"a": 1 / (1 + np.exp(-z))}, {"z": -0.5}, "σ(z)", "(1)/(1+e^−(−0.5))"),
    (lambda z: {"a": 1 / (np.exp(-z) + 1)}, {"z": 0.5}, "σ(z)", "(1)/(e^−0.5+1)"),
    (lambda z: {"a": (1 + np.exp(-z)) ** -1}, {"z": 0.5}, "σ(z)", "(1)/(1+e^−0.5)"),
    (lambda p: {"L": -np.log(p)}, {"p": 0.5}, "−ln p", "−ln 0.5"),
    (lambda p: {"L": np.log(1 - p)}, {"p": 0.5}, "ln (1−p)", "ln (1−0.5)"),
    (lambda a, b: {"y": np.maximum(np.maximum(a, b), 0)}, {"a": -1, "b": 2}, "max(a,b,0)", "max(−1,2,0)"),
    (lambda a: {"y": np.abs(a - 1)}, {"a": -1}, "|a−1|", "|−1−1|"),
    (lambda a: {"y": np.where(a > 0, a, 0)}, {"a": -1}, "{a if a>00 else", "{−1 if −1>00 else"),
    (lambda a: {"y": a * -1}, {"a": 2}, "−a", "−2"),
])
def test_a_formula_reads_as_a_person_would_write_it(function, inputs, symbols, numbers):
    name = list(trace(function, **inputs).names)[-1]
    both = written(function, name, **inputs)
    assert [text.replace(" ", " ").replace("ln", "ln ").replace("ln  ", "ln ") for text in both] == [symbols, numbers]


def test_a_matrix_product_is_written_out_number_by_number():
    def walk(x, W1, b1):
        z1 = W1 @ x + b1
        return z1

    symbols, numbers = written(walk, "z1[1]", x=[1, 0], W1=[[0.1, 0.2], [0.3, -0.4]], b1=[0, 0])
    assert symbols == "W^(1)_21·x_1+W^(1)_22·x_2+b^(1)_2"
    assert numbers == "0.3·1+(−0.4)·0+0"


def test_names_are_printed_by_rule_and_indices_count_from_one():
    def walk(x, W1, yhat, eps):
        loss = x[0] * W1[0, 1] * yhat * eps
        dW1 = W1 * loss
        numeric_dW1 = dW1 + 1
        d1 = dW1[0] * 2
        return d1

    sheet = trace(walk, x=[1, 2], W1=[[1, 2], [3, 4]], yhat=0.5, eps=0.1)
    symbols = Symbols(sheet, {"d1": "δ1"})
    assert [symbols.text(name)
            for name in ("x[1]", "W1[0, 1]", "yhat", "eps", "loss", "dW1[0, 1]", "numeric_dW1[1, 0]", "d1[0]")] == \
        ["x₂", "W⁽¹⁾₁₂", "ŷ", "ε", "L", "∂L/∂W⁽¹⁾₁₂", "numeric ∂L/∂W⁽¹⁾₂₁", "δ⁽¹⁾₁"]
    assert flat(symbols.mathml("dW1[0, 1]")) == "(∂L)/(∂W^(1)_12)"


@pytest.mark.parametrize("function", CASES, ids=lambda function: function.__name__)
def test_formulas_of_foreign_functions_stay_short_and_free_of_stray_terms(function):
    sheet = trace(function, **CASES[function])
    formula = Formula(sheet, Symbols(sheet), sheet.values())
    for name in sheet.names:
        for element in sheet.elements(name)[:3]:
            for text in (flat(formula.in_symbols(element)), flat(formula.with_numbers(element))):
                assert 0 < len(text) < 1500
                assert "((" not in text.replace("((−", "") or ")/(" in text or "^" in text or "(((" not in text
        symbols = flat(formula.in_symbols(sheet.elements(name)[0]))
        assert not symbols.startswith(("0+", "1·")) and "+0+" not in symbols and "·1·" not in symbols


@pytest.mark.parametrize("loss, written", [("loss", "∂L/∂w₁"), ("cost", "∂C/∂w₁"), ("J", "∂J/∂w₁"), ("E", "∂E/∂w₁"),
                                           ("L", "∂L/∂w₁"), ("E_total", "∂E_total/∂w₁"), ("energy", "dw₁")])
def test_a_derivative_is_that_of_the_loss_under_the_losss_own_letter(loss, written):
    def walk(w, b):
        dw = 2 * w
        db = dw  # not of the shape of b
        return {loss: np.sum(w * w) + b, "numeric_dw": dw + 1}

    sheet = trace(walk, w=[1.0, 2.0], b=1.0)
    symbols = Symbols(sheet)
    assert symbols.text("dw[0]") == written and symbols.text("numeric_dw[0]") == f"numeric {written}"
    assert symbols.target("dw") == (None if loss == "energy" else "w") and symbols.target("db") is None
    assert symbols.text("db[0]") == "db₁"
    assert Symbols(sheet, loss="energy").text("dw[0]") == ("∂energy/∂w₁" if loss == "energy" else written.replace(
        written[1:written.index("/")], "energy"))


def test_without_a_loss_or_with_a_loss_that_is_an_input_nothing_is_its_derivative():
    def pendulum(theta, omega, L):
        dtheta = omega
        domega = -9.81 / L * np.sin(theta)
        return dtheta, domega

    symbols = Symbols(trace(pendulum, theta=1.0, omega=0.5, L=2.0))
    assert [symbols.text(name) for name in ("dtheta", "domega")] == ["dθ", "dω"] and symbols.loss is None
    assert flat(symbols.mathml("dtheta")) == "dθ" and symbols.target("dtheta") is None


def test_errors_called_E_are_no_loss():
    symbols = Symbols(trace(lambda w, t: {"E": t - w, "dw": t + w}, w=[1.0, 2.0], t=[0.0, 1.0]))
    assert symbols.text("dw[0]") == "dw₁"


def test_words_keep_their_blanks_where_browsers_trim():
    sheet = trace(lambda x, learning_rate: {"y": np.where((x > 0) & ~(x > 1), x, learning_rate)}, x=1.0,
                  learning_rate=0.1)
    formula = Formula(sheet, Symbols(sheet), sheet.values())
    for element in (formula.in_symbols("y"), Symbols(sheet).mathml("learning_rate")):
        texts = [each.text for each in element.iter("mtext") if len(each.text) > 1]
        assert texts and all(" " not in text and ("\u00a0" in text) == (text != "rate") for text in texts), texts


@pytest.mark.parametrize("value, written", [
    (0.044715, "0.044715"), (1e-8, "1e−8"), (0.1 + 0.2, "0.3"), (1 / 3, "0.33333333…"), (-2 / 3, "−0.66666666…"),
    (3, "3"),
    (0.7978845608, "0.7978845608"), (np.sqrt(2 / np.pi), "0.79788456…"), (12345678, "12345678"), (1e10, "1e10"),
    (1.5e-7, "1.5e−7"),
    (1e300 / 3, "3.3333333…e299"), (np.inf, "∞"), (0, "0"), (1 - 1e-7, "0.9999999"),
])
def test_a_constant_keeps_its_digits(value, written):
    assert format_constant(value) == written


def test_a_constant_in_a_formula_keeps_its_digits():
    symbols, numbers = written(lambda x: {"y": x + 0.044715 * x ** 3 - 1e-8}, "y", x=2)
    assert symbols == "x+0.044715·x^3−1e−8" and numbers == "2+0.044715·2^3−1e−8"


def test_a_constant_lends_its_name_to_no_other():
    def walk(x):
        book = np.array([1.0, 0.5])
        m = np.stack([x, x * 2, x * 3])
        m[np.array([True, False, True])] = -np.inf
        rows = np.zeros_like(m)
        rows[:] = np.tile(np.ones_like(x[None]), 3)
        again = x * 2
        y = 1 - 1 / (x * 2)
        return book, y

    sheet = trace(walk, x=2.0)
    names = {}
    for name in sheet.names:
        for element in sheet.elements(name):
            names.setdefault(sheet.position(element), []).append(element)
    constants = [shared for place, shared in names.items() if sheet.cells[place].op == "const"]
    assert all(len({each.split("[")[0] for each in shared}) == 1 for shared in constants)
    formula = Formula(sheet, Symbols(sheet), sheet.values())
    assert [flat(formula.in_symbols(f"m[{i}]")) for i in range(3)] == ["−∞", "x·2", "−∞"]
    anonymous = {sheet.position_of(cell) for cell in sheet.cells if not cell.names}
    assert not anonymous & names.keys()
    step = steps(Pen(sheet), "book", "m")
    # M[1] is worked out: a formula, and numbers put in.
    assert "0.5" in step and step.count("byhand-equals") == 2 + 3 + 2


def test_a_reason_names_no_other_number_that_works_out_the_same(js):
    def walk(x, w):
        bug = np.stack([(w * x) * 2, (w * x) * 2])  # a name of its own
        right = (w * x) * 2 + x * 0
        book_full = np.array([1.0, 1.0])
        gap = x / x - 1
        slack = right - bug[0]
        return right, book_full, gap

    sheet = trace(walk, x=1.0, w=0.0)
    data = {"id": "s", **Pen(sheet).data()}
    reasons = js("""(m, [sheet, names]) => {
        const state = m.createState(sheet);
        return names.map((name) => m.reason(state, name));
    }""", [data, ["right", "gap", "bug[0]"]])
    assert "bug" not in reasons[0] and "w = 0" in reasons[0] and "book" not in reasons[1]
