"""Ufuncs on arrays of cells: number by number, along an axis, in place."""

import functools
import itertools

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from .array import (
    HARMLESS,
    METHODS,
    Cells,
    as_cells,
    as_numbers,
    check_dtype,
    check_holds_cells,
    check_known,
    each_of,
    holds_truths,
    is_default,
    name_of,
    plain_of,
    put_into,
    refusal,
    where,
    wrap,
)
from .cell import OPS, TraceError, apply, as_cell, as_number, as_truth

_where = where  # the name that an option of the same name leaves free
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
    np.hypot: lambda a, b: apply("sqrt", apply("add", apply("pow", a, 2.0), apply("pow", b, 2.0))),
    np.deg2rad: lambda a: apply("mul", a, np.pi / 180.0),
    np.radians: lambda a: apply("mul", a, np.pi / 180.0),
    np.degrees: lambda a: apply("mul", a, 180.0 / np.pi),
    np.rad2deg: lambda a: apply("mul", a, 180.0 / np.pi),
    np.cbrt: lambda a: apply("mul", apply("sign", a), apply("pow", apply("abs", a), 1 / 3)),
    np.isfinite: lambda a: apply("lt", apply("abs", a), np.inf),
    np.isinf: lambda a: apply("eq", apply("abs", a), np.inf),
    np.heaviside: lambda a, b: _unless_nan(a, apply("where", apply("eq", a, 0.0), b, apply("gt", a, 0.0)), a),
    np.fmax: lambda a, b: _unless_nan(a, _unless_nan(b, apply("max", a, b), a), b),
    np.fmin: lambda a, b: _unless_nan(a, _unless_nan(b, apply("min", a, b), a), b),
}


def fold(op, array, axis=None, keepdims=False, initial=None):
    """`array` reduced along `axis` by the binary `op`, from the left."""
    array = as_cells(array)
    axes = normalize_axis_tuple(tuple(range(array.ndim)) if axis is None else axis, array.ndim)
    rest = [i for i in range(array.ndim) if i not in axes]
    rows = array.transpose(*rest, *axes).reshape(*(array.shape[i] for i in rest), -1)
    kind = {"add": as_number, "mul": as_number, "and": as_truth, "or": as_truth}.get(op, as_cell)
    rows = each_of(kind)(plain_of(rows)).view(Cells)
    terms = [rows[..., k] for k in range(rows.shape[-1])] or [as_cells(np.full(rows.shape[:-1], _empty(op)))]
    terms = terms if initial is None else [as_cells(initial), *terms]
    result = as_cells(functools.reduce(each_of(functools.partial(apply, op)), map(plain_of, terms)))
    return np.expand_dims(result, axes) if keepdims else result


def _unless_nan(asked, value, otherwise):
    return apply("where", apply("ne", asked, asked), otherwise, value)


def _call(ufunc, *inputs, out=None, where=True, dtype=None, **options):
    check_dtype(dtype)
    if dtype is not None:
        inputs = [plain_of(as_numbers(value)) for value in inputs]
    if where is not True and out is None:
        raise TraceError(f"{name_of(ufunc)} with where= but without out= leaves the other places to chance: "
                         "give it out=np.zeros_like(…), or use np.where")
    result = wrap(_mapped(ufunc, inputs, options))
    return put_into(out, result if where is True else _where(where, result, out))


def _mapped(ufunc, inputs, options):
    is_product = ufunc in (np.matmul, *filter(None, [getattr(np, "vecdot", None)]))
    check_known(name_of(ufunc), options, {"axes", "axis", "keepdims"} if is_product else ())
    if is_product:
        options = {name: value for name, value in options.items() if name not in HARMLESS}
        return ufunc(*(np.asarray(a, dtype=object) for a in inputs), **options)
    if ufunc in _BITWISE and not all(map(holds_truths, inputs)):
        raise TraceError(f"{name_of(ufunc)} of numbers works on their bits: it can be traced for true and false only")
    if ufunc in _UFUNCS:
        return each_of(functools.partial(apply, _UFUNCS[ufunc]))(*inputs)
    if ufunc in _COMPOSED:
        return each_of(_COMPOSED[ufunc])(*inputs)
    raise TraceError(refusal(ufunc))


def reduce(ufunc, array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True, **options):
    if ufunc not in _UFUNCS or ufunc in _BITWISE and not holds_truths(array):
        raise TraceError(refusal(ufunc, ".reduce"))
    check_known(f"{name_of(ufunc)}.reduce", options)
    op = _UFUNCS[ufunc]
    if op not in ("and", "or"):  # whose dtype is bool
        check_dtype(dtype)
    if where is not True:  # what is left out counts as nothing
        array = _where(where, array, initial if OPS[op].identity is None and not is_default(initial) else _empty(op))
    return put_into(out, fold(op, array, axis, keepdims, None if is_default(initial) else initial))


def _outer(ufunc, a, b, **options):
    a, b = np.asarray(a, dtype=object), np.asarray(b, dtype=object)
    return _call(ufunc, a.reshape(a.shape + (1,) * b.ndim), b, **options)


def accumulate(ufunc, array, axis=0, dtype=None, out=None, **options):
    check_known(f"{name_of(ufunc)}.accumulate", options)
    check_dtype(dtype)
    counted = as_numbers(array) if ufunc in (np.add, np.multiply) else as_cells(array)
    rows = list(np.moveaxis(plain_of(counted), axis, 0))
    sums = itertools.accumulate(rows, lambda a, b: plain_of(_call(ufunc, a, b)))
    return put_into(out, np.stack([as_cells(each) for each in sums], axis=axis) if rows else as_cells(array))


def _at(ufunc, array, *rest, out=None, **options):
    check_holds_cells(array)
    ufunc.at(array, *rest)


def _empty(op):
    identity = OPS[op].identity
    if identity is None:
        raise TraceError(f"{op} of no numbers at all")
    return identity


METHODS |= {"__call__": _call, "reduce": reduce, "outer": _outer, "accumulate": accumulate, "at": _at}
