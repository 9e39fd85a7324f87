"""Images with their sizes written beside them: a page leaves room for each, and nothing moves when it comes; and
drawings with as many colours as they need."""

import base64
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_to_bytes

import imagesize
from PIL import Image

BEFORE = r'(?:[^>"]|"[^"]*")*\s'  # other attributes: a drawing in an address has words of its own
IMAGE = re.compile(rf'<img\b(?!{BEFORE}(?:width|height|style)=)(?={BEFORE}src="(?P<source>[^"]+)")')
DRAWN = 1000  # colours at most, with those that smooth its lines: what has more is a photograph
DATA = re.compile(r"data:[^,]*?(?P<packed>;base64)?,(?P<text>.*)", re.DOTALL)


def with_sizes(html, app):
    """`html` with width and height, in pixels, at each image of the book that has neither."""
    files = {name: Path(app.srcdir, source) for source, (_, name) in app.env.images.items()}

    def replace(image):
        data = DATA.match(image["source"])
        file = BytesIO(_content(data)) if data else files.get(Path(image["source"]).name)
        width, height = imagesize.get(file) if file else (-1, -1)
        return f'<img width="{width:.0f}" height="{height:.0f}"' if width > 0 else image[0]
    return IMAGE.sub(replace, html)


def _content(data):
    return base64.b64decode(data["text"]) if data["packed"] else unquote_to_bytes(unescape(data["text"]))


def shrink_drawings(app, problem):
    """Drawings as PNG with a palette: nobody sees the 256 colours that are left, and they weigh a third."""
    for path in Path(app.outdir, "_images").glob("*.png") if not problem else ():
        with Image.open(path) as image:
            drawn = image.convert("RGB") if image.mode in ("RGB", "RGBA") and _is_opaque(image) else None
        if drawn and drawn.getcolors(DRAWN):
            drawn.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def _is_opaque(image):
    return image.mode == "RGB" or image.getextrema()[3][0] == 255
