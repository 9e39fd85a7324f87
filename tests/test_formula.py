"""Formulas as a person would write them: in symbols, and with the numbers put in."""

import numpy as np
import pytest

from foreign import CASES
from longhand import trace
from longhand.formula import Formula
from longhand.symbols import Symbols


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
    if element.get("class") == "longhand-signed":  # brackets that are hidden while the number is positive
        return parts[1]
    return (element.text or "") + "".join(parts)


def written(function, name, symbols=None, **inputs):
    sheet = trace(function, **inputs)
    formula = Formula(sheet, Symbols(sheet, symbols), sheet.values())
    return flat(formula.in_symbols(name)), flat(formula.with_numbers(name))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize("function, inputs, symbols, numbers", [
    (lambda x, w: {"y": w * x}, {"x": 2, "w": -3}, "w·x", "(-3)·2"),
    (lambda x, w: {"y": w * x + 0 * w + 1}, {"x": 2, "w": 3}, "w·x+0·w+1", "3·2+0·3+1"),
    (lambda x: {"y": 0 + 1 * x + 0}, {"x": 2}, "x", "2"),
    (lambda x, w: {"y": sum([w * x, x])}, {"x": 2, "w": 3}, "w·x+x", "3·2+2"),
    (lambda a, b: {"y": a - (b - a)}, {"a": 1, "b": 2}, "a−(b−a)", "1−(2−1)"),
    (lambda a, b: {"y": a + -b}, {"a": 1, "b": 2}, "a−b", "1−2"),
    (lambda a, b: {"y": a - b}, {"a": -1, "b": -2}, "a−b", "-1−(-2)"),
    (lambda a, b: {"y": (a + b) * (a - b)}, {"a": 1, "b": 2}, "(a+b)·(a−b)", "(1+2)·(1−2)"),
    (lambda a, b: {"y": -a * b}, {"a": 1, "b": 2}, "−a·b", "−1·2"),
    (lambda a, b: {"y": -(a + b)}, {"a": 1, "b": 2}, "−(a+b)", "−(1+2)"),
    (lambda a, b: {"y": (a + b) / 2}, {"a": 1, "b": 2}, "(a+b)/(2)", "(1+2)/(2)"),
    (lambda a: {"y": a ** 2 + np.sqrt(a)}, {"a": 4}, "a^2+√a", "4^2+√4"),
    (lambda a: {"y": (a + 1) ** 2}, {"a": -4}, "(a+1)^2", "(-4+1)^2"),
    (lambda z: {"a": 1 / (1 + np.exp(-z))}, {"z": -0.5}, "σ(z)", "(1)/(1+e^−(-0.5))"),
    (lambda z: {"a": 1 / (np.exp(-z) + 1)}, {"z": 0.5}, "σ(z)", "(1)/(e^−0.5+1)"),
    (lambda z: {"a": (1 + np.exp(-z)) ** -1}, {"z": 0.5}, "σ(z)", "(1)/(1+e^−0.5)"),
    (lambda p: {"L": -np.log(p)}, {"p": 0.5}, "−ln p", "−ln 0.5"),
    (lambda p: {"L": np.log(1 - p)}, {"p": 0.5}, "ln (1−p)", "ln (1−0.5)"),
    (lambda a, b: {"y": np.maximum(np.maximum(a, b), 0)}, {"a": -1, "b": 2}, "max(a,b,0)", "max(-1,2,0)"),
    (lambda a: {"y": np.abs(a - 1)}, {"a": -1}, "|a−1|", "|-1−1|"),
    (lambda a: {"y": np.where(a > 0, a, 0)}, {"a": -1}, "{a if a>00 else", "{-1 if -1>00 else"),
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
    assert numbers == "0.3·1+(-0.4)·0+0"


def test_names_are_printed_by_rule_and_indices_count_from_one():
    def walk(x, W1, yhat, eps):
        loss = x[0] * W1[0, 1] * yhat * eps
        dW1 = W1 * loss
        numeric_dW1 = dW1 + 1
        d1 = dW1[0] * 2
        return d1

    sheet = trace(walk, x=[1, 2], W1=[[1, 2], [3, 4]], yhat=0.5, eps=0.1)
    symbols = Symbols(sheet, {"d1": "δ1"})
    assert [symbols.text(name) for name in ("x[1]", "W1[0, 1]", "yhat", "eps", "loss", "dW1[0, 1]", "numeric_dW1[1, 0]", "d1[0]")] == \
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
                assert "((" not in text.replace("((-", "") or ")/(" in text or "^" in text or "(((" not in text
        symbols = flat(formula.in_symbols(sheet.elements(name)[0]))
        assert not symbols.startswith(("0+", "1·")) and "+0+" not in symbols and "·1·" not in symbols
