"""Fields for the inputs, laid out as matrices. They stand in `show` or by themselves, and one beside a slider."""

import numpy as np

from ..template import draw


def fields(pen, /, about=("itself",)):
    """The fields of all inputs, without a picture or steps. They are `about` what is drawn of them elsewhere, if not
    about other numbers (see `Pen.about`)."""
    about = pen.about(about)
    return draw("show.html", inputs=inputs(pen), large=large(pen), owner=pen.owner, diagram=None, upright=None,
                steps=[], unshown=[], about=about, drawn=pen.about(pen.fields) if about == "itself" else "")


def inputs(pen):
    """The inputs that have fields, for fields.html."""
    return [{"name": name, "symbol": pen.maths(name), "code": pen.symbols.text(name) != name,
             "rows": _rows(pen, name, array)}
            for name, array in pen.sheet.inputs.items() if name in pen.fields]


def large(pen):
    """The inputs that have too many numbers for fields, for fields.html."""
    return [{"name": name, "symbol": pen.maths(name), "numbers": pen.sheet.inputs[name].size} for name in pen.large]


def field(pen, name):
    """The field of the number `name`."""
    return {"name": name, "symbol": pen.symbols.text(name), "keyboard": _keyboard(pen.domain(name)),
            "value": field_text(pen.value(name)), "role": pen.role(name)}


def _rows(pen, name, array):
    """The fields of an input, laid out as a matrix: vectors stand upright, save weights, which are rows."""
    weights = (pen.network or {}).get("weights", [])
    columns = array.shape[-1] if array.ndim > 1 or name in weights else 1
    names = np.array(pen.sheet.elements(name), dtype=object).reshape(-1, columns)
    return [[field(pen, element) for element in row] for row in names]


def field_text(value):
    """A field's text: the shortest decimal that is exactly the number, as JavaScript writes it."""
    is_short = float(value).is_integer() and abs(value) < 1e15
    return repr(int(value)) if is_short else repr(float(value)).replace("e-0", "e-")


def _keyboard(domain):
    """The keyboard that a phone shows, an `inputmode`: those for numbers have no minus, and no e for powers of ten."""
    if domain.low < 0 or domain.log:
        return "text"
    return "numeric" if domain.whole else "decimal"
