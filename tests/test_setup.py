"""The set-up: whatever state `.venv` was left in, the next `make` mends it; next year it installs the same packages."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from repo2docker.buildpacks import conda

from conftest import ROOT

BUILDS = "#!/bin/sh\necho built\n"
WRITES = f"""#!{sys.executable}
import warnings, os
warnings.simplefilter("ignore", DeprecationWarning)
import matplotlib.pyplot
from IPython.core.interactiveshell import InteractiveShell
from jupyter_core.paths import jupyter_config_dir, jupyter_data_dir, jupyter_runtime_dir
folders = [matplotlib.get_cachedir(), InteractiveShell.instance().ipython_dir,
           jupyter_config_dir(), jupyter_data_dir(), jupyter_runtime_dir()]
for folder in folders:
    os.makedirs(folder, exist_ok=True)
    print("in", folder)
"""


class Project:
    """What `make` needs of this project, in a folder of its own, with the Python of pretend/."""

    def __init__(self, folder, outside):
        self.folder, self.outside = folder, outside
        folder.mkdir()
        for name in ("Makefile", "requirements.txt", "requirements-test.txt", "constraints.txt", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        self.tell_builder(BUILDS)
        for name in ("stopped", "never"):
            os.mkfifo(outside / name)

    def tell_builder(self, script):
        builder = self.outside / "jupyter-book"
        builder.write_text(script, encoding="utf-8")
        builder.chmod(0o755)

    def start(self, *arguments, **environment):
        """A `make` that is running; the calls of the Python before it are forgotten."""
        (self.outside / "notes").write_text("", encoding="utf-8")
        places = {"NOTES": self.outside / "notes", "STOPPED": self.outside / "stopped", "NEVER": self.outside / "never"}
        outer = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        return subprocess.Popen(["make", f"PYTHON={ROOT / 'tests' / 'pretend' / 'python'}", *arguments],
                                cwd=self.folder, encoding="utf-8",
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=outer | places | environment,
                                start_new_session=True,
                                preexec_fn=lambda: signal.signal(signal.SIGINT,
                                                                 signal.SIG_DFL))  # a shell's background jobs ignore it

    def make(self, *arguments, **environment):
        made = self.start(*arguments, **environment)
        made.out, made.err = made.communicate(timeout=60)
        return made

    def interrupt(self, place, goal):
        """Presses Ctrl-C when the set-up has come to `place`."""
        making = self.start(goal, STOP_AT=place)
        assert (self.outside / "stopped").read_text(encoding="utf-8") == f"at {place}\n"
        os.killpg(making.pid, signal.SIGINT)
        making.communicate(timeout=60)
        assert making.returncode != 0

    def asked(self, word):
        return sum(word in line for line in (self.outside / "notes").read_text(encoding="utf-8").splitlines())


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "a book", tmp_path)


@pytest.mark.parametrize("place, goal",
                         [("venv", "book"), ("requirements.txt", "book"),
                          ("requirements-test.txt", ".venv/test.stamp")])
def test_a_set_up_that_was_interrupted_is_mended_by_the_next(project, place, goal):
    project.interrupt(place, goal)
    again = project.make("book")
    assert again.returncode == 0 and "built" in again.out
    assert project.asked("-m venv") == 1  # what is half installed looks installed to pip
    assert project.make("book").returncode == 0
    assert project.asked("-m venv") == project.asked("pip install") == 0


def lose_python(project):
    (project.folder / ".venv" / "bin" / "python").unlink()


def leave_a_broken_link(project):
    lose_python(project)
    (project.folder / ".venv" / "bin" / "python").symlink_to("/python/that/was/removed")


def leave_a_python_that_fails(project):
    (project.folder / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")


def lose_pip(project):
    (project.folder / ".venv" / "bin" / "pip").unlink()


def move(project):
    project.folder = project.folder.rename(project.folder.with_name("moved"))


def leave_an_empty_folder(project):
    shutil.rmtree(project.folder / ".venv")
    (project.folder / ".venv").mkdir()


@pytest.mark.parametrize("harm", [lose_python, leave_a_broken_link, leave_a_python_that_fails, lose_pip, move,
                                  leave_an_empty_folder])
def test_an_environment_that_was_harmed_is_made_anew(project, harm):
    assert project.make("book").returncode == 0
    harm(project)
    again = project.make("book")
    assert again.returncode == 0 and "built" in again.out
    assert project.asked("-m venv") == 1


def test_new_pins_are_installed_into_the_same_environment(project):
    assert project.make("book").returncode == 0
    os.utime(project.folder / "constraints.txt", (2 ** 32, 2 ** 32))
    assert project.make("book").returncode == 0
    assert (project.asked("-m venv"), project.asked("pip install")) == (0, 1)


@pytest.mark.parametrize("wrong", [{"TOO_OLD": "1"}, {"PYTHON": "no-such-python"}])
def test_a_python_that_will_not_do_is_refused_in_a_sentence(project, wrong):
    made = project.make("book", *(f"{name}={value}" for name, value in wrong.items() if name == "PYTHON"), **wrong)
    assert made.returncode != 0
    assert "needs Python 3.11 or newer" in made.err and "Traceback" not in made.err
    assert not (project.folder / ".venv").exists()


def test_nothing_is_written_in_a_home_that_cannot_be_written_in(project):
    project.tell_builder(WRITES)
    made = project.make("book", HOME="/dev/null")
    assert made.returncode == 0, made.err
    assert made.err == ""
    folders = [line.removeprefix("in ") for line in made.out.splitlines() if line.startswith("in ")]
    assert len(folders) == 5 and all(folder.startswith(f"{project.folder}/.venv/") for folder in folders)


@pytest.mark.parametrize("port", ["taken", "web", "65536", "-1", ""])
def test_a_port_that_cannot_be_had_is_told_in_a_sentence(port):
    with socket.socket() as other:
        other.bind(("localhost", 0))
        other.listen()
        port = str(other.getsockname()[1]) if port == "taken" else port
        served = subprocess.run([sys.executable, ROOT / "tools" / "serve.py", ROOT, port], capture_output=True,
                                encoding="utf-8", timeout=60)
    assert served.returncode == 1
    assert re.fullmatch(rf'Port "{port}" cannot be served on: .+ Name another: make serve PORT=8001\n', served.stderr)


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(python=None):
    """The version of each package, for a Python; this one, if none is named."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if not line.startswith("#")]
    place = {"python_version": python, "python_full_version": f"{python}.0"} if python else {}
    return {plain(one.name): str(one.specifier).removeprefix("==") for one in wanted if one.marker is None
            or one.marker.evaluate(place)}


def test_every_package_that_is_installed_is_pinned_at_its_version():
    installed = {plain(one.name): one.version for one in distributions()}
    own = {plain(re.search(r'^name = "(.+)"', (ROOT / place).read_text(encoding="utf-8"), re.MULTILINE)[1])
           for place in ("pyproject.toml", "lab/pyproject.toml")}
    assert own <= installed.keys()
    assert {name: version for name, version in installed.items() if name not in own
            and pins().get(name) != version} == {}


def test_what_binder_has_is_pinned_at_the_version_that_it_has():
    lock = Path(conda.__file__).with_name("environment.py-3.12-linux-64.lock").read_text(encoding="utf-8")
    binders = {plain(name): version
               for name, version in re.findall(r"/([\w.-]+?)-([0-9][\w.]*)-[^-/]+\.(?:conda|tar)", lock)}
    both = binders.keys() & pins("3.12").keys()
    assert {"jupyterlab", "jupyter-server", "ipywidgets", "ipykernel", "tornado", "pip"} <= both
    assert {name: pins("3.12")[name] for name in both} == {name: binders[name] for name in both}


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14", "3.15"])
def test_each_python_has_a_version_of_what_is_wanted(python):
    lines = [line.partition(" #")[0] for name in ("requirements.txt", "requirements-test.txt")
             for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if re.match("[a-z]", line)]
    for wanted in map(Requirement, lines):
        if wanted.marker is None or wanted.marker.evaluate({"python_version": python}):
            assert wanted.specifier.contains(pins(python)[plain(wanted.name)])


def test_both_our_packages_are_built_with_the_pinned_setuptools():
    for place in ("pyproject.toml", "lab/pyproject.toml"):
        assert f'requires = ["setuptools=={pins("3.15")["setuptools"]}"]' in (ROOT / place).read_text(encoding="utf-8")


def test_the_workflow_sets_up_on_windows_as_the_readme_says():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "book.yml").read_text(encoding="utf-8"))["jobs"]
    by_hand = [step["run"].replace("python -m venv", "py -m venv", 1) for step in jobs["windows"]["steps"]
               if "run" in step]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(by_hand) == 5 and all(f"    {line}\n" in readme for line in by_hand)
    assert jobs["build"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14", "3.15"]
    assert all("timeout-minutes" in job for job in jobs.values())
    assert all(re.search(r"@[0-9a-f]{40}$", step["uses"]) for job in jobs.values() for step in job["steps"]
               if "uses" in step)
