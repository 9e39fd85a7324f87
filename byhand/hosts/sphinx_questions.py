"""Questions on a static page: what follows one, in its section or on its page, is closed by its style, and the answers
end the page.

Above the first one stands the wish that nothing is closed.
"""

import re

from docutils import nodes
from markupsafe import Markup
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..template import draw

_QUESTION = re.compile(r'data-asked[^>]*>(?P<asked>.*?)</p>.*?data-told[^>]*>(?P<told>.*?)</div>', re.DOTALL)
_SHEET = re.compile(r'data-sheet="([^"]*)"')


def close_and_answer(drawn):
    """A transform for views of the class of nodes `drawn`, whose HTML is their "html"."""
    class Questions(SphinxPostTransform):
        """Marks the blocks that close what follows them, and puts the answers, for paper, at the end of the page."""

        default_priority = 5  # before the sheets, which are last

        def run(self, **options):
            found = [(node, asked) for node in self.document.findall(drawn)
                     for asked in _QUESTION.finditer(node["html"])]
            for node, _ in found:
                _block_of(node)["classes"].append("byhand-closes")
            if found and self.app.builder.format == "html":
                items = [{"sheet": _SHEET.search(node["html"])[1], "asked": Markup(asked["asked"]),
                          "told": Markup(asked["told"])} for node, asked in found]
                self.document += nodes.raw("", draw("answers.html", items=items), format="html")
                if 'data-closes="page"' in found[0][0]["html"]:
                    _close_sections([node for node, _ in found])
                first = _block_of(found[0][0])
                wish = nodes.raw("", draw("everything.html", sheet=items[0]["sheet"]), format="html")
                first.parent.insert(first.parent.index(first), wish)

    return Questions


def _close_sections(questions):
    """Marks the sections that close those behind them, which say so."""
    asking = [_block_of(node).parent for node in questions]
    page = asking[0].parent
    for section in page[page.index(asking[0]):]:
        if section in asking:
            section["classes"].append("byhand-asks")
        if section is not asking[0]:
            section.insert(1, nodes.raw("", draw("behind.html"), format="html"))


def _block_of(node):
    """The whole block of a section that a node stands in: a cell, with its code."""
    while node.parent is not None and not isinstance(node.parent, (nodes.section, nodes.document)):
        node = node.parent
    return node
