"""Functions of numpy that an array of cells works out in its own way, by formulas that a sheet can hold."""

import functools

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from .array import (
    OWN,
    Cells,
    apart,
    as_cells,
    check_dtype,
    check_holds_cells,
    each_of,
    holds_truths,
    is_default,
    plain_of,
    put_into,
    where,
    whole_numbers,
)
from .cell import TraceError, apply, as_cell, as_number, as_truth, as_written
from .ufunc import accumulate, reduce

_where = where  # the name that an option of the same name leaves free


def _like(value):
    def like(array, dtype=None, order="K", subok=True, shape=None, *, device=None):
        return _full_like(array, value, dtype, order, subok, shape)
    return like


def _full_like(array, fill_value, dtype=None, order="K", subok=True, shape=None, *, device=None):
    kind = as_cells(array).dtype if is_default(dtype) else np.dtype(dtype)
    return table(np.shape(array) if shape is None else shape, fill_value, kind)


def table(shape, fill_value, dtype=float):
    """What `np.full` makes: cells into which others can be put."""
    kind = np.dtype(dtype)
    if kind not in (np.dtype(bool), np.dtype(int)):
        check_dtype(kind)
    value = as_cells(fill_value)
    value = whole_numbers(value) if kind == int else value
    value = each_of(as_truth if kind == bool else as_number)(plain_of(value))
    made = apart(np.broadcast_to(value, shape)).view(Cells)
    made.whole = kind == int
    return made


def _copyto(target, source, casting="same_kind", where=True):
    check_holds_cells(target)
    target.view(Cells)[...] = source if where is True else _where(where, source, target)


def _take(a, indices, axis=None, out=None):
    array = as_cells(a).reshape(-1) if axis is None else as_cells(a)
    before = (slice(None),) * normalize_axis_tuple(axis or 0, array.ndim)[0]
    return put_into(out, array[(*before, indices)])


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
    low, high = (other if is_default(one) else one for one, other in ((a_min, min), (a_max, max)))
    return as_cells(a).clip(None if is_default(low) else low, None if is_default(high) else high, out)


def _fold_function(ufunc, has_dtype=True):
    def with_dtype(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
        where = True if where is np._NoValue else where
        return reduce(ufunc, plain_of(as_cells(a)), axis, dtype, out, keepdims is True, initial, where)

    def without(a, axis=None, out=None, keepdims=False, initial=None, where=True):
        return with_dtype(a, axis, None, out, keepdims, initial, where)

    def truth(a, axis=None, out=None, keepdims=False, *, where=True):
        return with_dtype(a, axis, None, out, keepdims, None, where)
    return with_dtype if has_dtype else truth if ufunc in (np.logical_and, np.logical_or) else without


def _running(ufunc):
    def function(a, axis=None, dtype=None, out=None):
        array = as_cells(a).reshape(-1) if axis is None else as_cells(a)
        return accumulate(ufunc, plain_of(array), axis or 0, dtype, out)
    return function


_sum = _fold_function(np.add)
OWN |= {
    np.sum: _sum, np.prod: _fold_function(np.multiply),
    **dict.fromkeys((np.max, np.amax), _fold_function(np.maximum, False)),
    **dict.fromkeys((np.min, np.amin), _fold_function(np.minimum, False)),
    np.all: _fold_function(np.logical_and, False), np.any: _fold_function(np.logical_or, False),
    np.cumsum: _running(np.add), np.cumprod: _running(np.multiply),
    np.mean: _array_method("mean"), np.var: _array_method("var"), np.std: _array_method("std"),
    np.average: _average, np.clip: _clip, np.where: where, np.copyto: _copyto, np.take: _take,
    np.zeros_like: _like(0.0), np.ones_like: _like(1.0), np.empty_like: _like(0.0), np.full_like: _full_like,
}



def _extreme(op):
    """The place of the largest or the smallest number: the first of equals, and "not a number" before all."""
    def place_of(*cells):
        best, place = cells[0], as_cell(0)
        for k, cell in enumerate(cells[1:], 1):
            none = apply("and", apply("ne", cell, cell), apply("eq", best, best))
            better = apply("or", apply(op, cell, best), none)
            best, place = apply("where", better, cell, best), apply("where", better, float(k), place)
        return as_written(place, "argmax" if op == "gt" else "argmin", *cells)

    def function(a, axis=None, out=None, *, keepdims=False):
        rows = as_cells(a).reshape(-1) if axis is None else np.moveaxis(as_cells(a), axis, -1)
        kind = as_number if holds_truths(rows) else as_cell
        plain = each_of(kind)(plain_of(rows))
        places = [place_of(*plain[index]) for index in np.ndindex(plain.shape[:-1])]
        made = whole_numbers(as_cells(np.array(places, dtype=object).reshape(plain.shape[:-1])))
        return put_into(out, np.expand_dims(made, axis) if keepdims is True and axis is not None else made)
    return function


def _ptp(a, axis=None, out=None, keepdims=False):
    keepdims = keepdims is True
    return put_into(out, np.max(as_cells(a), axis, keepdims=keepdims) - np.min(as_cells(a), axis, keepdims=keepdims))


def _count_nonzero(a, axis=None, *, keepdims=False):
    return np.sum(as_cells(a).astype(bool), axis, keepdims=keepdims)


def _round(a, decimals=0, out=None):
    return as_cells(a).round(decimals, out)


def _nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    largest = np.finfo(float).max
    x = as_cells(x)
    high, low = largest if posinf is None else posinf, -largest if neginf is None else neginf
    return np.where(np.isnan(x), nan, np.where(x == np.inf, high, np.where(x == -np.inf, low, x)))


def _isclose(a, b, rtol=1e-5, atol=1e-8, equal_nan=False):
    a, b = as_cells(a), as_cells(b)
    near = (np.abs(a - b) <= atol + rtol * np.abs(b)) & np.isfinite(b) | (a == b)
    return near | np.isnan(a) & np.isnan(b) if equal_nan else near


def _allclose(a, b, rtol=1e-5, atol=1e-8, equal_nan=False):
    return np.all(_isclose(a, b, rtol, atol, equal_nan))


def _array_equal(a1, a2, equal_nan=False):
    if np.shape(a1) != np.shape(a2):
        return False
    return np.all(as_cells(a1) == as_cells(a2))


def _select(condlist, choicelist, default=0):
    pairs = list(zip(condlist, choicelist))
    return functools.reduce(lambda rest, pair: np.where(as_cells(pair[0]), pair[1], rest), reversed(pairs), default)


def _piecewise(x, condlist, funclist, *args, **kw):
    x, made = as_cells(x), as_cells(0.0)
    if len(funclist) == len(condlist) + 1:
        *funclist, other = funclist
        made = other(x, *args, **kw) if callable(other) else other
    for condition, function in zip(condlist, funclist):
        made = np.where(as_cells(condition), function(x, *args, **kw) if callable(function) else function, made)
    return np.broadcast_to(made, x.shape).view(Cells) if np.shape(made) != x.shape else made


def _polyval(p, x):
    x, y = as_cells(x), as_cells(0.0) * 0
    for each in as_cells(p):
        y = y * x + each
    return y


def _convolve(a, v, mode="full"):
    a, v = as_cells(a), as_cells(v)
    return _slid(a, v[::-1], mode) if len(v) <= len(a) else _slid(v, a[::-1], mode)


def _correlate(a, v, mode="valid"):
    a, v = as_cells(a), as_cells(v)
    return _slid(a, v, mode) if len(v) <= len(a) else _slid(v, a, mode)[::-1]


def _slid(a, v, mode):
    """The sums of products of `a` and the shorter `v`, as `v` slides along it."""
    n, m = len(a), len(v)
    ends = {"full": (1 - m, n), "same": (-(m // 2), n - m // 2), "valid": (0, n - m + 1)}[mode]
    sums = [np.sum(a[max(k, 0):k + m] * v[max(-k, 0):n - k]) for k in range(*ends)]
    return np.stack([as_cells(each) for each in sums])


def _cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = np.moveaxis(as_cells(a), axisa, -1), np.moveaxis(as_cells(b), axisb, -1)
    if a.shape[-1] == b.shape[-1] == 2:
        return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    if not a.shape[-1] == b.shape[-1] == 3:
        raise TraceError("np.cross of vectors of 2 and 3 numbers cannot be traced: write the third as 0")
    turns = [a[..., i] * b[..., j] - a[..., j] * b[..., i] for i, j in ((1, 2), (2, 0), (0, 1))]
    return np.moveaxis(np.stack(turns, axis=-1), -1, axisc)


def _cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    check_dtype(dtype)
    if fweights is not None or aweights is not None:
        raise TraceError("np.cov with weights cannot be traced: write the weighted sums")
    rows = np.atleast_2d(as_cells(m))
    rows = rows if rowvar or rows.shape[0] == 1 else rows.T
    if y is not None:
        more = np.atleast_2d(as_cells(y))
        rows = np.concatenate([rows, more if rowvar or more.shape[0] == 1 else more.T])
    rest = rows - rows.mean(axis=1, keepdims=True)
    taken = ddof if ddof is not None else 0 if bias else 1
    return np.squeeze(rest @ rest.T / float(rows.shape[1] - taken))


def _corrcoef(x, y=None, rowvar=True):
    c = _cov(x, y, rowvar)
    width = np.sqrt(np.diag(c))
    return np.clip(c / width[:, None] / width[None, :], -1, 1)


def _linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    check_dtype(dtype)
    if retstep or axis != 0:
        raise TraceError("np.linspace with retstep= or axis= cannot be traced: leave it out")
    start, stop = as_cells(start), as_cells(stop)
    step = (stop - start) / float(num - 1 if endpoint else num)
    points = [start + k * step for k in range(num)]
    if endpoint and num > 1:
        points[-1] = stop + 0 * start
    return np.stack(points)


def _trapezoid(y, x=None, dx=1.0, axis=-1):
    y = np.moveaxis(as_cells(y), axis, -1)
    widths = dx if x is None else np.diff(as_cells(x))
    return np.sum(widths * (y[..., 1:] + y[..., :-1]) / 2.0, axis=-1)


def _gradient(f, *varargs, axis=None, edge_order=1):
    f = as_cells(f)
    if f.ndim != 1 or edge_order != 1 or any(map(np.ndim, varargs)):
        raise TraceError("np.gradient can be traced for one axis of equal steps: write the differences of others")
    step = varargs[0] if varargs else 1.0
    return np.concatenate([(f[1:2] - f[:1]) / step, (f[2:] - f[:-2]) / (2.0 * step), (f[-1:] - f[-2:-1]) / step])


def _interp(x, xp, fp, left=None, right=None, period=None):
    if period is not None:
        raise TraceError("np.interp with period= cannot be traced: leave it out")
    x, xp, fp = as_cells(x), as_cells(xp), as_cells(fp)
    made = as_cells(fp[-1] if right is None else right)
    made = np.where(x == xp[-1], fp[-1], made)
    for k in range(len(xp) - 2, -1, -1):
        slope = (fp[k + 1] - fp[k]) / (xp[k + 1] - xp[k])
        made = np.where(x < xp[k + 1], slope * (x - xp[k]) + fp[k], made)
    return np.where(x < xp[0], fp[0] if left is None else left, np.where(np.isnan(x), x, made))


def _vander(x, N=None, increasing=False):
    x = as_cells(x)
    powers = [x ** k for k in range(len(x) if N is None else N)]
    powers = [np.ones_like(x) if k == 0 else each for k, each in enumerate(powers)]
    return np.stack(powers if increasing else powers[::-1], axis=-1)


def _meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    grids = np.meshgrid(*(np.arange(np.size(x)) for x in xi), sparse=sparse, indexing=indexing)
    return type(grids)(as_cells(x).reshape(-1)[grid] for x, grid in zip(xi, grids))


def _block(arrays):
    def put(part, depth):
        if not isinstance(part, list):
            return as_cells(part)
        return np.concatenate([np.atleast_1d(each) if depth == 1 else each for each in
                               _of_one_depth([put(each, depth - 1) for each in part], deep)], axis=-depth)
    deep = _depth(arrays)
    return put(arrays, deep)


def _of_one_depth(parts, deep):
    most = max(deep, *(part.ndim for part in parts))
    return [part.reshape((1,) * (most - part.ndim) + part.shape) for part in parts]


def _depth(value):
    return 1 + _depth(value[0]) if isinstance(value, list) and value else 0


def _isreal(x):
    return table(np.shape(x), True, bool)


def _result_type(*arrays_and_dtypes):
    return np.result_type(*(each.dtype if isinstance(each, Cells) else each for each in arrays_and_dtypes))


def _diagflat(v, k=0):
    return np.diag(as_cells(v).reshape(-1), k)


def _apply_along_axis(func1d, axis, arr, *args, **kwargs):
    rows = np.moveaxis(as_cells(arr), axis, -1)
    made = [as_cells(func1d(rows[index], *args, **kwargs)) for index in np.ndindex(rows.shape[:-1])]
    made = np.stack(made).reshape(rows.shape[:-1] + made[0].shape)
    return np.moveaxis(made, -1, axis) if made.ndim == rows.ndim else made


OWN |= {
    np.argmax: _extreme("gt"), np.argmin: _extreme("lt"), np.ptp: _ptp, np.count_nonzero: _count_nonzero,
    **dict.fromkeys((np.round, np.around), _round), np.nan_to_num: _nan_to_num,
    np.isclose: _isclose, np.allclose: _allclose, np.array_equal: _array_equal,
    np.select: _select, np.piecewise: _piecewise, np.polyval: _polyval,
    np.convolve: _convolve, np.correlate: _correlate, np.cross: _cross, np.cov: _cov, np.corrcoef: _corrcoef,
    np.linspace: _linspace, getattr(np, "trapezoid", None) or np.trapz: _trapezoid, np.gradient: _gradient,
    np.interp: _interp, np.vander: _vander, np.meshgrid: _meshgrid, np.block: _block, np.diagflat: _diagflat,
    np.apply_along_axis: _apply_along_axis, np.result_type: _result_type,
    np.isreal: _isreal, np.iscomplexobj: lambda x: False, np.isrealobj: lambda x: True,
    np.real: as_cells,
}
