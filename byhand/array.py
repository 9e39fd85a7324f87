"""Arrays of cells: what numpy's own functions do when they are handed numbers with formulas."""

import functools
import inspect

import numpy as np

from .cell import Cell, TraceError, apply, as_cell, as_number, as_truth, check_precision, constant, rounded
from .picking import Chosen, is_mask, is_picking, is_scattered, is_whole, one_by_one, ways

# Functions that only move, add and multiply: numpy's own run on an array of objects gives the right cells.
_PLAIN = {
    getattr(np, name) for name in """
    append array_split atleast_1d atleast_2d atleast_3d broadcast_arrays broadcast_to column_stack concatenate copy
    delete diag diagonal diff dot dsplit dstack einsum expand_dims fill_diagonal flip fliplr
    flipud hsplit hstack inner insert kron matrix_transpose moveaxis ndim outer pad ravel repeat reshape resize roll
    rollaxis rot90 shape size split squeeze stack swapaxes tensordot tile trace transpose tril triu vdot vecdot
    vsplit vstack""".split() if hasattr(np, name)
} | {np.lib.stride_tricks.sliding_window_view}
_ADDING = {getattr(np, name) for name in "diff dot einsum inner kron outer tensordot trace vdot vecdot".split()
           if hasattr(np, name)}
METHODS = {}  # what ufuncs do: see ufunc.py
OWN = {}  # functions of numpy that are worked out in another way: see functions.py
HARMLESS = {"casting", "order", "subok", "device", "optimize"}  # no number depends on them, once plain numbers pass


def _by_value(name):
    def method(self, *args, **kwargs):
        if (plain := as_plain_numbers(self)) is not None:
            return getattr(plain, name)(*args, **kwargs)
        raise TraceError(f"{name} puts numbers in places by their values: which number is where must not depend on a "
                         "value; work the order out before, and pass it in as a constant")
    return method


class Cells(np.ndarray):
    """An array whose elements are cells. Zero-dimensional ones behave as numpy's scalars do.

    whole   whether numpy has an array of ints there, which cuts off what is stored in it
    """

    def __array_finalize__(self, other):
        self.whole = getattr(other, "whole", False)

    @property
    def dtype(self):
        """What numpy has there: nobody is to see the objects."""
        return np.dtype(bool if holds_truths(self) else int if self.whole else float)

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        if method not in METHODS:
            raise TraceError(refusal(ufunc, f".{method}"))
        return METHODS[method](ufunc, *map(plain_of, inputs), out=out and out[0], **options)

    def __array_function__(self, function, types, args, kwargs):
        return call(function, args, kwargs)

    def __getitem__(self, key):
        key = _plain_key(key)
        if is_mask(key):
            return Chosen(self, key)
        if is_scattered(key):
            shape, keys = one_by_one(key, self.shape)
            rows = [self[each] for each in keys]
            return np.stack(rows).reshape(shape + rows[0].shape)
        if is_picking(key):
            parts = [(condition, np.nan if index is None else self[index])
                     for condition, index in ways(key, self.shape)]
            return functools.reduce(lambda rest, part: where(*part, rest), reversed(parts[:-1]), parts[-1][1])
        part = self.view(np.ndarray)[key]
        part = part.view(Cells) if isinstance(part, np.ndarray) else as_cells(part)  # a view, or a scalar of its own
        part.whole = self.whole
        return part

    def __setitem__(self, key, value):
        key = _plain_key(key)
        if is_mask(key):  # z[z < 0] = 0, with a mask of cells
            value = where(Chosen.wide(key, self), value.among(key) if isinstance(value, Chosen) else value, self)
            key = ...
        if is_scattered(key):
            shape, keys = one_by_one(key, self.shape)
            keys = list(keys)
            values = np.broadcast_to(as_cells(value), shape + self[keys[0]].shape)
            for index, each in zip(np.ndindex(shape), keys):
                self[each] = values[index]
            return
        if is_picking(key):
            for condition, index in [way for way in ways(key, self.shape) if way[1] is not None]:
                self[index] = where(condition, value, self[index])
            return
        if self.whole and not all(map(is_whole, as_cells(value).view(np.ndarray).flat)):
            raise TraceError("an array of whole numbers (made by np.zeros(…, dtype=int) or from an input of whole "
                             "numbers) cuts off what is stored in it: make it one of floats, dtype=float")
        # On the plain array: numpy would go through our own __getitem__. A constant's places get a cell each.
        kind = as_truth if holds_truths(self) else as_number
        plain, values = self.view(np.ndarray), each_of(kind)(plain_of(as_cells(value)))
        places = np.shape(plain[key])
        plain[key] = apart(np.broadcast_to(values, places) if values.ndim <= len(places) else values)[()]

    def mean(self, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
        total = np.sum(self, axis, dtype, keepdims=keepdims, where=where)
        all_of_them = float(self.size // max(total.size, 1))
        counted = None if where is True else as_cells(np.broadcast_to(where, self.shape))
        count = all_of_them if counted is None else np.sum(counted, axis, keepdims=keepdims)
        return put_into(out, total / count)

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, mean=None, correction=None):
        middle = self.mean(axis, keepdims=True) if is_default(mean) else as_cells(mean)
        total = np.sum((self - middle) ** 2, axis, dtype, keepdims=keepdims)
        taken = ddof if is_default(correction) else correction
        return put_into(out, total / float(max(self.size // max(total.size, 1) - taken, 0)))

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, mean=None, correction=None):
        return put_into(out, np.sqrt(self.var(axis, dtype, None, ddof, keepdims, mean=mean, correction=correction)))

    def dot(self, other, out=None):
        return np.dot(self, other, out=out)

    def clip(self, min=None, max=None, out=None):
        low = self if min is None else np.maximum(self, min)
        return put_into(out, low if max is None else np.minimum(low, max))

    def cumsum(self, axis=None, dtype=None, out=None):
        return np.cumsum(self, axis, dtype, out)

    def cumprod(self, axis=None, dtype=None, out=None):
        return np.cumprod(self, axis, dtype, out)

    def trace(self, *args, **kwargs):
        return np.trace(self, *args, **kwargs)

    def fill(self, value):
        self[...] = value

    def astype(self, dtype, order="K", casting="unsafe", subok=True, copy=True):
        dtype = np.dtype(dtype)
        if dtype == bool:
            return truths(self)
        if dtype == np.int64:
            return whole_numbers(self)
        if dtype != float and dtype != object:
            raise TraceError(f"astype({dtype.name}) rounds values in another way than float64, with which a sheet "
                             "works things out: leave it out, or write float")
        same = dtype == object or not holds_truths(self) and not self.whole
        return as_numbers(self) if not same else self.copy() if copy else self

    def item(self, *key):
        return self.reshape(-1)[0] if not key else self[key if len(key) > 1 else key[0]]

    def tolist(self):
        return [row.tolist() for row in self] if self.ndim else self

    def argmax(self, axis=None, out=None, *, keepdims=False):
        return np.argmax(self, axis, out, keepdims=keepdims)

    def argmin(self, axis=None, out=None, *, keepdims=False):
        return np.argmin(self, axis, out, keepdims=keepdims)

    argsort, sort, nonzero, partition, argpartition, searchsorted, compress, choose = map(_by_value, (
        "argsort", "sort", "nonzero", "partition", "argpartition", "searchsorted", "compress", "choose"))

    def round(self, decimals=0, out=None):
        return put_into(out, each_of(lambda cell: rounded(cell, decimals))(plain_of(self)).view(Cells))

    def __round__(self, digits=None):
        return self.round(digits or 0)

    def __floor__(self):                return np.floor(self)
    def __ceil__(self):                 return np.ceil(self)
    def __trunc__(self):                return np.trunc(self)

    def __float__(self):
        return self.reshape(-1).view(np.ndarray)[0].__float__()

    __int__ = __float__

    def __hash__(self):
        raise TraceError("a value is the key of a dict or in a set: which numbers exist must not depend on a value")

    def __bool__(self):
        return bool(self.reshape(-1).view(np.ndarray)[0])

    def __index__(self):
        if self.ndim:
            raise TypeError("only integer scalar arrays can be converted to a scalar index")
        return self.reshape(-1).view(np.ndarray)[0].__index__()

    def __divmod__(self, other):
        return self // other, self % other

    def __ifloordiv__(self, other):     return _in_place(np.floor_divide, self, other)
    def __imod__(self, other):          return _in_place(np.remainder, self, other)
    def __iadd__(self, other):          return _in_place(np.add, self, other)
    def __isub__(self, other):          return _in_place(np.subtract, self, other)
    def __imul__(self, other):          return _in_place(np.multiply, self, other)
    def __itruediv__(self, other):      return _in_place(np.divide, self, other)
    def __ipow__(self, other):          return _in_place(np.power, self, other)
    def __iand__(self, other):          return _in_place(np.bitwise_and, self, other)
    def __ior__(self, other):           return _in_place(np.bitwise_or, self, other)

    def __repr__(self):
        return str(self.view(np.ndarray))

    __str__ = __repr__

    def __format__(self, spec):
        plain = as_plain_numbers(self)
        return repr(self) if plain is None else format(plain, spec)


def as_cells(values):
    """`values`, numbers or cells in any nesting, as an array of cells."""
    if isinstance(values, Chosen):
        return values.among(None)
    plain = plain_of(values)
    if not isinstance(plain, np.ndarray):
        plain = np.asarray(plain, dtype=object)
    return each_of(as_cell)(plain).view(Cells)


def _plain_key(key):
    """An index in which constants are plain numbers."""
    if isinstance(key, tuple):
        return tuple(map(_plain_key, key))
    if isinstance(key, slice):
        return slice(*map(_plain_key, (key.start, key.stop, key.step)))
    if isinstance(key, (Cell, Cells)) and (plain := as_plain_numbers(key)) is not None:
        return plain
    return key


def as_plain_numbers(value):
    """`value`, arrays of cells in any nesting, as numpy's plain arrays, if all cells are constants; else None."""
    if isinstance(value, Cell):
        return as_plain_numbers(as_cells(value))
    if isinstance(value, Cells):
        cells = list(value.view(np.ndarray).flat)
        if not all(cell.op == "const" for cell in cells):
            return None
        is_int = value.whole or all(float(cell.value).is_integer() for cell in cells) and not value.ndim
        kind = bool if holds_truths(value) else int if is_int else float
        return np.array([cell.value for cell in cells], dtype=kind).reshape(value.shape)[()]
    if type(value) in (list, tuple, dict):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        plain = {key: as_plain_numbers(item) for key, item in items}
        if any(item is None and value[key] is not None for key, item in plain.items()):
            return None
        return plain if isinstance(value, dict) else type(value)(plain.values())
    return value


def whole_numbers(array):
    """What numpy has for `array` as ints: decimals are cut off."""
    array = as_cells(array)
    cut = each_of(lambda cell: as_number(cell) if is_whole(cell) else apply("trunc", cell))
    made = cut(plain_of(array)).view(Cells)
    made.whole = True
    return made


def holds_truths(array):
    """Whether numpy has an array of bools there: an array holds truths only, or none."""
    first = next(iter(np.asarray(array).flat), None)
    return isinstance(first, (bool, np.bool_)) or isinstance(first, Cell) and first.truth


def as_numbers(array):
    return each_of(as_number)(plain_of(as_cells(array))).view(Cells)


def truths(array):
    """What numpy has for `array` as bools."""
    return each_of(as_truth)(plain_of(array)).view(Cells)


def apart(cells):
    """`cells` with a cell of its own in each place that holds a constant, so that no place bears another's name."""
    return each_of(lambda cell: constant(cell.value) if cell.op == "const" else cell)(plain_of(cells))


def where(condition, *choices):
    """`np.where` for three arguments; the one-argument form depends on values."""
    if len(choices) != 2:
        raise TraceError("np.where(condition) lists places by value: give it all three arguments")
    return as_cells(each_of(functools.partial(apply, "where"))(*map(plain_of, (condition, *choices))))


_where = where  # the name that an option of the same name leaves free


def each_of(function):
    """`function` of one cell (or two, or three) mapped over arrays, as numpy broadcasts."""
    return lambda *arrays: np.asarray(np.frompyfunc(function, len(arrays), 1)(*arrays), dtype=object)


def plain_of(value):
    """`value` with each array of cells in it as numpy's plain array of objects."""
    if isinstance(value, Cells):
        return value.view(np.ndarray) if value.ndim else value.view(np.ndarray)[()]
    if isinstance(value, np.ndarray) and value.dtype == object and any(isinstance(item, Cells) for item in value.flat):
        return each_of(as_cell)(value)  # np.array([a, b]) holds scalars as arrays
    if isinstance(value, (np.ndarray, np.generic)):
        check_precision(value.dtype)
    if type(value) in (list, tuple):
        return type(value)(map(plain_of, value))
    if isinstance(value, dict):
        return {key: plain_of(item) for key, item in value.items()}
    return value


def wrap(value):
    """What a numpy function returned, its arrays of objects as arrays of cells."""
    if isinstance(value, Cells):
        value = value.view(np.ndarray)
    if isinstance(value, (list, tuple)):
        return type(value)(map(wrap, value))
    if isinstance(value, Cell):
        return as_cells(value)
    if not isinstance(value, np.ndarray) or value.dtype != object:
        return value
    items = list(value.flat)
    bools = sum(isinstance(item, bool) or isinstance(item, Cell) and item.truth for item in items)
    if 0 < bools < len(items):
        return as_numbers(value)
    if len({id(item) for item in items if isinstance(item, Cell) and item.op != "const"}) == len(items):
        return value.view(Cells)  # numpy's own view, through which the array can be written
    is_shared = _has_twins(items) or not all(isinstance(item, Cell) for item in items)
    return apart(as_cells(value)).view(Cells) if is_shared else value.view(Cells)


def _has_twins(items):
    constants = [id(item) for item in items if isinstance(item, Cell) and item.op == "const"]
    return len(set(constants)) < len(constants)


def _moved(function, args, kwargs):
    """What a function that only moves, adds and multiplies makes of arrays of objects."""
    if "dtype" in kwargs:
        check_dtype(kwargs["dtype"])
        kwargs = {name: value for name, value in kwargs.items() if name != "dtype"}
    arrays = [arg for arg in args if isinstance(arg, np.ndarray)]
    if function in _ADDING and arrays and all(map(holds_truths, arrays)):
        raise TraceError(f"np.{function.__name__} of true and false values only: multiply them by 1.0 first")
    return wrap(function(*args, **kwargs))


def call(function, args, kwargs):
    """What numpy's `function` makes of arrays of cells among its arguments."""
    if function in OWN:
        _check_options(function, OWN[function], args, kwargs)
        return OWN[function](*args, **kwargs)
    if function in _PLAIN:
        return _moved(function, plain_of(args), plain_of(kwargs))
    if (plain := as_plain_numbers((args, kwargs))) is not None:
        return function(*plain[0], **plain[1])
    raise TraceError(refusal(function))


def name_of(function):
    module = (getattr(function, "__module__", "") or "numpy").replace("numpy", "np", 1)
    module = "np" if module.startswith("np._") or module == "np" else module
    return f"{module}.{function.__name__}"


def refusal(function, method=""):
    return (f"{name_of(function)}{method} cannot be traced: a sheet knows sums, products, powers, exp, log, "
            "tanh, max, min, where, comparisons and moving numbers about; write the step with those, or work it "
            "out before and pass it in as an input")


def is_default(option):
    return option is None or option is np._NoValue


def check_dtype(dtype):
    if not is_default(dtype) and np.dtype(dtype) not in (np.dtype(float), np.dtype(object)):
        raise TraceError(f"dtype={np.dtype(dtype).name} would round or cut values: a sheet works with float64; "
                         "leave dtype out")


def check_known(what, options, known=()):
    if unknown := [name for name in options if name not in known and name not in HARMLESS]:
        raise TraceError(f"{what} with the option {unknown[0]}= cannot be traced: leave it out, or write the step "
                         "without it")


def _check_options(function, own, args, kwargs):
    """Refuse an option of numpy's that our `own` function does not honour."""
    parameters = inspect.signature(own).parameters
    if not any(each.kind is each.VAR_KEYWORD for each in parameters.values()):
        check_known(name_of(function), [name for name in kwargs if name not in parameters])
    if not any(each.kind is each.VAR_POSITIONAL for each in parameters.values()) and len(args) > len(parameters):
        raise TraceError(f"{name_of(function)} with {len(args)} arguments cannot be traced: give options by name")


def check_holds_cells(array):
    if not isinstance(array, Cells) and array.dtype != object:
        raise TraceError("an array of plain numbers that was made outside cannot take a traced value: make it with "
                         "np.array(…) in the function")


def put_into(out, result):
    """`result`, put into `out` where there is one."""
    if is_default(out):
        return result
    check_holds_cells(out)
    out.view(Cells)[...] = result
    return out


def _in_place(ufunc, array, other):
    # A scalar is not changed in place: the name is bound to a new one, as with floats.
    return ufunc(array, other, out=(array,) if array.ndim else None)


# numpy calls them on scalars in np.array([a, b]).
for _method in ("exp", "expm1", "log", "log1p", "sqrt", "tanh", "sin", "cos", "square"):
    setattr(Cells, _method, functools.partialmethod(lambda self, ufunc: ufunc(self), getattr(np, _method)))
