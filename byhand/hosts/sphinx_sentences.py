"""Sentences on a static page: each of their numbers that a reader may change is about those that follow from it."""

import json
import re

import numpy as np
from docutils import nodes
from markupsafe import Markup
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..packing import unpack
from ..sheet import distances
from ..template import draw
from ..writing.name import split

_SHOWN = re.compile(r'data-(?:cell|choose)="([^"]+)"')


def tell_what_moves(drawn):
    """A transform for numbers in sentences: nodes of the class `drawn`, with their "sheet" and what is "inside"."""
    class Sentences(SphinxPostTransform):
        """Marks the numbers of each paragraph with what they are about (see `Pen.about`)."""

        default_priority = 5  # before the sheets, which are last

        def run(self, **options):
            programs = {name: _program(sheet) for name, sheet in self.document.get("byhand_sheets", {}).items()}
            for paragraph in self.document.findall(nodes.paragraph):
                views = [node for node in paragraph.findall(drawn) if node.get("sheet") in programs]
                for view in views:
                    if about := _about(view, views, programs):
                        view["html"] = draw("inline.html", name=view["sheet"], html=Markup(view["inside"]), about=about)

    return Sentences


def _program(sheet):
    program = json.loads(sheet)["program"]
    return program | {"cells": unpack(program["cells"])}


def _about(view, views, programs):
    """What the number of a view moves among `views`; "" where it is nothing to take hold of."""
    name, *others = _SHOWN.findall(view["inside"])
    if others or split(name)[0] not in programs[view["sheet"]]["inputs"]:
        return ""
    moved = [each for other in views
             for each in _moved(programs[other["sheet"]], name, _SHOWN.findall(other["inside"]))]
    return " ".join(dict.fromkeys(each.replace(" ", "") for each in moved)) or "itself"


def _moved(program, name, others):
    """Those of the numbers `others` that rest on the number `name`."""
    if split(name)[0] not in program["inputs"]:
        return []
    far = distances(program["cells"], _place(program, name))
    return [each for each in others if far[_place(program, each)]]


def _place(program, name):
    base, index = split(name, program["names"])
    place = program["names"][base]
    return place["cells"][np.ravel_multi_index(index, place["shape"]) if index else 0]
