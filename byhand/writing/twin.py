"""The text twin of a drawn view, for whoever shows no HTML: lines of words and formulas, and tables.

It is read off the drawing itself, so whatever a template draws has one. What nobody sees (hidden, waiting for a script)
and what only works with a script (buttons) is left out; a picture says its label, and the numbers in it.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree

from .mathml import tag
from .mathtext import plain

_VOID = {"input", "img", "br", "hr"}
_BLOCKS = {"div", "p", "figure", "fieldset", "pre", "li"}
_SILENT = {"button", "script", "style"}
_UNSEEN = {"hidden", "data-waiting", "data-spoken", "data-again"}  # the last: the same picture for another window


@dataclass
class Line:
    """A paragraph: texts, and formulas as <math> elements."""
    parts: list


@dataclass
class Table:
    """Rows of cells, each a list of parts; the first row is the head."""
    rows: list


def twin(html):
    """The lines and tables of `html`, a drawn view."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    writer = _Writer()
    writer.write(reader.root)
    return writer.finished()


def text(html):
    """The twin of `html` in plain text."""
    return "\n".join(_table_text(block.rows) if isinstance(block, Table) else line_text(block.parts)
                     for block in twin(html))


def line_text(parts):
    return "".join(part if isinstance(part, str) else plain(part) for part in parts).strip()


def _table_text(rows):
    """Columns under each other, two blanks apart."""
    texts = [[line_text(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in texts)


class _Reader(HTMLParser):
    """HTML as a tree of elements."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = ElementTree.Element("div")
        self.open = [self.root]

    def handle_starttag(self, name, attributes):
        element = ElementTree.SubElement(self.open[-1], name, {key: value or "" for key, value in attributes})
        if name not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, name, attributes):
        ElementTree.SubElement(self.open[-1], name, {key: value or "" for key, value in attributes})

    def handle_endtag(self, name):
        while len(self.open) > 1 and self.open.pop().tag != name:
            pass

    def handle_data(self, data):
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


class _Writer:
    """Goes through a tree; what it finds becomes blocks."""

    def __init__(self):
        self.blocks, self.parts = [], []

    def finished(self):
        self.end_line()
        return self.blocks

    def end_line(self):
        parts = _joined(self.parts)
        if parts:
            self.blocks.append(Line(parts))
        self.parts = []

    def write(self, element):
        self.say(element.text)
        for child in element:
            if not _is_unseen(child):
                self.write_seen(child)
            self.say(child.tail)

    def write_seen(self, element):
        writer = getattr(self, f"write_{element.tag}", None)
        if writer:
            writer(element)
        elif "data-columns" in element.attrib:
            self.parts += [" = ", _matrix(element)]
        elif element.tag in _BLOCKS:
            self.end_line()
            self.write(element)
            self.end_line()
        else:
            self.write(element)

    def say(self, words):
        if words:
            self.parts.append(" = " if words.strip() == "=" else re.sub(r"[ \n\t]+", " ", words))

    def write_math(self, element):
        self.parts.append(element)

    def write_label(self, element):
        """Of radio buttons only the chosen one is said."""
        radio = next((field for field in element.iter("input") if field.get("type") == "radio"), None)
        if radio is None or "checked" in radio.attrib:
            self.write(element)

    def write_legend(self, element):
        self.write(element)
        self.say(": ")

    def write_input(self, element):
        if element.get("type") not in ("radio", "range"):
            self.say(f" = {element.get('value')} ")

    def write_img(self, element):
        self.say(element.get("alt"))

    def write_svg(self, element):
        """A diagram says its numbers too; a chart is its title."""
        self.end_line()
        live = [number for number in element.iter("tspan") if "data-cell" in number.attrib]
        numbers = [f"{number.get('data-cell')} = {''.join(number.itertext())}" for number in live]
        self.say(" ".join([element.get("aria-label", ""), "; ".join(numbers)]))
        self.end_line()

    def write_table(self, element):
        """What stands under a picked row comes after the table."""
        self.end_line()
        rows = [row for part in element for row in part]
        self.blocks.append(Table([[_cell(cell) for cell in row] for row in rows if "data-details" not in row.attrib]))
        for row in rows:
            if "data-details" in row.attrib:
                self.write(row)


class _CellWriter(_Writer):
    """Writes a cell of a table: a row that can be picked is a row all the same."""

    write_label = _Writer.write


def _cell(element):
    """What a cell of a table holds: one line."""
    writer = _CellWriter()
    writer.write(element)
    return [part for block in writer.finished() for part in block.parts]


def twin_of(element):
    writer = _Writer()
    writer.write(element)
    return writer.finished()


def _is_unseen(element):
    return bool(_UNSEEN & element.attrib.keys()) or element.tag in _SILENT


def _matrix(element):
    """Fields as a matrix, or as a number alone."""
    columns = int(element.get("data-columns"))
    numbers = [tag("mn", field.get("value")) for field in element.iter("input")]
    if len(numbers) == 1:
        return tag("math", *numbers)
    rows = [tag("mtr", *(tag("mtd", number) for number in numbers[i:i + columns]))
            for i in range(0, len(numbers), columns)]
    return tag("math", tag("mrow", tag("mo", "["), tag("mtable", *rows), tag("mo", "]")))


def _joined(parts):
    """`parts` with neighbouring texts as one, and no blanks around them all."""
    joined = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] = re.sub(r" +", " ", joined[-1] + part)
        elif not isinstance(part, str) or part.strip() or joined:
            joined.append(part)
    if joined and isinstance(joined[0], str):
        joined[0] = joined[0].lstrip(" ")
    if joined and isinstance(joined[-1], str):
        joined[-1] = joined[-1].rstrip(" ")
    return [part for part in joined if part != ""]
