"""MathJax on an author's pages: it typesets their TeX, and leaves the formulas alone that Python drew.

The usual MathJax also takes <math> elements and puts drawings in their place, which no number moves any more.
"""

from sphinx.util import logging

_SETTINGS = ["mathjax3_config", "mathjax4_config"]
_log = logging.getLogger(__name__)


def leave_formulas_alone(app, config):
    """Lets MathJax, where it is this book's renderer, read TeX only."""
    if config.html_math_renderer not in (None, "mathjax"):
        return
    for name in _SETTINGS:
        if name in config:
            config[name] = _with_tex_only(name, config[name] or {})
    if getattr(config, "mathjax_config_path", ""):
        _warn("mathjax_config_path", "give MathJax `startup: {input: [\"tex\"]}` in that file")


def _with_tex_only(name, settings):
    startup = settings.get("startup") or {}
    if "mml" in startup.get("input", []):
        _warn(name, "take \"mml\" out of its startup's input")
        return settings
    return settings | {"startup": {"input": ["tex"], **startup}}


def _warn(name, remedy):
    _log.warning("%s lets MathJax replace formulas whose numbers are live, and those will stand still: %s.", name,
                 remedy,
                 type="byhand", subtype="mathjax")
