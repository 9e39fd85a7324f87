"""The chapter: every page runs as a notebook, prints the textbook's figures, and types no number into its sentences."""

import re
import shutil
import sys

import jupytext
import numpy as np
import pytest
from nbclient import NotebookClient

from conftest import ROOT

BOOK = ROOT / "book"
PAGES = sorted(path.stem for path in BOOK.glob("*.md"))

FIGURES = {  # as numpy prints them, from the textbook
    "setup": [],
    "forward": ["z1 = [0.1 0.3]", "a1 = [0.525  0.5744]", "z2 = 0.6072", "yhat = 0.6473", "loss = 0.435"],
    "backward": ["d2 = -0.3527", "dW2 = [-0.1852 -0.2026]", "d1 = [-0.044  -0.0517]",
                 "dW1 =\n [[-0.044  -0.    ]\n [-0.0517 -0.    ]]"],
    "gradient-check": ["analytic dW2 [-0.185165 -0.202611]", "numeric dW2  [-0.185165 -0.202611]", "match True"],
}


def executed(page, folder=BOOK):
    """The page as a notebook, run from the top in a kernel of its own."""
    notebook = jupytext.read(folder / f"{page}.md")
    NotebookClient(notebook, timeout=120, kernel_name="python3",
                   resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


def printed(notebook):
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(output.text for output in outputs if output.output_type == "stream")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_from_the_top_and_prints_the_textbooks_figures(page):
    text = printed(executed(page))
    for figure in FIGURES.get(page, []):
        assert figure in text


CLAIMING = [page for page in PAGES if page != "drills"]  # that one only asks


@pytest.mark.parametrize("page", CLAIMING)
def test_a_page_is_a_notebook_that_checks_its_own_claim_where_it_is_seen(page):
    cells = [cell for cell in jupytext.read(BOOK / f"{page}.md").cells if cell.cell_type == "code"]
    checks = [cell for cell in cells if re.search(r"^ *assert ", cell.source, re.MULTILINE)]
    assert checks
    assert not {"remove-input", "hide-input", "remove-cell"} & set(checks[-1].metadata.get("tags", []))


EXTREME = [0.0, -0.0, 1.0, -1.0, 0.7, 20.0, 40.0, -40.0, 800.0, -800.0, 1e-6, 1e-200, 5e-324, 1e6, 1e10, -1e160, 1e308,
           -1e308]


def cells_and_check(page, monkeypatch, right="", wrong=""):
    """What the code cells of a page define, with `wrong` in the place of `right`, and the code of its check."""
    monkeypatch.syspath_prepend(BOOK)
    monkeypatch.setenv("MPLBACKEND", "agg")
    text = (BOOK / f"{page}.md").read_text(encoding="utf-8")
    assert right in text
    notebook = jupytext.reads(text.replace(right, wrong) if right else text, fmt="md:myst")
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    check = [source for source in cells if re.search(r"^ *assert ", source, re.MULTILINE)][-1]
    names = {"display": lambda *shown: None}  # as a notebook has it
    for source in cells[:cells.index(check) + 1]:
        if "figure(" not in source:  # matplotlib is slow
            exec(source, names)
    return names, check


CHOICES = ["eta", "squared"]  # of a step's length and of the loss, which have domains of their own


# That one says at which point it checks.
@pytest.mark.parametrize("page", [page for page in CLAIMING if page != "gradient-check"])
def test_the_check_of_a_page_holds_for_whatever_numbers_the_reader_puts_in(page, monkeypatch):
    names, check = cells_and_check(page, monkeypatch)
    net, random = names.get("net"), np.random.default_rng(3)
    for k in range(24 if re.search(r"\bnet\b", check) else 0):  # it has held once; 300 in all over the pages
        for name, array in ((name, array) for name, array in net.inputs.items() if name not in CHOICES):
            sizes = (random.choice(EXTREME, array.shape) if k % 3 == 0 else
                     random.normal(size=array.shape) * 10.0 ** random.integers(-2, 3))
            numbers = np.where(random.random(array.shape) < 0.5, array, sizes) if k % 2 else sizes
            net[name] = np.clip(numbers, 0, 1) if name == "y" and page != "your-own-network" else numbers  # a target
        exec(check, names)


@pytest.mark.parametrize("numbers", [
    {"x": [1, 1], "V1": [[1e17, 0], [0, 0], [0, 0]], "c1": [-1e17, 0, 0]},  # a sum that swallows the step
    {"x": [1e10, 0], "y": 1e10, "V1": np.zeros((3, 2)), "V2": [1e-6, 0, 0]},  # a step that leads out of the bend
], ids=["swallowed", "far"])
def test_a_right_gradient_of_your_own_is_not_accused_where_the_step_tells_nothing(numbers, monkeypatch, capsys):
    names, check = cells_and_check("your-own-network", monkeypatch)
    for name, array in numbers.items():
        names["net"][name] = array
    exec(check, names)
    assert capsys.readouterr().out.endswith("some numbers are too large for it\n")


def test_a_wrong_gradient_of_your_own_is_caught(monkeypatch):
    with pytest.raises(AssertionError, match="V1"):
        cells_and_check("your-own-network", monkeypatch, "e1 = V2 * e2 * (1 - h1 ** 2)", "e1 = V2 * e2 * (1 - h1)")


@pytest.mark.parametrize("page", PAGES)
def test_no_result_of_the_example_is_typed_into_a_sentence(page):
    prose = [cell.source for cell in jupytext.read(BOOK / f"{page}.md").cells if cell.cell_type == "markdown"]
    given = r"\{eval\}`[^`]*`|`[^`]*`|\]\([^)]*\)|\b20\.\d|[εη] = 0\.\d\b"  # the last: a step that a sentence sets
    spoken = re.sub(given, "", "\n".join(prose))
    assert re.findall(r"-?\d+\.\d+", spoken) == []


def test_with_other_numbers_in_the_one_place_every_page_still_runs(tmp_path):
    folder = tmp_path / "book"
    shutil.copytree(BOOK, folder)
    for name in ("_config.yml", "CITATION.cff"):
        shutil.copy(BOOK.parent / name, tmp_path)
    example = (folder / "example.py").read_text(encoding="utf-8")
    for old, new in {"x = np.array([1.0, 0.0])": "x = np.array([0.3, -2.0])", "y = 1.0": "y = 0.0",
                     "[[0.1, 0.2], [0.3, 0.4]]": "[[0.7, -1.2], [0.35, 0.9]]",
                     "b1 = np.array([0.0, 0.0])": "b1 = np.array([0.2, -0.6])",
                     "W2 = np.array([0.5, 0.6])": "W2 = np.array([-0.8, 1.1])", "b2 = 0.0": "b2 = 0.45"}.items():
        assert example.count(f"\n{old}\n") <= 1 and old in example
        example = example.replace(old, new, 1)
    (folder / "example.py").write_text(example, encoding="utf-8")
    for page in PAGES:
        executed(page, folder)


@pytest.fixture(scope="module")
def book():
    sys.path.insert(0, str(BOOK))
    import bugs
    import example
    yield bugs, example
    sys.path.remove(str(BOOK))


MATRIX = """
extra σ′ at the output                      caught caught caught yes
sign of the output error                    caught caught caught no
factor 2 kept from squared error            caught caught caught yes
dW2 uses z1 instead of a1                   caught caught caught yes
already updated W2 used for the hidden δ    missed caught caught yes
σ′ applied to a (double sigmoid)            missed caught caught yes
hidden σ′ forgotten                         missed caught caught yes
σ′ = 1 − a                                  missed caught caught yes
hidden deltas swapped                       missed caught caught yes
outer product transposed                    missed caught caught yes
bias gradient × bias value                  missed caught caught yes
bias gradient dropped                       missed caught caught yes
second input column ignored                 missed missed caught yes
"""


def test_the_thirteen_bugs_behave_as_the_textbooks_table_says(book):
    bugs, example = book
    point = {name: getattr(example, name) for name in ("x", "y", "W1", "b1", "W2", "b2")}
    wrong, numeric = bugs.wrong_gradients(**point), bugs.numeric_gradient(**point)
    generic = bugs.caught_by(bugs.wrong_gradients(**example.generic), bugs.numeric_gradient(**example.generic))
    rows = zip(bugs.BUGS, bugs.caught_by(wrong, numeric, bugs.DW2), bugs.caught_by(wrong, numeric), generic,
               bugs.falls_after_a_step(wrong, **point))
    seen = [[bug.name, *("caught" if caught else "missed" for caught in checks), "yes" if falls else "no"]
            for bug, *checks, falls in rows]
    assert seen == [re.split(r" {2,}| (?=caught|missed|yes|no$)", line) for line in MATRIX.strip().split("\n")]


def test_every_wrong_program_fails_the_check_that_the_right_one_passes(book):
    bugs, example = book
    random = np.random.default_rng(1)
    for _ in range(20):
        point = dict(x=random.normal(size=2), y=float(random.integers(2)), W1=random.normal(size=(2, 2)),
                     b1=random.normal(size=2), W2=random.normal(size=2), b2=random.normal())
        numeric = bugs.numeric_gradient(**point)
        assert np.allclose(bugs.errors_and_gradients(*bugs.backward(**point))[bugs.GRADIENTS], numeric, atol=1e-8)
        assert not np.isclose(bugs.wrong_gradients(**point), numeric, rtol=1e-6, atol=1e-8).all(axis=1).any()


def test_a_bug_whose_right_line_does_not_occur_is_refused(book):
    bugs, _ = book
    with pytest.raises(ValueError, match="is not a line of"):
        bugs.Bug("no such line", "d3 = d2", "d3 = 0", "").backward()
