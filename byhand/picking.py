"""A number that picks a place: `p[which]`, where `which` is an input that is one of a few whole numbers.

Which numbers exist must not depend on a value. So all of them do, and `where` takes one:

    p[which]        where(which == 0, p[0], where(which == 1, p[1], p[2]))
    p[which] = v    p[0] = where(which == 0, v, p[0]), and likewise for each other place
"""

import functools
import itertools
import math

import numpy as np

from .cell import OPS, Cell, TraceError, apply, as_cell

_MOST = 100_000  # ways in which the inputs that pick may be set: so many are looked at


def is_picking(key):
    """Whether an index holds numbers of a sheet."""
    return any(_holds_cell(part) for part in _parts(key))


def ways(key, shape):
    """Each way in which an index may come out for an array of this `shape`: (condition, index of plain numbers).

    The conditions exclude each other, and one of them holds. Raises TraceError, in a sentence, where the index cannot
    pick, or picks beyond the array.
    """
    parts = _parts(key)
    pickers = {k: _picker(part) for k, part in enumerate(parts) if _holds_cell(part)}
    found = {}
    for places, setting in sorted(_places(list(pickers.values())).items()):
        chosen = dict(zip(pickers, places))
        index = tuple(chosen.get(k, part) for k, part in enumerate(parts))
        _check_within(index, shape, setting)
        found[_condition(pickers.values(), places)] = index
    return list(found.items())


def remainder(a, b):
    """The cell a % b of whole numbers; of others, numpy's own digits depend on how it is worked out."""
    if not (_is_whole(a) and _is_whole(b)):
        raise TraceError("% can be traced for whole numbers only: inputs whose domain is whole numbers, and what sums "
                         "and products make of them")
    return apply("sub", a, apply("mul", b, apply("floor", apply("div", a, b))))


def _is_whole(cell):
    cell = as_cell(cell)
    if cell.op in ("input", "const"):
        return cell.places is not None or cell.op == "const" and float(cell.value).is_integer()
    return cell.op == "floor" or cell.op in ("add", "sub", "mul", "neg", "abs") and all(map(_is_whole, cell.args))


def _parts(key):
    return key if isinstance(key, tuple) else (key,)


def _holds_cell(part):
    if isinstance(part, (list, tuple)):
        return any(map(_holds_cell, part))
    if isinstance(part, slice):
        return any(map(_holds_cell, (part.start, part.stop, part.step)))
    return isinstance(part, Cell) or isinstance(part, np.ndarray) and part.dtype == object


def _picker(part):
    """The one cell of a part of an index; a TraceError where there is more than one number, or a slice."""
    if isinstance(part, slice):
        raise TraceError("a slice begins or ends at a value: how many numbers there are must not depend on a value; "
                         "keep all of them and use np.where(np.arange(…) < k, …, 0)")
    cell = part.view(np.ndarray)[()] if isinstance(part, np.ndarray) and part.ndim == 0 else part
    if not isinstance(cell, Cell) or cell.truth:
        raise TraceError("numbers are picked by several values at once or by a mask of values: which numbers exist "
                         "must not depend on a value; use np.where, or pick by one whole number at a time")
    return cell


def _places(pickers):
    """What the cells that pick may be: (a whole number of each) -> inputs at which they are that, in words."""
    inputs = list({id(cell): cell for picker in pickers for cell in _inputs(picker)}.values())
    if math.prod(cell.places.stop - cell.places.start for cell in inputs) > _MOST:
        raise TraceError(f"{' and '.join(map(repr, inputs))} may be set in more than {_MOST:,} ways: "
                         "to pick with, give a domain of fewer whole numbers")
    found = {}
    for setting in itertools.product(*(cell.places for cell in inputs)):
        values = dict(zip(map(id, inputs), setting))
        places = tuple(int(_worked_out(picker, values)) for picker in pickers)
        found.setdefault(places, " and ".join(f"{cell!r} may be {place}" for cell, place in zip(inputs, setting)))
    return found


def _inputs(cell):
    """The inputs that a cell rests on, all of which must be whole numbers."""
    if cell.op == "input" and cell.places is None:
        raise TraceError(f"a place is picked by {cell!r}, which need not be a whole number: give it such a domain, "
                         f"domains={{{cell!r}: whole(0, 3)}} or one_of(labels), or use np.where")
    return [cell] if cell.op == "input" else [found for arg in cell.args for found in _inputs(arg)]


def _worked_out(cell, values):
    if cell.op in ("input", "const"):
        return values.get(id(cell), cell.value)
    return OPS[cell.op](*(_worked_out(arg, values) for arg in cell.args))


def _condition(pickers, places):
    return functools.reduce(functools.partial(apply, "and"), map(functools.partial(apply, "eq"), pickers, places))


def _check_within(index, shape, setting):
    try:
        np.broadcast_to(0, shape)[index]
    except IndexError as error:
        raise TraceError(f"{setting}, but {error}: give a domain that stays within") from None
