"""Formulas as MathML, which browsers print without a script: TeX in the pages, MathML Core in the site."""

import re
from html import escape

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

_log = logging.getLogger(__name__)
_converter = LatexToMathML(fancy_error=False)


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_display, None))
    app.add_css_file("math.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def visit_inline(writer, node):
    writer.body.append(mathml(node.astext(), node, displaystyle=False))
    raise nodes.SkipNode


def visit_display(writer, node):
    writer.body.append(writer.starttag(node, "div", CLASS="math", **{"data-scrolls": "Formula"}))
    writer.body.append(mathml(multiline(node.astext()), node, displaystyle=True))
    if node["number"]:
        writer.body.append(f'<span class="eqno">({get_node_equation_number(writer, node)})')
        writer.add_permalink_ref(node, _("Link to this equation"))
        writer.body.append("</span>")
    writer.body.append("</div>\n")
    raise nodes.SkipNode


def multiline(tex):
    """TeX as Sphinx allows it: lines parted by \\\\ need no environment, and none numbers its lines by itself."""
    if r"\\" in without_environments(tex):
        return rf"\begin{{aligned}}{tex}\end{{aligned}}"
    return re.sub(r"\\(begin|end)\{(align|gather|equation|multline)\}", r"\\\1{\2*}", tex)


def without_environments(tex):
    """What of `tex` stands in no \\begin … \\end: innermost pairs are taken out until there are none."""
    rest = re.sub(r"\\begin\{(\w+\*?)\}((?!\\begin).)*?\\end\{\1\}", "", tex, flags=re.DOTALL)
    return rest if rest == tex else without_environments(rest)


def mathml(tex, node, displaystyle):
    """`tex` as a <math> element; a formula that cannot be read is a warning and stays as it is."""
    try:
        return _converter.convert_with_local_state(tex.strip(), displaystyle=displaystyle)
    except LatexError as error:
        _log.warning("in the formula %s: %s", tex, error, location=node, type="mathml")
        return f"<code>{escape(tex)}</code>"
