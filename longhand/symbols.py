"""What a name is called in print: W1 is W⁽¹⁾, yhat is ŷ, dW1 is ∂L/∂W⁽¹⁾, and W1[0, 1] is W⁽¹⁾₁₂.

Indices count from 0 in code and from 1 in mathematics.
"""

import re

from .mathml import bracketed, tag

_LETTERS = {"loss": "L", "eps": "ε", "epsilon": "ε", "yhat": "ŷ", "eta": "η", "lr": "η"} | dict(zip(
    "alpha beta gamma delta zeta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega".split(),
    "αβγδζθκλμνξπρστφχψω"))
_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_LOWERED = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")


class Symbols:
    """The symbols of a sheet's names.

    `given` maps a name to its symbol, a letter or word with a trailing number for the layer ("δ1" is δ⁽¹⁾).
    A name that is not given is printed by rule: Greek and hatted names as letters; `d` + the name of an input as
    the derivative of the loss; `numeric_dW1` as the word "numeric" before the symbol of `dW1`.
    """

    def __init__(self, sheet, given=None, loss="loss"):
        self.sheet = sheet
        self.given = given or {}
        self.loss = loss

    def mathml(self, name):
        """The symbol of an array or of one number of it, as a MathML element."""
        base, index = _split(name)
        words, base = self._words(base)
        if target := self._target(base):
            symbol = tag("mfrac", tag("mrow", tag("mi", "∂"), self._letter(self.loss, ())),
                         tag("mrow", tag("mi", "∂"), self._letter(target, index)))
        else:
            symbol = self._letter(base, index)
        return tag("mrow", *(tag("mtext", f"{word} ") for word in words), symbol) if words else symbol

    def text(self, name):
        """The same in plain text: "W⁽¹⁾₁₂", "∂L/∂W⁽¹⁾₁₂"."""
        base, index = _split(name)
        words, base = self._words(base)
        target = self._target(base)
        symbol = f"∂{self._plain(self.loss, ())}/∂{self._plain(target, index)}" if target else self._plain(base, index)
        return " ".join([*words, symbol])

    def target(self, name):
        """The input whose derivative the array `name` is, or None: "dW1" -> "W1"."""
        return self._target(_split(name)[0])

    def _words(self, base):
        if base in self.given or "_" not in base:
            return [], base
        *words, last = base.split("_")
        return words, last

    def _target(self, base):
        is_derivative = base.startswith("d") and base[1:] in self.sheet.inputs and base not in self.given
        return base[1:] if is_derivative else None

    def _parts(self, base):
        """Letter or word, and layer: "W1" -> ("W", "1")."""
        symbol = self.given.get(base, base)
        letter, layer = re.fullmatch(r"(.*?)(\d*)", symbol).groups()
        return (_LETTERS.get(letter, letter), layer) if letter else (symbol, "")

    def _letter(self, base, index):
        letter, layer = self._parts(base)
        body = (tag("mover", tag("mi", "y"), tag("mo", "^", stretchy="false"), accent="true") if letter == "ŷ"
                else tag("mi", letter) if len(letter) == 1 else tag("mtext", letter))
        above = bracketed(tag("mn", layer)) if layer else None
        below = tuple(self._index(index))
        below = tag("mrow", *below) if len(below) > 1 else below[0] if below else None
        if above is not None and below is not None:
            return tag("msubsup", body, below, above)
        return tag("msup", body, above) if above is not None else tag("msub", body, below) if below is not None else body

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


def _split(name):
    """"W1[0, 1]" -> ("W1", (0, 1))."""
    base, _, index = name.rstrip("]").partition("[")
    return base, tuple(int(i) for i in index.split(",")) if index else ()
