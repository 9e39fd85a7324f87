"""Makes book/assets/math.woff2, the part of STIX Two Math that the book prints.

    npm pack @fontsource/stix-two-math@5.3.0 && tar xzf fontsource-stix-two-math-5.3.0.tgz
    pip install fonttools brotli
    python extensions/math_font.py package/files/stix-two-math-latin-400-normal.woff2

The result is committed; run this again to add a character. Every other character falls back to the reader's fonts.
"""

import sys
from pathlib import Path

from fontTools import subset

TARGET = Path(__file__).parent.parent / "book" / "assets" / "math.woff2"
MINUS = 0x2212

CHARACTERS = "".join([
    "".join(map(chr, range(0x20, 0x7F))),  # letters, digits, brackets, upright operators
    "".join(map(chr, range(0x1D434, 0x1D468))) + "ℎ",  # 𝐴 … 𝑧: browsers print <mi>x</mi> with these
    "𝛼𝛽𝛾𝛿𝜀𝜂𝜃𝜆𝜇𝜋𝜌𝜎𝜏𝜑𝜔𝜕𝜖ΔΣΩ",
    "∂∇∞…",
    "−±·×÷∕√∑⊙⊤",
    "≈≠<>≤≥∈",
    "→←",
    "′″‖∣|()[]{}",
    "ˆ˜¯^~\u0302\u0304",
])


def options():
    chosen = subset.Options(flavor="woff2", hinting=False, glyph_names=False, notdef_outline=True)
    chosen.layout_features = []
    chosen.drop_tables += ["GPOS", "GDEF"]
    return chosen


def shrink(font):
    """Only CHARACTERS are left, and the hyphen of a live number looks like the minus that it is."""
    subsetter = subset.Subsetter(options())
    subsetter.populate(unicodes=map(ord, CHARACTERS))
    subsetter.subset(font)
    for table in font["cmap"].tables:
        if MINUS in table.cmap:
            table.cmap[ord("-")] = table.cmap[MINUS]


def main(source):
    font = subset.load_font(source, options())
    shrink(font)
    subset.save_font(font, TARGET, options())
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes, {len(font.getGlyphOrder())} glyphs")


if __name__ == "__main__":
    main(sys.argv[1])
