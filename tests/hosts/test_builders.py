"""Builders that write no HTML, and hosts without widgets: every live number, table and printed output is there."""

import subprocess
import sys

import pytest

CONF = """
project = "Small"
extensions = ["myst_nb", "byhand.sphinx_ext"]
nb_execution_mode = "inline"
nb_eval_name_regex = "^.*$"
nb_merge_streams = True
exclude_patterns = ["jupyter_execute"]
"""
PAGE = """---
file_format: mystnb
kernelspec:
  name: python3
---
# Small

```{code-cell}
import numpy as np
from byhand import explore

def layer(w, x):
    z = w @ x
    a = 1 / (1 + np.exp(-z))
    big = np.max(a) > 0.5
    loss = np.sum(a)
    return loss

net = explore(layer, w=[[1, 2], [3, -4]], x=[0.5, 0.25])
net
```

The loss is {eval}`net.say("loss")`, which is {eval}`net.choose("big", "low", "high")`.

```{code-cell}
net.table(sum=["z"], activation=["a"])
```

```{code-cell}
net.button("Go", x=[1, 1])
```

```{code-cell}
z = net["w"] @ net["x"]
print("z =", np.round(z, 4))
```
"""
EXPECTED = {
    "text": ["The loss is 1.3535, which is high.", "z₂ = w₂₁ · x₁ + w₂₂ · x₂ = 3 · 0.5 + (−4) · 0.25 = 0.5",
             "a₂ = σ(z₂) = 1 / (1 + e^(−0.5)) = 0.6225", "| z₂   | 0.5   | 0.6225       |", "z = [1.  0.5]",
             "w = [1 2; 3 -4]"],
    "latex": ["The loss is 1.3535, which is high.", r"\({z}_{2}\) = \({w}_{21}\cdot {x}_{1}+{w}_{22}\cdot {x}_{2}\)",
              r"\(\frac{1}{1+{e}^{-0.5}}\) = 0.6225", r"\begin{tabulary}", "z = [1.  0.5]",
              r"\begin{matrix}1 & 2 \\ 3 & -4\end{matrix}"],
    "man": ["1.3535", "0.6225", "z = [1.  0.5]"],
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("builder", EXPECTED)
def test_a_page_in_another_form_has_every_number_of_its_views(book, builder):
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, "-d", book / "_doctrees", book,
                    book / builder],
                   check=True, capture_output=True)
    written = "".join(path.read_text(encoding="utf-8") for path in (book / builder).iterdir()
                      if path.suffix in (".txt", ".tex", ".1"))
    assert [text for text in EXPECTED[builder] if text not in written] == []
    assert "<span" not in written
