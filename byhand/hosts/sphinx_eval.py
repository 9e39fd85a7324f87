"""Live numbers in an author's sentences, {eval}`net.say("loss")`: what MyST-NB needs for them is set, or said."""

from sphinx.util import logging

_ANY_EXPRESSION = "^.*$"
_TOLD = ("no number of an {eval} stands in this page's sentences, for nb_execution_mode is %r: it must be %r "
         "(in Jupyter Book, `execute_notebooks: inline`).")
_log = logging.getLogger(__name__)


def allow_calls(app, config):
    """Lets {eval} take `net.say("loss")`, not names alone, where the author has set no pattern."""
    if "nb_eval_name_regex" in config and config.nb_eval_name_regex == config.values["nb_eval_name_regex"].default:
        config.nb_eval_name_regex = _ANY_EXPRESSION


def run_inline(app, page, source):
    """Runs a page with {eval} cell by cell, as {eval} needs it. All other pages are left to their author."""
    if "nb_execution_mode" not in app.config:
        return
    mode, wanted = app.config.nb_execution_mode, "{eval" in source[0]
    if wanted and mode in ("off", "cache"):
        _log.warning(_TOLD, mode, "inline", location=page, type="byhand", subtype="eval")
    elif mode in ("auto", "force"):  # both would run the page to its end before they write it
        app.env.mystnb_config = app.env.mystnb_config.copy(execution_mode="inline" if wanted else mode)
