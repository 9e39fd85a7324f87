"""How a number is written: the one rule for every live number, kept the same in `frontend/number.js`."""

import math

LARGEST_PLAIN = 1e7  # from here on a number is written with a power of ten


def format_number(value, digits=4, truth=False):
    """`value` to `digits` decimals without trailing zeros: 0.52498 -> "0.525", 0 -> "0", 3e-7 -> "3e-7".

    A number too small or too large for that is written with a power of ten, so that only an exact zero reads "0".
    """
    if math.isnan(value):
        return "not a number"
    if truth:
        return "True" if value else "False"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if value == 0:
        return "0"
    if 10.0 ** -digits <= abs(value) < LARGEST_PLAIN:
        return _trimmed(f"{value:.{digits}f}")
    mantissa, exponent = f"{value:.3e}".split("e")
    return f"{_trimmed(mantissa)}e{int(exponent)}"


def _trimmed(text):
    return text.rstrip("0").rstrip(".") if "." in text else text
