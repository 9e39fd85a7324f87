"""A kind of view is files of one name and one line in one list: CONTRIBUTING's recipe, followed to the letter."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from conftest import ENGINE, ROOT, serving

FILE = re.compile(r"^`(gauge\.\w+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONF = 'extensions = ["myst_nb", "byhand.sphinx_ext"]\n'
PAGE = """---
jupytext: {text_representation: {extension: .md, format_name: myst, format_version: 0.13}}
kernelspec: {name: python3, display_name: Python 3}
---
# A page

```{code-cell} ipython3
import inspect
from byhand import explore

def halve(w):
    z = w / 2
    return z

net = explore(halve, w=0.5)
print(inspect.signature(net.gauge), inspect.getdoc(net.gauge))
net
```

```{code-cell} ipython3
net.gauge("z", high=2)
```
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """A copy of the engine with one kind more."""
    folder = tmp_path_factory.mktemp("engine")
    views = shutil.copytree(ENGINE, folder / "byhand") / "views"
    for name, text in FILE.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        (views / name).write_text(text, encoding="utf-8")
    kinds = (views / "__init__.py").read_text(encoding="utf-8")
    (views / "__init__.py").write_text(kinds.replace("KINDS = [", 'KINDS = [\n    "gauge",', 1), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(engine, tmp_path_factory):
    """A page with a view of that kind, served."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text(PAGE, encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "sphinx", "-W", "-q", folder, folder / "site"],
                          cwd=folder,
                          env=os.environ | {"PYTHONPATH": str(engine)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with serving(folder / "site") as address:
        yield address


def test_its_function_is_a_method_of_explorers_with_its_parameters_and_docstring(open_page, address):
    printed = open_page(address).locator("pre", has_text="low=").last.inner_text()
    assert printed.startswith("(name, low=0, high=1) A bar that is full where the number `name` is `high`.")


def test_it_moves_with_the_readers_numbers_and_has_its_style(open_page, address):
    page = open_page(address)
    gauge = page.locator("meter")
    expect(gauge).to_have_js_property("value", 0.25)
    expect(gauge).to_have_css("display", "block")
    page.locator("[data-input=w]").fill("3")
    expect(gauge).to_have_js_property("value", 1.5)
    page.locator("[data-fields] [data-reset]").click()
    expect(gauge).to_have_js_property("value", 0.25)
    assert page.complaints == []
