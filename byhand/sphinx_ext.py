"""The Sphinx extension, under the name that a `conf.py` lists: see hosts/sphinx.py."""

from .hosts.sphinx import setup

__all__ = ["setup"]
