"""A table of live numbers and chosen texts, with rows that light up."""

import json

from markupsafe import Markup

from ..template import draw
from .choose import choice
from .pen import listed

TONES = ("good", "bad", "unsure", "rose", "fell")


def table(pen, /, heads=None, lit=None, digits=None, caption=None, quiet=False, cards=False, pick=None, details=(),
          about=(), marks=None, totals=None, **columns):
    """One row for each number of the first column's names, one column for each keyword.

    A column is a list of names, and of pairs of a name and texts to choose from: ("caught", ("missed", "caught")).
    `heads` are the rows' heads in the place of symbols; a row is lit while its number of the array `lit` is true.
    `caption` is what the table is called where it is spoken of; else its columns' heads are. A `quiet` table
    does not tell where its numbers come from: for a riddle. As `cards` the rows stand beside each other.
    `pick` is an input: its value is the place of a row, which a reader picks in the row's head. Under the picked row
    stand `details`, tables as well, each the keywords of one; a pick is `about` numbers of these (see `Pen.about`).
    `marks` sets texts in colour, with a sign of one of TONES: {"caught": "good", "missed": "bad"}. `totals` are rows at
    the foot: a head, and a number for each column, or None.
    """
    entries = [_column(pen, names, digits, marks or {}) for names in columns.values()]
    if len({len(column) for column in entries}) != 1:
        raise ValueError("the columns of a table must have the same length: "
                         + ", ".join(f"{key} has {len(column)}" for key, column in zip(columns, entries)))
    lights = pen.sheet.elements(lit) if lit else [None] * len(entries[0])
    rows = [{"head": heads[i] if heads else pen.maths(row[0]["name"]), "entries": row,
             "about": pen.about_moved([entry["name"] for entry in row]),
             "light": lights[i] and _light(pen, lights[i]),
             "spoken": None if heads else pen.symbols.text(row[0]["name"])}
            for i, row in enumerate(zip(*entries))]
    tops = [{"head": head, "role": _role(column)} for head, column in zip(columns, entries)]
    return draw("table.html", columns=tops, rows=rows, quiet=quiet, caption=caption or listed(list(columns)),
                lit=(lit or "").replace("_", " "), cards=cards, digits=digits, pick=_pick(pen, pick, len(rows), about),
                details=[Markup(table(pen, **keywords)) for keywords in details], totals=_totals(pen, totals or {}),
                is_wide=not cards and not pick and (len(columns) > 4 or any(map(_is_wordy, rows[0]["entries"]))))


def _is_wordy(entry):
    """Whether sentences stand in a column, not words."""
    return any(len(text) > 30 for text in json.loads(entry.get("texts", "[]")))


def _pick(pen, pick, rows, about):
    """The input that picks a row, for table.html; None without one."""
    if not pick:
        return None
    domain = pen.domain(pick)
    if not domain.whole or domain.low != 0 or domain.high < rows - 1:
        raise ValueError(f"to pick a row of {rows}, {pick} must be able to be the place of each: it is {domain.words}")
    return {"name": pick, "place": pen.value(pick), "about": pen.about(about)}


def _column(pen, names, digits, marks):
    pairs = [(name, None) if isinstance(name, str) else name for name in names]
    return [choice(pen, element, [_marked(text, marks) for text in texts]) if texts else pen.live(element, digits)
            for name, texts in pairs for element in pen.sheet.elements(name)]


def _marked(text, marks):
    tone = marks.get(text)
    if tone not in (None, *TONES):
        raise ValueError(f"a text is marked as one of {', '.join(TONES)}: {text!r} as {tone!r}")
    return Markup('<span class="byhand-tone" data-tone="{}">{}</span>').format(tone, text) if tone else text


def _totals(pen, totals):
    return [{"head": head, "numbers": [name and pen.live(name) for name in names]} for head, names in totals.items()]


def _role(column):
    """The role that all numbers of a column have, or None."""
    roles = {entry.get("role") for entry in column}
    return roles.pop() if len(roles) == 1 else None


def _light(pen, name):
    position = pen.sheet.position(name)
    is_untold = pen.is_untold(position)
    return {"name": name, "is_untold": is_untold, "is_lit": bool(pen.values[position]) and not is_untold}
