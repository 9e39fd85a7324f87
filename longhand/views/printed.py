"""What a code cell printed, with its numbers made live: `print("z1 =", np.round(z1, 4))`.

The numbers are found from the code's own print calls, and each printed text is held against the sheet's values.
"""

import ast
import re

import numpy as np

_NUMBER = re.compile(r"True|False|-?(?:\d+\.?\d*(?:e[+-]?\d+)?|inf|nan)")
_PRECISION = re.compile(r"precision\s*=\s*(\d+)")


def mark_printed(code, text, values, precision=8):
    """`text`, which `code` printed, in parts: plain strings, and dicts about the numbers of `values`, name -> array.

    Returns (parts, problems): a problem is a sentence about a number that the sheet knows, but that is printed
    with another value or in a way that cannot be followed.
    """
    parts, problems, done = [], [], 0
    for expression in _printed(code):
        what = _followed(expression, values, _precision(code, precision))
        if what is None:
            continue
        shown = _text(values, what)
        start = text.find(shown, done)
        if start < 0:
            problems.append(f"`{ast.unparse(expression)}` should print {shown!r} by the sheet, but the code printed {text[done:]!r}")
            continue
        parts += [text[done:start], what | {"pieces": _pieces(shown), "cells": _cells(what["name"], values)}]
        done = start + len(shown)
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
                yield from (part for part in argument.values if isinstance(part, ast.FormattedValue)) if is_string else [argument]


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
    base, _, index = name.rstrip("]").partition("[")
    if base not in values:
        return None
    try:
        return values[base][tuple(int(i) for i in index.split(","))] if index else values[base]
    except (ValueError, IndexError):
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
    if np.ndim(values.get(name, 0)) == 0:
        return [name]
    return [f"{name}[{', '.join(map(str, index))}]" for index in np.ndindex(values[name].shape)]
