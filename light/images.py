"""Images with their sizes written beside them: a page leaves room for each, and nothing moves when it comes."""

import base64
import re
from io import BytesIO
from pathlib import Path

import imagesize

IMAGE = re.compile(r'<img\b(?![^>]*\s(?:width|height|style)=)(?=[^>]*\bsrc="(?P<source>[^"]+)")')
DATA = re.compile(r"data:[^,]*;base64,(.*)", re.DOTALL)


def with_sizes(html, app):
    """`html` with width and height, in pixels, at each image of the book that has neither."""
    files = {name: Path(app.srcdir, source) for source, (_, name) in app.env.images.items()}

    def replace(image):
        data = DATA.match(image["source"])
        file = BytesIO(base64.b64decode(data[1])) if data else files.get(Path(image["source"]).name)
        width, height = imagesize.get(file) if file else (-1, -1)
        return f'<img width="{width:.0f}" height="{height:.0f}"' if width > 0 else image[0]
    return IMAGE.sub(replace, html)
