"""The front end as one file: a module of `hosts/`, after those that it imports and those of the kinds of view.

No bundler: the modules import names from each other and nothing else, so leaving out the import and export words
and setting them one after the other is all there is to it.
"""

import re
from functools import cache
from pathlib import Path

from .views import LARGE, files

_FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[\w./]+)";\n', re.MULTILINE)


@cache
def widget_module():
    """The anywidget, an ECMAScript module."""
    return _joined("kernel", files("js"))


@cache
def view_module():
    """The anywidget of a single view, which has all it does from its explorer."""
    return _joined("view")


@cache
def page_script(large=tuple(LARGE), more=()):
    """What a static page runs, a classic script: browsers load no modules for pages opened from disk.

    large   the large kinds that the page has
    more    modules that no view needs, by their place in this package, for whoever measures them
    """
    modules = _joined("page", [*files("js", set(LARGE) - set(large)), *(_FOLDER / file for file in more)])
    return f"(() => {{\n{modules}\nstartPage(document);\n}})();\n"


def style():
    """How views look, with the colours of their hosts."""
    shared = [_FOLDER / "hosts/themes.css", _FOLDER / "frontend/byhand.css", _FOLDER / "hosts/dock.css"]
    return "\n".join(file.read_text(encoding="utf-8") for file in [*shared, *files("css")])


def _joined(host, rooms=()):
    """The module of a host and those that it imports; before them the `rooms`, which say what their kinds do."""
    modules = {}
    for file in [*rooms, _FOLDER / f"hosts/{host}.js"]:
        _with_imports(file, modules)
    return "\n".join(map(_plain, modules.values()))


def _with_imports(file, done):
    source = file.read_text(encoding="utf-8")
    for path in _IMPORT.findall(source):
        needed = (file.parent / path).resolve()
        if needed not in done:
            _with_imports(needed, done)
    done[file.resolve()] = source
    return done


def _plain(source):
    return re.sub(r"^export (?!default)", "", _IMPORT.sub("", source), flags=re.MULTILINE)
