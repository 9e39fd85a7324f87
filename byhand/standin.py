"""What a traced function finds under the name `np`: numpy, but `np.array` and its kin make arrays of cells from cells,
and `np.take` lets a cell pick from plain numbers.

numpy's own `np.array([a, b])` cannot be taught about cells, and changing the module itself would change it for all.
"""

import contextlib
import inspect
import types

import numpy as np

from .array import Cells, as_cells, check_dtype, truths, wrap
from .cell import Cell


@contextlib.contextmanager
def numpy_for_cells(function):
    """Meanwhile `function`, and whatever shares its globals, finds the stand-in wherever it says `np`."""
    names = inspect.unwrap(function).__globals__
    found = [name for name, value in names.items() if value is np]
    names |= dict.fromkeys(found, _STAND_IN)
    try:
        yield
    finally:
        names |= dict.fromkeys(found, np)


class _Numpy(types.ModuleType):
    def __getattr__(self, name):
        return getattr(np, name)


def _maker(name):
    own = getattr(np, name)

    def make(*args, **kwargs):
        return _of_cells(name, *args, **kwargs) if args and _holds_cells(args[0]) else own(*args, **kwargs)
    return make


def _of_cells(name, values, dtype=None, order="K", *, copy=None, ndmin=0, subok=False, device=None):
    is_bool = dtype is not None and np.dtype(dtype) == bool
    if not is_bool:
        check_dtype(dtype)
    if isinstance(values, Cells) and dtype is None and (not copy if name != "array" else copy is False):
        return values
    array = wrap(as_cells(values))
    array = truths(array) if is_bool else array if dtype is None else array.astype(dtype)
    return array.reshape((1,) * (ndmin - array.ndim) + array.shape)


def _take(a, indices, *args, **options):
    return np.take(as_cells(a) if _holds_cells(indices) else a, indices, *args, **options)


def _holds_cells(value):
    if isinstance(value, (list, tuple)):
        return any(map(_holds_cells, value))
    return isinstance(value, (Cell, Cells)) or isinstance(value, np.ndarray) and value.dtype == object and any(
        isinstance(item, (Cell, Cells)) for item in value.flat)


_STAND_IN = _Numpy("numpy")
_STAND_IN.take = _take
for _name in ("array", "asarray", "asanyarray", "ascontiguousarray"):
    setattr(_STAND_IN, _name, _maker(_name))
