"""One of several texts, chosen by a number."""

import json

from markupsafe import escape

from ..template import draw
from ..undecided import CANNOT_BE_TOLD
from ..writing.number import format_number


def choose(pen, /, name, *texts):
    """That one of `texts` whose index is the value of `name`, for prose; false and true count as 0 and 1."""
    return draw("choose.html", it=choice(pen, name, texts))


def choice(pen, name, texts):
    """The chosen text, for choose.html."""
    untold = _untold(pen, name, texts)
    place = "" if untold else int(pen.value(name))
    return {"name": name, "texts": json.dumps([escape(text) for text in texts], ensure_ascii=False),
            "is_untold": bool(untold), "chosen": place, "text": untold or texts[place]}


def _untold(pen, name, texts):
    """Why the number `name` picks none of `texts`, as `untold` in choose.js says it; "" where it picks one."""
    position = pen.sheet.position(name)
    if pen.is_untold(position):
        blame = pen.sheet.culprit(position, pen.values, pen.undecided)
        return f"{CANNOT_BE_TOLD}: {pen.symbols.text(blame) if blame else 'a number that it rests on'} is not a number"
    if pen.values[position] in range(len(texts)):
        return ""
    number = f"{pen.symbols.text(name)} = {format_number(pen.values[position])}"
    return f"{CANNOT_BE_TOLD}: {number} is none of the {len(texts)} texts, which count from 0"
