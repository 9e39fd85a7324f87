"""Byhand: an ordinary numpy function becomes a page on which every number is worked out before the reader's eyes."""

try:
    import numpy  # noqa: F401
except ImportError:  # as in a browser's Python without it: `byhand.writing` needs none
    pass
else:
    from .cell import TraceError
    from .domain import above, any_number, between, one_of, truth, whole
    from .hosts.kernel import explore
    from .mistake import Mistake, with_line
    from .practice.variant import Variant
    from .trace import trace
    from .views.chart import Chart, Curve, Mark
    from .views.course import Course, Route
    from .views.landscape import Landscape

__version__ = "0.1.0"

__all__ = ["Chart", "Course", "Curve", "Landscape", "Mark", "Mistake", "Route", "TraceError", "Variant", "above",
           "any_number", "between", "explore", "one_of", "trace", "truth", "whole", "with_line"]
