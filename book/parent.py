"""The way back to the chapter that this section belongs to: one setting in _config.yml."""

from pathlib import Path

import yaml
from IPython.display import Markdown

_config = yaml.safe_load((Path(__file__).parent.parent / "_config.yml").read_text(encoding="utf-8"))
parent_chapter = Markdown(_config["parse"]["myst_substitutions"]["parent_chapter"])
