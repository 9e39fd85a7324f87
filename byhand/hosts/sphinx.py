"""The static host: puts sheets on pages that have no kernel. All that knows about Sphinx and MyST-NB is here."""

import json
import re
from collections import ChainMap
from pathlib import Path

import numpy as np
from docutils import nodes
from markupsafe import Markup
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from .. import bundle
from ..packing import pack, unpack
from ..sheet import run
from ..template import draw
from ..views import LARGE, large_in
from ..views.printed import mark_printed
from ..writing.mathtext import latex, plain
from ..writing.name import split
from ..writing.twin import Table, line_text, twin
from .kernel import MIME
from .sphinx_eval import allow_calls, run_inline
from .sphinx_lines import mark_lines
from .sphinx_mathjax import leave_formulas_alone
from .sphinx_questions import close_and_answer
from .sphinx_sentences import tell_what_moves

WIDGET = "application/vnd.jupyter.widget-view+json"
_SHEETS = re.compile(r'class="byhand-sheet"[^>]*>(.*?)</script>', re.DOTALL)
_LOST = ("this view stands still, for no output of its notebook has the sheet that it shows: run the notebook again, "
         "from its first cell on, and save it")
_log = logging.getLogger(__name__)


def setup(app):
    app.add_node(live, html=(_write_html, None))
    app.add_node(written, html=(_write_plain, None))
    app.add_transform(LivePrints)
    app.connect("config-inited", leave_formulas_alone)
    app.connect("config-inited", allow_calls)
    app.connect("source-read", run_inline)
    app.add_post_transform(close_and_answer(live))
    app.add_post_transform(tell_what_moves(live))
    app.add_post_transform(Sheets)
    app.add_post_transform(Twins)
    app.connect("builder-inited", _add_frontend)
    app.connect("html-page-context", _load_where_live)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class live(nodes.General, nodes.Element):
    """A drawn view or print for pages in HTML; its children are its text twin, for other builders and for search."""


class written(nodes.General, nodes.Inline, nodes.Element):
    """A formula in a text twin. No `math` node: where one is, Sphinx has the page load MathJax from another host."""


def _write_html(writer, node):
    raw = nodes.raw("", node["html"], format="html", classes=node["classes"])
    raw.parent = node.parent
    writer.visit_raw(raw)


def _write_plain(writer, node):
    writer.body.append(writer.encode(node["plain"]))
    raise nodes.SkipNode


class Twins(SphinxPostTransform):
    """Puts the text twins in the place of drawn views, for builders that write no HTML."""

    default_priority = 6  # after MyST-NB has picked the outputs, before references are resolved

    def run(self, **options):
        if self.app.builder.format == "html":
            return
        for node in list(self.document.findall(live)):
            place = node.parent.index(node)
            node.parent[place:place + 1] = [child.deepcopy() for child in node.children]
        for symbols in list(self.document.findall(written)):
            is_latex = self.app.builder.format == "latex"
            symbols.replace_self(nodes.math("", symbols["latex"]) if is_latex else nodes.Text(symbols["plain"]))


class MimeRenderer:
    """MyST-NB's renderer for our MIME type: the drawn view, which names its sheet."""

    mime_priority_overrides = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        if data.mime_type != MIME:
            return None
        html, name = data.content["html"], data.content["name"]
        if not _takes_sheet(renderer, data):
            _log.warning(_LOST, location=(renderer.renderer.document.settings.env.docname, data.line), type="byhand",
                         subtype="sheet")
            return (_inline if inline else _blocks_of)(html)
        if inline:
            drawn = draw("inline.html", name=name, html=Markup(html))
            return [live("", *_inline(html), html=drawn, sheet=name, inside=html)]
        return [live("", *_blocks_of(html), html=draw("view.html", name=name, html=Markup(html)), classes=["output"])]


def _takes_sheet(renderer, data):
    """Notes the sheet of a view for its page; False where neither the view nor another output has brought it."""
    sheets, name = renderer.renderer.document.setdefault("byhand_sheets", {}), data.content["name"]
    if name not in sheets:
        sheet = data.content.get("sheet") or _sheet_in(renderer.renderer.nb_client.notebook, name)
        if sheet:
            sheets[name] = _script_json(sheet | {"program": _packed(sheet["program"])})
    return name in sheets


def _sheet_in(notebook, name):
    """The sheet that some output brings, of which the page may show nothing; None where none does."""
    outputs = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
    # Glue puts a word before it.
    views = [content for data in outputs for mime, content in data.items() if mime.endswith(MIME)]
    return next((view["sheet"] for view in views if view["name"] == name and "sheet" in view), None)


class Sheets(SphinxPostTransform):
    """Puts the sheets of a page below its views, each once."""

    default_priority = 6

    def run(self, **options):
        sheets = self.document.get("byhand_sheets", {})
        self.document += [nodes.raw("", draw("sheet.html", name=name, data=Markup(data)), format="html")
                          for name, data in sheets.items()]


class LivePrints(SphinxTransform):
    """Marks the numbers in what code cells printed; warns where they are not the sheet's."""

    default_priority = 400

    def apply(self):
        sheets = self.document.get("byhand_sheets")
        if sheets is None:
            return
        self.drop_widget_state()
        self.sheets = {name: json.loads(sheet) for name, sheet in sheets.items()}
        arrays = {name: _arrays(sheet["program"]) for name, sheet in self.sheets.items()}
        precision = 8
        for cell in self.containers("cell_code"):
            code = "\n".join(block.astext() for block in _blocks(cell, "cell_code_source"))
            found = re.search(r"set_printoptions\([^)]*precision\s*=\s*(\d+)", code)
            precision = int(found.group(1)) if found else precision
            for block in _blocks(cell, "cell_code_output"):
                if "stream" in block["classes"]:
                    self.mark(block, code, arrays, precision)

    def containers(self, role):
        return list(self.document.findall(lambda node: isinstance(node, nodes.container)
                                          and node.get("nb_element") == role))

    def drop_widget_state(self):
        """MyST-NB would put the state of every widget on the page, and load a widget manager from elsewhere."""
        shown = [{child["mime_type"] for child in bundle.children} for bundle in self.containers("mime_bundle")]
        if any(WIDGET in types and MIME not in types for types in shown):
            return  # somebody else's widget needs them
        files = self.env.nb_metadata[self.env.docname].get("js_files", {})
        for key in [key for key in files if key.startswith("ipywidgets_")]:
            del files[key]

    def mark(self, block, code, arrays, precision):
        parts, problems = mark_printed(code, block.astext(), arrays, precision)
        for problem in problems:
            _log.warning(problem, location=block, type="byhand")
        html = draw("sphinx_output.html", parts=[self.in_role(part) for part in parts])
        block.replace_self(live("", block.deepcopy(), html=html, classes=["output", "stream"]))

    def in_role(self, part):
        """A part of a print: an array, with its role, or a text."""
        if isinstance(part, str):
            return part
        roles = self.sheets[part["sheet"]].get("roles", {})
        return part | {"role": roles.get(split(part["name"])[0])}


def _blocks_of(html):
    """The text twin of a view, as paragraphs and tables."""
    return [_table(block.rows) if isinstance(block, Table) else nodes.paragraph("", "", *_words(block.parts))
            for block in twin(html)]


def _inline(html):
    """The text twin of a view in a sentence."""
    return [node for block in twin(html) for node in _words(getattr(block, "parts", []))]


def _words(parts):
    return [nodes.Text(part) if isinstance(part, str) else written("", latex=latex(part), plain=plain(part))
            for part in parts]


def _table(rows):
    head, *body = [nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *_words(cell))) for cell in row))
                   for row in rows]
    columns = [nodes.colspec(colwidth=max(len(line_text(cell)) for cell in column) + 2) for column in zip(*rows)]
    group = nodes.tgroup("", *columns, nodes.thead("", head), nodes.tbody("", *body), cols=len(columns))
    return nodes.table("", group)


def _blocks(cell, role):
    for part in cell.children:
        if isinstance(part, nodes.container) and part.get("nb_element") == role:
            yield from part.findall(nodes.literal_block)


def _arrays(program):
    values = run(unpack(program["cells"]))
    return {name: np.array([values[i] for i in place["cells"]]).reshape(place["shape"])[()]
            for name, place in program["names"].items()}


def _packed(program):
    return program | {"cells": pack(program["cells"])}


def _script_json(data):
    """JSON that may stand inside <script>."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def _add_frontend(app):
    """Hands Sphinx the page's style as a static file, and renews the scripts of pages that are not written again."""
    folder = Path(app.doctreedir) / "byhand"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "byhand.css").write_text(bundle.style(), encoding="utf-8")
    app.config.html_static_path.append(str(folder))
    app.add_css_file("byhand.css")
    for script in Path(app.outdir, "_static").glob("byhand*.js"):
        if set(large := script.stem.split("-")[1:]) <= LARGE.keys():
            _write_script(app, large)


def _write_script(app, large):
    """Writes the script for pages that have these large kinds of view. Gives its name."""
    name = "-".join(["byhand", *large]) + ".js"
    static = Path(app.outdir, "_static")  # where Sphinx has its own by the time it writes pages
    static.mkdir(parents=True, exist_ok=True)
    (static / name).write_text(bundle.page_script(tuple(large)), encoding="utf-8")
    return name


def _load_where_live(app, page, template, context, doctree):
    if 'class="byhand-sheet"' in context.get("body", ""):
        app.add_js_file(_write_script(app, large_in(context["body"])), loading_method="defer")
        sheets = [json.loads(sheet) for sheet in _SHEETS.findall(context["body"])]
        names = set().union(*(sheet["program"]["names"] for sheet in sheets))
        marked = mark_lines(context["body"], names, _roles(sheets))
        context["body"] = draw("scripted.html") + draw("notice.html", owner=sheets[0]["owner"]) + marked + _dock(sheets)


def _dock(sheets):
    """The bar that keeps the numbers in sight, with the switch of the first sheet that has one."""
    switched = next((sheet for sheet in sheets if sheet.get("points")), None)
    points = switched and draw("points.html", owner=switched["owner"].removeprefix("the "), points=switched["points"],
                               about="")
    return draw("dock.html", points=Markup(points or ""))


def _roles(sheets):
    """The role of each name to which all sheets of a page give one and the same."""
    told = [sheet.get("roles", {}) for sheet in sheets]
    return {name: role for name, role in ChainMap(*told).items()
            if all(roles.get(name, role) == role for roles in told)}
