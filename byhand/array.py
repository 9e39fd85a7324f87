"""Arrays of cells: what numpy's own functions do when they are handed numbers with formulas."""

import functools
import inspect
import itertools

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from .cell import OPS, Cell, TraceError, apply, as_cell, as_number, as_truth, check_precision, constant
from .picking import is_picking, remainder, ways

_UFUNCS = {ufunc: op for op, ufunc in OPS.items() if isinstance(ufunc, np.ufunc)}
_UFUNCS |= {np.float_power: "pow", np.fabs: "abs", np.bitwise_and: "and", np.bitwise_or: "or", np.invert: "not"}
_BITWISE = np.bitwise_and, np.bitwise_or, np.invert
_COMPOSED = {  # ufuncs that are other operations in disguise
    np.square: lambda a: apply("pow", a, 2.0),
    np.reciprocal: lambda a: apply("div", 1.0, a),
    np.positive: as_cell,
    np.isnan: lambda a: apply("ne", a, a),  # only "not a number" differs from itself
    np.exp2: lambda a: apply("pow", 2.0, a),
    np.log2: lambda a: apply("div", apply("log", a), np.log(2.0)),
    np.log10: lambda a: apply("div", apply("log", a), np.log(10.0)),
    np.tan: lambda a: apply("div", apply("sin", a), apply("cos", a)),
    np.remainder: remainder,
    np.heaviside: lambda a, b: _unless_nan(a, apply("where", apply("eq", a, 0.0), b, apply("gt", a, 0.0)), a),
    np.fmax: lambda a, b: _unless_nan(a, _unless_nan(b, apply("max", a, b), a), b),
    np.fmin: lambda a, b: _unless_nan(a, _unless_nan(b, apply("min", a, b), a), b),
}
# Functions that only move, add and multiply: numpy's own run on an array of objects gives the right cells.
_PLAIN = {
    getattr(np, name) for name in """
    append array_split atleast_1d atleast_2d atleast_3d broadcast_arrays broadcast_to column_stack concatenate copy
    delete diag diagonal diff dot dsplit dstack einsum expand_dims fill_diagonal flip fliplr
    flipud hsplit hstack inner insert kron matrix_transpose moveaxis ndim outer pad ravel repeat reshape resize roll
    rollaxis rot90 shape size split squeeze stack swapaxes tensordot tile trace transpose tril triu vdot vecdot
    vsplit vstack""".split() if hasattr(np, name)
}
_ADDING = {getattr(np, name) for name in "diff dot einsum inner kron outer tensordot trace vdot vecdot".split()
           if hasattr(np, name)}
_HARMLESS = {"casting", "order", "subok", "device", "optimize"}  # no number depends on them, once plain numbers pass


class Cells(np.ndarray):
    """An array whose elements are cells. Zero-dimensional ones behave as numpy's scalars do."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        if method not in _METHODS:
            raise TraceError(_refusal(ufunc, f".{method}"))
        return _METHODS[method](ufunc, *map(_plain, inputs), out=out and out[0], **options)

    def __array_function__(self, function, types, args, kwargs):
        if function in _OWN:
            _check_options(function, _OWN[function], args, kwargs)
            return _OWN[function](*args, **kwargs)
        if function in _PLAIN:
            return _moved(function, _plain(args), _plain(kwargs))
        raise TraceError(_refusal(function))

    def __getitem__(self, key):
        if is_picking(key):
            parts = [(condition, self[index]) for condition, index in ways(key, self.shape)]
            return functools.reduce(lambda rest, part: where(*part, rest), reversed(parts[:-1]), parts[-1][1])
        part = self.view(np.ndarray)[key]
        return part.view(Cells) if isinstance(part, np.ndarray) else as_cells(part)  # a view, or a scalar of its own

    def __setitem__(self, key, value):
        if isinstance(key, Cells) and _holds_truths(key):  # z[z < 0] = 0, with a mask of cells
            value = where(key, value, self)
            key = ...
        if is_picking(key):
            for condition, index in ways(key, self.shape):
                self[index] = where(condition, value, self[index])
            return
        # On the plain array: numpy would go through our own __getitem__. A constant's places get a cell each.
        kind = as_truth if _holds_truths(self) else as_number
        plain, values = self.view(np.ndarray), _each(kind)(_plain(as_cells(value)))
        places = np.shape(plain[key])
        plain[key] = _apart(np.broadcast_to(values, places) if values.ndim <= len(places) else values)[()]

    def mean(self, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
        total = _sum(self, axis, dtype, keepdims=keepdims, where=where)
        all_of_them = float(self.size // max(total.size, 1))
        count = all_of_them if where is True else _sum(np.broadcast_to(where, self.shape), axis, keepdims=keepdims)
        return _into(out, total / count)

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, mean=None, correction=None):
        middle = self.mean(axis, keepdims=True) if _is_default(mean) else as_cells(mean)
        total = _sum((self - middle) ** 2, axis, dtype, keepdims=keepdims)
        taken = ddof if _is_default(correction) else correction
        return _into(out, total / float(max(self.size // max(total.size, 1) - taken, 0)))

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, mean=None, correction=None):
        return _into(out, np.sqrt(self.var(axis, dtype, None, ddof, keepdims, mean=mean, correction=correction)))

    def dot(self, other, out=None):
        return np.dot(self, other, out=out)

    def clip(self, min=None, max=None, out=None):
        low = self if min is None else np.maximum(self, min)
        return _into(out, low if max is None else np.minimum(low, max))

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
        if dtype == np.int64 and _holds_truths(self):
            return _as_numbers(self)
        if dtype != float and dtype != object:
            raise TraceError(f"astype({dtype.name}) rounds values: only float and bool can be traced")
        same = dtype == object or not _holds_truths(self)
        return _as_numbers(self) if not same else self.copy() if copy else self

    def item(self, *key):
        return self.reshape(-1)[0] if not key else self[key if len(key) > 1 else key[0]]

    def tolist(self):
        return [row.tolist() for row in self] if self.ndim else self

    def argmax(self, *args, **kwargs):
        raise TraceError("argmax picks a place by value: which numbers exist must not depend on a value")

    argmin = argsort = sort = nonzero = partition = argpartition = searchsorted = compress = choose = argmax

    def round(self, *args, **kwargs):
        raise TraceError("round cannot be traced: a sheet keeps all digits; round where a number is printed, "
                         "outside the function")

    __round__ = round

    def __floor__(self):
        raise TraceError("math.floor and math.ceil make a whole number: np.floor keeps it a value of the sheet")

    __ceil__ = __trunc__ = __floor__

    def __hash__(self):
        raise TraceError("a value is the key of a dict or in a set: which numbers exist must not depend on a value")

    def __bool__(self):
        return bool(self.reshape(-1).view(np.ndarray)[0])

    def __index__(self):
        return self.reshape(-1).view(np.ndarray)[0].__index__()

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
        return repr(self)


def as_cells(values):
    """`values`, numbers or cells in any nesting, as an array of cells."""
    plain = _plain(values)
    if not isinstance(plain, np.ndarray):
        plain = np.asarray(plain, dtype=object)
    return _each(as_cell)(plain).view(Cells)


def fold(op, array, axis=None, keepdims=False, initial=None):
    """`array` reduced along `axis` by the binary `op`, from the left."""
    array = as_cells(array)
    axes = normalize_axis_tuple(tuple(range(array.ndim)) if axis is None else axis, array.ndim)
    rest = [i for i in range(array.ndim) if i not in axes]
    rows = array.transpose(*rest, *axes).reshape(*(array.shape[i] for i in rest), -1)
    kind = {"add": as_number, "mul": as_number, "and": as_truth, "or": as_truth}.get(op, as_cell)
    rows = _each(kind)(_plain(rows)).view(Cells)
    terms = [rows[..., k] for k in range(rows.shape[-1])] or [as_cells(np.full(rows.shape[:-1], _empty(op)))]
    terms = terms if initial is None else [as_cells(initial), *terms]
    result = as_cells(functools.reduce(_each(functools.partial(apply, op)), map(_plain, terms)))
    return np.expand_dims(result, axes) if keepdims else result


def _holds_truths(array):
    """Whether numpy has an array of bools there: an array holds truths only, or none."""
    first = next(iter(np.asarray(array).flat), None)
    return isinstance(first, (bool, np.bool_)) or isinstance(first, Cell) and first.truth


def _as_numbers(array):
    return _each(as_number)(_plain(as_cells(array))).view(Cells)


def truths(array):
    """What numpy has for `array` as bools."""
    return _each(as_truth)(_plain(array)).view(Cells)


def _apart(cells):
    """`cells` with a cell of its own in each place that holds a constant, so that no place bears another's name."""
    return _each(lambda cell: constant(cell.value) if cell.op == "const" else cell)(_plain(cells))


def _unless_nan(asked, value, otherwise):
    return apply("where", apply("ne", asked, asked), otherwise, value)


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
        return value.view(np.ndarray) if value.ndim else value.view(np.ndarray)[()]
    if isinstance(value, np.ndarray) and value.dtype == object and any(isinstance(item, Cells) for item in value.flat):
        return _each(as_cell)(value)  # np.array([a, b]) holds scalars as arrays
    if isinstance(value, (np.ndarray, np.generic)):
        check_precision(value.dtype)
    if type(value) in (list, tuple):
        return type(value)(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def wrap(value):
    """What a numpy function returned, its arrays of objects as arrays of cells."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(wrap, value))
    if isinstance(value, Cell):
        return as_cells(value)
    if not isinstance(value, np.ndarray) or value.dtype != object:
        return value
    items = list(value.flat)
    bools = sum(isinstance(item, bool) or isinstance(item, Cell) and item.truth for item in items)
    if 0 < bools < len(items):
        return _as_numbers(value)
    if len({id(item) for item in items if isinstance(item, Cell) and item.op != "const"}) == len(items):
        return value.view(Cells)  # numpy's own view, through which the array can be written
    apart = _has_twins(items) or not all(isinstance(item, Cell) for item in items)
    return _apart(as_cells(value)).view(Cells) if apart else value.view(Cells)


def _has_twins(items):
    constants = [id(item) for item in items if isinstance(item, Cell) and item.op == "const"]
    return len(set(constants)) < len(constants)


def _moved(function, args, kwargs):
    """What a function that only moves, adds and multiplies makes of arrays of objects."""
    if "dtype" in kwargs:
        check_dtype(kwargs["dtype"])
        kwargs = {name: value for name, value in kwargs.items() if name != "dtype"}
    arrays = [arg for arg in args if isinstance(arg, np.ndarray)]
    if function in _ADDING and arrays and all(map(_holds_truths, arrays)):
        raise TraceError(f"np.{function.__name__} of true and false values only: multiply them by 1.0 first")
    return wrap(function(*args, **kwargs))


def _call(ufunc, *inputs, out=None, where=True, dtype=None, **options):
    check_dtype(dtype)
    if dtype is not None:
        inputs = [_plain(_as_numbers(value)) for value in inputs]
    if where is not True and out is None:
        raise TraceError(f"{_name(ufunc)} with where= but without out= leaves the other places to chance: "
                         "give it out=np.zeros_like(…), or use np.where")
    result = wrap(_mapped(ufunc, inputs, options))
    return _into(out, result if where is True else _where(where, result, out))


def _mapped(ufunc, inputs, options):
    is_product = ufunc in (np.matmul, *filter(None, [getattr(np, "vecdot", None)]))
    _check_known(_name(ufunc), options, {"axes", "axis", "keepdims"} if is_product else ())
    if is_product:
        options = {name: value for name, value in options.items() if name not in _HARMLESS}
        return ufunc(*(np.asarray(a, dtype=object) for a in inputs), **options)
    if ufunc in _BITWISE and not all(map(_holds_truths, inputs)):
        raise TraceError(f"{_name(ufunc)} of numbers works on their bits: it can be traced for true and false only")
    if ufunc in _UFUNCS:
        return _each(functools.partial(apply, _UFUNCS[ufunc]))(*inputs)
    if ufunc in _COMPOSED:
        return _each(_COMPOSED[ufunc])(*inputs)
    raise TraceError(_refusal(ufunc))


def _reduce(ufunc, array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True, **options):
    if ufunc not in _UFUNCS or ufunc in _BITWISE and not _holds_truths(array):
        raise TraceError(_refusal(ufunc, ".reduce"))
    _check_known(f"{_name(ufunc)}.reduce", options)
    op = _UFUNCS[ufunc]
    if op not in ("and", "or"):  # whose dtype is bool
        check_dtype(dtype)
    if where is not True:  # what is left out counts as nothing
        array = _where(where, array, initial if OPS[op].identity is None and not _is_default(initial) else _empty(op))
    return _into(out, fold(op, array, axis, keepdims, None if _is_default(initial) else initial))


def _outer(ufunc, a, b, **options):
    a, b = np.asarray(a, dtype=object), np.asarray(b, dtype=object)
    return _call(ufunc, a.reshape(a.shape + (1,) * b.ndim), b, **options)


def _accumulate(ufunc, array, axis=0, dtype=None, out=None, **options):
    _check_known(f"{_name(ufunc)}.accumulate", options)
    check_dtype(dtype)
    rows = list(np.moveaxis(_plain(_as_numbers(array) if ufunc in (np.add, np.multiply) else as_cells(array)), axis, 0))
    sums = itertools.accumulate(rows, lambda a, b: _plain(_call(ufunc, a, b)))
    return _into(out, np.stack([as_cells(each) for each in sums], axis=axis) if rows else as_cells(array))


def _at(ufunc, array, *rest, out=None, **options):
    _check_holds_cells(array)
    ufunc.at(array, *rest)


_METHODS = {"__call__": _call, "reduce": _reduce, "outer": _outer, "accumulate": _accumulate, "at": _at}


def _name(function):
    module = (getattr(function, "__module__", "") or "numpy").replace("numpy", "np", 1)
    module = "np" if module.startswith("np._") or module == "np" else module
    return f"{module}.{function.__name__}"


def _refusal(function, method=""):
    return (f"{_name(function)}{method} cannot be traced: a sheet knows sums, products, powers, exp, log, "
            "tanh, max, min, where, comparisons and moving numbers about; write the step with those, or work it "
            "out before and pass it in as an input")


def _is_default(option):
    return option is None or option is np._NoValue


def check_dtype(dtype):
    if not _is_default(dtype) and np.dtype(dtype) not in (np.dtype(float), np.dtype(object)):
        raise TraceError(f"dtype={np.dtype(dtype).name} would round or cut values: a sheet works with float64; "
                         "leave dtype out")


def _check_known(what, options, known=()):
    if unknown := [name for name in options if name not in known and name not in _HARMLESS]:
        raise TraceError(f"{what} with the option {unknown[0]}= cannot be traced: leave it out, or write the step "
                         "without it")


def _check_options(function, own, args, kwargs):
    """Refuse an option of numpy's that our `own` function does not honour."""
    parameters = inspect.signature(own).parameters
    if not any(each.kind is each.VAR_KEYWORD for each in parameters.values()):
        _check_known(_name(function), [name for name in kwargs if name not in parameters])
    if not any(each.kind is each.VAR_POSITIONAL for each in parameters.values()) and len(args) > len(parameters):
        raise TraceError(f"{_name(function)} with {len(args)} arguments cannot be traced: give options by name")


def _check_holds_cells(array):
    if array.dtype != object:
        raise TraceError("an array of plain numbers (np.zeros, np.ones, np.array) cannot take a traced value: "
                         "make it with np.zeros_like(…) or np.stack(…)")


def _into(out, result):
    """`result`, put into `out` where there is one."""
    if _is_default(out):
        return result
    _check_holds_cells(out)
    out.view(Cells)[...] = result
    return out


def _in_place(ufunc, array, other):
    # A scalar is not changed in place: the name is bound to a new one, as with floats.
    return ufunc(array, other, out=(array,) if array.ndim else None)


def _empty(op):
    identity = OPS[op].identity
    if identity is None:
        raise TraceError(f"{op} of no numbers at all")
    return identity


def _like(value):
    def like(array, dtype=None, order="K", subok=True, shape=None, *, device=None):
        return _full_like(array, value, dtype, order, subok, shape)
    return like


def _full_like(array, fill_value, dtype=None, order="K", subok=True, shape=None, *, device=None):
    is_bool = _holds_truths(array) if _is_default(dtype) else np.dtype(dtype) == bool
    if not is_bool:
        check_dtype(dtype)
    value = _each(as_truth if is_bool else as_number)(_plain(as_cells(fill_value)))
    return _apart(np.broadcast_to(value, np.shape(array) if shape is None else shape)).view(Cells)


def _copyto(target, source, casting="same_kind", where=True):
    _check_holds_cells(target)
    target.view(Cells)[...] = source if where is True else _where(where, source, target)


def _take(a, indices, axis=None, out=None):
    array = as_cells(a).reshape(-1) if axis is None else as_cells(a)
    before = (slice(None),) * normalize_axis_tuple(axis or 0, array.ndim)[0]
    return _into(out, array[(*before, indices)])


def _average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    a, keepdims = as_cells(a), keepdims is True
    if returned:
        raise TraceError("np.average with returned=True cannot be traced: leave it out, and sum the weights")
    if weights is None:
        return a.mean(axis, keepdims=keepdims)
    weights = as_cells(weights)
    if weights.shape != a.shape:  # one weight for each place along `axis`
        axes = normalize_axis_tuple(axis, a.ndim)
        order = np.argsort(axes)
        weights = weights.transpose(*order).reshape([a.shape[i] if i in axes else 1 for i in range(a.ndim)])
        weights = np.broadcast_to(weights, a.shape)
    return _sum(a * weights, axis, keepdims=keepdims) / _sum(weights, axis, keepdims=keepdims)


def _array_method(name):
    method = getattr(Cells, name)

    @functools.wraps(method)
    def function(a, *args, **kwargs):
        return method(as_cells(a), *args, **{key: value for key, value in kwargs.items() if value is not np._NoValue})
    return function


def _clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None, dtype=None):
    check_dtype(dtype)
    low, high = (other if _is_default(one) else one for one, other in ((a_min, min), (a_max, max)))
    return as_cells(a).clip(None if _is_default(low) else low, None if _is_default(high) else high, out)


def _fold_function(ufunc, has_dtype=True):
    def with_dtype(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
        where = True if where is np._NoValue else where
        return _reduce(ufunc, _plain(as_cells(a)), axis, dtype, out, keepdims is True, initial, where)

    def without(a, axis=None, out=None, keepdims=False, initial=None, where=True):
        return with_dtype(a, axis, None, out, keepdims, initial, where)

    def truth(a, axis=None, out=None, keepdims=False, *, where=True):
        return with_dtype(a, axis, None, out, keepdims, None, where)
    return with_dtype if has_dtype else truth if ufunc in (np.logical_and, np.logical_or) else without


def _running(ufunc):
    def function(a, axis=None, dtype=None, out=None):
        array = as_cells(a).reshape(-1) if axis is None else as_cells(a)
        return _accumulate(ufunc, _plain(array), axis or 0, dtype, out)
    return function


_where = where  # the name that an option of the same name leaves free
_sum = _fold_function(np.add)
_OWN = {
    np.sum: _sum, np.prod: _fold_function(np.multiply),
    **dict.fromkeys((np.max, np.amax), _fold_function(np.maximum, False)),
    **dict.fromkeys((np.min, np.amin), _fold_function(np.minimum, False)),
    np.all: _fold_function(np.logical_and, False), np.any: _fold_function(np.logical_or, False),
    np.cumsum: _running(np.add), np.cumprod: _running(np.multiply),
    np.mean: _array_method("mean"), np.var: _array_method("var"), np.std: _array_method("std"),
    np.average: _average, np.clip: _clip, np.where: where, np.copyto: _copyto, np.take: _take,
    np.zeros_like: _like(0.0), np.ones_like: _like(1.0), np.empty_like: _like(0.0), np.full_like: _full_like,
}

# numpy calls them on scalars in np.array([a, b]).
for _method in ("exp", "expm1", "log", "log1p", "sqrt", "tanh", "sin", "cos", "square"):
    setattr(Cells, _method, functools.partialmethod(lambda self, ufunc: ufunc(self), getattr(np, _method)))
