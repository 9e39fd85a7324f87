"""JupyterLab started in this book's folder opens the title page, its pages as notebooks, with the settings of
overrides.json: cells are all rendered from the start, because only rendered text has its {eval} numbers worked out.
Started anywhere else, it is as it was.
"""

from pathlib import Path

c = get_config()  # noqa: F821  Jupyter provides it
SETTINGS = Path.cwd() / "lab"
if (SETTINGS / "overrides.json").exists() and Path("book/index.md").exists():
    c.LabApp.default_url = "/lab/tree/book/index.md"
    c.LabApp.app_settings_dir = str(SETTINGS)
