"""What a page weighs: the compressed bytes and the requests of a first visit. Too much is a warning, so an error.

Where scripts could not be made as small as they can be (see scripts.py), it is said, and no warning.
"""

import gzip
import re
from pathlib import Path

from sphinx.util import logging

from .scripts import minify

PAGED = ("html", "dirhtml")  # the builders that write a page for each file
FILE = re.compile(r'''<(?:link(?=[^>]*rel="(?:stylesheet|icon)")|script|img|source)\b[^>]*?'''
                  r'''\b(?:href|src)="(?!data:)([^"?#]+)''')
_log = logging.getLogger(__name__)


def warn_about_heavy_pages(app, problem):
    if problem or app.builder.name not in PAGED:
        return
    most, requests = app.config.light_bytes, app.config.light_requests
    for page in sorted(app.env.found_docs):
        files = files_of(Path(app.builder.get_outfilename(page)))
        size = sum(map(compressed, files))
        if size > most or len(files) > requests:
            largest = ", ".join(f"{file.name} {compressed(file):,}" for file in sorted(files, key=compressed)[:-4:-1])
            tell = _log.warning if minify else _log.info
            tell("%s weighs %s bytes in %d requests (goal: %s in %d): %s. See light/.",
                 page, f"{size:,}", len(files), f"{most:,}", requests, largest, type="light")


def files_of(page):
    """The page and the files that it loads at once."""
    names = dict.fromkeys(FILE.findall(page.read_text(encoding="utf-8")))
    return [page, *(page.parent / name for name in names if "://" not in name)]


def compressed(file):
    """Its bytes as a server sends them."""
    return len(gzip.compress(file.read_bytes(), 6))
