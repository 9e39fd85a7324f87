"""What a code cell printed, with its numbers made live: `print("z1 =", np.round(z1, 4))`.

The numbers are found from the code's own print calls, and each printed text is held against the sheet's values.
"""

import ast
import re

import numpy as np

from ..writing.name import elements, pick

_NUMBER = re.compile(r"True|False|-?(?:\d+\.?\d*(?:e[+-]?\d+)?|inf|nan)")
_PRECISION = re.compile(r"precision\s*=\s*(\d+)")


def mark_printed(code, text, sheets, precision=8):
    """`text`, which `code` printed, in parts: plain strings, and dicts about numbers of `sheets`, id -> (name ->
    array).

    A number belongs to the first sheet that has its name and this value. Returns (parts, problems): a problem is a
    sentence about a number that a sheet knows, but that is printed with another value or in a way that cannot be
    followed.
    """
    parts, problems, done = [], [], 0
    for expression in _printed(code):
        known = [(sheet, values, what) for sheet, values in sheets.items()
                 if (what := _followed(expression, values, _precision(code, precision)))]
        shown = [(text.find(_text(values, what), done), sheet, values, what) for sheet, values, what in known]
        found = next((each for each in shown if each[0] >= 0), None)
        if found:
            start, sheet, values, what = found
            printed = _text(values, what)
            parts += [text[done:start],
                      what | {"sheet": sheet, "pieces": _pieces(printed), "cells": _cells(what["name"], values)}]
            done = start + len(printed)
        elif known:
            _, values, what = known[0]
            problems.append(f"`{ast.unparse(expression)}` should print {_text(values, what)!r} by the sheet, "
                            f"but the code printed {text[done:]!r}")
    return [*parts, text[done:]], problems


def _precision(code, default):
    found = _PRECISION.search(code)
    return int(found.group(1)) if found else default


def _printed(code):
    """The expressions that the print calls of `code` print, in order: outside loops and functions only."""
    for statement in _statements(ast.parse(_without_magics(code)).body):
        call = getattr(statement, "value", None)
        if isinstance(call, ast.Call) and getattr(call.func, "id", None) == "print":
            for argument in call.args:
                is_string = isinstance(argument, ast.JoinedStr)
                parts = argument.values if is_string else [argument]
                yield from (part for part in parts if not is_string or isinstance(part, ast.FormattedValue))


def _without_magics(code):
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in code.split("\n"))


def _statements(body):
    for statement in body:
        if isinstance(statement, ast.With):
            yield from _statements(statement.body)
        else:
            yield statement


def _followed(expression, values, precision):
    """What the expression prints: {"name", "digits", "kind"}, or None where it is no number of the sheet."""
    digits, kind = precision, "array"
    if isinstance(expression, ast.FormattedValue):
        found = re.fullmatch(r"\.(\d+)f", expression.format_spec.values[0].value) if expression.format_spec else None
        expression = expression.value
        if found:
            digits, kind = int(found.group(1)), "fixed"
    elif isinstance(expression, ast.Call) and _called(expression) == "round":
        expression, *places = [*_owner(expression), *expression.args]
        digits = getattr(places[0], "value", None) if places else 0
    name = ast.unparse(expression)
    known = _value(values, name)
    if known is None or kind == "array" and np.ndim(known) == 0 and digits > 8 and not isinstance(known, np.bool_):
        return None
    return {"name": name, "digits": digits, "kind": kind}


def _called(call):
    return getattr(call.func, "attr", getattr(call.func, "id", None))


def _owner(call):
    """[z1] of `z1.round(4)`; [] of `np.round(z1, 4)` and `round(z1, 4)`."""
    owner = getattr(call.func, "value", None)
    return [] if owner is None or getattr(owner, "id", None) in ("np", "numpy") else [owner]


def _value(values, name):
    """The value of `z1` or `z1[0]`, or None."""
    try:
        return pick(values, name)
    except (KeyError, ValueError, IndexError):
        return None


def _text(values, what):
    value = _value(values, what["name"])
    if what["kind"] == "fixed":
        return f"{value:.{what['digits']}f}"
    if np.asarray(value).dtype == bool:
        return str(value)
    with np.printoptions(suppress=True, precision=what["digits"]):
        return str(np.round(value, what["digits"]))


def _pieces(text):
    """`text` cut into what stands around the numbers, and the numbers: [before, number, between, number, …, after].

    The minus of a negative zero is not part of the number.
    """
    pieces, done = [], 0
    for found in _NUMBER.finditer(text):
        start = found.start() + bool(re.fullmatch(r"-0\.?0*", found.group()))
        pieces += [text[done:start], text[start:found.end()]]
        done = found.end()
    return [*pieces, text[done:]]


def _cells(name, values):
    return elements(name, np.shape(values[name])) if name in values else [name]
