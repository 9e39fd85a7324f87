"""Templates: HTML and SVG in files of their own, beside what fills them in."""

from pathlib import Path

import jinja2

_FOLDERS = [Path(__file__).parent / folder for folder in ("views", "hosts")]
_TEMPLATES = jinja2.Environment(loader=jinja2.FileSystemLoader(_FOLDERS), autoescape=True,
                                undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def draw(template, **content):
    """A template, filled in."""
    return _TEMPLATES.get_template(template).render(**content).strip()
