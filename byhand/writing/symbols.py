"""What a name is called in print: W1 is W⁽¹⁾, yhat is ŷ, dW1 is ∂L/∂W⁽¹⁾, and W1[0, 1] is W⁽¹⁾₁₂.

Indices count from 0 in code and from 1 in mathematics.
"""

import re

from .letter import LETTERS, Letter, marked, taken_apart, within
from .mathml import bracketed, tag
from .name import split
from .role import Roles

_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_LOWERED = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")


# What a loss is called, and its letter.
_LOSSES = {"loss": "L", "cost": "C", "E_total": "E_total", "J": "J", "L": "L", "E": "E"}


class Symbols:
    """The symbols of a sheet's names.

    `given` maps a name to its symbol, a letter or word with a trailing number for the layer ("δ1" is δ⁽¹⁾).
    A name that is not given is printed by rule: Greek and hatted names as letters; `d` + the name of an input, of
    the input's shape, as the derivative of the loss; `numeric_dW1` as the word "numeric" before the symbol of `dW1`.

    loss   the name of the loss; if not given, the one that is called as losses are. Without a loss nothing is its
           derivative: a pendulum's `dtheta` is dθ.
    """

    def __init__(self, sheet, given=None, loss=None, network=None, roles=None):
        self.sheet = sheet
        self.given = given or {}
        self._singles = {}
        self.loss = loss or (network or {}).get("loss") or next(filter(self._is_loss, _LOSSES), None)
        self._roles = Roles(sheet, self, network, roles)

    def role(self, name):
        """What the array or number `name` is to the network, and so its hue: one of `ROLES`, or None."""
        return self._roles.of(name)

    def mathml(self, name):
        """The symbol of an array or of one number of it, as a MathML element in its role's hue."""
        symbol = self._mathml(name)
        if role := self.role(name):
            symbol.set("data-role", role)
        return symbol

    def _mathml(self, name):
        base, index = split(name, self.sheet.names)
        return self._put_together(base, index, _maths, self._letter)

    def text(self, name):
        """The same in plain text: "W⁽¹⁾₁₂", "∂L/∂W⁽¹⁾₁₂"."""
        base, index = split(name, self.sheet.names)
        return self._put_together(base, index, _text, self._plain)

    def _put_together(self, base, index, row, letter):
        """The symbol of an array's number: `row` of words, a sign and symbols that `letter` writes."""
        base, mark = marked(base)
        places, own = within(base)
        words, last = self._words(own)
        words = [*places, *words]
        if target := self._target(base + mark, last):
            return row(words, "∂", letter(self.loss, ()), letter(target, index, mark))
        if explicit := self._explicit(own):
            sign = "∂" if explicit[0] in _LOSSES or explicit[0] == self.loss else "d"
            return row(words, sign, letter(explicit[0], ()), letter(explicit[1], index, mark))
        if change := self._change(last):
            return row(words, "d", None, letter(change, index, mark))
        return row(words, "", None, letter(last, index, mark))

    def target(self, name):
        """The input whose derivative the array `name` is, or None: "dW1" -> "W1"."""
        base = split(name, self.sheet.names)[0]
        return self._target(base, base)

    def derivative(self, name):
        """As `target`, but for what a word stands before, too: "numeric_dW1" -> "W1"."""
        base = split(name, self.sheet.names)[0]
        return self._target(base, self._words(base)[1])

    def _is_loss(self, name):
        """Whether the sheet works out a loss of that name; a lone letter is one only if it is one number."""
        if name not in self.sheet.names or name in self.sheet.inputs:
            return False
        return name in ("loss", "cost") or self.sheet.names[name].size == 1

    def _words(self, base):
        """The words before a name's own symbol, and that symbol's name: "numeric_dW1" -> (["numeric"], "dW1")."""
        if base in self.given or "_" not in base or base in _LOSSES or base == self.loss or self._change(base):
            return [], base
        words = taken_apart(base, self._is_single).words
        return list(words), "_".join(base.split("_")[len(words):])

    def _explicit(self, base):
        """What is derived by what, where a name says it: "dE_dw5" -> ("E", "w5"); None else."""
        found = re.fullmatch(r"d(\w+?)_d(\w+)", base)
        return found.groups() if found and base not in self.given else None

    def _is_single(self, letter):
        """Whether all that the letter counts are single numbers: w1, w2, w3 of an example written out."""
        if letter not in self._singles:
            names = [name for name in self.sheet.names if re.fullmatch(re.escape(letter) + r"\d+", name)]
            self._singles[letter] = bool(names) and not any(self.sheet.names[name].ndim for name in names)
        return self._singles[letter]

    def _change(self, base):
        """The input whose change the name `base` speaks of, or None: "dtheta" -> "theta"."""
        name = re.sub("^d_?", "", base)
        return name if base.startswith("d") and name in self.sheet.inputs and base not in self.given else None

    def _target(self, name, base):
        """The input whose derivative the array `name` is, if there is a loss and the shape is the input's."""
        target = self._change(base)
        names, inputs = self.sheet.names, self.sheet.inputs
        fits = target and self.loss and name in names and names[name].shape == inputs[target].shape
        return target if fits else None

    def _parts(self, base):
        """The Letter of a name without words: "W1" -> letter "W", layer "1"."""
        if symbol := self.given.get(base) or self._loss_letter(base):
            letter, layer = re.fullmatch(r"(.*?)(\d*)", symbol).groups()
            if symbol == "E_total":
                return Letter(letter="E", below="total")
            hat = letter in ("ŷ", "yhat")
            letter = "y" if hat else LETTERS.get(letter, letter)
            return Letter(letter=letter, hat=hat, layer=layer) if letter else Letter(letter=symbol)
        return taken_apart(base, self._is_single)

    def _loss_letter(self, base):
        """The letter of a loss, unless it is the name of something else."""
        letter = _LOSSES.get(base)
        return None if letter != base and letter in self.sheet.names else letter

    def _letter(self, base, index, mark=""):
        parts = self._parts(base)
        letter = parts.letter
        body = tag("mi", letter) if len(letter) == 1 else tag("mtext", letter)
        if parts.hat:
            body = tag("mover", body, tag("mo", "ˆ", stretchy="false"), accent="true")
        above = [*([bracketed(tag("mn", parts.layer))] if parts.layer else []), *([tag("mo", mark)] if mark else [])]
        below = [*([_lowered(parts.below)] if parts.below else []),
                 *([tag("mo", ",")] if parts.below and index else []), *self._index(index)]
        above, below = (tag("mrow", *each) if len(each) > 1 else each[0] if each else None for each in (above, below))
        if above is not None and below is not None:
            return tag("msubsup", body, below, above)
        if above is not None:
            return tag("msup", body, above)
        return tag("msub", body, below) if below is not None else body

    def _index(self, index):
        separate = any(i > 8 for i in index)
        for k, i in enumerate(index):
            if k and separate:
                yield tag("mo", ",")
            yield tag("mn", str(i + 1))

    def _plain(self, base, index, mark=""):
        parts = self._parts(base)
        letter = "ŷ" if parts.hat and parts.letter == "y" else parts.letter + ("\u0302" if parts.hat else "")
        above = f"({parts.layer})".translate(_RAISED) if parts.layer else ""
        is_number = parts.below.isdigit() and not getattr(self.sheet.names.get(base + mark), "ndim", 0)
        below = parts.below.translate(_LOWERED) if is_number else f"_{parts.below}" if parts.below else ""
        separator = "," if any(i > 8 for i in index) else ""
        return letter + below + above + mark + separator.join(str(i + 1) for i in index).translate(_LOWERED)


def _lowered(below):
    return tag("mn" if below.isdigit() else "mi" if len(below) == 1 else "mtext", below)


def _maths(words, sign, above, symbol):
    """Words, and a symbol behind the sign of a derivative, as MathML."""
    if above is not None:
        symbol = tag("mfrac", tag("mrow", tag("mi", sign), above), tag("mrow", tag("mi", sign), symbol))
    elif sign:
        symbol = tag("mrow", tag("mi", sign), symbol)
    return tag("mrow", *(tag("mtext", f"{word} ") for word in words), symbol) if words else symbol


def _text(words, sign, above, symbol):
    return " ".join([*words, f"{sign}{above}/{sign}{symbol}" if above is not None else sign + symbol])
