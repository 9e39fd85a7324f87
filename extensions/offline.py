"""The whole site as one file to take along: the last entry of each page's download menu. It reads from disk, without a server."""

import re
import zipfile
from pathlib import Path

NAME = "backprop-by-hand"
ITS_ENTRY = re.compile(rf"<li>(?:(?!</li>).)*{NAME}\.zip.*?</li>", re.DOTALL)


def setup(app):
    app.connect("html-page-context", add_to_menu, priority=502)  # after the theme's own entries
    app.connect("build-finished", write_zip, priority=960)  # after the light extension has written its files
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_to_menu(app, page, template, context, doctree):
    menu = next((group for group in context["header_buttons"] if group.get("label") == "download-buttons"), None)
    if menu:
        menu["buttons"].append({"type": "link", "url": context["pathto"](f"{NAME}.zip", 1), "text": ".zip, all pages", "icon": "fas fa-book",
                                "tooltip": "Download the whole book, to read without a network", "label": "download-book-button"})


def write_zip(app, problem):
    if problem or app.builder.format != "html":
        return
    site = Path(app.outdir)
    with zipfile.ZipFile(site / f"{NAME}.zip", "w", zipfile.ZIP_DEFLATED) as book:
        for path in sorted(site.rglob("*")):
            if path.is_file() and path.suffix != ".zip":
                content = path.read_bytes()
                if path.suffix == ".html":  # the book does not hold itself
                    content = ITS_ENTRY.sub("", content.decode()).encode()
                book.writestr(zipfile.ZipInfo(f"{NAME}/{path.relative_to(site).as_posix()}"), content, zipfile.ZIP_DEFLATED)
