"""What a function assigns as it runs: the values of its local variables, one after the other, and of its helpers'.

    recorder = Recorder(function.__code__, each_pass=True)
    with recorder:
        function(2.0)
    recorder.calls[0].values["y"]       # [Value(moment=3, content=…), …]
"""

import dis
import functools
import os
import sys
import sysconfig
import types
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .array import Cells
from .cell import Cell

_OURS = str(Path(__file__).parent) + os.sep
_STANDARD = sysconfig.get_paths()["stdlib"] + os.sep
_NUMPYS = str(Path(np.__file__).parent) + os.sep
_DEEPEST = 4  # dicts in lists in objects: so far they are taken apart


@dataclass
class Value:
    """What a variable was at a moment: an array, a number, or Parts."""
    moment: int
    content: object


class Parts(dict):
    """A dict, a list, a tuple or an object, taken apart: what is written behind its name -> array, number or Parts."""

    def __init__(self, items, is_row=False):
        super().__init__(items)
        self.is_row = is_row  # a list or a tuple


@dataclass
class Call:
    """A call of a function, and the values of its variables."""
    code: types.CodeType
    values: dict = field(default_factory=dict)  # name -> [Value]
    objects: dict = field(default_factory=dict)  # name -> what the variable is now
    final: dict = field(default_factory=dict)    # name -> what it was at the end


class Recorder:
    """Notes what the function with this code assigns, and whatever it calls that is neither numpy's nor Python's own.

    each_pass  whether every value of a variable is noted, or only the last
    on_call    what is told the globals of each function that is called
    """

    def __init__(self, code, each_pass=False, on_call=lambda names: None):
        self.code, self.each_pass, self.on_call = code, each_pass, on_call
        self.calls, self.moment = [], 0
        self.first_seen = {}  # the id of a cell that is worked out -> the moment

    def __enter__(self):
        self._before = sys.gettrace()
        sys.settrace(self._trace)

    def __exit__(self, *_):
        sys.settrace(self._before)

    def _trace(self, frame, event, _):
        code = frame.f_code
        is_own = code is self.code and not self.calls
        if event != "call" or not is_own and (not self.calls or is_foreign(code)):
            return None
        self.on_call(frame.f_globals)
        if not is_own and (not self.each_pass or _is_nameless(code)):
            return None
        self.calls.append(Call(code))
        return self._watched(self.calls[-1], frame)

    def _watched(self, call, frame):
        names, line = _names_by_line(call.code), frame.f_lineno
        frame.f_trace_lines = self.each_pass
        if self.each_pass:
            self._look(call, frame.f_locals, _parameters(call.code))

        def at(frame, event, _):
            nonlocal line
            if event == "line":
                self._look(call, frame.f_locals, names.get(line, ()))
                line = frame.f_lineno
            elif event == "return":
                call.final = dict(frame.f_locals)
                self._look(call, call.final, _in_order(call.code))
            return at
        return at

    def _look(self, call, variables, names):
        """Notes which of the variables have changed."""
        for name in names:
            if name not in variables or name.startswith("_"):
                continue
            value, values = variables[name], call.values.setdefault(name, [])
            is_same = name in call.objects and call.objects[name] is value
            if is_same and isinstance(value, (int, float, str, type(None), Cell)):
                continue
            now = content(value)
            if is_same and values and same(values[-1].content, now):
                continue
            self.moment += 1
            if is_same and values and not computed(values[-1].content) - computed(now):
                values.pop()  # changed in place, and nothing is lost
            call.objects[name] = value
            values.append(Value(self.moment, now))
            for cell in computed(now):
                self.first_seen.setdefault(cell, self.moment)


def is_foreign(code):
    """Whether a function is numpy's, Python's own or ours."""
    file = code.co_filename
    return file.startswith((_OURS, _NUMPYS, "<frozen", "<__array_function__")) or (
        file.startswith(_STANDARD) and "site-packages" not in file)


def _is_nameless(code):
    """Whether a call of it has no variables to speak of: of a lambda, a comprehension or a generator."""
    return code.co_name.startswith("<") or bool(code.co_flags & 0x20)


@functools.cache
def _names_by_line(code):
    """The local variables that each line speaks of: those that it assigns first, in order."""
    found, line = {}, code.co_firstlineno
    for step in sorted(dis.get_instructions(code), key=_column):
        line = (step.positions.lineno if step.positions else None) or line
        kind, _, where = step.opname.partition("_")
        if ("FAST" in where or "DEREF" in where) and step.argval is not None:
            stored, others = found.setdefault(line, ({}, {}))
            for name in step.argval if isinstance(step.argval, tuple) else [step.argval]:
                (stored if kind == "STORE" else others)[name] = True
    return {line: tuple(stored | others) for line, (stored, others) in found.items()}


@functools.cache
def _in_order(code):
    """The names of the local variables, parameters first, in the order in which the code assigns them."""
    names = dict.fromkeys(_parameters(code))
    for step in stores(code):
        if step.opname.split("_")[1] in ("FAST", "DEREF"):
            names |= dict.fromkeys(step.argval if isinstance(step.argval, tuple) else [step.argval])
    return tuple(names)


def _parameters(code):
    return code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]


def stores(code):
    """The instructions that assign, in the order of the text: a, b = … may be assigned from the right."""
    found = [step for step in dis.get_instructions(code) if step.opname.startswith("STORE_")]
    return sorted(found, key=_column)


def _column(step):
    at = step.positions
    return ((at.lineno or 0), (at.col_offset or 0)) if at else (0, 0)


def assigned(code):
    """The names that count: what is called _… is not shown."""
    return [name for name in _in_order(code) if not name.startswith("_")]


def content(value, depth=0):
    """What `value` is now: arrays are copied, dicts, lists and objects taken apart; None where no number is in it."""
    if isinstance(value, np.ndarray):
        return value.copy() if value.dtype.kind in "fbiuO" and value.size else None
    if isinstance(value, (Cell, np.generic, float, int)):
        return value
    if depth == _DEEPEST or value is None or isinstance(value, (str, type, types.ModuleType)):
        return None
    if isinstance(value, dict):
        items = ((_subscript(key), item) for key, item in value.items())
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        items = ((f".{key}", item) for key, item in zip(value._fields, value))
    elif isinstance(value, (list, tuple)):
        items = ((f"[{k}]", item) for k, item in enumerate(value))
    elif is_object(value):
        items = ((f".{key}", item) for key, item in vars(value).items() if not key.startswith("__"))
    else:
        return None
    parts = {key: each for key, item in items if (each := content(item, depth + 1)) is not None}
    return Parts(parts, isinstance(value, (list, tuple)) and not hasattr(value, "_fields")) or None


def is_object(value):
    """Whether a value is an instance of a class that somebody wrote: what it holds has names."""
    module = type(value).__module__
    return hasattr(value, "__dict__") and not callable(getattr(value, "__code__", None)) and not isinstance(
        value, types.FunctionType | types.MethodType) and module.partition(".")[0] not in (
        "builtins", "numpy", "byhand", "functools", "types")


def _subscript(key):
    text = f'"{key}"' if isinstance(key, str) else ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
    return f"[{text}]"


def same(one, other):
    """Whether two contents are the same: the same cells, or equal numbers."""
    if isinstance(one, Parts):
        return isinstance(other, Parts) and one.keys() == other.keys() and all(map(same, one.values(), other.values()))
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.shape == other.shape and np.array_equal(_bits(one), _bits(other))
    return one is other or not isinstance(one, (Cell, np.ndarray)) and type(one) is type(other) and one == other


def _bits(array):
    """The numbers of an array, or which objects it holds, as whole numbers."""
    plain = np.ascontiguousarray(array.view(np.ndarray))
    return np.ndarray((*plain.shape, plain.itemsize), np.uint8, buffer=plain)


def computed(value):
    """The ids of the cells in a content that are worked out."""
    if isinstance(value, Parts):
        return {cell for each in value.values() for cell in computed(each)}
    if isinstance(value, Cells) or isinstance(value, np.ndarray) and value.dtype == object:
        cells = value.view(np.ndarray).flat
    else:
        cells = [value]
    return {id(cell) for cell in cells if isinstance(cell, Cell) and cell.args}
