"""A cell as a person would write it: in symbols, and with the numbers put in.

A formula goes back as far as the nearest numbers that have names of their own.
"""

from dataclasses import dataclass

from .mathml import bracketed, tag
from .number import MINUS, constant_digits, format_constant, format_number

CASE, SUM, PRODUCT, POWER, ATOM = range(5)  # how tightly an expression holds together
MOST_TERMS = 60  # a longer formula is cut with an ellipsis: it would teach nothing
MOST_IN_A_ROW, FIRST = 12, 3  # of more terms or arguments, the first few are written, and the last

_RELATIONS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤", "eq": "=", "ne": "≠", "and": "and", "or": "or"}
_FUNCTIONS = {"tanh": "tanh", "sin": "sin", "cos": "cos", "sign": "sgn", "expm1": "expm1", "log1p": "log1p",
              "logaddexp": "logaddexp"}


class Formula:
    """The formula of one cell; `numbers` puts values in the place of symbols.

    `name` is what the cell is called here; `values` are those of all cells, in the sheet's order.
    """

    def __init__(self, sheet, symbols, values, digits=4):
        self.sheet, self.symbols, self.values, self.digits = sheet, symbols, values, digits

    def in_symbols(self, name):
        """The right-hand side of the cell's equation, in symbols."""
        return self._right_hand_side(name, numbers=False)

    def with_numbers(self, name):
        """The same with the present value in the place of each symbol, each marked with its cell."""
        return self._right_hand_side(name, numbers=True)

    def number(self, name):
        """The live number `name`."""
        return self._number(name, self.sheet.position(name))

    def _right_hand_side(self, name, numbers):
        self.numbers, self.terms = numbers, 0
        cell = self.sheet.cell(name)
        other_names = cell.names[:cell.names.index(name)]
        if cell.op == "const" and not other_names:
            return tag("mn", format_constant(cell.value))
        if other_names or not cell.args:  # a second name for a number: equal to what it was called first
            first = cell.names[0]
            return self.number(first) if numbers else self.symbols.mathml(first)
        return self._expression(cell)[0]

    def _write(self, cell, level=CASE, follows=False):
        """`cell`, bracketed where it holds together less tightly than `level`, or is negative and follows a sign."""
        if cell.names or not cell.args:
            return self._leaf(cell, follows or level > SUM)
        self.terms += 1
        if self.terms > MOST_TERMS:
            return _dots()
        element, own = self._expression(cell)
        return bracketed(element) if own < level else element

    def _leaf(self, cell, brackets):
        if not cell.names:
            number = tag("mn", format_constant(cell.value))
            return bracketed(number) if brackets and cell.value < 0 else number
        if not self.numbers:
            return self.symbols.mathml(cell.names[0])
        number = self._number(cell.names[0], self.sheet.position_of(cell))
        return bracketed_while_negative(number) if brackets else number

    def _number(self, name, position):
        value = self.values[position]
        places = constant_digits(value, self.digits) if self.sheet.cells[position].op == "const" else self.digits
        text = format_number(value, places, self.sheet.is_truth(position))
        role = self.symbols.role(name)
        more = {"data_digits": str(places)} if places != 4 else {}
        return tag("mn", text, data_cell=name, **more | ({"data_role": role} if role else {}))

    def _expression(self, cell):
        """What the operation of `cell` looks like, and how tightly it holds together."""
        if _as_written(cell):
            return self._function(cell.written[0], cell.written[1])
        inner = sigmoid_of(cell)
        if inner is not None and not self.numbers:
            return tag("mrow", tag("mi", "σ"), bracketed(self._write(inner))), ATOM
        writer = getattr(self, f"_{cell.op}", None)
        if writer:
            return writer(*cell.args)
        if cell.op in _RELATIONS:
            return self._relation(_RELATIONS[cell.op], *cell.args)
        return self._function(_FUNCTIONS.get(cell.op, cell.op), cell.args)

    def _add(self, a, b):
        first, *others = _chain("add", a, b)
        others = [_signed(other) for other in others]
        parts = [self._write(first, SUM)]
        for sign, term in self._few(others):
            level = PRODUCT if sign == "−" else SUM
            parts += [sign, _dots() if term is None else self._write(term, level, follows=True)]
        return _chained(parts), SUM

    def _sub(self, a, b):
        return _row(self._write(a, SUM), "−", self._write(b, PRODUCT)), SUM

    def _few(self, others):
        """Those of the signed terms behind the first that are written: None stands for all that are left out."""
        if len(others) >= MOST_IN_A_ROW:
            others = [*others[:FIRST - 1], ("+", None), others[-1]]
        yield from self._while_there_is_room(others)

    def _while_there_is_room(self, others):
        for other in others:
            if self.terms > MOST_TERMS:
                yield "+", None
                return
            yield other

    def _neg(self, a):
        return tag("mrow", tag("mo", "−"), self._write(a, PRODUCT)), SUM

    def _mul(self, a, b):
        first, *others = _chain("mul", a, b)
        sign, first = _signed(first)
        parts = [self._write(first, PRODUCT)]
        for factor in others:
            parts += ["·", self._write(factor, PRODUCT)]
        product = _chained(parts)
        return (tag("mrow", tag("mo", "−"), product), SUM) if sign == "−" else (product, PRODUCT)

    def _div(self, a, b):
        return tag("mfrac", tag("mrow", self._write(a)), tag("mrow", self._write(b))), POWER

    def _pow(self, a, b):
        if b.op == "const" and b.value == -1:
            return tag("mfrac", tag("mn", "1"), tag("mrow", self._write(a))), POWER
        if b.op == "const" and b.value == 0.5:
            return self._sqrt(a)
        return tag("msup", self._write(a, ATOM), tag("mrow", self._write(b))), POWER

    def _exp(self, a):
        return tag("msup", tag("mi", "e"), tag("mrow", self._write(a))), POWER

    def _sqrt(self, a):
        return tag("msqrt", self._write(a)), ATOM

    def _abs(self, a):
        return tag("mrow", tag("mo", "|", stretchy="false"), self._write(a), tag("mo", "|", stretchy="false")), ATOM

    def _floor(self, a):
        return tag("mrow", tag("mo", "⌊"), self._write(a), tag("mo", "⌋")), ATOM

    def _log(self, a):
        # ln x stays without brackets; ln(1 − x) needs them.
        argument = self._write(a, ATOM)
        return tag("mrow", tag("mi", "ln"), tag("mspace", width="0.17em"), argument), PRODUCT

    def _max(self, *args):
        return self._function("max", _flattened("max", args))

    def _min(self, *args):
        return self._function("min", _flattened("min", args))

    def _not(self, a):
        return tag("mrow", tag("mtext", "not "), self._write(a, ATOM)), PRODUCT

    def _where(self, condition, yes, no):
        def row(value, text, *test):
            return tag("mtr", tag("mtd", self._write(value)), tag("mtd", tag("mrow", tag("mtext", text), *test)))
        rows = [row(yes, " if ", self._write(condition))]
        while no.op == "where" and not no.names and not _as_written(no):
            condition, yes, no = no.args
            rows.append(row(yes, " if ", self._write(condition)))
        table = tag("mtable", *rows, row(no, " else"), columnalign="left left")
        return tag("mrow", tag("mo", "{"), table), CASE

    def _relation(self, sign, a, b):
        level = CASE if sign.isalpha() else SUM
        return _row(self._write(a, level), sign, self._write(b, level)), CASE if sign.isalpha() else SUM

    def _function(self, word, args):
        parts, args = [], list(args)
        for arg in args if len(args) <= MOST_IN_A_ROW else [*args[:FIRST], None, args[-1]]:
            parts += [tag("mo", ",")] if parts else []
            parts.append(self._write(arg) if arg is not None else tag("mo", "…"))
        return tag("mrow", tag("mi", word), bracketed(tag("mrow", *parts))), ATOM


def sigmoid_of(cell):
    """z where `cell` is 1 / (1 + e^−z), in one of the ways in which people write it; else None."""
    if cell.op == "div" and _is_constant(cell.args[0], 1):
        below = cell.args[1]
    elif cell.op == "pow" and _is_constant(cell.args[1], -1):
        below = cell.args[0]
    else:
        return None
    if below.op != "add" or below.names:
        return None
    power = next((arg for arg in below.args if arg.op == "exp" and not arg.names), None)
    has_one = any(_is_constant(arg, 1) for arg in below.args)
    if power is None or not has_one or power.args[0].op != "neg" or power.args[0].names:
        return None
    return power.args[0].args[0]


def _is_constant(cell, value):
    return cell.op == "const" and cell.value == value and not cell.names


def _as_written(cell):
    """The word and the cells with which a cell is to be written, if it is not by its operation."""
    return getattr(cell, "written", None)


def _chain(op, a, b):
    """((a · b) · c) · d as a, b, c, d."""
    terms = [b]
    while a.op == op and not a.names and not _as_written(a):
        a, b = a.args
        terms.append(b)
    return [a, *reversed(terms)]


def _signed(term):
    """The sign before a term of a sum or a product, and what follows it."""
    if term.op == "neg" and not term.names:
        return "−", term.args[0]
    if term.op == "const" and term.value < 0 and not term.names:
        return "−", _Unsigned("const", (), -term.value)
    if term.op == "mul" and not term.names and not _as_written(term):
        sign, factor = _signed(term.args[0])
        if sign == "−":
            return sign, _Unsigned("mul", (factor, term.args[1]))
    return "+", term


@dataclass(frozen=True)
class _Unsigned:
    """A cell without its sign."""
    op: str
    args: tuple
    value: float = None
    names: tuple = ()
    written: tuple = None


def _chained(parts):
    """Elements with texts as signs between them: left to right, a row in a row."""
    row, *others = parts
    for sign, element in zip(others[::2], others[1::2]):
        row = _row(row, sign, element)
    return row


def _dots():
    return tag("mo", "⋯")


def _flattened(op, args):
    """max(max(a, b), c) as (a, b, c)."""
    for arg in args:
        if arg.op == op and not arg.names:
            yield from _flattened(op, arg.args)
        else:
            yield arg


def _row(left, sign, right):
    operator = tag("mtext", f" {sign} ") if sign.isalpha() else tag("mo", sign)
    return tag("mrow", left, operator, right)


def bracketed_while_negative(number):
    element = bracketed(number)
    element.set("data-signed", "")
    if number.text.startswith(MINUS):
        element.set("data-negative", "")
    return element
