"""What each page asks for, noted beside the doctrees: several processes may write them, and a build some of them."""

import json
from pathlib import Path


class Asked:
    """The styles and scripts of one page, in the order in which its templates name them."""

    def __init__(self, app, page):
        self.css, self.js = [], []
        self._file = _folder(app) / f"{page}.json"

    def note(self):
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps({"css": self.css, "js": self.js}), encoding="utf-8")


def asked_by_all(app):
    """(styles, scripts) of the pages that there are, each once: in one order, whoever wrote which page."""
    files = [file for file in sorted(_folder(app).rglob("*.json")) if _is_there(app, file)]
    notes = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return [list(dict.fromkeys(source for note in notes for source in note[kind])) for kind in ("css", "js")]


def _is_there(app, file):
    page = file.relative_to(_folder(app)).with_suffix("").as_posix()
    return Path(app.builder.get_outfilename(page)).exists()


def _folder(app):
    return Path(app.doctreedir, "light", app.builder.name)
