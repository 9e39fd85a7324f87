"""What a reader sees of a sheet. A kind of view is a room: files of its name, side by side, each where it is needed.

    table.py      the function `table(pen, …)` draws it, as HTML; it is `net.table(…)` for whoever writes a page
    table.html    its template
    table.css     its style
    table.js      what moves in it and what it takes from the reader: `addKind({…})`

Python draws everything once, with the sheet's first numbers; the scripts move the numbers afterwards.
"""

import re
from importlib import import_module
from pathlib import Path

# The kinds, in the order of their styles. Some are no method of an explorer: they stand in other kinds, or a host
# draws them.
KINDS = [
    "say",
    "choose",
    "printed",
    "formula",
    "show",
    "fields",
    "handle",
    "diagram",
    "backward",
    "steps",
    "table",
    "slider",
    "options",
    "button",
    "points",
    "chart",
    "landscape",
    "practice",
    "course",
    "figure",
    "moved",
    "ask",
]
# Kinds whose script a page has only where it has the kind, and what in it tells that it has, a regular expression.
LARGE = {"printed": "data-print", "table": "data-lit|data-details", "slider": 'type="range"', "button": "data-set",
         "chart": "data-chart", "landscape": "data-landscape", "course": "data-course", "backward": "data-fits",
         "steps": "data-walk", "practice": "data-practice", "figure": "data-late", "moved": "data-elsewhere",
         "ask": "data-question"}
_FOLDER = Path(__file__).parent


def methods():
    """The functions that draw, name of a kind -> function."""
    rooms = {kind: import_module(f".{kind}", __name__) for kind in KINDS if (_FOLDER / f"{kind}.py").exists()}
    return {kind: getattr(room, kind) for kind, room in rooms.items() if hasattr(room, kind)}


def files(ending, without=()):
    """The kinds' files of one ending, but those `without`."""
    kinds = [kind for kind in KINDS if kind not in without]
    return [path for kind in kinds if (path := _FOLDER / f"{kind}.{ending}").exists()]


def large_in(page):
    """The large kinds that `page`, HTML, has."""
    return tuple(kind for kind, mark in LARGE.items() if re.search(mark, page))
