"""Binder without Docker: repo2docker says what would be installed, a fresh environment gets it, a reader starts it."""

import json
import os
import re
import subprocess
import sys
import venv
from contextlib import chdir
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect
from repo2docker.app import Repo2Docker
from repo2docker.buildpacks import PythonBuildPack, conda

import repository
from conftest import ROOT, note_everything
from lab import Reader, copy_of_the_project, running_lab

FORK = ("github.com", "someone/fork", "my/branch")
PAGES = sorted(path.stem for path in (ROOT / "book").glob("*.md"))
# Of what repo2docker installs first, what a page meets.
BASE = ["jupyterlab", "notebook", "jupyter_server", "ipywidgets", "jupyterlab_widgets"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return copy_of_the_project(tmp_path_factory.mktemp("binder") / "fork")


@pytest.fixture(scope="module")
def pack(folder):
    """The build pack that repo2docker chooses."""
    with chdir(folder):
        app = Repo2Docker()
        found = next(found for kind in app.buildpacks if (found := kind(app.base_image)).detect())
    found.platform = "linux/amd64"
    return found


def test_repo2docker_builds_from_the_pins_of_this_project(folder, pack):
    with chdir(folder):
        assert type(pack) is PythonBuildPack
        assert pack.python_version == "3.12"
        assert 'pip install --no-cache-dir -r ".binder/requirements.txt"' in pack.render()


@pytest.fixture(scope="module")
def environment(folder, pack, tmp_path_factory):
    """A fresh environment: repo2docker's own JupyterLab, then what the pack installs for this project."""
    prefix = tmp_path_factory.mktemp("environment")
    venv.create(prefix, with_pip=True)
    lock = Path(conda.__file__).with_name(f"environment.py-{pack.python_version}-linux-64.lock")
    locked = lock.read_text(encoding="utf-8")
    base = [f"{name}=={re.search(rf'/{name}-([0-9.]+)-', locked)[1]}" for name in BASE]
    subprocess.run([prefix / "bin" / "pip", "install", "--quiet", *base], check=True)
    with chdir(folder):
        scripts = [script for _, script in pack.get_preassemble_scripts() + pack.get_assemble_scripts()
                   if "pip install" in script]
    assert scripts
    for script in scripts:
        subprocess.run(["sh", "-c", script], cwd=folder, check=True,
                       env=os.environ | {"KERNEL_PYTHON_PREFIX": str(prefix)})
    installed = subprocess.run([prefix / "bin" / "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    assert set(base) <= set(installed.split())  # what Binder has is left as it is
    return prefix


@pytest.fixture(scope="module")
def launched(environment, folder, tmp_path_factory):
    """The server as Binder starts it: its address."""
    home = {"HOME": str(tmp_path_factory.mktemp("home")), "PATH": f"{environment / 'bin'}:{os.environ['PATH']}"}
    with running_lab(lambda options: [environment / "bin" / "jupyter", "notebook", "--allow-root", *options], folder,
                     home) as address:
        yield address


@pytest.mark.flaky(reruns=2)  # as in test_lab.py
def test_a_launch_opens_the_title_page_as_a_notebook_that_runs_and_moves(launched, browser):
    place = repository.launch_address(*FORK).partition("urlpath=lab/tree/")[2]
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    reader = Reader(note_everything(context.new_page()), launched, place)
    expect(reader.page.get_by_role("heading", name="20 Backprop by hand")).to_be_visible()
    reader.run_all()
    dragged = reader.drag("W2[0]", 50)
    assert dragged != 0.5
    printed = reader.run("import json; print(json.dumps([net['W2'].tolist(), net['dW1'].tolist()]))")
    W2, dW1 = json.loads(printed)
    assert [dragged, 0.6] == W2
    a1 = 1 / (1 + np.exp(-np.array([0.1, 0.3])))
    d1 = np.array(W2) * (1 / (1 + np.exp(-a1 @ W2)) - 1) * a1 * (1 - a1)
    assert np.allclose(dW1, np.outer(d1, [1, 0]))
    assert reader.complaints == []
    context.close()


def test_every_page_of_a_fork_launches_that_page_of_the_fork(folder):
    subprocess.run([Path(sys.executable).with_name("jupyter-book"), "build", "book", "--config", "_config.yml", "--toc",
                    folder / "_toc.yml",
                    "--path-output", ".", "-W", "-n", "--keep-going"], cwd=folder, check=True, capture_output=True,
                   env=os.environ
                   | {"GITHUB_REPOSITORY": "someone/fork", "GITHUB_REF_NAME": "my/branch", "GITHUB_HEAD_REF": ""})
    for page in PAGES:
        html = (folder / "_build" / "html" / f"{page}.html").read_text(encoding="utf-8")
        assert re.findall(r'href="(https://mybinder[^"]*)"', html) == [repository.launch_address(*FORK, page)]
        assert (folder / "_build" / "html" / "_sources" / f"{page}.ipynb").exists()


def test_this_book_launches_its_own_repository_or_none(site):
    found = repository.repository()
    for page in PAGES:
        launches = re.findall(r'href="(https://mybinder[^"]*)"', (site / f"{page}.html").read_text(encoding="utf-8"))
        assert launches == ([repository.launch_address(*found, page)] if found else [])


@pytest.mark.parametrize("environment_of_server, expected", [
    ({"GITHUB_REPOSITORY": "a/b", "GITHUB_REF_NAME": "main"}, ("github.com", "a/b", "main")),
    ({"GITHUB_REPOSITORY": "a/b", "GITHUB_REF_NAME": "5/merge", "GITHUB_HEAD_REF": "fix"},
     ("github.com", "a/b", "fix")),
    ({"GITHUB_REPOSITORY": "a/b", "GITHUB_SERVER_URL": "https://git.example.org"}, None),
])
def test_a_server_of_continuous_integration_says_which_repository_it_is(environment_of_server, expected):
    assert repository.repository(environment_of_server) == expected


@pytest.mark.parametrize("origin, expected", [
    ("https://github.com/a/b.git", ("github.com", "a/b", "lesson")),
    ("https://user:secret@gitlab.com/a/b-c.d/", ("gitlab.com", "a/b-c.d", "lesson")),
    ("git@github.com:a/b.git", ("github.com", "a/b", "lesson")),
    ("ssh://git@github.com/a/b", ("github.com", "a/b", "lesson")),
    ("https://example.org/a/b", None),
    ("/srv/git/b.git", None),
    (None, None),
])
def test_git_says_which_repository_a_clone_is_of(tmp_path, origin, expected):
    identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    commands = [["init", "-q", "-b", "lesson"], [*identity, "commit", "-q", "--allow-empty", "-m", "one"]]
    for command in commands + ([["remote", "add", "origin", origin]] if origin else []):
        subprocess.run(["git", "-C", tmp_path, *command], check=True)
    assert repository.repository({}, tmp_path) == expected


def test_the_badge_stands_between_its_marks_and_goes_without_a_repository():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    address = "https://mybinder.org/v2/gh/someone/fork/my%2Fbranch?urlpath=lab/tree/book/index.md"
    badge = f"[![Launch on Binder](https://mybinder.org/badge_logo.svg)]({address})"
    with_one = repository.with_badge(readme, repository.launch_address(*FORK))
    assert with_one.count(badge) == 1
    assert "mybinder" not in repository.with_badge(with_one, None)
