"""Lines of code, each marked with the names of the sheet that it assigns, so that a number can point at its numpy; and
the names in it, each with its role."""

import html
import re

from markupsafe import Markup

from ..template import draw

_CODE = re.compile(r'(<div class="highlight"><pre>(?:<span></span>)?)(.*?)(</pre>)', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_NAME = re.compile(r'(<span class="o">\.</span>)?<span class="n">(\w+)</span>')  # no attribute
_ASSIGNS = re.compile(r"\s*([A-Za-z_][\w\s,]*?)\s*(?:\[[^=]*\])?\s*[-+*/]?=(?!=)")


def mark_lines(page, names, roles):
    """`page`, HTML, with each highlighted line of code that assigns one of `names` in a span with `data-line`, and with
    the `roles`, name -> role, of the names in it."""
    def marked(found):
        code = _NAME.sub(lambda name: _in_role(name, roles), found[2])
        return found[1] + "\n".join(_marked(line, names) for line in code.split("\n")) + found[3]

    return _CODE.sub(marked, page)


def _in_role(found, roles):
    role = None if found[1] else roles.get(found[2])
    return found[0].replace("<span ", f'<span data-role="{role}" ') if role else found[0]


def _marked(line, names):
    found = _ASSIGNS.match(html.unescape(_TAG.sub("", line)))
    assigned = [name for name in re.findall(r"\w+", found[1]) if name in names] if found else []
    is_whole = line.count("<span") == line.count("</span>")  # no token goes on in the next line
    return draw("line.html", names=assigned, line=Markup(line)) if assigned and is_whole else line
