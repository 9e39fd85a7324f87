"""Files to take along, the last entries of each page's download menu: the whole site, which reads from disk without a
server, and the notebooks with all that they need to run.
"""

import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAME = "backprop-by-hand"
ITS_ENTRY = re.compile(rf"<li>(?:(?!</li>).)*{NAME}[a-z-]*\.zip.*?</li>", re.DOTALL)
ENTRIES = [
    {"file": f"{NAME}-notebooks.zip", "text": ".zip, notebooks to run", "icon": "fas fa-file-code",
     "label": "download-notebooks-button",
     "tooltip": "Download the pages as notebooks, with the code that they need: “make lab” opens them"},
    {"file": f"{NAME}.zip", "text": ".zip, all pages", "icon": "fas fa-book", "label": "download-book-button",
     "tooltip": "Download the whole book, to read without a network"},
]
NEEDED = ["Makefile", "README.md", "LICENSE*", "CITATION.cff", "*.txt", "*.toml", "*.yml", "book/**/*",
          "extensions/**/*", "light/**/*", "lab/*.*", "byhand/**/*"]
LEFT_OUT = re.compile(r"__pycache__|\.egg-info|\.ipynb")


def setup(app):
    app.connect("html-page-context", add_to_menu, priority=502)  # after the theme's own entries
    app.connect("build-finished", write_zips, priority=960)  # after the light extension has written its files
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_to_menu(app, page, template, context, doctree):
    if app.builder.name != "html":
        return
    menu = next((group for group in context["header_buttons"] if group.get("label") == "download-buttons"), None)
    for entry in ENTRIES if menu else []:
        shown = {key: value for key, value in entry.items() if key != "file"}
        menu["buttons"].append({"type": "link", "url": context["pathto"](entry["file"], 1)} | shown)


def write_zips(app, problem):
    if problem or app.builder.name != "html":
        return
    site = Path(app.outdir)
    write(site / f"{NAME}.zip",
          [(path.relative_to(site), without_entries(path)) for path in files(site, ["**/*"]) if path.suffix != ".zip"])
    write(site / f"{NAME}-notebooks.zip", [(path.relative_to(ROOT), path.read_bytes()) for path in files(ROOT, NEEDED)])


def files(folder, patterns):
    return sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file()
                  and not LEFT_OUT.search(path.as_posix()))


def without_entries(path):
    """A page does not offer the file that it is in."""
    content = path.read_bytes()
    return ITS_ENTRY.sub("", content.decode()).encode() if path.suffix == ".html" else content


def write(target, members):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members:
            archive.writestr(zipfile.ZipInfo(f"{target.stem}/{path.as_posix()}"), content, zipfile.ZIP_DEFLATED)
