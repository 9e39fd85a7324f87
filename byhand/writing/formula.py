"""A cell as a person would write it: in symbols, and with the numbers put in.

A formula goes back as far as the nearest numbers that have names of their own.
"""

from .mathml import bracketed, tag
from .number import MINUS, constant_digits, format_constant, format_number

SUM, PRODUCT, POWER, ATOM = range(4)  # how tightly an expression holds together
MOST_TERMS = 60  # a longer formula is cut with an ellipsis: it would teach nothing

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

    def _write(self, cell, level=SUM, follows=False):
        """`cell`, bracketed where it holds together less tightly than `level`, or is negative and follows a sign."""
        if cell.names or not cell.args:
            return self._leaf(cell, follows or level > SUM)
        self.terms += 1
        if self.terms > MOST_TERMS:
            return tag("mo", "⋯")
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
        if b.op == "neg" and not b.names:
            return self._sub(a, b.args[0])
        if b.op == "const" and b.value < 0:
            return _row(self._write(a), "−", tag("mn", format_constant(-b.value))), SUM
        return _row(self._write(a), "+", self._write(b, follows=True)), SUM

    def _sub(self, a, b):
        return _row(self._write(a), "−", self._write(b, PRODUCT)), SUM

    def _neg(self, a):
        return tag("mrow", tag("mo", "−"), self._write(a, PRODUCT)), SUM

    def _mul(self, a, b):
        if a.op == "neg" and not a.names:
            product = _row(self._write(a.args[0], PRODUCT), "·", self._write(b, PRODUCT))
            return tag("mrow", tag("mo", "−"), product), SUM
        return _row(self._write(a, PRODUCT), "·", self._write(b, PRODUCT)), PRODUCT

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
        table = tag("mtable", row(yes, " if ", self._write(condition)), row(no, " else"), columnalign="left left")
        return tag("mrow", tag("mo", "{"), table), SUM

    def _relation(self, sign, a, b):
        return _row(self._write(a), sign, self._write(b)), SUM

    def _function(self, word, args):
        parts = []
        for arg in args:
            parts += [tag("mo", ",")] if parts else []
            parts.append(self._write(arg))
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
