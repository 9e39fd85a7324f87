"""The front end as one file: the modules of `frontend/`, each after those it imports.

No bundler: the modules import names from each other and nothing else, so leaving out the import and export words
and setting them one after the other is all there is to it.
"""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "frontend"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.M)


@cache
def widget_module():
    """The anywidget, an ECMAScript module."""
    return _joined("widget")


@cache
def view_module():
    """The anywidget of a single view, which has all it does from its explorer."""
    return _joined("view")


@cache
def page_script():
    """What a static page runs, a classic script: browsers load no modules for pages opened from disk."""
    return f"(() => {{\n{_joined('page')}\nstartPage(document);\n}})();\n"


def style():
    return (_FOLDER / "longhand.css").read_text(encoding="utf-8")


def _joined(name):
    return "\n".join(_plain(source) for source in _with_imports(name, {}).values())


def _with_imports(name, done):
    source = (_FOLDER / f"{name}.js").read_text(encoding="utf-8")
    for needed in _IMPORT.findall(source):
        if needed not in done:
            _with_imports(needed, done)
    done[name] = source
    return done


def _plain(source):
    return re.sub(r"^export (?!default)", "", _IMPORT.sub("", source), flags=re.M)
