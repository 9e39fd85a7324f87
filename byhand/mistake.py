"""A mistake: a function with one line changed.

    wrong = with_line(backward, "d2 = yhat - y", "d2 = y - yhat")
    wrong(**point)      # what backward gives, but for that line
"""

import ast
import inspect
import linecache
import textwrap
import types
from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """What it is, the right line, the wrong line, and what gives it away."""
    name: str
    right: str
    wrong: str
    clue: str

    def of(self, function):
        """`function` with this mistake in it (see with_line)."""
        return with_line(function, self.right, self.wrong)


def with_line(function, right, wrong):
    """A function like `function`, with the line `wrong` in the place of `right`.

    A comment behind the line and its indentation are not part of it, and stay. The function has the globals, the
    closure and the defaults of `function`; tracebacks and `inspect.getsource` show its own lines. Raises ValueError, in
    a sentence, where `right` is not exactly one line of `function`, or the wrong one is not a line of Python.
    """
    function = inspect.unwrap(function)
    source = _replaced(source_of(function), function.__name__, right, wrong)
    file = f"<{function.__module__}.{function.__qualname__} with {wrong!r} for {right!r}>"
    try:
        made = rewritten(function, definition_in(source), file)
    except SyntaxError as error:
        raise ValueError(f"{wrong.strip()!r} is not Python here: {error.msg}") from None
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    return made


def rewritten(function, definition, file, **more):
    """A function like `function`, with its globals, closure and defaults, that the tree `definition` defines.

    `more` are further names that the tree may use: they stand in the closure.
    """
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or ()))
    cells |= {name: types.CellType(value) for name, value in more.items()}
    code = _compiled(definition, file, cells)
    closure = tuple(cells[name] for name in code.co_freevars)
    made = types.FunctionType(code, function.__globals__, function.__name__, function.__defaults__, closure)
    made.__kwdefaults__ = function.__kwdefaults__
    made.__module__, made.__qualname__ = function.__module__, function.__qualname__
    return made


def source_of(function):
    """The lines of a function, without the indentation of the first."""
    try:
        return textwrap.dedent(inspect.getsource(function))
    except OSError:
        raise ValueError(f"the lines of {function.__name__} are not to be had: write it in a file") from None


def _replaced(source, name, right, wrong):
    lines = source.splitlines()
    places = [k for k, line in enumerate(lines) if _is_line(line, right)]
    if len(places) != 1:
        count = "not a line" if not places else f"{len(places)} lines"
        raise ValueError(f"{right.strip()!r} is {count} of {name}: it must be exactly one, as it is written there")
    line = lines[places[0]]
    lines[places[0]] = line.replace(right.strip(), wrong.strip(), 1)
    return "\n".join(lines) + "\n"


def _is_line(line, right):
    rest = line.strip().removeprefix(right.strip()).strip()
    return line.strip().startswith(right.strip()) and (not rest or rest.startswith("#"))


def definition_in(source):
    """The tree of the one function that `source` defines; SyntaxError where it is something else."""
    definition, *more = ast.parse(source).body
    if more or not isinstance(definition, ast.FunctionDef):
        raise SyntaxError("a function is written with def, and its line is one line")
    return definition


def _compiled(definition, file, free):
    """The code of a function, in which the names `free` are free variables."""
    around = ast.parse(f"def around({', '.join(free)}): pass")
    around.body[0].body = [definition]
    code = compile(around, file, "exec")
    return _inner(_inner(code, "around"), definition.name)


def _inner(code, name):
    return next(each for each in code.co_consts if isinstance(each, types.CodeType) and each.co_name == name)
