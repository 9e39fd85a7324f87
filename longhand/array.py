"""Arrays of cells: what numpy's own functions do when they are handed numbers with formulas."""

import functools

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from .cell import OPS, TRUTHS, Cell, TraceError, apply, as_cell

_UFUNCS = {ufunc: op for op, ufunc in OPS.items() if isinstance(ufunc, np.ufunc)}
_UFUNCS |= {np.float_power: "pow", np.fabs: "abs", np.fmax: "max", np.fmin: "min",
            np.bitwise_and: "and", np.bitwise_or: "or", np.invert: "not"}
_COMPOSED = {  # ufuncs that are other operations in disguise
    np.square: lambda a: apply("pow", a, 2.0),
    np.reciprocal: lambda a: apply("div", 1.0, a),
    np.positive: as_cell,
    np.exp2: lambda a: apply("pow", 2.0, a),
    np.log2: lambda a: apply("div", apply("log", a), np.log(2.0)),
    np.log10: lambda a: apply("div", apply("log", a), np.log(10.0)),
    np.tan: lambda a: apply("div", apply("sin", a), apply("cos", a)),
    np.heaviside: lambda a, b: apply("where", apply("eq", a, 0.0), b, apply("gt", a, 0.0)),
}
# Functions that only move, add and multiply: numpy's own run on an array of objects gives the right cells.
_PLAIN = {
    getattr(np, name) for name in """
    append array_split atleast_1d atleast_2d atleast_3d broadcast_arrays broadcast_to column_stack concatenate copy
    copyto cumprod cumsum delete diag diagonal diff dot dsplit dstack einsum expand_dims fill_diagonal flip fliplr
    flipud hsplit hstack inner insert kron matrix_transpose moveaxis ndim outer pad ravel repeat reshape resize roll
    rollaxis rot90 shape size split squeeze stack swapaxes take tensordot tile trace transpose tril triu vdot vecdot
    vsplit vstack""".split() if hasattr(np, name)
}


class Cells(np.ndarray):
    """An array whose elements are cells. Zero-dimensional ones behave as numpy's scalars do."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        result = _METHODS.get(method, _refuse_method)(ufunc, *map(_plain, inputs), **options)
        if out is None:
            return _wrap(result)
        _check_holds_cells(out[0])
        _plain(out[0])[...] = _plain(as_cells(result))
        return out[0]

    def __array_function__(self, function, types, args, kwargs):
        if function in _OWN:
            return _OWN[function](*args, **kwargs)
        if function in _PLAIN:
            return _wrap(function(*_plain(args), **_plain(kwargs)))
        raise TraceError(_refusal(function))

    def __getitem__(self, key):
        _check_key(key)
        part = _plain(self)[key]
        return part.view(Cells) if isinstance(part, np.ndarray) else as_cells(part)  # a view, or a scalar of its own

    def __setitem__(self, key, value):
        if isinstance(key, Cells):  # z[z < 0] = 0, with a mask of cells
            value = where(key, value, self)
            key = ...
        # On the plain array: numpy would go through our own __getitem__.
        _plain(self)[key] = _plain(as_cells(value))[()]

    def mean(self, axis=None, dtype=None, out=None, keepdims=False):
        total = fold("add", self, axis, keepdims=keepdims)
        return total / float(self.size // max(total.size, 1))

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
        squares = (self - self.mean(axis, keepdims=True)) ** 2
        total = fold("add", squares, axis, keepdims=keepdims)
        return total / float(self.size // max(total.size, 1) - ddof)

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
        return np.sqrt(self.var(axis, ddof=ddof, keepdims=keepdims))

    def dot(self, other):
        return np.dot(self, other)

    def clip(self, min=None, max=None):
        low = self if min is None else np.maximum(self, min)
        return low if max is None else np.minimum(low, max)

    def astype(self, dtype, *args, **kwargs):
        if np.dtype(dtype).kind not in "fbO":
            raise TraceError(f"astype({np.dtype(dtype).name}) rounds values: only float and bool can be traced")
        return self.copy()

    def item(self, *key):
        return self.reshape(-1)[0] if not key else self[key if len(key) > 1 else key[0]]

    def tolist(self):
        return [row.tolist() for row in self] if self.ndim else self

    def argmax(self, *args, **kwargs):
        raise TraceError("argmax picks a place by value: which numbers exist must not depend on a value")

    argmin = argsort = sort = nonzero = round = argmax

    def __bool__(self):
        return bool(self.reshape(-1).view(np.ndarray)[0])

    def __index__(self):
        return self.reshape(-1).view(np.ndarray)[0].__index__()

    def __iadd__(self, other):          return _in_place(np.add, self, other)
    def __isub__(self, other):          return _in_place(np.subtract, self, other)
    def __imul__(self, other):          return _in_place(np.multiply, self, other)
    def __itruediv__(self, other):      return _in_place(np.divide, self, other)

    def __repr__(self):
        return str(self.view(np.ndarray))

    __str__ = __repr__

    def __format__(self, spec):
        return repr(self)


def as_cells(values):
    """`values`, numbers or cells in any nesting, as an array of cells."""
    return _each(as_cell)(np.asarray(_plain(values), dtype=object)).view(Cells)


def fold(op, array, axis=None, keepdims=False, initial=None):
    """`array` reduced along `axis` by the binary `op`, from the left."""
    array = as_cells(array)
    axes = normalize_axis_tuple(tuple(range(array.ndim)) if axis is None else axis, array.ndim)
    rest = [i for i in range(array.ndim) if i not in axes]
    rows = array.transpose(*rest, *axes).reshape(*(array.shape[i] for i in rest), -1)
    if op in ("add", "mul"):
        rows = _each(_as_number)(_plain(rows)).view(Cells)
    terms = [rows[..., k] for k in range(rows.shape[-1])] or [as_cells(_empty(op))]
    terms = terms if initial is None else [as_cells(initial), *terms]
    result = as_cells(functools.reduce(_each(functools.partial(apply, op)), map(_plain, terms)))
    return np.expand_dims(result, axes) if keepdims else result


def _as_number(cell):
    """A truth as 1 or 0: sums of truths count them."""
    return apply("where", cell, 1.0, 0.0) if cell.op in TRUTHS else cell


def where(condition, *choices):
    """`np.where` for three arguments; the one-argument form depends on values."""
    if len(choices) != 2:
        raise TraceError("np.where(condition) lists places by value: give it all three arguments")
    return as_cells(_each(functools.partial(apply, "where"))(*map(_plain, (condition, *choices))))


def _each(function):
    """`function` of one cell (or two, or three) mapped over arrays, as numpy broadcasts."""
    return lambda *arrays: np.asarray(np.frompyfunc(function, len(arrays), 1)(*arrays), dtype=object)


def _plain(value):
    """`value` with each array of cells in it as numpy's plain array of objects."""
    if isinstance(value, Cells):
        return value.view(np.ndarray)
    if isinstance(value, (list, tuple)):
        return type(value)(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _wrap(value):
    """What a numpy function returned, its arrays of objects as arrays of cells."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(_wrap, value))
    holds_cells = isinstance(value, Cell) or isinstance(value, np.ndarray) and value.dtype == object
    return as_cells(value) if holds_cells else value


def _call(ufunc, *inputs, **options):
    if ufunc in _UFUNCS:
        return _each(functools.partial(apply, _UFUNCS[ufunc]))(*inputs)
    if ufunc in _COMPOSED:
        return _each(_COMPOSED[ufunc])(*inputs)
    if ufunc in (np.matmul, *filter(None, [getattr(np, "vecdot", None)])):
        return ufunc(*(np.asarray(a, dtype=object) for a in inputs), **options)
    raise TraceError(_refusal(ufunc))


def _reduce(ufunc, array, axis=0, dtype=None, keepdims=False, initial=None, where=True):
    if ufunc not in _UFUNCS or where is not True:
        raise TraceError(_refusal(ufunc, ".reduce"))
    initial = None if initial is np._NoValue else initial
    return fold(_UFUNCS[ufunc], array, axis, keepdims, initial)


def _outer(ufunc, a, b, **options):
    a, b = np.asarray(a, dtype=object), np.asarray(b, dtype=object)
    return _call(ufunc, a.reshape(a.shape + (1,) * b.ndim), b)


def _accumulate(ufunc, array, axis=0, dtype=None):
    return ufunc.accumulate(np.asarray(array, dtype=object), axis=axis)


def _at(ufunc, array, *rest):
    _check_holds_cells(array)
    ufunc.at(array, *rest)


def _refuse_method(ufunc, *inputs, **options):
    raise TraceError(_refusal(ufunc))


_METHODS = {"__call__": _call, "reduce": _reduce, "outer": _outer, "accumulate": _accumulate, "at": _at}


def _refusal(function, method=""):
    module = (getattr(function, "__module__", "") or "numpy").replace("numpy", "np", 1)
    module = "np" if module.startswith("np._") or module == "np" else module
    return (f"{module}.{function.__name__}{method} cannot be traced: a sheet knows sums, products, powers, exp, log, "
            "tanh, max, min, where, comparisons and moving numbers about; write the step with those, or work it "
            "out before and pass it in as an input")


def _check_holds_cells(array):
    if array.dtype != object:
        raise TraceError("an array of plain numbers (np.zeros, np.ones, np.array) cannot take a traced value: "
                         "make it with np.zeros_like(…) or np.stack(…)")


def _check_key(key):
    if any(isinstance(part, (Cell, Cells)) for part in (key if isinstance(key, tuple) else (key,))):
        raise TraceError("numbers are picked by a value or by a mask of values: which numbers exist must not depend "
                         "on a value; use np.where")


def _in_place(ufunc, array, other):
    # A scalar is not changed in place: the name is bound to a new one, as with floats.
    return ufunc(array, other, out=(array,) if array.ndim else None)


def _empty(op):
    identity = OPS[op].identity
    if identity is None:
        raise TraceError(f"{op} of no numbers at all")
    return identity


def _like(value):
    def like(array, *args, shape=None, **kwargs):
        return as_cells(np.full(np.shape(array) if shape is None else shape, value))
    return like


def _array_method(name):
    return lambda array, *args, **kwargs: getattr(as_cells(array), name)(*args, **kwargs)


def _fold_function(op):
    def function(array, axis=None, dtype=None, out=None, keepdims=False, initial=None, **rest):
        return fold(op, array, axis, keepdims is True, None if initial is np._NoValue else initial)
    return function


_OWN = {
    np.sum: _fold_function("add"), np.prod: _fold_function("mul"),
    np.max: _fold_function("max"), np.min: _fold_function("min"),
    np.all: _fold_function("and"), np.any: _fold_function("or"),
    np.mean: _array_method("mean"), np.var: _array_method("var"), np.std: _array_method("std"),
    np.average: _array_method("mean"), np.clip: _array_method("clip"), np.where: where,
    np.zeros_like: _like(0.0), np.ones_like: _like(1.0), np.empty_like: _like(0.0),
    np.full_like: lambda array, value, **kwargs: _like(0.0)(array) + value,
}
