"""How a number is written: the one rule for every live number, kept the same in `frontend/number.js`.

Its minus is a true one, "−", in front and in the exponent, as in formulas. Fields and numpy's own prints have "-".
"""

import math
from decimal import Decimal

DIGITS = 4  # decimals shown where nothing else is asked for
MINUS = "−"
LARGEST_PLAIN = 1e7  # from here on a number is written with a power of ten


def format_number(value, digits=DIGITS, truth=False):
    """`value` to `digits` decimals without trailing zeros: 0.52498 -> "0.525", 0 -> "0", -3e-7 -> "−3e−7".

    A number too small or too large for that is written with a power of ten, so that only an exact zero reads "0".
    """
    if math.isnan(value):
        return "not a number"
    if truth:
        return "True" if value else "False"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if value == 0:
        return "0"
    if 10.0 ** -digits <= abs(value) < LARGEST_PLAIN:
        return _typeset(_trimmed(f"{value:.{digits}f}"))
    mantissa, exponent = f"{value:.3e}".split("e")
    return _typeset(f"{_trimmed(mantissa)}e{int(exponent)}")


def format_constant(value):
    """A constant of the code with all its digits: 0.044715, 1e−8; one that has no short decimal is cut: 0.33333333…"""
    if not math.isfinite(value) or value == 0:
        return format_number(value)
    mantissa, exponent = f"{value:.14e}".split("e")  # 15 digits: 0.1 + 0.2 is written 0.3
    digits = _trimmed(mantissa)
    end = "…" if len(digits.lstrip("-")) > _LONGEST + 1 else ""
    exact = Decimal(digits[:_CUT + digits.startswith("-")] if end else digits).scaleb(int(exponent))
    plain, short = f"{exact:f}", f"{exact.scaleb(-int(exponent)):f}e{int(exponent)}"
    is_plain = len(plain) <= len(short) + 2 or 1e-4 <= abs(value) < LARGEST_PLAIN
    return _typeset(plain + end if is_plain else short.replace("e", f"{end}e") if end else short)


_LONGEST, _CUT = 10, 9  # digits of a constant, and, with the point, what is left of a longer one such as 1/3


def constant_digits(value, least):
    """The decimals with which `format_number` writes all digits of a constant, if they are few: 6 for 0.044715."""
    text = format_constant(value)
    decimals = len(text.partition(".")[2]) if text[-1] not in "…∞" and "e" not in text else 0
    return max(least, decimals)


def _typeset(text):
    return text.replace("-", MINUS)


def _trimmed(text):
    return text.rstrip("0").rstrip(".") if "." in text else text
