"""What a name is called in print: W1 is W⁽¹⁾, yhat is ŷ, dW1 is ∂L/∂W⁽¹⁾, and W1[0, 1] is W⁽¹⁾₁₂.

Indices count from 0 in code and from 1 in mathematics.
"""

import re

from .mathml import bracketed, tag
from .name import split
from .role import Roles

_LETTERS = {"eps": "ε", "epsilon": "ε", "yhat": "ŷ", "eta": "η", "lr": "η"} | dict(zip(
    "alpha beta gamma delta zeta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega".split(),
    "αβγδζθκλμνξπρστφχψω"))
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
        words, last = self._words(base)
        if target := self._target(base, last):
            symbol = tag("mfrac", tag("mrow", tag("mi", "∂"), self._letter(self.loss, ())),
                         tag("mrow", tag("mi", "∂"), self._letter(target, index)))
        elif change := self._change(last):
            symbol = tag("mrow", tag("mi", "d"), self._letter(change, index))
        else:
            symbol = self._letter(last, index)
        return tag("mrow", *(tag("mtext", f"{word} ") for word in words), symbol) if words else symbol

    def text(self, name):
        """The same in plain text: "W⁽¹⁾₁₂", "∂L/∂W⁽¹⁾₁₂"."""
        base, index = split(name, self.sheet.names)
        words, last = self._words(base)
        if target := self._target(base, last):
            symbol = f"∂{self._plain(self.loss, ())}/∂{self._plain(target, index)}"
        elif change := self._change(last):
            symbol = f"d{self._plain(change, index)}"
        else:
            symbol = self._plain(last, index)
        return " ".join([*words, symbol])

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
        if base in self.given or "_" not in base or base in _LOSSES or base == self.loss or self._change(base):
            return [], base
        *words, last = base.split("_")
        return words, last

    def _change(self, base):
        """The input whose change the name `base` speaks of, or None: "dtheta" -> "theta"."""
        return base[1:] if base.startswith("d") and base[1:] in self.sheet.inputs and base not in self.given else None

    def _target(self, name, base):
        """The input whose derivative the array `name` is, if there is a loss and the shape is the input's."""
        target = self._change(base)
        names, inputs = self.sheet.names, self.sheet.inputs
        fits = target and self.loss and name in names and names[name].shape == inputs[target].shape
        return target if fits else None

    def _parts(self, base):
        """Letter or word, and layer: "W1" -> ("W", "1")."""
        symbol = self.given.get(base) or self._loss_letter(base) or base
        letter, layer = re.fullmatch(r"(.*?)(\d*)", symbol).groups()
        return (_LETTERS.get(letter, letter), layer) if letter else (symbol, "")

    def _loss_letter(self, base):
        """The letter of a loss, unless it is the name of something else."""
        letter = _LOSSES.get(base)
        return None if letter != base and letter in self.sheet.names else letter

    def _letter(self, base, index):
        letter, layer = self._parts(base)
        if letter == "E_total":
            return tag("msub", tag("mi", "E"), tag("mtext", "total"))
        body = (tag("mover", tag("mi", "y"), tag("mo", "^", stretchy="false"), accent="true") if letter == "ŷ"
                else tag("mi", letter) if len(letter) == 1 else tag("mtext", letter))
        above = bracketed(tag("mn", layer)) if layer else None
        below = tuple(self._index(index))
        below = tag("mrow", *below) if len(below) > 1 else below[0] if below else None
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

    def _plain(self, base, index):
        letter, layer = self._parts(base)
        above = f"({layer})".translate(_RAISED) if layer else ""
        separator = "," if any(i > 8 for i in index) else ""
        return letter + above + separator.join(str(i + 1) for i in index).translate(_LOWERED)
