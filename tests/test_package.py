"""The engine as a package of its own: what is built from a clone has all that a page needs, wherever it is."""

import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string

import pytest

import byhand
from conftest import ENGINE, ROOT
from lab import copy_of_the_project

BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_sdist(sys.argv[1]))"
LINE = """
import byhand, pathlib
from byhand import bundle

def line(x, w, b):
    y = w * x + b
    return y

net = byhand.explore(line, x=2, w=3, b=1)
print(pathlib.Path(byhand.__file__).parent.parent)
html = net._repr_mimebundle_()[0]["text/html"]
print(net["y"], html.count('data-cell="y"'), html.count('data-input="w"'), "{" in bundle.style())
print("startPage" in bundle.page_script(), "render" in bundle.widget_module())
"""


def run(*command, **options):
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, encoding="utf-8", **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A source distribution of this project, and the wheel that pip makes of it; no network."""
    folder = tmp_path_factory.mktemp("built")
    run("-c", BUILD, folder, cwd=copy_of_the_project(folder / "project"))
    [source] = folder.glob("byhand-*.tar.gz")
    run("-m", "pip", "wheel", "--quiet", "--no-index", "--no-build-isolation", "--no-deps", "-w", folder, source)
    [wheel] = folder.glob("byhand-*.whl")
    return source, wheel


def test_the_wheel_has_every_file_of_the_engine(built):
    ours = {f"byhand/{file.relative_to(ENGINE).as_posix()}" for file in ENGINE.rglob("*")
            if file.is_file() and "__pycache__" not in file.parts}
    packed = {name for name in zipfile.ZipFile(built[1]).namelist() if ".dist-info/" not in name}
    assert packed == ours


def test_the_package_says_what_it_is(built):
    with tarfile.open(built[0]) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
    assert {"README.md", "LICENSE", "pyproject.toml"} <= names
    wheel = zipfile.ZipFile(built[1])
    [place] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    said = message_from_string(wheel.read(place).decode("utf-8"))
    assert said["Version"] == byhand.__version__
    assert said["Description-Content-Type"] == "text/markdown"
    assert said.get_payload() == (ROOT / "README.md").read_text(encoding="utf-8")
    assert said["License-Expression"] == "MIT" and said["License-File"] == "LICENSE"


def test_what_is_installed_from_it_draws_a_view(built, tmp_path):
    run("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", tmp_path / "there", built[1])
    said = run("-c", LINE, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path / "there")})
    assert said.splitlines() == [str(tmp_path / "there"), "7.0 1 1 True", "True True"]
