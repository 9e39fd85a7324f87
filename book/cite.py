"""Who wrote this, when, under which licences, and how to cite it: all from CITATION.cff, the one place that says so."""

from pathlib import Path

import yaml
from IPython.display import Markdown

_facts = yaml.safe_load((Path(__file__).parent.parent / "CITATION.cff").read_text(encoding="utf-8"))
_names = " and ".join(author.get("name") or f"{author['given-names']} {author['family-names']}"
                      for author in _facts["authors"])
_date, _text, _code = _facts["date-released"], *(name.replace("CC-BY-", "CC BY ") for name in _facts["license"])

line = Markdown(f"{_names}: *{_facts['title']}*. {_date:%B} {_date.day}, {_date.year}. Text under {_text}, code under "
                f"{_code}.")
bibtex = f"""@misc{{backprop-by-hand,
  author = {{{{{_names}}}}},
  title  = {{{_facts['title']}}},
  year   = {{{_date.year}}},
  note   = {{{_text}}}
}}"""
