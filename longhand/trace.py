"""Run an ordinary numpy function once on cells, and name what it made.

    def line(x, w, b):
        y = w * x + b
        return y

    sheet = trace(line, x=2.0, w=3.0, b=1.0)
    sheet.evaluate(w=4.0)["y"]          # 9.0
"""

import contextlib
import dis
import inspect
import io
import linecache
import re
import sys

import numpy as np

from .array import Cells, as_cells
from .cell import Cell, TraceError, watch
from .sheet import Sheet


def trace(function, **inputs):
    """The sheet of `function`: its inputs and local variables as named arrays of cells.

    `inputs` are numbers, or nested lists or arrays of them, by parameter name; a parameter that has a default and
    is not given stays that plain default. Local variables name the cells, in the order in which the code assigns
    them; what is returned without a name is called `result`.

    Raises TraceError, naming the line, where the function does something that a sheet cannot hold, or fails on plain
    numbers already.
    """
    code = _code(function)
    inputs = _check_inputs(function, inputs)
    try:
        numbers, once_more = (_run(function, code, _copies(inputs))[0] for _ in range(2))
    except Exception as error:
        shapes = ", ".join(f"{name} {np.shape(array)}" if np.ndim(array) else name for name, array in inputs.items())
        raise _located(error, code, f"plain numbers fail here already, with the inputs {shapes}") from error
    _check_repeats(code, numbers, once_more)
    cells = {name: _input_cells(array) for name, array in inputs.items()}
    arguments = {name: array.copy() for name, array in cells.items()}
    try:
        values, result = _run(function, code, arguments, watch_lines=True)
    except Exception as error:
        raise _located(error, code, "plain numbers pass here, but values with formulas do not") from error
    named = _named(cells, values, result, code)
    if len(named) == len(cells):
        raise TraceError(f"{code.co_name} computes no number from its inputs: it must assign or return one")
    sheet = Sheet(inputs, named, _source(code))
    _check_same(sheet, numbers, code)
    return sheet


def _code(function):
    function = inspect.unwrap(function) if callable(function) else function
    code = getattr(function, "__code__", None)
    if code is None:
        raise TraceError(f"{function!r} is not a function written in Python: give a function made by def or lambda")
    return code


def _check_inputs(function, inputs):
    """The inputs as arrays of floats (scalars as numpy's), in the order of the function's parameters."""
    parameters = inspect.signature(function).parameters
    name_of_function = function.__name__
    if unknown := [name for name in inputs if name not in parameters]:
        raise TraceError(f"{name_of_function} has no input {unknown[0]!r}: it takes {', '.join(parameters)}")
    for name, parameter in parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
            raise TraceError(f"{name_of_function} takes {parameter}: write each input as a parameter of its own")
        if name not in inputs and parameter.default is parameter.empty:
            raise TraceError(f"{name_of_function} needs the input {name!r}: give it as {name}=…")
    return {name: as_numbers(name, inputs[name]) for name in parameters if name in inputs}


def as_numbers(name, value):
    """`value` as an array of floats of its own; the sentence of a TraceError where it is none."""
    try:
        array = np.array(value)
    except ValueError:
        array = np.array(None)  # ragged
    if array.dtype.kind not in "fbiu":
        ragged = isinstance(value, (list, tuple)) and any(isinstance(row, (list, tuple)) for row in value)
        remedy = "its rows must have the same length" if ragged else "give a number, or a list or array of numbers"
        raise TraceError(f"input {name} = {value!r} is not an array of numbers: {remedy}")
    if array.size == 0:
        raise TraceError(f"input {name} is empty: give at least one number")
    return array.astype(float)


def _copies(inputs):
    return {name: array.copy() if array.ndim else array[()] for name, array in inputs.items()}


def _input_cells(array):
    return as_cells(np.frompyfunc(lambda value: Cell("input", value=value), 1, 1)(array))


def _run(function, code, arguments, watch_lines=False):
    """What `function` returns, and its local variables as they were when it returned."""
    values = {}

    def on_return(frame, event, _):
        if event == "return" and frame.f_code is code:
            values.update(frame.f_locals)

    before = sys.getprofile(), watch(code if watch_lines else None)
    sys.setprofile(on_return)
    try:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            result = function(**arguments)
    finally:
        sys.setprofile(before[0])
        watch(before[1])
    return {name: values[name] for name in _assigned(code) if name in values}, result


def _assigned(code):
    """The names of the local variables, parameters first, in the order in which the code assigns them."""
    names = dict.fromkeys(code.co_varnames[:code.co_argcount + code.co_kwonlyargcount])
    for step in dis.get_instructions(code):
        if step.opname.startswith("STORE_") and step.opname.split("_")[1] in ("FAST", "DEREF"):
            names |= dict.fromkeys(step.argval if isinstance(step.argval, tuple) else [step.argval])
    return [name for name in names if not name.startswith("_")]


def _named(cells, values, result, code):
    """Every named array of cells: inputs, then local variables, then what is returned without a name."""
    named = dict(cells)
    for name, value in values.items():
        if name in cells and not _is_same(value, cells[name]):
            raise TraceError(f"{code.co_name} assigns to its input {name}: give the new value a name of its own, "
                             "so that both can be shown")
        if (array := _array_of_cells(value)) is not None:
            named.setdefault(name, array)
    known = {id(cell) for array in named.values() for cell in array.view(np.ndarray).flat}
    for name, value in _returned(result).items():
        array = _array_of_cells(value)
        if array is not None and not (_is_unnamed(name) and all(id(cell) in known for cell in array.view(np.ndarray).flat)):
            named.setdefault(name, array)
    for name, array in named.items():
        _name_cells(name, array)
    return named


def _returned(result):
    if isinstance(result, dict):
        return {str(name): value for name, value in result.items()}
    if isinstance(result, (tuple, list)):
        return {f"result_{i}": value for i, value in enumerate(result)}
    return {"result": result}


def _is_unnamed(name):
    """Whether a name of `_returned` is ours rather than a key of the function's own."""
    return re.fullmatch(r"result(_\d+)?", name)


def _is_same(value, array):
    value = _array_of_cells(value)
    return value is not None and value.shape == array.shape and all(
        a is b for a, b in zip(value.view(np.ndarray).flat, array.view(np.ndarray).flat))


def _array_of_cells(value):
    """`value` as an array of cells if it is one, or a list of equal ones, or numpy's numbers; else None."""
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "fbiu":
        return as_cells(value) if value.size else None
    if isinstance(value, (list, tuple)) and value:
        rows = [_array_of_cells(row) for row in value]
        same = all(row is not None and row.shape == rows[0].shape for row in rows)
        return as_cells(np.stack(rows)) if same else None
    if isinstance(value, np.ndarray) and value.dtype == object:
        holds_cells = value.size and all(isinstance(item, Cell) for item in value.view(np.ndarray).flat)
        return value.view(Cells) if holds_cells else None
    return as_cells(value) if isinstance(value, Cell) else None


def _name_cells(name, array):
    for index in np.ndindex(array.shape):
        full = f"{name}[{', '.join(map(str, index))}]" if index else name
        array.view(np.ndarray)[index].names.append(full)


def _check_repeats(code, once, again):
    for name in once:
        if not _same_numbers(once[name], again[name]):
            raise TraceError(f"{_place(code, _line_of(code, name))}: {name} differs between two runs on the same "
                             "inputs (random numbers, a clock, a counter?): draw it outside and pass it as an input")


def _check_same(sheet, numbers, code):
    """The traced function must give what the plain one gave: else it did something behind the trace's back."""
    traced = sheet.evaluate()
    for name, value in numbers.items():
        if name in traced and not _same_numbers(traced[name], value, tolerance=1e-6):
            raise TraceError(f"{_place(code, _line_of(code, name))}: {name} is {value} for plain numbers, but "
                             f"{traced[name]} when traced: the code treats arrays of objects differently")


def _same_numbers(a, b, tolerance=0.0):
    try:
        a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    except (TypeError, ValueError):
        return True  # no number of the sheet: a function, a module, a string
    return a.shape == b.shape and np.allclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True)


def _line_of(code, name):
    """The line of the function that first assigns `name`, its `def` being line 1."""
    stores = (step for step in dis.get_instructions(code) if step.opname.startswith("STORE_") and step.argval == name)
    line = next((step.positions.lineno for step in stores if step.positions), None) or code.co_firstlineno
    return line - code.co_firstlineno + 1


def _located(error, code, circumstances):
    """`error` as a TraceError that names the line of the traced function at which it was raised."""
    lines = [at.tb_lineno for at in _frames(error.__traceback__) if at.tb_frame.f_code is code]
    cause = error
    while not isinstance(cause, TraceError) and (cause.__cause__ or cause.__context__):
        cause = cause.__cause__ or cause.__context__
    reason = str(cause if isinstance(cause, TraceError) else f"{type(error).__name__}: {error}; {circumstances}")
    return TraceError(f"{_place(code, lines[0] - code.co_firstlineno + 1 if lines else 1)}: {reason}")


def _frames(traceback):
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _place(code, line):
    source = linecache.getline(code.co_filename, code.co_firstlineno + line - 1).strip()
    return f"{code.co_name}, line {line}" + (f" (`{source}`)" if source else "")


def _source(code):
    """The lines of the function, as the reader wrote them; [] where the source is not to be had."""
    try:
        return inspect.getsource(code).rstrip().split("\n")
    except OSError:
        return []
