"""A page that runs Python is out of date when that Python is: makes a build read such pages again."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
CODE = ["book/*.py", "extensions/**/*.py", "light/**/*.py", "byhand/**/*.*"]


def setup(app):
    app.connect("source-read", note_code)
    return {"parallel_read_safe": True}


def note_code(app, page, source):
    for pattern in CODE:
        for path in ROOT.glob(pattern):
            if "__pycache__" not in path.parts:
                app.env.note_dependency(str(path))
