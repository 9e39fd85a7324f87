"""What a notebook's outputs hold: each view its drawing, one of them the sheet; and the pages made from saved ones."""

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

VIEW = "application/vnd.byhand+json"
LINE = """from byhand import explore

def line(x, w):
    y = w * x
    return y

net = explore(line, x=2, w=3)"""
CONF = 'extensions = ["myst_nb", "byhand.sphinx_ext"]\nnb_execution_mode = "off"\n'


def notebook_of(*codes):
    """A notebook with its outputs, as a kernel has left them."""
    cells = [nbformat.v4.new_markdown_cell("# A page"), *map(nbformat.v4.new_code_cell, codes)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return NotebookClient(nbformat.v4.new_notebook(cells=cells, metadata=metadata)).execute()


def views(notebook):
    """What each cell shows of its view, cell by cell."""
    outputs = [output.get("data", {}) for cell in notebook.cells[1:] for output in cell.outputs]
    return [data[VIEW] for data in outputs if VIEW in data]


@pytest.fixture
def page_of(tmp_path):
    """Builds a page from a notebook as it is: its HTML, and what Sphinx said."""
    def build(notebook):
        (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
        nbformat.write(notebook, tmp_path / "index.ipynb")
        command = [sys.executable, "-m", "sphinx", "-q", tmp_path, tmp_path / "site"]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return (tmp_path / "site" / "index.html").read_text(encoding="utf-8"), done.stderr

    return build


def test_of_all_views_one_brings_the_sheet_and_when_its_cell_is_run_again_it_does_again():
    steps, table = "net.steps('y')", "net.table(y=['y'])"
    shown = views(notebook_of(LINE, steps, table, "net", steps, table))
    assert ["sheet" in view for view in shown] == [True, False, False, True, False]
    assert len({view["name"] for view in shown}) == 1


def test_an_explorer_that_is_made_anew_brings_its_sheet_anew():
    shown = views(notebook_of(f"{LINE}\nnet", "net.table(y=['y'])", f"{LINE}\nnet"))
    assert ["sheet" in view for view in shown] == [True, False, True]


def test_two_views_of_one_cell_bring_one_sheet():
    shown = views(notebook_of(LINE, "display(net.steps('y'), net.table(y=['y']))"))
    assert ["sheet" in view for view in shown] == [True, False]


def test_a_view_is_live_where_the_page_leaves_out_the_output_that_brought_its_sheet(page_of):
    notebook = notebook_of(LINE, "net.steps('y')", "net.table(y=['y'])")
    notebook.cells[2].metadata["tags"] = ["remove-output"]
    html, said = page_of(notebook)
    assert said == ""
    assert html.count('class="byhand-sheet"') == 1 and html.count('class="byhand-view"') == 1


def test_a_view_whose_sheet_was_never_saved_is_a_warning_and_stands_there_as_words(page_of):
    notebook = notebook_of(LINE, "net.steps('y')", "net")
    notebook.cells[2].outputs = []
    html, said = page_of(notebook)
    assert "index.ipynb" in said and "no output of its notebook has the sheet that it shows" in said
    assert "y = w · x = 3 · 2 = 6" in html
    assert "data-input" not in html and "data-cell" not in html
