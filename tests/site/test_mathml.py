"""Formulas: TeX as the pages write it comes out as MathML, and what cannot be read is said."""

import pytest
from docutils import nodes

import mathml

ALIGNED = r"\begin{aligned}a &= b \\ c &= d\end{aligned}"


@pytest.mark.parametrize(("tex", "expected"), [
    (r"a = b", r"a = b"),
    (r"a &= b \\ c &= d", ALIGNED),
    (ALIGNED, ALIGNED),
    (r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}", r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"),
    (r"x &= \begin{bmatrix} 1 \\ 2 \end{bmatrix} \\ y",
     r"\begin{aligned}x &= \begin{bmatrix} 1 \\ 2 \end{bmatrix} \\ y\end{aligned}"),
    (r"\begin{align} a &= b \end{align}", r"\begin{align*} a &= b \end{align*}"),
])
def test_lines_are_aligned_where_no_environment_does_it(tex, expected):
    assert mathml.multiline(tex) == expected


@pytest.mark.parametrize(("tex", "part"), [
    (r"\hat y", "<mover"),
    (r"\frac{\partial L}{\partial W^{(1)}}", "<mfrac>"),
    (r"\delta \odot x^\top", "⊙"),
    (r"\ln \hat y", "ApplyFunction"),
    (ALIGNED, "<mtable"),
])
def test_a_formula_becomes_mathml(tex, part):
    assert part in mathml.mathml(tex, nodes.math(), displaystyle=True)


def test_a_formula_that_cannot_be_read_is_a_warning_and_stays_as_text(monkeypatch):
    warnings = []
    monkeypatch.setattr(mathml._log, "warning", lambda text, *values, **where: warnings.append(text % values))
    assert mathml.mathml(r"\nosuch < 1", nodes.math(), displaystyle=False) == r"<code>\nosuch &lt; 1</code>"
    assert len(warnings) == 1 and r"\nosuch" in warnings[0]
