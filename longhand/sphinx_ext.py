"""The static host: puts sheets on pages that have no kernel. All that knows about Sphinx and MyST-NB is here."""

import hashlib
import json
import re
from pathlib import Path

import numpy as np
from docutils import nodes
from markupsafe import Markup
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from . import bundle
from .sheet import run
from .views import draw
from .views.lines import mark_lines
from .views.printed import mark_printed
from .widget import MIME

WIDGET = "application/vnd.jupyter.widget-view+json"
_SHEETS = re.compile(r'class="longhand-sheet"[^>]*>(.*?)</script>', re.S)
_log = logging.getLogger(__name__)


def setup(app):
    app.add_transform(LivePrints)
    app.connect("builder-inited", _add_frontend)
    app.connect("html-page-context", _load_where_live)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class MimeRenderer:
    """MyST-NB's renderer for our MIME type: the drawn view, and once a page its sheet."""

    mime_priority_overrides = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        if data.mime_type != MIME:
            return None
        if inline:  # prose: the page's own sheet serves
            return [nodes.raw("", data.content["html"], format="html")]
        document = renderer.renderer.document
        html, sheet = data.content["html"], data.content["sheet"]
        name = "longhand-" + hashlib.sha1(json.dumps(sheet, sort_keys=True).encode()).hexdigest()[:8]
        sheets = document.setdefault("longhand_sheets", {})
        script = "" if name in sheets else draw("sheet.html", name=name, data=Markup(_script_json(sheet)))
        sheets[name] = sheet["program"]
        view = draw("view.html", name=name, html=Markup(html))
        return [nodes.raw("", f"{script}\n{view}", format="html", classes=["output"])]


class LivePrints(SphinxTransform):
    """Marks the numbers in what code cells printed; warns where they are not the sheet's."""

    default_priority = 400

    def apply(self):
        sheets = self.document.attributes.pop("longhand_sheets", None)
        if not sheets:
            return
        self.drop_widget_state()
        values = {}
        for program in reversed(sheets.values()):
            values |= _arrays(program)
        precision = 8
        for cell in self.containers("cell_code"):
            code = "\n".join(block.astext() for block in _blocks(cell, "cell_code_source"))
            found = re.search(r"set_printoptions\([^)]*precision\s*=\s*(\d+)", code)
            precision = int(found.group(1)) if found else precision
            for block in _blocks(cell, "cell_code_output"):
                if "stream" in block["classes"]:
                    self.mark(block, code, values, precision)

    def containers(self, role):
        return list(self.document.findall(lambda node: isinstance(node, nodes.container) and node.get("nb_element") == role))

    def drop_widget_state(self):
        """MyST-NB would put the state of every widget on the page, and load a widget manager from elsewhere."""
        shown = [set(child["mime_type"] for child in bundle.children) for bundle in self.containers("mime_bundle")]
        if any(WIDGET in types and MIME not in types for types in shown):
            return  # somebody else's widget needs them
        files = self.env.nb_metadata[self.env.docname].get("js_files", {})
        for key in [key for key in files if key.startswith("ipywidgets_")]:
            del files[key]

    def mark(self, block, code, values, precision):
        parts, problems = mark_printed(code, block.astext(), values, precision)
        for problem in problems:
            _log.warning(problem, location=block, type="longhand")
        html = draw("output.html", parts=parts)
        block.replace_self(nodes.raw("", html, format="html", classes=["output", "stream"]))


def _blocks(cell, role):
    for part in cell.children:
        if isinstance(part, nodes.container) and part.get("nb_element") == role:
            yield from part.findall(nodes.literal_block)


def _arrays(program):
    values = run(program["cells"])
    return {name: np.array([values[i] for i in place["cells"]]).reshape(place["shape"])[()]
            for name, place in program["names"].items()}


def _script_json(data):
    """JSON that may stand inside <script>."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def _add_frontend(app):
    """Hands Sphinx the page's script and style as static files."""
    folder = Path(app.doctreedir) / "longhand"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "longhand.js").write_text(bundle.page_script(), encoding="utf-8")
    (folder / "longhand.css").write_text(bundle.style(), encoding="utf-8")
    app.config.html_static_path.append(str(folder))
    app.add_css_file("longhand.css")


def _load_where_live(app, page, template, context, doctree):
    if 'class="longhand-sheet"' in context.get("body", ""):
        app.add_js_file("longhand.js", loading_method="defer")
        names = set().union(*(json.loads(sheet)["program"]["names"] for sheet in _SHEETS.findall(context["body"])))
        context["body"] = draw("notice.html") + mark_lines(context["body"], names)
