"""Jupyter started in this book's folder leaves the pages as they are, but for what a reader writes: keep_sources.py."""

from pathlib import Path

c = get_config()  # noqa: F821  Jupyter provides it
if Path("lab/keep_sources.py").exists() and Path("book/index.md").exists():
    c.ContentsManager.pre_save_hook = "keep_sources.before_save"
