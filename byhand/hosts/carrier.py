"""Which views bring their sheet along: one in a notebook is enough, the others refer to it by its name.

A sheet is looked for in a notebook's outputs, so it must be in one of those that are saved, whatever was run twice.
"""

import hashlib
import json

from IPython import get_ipython


class Carrier:
    """The sheet of one explorer, on its way to the pages that show its views."""

    def __init__(self):
        self._sheet = self._name = None
        self._brought = {}  # name of a sheet -> the cell that brought it, and which of its runs did

    def refer(self, sheet):
        """What a view says of its sheet when it is shown: its name, and if no other view has brought it, all."""
        if sheet is not self._sheet:
            self._sheet, self._name = sheet, name_of(sheet)
        return {"name": self._name} | ({"sheet": sheet} if self._brings() else {})

    def _brings(self):
        """True for the first view, and when the cell of that view is run again, which takes its output away."""
        now = _running()
        if now is None:
            return True
        cell, run = now
        brought_by, in_run = self._brought.get(self._name, (cell, None))
        if not cell or cell != brought_by or run == in_run:
            return False
        self._brought[self._name] = now
        return True


def name_of(sheet):
    """What a sheet is called, in outputs and on pages: equal ones alike."""
    return "byhand-" + hashlib.sha1(json.dumps(sheet, sort_keys=True).encode()).hexdigest()[:8]


def _running():
    """The cell that runs, "" for a number in Lab's texts, and a word for its run; None where no kernel tells."""
    request = getattr(get_ipython(), "get_parent", dict)()
    if "header" not in request:
        return None
    return request["metadata"].get("cellId") or request["content"].get("code", ""), request["header"]["msg_id"]
