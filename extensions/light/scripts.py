"""The scripts of a page: which are dropped, which wait, which are joined into _static/book.js."""

import re
from pathlib import Path

from rjsmin import jsmin

TAG = re.compile(r'[ \t]*<script\b(?P<attributes>[^>]*?)\bsrc="(?P<source>[^"?]+)[^>]*></script>\n?')
PRELOAD = re.compile(r'[ \t]*<link\b[^>]*rel="preload"[^>]*as="script"[^>]*>\n?')

DROPPED = {"fontawesome.js"}  # icons are a font: fonts.py
SEARCH = {"searchtools.js", "language_data.js", "searchindex.js"}  # as you type, which is off; the search page has its own
WAITING = {"bootstrap.js"}  # menus.js fetches it
INLINE = {"documentation_options.js"}  # small, and scripts in the page need it at once
ALONE = {"longhand.js", "searchtools.js"}  # not on every page: a file of their own
NEEDS = {"design-tabs.js": "sd-tab-set"}  # of no use where no page has this class


def replace_tags(html, static, out, asked):
    """`html` with the scripts that belong to every page replaced by one; their sources are added to `asked`."""
    def replace(tag):
        name = Path(tag["source"]).name
        if name in INLINE:
            return f"<script>{jsmin(Path(out, '_static', name).read_text(encoding='utf-8'))}</script>\n"
        if name in ALONE and name not in SEARCH:
            return tag[0]
        if name in DROPPED | WAITING | SEARCH:
            return ""
        return join(tag["source"].removeprefix(static), static, asked)
    return TAG.sub(replace, PRELOAD.sub("", html))


def join(source, static, asked):
    """The tag of the joined script, where the first script of a page was; nothing where the others were."""
    if source not in asked:
        asked.append(source)
    return f'    <script defer src="{static}book.js"></script>\n' if source == asked[0] else ""


def bundle(static, asked, pages):
    """The text of the joined script."""
    needed = [source for source in asked if any(NEEDS.get(Path(source).name, "") in page for page in pages)]
    opening = "/* Joined by extensions/light. */;"  # a "use strict" after it concerns no other script
    return ";\n".join([opening, *(small(static / source) for source in needed), small(Path(__file__).parent / "menus.js")])


def small(source):
    return re.sub(r"//# sourceMappingURL=.*", "", jsmin(source.read_text(encoding="utf-8"), keep_bang_comments=True))


def shrink_alone(static):
    """Makes the scripts that stay alone small, and tells what is in them."""
    files = [path for path in static.rglob("*.js") if path.name in ALONE]
    for path in files:
        path.write_text(small(path), encoding="utf-8")
    return [path.read_text(encoding="utf-8") for path in files]
