"""Names, numbers, symbols and formulas need no numpy, so that they could be written in a browser's Python."""

import pkgutil
import subprocess
import sys

from byhand import writing

MODULES = sorted(f"byhand.writing.{module.name}" for module in pkgutil.iter_modules(writing.__path__))
WITHOUT_NUMPY = f"""
import importlib, sys
from types import SimpleNamespace as Plain

sys.modules["numpy"] = None
for module in {MODULES}:
    importlib.import_module(module)

from byhand.writing.formula import Formula
from byhand.writing.mathtext import plain
from byhand.writing.name import elements
from byhand.writing.number import format_number
from byhand.writing.symbols import Symbols

w = Plain(op="input", args=(), names=["W1[0, 1]"], value=0.5)
twice = Plain(op="add", args=(w, w), names=["twice"], value=1.0)
cells = {{"W1[0, 1]": w, "twice": twice}}
sheet = Plain(names={{}}, inputs={{}}, cells=[w, twice], cell=cells.get, position=list(cells).index,
              position_of=[w, twice].index, is_truth=lambda position: False)
formula = Formula(sheet, Symbols(sheet), [0.5, 1.0])
print(elements("W1", (1, 2)), format_number(-0.04404, 4), plain(formula.in_symbols("twice")),
      plain(formula.with_numbers("twice")), sep="; ")
"""


def test_writing_runs_without_numpy():
    run = subprocess.run([sys.executable, "-c", WITHOUT_NUMPY], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.stdout == "['W1[0, 0]', 'W1[0, 1]']; −0.044; W⁽¹⁾₁₂ + W⁽¹⁾₁₂; 0.5 + 0.5\n"
