"""The styles of a page: of all that theme and extensions bring, the rules that something on some page can match."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import tinycss2
from rcssmin import cssmin

from .foreign import LIGHT, LIGHT_OR_OPEN, MENUS, OWN_STYLE, PARTS

LINK = re.compile(r'[ \t]*<link\b(?=[^>]*rel="stylesheet")[^>]*href="(?P<source>[^"?]+)[^>]*>\n?')
IMPORT = re.compile(r'@import "([^"]+)";')
ADDRESS = re.compile(r"""url\((['"]?)(?!data:|https?:|#)([^)'"]+)\1\)""")
VARIABLE = re.compile(r"""(?<=[{;\s])(--[\w-]+)\s*:(?:"[^"]*"|'[^']*'|url\([^"')]*\)|[^;{}"'])*(?:;|(?=\}))""")
NESTING = {"media", "supports", "layer", "container"}


def replace_links(html, static, asked):
    """`html` with its stylesheets replaced by one; their sources are added to `asked`."""
    def replace(link):
        source = link["source"].removeprefix(static)
        if source not in asked:
            asked.append(source)
        return f'  <link rel="stylesheet" href="{static}book.css" />\n' if source == asked[0] else ""
    return LINK.sub(replace, html)


@dataclass
class Used:
    """Every name that a selector can ask for: classes, ids and tags of the pages, and any word of their scripts."""

    names: set
    tags: set
    text: str

    @classmethod
    def by(cls, pages, scripts):
        html = "\n".join(pages)
        live = "\n".join([*scripts, *re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)])
        words = set(re.findall(r"[\w-]+", live)) - PARTS | MENUS
        named = {word for value in re.findall(r'\b(?:class|id)="([^"]*)"', html) for word in value.split()}
        return cls(named | words, {tag.lower() for tag in re.findall(r"<([a-zA-Z][\w-]*)", html)} | words, html + live)


def bundle(static, asked, used):
    """One stylesheet, in the order of `asked`."""
    sources = [*(static / source for source in asked), OWN_STYLE]
    whole = "\n".join(read(source, static) for source in sources)
    kept = keep(tinycss2.parse_stylesheet(whole, True, True), used)
    return cssmin(re.sub(LIGHT, LIGHT_OR_OPEN, without_idle_animations(without_idle_variables(kept, used.text))))


def read(path, static):
    """A stylesheet with its imports, its addresses taken from the static folder."""
    text = path.read_text(encoding="utf-8").removeprefix("\ufeff").replace('@charset "UTF-8";', "")
    text = ADDRESS.sub(lambda found: f'url("{relative(path.parent / found[2], static)}")', text)
    return IMPORT.sub(lambda found: read(path.parent / found[1], static), text)


def relative(path, static):
    return Path(os.path.relpath(path, static)).as_posix()


def keep(rules, used):
    """The text of those `rules` that something can match."""
    return "\n".join(filter(None, (keep_rule(rule, used) for rule in rules)))


def keep_rule(rule, used):
    if rule.type == "qualified-rule":
        selectors = [selector for selector in split(rule.prelude) if matches(selector, used)]
        kept = ",".join(map(tinycss2.serialize, selectors))
        return f"{kept}{{{tinycss2.serialize(rule.content)}}}" if selectors else ""
    if rule.type == "at-rule" and rule.lower_at_keyword in NESTING and rule.content is not None:
        inner = keep(tinycss2.parse_rule_list(rule.content, True, True), used)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}" if inner else ""
    return rule.serialize() if rule.type == "at-rule" else ""


def split(prelude):
    """The selectors between the commas of `prelude`."""
    selectors = [[]]
    for token in prelude:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def matches(selector, used):
    """True where all classes, ids and tags of `selector` are used; what stands in :not(…) does not count."""
    before = ""
    for token in selector:
        if token.type == "ident" and before == ".":
            found = token.value in used.names
        elif token.type == "hash":
            found = token.value in used.names
        else:
            found = token.type != "ident" or before == ":" or token.lower_value in used.tags
        if not found:
            return False
        before = token.value if token.type == "literal" else ""
    return True


def without_idle_variables(css, text):
    """`css` without the --variables that neither it nor the pages read, until there are none left to take out."""
    read = set(re.findall(r"var\(\s*(--[\w-]+)", css)) | set(re.findall(r"--[\w-]+", text))
    rest = VARIABLE.sub(lambda found: found[0] if found[1] in read else "", css)
    return css if rest == css else without_idle_variables(rest, text)


def without_idle_animations(css):
    """`css` without the @keyframes that no rule names."""
    def replace(found):
        return found[0] if re.search(rf"animation(?:-name)?\s*:[^;}}]*\b{found[1]}\b", css) else ""
    return re.sub(r"@(?:-webkit-)?keyframes\s+([\w-]+)\s*\{(?:[^{}]*\{[^{}]*\})*\s*\}", replace, css)
