"""Run ordinary numpy functions once on cells, in order, and name what they made.

    def line(x, w, b):
        y = w * x + b
        return y

    def miss(y, target):
        error = y - target
        return error

    sheet = trace(line, miss, x=2.0, w=3.0, b=1.0, target=5.0)
    sheet.evaluate(w=4.0)["error"]      # 4.0
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
from .cell import Cell, TraceError, refusals, watch
from .compare import difference, other_inputs, same_numbers
from .domain import check_domains
from .sheet import Sheet
from .standin import numpy_for_cells
from .writing.name import full


def trace(*functions, domains=None, **inputs):
    """The sheet of a function, or of several in order: inputs and local variables as named arrays of cells.

    `inputs` are numbers, or nested lists or arrays of them, by parameter name. What a function takes is an input, or
    what an earlier function has made under that name; a parameter that is neither stays its plain default. Local
    variables name the cells, in the order in which the code assigns them, function after function; what is returned
    without a name is called `result`. `domains`, name -> Domain, say what an input may be: one that is a whole number
    may pick a place, `p[which]`.

    Raises TraceError, naming function and line, where one does something that a sheet cannot hold, or fails on plain
    numbers already; KeyError or ValueError where a domain fits no input.
    """
    inputs, domains = _check_inputs(functions, inputs), domains or {}
    check_domains(domains, inputs)
    numbers, once_more = (_plain_numbers(functions, inputs, domains) for _ in range(2))
    _check_repeats(functions, numbers, once_more)
    named = _named(functions, inputs, domains)
    if len(named) == len(inputs):
        raise TraceError(f"{_listed(functions)} computes no number from its inputs: it must assign or return one")
    sheet = Sheet(inputs, named, _source(functions), domains)
    _check_same(sheet, numbers, inputs, functions)
    _check_elsewhere(sheet, functions, inputs)
    return sheet


def _code(function):
    function = inspect.unwrap(function) if callable(function) else function
    code = getattr(function, "__code__", None)
    if code is None:
        raise TraceError(f"{function!r} is not a function written in Python: give a function made by def or lambda")
    return code


def _check_inputs(functions, inputs):
    """The inputs as arrays of floats (scalars as numpy's), in the order of the functions' parameters."""
    taken = list(dict.fromkeys(name for function in functions for name in _parameters(function)))
    if not functions:
        raise TraceError("there is nothing to trace: give a function, or several in order")
    if unknown := [name for name in inputs if name not in taken]:
        verb, it = ("has", "it takes") if len(functions) == 1 else ("have", "they take")
        raise TraceError(f"{_listed(functions)} {verb} no input {unknown[0]!r}: {it} {', '.join(taken)}")
    return {name: as_numbers(name, inputs[name]) for name in taken if name in inputs}


def _parameters(function):
    """The parameters of a function, name -> inspect.Parameter; a TraceError where they have no names of their own."""
    code, parameters = _code(function), inspect.signature(function).parameters
    for parameter in parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
            raise TraceError(f"{code.co_name} takes {parameter}: write each input as a parameter of its own")
    return parameters


def _listed(functions):
    return ", ".join(_code(function).co_name for function in functions)


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


def _plain_numbers(functions, inputs, domains):
    """What the functions make of plain numbers, name -> value. Inputs of whole numbers are numpy's integers."""
    is_whole = {name: name in domains and domains[name].whole for name in inputs}
    made = {name: array.astype(int) if is_whole[name] else array for name, array in inputs.items()}
    for k, function in enumerate(functions):
        arguments = _arguments(functions[:k], function, made)
        try:
            made |= _run(function, arguments)
        except Exception as error:
            taken = _arguments(functions[:k], function, made)  # as they were
            raise _located(error, function, _why_plain_fails(error, function, taken, inputs)) from error
    return made


def _why_plain_fails(error, function, arguments, inputs):
    if isinstance(error, IndexError) and (name := _picker(function, arguments, inputs)):
        return (f"{name} picks a place, so it must be whole: give it a domain of whole numbers, "
                f"domains={{{name!r}: whole(0, 3)}} or one_of(labels)")
    return f"{type(error).__name__}: {error}; plain numbers fail here already, with {_shapes(arguments)}"


def _picker(function, arguments, inputs):
    """The first input that the function cannot take as a float, but as a whole number; None where there is none."""
    whole = {name: np.asarray(value).astype(int)[()] for name, value in arguments.items()
             if name in inputs and _is_whole(value)}
    return next((name for name in whole if _passes(function, arguments | whole)
                 and not _passes(function, arguments | whole | {name: arguments[name]})), None)


def _is_whole(value):
    return isinstance(value, (np.ndarray, np.floating)) and value.dtype == float and bool(np.all(np.mod(value, 1) == 0))


def _passes(function, arguments):
    try:
        _run(function, {name: _copy(value) for name, value in arguments.items()})
    except Exception:
        return False
    return True


def _named(functions, inputs, domains):
    """Every array of cells that has a name: inputs, then what the functions make, one after the other."""
    named = {name: _input_cells(name, array, domains.get(name)) for name, array in inputs.items()}
    made, makers = dict(named), {}
    for k, function in enumerate(functions):
        values = _run_on_cells(function, _arguments(functions[:k], function, made), len(_source(functions[:k])))
        made |= values
        for name, array in _new_arrays(function, values, named, makers).items():
            named[name], makers[name] = array, function
    for name in makers:
        _name_cells(name, named[name])
    return named


def _arguments(before, function, made):
    """What `function` takes of what is `made`, name -> a copy of its own; TraceError where it takes something else."""
    parameters = _parameters(function)
    for name, parameter in parameters.items():
        if name not in made and parameter.default is parameter.empty:
            raise TraceError(_unknown(before, _code(function).co_name, name, made))
    return {name: _copy(made[name]) for name in parameters if name in made}


def _unknown(before, taker, name, made):
    if not before:
        return f"{taker} needs the input {name!r}: give it as {name}=…"
    there = ", ".join(each for each in made if not each.startswith("_"))
    return f"{taker} takes {name!r}, which is no input and not made by {_listed(before)}: there are {there}"


def _copy(value):
    if isinstance(value, np.ndarray):
        return value.copy() if value.ndim or isinstance(value, Cells) else value[()]
    return value.copy() if isinstance(value, (list, dict)) else value


def _shapes(arguments):
    """The arguments in words: the inputs x (3,), w (1, 2)."""
    shapes = {name: getattr(value, "shape", None) for name, value in arguments.items()}
    return "the inputs " + ", ".join(f"{name} {shape}" if shape else name for name, shape in shapes.items())


def _input_cells(name, array, domain):
    """A cell for each number of an input, by its name, which sentences speak of."""
    places = domain and domain.places()
    cells = as_cells(np.frompyfunc(lambda value: Cell("input", value=value, places=places), 1, 1)(array))
    _name_cells(name, cells)
    return cells


def _run_on_cells(function, arguments, above):
    """What `function` makes of cells, name -> value; a TraceError, naming the line, where it cannot.

    above   how many lines of the sheet's source stand above the function's
    """
    try:
        with numpy_for_cells(function):
            values = _run(function, arguments, above)
    except Exception as error:
        circumstances = "plain numbers pass here, but values with formulas do not"
        if isinstance(error, IndexError):
            circumstances = "a value picks from plain numbers: write np.take(numbers, place, axis=0)"
        raise _located(error, function, f"{type(error).__name__}: {error}; {circumstances}") from error
    if refusals:
        line, message = refusals[0]
        raise TraceError(f"{_place(function, line or 1)}: {message} "
                         "(the code catches this refusal with try: the numbers would be wrong)")
    return values


def _run(function, arguments, above=None):
    """The local variables of `function` as they were when it returned, and what it returned under other names.

    above   the lines of source above the function, where cells shall know their lines
    """
    code, values = _code(function), {}

    def on_return(frame, event, _):
        if event == "return" and frame.f_code is code:
            values.update(frame.f_locals)

    before = sys.getprofile(), watch(None) if above is None else watch(code, above)
    sys.setprofile(on_return)
    try:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            result = function(**arguments)
    finally:
        sys.setprofile(before[0])
        watch(*before[1])
    values = {name: values[name] for name in _assigned(code) if name in values}
    kept = {id(value) for value in values.values()}
    return values | {name: value for name, value in _returned(result).items() if name not in values
                     and not (_is_unnamed(function, name) and id(value) in kept)}


def _assigned(code):
    """The names of the local variables, parameters first, in the order in which the code assigns them."""
    names = dict.fromkeys(code.co_varnames[:code.co_argcount + code.co_kwonlyargcount])
    for step in _stores(code):
        if step.opname.split("_")[1] in ("FAST", "DEREF"):
            names |= dict.fromkeys(step.argval if isinstance(step.argval, tuple) else [step.argval])
    return [name for name in names if not name.startswith("_")]


def _stores(code):
    return [step for step in dis.get_instructions(code) if step.opname.startswith("STORE_")]


def _new_arrays(function, values, named, makers):
    """Those of the values that are arrays of cells and not `named` yet."""
    new = {}
    for name, value in values.items():
        array = _array_of_cells(value)
        if name in named:
            if array is None or not _is_same(array, named[name]):
                raise TraceError(_clash(function, name, makers))
        elif array is not None and not (_is_unnamed(function, name) and _all_known(array, named | new)):
            new[name] = array
    return new


def _clash(function, name, makers):
    """Why what `function` calls `name` cannot be called so."""
    taker, maker = _code(function).co_name, makers.get(name) and _code(makers[name]).co_name
    if maker is None:
        return (f"{taker} assigns to its input {name}: give the new value a name of its own, so that both can be shown")
    if _is_unnamed(function, name):
        return f"{taker} returns a number without a name, and so does {maker}: assign it to a name of its own first"
    return (f"{taker} assigns to {name}, which {maker} has made already: give the new value a name of its own, so that "
            "both can be shown (what is called _… is not shown)")


def _returned(result):
    if isinstance(result, dict):
        return {str(name): value for name, value in result.items()}
    if isinstance(result, (tuple, list)):
        return {f"result_{i}": value for i, value in enumerate(result)}
    return {"result": result}


def _is_unnamed(function, name):
    """Whether a name of what the function made is ours, rather than a local variable or a key that it returned."""
    return re.fullmatch(r"result(_\d+)?", name) and name not in _assigned(_code(function))


def _all_known(array, named):
    known = {id(cell) for each in named.values() for cell in each.view(np.ndarray).flat}
    return all(id(cell) in known for cell in array.view(np.ndarray).flat)


def _is_same(one, other):
    """Whether two arrays hold the same cells, or the same constants."""
    return one.shape == other.shape and all(
        a is b or a.op == b.op == "const" and a.value == b.value
        for a, b in zip(one.view(np.ndarray).flat, other.view(np.ndarray).flat))


def _array_of_cells(value):
    """`value` as an array of cells if it is one, or a list of equal ones, or numpy's numbers; else None."""
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "fbiu":
        return as_cells(value) if value.size else None
    if isinstance(value, (list, tuple)) and value:
        rows = [_array_of_cells(row) for row in value]
        same = all(row is not None and row.shape == rows[0].shape for row in rows)
        return as_cells(np.stack(rows)) if same else None
    if isinstance(value, np.ndarray) and value.dtype == object:
        return _holding_cells(value)
    return as_cells(value) if isinstance(value, Cell) else None


def _holding_cells(array):
    """An array of objects as one of cells, if at least one is a cell and the others are cells or numbers; else None."""
    items = list(array.view(np.ndarray).flat)
    if items and all(isinstance(item, Cell) for item in items):
        return array.view(Cells)
    are_numbers = all(isinstance(item, (Cell, Cells, int, float, np.number)) for item in items)
    return as_cells(array) if are_numbers and any(isinstance(item, (Cell, Cells)) for item in items) else None


def _name_cells(name, array):
    for index in np.ndindex(array.shape):
        array.view(np.ndarray)[index].names.append(full(name, index))


def _check_repeats(functions, once, again):
    for name in once:
        if not same_numbers(once[name], again[name]):
            raise TraceError(f"{_place_of(functions, name)}: {name} differs between two runs on the same "
                             "inputs (random numbers, a clock, a counter?): draw it outside and pass it as an input")


def _check_same(sheet, numbers, inputs, functions, where=""):
    """The traced function must give what the plain one gave: else it did something behind the trace's back."""
    if found := difference(sheet, numbers, inputs):
        name, plain, traced = found
        raise TraceError(f"{_place_of(functions, name)}: {name} is {plain} for plain numbers, but {traced} when traced"
                         f"{where}: the code treats arrays of objects differently, or chooses by a value")


def _check_elsewhere(sheet, functions, inputs):
    """The same at other inputs: what chooses by a value may be right by chance where it was traced."""
    for seed in range(3):
        elsewhere = other_inputs(inputs, seed, sheet.domains)
        try:
            numbers = _plain_numbers(functions, elsewhere, sheet.domains)
        except Exception:
            continue  # no numbers there, so nothing to compare
        _check_same(sheet, numbers, elsewhere, functions, " (at other inputs)")


def _place_of(functions, name):
    """The line that first assigns `name`, its function's `def` being line 1."""
    for function in functions:
        code = _code(function)
        stores = [step for step in _stores(code) if step.argval == name]
        if stores:
            line = next((step.positions.lineno for step in stores if step.positions), None) or code.co_firstlineno
            return _place(function, line - code.co_firstlineno + 1)
    return _place(functions[-1], 1)


def _located(error, function, reason):
    """A TraceError that names the line of `function` at which `error` was raised, with its own sentence or `reason`."""
    code = _code(function)
    lines = [at.tb_lineno for at in _frames(error.__traceback__) if at.tb_frame.f_code is code]
    cause = error
    while not isinstance(cause, TraceError) and (cause.__cause__ or cause.__context__):
        cause = cause.__cause__ or cause.__context__
    line = lines[0] - code.co_firstlineno + 1 if lines else 1
    return TraceError(f"{_place(function, line)}: {cause if isinstance(cause, TraceError) else reason}")


def _frames(traceback):
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _place(function, line):
    code = _code(function)
    source = linecache.getline(code.co_filename, code.co_firstlineno + line - 1).strip()
    return f"{code.co_name}, line {line}" + (f" (`{source}`)" if source else "")


def _source(functions):
    """The functions' lines, as the reader wrote them, one after the other; none where the source is not to be had."""
    lines = []
    for function in functions:
        with contextlib.suppress(OSError):
            lines += inspect.getsource(_code(function)).rstrip().split("\n")
    return lines
