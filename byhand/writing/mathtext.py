"""MathML, in the few shapes that `formula` and `symbols` use, as LaTeX and as plain text."""

import re

_COMMANDS = dict(zip("αβγδεζηθκλμνξπρστφχψω∂σ·−≥≤≠≈⋯⌊⌋∞→", (
    "alpha beta gamma delta varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau varphi chi psi omega "
    "partial sigma cdot - ge le ne approx cdots lfloor rfloor infty to").split()))
_RAISED = str.maketrans("0123456789()+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻⁻ⁿ")
_LOWERED = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
_WORDS = {"ln", "tanh", "sin", "cos", "exp", "log", "max", "min"}
_SPECIAL = re.compile(r"[\\{}$&#^_%~]")
_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def latex(element):
    """`element` as LaTeX, for math mode."""
    return _write(element, _Latex)


def plain(element):
    """`element` on one line: "z⁽¹⁾₁ = W⁽¹⁾₁₁ · x₁ + b⁽¹⁾₁", a fraction as "(a + b) / c"."""
    return re.sub(r" +", " ", _write(element, _Plain)).strip()


def escaped(words):
    """`words` as LaTeX text."""
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], "\\" + found[0]), words)


def _write(element, form):
    writer = getattr(form, element.tag, None)
    children = [_write(child, form) for child in _shown(element)]
    return writer(element, *children) if writer else "".join(children)


def _shown(element):
    """The children; brackets around a number stand there only while it is negative."""
    hides = "data-signed" in element.attrib and "data-negative" not in element.attrib
    return [child for child in element if not (hides and child.tag == "mo")]


def _text(element):
    return "".join(element.itertext())


class _Latex:
    def mi(element):
        name = _text(element)
        if name in _COMMANDS:
            return f"\\{_COMMANDS[name]} "
        if name in _WORDS:
            return f"\\{name} "
        return name if len(name) == 1 and name.isascii() else f"\\text{{{escaped(name)}}}"

    def mn(element):
        number = _text(element).replace("−", "-")
        if "∞" in number:
            return number.replace("∞", r"\infty ")
        mantissa, e, exponent = number.partition("e")
        if e and exponent.lstrip("-").isdigit():
            return rf"{mantissa} \cdot 10^{{{exponent}}}"
        return number if re.fullmatch(r"-?[\d.]+", number) else rf"\text{{{escaped(number)}}}"

    def mtext(element):
        return rf"\text{{{escaped(_text(element))}}}"

    def mo(element):
        sign = _text(element)
        if sign in _COMMANDS:
            return "-" if sign == "−" else f"\\{_COMMANDS[sign]} "
        if element.get("stretchy") == "true" and sign in "()":
            return {"(": r"\left(", ")": r"\right)"}[sign]
        return f"\\{sign}" if sign in "{}%#&_$" else r"\hat{}" if sign == "ˆ" else sign

    def mspace(element):
        return r"\,"

    def mfrac(element, above, below):
        return rf"\frac{{{above}}}{{{below}}}"

    def msup(element, base, above):
        return rf"{{{base}}}^{{{above}}}"

    def msub(element, base, below):
        return rf"{{{base}}}_{{{below}}}"

    def msubsup(element, base, below, above):
        return rf"{{{base}}}_{{{below}}}^{{{above}}}"

    def mover(element, base, above):
        return rf"\hat{{{base}}}"

    def msqrt(element, *inside):
        return rf"\sqrt{{{''.join(inside)}}}"

    def mtable(element, *rows):
        lines = r" \\ ".join(rows)
        return rf"\begin{{matrix}}{lines}\end{{matrix}}"

    def mtr(element, *cells):
        return " & ".join(cells)

    def mrow(element, *parts):
        if len(parts) == 2 and element[0].tag == "mo" and element[1].tag == "mtable":  # an open brace before two cases
            return rf"\left{parts[0]}{parts[1]}\right."
        if len(parts) == 3 and element[1].tag == "mtable":
            return rf"\left{parts[0]}{parts[1]}\right{parts[2]}"
        return "".join(parts)


class _Plain:
    def mi(element):
        return _text(element)

    mn = mtext = mi

    def mo(element):
        sign = _text(element)
        return sign if sign in "()[]{|⌊⌋^" else f"{sign} " if sign == "," else f" {sign} "

    def mrow(element, *parts):
        has_sign = len(element) and element[0].tag == "mo" and _text(element[0]) == "−"
        return "".join(["−", *parts[1:]] if has_sign else parts)

    def mspace(element):
        return " "

    def mfrac(element, above, below):
        return f"{_held(above)} / {_held(below)}" if " " in above + below else f"{above}/{below}"

    def msup(element, base, above):
        return base + _small(above, _RAISED, "^")

    def msub(element, base, below):
        return base + _small(below.replace(" ", ""), _LOWERED, "_")

    def msubsup(element, base, below, above):
        return base + _small(above, _RAISED, "^") + _small(below.replace(" ", ""), _LOWERED, "_")

    def mover(element, base, above):
        return "ŷ" if base == "y" else f"{base}\u0302"

    def msqrt(element, *inside):
        return f"√({''.join(inside)})"

    def mtable(element, *rows):
        return "; ".join(rows)

    def mtr(element, *cells):
        return " ".join(cells)


def _held(words):
    words = words.strip()
    return f"({words})" if " " in words else words


def _small(words, table, sign):
    """Raised or lowered, where there are such letters; else after a sign."""
    words = words.strip()
    if sign == "^" and (found := re.fullmatch(r"(.*?)\s*((?:[′″‴]|⟨\d+⟩)+)", words)):  # marked as another value
        return (_small(found[1], table, sign) if found[1] else "") + found[2]
    if all(ord(letter) in table for letter in words):
        return words.translate(table)
    return f"{sign}({words})" if len(words) > 1 else sign + words
