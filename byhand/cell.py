"""One number with its formula: the operation that made it, over earlier cells.

    a, b = Cell("input", value=2.0), Cell("input", value=3.0)
    c = a * b + 1          # a cell: add(mul(a, b), 1)
    c.op, c.args           # "add", (Cell, Cell)

Legend:  op - a key of OPS   args - the cells it takes   value - of inputs and constants only
"""

import itertools
import math
import sys

import numpy as np

from .instruction import guarded, is_writing


def erf(x):
    """The error function: numpy has none."""
    return np.vectorize(math.erf, otypes=[x.dtype])(x) if isinstance(x, np.ndarray) else type(x)(math.erf(x))


# What each op computes. The names are the contract with `frontend/program.js`, which holds the same table.
OPS = {
    "add": np.add,          "sub": np.subtract,     "mul": np.multiply,     "div": np.divide,
    "pow": np.power,        "neg": np.negative,     "abs": np.abs,          "sign": np.sign,
    "exp": np.exp,          "expm1": np.expm1,      "log": np.log,          "log1p": np.log1p,
    "sqrt": np.sqrt,        "tanh": np.tanh,        "sin": np.sin,          "cos": np.cos,
    "tan": np.tan,          "sinh": np.sinh,        "cosh": np.cosh,        "arcsin": np.arcsin,
    "arccos": np.arccos,    "arctan": np.arctan,    "arctan2": np.arctan2,  "erf": erf,
    "ceil": np.ceil,        "trunc": np.trunc,      "rint": np.rint,        "mod": np.remainder,
    "floor": np.floor,      "floordiv": np.floor_divide,
    "max": np.maximum,      "min": np.minimum,      "logaddexp": np.logaddexp,
    "gt": np.greater,       "ge": np.greater_equal, "lt": np.less,          "le": np.less_equal,
    "eq": np.equal,         "ne": np.not_equal,
    "and": np.logical_and,  "or": np.logical_or,    "not": np.logical_not,  "where": np.where,
}
TRUTHS = {"gt", "ge", "lt", "le", "eq", "ne", "and", "or", "not"}  # ops whose value is true or false


_HALF = {"exp", "expm1", "log", "log1p", "sqrt", "tanh", "sin", "cos", "tan", "sinh", "cosh", "arcsin", "arccos",
         "arctan", "arctan2", "rint", "logaddexp"}  # in half precision, of truths
_serials = itertools.count()


class TraceError(Exception):
    """A function that cannot be traced: the message names the line, the reason and the remedy."""

    def __init__(self, message):
        super().__init__(message)
        if _code is not None:  # the function at work may catch this
            refusals.append((current_line(), message))


class CountError(TraceError):
    """A value says how many numbers there are, or which: it may have to stay what it is."""


class Cell:
    """One number and how it was made.

    `names` are the names it carries in the sheet (`["d2", "db2"]`: one cell, two names); `line` is the
    line of the sheet's source that made it, counted from 1, or None; `truth` is whether numpy has a bool
    there; `places` are the whole numbers that an input may be, a range, if it may be no other; `serial` counts
    the cells as they are made; `written` is how print has it where its operations would hide what it is: a word, and
    the cells it is of.
    """

    __slots__ = ("op", "args", "value", "line", "names", "truth", "places", "serial", "written")
    __array_priority__ = 1000

    def __init__(self, op, args=(), value=None, places=None):
        self.op, self.args, self.value, self.places = op, args, value, places
        self.truth = op in TRUTHS or isinstance(value, bool) or (
            op in ("where", "max", "min", "abs") and all(arg.truth for arg in args[op == "where":]))
        line = current_line()
        self.line = line and line + _above
        self.names, self.written = [], None
        self.serial = next(_serials)

    def __add__(self, other):           return _binary("add", self, other)
    def __radd__(self, other):          return _binary("add", other, self)  # other + self
    def __sub__(self, other):           return _binary("sub", self, other)
    def __rsub__(self, other):          return _binary("sub", other, self)  # other - self
    def __mul__(self, other):           return _binary("mul", self, other)
    def __rmul__(self, other):          return _binary("mul", other, self)  # other * self
    def __truediv__(self, other):       return _binary("div", self, other)
    def __rtruediv__(self, other):      return _binary("div", other, self)  # other / self
    def __pow__(self, other):           return _binary("pow", self, other)
    def __rpow__(self, other):          return _binary("pow", other, self)  # other ** self
    def __gt__(self, other):            return _binary("gt", self, other)
    def __ge__(self, other):            return _binary("ge", self, other)
    def __lt__(self, other):            return _binary("lt", self, other)
    def __le__(self, other):            return _binary("le", self, other)
    def __eq__(self, other):            return _binary("eq", self, other)
    def __ne__(self, other):            return _binary("ne", self, other)
    __hash__ = object.__hash__          # a cell is itself, whatever its value
    def __floordiv__(self, other):      return _binary("floordiv", self, other)
    def __rfloordiv__(self, other):     return _binary("floordiv", other, self)  # other // self
    def __mod__(self, other):           return _binary("mod", self, other)
    def __rmod__(self, other):          return _binary("mod", other, self)  # other % self
    def __neg__(self):                  return apply("neg", self)
    def __pos__(self):                  return self
    def __abs__(self):                  return apply("abs", self)

    # numpy maps np.exp over an array of objects by calling each one's method of the same name.
    def exp(self):                      return apply("exp", self)
    def expm1(self):                    return apply("expm1", self)
    def log(self):                      return apply("log", self)
    def log1p(self):                    return apply("log1p", self)
    def sqrt(self):                     return apply("sqrt", self)
    def tanh(self):                     return apply("tanh", self)
    def sin(self):                      return apply("sin", self)
    def cos(self):                      return apply("cos", self)
    def square(self):                   return apply("pow", self, 2.0)
    def conjugate(self):                return self

    def __bool__(self):
        if self.op == "const":  # whatever the inputs are
            return bool(self.value)
        if (must := guarded()) is not None:  # else there is an error, and no numbers
            return must
        raise CountError("the code branches on a value (if, while, and, or, max, assert): a traced function runs "
                         "once for all numbers, so it cannot choose by one; use np.where or np.maximum instead")

    def __float__(self):
        if self.op == "const":
            return float(self.value)
        if is_writing():
            return 0.0  # a text takes no part in the numbers
        raise TraceError("a value is turned into a plain number (by a function that knows none but those, or stored in "
                         "an array that was made outside): keep it an array value; np.zeros_like(…) and np.stack(…) "
                         "make arrays that can hold it, np.exp and friends replace functions of plain numbers")

    def __index__(self, *digits):
        if self.op == "const" and float(self.value).is_integer():
            return int(self.value)
        if is_writing():
            return 0
        raise CountError("a value is used as a count or a whole number (int, range, round, math.floor), or as an index "
                         "of what is no array of values: which numbers exist must not depend on a value; leave that "
                         "argument out of the inputs and give it as a constant")

    __int__ = __index__

    def __round__(self, digits=None):   return rounded(self, digits)
    def __floor__(self):                return apply("floor", self)
    def __ceil__(self):                 return apply("ceil", self)
    def __trunc__(self):                return apply("trunc", self)

    def __repr__(self):
        return self.names[0] if self.names else f"{self.op}({', '.join(map(repr, self.args)) or self.value})"


def constant(value):
    """A cell that never changes."""
    return Cell("const", value=bool(value) if isinstance(value, (bool, np.bool_)) else float(value))


def as_cell(value):
    """`value` itself if it is a cell, else the constant it stands for."""
    if isinstance(value, Cell):
        return value
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return as_cell(value.view(np.ndarray)[()])
    check_precision(getattr(value, "dtype", None))
    try:
        return constant(value)
    except (TypeError, ValueError):
        remedy = ": ask for it with `is None`" if value is None else ""
        raise TraceError(f"{value!r} is not a number{remedy}") from None


def check_precision(dtype):
    """Refuse a kind of number that works out otherwise than a float, by its name; None is none."""
    if dtype is not None and (dtype.kind == "c" or dtype.kind == "f" and dtype.itemsize != 8):
        raise TraceError(f"{dtype.name} rounds in another way than float64, with which a sheet works things out: "
                         "leave the type out, or write float64")


def apply(op, *args):
    """The cell `op(*args)`, without operations that change nothing: 0 + a, 1 * a, a constant worked out."""
    args = tuple(as_cell(arg) for arg in args)
    truths = all(arg.truth for arg in args)
    if truths and op in _HALF:
        raise TraceError(f"numpy takes {op} of true and false in half precision: multiply by 1.0 first")
    if all(arg.op == "const" for arg in args):
        with np.errstate(all="ignore"):
            return constant(OPS[op](*(arg.value for arg in args))[()])
    if op == "where" and args[0].op == "const":
        return args[1 if args[0].value else 2] if args[1].truth == args[2].truth else as_number(
            args[1 if args[0].value else 2])
    if op in ("add", "mul") and truths:
        op = {"add": "or", "mul": "and"}[op]  # as numpy has it for arrays of bools
    same = _neutral(op, *args)
    return Cell(op, args) if same is None else same


def rounded(cell, digits=None):
    """`cell` to `digits` decimals, as numpy rounds."""
    if not digits:
        return apply("rint", cell)
    step = 10.0 ** abs(digits)
    there, back = ("mul", "div") if digits > 0 else ("div", "mul")
    made = apply(back, apply("rint", apply(there, cell, step)), step)
    return as_written(made, "round", cell, digits)


def as_written(cell, word, *args):
    """`cell`, which is `word` of `args` in print, unless it is one that print knows already."""
    if cell.op not in ("const", "input") and cell.written is None and not any(cell is arg for arg in args):
        cell.written = word, tuple(as_cell(arg) for arg in args)
    return cell


def _neutral(op, a, b=None, c=None):
    """The cell that `op` leaves as it was, or None."""
    if a.truth or b is not None and b.truth:
        return None  # 1 * True is the number 1
    left = a.value if a.op == "const" else None
    right = b.value if b is not None and b.op == "const" else None
    if (op, left) in (("add", 0), ("mul", 1)):
        return b
    if (op, right) in (("add", 0), ("sub", 0), ("mul", 1), ("div", 1), ("pow", 1)):
        return a
    if (op, left) in (("sub", 0), ("mul", -1)):
        return apply("neg", b)
    if (op, right) in (("mul", -1), ("div", -1)):
        return apply("neg", a)
    return a.args[0] if op == a.op == "neg" else None


def _binary(op, a, b):
    # An array on the other side takes over, so that numpy maps the operation over it.
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return NotImplemented
    a, b = as_cell(a), as_cell(b)
    if op in ("add", "sub") and a.truth and b.truth:  # numpy's or in one place, and a count in another
        raise TraceError("true and false values are added one by one: multiply them by 1.0 first")
    return apply(op, a, b)


def as_number(value):
    """A truth as the number 1 or 0; other cells stay as they are."""
    cell = as_cell(value)
    if not cell.truth:
        return cell
    return constant(float(cell.value)) if cell.op == "const" else Cell("where", (cell, constant(1.0), constant(0.0)))


def as_truth(value):
    """What numpy has in an array of bools for the number `value`: whether it is not 0."""
    cell = as_cell(value)
    return cell if cell.truth else apply("ne", cell, 0.0)


refusals = []  # (line, message) of the refusals since `watch` began: a `try` in the traced function may hide one
_code = None  # the code of the function being traced
_above = 0  # how many lines of the sheet's source stand above it


def watch(code, above=0):
    """Note, for each cell made from now on, the line of `code` at work; None ends that. Returns what was watched."""
    global _code, _above
    before, _code, _above = (_code, _above), code, above
    if code is not None:
        refusals.clear()
    return before


def current_line():
    """The line of the traced function at work now, its `def` being line 1, or None."""
    if _code is None:
        return None
    frame = sys._getframe(1)
    while frame is not None and frame.f_code is not _code:
        frame = frame.f_back
    return frame and frame.f_lineno - _code.co_firstlineno + 1
