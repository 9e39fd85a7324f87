"""A number that picks a place: `p[which]`, where `which` is an input that is one of a few whole numbers.

Which numbers exist must not depend on a value. So all of them do, and `where` takes one:

    p[which]        where(which == 0, p[0], where(which == 1, p[1], p[2]))
    p[which] = v    p[0] = where(which == 0, v, p[0]), and likewise for each other place
"""

import contextlib
import functools
import itertools
import math

import numpy as np

from .cell import OPS, Cell, TraceError, apply, as_cell, current_line

_MOST_OPEN = 2_000  # places from which a number that is worked out may pick
_MOST = 100_000  # ways in which the inputs that pick may be set: so many are looked at


def is_picking(key):
    """Whether an index holds numbers of a sheet."""
    return any(_holds_cell(part) for part in _parts(key))


def ways(key, shape):
    """Each way in which an index may come out for an array of this `shape`: (condition, index of plain numbers).

    The conditions exclude each other, and one of them holds; the index is None where numpy would say that there is no
    such place. Raises TraceError, in a sentence, where the index cannot pick, or picks beyond the array.
    """
    parts = _parts(key)
    pickers = {k: _picker(part) for k, part in enumerate(parts) if _holds_cell(part)}
    found = {}
    if not all(map(_is_settled, pickers.values())):
        return _open_ways(parts, pickers, shape)
    for places, setting in sorted(_places(list(pickers.values())).items()):
        chosen = dict(zip(pickers, places))
        index = tuple(chosen.get(k, part) for k, part in enumerate(parts))
        _check_within(index, shape, setting)
        found[_condition(pickers.values(), places)] = index
    return list(found.items())


def _open_ways(parts, pickers, shape):
    """The same where what picks rests on inputs that are any numbers, such as the place of the largest."""
    for cell in pickers.values():
        if not is_whole(cell):
            _inputs(cell)  # says which is not
    if any(part is None or part is Ellipsis for part in parts):
        raise TraceError("a value picks beside … or None: write each axis of the index")
    choices = [_choices(cell) or range(-shape[k], shape[k]) for k, cell in pickers.items()]
    if math.prod(map(len, choices)) > _MOST_OPEN:
        raise TraceError(f"a value picks one of more than {_MOST_OPEN:,} numbers: pick from fewer")
    found = []
    for places in itertools.product(*choices):
        chosen = dict(zip(pickers, places))
        index = tuple(chosen.get(k, part) for k, part in enumerate(parts))
        with contextlib.suppress(IndexError):
            np.broadcast_to(0, shape)[index]
            found.append((_condition(pickers.values(), places), index))
    is_closed = all(map(_choices, pickers.values())) and len(found) == math.prod(map(len, choices))
    return found if is_closed else [*found, (None, None)]


def _choices(cell):
    """What a whole number may be, as a sorted list, if it is one of few; None else."""
    if cell.op == "const":
        return [int(cell.value)]
    if cell.truth:
        return [0, 1]
    if cell.places is not None:
        return list(cell.places)
    args = [_choices(arg) for arg in cell.args[cell.op == "where":]]
    if cell.op not in ("where", "add", "sub", "mul", "neg") or None in args:
        return None
    if cell.op == "where":
        return sorted({*args[0], *args[1]})
    found = {int(OPS[cell.op](*each)) for each in itertools.product(*args)}
    return sorted(found) if len(found) <= _MOST_OPEN else None


def _is_settled(cell):
    """Whether a cell rests on inputs of whole numbers only."""
    if cell.op == "input":
        return cell.places is not None
    return all(map(_is_settled, cell.args))


def is_whole(cell):
    """Whether a cell is a whole number, or true or false, whatever the inputs are."""
    waiting, seen = [as_cell(cell)], set()
    while waiting:
        cell = waiting.pop()
        if id(cell) in seen or cell.truth or cell.op in _ROUNDING or cell.places is not None:
            continue
        seen.add(id(cell))
        if cell.op == "const" and float(cell.value).is_integer():
            continue
        if cell.op not in _WHOLE:
            return False
        waiting += cell.args[cell.op == "where":]
    return True


_ROUNDING = {"floor", "ceil", "trunc", "rint", "floordiv"}
_WHOLE = {"add", "sub", "mul", "neg", "abs", "sign", "max", "min", "mod", "where"}  # of whole numbers


def is_mask(key):
    """Whether an index is a mask of cells."""
    return isinstance(key, np.ndarray) and key.ndim > 0 and key.size > 0 and all(
        isinstance(cell, Cell) and cell.truth for cell in key.view(np.ndarray).flat)


class Chosen:
    """x[mask], where the mask is one of cells: how many numbers there are depends on values, so all are kept.

    What is worked out number by number, and sums and means, can be told nevertheless.
    """

    __array_priority__ = 2000
    words = "numbers are picked by a mask of values: which numbers exist must not depend on a value; use np.where"

    def __init__(self, values, mask):
        self.values, self.mask = values, mask
        self.line = current_line()

    @staticmethod
    def wide(mask, array):
        """`mask` with the dimensions of `array` behind its own."""
        return mask.reshape(mask.shape + (1,) * (array.ndim - mask.ndim))

    def among(self, mask):
        """The values in their places, for whoever chooses by the same mask."""
        same = mask is not None and mask.shape == self.mask.shape and all(
            a is b or a.op == b.op and len(a.args) == len(b.args) and all(map(_alike, a.args, b.args))
            for a, b in zip(mask.view(np.ndarray).flat, self.mask.view(np.ndarray).flat))
        if not same:
            raise TraceError(self.words)
        return self.values

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if method == "reduce" and ufunc is np.add:
            return self.sum(options.get("axis"))
        if method != "__call__" or options:
            self.among(None)
        return self._each(ufunc, inputs)

    def _each(self, ufunc, inputs):
        values = [each.among(self.mask) if isinstance(each, Chosen) else each for each in inputs]
        if any(np.ndim(each) > self.values.ndim - self.mask.ndim for each in inputs if not isinstance(each, Chosen)):
            self.among(None)
        return Chosen(ufunc(*values), self.mask)

    def __array_function__(self, function, types, args, kwargs):
        known = {np.sum: self.sum, np.mean: self.mean}
        if function not in known or args[0] is not self:
            self.among(None)
        return known[function](*args[1:], **kwargs)

    def sum(self, axis=None):
        """The sum of those that the mask chooses, over all axes or the first."""
        return np.where(self.wide(self.mask, self.values), self.values, 0.0).sum(self._axis(axis))

    def mean(self, axis=None):
        each = 1.0 if axis is not None else self.values.size / self.mask.size
        return self.sum(axis) / (self.mask.sum() * each)

    def _axis(self, axis):
        if axis not in (None, 0) or axis == 0 and self.mask.ndim > 1:
            self.among(None)
        return axis

    def __len__(self):
        self.among(None)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        self.among(None)

    def __getitem__(self, key):
        self.among(None)

    def __iter__(self):
        self.among(None)


for _name, _ufunc in {"add": np.add, "sub": np.subtract, "mul": np.multiply, "truediv": np.divide,
                      "pow": np.power}.items():
    setattr(Chosen, f"__{_name}__", lambda self, other, ufunc=_ufunc: self._each(ufunc, (self, other)))
    setattr(Chosen, f"__r{_name}__", lambda self, other, ufunc=_ufunc: self._each(ufunc, (other, self)))
Chosen.__neg__ = lambda self: self._each(np.negative, (self,))


def _alike(a, b):
    return a is b or a.op == b.op == "const" and a.value == b.value


def is_scattered(key):
    """Whether several cells at once pick: an array of whole numbers is in the index."""
    return any(_is_array(part) and _holds_cell(part) for part in _parts(key))


def one_by_one(key, shape):
    """A scattered index as the shape of what it gives, before the axes that it leaves, and an index for each."""
    parts = _parts(key)
    last = max(k for k, part in enumerate(parts) if _is_array(part))
    if any(isinstance(part, slice) or part is None or part is Ellipsis for part in parts[:last]):
        raise TraceError("several values at once pick behind a slice: move their axis to the front, with np.moveaxis")
    first = [_checked(np.asarray(part)) for part in parts[:last + 1]]
    arrays = np.broadcast_arrays(*(part.view(np.ndarray) for part in first))
    return arrays[0].shape, (
        (*(array[index] for array in arrays), *parts[last + 1:]) for index in np.ndindex(arrays[0].shape))


def _checked(part):
    for cell in part.flat if part.dtype == object else ():
        if isinstance(cell, Cell) and cell.truth:
            raise TraceError(Chosen.words)
    return part


def _is_array(part):
    return isinstance(part, list) or isinstance(part, np.ndarray) and part.ndim > 0


def _parts(key):
    return key if isinstance(key, tuple) else (key,)


def _holds_cell(part):
    if isinstance(part, (list, tuple)):
        return any(map(_holds_cell, part))
    if isinstance(part, slice):
        return any(map(_holds_cell, (part.start, part.stop, part.step)))
    return isinstance(part, Cell) or isinstance(part, np.ndarray) and part.view(np.ndarray).dtype == object


def _picker(part):
    """The one cell of a part of an index; a TraceError where there is more than one number, or a slice."""
    if isinstance(part, slice):
        raise TraceError("a slice begins or ends at a value: how many numbers there are must not depend on a value; "
                         "keep all of them and use np.where(np.arange(…) < k, …, 0)")
    cell = part.view(np.ndarray)[()] if isinstance(part, np.ndarray) and part.ndim == 0 else part
    if not isinstance(cell, Cell):
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
