"""Worksheets and keys: two pages each, every number numpy's."""

import re
import subprocess
import sys

import numpy as np
import pytest

from against_numpy import agrees, by_hand
from byhand.practice.seed import TENTHS
from byhand.writing.name import pick
from conftest import ROOT
from find_browser import find_browser
from shown import read

SEEDS = [3, 17]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What `make worksheets` prints for two seeds."""
    if find_browser() is None:
        pytest.skip("no Chromium of its own that could print")
    folder = tmp_path_factory.mktemp("worksheets")
    command = [sys.executable, ROOT / "tools/worksheets.py", ",".join(map(str, SEEDS)), folder,
               "--address", "https://example.org/book"]
    subprocess.run(command, check=True, timeout=300)
    return folder


@pytest.mark.parametrize("name", ["worksheets", "keys"])
def test_a_worksheet_and_its_key_have_two_pages_each(folder, name):
    pages = re.findall(rb"/Type\s*/Page\b", (folder / f"{name}.pdf").read_bytes())
    assert len(pages) == 2 * len(SEEDS)


def test_every_number_of_a_key_is_numpys_and_its_worksheet_shows_none_of_them(folder):
    keys = (folder / "keys.html").read_text(encoding="utf-8")
    blank = (folder / "worksheets.html").read_text(encoding="utf-8")
    for seed in SEEDS:
        parts = re.findall(rf'<section data-key="{seed}">(.*?)</section>', keys, re.DOTALL)
        given = {name: read(text) for name, text
                 in re.findall(r'data-cell="([^"]+)"[^>]*>([^<]+)<', parts[0])}
        assert set(given.values()) <= {*TENTHS, 0.0, 1.0}
        right = by_hand(arrays(given))
        found = dict(re.findall(r'data-value-of="([^"]+)">([^<]+)<', "".join(parts)))
        assert len(found) == 32
        for name, text in found.items():
            base = name.split("[")[0]
            if base in right:
                assert agrees(text, pick(right, name)), name
        assert f"?seed={seed}&amp;level=5" in blank
    assert "data-value-of" not in re.sub(r"<svg.*?</svg>", "", blank, flags=re.DOTALL)


def arrays(given):
    """The inputs by name, from numbers by their full names."""
    shapes = {"x": 2, "y": (), "W1": (2, 2), "b1": 2, "W2": 2, "b2": ()}
    made = {name: np.zeros(shape) for name, shape in shapes.items()}
    for name, array in made.items():
        for index in np.ndindex(array.shape):
            array[index] = given[f"{name}[{', '.join(map(str, index))}]" if index else name]
    return {name: array[()] for name, array in made.items()}
