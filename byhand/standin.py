"""What a traced function finds in the place of numpy, of `math` and of some built-in functions: the same, but taught
about cells.

numpy's own `np.array([a, b])` and `float(x)` cannot be taught, and changing a module would change it for all: so the
names in the function's globals, and in those of the functions that it calls, stand for something else as long as it
runs.
"""

import builtins
import functools
import math
import types

import numpy as np

from . import linear
from .array import OWN, Cells, as_cells, as_plain_numbers, call, check_dtype, truths, whole_numbers, wrap
from .cell import Cell, TraceError, apply, as_cell, as_written
from .functions import table

_MOST = 100_000  # numbers of an array that is made full of one: a larger one stays plain


class StandIns:
    """Puts what stands in for numpy into globals, and takes it out again at the end of a `with`."""

    def __init__(self):
        self._changed = {}  # id -> globals, and what they had

    def __enter__(self):
        self._import = builtins.__import__
        builtins.__import__ = self._imported
        return self

    def __exit__(self, *_):
        builtins.__import__ = self._import
        for names, before in self._changed.values():
            for name, value in before.items():
                if value is _NONE:
                    del names[name]
                else:
                    names[name] = value

    def put_into(self, names):
        """From now on, `names`, some function's globals, hold what stands in."""
        if id(names) in self._changed:
            return
        changes = {name: made for name, value in names.items() if (made := _instead_of(value)) is not None}
        changes |= {name: made for name, made in _BUILT_IN.items() if name not in names}
        self._changed[id(names)] = names, {name: names.get(name, _NONE) for name in changes}
        names |= changes

    def _imported(self, name, names=None, *args, **kwargs):
        module = self._import(name, names, *args, **kwargs)
        is_ours = names is not None and id(names) in self._changed
        return (_instead_of(module) or module) if is_ours else module


_NONE = object()


def _instead_of(value):
    """What stands in for `value`, or None."""
    if isinstance(value, functools._lru_cache_wrapper):  # it would look its arguments up, and they are no plain numbers
        return value.__wrapped__
    try:
        return _STAND_INS.get(id(value))
    except TypeError:
        return None


class _Module(types.ModuleType):
    """A module, some of whose names stand for something else."""

    def __init__(self, module, **names):
        super().__init__(module.__name__)
        self.__dict__.update(names)
        self._module = module

    def __getattr__(self, name):
        return getattr(self._module, name)


def holds_cells(value):
    """Whether cells are in a value, in lists and tuples too."""
    if isinstance(value, (list, tuple)):
        return any(map(holds_cells, value))
    return isinstance(value, (Cell, Cells)) or isinstance(value, np.ndarray) and value.dtype == object and any(
        isinstance(item, (Cell, Cells)) for item in value.flat)


def _array_maker(name):
    own = getattr(np, name)

    @functools.wraps(own)
    def make(*args, **kwargs):
        if args and holds_cells(args[0]):
            return _of_cells(name, *args, **kwargs)
        made = own(*args, **kwargs)
        if name == "array" and made.dtype == float and not isinstance(made, Cells) and made.size <= _MOST and (
                not isinstance(args[0], np.ndarray)):
            return table(made.shape, made)  # so that cells can be put into it
        return made
    return make


def _of_cells(name, values, dtype=None, order="K", *, copy=None, ndmin=0, subok=False, device=None):
    is_bool = dtype is not None and np.dtype(dtype) == bool
    if not is_bool and (dtype is None or np.dtype(dtype) != int):
        check_dtype(dtype)
    if isinstance(values, Cells) and (dtype is None or np.dtype(dtype) == values.dtype) and (
            not copy if name != "array" else copy is False):
        return values
    array = wrap(as_cells(values))
    array = truths(array) if is_bool else array if dtype is None else array.astype(dtype)
    if isinstance(values, Cells) and dtype is None:
        array.whole = values.whole
    return array.reshape((1,) * (ndmin - array.ndim) + array.shape)


def _filled(name, value):
    own = getattr(np, name)

    @functools.wraps(own)
    def make(shape, dtype=None, order="C", **more):
        return _table(own, shape, value, dtype, lambda: own(shape, float if dtype is None else dtype, order, **more))
    return make


def _full(shape, fill_value, dtype=None, order="C", **more):
    if not holds_cells(fill_value):
        plain = np.full(shape, fill_value, dtype, order, **more)
        return _table(np.full, shape, plain, plain.dtype, lambda: plain)
    return table(shape, fill_value, float if dtype is None else dtype)


def _eye(N, M=None, k=0, dtype=float, order="C", **more):
    plain = np.eye(N, M, k, dtype, order, **more)
    return _table(np.eye, plain.shape, plain, plain.dtype, lambda: plain)


def _identity(n, dtype=None, **more):
    return _eye(n, dtype=dtype or float)


def _table(own, shape, value, dtype, plain):
    """An array full of plain numbers as one of cells, unless it can hold none, or is large."""
    kind = np.dtype(float if dtype is None else dtype)
    if kind in (np.dtype(float), np.dtype(int), np.dtype(bool)) and np.prod(shape, dtype=float) <= _MOST:
        return table(shape, value, kind)
    if kind.kind in "fc":
        raise TraceError(f"{kind.name} rounds in another way than float64, with which a sheet works things out: "
                         "leave the type out, or write float64")
    return plain()


def _like(name, value):
    own = getattr(np, name)

    @functools.wraps(own)
    def make(a, *args, **kwargs):
        if holds_cells(a):
            return call(own, (as_cells(a), *args), kwargs)
        plain = own(a, *args, **kwargs)
        return _table(own, plain.shape, plain if name != "empty_like" else 0.0, plain.dtype, lambda: plain)
    return make


def _taught(function):
    """A function of numpy that takes lists of cells as arrays of them."""
    @functools.wraps(function)
    def taught(*args, **kwargs):
        if any(map(holds_cells, (*args, *kwargs.values()))):
            return call(function, args, kwargs)
        return function(*args, **kwargs)
    return taught


class _Ufunc:
    """A ufunc that takes lists of cells as arrays of them."""

    def __init__(self, ufunc):
        self._ufunc = ufunc
        functools.update_wrapper(self, ufunc, ("__name__", "__doc__"))

    def __call__(self, *args, **kwargs):
        return self._ufunc(*(as_cells(arg) if isinstance(arg, (list, tuple)) and holds_cells(arg) else arg
                             for arg in args), **kwargs)

    def __getattr__(self, name):
        return getattr(self._ufunc, name)


class _Kind(type):
    """A type that takes cells for its own."""

    def __instancecheck__(cls, value):
        if isinstance(value, (Cell, Cells)) and np.ndim(value) == 0:
            return isinstance(np.float64(0) if as_cells(value).dtype == float else np.int64(0), cls.plain)
        return isinstance(value, cls.plain)

    def __subclasscheck__(cls, other):
        return issubclass(other, cls.plain)

    def __eq__(cls, other):
        return other is cls.plain or type.__eq__(cls, other)

    __hash__ = type.__hash__

    def __getattr__(cls, name):
        return getattr(cls.plain, name)


def _kind(plain, of_cells, dtype):
    """What stands in for a type such as float: `float(x)` of a cell is what `of_cells` makes of it."""
    def make(cls, *args, **kwargs):
        if args and holds_cells(args[0]):
            return of_cells(as_cells(args[0]))
        return plain(*args, **kwargs)
    return _Kind(plain.__name__, (), {"plain": plain, "__new__": make, "dtype": np.dtype(dtype)})


def _number_from(cells):
    if cells.size != 1:
        raise TypeError("only length-1 arrays can be converted to Python scalars")
    return cells.reshape(-1)[0].astype(float)


def _whole_from(cells):
    plain = as_plain_numbers(cells)
    return int(plain) if plain is not None else whole_numbers(cells.reshape(-1)[0])


def _refuse_single(name):
    def refuse(cells):
        raise TraceError(f"{name} rounds in another way than float64, with which a sheet works things out: leave the "
                         "type out, or write float64")
    return refuse


def _is_plain(args):
    return not any(map(holds_cells, args))


def _choice(name, op):
    """Python's max and min: the first of equals, and of what is no number."""
    own = getattr(builtins, name)

    def choose(*args, key=None, **kwargs):
        items = list(args[0]) if len(args) == 1 else list(args)
        if _is_plain(items) or not items:
            return own(items, key=key, **kwargs) if items else own(*args, key=key, **kwargs)
        if key is not None or any(np.ndim(item) for item in items):
            raise TraceError(f"{name} with key= or of arrays chooses by a value: use np.{name}")
        cells = [as_cells(item)[()].view(np.ndarray)[()] for item in items]
        best = functools.reduce(lambda a, b: apply("where", apply(op, b, a), b, a), cells)
        return as_cells(as_written(best, name, *cells))
    return choose


def _round(number, ndigits=None):
    return as_cells(number).round(ndigits or 0) if holds_cells(number) else round(number, ndigits)


def _sorted(*args, **kwargs):
    if args and holds_cells(items := list(args[0])) and "key" not in kwargs:
        plain = as_plain_numbers(as_cells(items))
        if plain is None:
            raise TraceError("sorted puts numbers in places by their values: which number is where must not depend on "
                             "a value; work the order out before, and pass it in as a constant")
    return sorted(*args, **kwargs)


_BUILT_IN = {
    "float": _kind(float, _number_from, float), "int": _kind(int, _whole_from, int),
    "bool": _kind(bool, lambda cells: bool(cells), bool),
    "divmod": lambda a, b: (a // b, a % b),
    "max": _choice("max", "gt"), "min": _choice("min", "lt"), "round": _round, "sorted": _sorted,
}


def _math(name, function):
    own = getattr(math, name)

    @functools.wraps(own)
    def taught(*args):
        return own(*args) if _is_plain(args) else function(*args)
    return taught


def _log(x, base=None):
    return np.log(as_cells(x)) if base is None else np.log(as_cells(x)) / np.log(as_cells(base))


def _copysign(x, y):
    x, y = np.abs(as_cells(x)), as_cells(y)
    return np.where(y < 0, -x, x)


_MATH = {
    **{name: functools.partial(lambda ufunc, *args: ufunc(*map(as_cells, args)), getattr(np, numpys))
       for name, numpys in {
           "exp": "exp", "expm1": "expm1", "log1p": "log1p", "log2": "log2", "log10": "log10", "sqrt": "sqrt",
           "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "asin": "arcsin",
           "acos": "arccos", "atan": "arctan", "atan2": "arctan2", "hypot": "hypot", "pow": "power", "fabs": "abs",
           "isnan": "isnan", "isinf": "isinf", "isfinite": "isfinite", "radians": "radians", "degrees": "degrees",
           "exp2": "exp2", "cbrt": "cbrt"}.items() if hasattr(math, name)},
    "floor": lambda x: whole_numbers(np.floor(as_cells(x))), "ceil": lambda x: whole_numbers(np.ceil(as_cells(x))),
    "trunc": lambda x: whole_numbers(as_cells(x)), "log": _log, "copysign": _copysign,
    "erf": lambda x: as_cells(apply("erf", as_cell(as_cells(x)))), "fsum": lambda xs: sum(as_cells(x) for x in xs),
    "prod": lambda xs, start=1: functools.reduce(lambda a, b: a * b, xs, start),
    "dist": lambda p, q: linear.norm(as_cells(p) - as_cells(q)),
    "isclose": lambda a, b, **options: _math_isclose(as_cells(a), as_cells(b), **options),
}


def _math_isclose(a, b, *, rel_tol=1e-9, abs_tol=0.0):
    return (np.abs(a - b) <= np.maximum(rel_tol * np.maximum(np.abs(a), np.abs(b)), abs_tol)) | (a == b)


class _Places:
    """np.nditer of an array of cells: its places, one by one, for `it.multi_index`."""

    def __init__(self, array, flags=(), op_flags=(), **options):
        if isinstance(array, (list, tuple)) or options or "multi_index" not in flags:
            raise TraceError("np.nditer can be traced for the multi_index of one array: loop over np.ndindex(x.shape)")
        self._array, self._places = array, list(np.ndindex(np.shape(array)))
        self.index, self.itersize = 0, len(self._places)

    @property
    def finished(self):
        return self.index >= self.itersize

    @property
    def multi_index(self):
        return self._places[self.index]

    def iternext(self):
        self.index += 1
        return not self.finished

    def __iter__(self):
        while not self.finished:
            yield self[0]
            self.index += 1

    def __getitem__(self, _):
        place = self.multi_index
        return self._array[tuple(slice(i, i + 1) for i in place)].reshape(())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def _nditer(array, *args, **options):
    return _Places(array, *args, **options) if holds_cells(array) else np.nditer(array, *args, **options)


def _ndenumerate(array):
    return ((place, array[place]) for place in np.ndindex(np.shape(array)))


class _Vectorize:
    """np.vectorize: a function of numbers, for each number."""

    def __init__(self, pyfunc=None, otypes=None, **options):
        self._function, self._own = pyfunc, np.vectorize(pyfunc, otypes=otypes, **options)
        if options.get("signature"):
            raise TraceError("np.vectorize with signature= cannot be traced: write a loop")

    def __call__(self, *args, **kwargs):
        if _is_plain(args):
            return self._own(*args, **kwargs)
        arrays = np.broadcast_arrays(*map(as_cells, args))
        made = [self._function(*(as_cells(array[place]) for array in arrays), **kwargs)
                for place in np.ndindex(arrays[0].shape)]
        return as_cells(np.array([as_cell(each) for each in made], dtype=object).reshape(arrays[0].shape))


class _Array(_Kind):
    """Scalars are no arrays for numpy."""

    def __instancecheck__(cls, value):
        return isinstance(value, np.ndarray) and not (isinstance(value, Cells) and value.ndim == 0)


def _take(a, indices, *args, **options):
    return np.take(as_cells(a) if holds_cells(indices) else a, indices, *args, **options)


def _isscalar(value):
    return np.ndim(value) == 0 if isinstance(value, (Cell, Cells)) else np.isscalar(value)


class _Joined:
    """np.r_ and np.c_: what stands in brackets, one after the other, or side by side."""

    def __init__(self, own, join):
        self._own, self._join = own, join

    def __getitem__(self, key):
        parts = key if isinstance(key, tuple) else (key,)
        if _is_plain(parts):
            return self._own[key]
        if any(isinstance(part, (slice, str)) for part in parts):
            raise TraceError("np.r_ and np.c_ with slices or texts cannot be traced: write np.concatenate")
        return self._join([np.atleast_1d(as_cells(part)) for part in parts])


def _result(name):
    """What numpy's `name` is in a traced function."""
    value = getattr(np, name)
    if isinstance(value, np.ufunc):
        return _Ufunc(value)
    return _taught(value) if value in OWN else value


class _Numpy(_Module):
    def __getattr__(self, name):
        value = _result(name)
        setattr(self, name, value)
        return value


_LINALG = _Module(np.linalg, **{function.__name__: _taught(function) for function in OWN
                                if getattr(np.linalg, function.__name__, None) is function})
_NUMPY = _Numpy(
    np, take=_take, linalg=_LINALG, full=_full, eye=_eye, identity=_identity, nditer=_nditer, ndenumerate=_ndenumerate,
    vectorize=_Vectorize, isscalar=_isscalar, r_=_Joined(np.r_, np.concatenate), c_=_Joined(np.c_, np.column_stack),
    zeros=_filled("zeros", 0.0), ones=_filled("ones", 1.0), empty=_filled("empty", np.nan),
    ndarray=_Array("ndarray", (), {"plain": np.ndarray, "__new__": lambda cls, *a, **k: np.ndarray(*a, **k)}),
    float64=_kind(np.float64, lambda cells: cells.astype(float), float), double=None, float_=None,
    int64=_kind(np.int64, whole_numbers, int), int_=_kind(np.int_, whole_numbers, int),
    bool_=_kind(np.bool_, truths, bool),
    **{name: _kind(getattr(np, name), _refuse_single(name), name) for name in ("float32", "float16", "int32", "int8")},
    **{name: _like(name, value) for name, value in
       {"zeros_like": 0.0, "ones_like": 1.0, "empty_like": 0.0, "full_like": None}.items()},
    **{name: _array_maker(name) for name in ("array", "asarray", "asanyarray", "ascontiguousarray")},
)
for _name in ("double", "float_"):
    del _NUMPY.__dict__[_name]
_OUR_MATH = _Module(math, **{name: _math(name, function) for name, function in _MATH.items() if hasattr(math, name)})

_STAND_INS = {id(np): _NUMPY, id(np.linalg): _LINALG, id(math): _OUR_MATH}
_STAND_INS |= {id(getattr(np, name)): value for name, value in vars(_NUMPY).items()
               if hasattr(np, name) and not name.startswith("_") and getattr(np, name) is not value}
_STAND_INS |= {id(getattr(np.linalg, name)): value for name, value in vars(_LINALG).items()
               if hasattr(np.linalg, name) and not name.startswith("_")}
_STAND_INS |= {id(getattr(math, name)): value for name, value in vars(_OUR_MATH).items()
               if hasattr(math, name) and not name.startswith("_")}
_STAND_INS |= {id(function): _taught(function) for function in OWN if id(function) not in _STAND_INS}
