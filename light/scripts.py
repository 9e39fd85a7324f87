"""The scripts of a page: which are dropped, which wait, which are joined into _static/book.js."""

import re
from fnmatch import fnmatch
from pathlib import Path

from rjsmin import jsmin

try:
    import minify  # gives local names short ones too: a fifth less to load
except ImportError:  # it has no wheel for every system
    minify = None

from .foreign import DROPPED, INLINE, NEEDS, OWN_SCRIPT, SEARCH, WAITING

TAG = re.compile(r'[ \t]*<script\b(?P<attributes>[^>]*?)\bsrc="(?P<source>[^"?]+)[^>]*></script>\n?')
PRELOAD = re.compile(r'[ \t]*<link\b[^>]*rel="preload"[^>]*as="script"[^>]*>\n?')

SMALL = "/* Made small. */"  # once: made small again it comes out another way, and a later build may find it there


def replace_tags(html, static, out, asked, alone):
    """`html` with the scripts that belong to every page replaced by one; their sources are added to `asked`.

    Those whose names match one of `alone` stay as they are.
    """
    def replace(tag):
        name = Path(tag["source"]).name
        if name in INLINE:
            return f"<script>{small(Path(out, '_static', name))}</script>\n"
        if stays_alone(name, alone) and name not in SEARCH:
            return tag[0]
        if name in DROPPED | WAITING | SEARCH:
            return ""
        return join(tag["source"].removeprefix(static), static, asked)
    return TAG.sub(replace, PRELOAD.sub("", html))


def stays_alone(name, alone):
    return any(fnmatch(name, pattern) for pattern in alone)


def join(source, static, asked):
    """The tag of the joined script, where the first script of a page was; nothing where the others were."""
    if source not in asked:
        asked.append(source)
    return f'    <script defer src="{static}book.js"></script>\n' if source == asked[0] else ""


def bundle(static, asked, pages):
    """The text of the joined script."""
    needed = [source for source in asked if any(NEEDS.get(Path(source).name, "") in page for page in pages)]
    opening = "/* Joined by light/. */;"  # a "use strict" after it concerns no other script
    return ";\n".join([opening, *(small(static / source) for source in needed), small(OWN_SCRIPT)])


def small(source):
    text = re.sub(r"//# sourceMappingURL=.*", "", source.read_text(encoding="utf-8"))
    return minify.string("text/javascript", text) if minify else jsmin(text, keep_bang_comments=True)


def shrink_alone(static, alone):
    """Makes the scripts that stay alone small, each once, and tells what is in them."""
    files = [path for path in static.rglob("*.js") if stays_alone(path.name, alone)]
    for path in files:
        if not path.read_text(encoding="utf-8").startswith(SMALL):
            path.write_text(SMALL + small(path), encoding="utf-8")
    return [path.read_text(encoding="utf-8") for path in files]
