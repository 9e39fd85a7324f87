"""The share of other people's functions that trace unchanged, and why the others do not.

    python bench/sample.py FOLDER_OR_FILE… [--most 300]

Looked at are functions at the top of modules that use numpy, and take one to six arguments without a default. Each is
tried with numbers, vectors and matrices; those that plain numpy takes, and of which it makes floats, are the sample.
"""

import argparse
import ast
import collections
import contextlib
import importlib
import importlib.util
import inspect
import io
import itertools
import re
import signal
import sys
import warnings
from pathlib import Path

import numpy as np

from byhand import trace

SECONDS = 3  # for one function
KINDS = {"number": np.array(0.7), "vector": np.array([0.3, 1.1, 0.8]),
         "matrix": np.array([[0.9, 0.2, 0.1], [0.3, 1.2, 0.4], [0.2, 0.1, 0.8]])}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=300)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    found = [file for place in options.places for file in ([place] if place.is_file() else sorted(place.rglob("*.py")))]
    files = [file for file in found if "tests" not in file.parts]
    sample = itertools.islice(of_floats(files), options.most)
    reasons = collections.Counter(reason_of(function, inputs) for function, inputs in sample)
    count, traced = reasons.total(), reasons.pop(None, 0)
    print(f"{traced} of {count} functions trace unchanged ({traced / max(count, 1):.0%})")
    for reason, number in reasons.most_common():
        print(f"{number:4}  {reason}")


def of_floats(files):
    """(function, inputs) of each function that plain numpy takes and makes floats of."""
    for file in files:
        with contextlib.suppress(SyntaxError, UnicodeDecodeError):
            names = functions_in(file.read_text(encoding="utf-8"))
            module = imported(file) if names else None
            for name in names if module else []:
                function = inspect.unwrap(getattr(module, name, None) or ast)
                if inspect.isfunction(function) and (inputs := taken(function)):
                    yield function, inputs


def functions_in(source):
    """The functions at the top of a module that speak of numpy."""
    if not re.search(r"\b(import numpy|from numpy)", source) and "_nx" not in source:
        return []
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
            and re.search(r"\b(np|numpy|nx|_nx)\.", ast.get_source_segment(source, node) or "")]


def imported(file):
    """The module of a file, by its place in what is installed, or alone; None where it cannot be imported."""
    roots = [Path(root).resolve() for root in sys.path if root]
    inside = [root for root in roots if root in file.resolve().parents]
    with contextlib.suppress(BaseException), quiet():
        if inside and (file.parent / "__init__.py").exists():
            parts = file.resolve().relative_to(max(inside, key=lambda root: len(root.parts))).with_suffix("").parts
            return importlib.import_module(".".join(parts))
        spec = importlib.util.spec_from_file_location(f"sample_{file.stem}", file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    return None


def taken(function):
    """Inputs with which plain numpy makes floats, by name; None where none are found."""
    parameters = inspect.signature(function).parameters.values()
    names = [each.name for each in parameters if each.default is each.empty]
    if not 1 <= len(names) <= 6 or any(each.kind not in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)
                                       for each in parameters):
        return None
    mixed = itertools.product(KINDS, repeat=len(names)) if len(names) <= 3 else [[kind] * len(names) for kind in KINDS]
    for kinds in mixed:
        inputs = dict(zip(names, (KINDS[kind] * (1 + k / 10) for k, kind in enumerate(kinds))))
        with contextlib.suppress(BaseException), at_most(SECONDS), quiet():
            if makes_floats(function(**{name: value.copy()[()] for name, value in inputs.items()})):
                return inputs
    return None


def makes_floats(value):
    if isinstance(value, (list, tuple)):
        return bool(value) and all(map(makes_floats, value))
    return isinstance(value, (float, np.ndarray, np.floating)) and np.asarray(value).dtype == float


def reason_of(function, inputs):
    """Why a function is not traced, without what is its own; None where it is."""
    try:
        with at_most(SECONDS), quiet():
            trace(function, **inputs)
    except BaseException as error:
        words = str(error) or type(error).__name__
        return re.sub(r"^[^:]*line \d+( \(`.*?`\))?: ", "", words, flags=re.DOTALL)[:70].strip()
    return None


@contextlib.contextmanager
def quiet():
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), \
            np.errstate(all="ignore"):
        yield


@contextlib.contextmanager
def at_most(seconds):
    def stop(*_):
        raise TimeoutError("takes too long")
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    main()
