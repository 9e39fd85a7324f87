"""What JupyterLab saves of a page: the page's own text, but for what the reader wrote in its notebook.

A notebook becomes text in the words of jupytext, which lays out a page its own way, and with what JupyterLab put into
it: the kernel's present title, and the values of all {eval} in each cell. So the page as it was and the page as it is
are both written in those words, without JupyterLab's additions, and only where these two differ does the page change.
"""

from difflib import SequenceMatcher
from pathlib import Path

import jupytext

FORMAT = {"extension": ".md", "format_name": "myst"}


def before_save(model, path, contents_manager):
    """A pre_save_hook of Jupyter's contents manager."""
    page = Path(contents_manager.root_dir, path)
    if model["type"] != "file" or page.suffix != ".md" or not page.is_file():
        return
    old, new = page.read_text(encoding="utf-8"), model["content"]
    # Else it is typed, in an editor.
    if is_notebook(old) and is_notebook(new) and new == jupytext.writes(read(new), FORMAT):
        model["content"] = kept(old, new)


def is_notebook(text):
    return text.startswith("---\n") and "format_name: myst" in text.partition("\n---\n")[0]


def read(text):
    return jupytext.reads(text, FORMAT)


def kept(old, new):
    """`old` with the changes that a notebook, saved as `new`, has made."""
    before, after = read(old), read(new)
    kernel, other = (each.metadata.get("kernelspec", {}).get("name") for each in (before, after))
    is_same_kernel = kernel == other
    after.metadata = before.metadata if is_same_kernel else after.metadata
    for cell in after.cells:
        cell.metadata.pop("user_expressions", None)
    whole = jupytext.writes(after, FORMAT)
    text = merged(*(text.splitlines(keepends=True) for text in (old, jupytext.writes(before, FORMAT), whole)))
    return text if contents(read(text)) == contents(after) else whole  # nothing of the reader's is ever lost


def contents(notebook):
    return [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]


def merged(own, before, after):
    """The lines of `own`, changed as `before` is changed to `after`, where `before` says the same as `own`."""
    place = places(before, own)
    text, done = [], 0  # `done` lines of `own` are dealt with
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            text += own[done:place[start]] + after[first:last]
            done = max(done, place[end])
    return "".join(text + own[done:])


def places(before, own):
    """For each place between lines of `before`, the place in `own`; what reads otherwise has only its two ends."""
    place = []
    for kind, start, end, first, last in SequenceMatcher(None, before, own, autojunk=False).get_opcodes():
        place += range(first, last) if kind == "equal" else [first] * (end - start)
    return [*place, len(own)]
