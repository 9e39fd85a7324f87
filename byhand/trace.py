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
import copy
import functools
import inspect
import io
import linecache
import re
import reprlib
import types
from dataclasses import dataclass

import numpy as np

from .array import Cells, as_cells
from .cell import Cell, CountError, TraceError, refusals, watch
from .compare import difference, other_inputs, same_numbers
from .domain import check_domains
from .labels import picking_domains
from .naming import Names, arrays_in
from .picking import Chosen
from .record import Recorder, Value, assigned, content, is_foreign, is_object, stores
from .sheet import Sheet
from .standin import StandIns
from .writing.name import full


def trace(*functions, domains=None, inside=True, **inputs):
    """The sheet of a function, or of several in order: inputs and local variables as named arrays of cells.

    `inputs` are numbers, or nested lists or arrays of them, by parameter name. What a function takes is an input, or
    what an earlier function has made under that name; a parameter that is neither stays its plain default. Local
    variables name the cells, in the order in which the code assigns them, function after function; what is returned
    without a name is called `result`. `domains`, name -> Domain, say what an input may be: one that is a whole number
    may pick a place, `p[which]`.

    inside   whether numbers have names too that no variable holds at the end: of each pass of a loop, `h⟨0⟩`, and of
             the functions that are called, `forward.z1` (see byhand.naming)

    Raises TraceError, naming function and line, where one does something that a sheet cannot hold, or fails on plain
    numbers already; KeyError or ValueError where a domain fits no input.
    """
    given, inputs, domains = inputs, _check_inputs(functions, inputs), domains or {}
    check_domains(domains, inputs)
    whole_ones = [name for name in inputs if name not in domains and np.asarray(given[name]).dtype.kind in "iu"]
    domains = domains | picking_domains(whole_ones, inputs, functools.partial(_passes_in_order, functions, domains))
    try:
        sheet = _traced(functions, inputs, domains, inside)
        arrays = [name for name in whole_ones if inputs[name].ndim]
        sheet.unshown += _of_whole_numbers(functions, inputs, domains, arrays)
        return sheet
    except CountError:
        counts = {name: int(inputs[name]) for name in whole_ones if not inputs[name].ndim}
        for some in [*({name: count} for name, count in counts.items()), counts]:
            if 0 < len(some) < len(inputs):
                with contextlib.suppress(TraceError):
                    return _with_counts(functions, inputs, domains, inside, some)
        raise


def _of_whole_numbers(functions, inputs, domains, names):
    """Sentences: which inputs, given as whole numbers, numpy would not treat like the floats that they are here."""
    whole = [name for name in names if name not in domains]
    if not whole:
        return []
    try:
        floats, ints = (_plain_arrays(_plain_numbers(functions, inputs | each, domains), {}, {})
                        for each in ({}, {name: inputs[name].astype(int) for name in whole}))
        if all(same_numbers(floats[name], ints.get(name), 1e-12, 1e-12) for name in floats):
            return []
    except TraceError:
        pass
    words = "taken as floats; of whole numbers, as they were given, numpy would make something else, or nothing"
    return [f"{', '.join(whole)}: {words}"]


def _with_counts(functions, inputs, domains, inside, counts):
    """The sheet where whole numbers are counts: they stay what they are."""
    inputs = {name: array for name, array in inputs.items() if name not in counts}
    domains = {name: domain for name, domain in domains.items() if name not in counts}
    sheet = _traced([_with_defaults(function, counts) for function in functions], inputs, domains, inside)
    words = ", ".join(f"{name} stays {count}" for name, count in counts.items())
    sheet.unshown.append(f"{words}: which numbers there are must not depend on a value")
    return sheet


def _with_defaults(function, values):
    """`function`, where some of what it takes is settled."""
    taken = {name: value for name, value in values.items() if name in _parameters(function)}
    return functools.partial(function, **taken) if taken else function


def _passes_in_order(functions, domains, inputs):
    """Whether plain numbers pass through the functions; numpy's ints, where they are ints."""
    try:
        _plain_numbers(functions, inputs, domains)
    except TraceError:
        return False
    return True


def _traced(functions, inputs, domains, inside):
    numbers, once_more = (_plain_numbers(functions, inputs, domains) for _ in range(2))
    _check_repeats(functions, *({name: each for name, each in run.items() if isinstance(each, float)} |
                               _plain_arrays(run, {}, {}) for run in (numbers, once_more)))
    names, returned = _named(functions, inputs, domains, inside)
    named = names.in_order()
    if len(named) == len(inputs):
        named = names.with_what_is_moved(returned)
    if len(named) == len(inputs):
        raise TraceError(f"{_listed(functions)} computes no number from its inputs: it must assign or return one")
    sheet = Sheet(inputs, named, _source(functions), domains, names.unshown, functions)
    plain = functools.partial(_plain_arrays, labels=names.labels, inputs=inputs)
    _check_same(sheet, plain(numbers), inputs, functions)
    _check_elsewhere(sheet, functions, inputs, plain)
    return sheet


def _plain_arrays(numbers, labels, inputs):
    """What plain numpy has for each array of a sheet, by name."""
    values = {labels.get(name, name): value for name, value in numbers.items() if name in labels or name not in inputs}
    return {part: array for name, value in values.items() for part, array in arrays_in(name, content(value))}


def _code(function):
    function = inspect.unwrap(function) if callable(function) else function
    while isinstance(function, functools.partial):
        function = inspect.unwrap(function.func)
    if not hasattr(function, "__code__") and is_object(function) and callable(function):
        function = type(function).__call__
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
        raise TraceError(f"input {name} = {reprlib.repr(value)} is not an array of numbers: {_remedy(name, value)}")
    if array.size == 0:
        raise TraceError(f"input {name} is empty: give at least one number")
    return array.astype(float)


def _remedy(name, value):
    """What to do about an input that is no array of numbers."""
    if isinstance(value, dict):
        return f"give each of its items as an input of its own, and put {name} together in the function"
    if isinstance(value, (list, tuple)) and any(isinstance(row, np.ndarray) for row in value):
        shapes = ", ".join(str(np.shape(row)) for row in value)
        return (f"its {len(value)} arrays have the shapes {shapes}; give each as an input of its own, and write "
                f"{name} = […] in the function")
    ragged = isinstance(value, (list, tuple)) and any(isinstance(row, (list, tuple)) for row in value)
    return "its rows must have the same length" if ragged else "give a number, or a list or array of numbers"


def _plain_numbers(functions, inputs, domains):
    """What the functions make of plain numbers, name -> value. Inputs of whole numbers are numpy's integers."""
    is_whole = {name: name in domains and domains[name].whole for name in inputs}
    made = {name: array.astype(int) if is_whole[name] else array.copy() for name, array in inputs.items()}
    for k, function in enumerate(functions):
        arguments = _arguments(functions[:k], function, made)
        try:
            made |= _run(function, arguments).values
        except Exception as error:
            taken = _arguments(functions[:k], function, made)  # as they were
            raise _located(error, function, _why_plain_fails(error, function, taken, inputs)) from error
    return made


def _why_plain_fails(error, function, arguments, inputs):
    if isinstance(error, IndexError) and (name := _picker(function, arguments, inputs)):
        return (f"{name} picks a place, so it must be whole: give it a domain of whole numbers, "
                f"domains={{{name!r}: whole(0, 3)}} or one_of(labels)")
    words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    for kind, name in ((np.float32, "float32"), (int, "whole numbers")):
        others = {name: value.astype(kind) if isinstance(value, (np.ndarray, np.floating)) else value
                  for name, value in arguments.items()}
        if _passes(function, others):
            return f"{words}; it passes for {name}, but a sheet works with float64: write it for floats"
    return f"{words}; plain numbers fail here already, with {_shapes(arguments)}"


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


def _named(functions, inputs, domains, inside):
    """Every array of cells that has a name: inputs, then what the functions make, one after the other."""
    cells = {name: _input_cells(name, array, domains.get(name)) for name, array in inputs.items()}
    names, made, makers = Names(cells), dict(cells), {}
    for k, function in enumerate(functions):
        run = _run_on_cells(function, _arguments(functions[:k], function, made), len(_source(functions[:k])), inside)
        made |= run.values
        names.first_seen = run.first_seen
        _name_finals(names, k, function, run, makers)
        if inside:
            own = run.calls[0]
            for name in [name for name in assigned(own.code) if name in own.values and name not in inputs]:
                names.passes(k, name, own.values[name][:-1])
            names.helpers(k, run.calls[1:])
    return names, run.values


def _name_finals(names, k, function, run, makers):
    """Names what the function's variables are at the end, and what it returns under other names."""
    own = run.calls[0].values
    names.changed_inputs(k, own | _values_of({name: run.values[name] for name in names.inputs if name not in own
                                              and name in run.values}), run.values)
    returned = [name for name in run.values if name not in own]
    moments = {name: (k, own[name][-1].moment) for name in own} | dict.fromkeys(returned, (k + 1, 0))
    for value in run.values.values():
        if isinstance(value, Chosen):  # nobody has summed it, or put it back
            raise TraceError(f"{_place(function, value.line or 1)}: {value.words}")
    values = {name: content(run.values[name]) for name in sorted(run.values, key=lambda name: moments[name])}
    for variable, value in values.items():
        for name, array in [] if variable in names.inputs else arrays_in(variable, value):
            if name in names.named:
                if not _is_same(as_cells(array), names.named[name]):
                    raise TraceError(_clash(function, name, makers))
            elif not ((name != variable or _is_unnamed(function, variable)) and names.all_known(array)):
                names.add(name, array, moments[variable])
                makers[name] = function


def _values_of(variables):
    return {name: [Value(0, content(value))] for name, value in variables.items()}


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
    for index in np.ndindex(array.shape):
        cells.view(np.ndarray)[index].names.append(full(name, index))
    cells.whole = bool(places)
    return cells


@dataclass
class Run:
    """What came of running a function: the last values of its variables and what it returned; and its calls."""
    values: dict
    calls: list
    first_seen: dict  # the id of a cell that is worked out -> the moment


def _run_on_cells(function, arguments, above, inside):
    """What `function` makes of cells; a TraceError, naming the line, where it cannot.

    above   how many lines of the sheet's source stand above the function's
    inside  whether each pass of a loop is wanted, and what helpers work out
    """
    try:
        with StandIns() as stand_ins:
            run = _run(function, arguments, above, Recorder(_code(function), inside, stand_ins.put_into))
    except Exception as error:
        circumstances = "plain numbers pass here, but values with formulas do not"
        if isinstance(error, IndexError):
            circumstances = "a value picks from plain numbers: write np.take(numbers, place, axis=0)"
        raise _located(error, function, f"{type(error).__name__}: {error}; {circumstances}") from error
    if refusals:
        line, message = refusals[0]
        raise TraceError(f"{_place(function, line or 1)}: {message} "
                         "(the code catches this refusal with try: the numbers would be wrong)")
    return run


def _run(function, arguments, above=None, recorder=None):
    """What `function` makes of the arguments.

    above   the lines of source above the function, where cells shall know their lines
    """
    code, recorder = _code(function), recorder or Recorder(_code(function))
    before = watch(None) if above is None else watch(code, above)
    try:
        with recorder, contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            result = _fresh(function)(**arguments)
    finally:
        watch(*before)
    final = recorder.calls[0].final
    values = {name: final[name] for name in assigned(code) if name in final}
    kept = {id(value) for value in values.values()}
    returned = {name: value for name, value in _returned(result).items() if name not in values
                and not (_is_unnamed(function, name) and id(value) in kept)}
    return Run(values | returned, recorder.calls, recorder.first_seen)


def _fresh(function):
    """`function` with an object of its own, if it is one's method: what it changes there is not to last."""
    if isinstance(function, functools.partial):
        return functools.partial(_fresh(function.func), *function.args, **function.keywords)
    if isinstance(function, types.MethodType):
        return types.MethodType(function.__func__, copy.deepcopy(function.__self__))
    is_plain = isinstance(function, types.FunctionType | functools._lru_cache_wrapper)
    return inspect.unwrap(function) if is_plain else copy.deepcopy(function)


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
    return re.fullmatch(r"result(_\d+)?", name) and name not in assigned(_code(function))


def _is_same(one, other):
    """Whether two arrays hold the same cells, or the same constants."""
    return one.shape == other.shape and all(
        a is b or a.op == b.op == "const" and a.value == b.value
        for a, b in zip(one.view(np.ndarray).flat, other.view(np.ndarray).flat))


def _check_repeats(functions, once, again):
    for name in once:
        if not same_numbers(once[name], again.get(name)):
            raise TraceError(f"{_place_of(functions, name)}: {name} differs between two runs on the same "
                             "inputs (random numbers, a clock, a counter?): draw it outside and pass it as an input")


def _check_same(sheet, numbers, inputs, functions, where=""):
    """The traced function must give what the plain one gave: else it did something behind the trace's back."""
    if found := difference(sheet, numbers, inputs):
        name, plain, traced = found
        raise CountError(f"{_place_of(functions, name)}: {name} is {plain} for plain numbers, but {traced} when traced"
                         f"{where}: the code treats arrays of objects differently, or chooses by a value")


def _check_elsewhere(sheet, functions, inputs, plain):
    """The same at other inputs: what chooses by a value may be right by chance where it was traced."""
    for seed in range(3):
        elsewhere = other_inputs(inputs, seed, sheet.domains)
        try:
            numbers = _plain_numbers(functions, elsewhere, sheet.domains)
        except Exception:
            continue  # no numbers there, so nothing to compare
        _check_same(sheet, plain(numbers), elsewhere, functions, " (at other inputs)")


def _place_of(functions, name):
    """The line that first assigns `name`, its function's `def` being line 1."""
    for function in functions:
        code = _code(function)
        steps = [step for step in stores(code) if step.argval == re.match(r"\w*", name)[0]]
        if steps:
            line = next((step.positions.lineno for step in steps if step.positions), None) or code.co_firstlineno
            return _place(function, line - code.co_firstlineno + 1)
    return _place(functions[-1], 1)


def _located(error, function, reason):
    """A TraceError that names the line of `function` at which `error` was raised, with its own sentence or `reason`."""
    code = _code(function)
    frames = [at for at in _frames(error.__traceback__)
              if at.tb_frame.f_code is code or not is_foreign(at.tb_frame.f_code)]
    lines = [at.tb_lineno for at in frames if at.tb_frame.f_code is code]
    cause = error
    while not isinstance(cause, TraceError) and (cause.__cause__ or cause.__context__):
        cause = cause.__cause__ or cause.__context__
    line = lines[0] - code.co_firstlineno + 1 if lines else 1
    kind = CountError if isinstance(cause, CountError) else TraceError
    place = _place(function, line)
    if lines and frames[-1].tb_frame.f_code is not code:
        place += f", in {_place_in(frames[-1].tb_frame.f_code, frames[-1].tb_lineno)}"
    words = str(cause) if isinstance(cause, TraceError) else re.sub(r"'?\b(Cells|Cell|Chosen)\b'?", "a value", reason)
    return kind(f"{place}: {words}")


def _frames(traceback):
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _place(function, line):
    code = _code(function)
    return _place_in(code, code.co_firstlineno + line - 1)


def _place_in(code, line):
    """The line of a file where the function with this code is, its `def` being line 1."""
    source = linecache.getline(code.co_filename, line).strip()
    return f"{code.co_name}, line {line - code.co_firstlineno + 1}" + (f" (`{source}`)" if source else "")


def _source(functions):
    """The functions' lines, as the reader wrote them, one after the other; none where the source is not to be had."""
    lines = []
    for function in functions:
        with contextlib.suppress(OSError):
            lines += inspect.getsource(_code(function)).rstrip().split("\n")
    return lines
