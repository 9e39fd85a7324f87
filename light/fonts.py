"""The fonts of the styles, put into them: no request, nothing moves later. Icon fonts keep the icons in use."""

import base64
import logging
import re
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

from .foreign import ICON, ICON_FONTS

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells Sphinx of each table
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FILE = re.compile(r"""src:\s*url\(\s*['"]?([^)'"]+\.woff2)['"]?\s*\)[^;}]*""")
FAMILY = re.compile(r"""font-family:\s*['"]?([^;}'"]+)""")
SIGN = re.compile(ICON, re.IGNORECASE)


def embed(css, static):
    """`css` with each font that it uses inside, and without the others."""
    rules = FACE.sub("", css)
    icons = {int(code, 16) if code else ord(sign) for code, sign in SIGN.findall(rules)}
    return FACE.sub(lambda face: embed_face(face[0], rules, icons, static), css)


def embed_face(face, rules, icons, static):
    if plain(FAMILY.search(face)[1]) not in plain(rules):
        return ""
    file = static / FILE.search(face)[1]
    font = shrink(file, icons) if ICON_FONTS in file.parts else file.read_bytes()
    address = "data:font/woff2;base64," + base64.b64encode(font).decode()
    return FILE.sub(f'src:url({address}) format("woff2")', face) if font else ""


def plain(family):
    return re.sub(r"""[\\'"]""", "", family)


def shrink(file, icons):
    """The font in `file` with the glyphs of `icons` alone; nothing where it has none of them."""
    font = TTFont(file, recalcTimestamp=False)  # the same icons are the same bytes, whenever they are built
    found = icons & font.getBestCmap().keys()
    if not found:
        return b""
    icons -= found  # the lighter weights of the same family need not repeat them
    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], name_IDs=[])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=found)
    subsetter.subset(font)
    out = BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()
