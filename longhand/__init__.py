"""Longhand: an ordinary numpy function becomes a page on which every number is worked out before the reader's eyes."""

from .cell import TraceError
from .trace import trace
from .views.chart import Chart, Curve, Mark
from .widget import explore

__all__ = ["Chart", "Curve", "Mark", "TraceError", "explore", "trace"]
