"""Where a view lives: a kernel's notebook, a Sphinx page. Nothing else in this package knows a host."""
