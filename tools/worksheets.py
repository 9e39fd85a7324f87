"""Worksheets with their keys as PDF, for a class: `make worksheets SEEDS=1-30`. Debian's chromium prints them.

Two files: the worksheets, and the keys, two pages for each problem. Each has the address of its problem, for a
camera too; ADDRESS=https://… says where the book is, if git's origin does not.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import segno

ROOT = Path(__file__).parent.parent
TITLE = "Backprop by hand"
sys.path += [str(ROOT / folder) for folder in ("", "book", "extensions", "tests")]  # tests/byhand is no package

from byhand import bundle  # noqa: E402
from byhand.views.worksheet import keys, worksheets  # noqa: E402
from find_browser import find_browser  # noqa: E402
from practice import live_practice  # noqa: E402
from repository import repository  # noqa: E402


def seeds_in(text):
    """The seeds that "1-30" or "3,7,12-15" names."""
    ranges = [part.split("-") for part in text.split(",")]
    return [seed for first, *last in ranges for seed in range(int(first), int((last or [first])[0]) + 1)]


def book_address():
    """Where git's origin has its pages; where `make serve` has them, if that is not known."""
    found = repository()
    if not found or found[0] != "github.com":
        return "http://localhost:8000"
    owner, name = found[1].split("/")
    return f"https://{owner}.github.io/{name}"


def problem(seed, address, squared):
    """A problem's seed, its address, and that as a QR code."""
    link = f"{address}/your-turn.html?seed={seed}&level=5" + squared * "&squared=1"
    return seed, link, segno.make(link, error="m").svg_inline(scale=2, border=2)


def print_pdf(page, file):
    """Prints a page of HTML with a browser that shows no window."""
    html = file.with_suffix(".html")
    html.write_text(page, encoding="utf-8")
    command = [find_browser(), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
               f"--print-to-pdf={file}", html.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seeds", type=seeds_in, help="such as 1-30 or 3,7,12-15")
    parser.add_argument("folder", type=Path, help="where the PDFs go")
    parser.add_argument("--address", default=None, help="where the book's pages are")
    parser.add_argument("--squared", action="store_true", help="½ (ŷ − y)² for a loss")
    given = parser.parse_args()
    address = (given.address or book_address()).rstrip("/")
    problems = [problem(seed, address, given.squared) for seed in given.seeds]
    style = bundle.style() + (ROOT / "tools/worksheet.css").read_text(encoding="utf-8")
    pen = live_practice(squared=given.squared)[0].pen
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, draw in (("worksheets", worksheets), ("keys", keys)):
        file = given.folder.resolve() / f"{name}.pdf"
        print_pdf(draw(pen, TITLE, problems, style), file)
        print(file)


if __name__ == "__main__":
    main()
