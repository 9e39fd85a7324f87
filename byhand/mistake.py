"""A mistake: a function with one line changed.

    wrong = with_line(backward, "d2 = yhat - y", "d2 = y - yhat")
    wrong(**point)      # what backward gives, but for that line
"""

import ast
import inspect
import linecache
import textwrap
import types
import zlib
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

    def in_one_of(self, functions):
        """The functions, with this mistake in those that have its line; ValueError, in a sentence, where none has."""
        made, complaint = [], None
        for function in functions:
            try:
                made.append(self.of(function))
            except ValueError as error:
                complaint = error
                made.append(function)
        if made == list(functions):
            raise complaint
        return made


def with_line(function, right, wrong):
    """A function like `function`, with the line `wrong` in the place of `right`.

    A comment behind the line and its indentation are not part of it, and stay. The function has the globals, the
    closure and the defaults of `function`; tracebacks and `inspect.getsource` show its own lines. Raises ValueError, in
    a sentence, where `right` is not exactly one line of `function`, or the wrong one is not a line of Python.
    """
    function = inspect.unwrap(function)
    source = _replaced(source_of(function), function.__name__, right, wrong)
    try:
        return _written(function, source, f"{wrong!r} for {right!r}")
    except SyntaxError as error:
        raise ValueError(f"{wrong.strip()!r} is not Python here: {error.msg}") from None


def with_parameter(function, name, **more):
    """A function like `function` that takes `name` too, before all others; its lines may use the names `more`."""
    definition = definition_in(source_of(function))
    definition.args.args.insert(0, ast.arg(name))
    return _written(function, ast.unparse(definition) + "\n", name, **more)


def _written(function, source, change, **more):
    """A function like `function` with a change in its source, which is kept for whoever asks for it."""
    which = zlib.crc32(source.encode())  # two changes may be made, one after the other
    file = f"<{function.__module__}.{function.__qualname__} with {change}, {which}>"
    made = rewritten(function, definition_in(source), file, **more)
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


def target_of(line):
    """The array that a line of code assigns to."""
    try:
        return ast.parse(line.strip()).body[0].targets[0].id
    except (SyntaxError, AttributeError, IndexError):
        raise ValueError(f"{line.strip()!r} is no line that assigns to one name: no answer could tell of it") from None


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
