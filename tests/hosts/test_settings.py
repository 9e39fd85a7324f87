"""An author lists the extension and writes pages: what it needs from MyST-NB, it sets by itself, or says."""

import subprocess
import sys

import nbformat
import pytest

CONF = 'extensions = ["myst_nb", "byhand.sphinx_ext"]\n'
HEAD = """---
file_format: mystnb
kernelspec: {name: python3}
---
# A page
"""
CELL = """
```{code-cell}
from byhand import explore

def line(x):
    y = 2 * x
    return y

net = explore(line, x=3)
net
```
"""
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
SENTENCE = "\nTwice is {eval}`net.say(\"y\")`.\n"


@pytest.fixture
def build(tmp_path):
    """Builds a book of pages, name -> text, with settings; what Sphinx said, and each page's HTML."""
    def run(settings="", **pages):
        (tmp_path / "conf.py").write_text(CONF + settings, encoding="utf-8")
        for name, text in pages.items():
            (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "sphinx", "-q", tmp_path, tmp_path / "site"]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stderr, {page.stem: page.read_text(encoding="utf-8") for page in (tmp_path / "site").glob("*.html")}

    return run


def saved_notebook():
    """One that was run elsewhere, long ago, on another machine."""
    output = nbformat.v4.new_output("stream", text="saved output")
    cell = nbformat.v4.new_code_cell("1 / 0", execution_count=1, outputs=[output])
    title = nbformat.v4.new_markdown_cell("# Saved")
    return nbformat.writes(nbformat.v4.new_notebook(cells=[title, cell], metadata=KERNEL))


JUPYTER_BOOKS = 'nb_execution_mode = "force"\nnb_eval_name_regex = "^[a-zA-Z_][a-zA-Z0-9_]*$"\n'


@pytest.mark.parametrize("settings", ["", JUPYTER_BOOKS])
def test_numbers_stand_in_sentences_without_any_setting(build, settings):
    said, pages = build(settings, index_md=HEAD + CELL + SENTENCE)
    assert said == ""
    assert 'data-cell="y">6<' in pages["index"].partition("Twice is")[2]


def test_a_notebook_with_saved_outputs_is_not_run_because_another_page_must_be(build):
    contents = "```{toctree}\nsaved\n```\n"
    said, pages = build(index_md=HEAD + CELL + SENTENCE + contents, saved_ipynb=saved_notebook())
    assert said == ""
    assert "saved output" in pages["saved"] and "ZeroDivisionError" not in pages["saved"]


@pytest.mark.parametrize("mode", ["cache", "off"])
def test_an_author_whose_mode_leaves_sentences_without_numbers_is_told(build, mode):
    said, _ = build(f'nb_execution_mode = "{mode}"', index_md=HEAD + CELL + SENTENCE)
    assert "no number of an {eval} stands in this page's sentences" in said
    assert f"nb_execution_mode is '{mode}': it must be 'inline'" in said


def test_an_authors_own_pattern_stays(build):
    said, _ = build('nb_eval_name_regex = "^net$"', index_md=HEAD + CELL + SENTENCE)
    assert "is not valid according to the configured pattern" in said
