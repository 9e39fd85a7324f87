"""Writes constraints.txt: every package that this book installs at one version, for each Python and each system.

Up to Binder's Python, what Binder's own environment holds stays at the version it has there, so that nothing of it is
replaced; everything else, and everything on a newer Python, is the newest that fits requirements*.txt. The same
setuptools that is pinned for the newest Python builds our two packages: it is written into their pyproject.toml.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADER = """\
# Every package that this book installs, at one version each. Written by `make pins`.
# What is wanted, and why, is in requirements*.txt. A package that a Python or a system does not need is not installed
# because it stands here.
"""
# Conda has names of its own.
FOR_CONDA = {"brotli-python": "brotli", "nbconvert-core": "nbconvert", "python-fastjsonschema": "fastjsonschema"}
FILE = re.compile(r"/([a-z0-9][\w.-]*?)-([0-9][\w.]*)-[^-/]+\.(?:conda|tar\.bz2)")


def main():
    pins = resolve(wanted(), binders_own())
    (ROOT / "constraints.txt").write_text(HEADER + pins, encoding="utf-8")
    builder = re.findall(r"^setuptools==([\w.]+)", pins, re.MULTILINE)[-1]
    for project in (ROOT / "pyproject.toml", ROOT / "lab" / "pyproject.toml"):
        text = project.read_text(encoding="utf-8")
        project.write_text(re.sub(r'"setuptools==[^"]*"', f'"setuptools=={builder}"', text), encoding="utf-8")
    print(f"constraints.txt: {len(set(re.findall('^[^=]+', pins, re.MULTILINE)))} packages")


def wanted():
    """The hand-written requirements, without their references to each other and to the pins."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "requirements-test.txt")]
    return "\n".join(line for text in texts for line in text.splitlines() if not line.startswith(("-r ", "-c ")))


def binders_own():
    """What repo2docker installs before it looks at this book, as constraints for Binder's Python and older ones."""
    from repo2docker.buildpacks import conda
    major, minor = re.findall(r"\d+", (ROOT / ".binder" / "runtime.txt").read_text(encoding="utf-8"))
    lock = Path(conda.__file__).with_name(f"environment.py-{major}.{minor}-linux-64.lock").read_text(encoding="utf-8")
    return "\n".join(f"{FOR_CONDA.get(name, name)}=={version} ; python_version <= '{major}.{minor}'"
                     for name, version in FILE.findall(lock))


def resolve(requirements, constraints):
    """One version of each package for every system and every Python from 3.11 on, as lines for pip."""
    own = ROOT / ".venv" / "binders-own.txt"
    own.write_text(constraints, encoding="utf-8")
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--constraint", own, "--universal",
               "--python-version", "3.11", "--no-config", "--no-header", "--no-annotate", "--quiet",
               "--no-emit-package", "byhand", "--no-emit-package", "backprop-by-hand-lab"]
    ran = subprocess.run(command, cwd=ROOT, input=requirements, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return ran.stdout


if __name__ == "__main__":
    main()
