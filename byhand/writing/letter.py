"""A name of the code taken apart for print: W1 is a letter and a layer, W_xh a letter and what stands below it, y_hat a
letter with a hat, learning_rate two words, forward.z1 a word and a letter, h⟨2⟩ a letter and a mark."""

import re
from dataclasses import dataclass

_GREEK = dict(zip("alpha beta gamma delta zeta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega".split(),
                  "αβγδζθκλμνξπρστφχψω"))
_CAPITALS = dict(zip("Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(), "ΓΔΘΛΞΠΣΦΨΩ"))
LETTERS = {"eps": "ε", "epsilon": "ε", "eta": "η", "lr": "η"} | _GREEK | _CAPITALS
_MARK = re.compile(r"(.+?)((?:[′″‴]|⟨\d+⟩)*)")
_SYMBOL = re.compile(rf"(d?(?:[A-Za-z]|{'|'.join(sorted(LETTERS, key=len, reverse=True))}))(\d*)")


@dataclass(frozen=True)
class Letter:
    """words before it, the letter (or a word), whether it has a hat, the layer above, what stands below, and a mark:
    ′ of a changed input, ⟨2⟩ of a pass."""
    words: tuple = ()
    letter: str = ""
    hat: bool = False
    layer: str = ""
    below: str = ""
    mark: str = ""


def marked(base):
    """What a base is without its mark, and the mark: "w′" -> ("w", "′")."""
    return _MARK.fullmatch(base).groups()


def within(base):
    """The words that say where a number is, and its own name: 'forward.z1' -> (["forward"], "z1")."""
    words, rest = [], base
    while found := re.fullmatch(r'([^.\[]+)(?:\.|\[")([^"\]]+)(?:"\])?(.*)', rest):
        if found[3] and found[3][0] not in '.["':
            break
        words.append(found[1])
        rest = found[2] + found[3]
    return words, rest


def taken_apart(name, is_single):
    """The Letter of a name without mark and place. `is_single` says of what stands before a number, "w", whether
    it counts single numbers: w₅; else the number is that of a layer: W⁽¹⁾."""
    first, *others = [part for part in name.split("_") if part] or [name]
    if others and others[-1] == "hat":
        inner = taken_apart("_".join([first, *others[:-1]]), is_single)
        return Letter(inner.words, inner.letter, True, inner.layer, inner.below)
    if re.fullmatch(r"(\w)hat(\d*)", name):
        return _numbered(name[0], name[4:], is_single, True)
    found = _SYMBOL.fullmatch(first)
    if others and found:
        plain = _numbered(found[1], found[2], is_single, False)
        below = f"{plain.below} {' '.join(others)}".strip()
        return Letter(letter=plain.letter, layer=plain.layer, below=below)
    *words, last = [first, *others]
    letter, number = re.fullmatch(r"(.*?)(\d*)", last).groups()
    if words and letter == "":  # a word and a number: step_1
        return Letter(tuple(words[:-1]), words[-1], below=number)
    if re.fullmatch(r"(\w)hat", last):
        return Letter(tuple(words), last[0], True)
    if not letter:
        return Letter(tuple(words), last)
    return _numbered(letter, number, is_single, False, tuple(words), "_".join([*words, letter]))


def _numbered(letter, number, is_single, hat, words=(), stem=None):
    single = bool(number) and is_single(stem or letter)
    return Letter(words, _written(letter), hat, "" if single else number, number if single else "")


def _written(letter):
    if letter in LETTERS:
        return LETTERS[letter]
    return f"d{LETTERS[letter[1:]]}" if letter[:1] == "d" and letter[1:] in LETTERS else letter
