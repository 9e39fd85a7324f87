"""`explore`: a numpy function as a widget whose every number the reader can move."""

import anywidget
import numpy as np
import traitlets

from . import bundle
from .trace import trace
from .views import Views

MIME = "application/vnd.longhand+json"  # a drawn view and its sheet, for hosts without a kernel


def explore(function, *, symbols=None, network=None, notes=None, fields=None, digits=4, **inputs):
    """Show every number of an ordinary numpy function, live.

        net = explore(walkthrough, x=[1, 0], y=1, W1=[[.1, .2], [.3, .4]])
        net                         # fields, diagram and all steps
        net["W1"] = [[1, 2], [3, 4]]
        net["dW1"]                  # the gradient at the numbers on screen

    inputs    the function's inputs by name: numbers, nested lists or arrays of them
    symbols   name -> how it is printed: {"d1": "δ1"} prints δ⁽¹⁾ (see longhand.symbols)
    network   the arrays that a diagram shows (see longhand.views.diagram), or None
    notes     name -> a sentence for the stepper
    fields    the inputs that get fields, if not all
    digits    decimals shown

    Raises TraceError, in a sentence with the line, where the function or an input cannot be taken.
    """
    sheet = trace(function, **inputs)
    return Explorer(sheet, Views(sheet, symbols, network, notes, fields, digits))


class Explorer(anywidget.AnyWidget):
    """A sheet on screen, tied to the kernel both ways."""

    _esm = bundle.widget_module()
    _css = bundle.style()
    html = traitlets.Unicode().tag(sync=True)
    sheet = traitlets.Dict().tag(sync=True)
    inputs = traitlets.Dict().tag(sync=True)  # name -> its numbers, row by row

    def __init__(self, sheet, views, steps=None):
        self._sheet, self._views = sheet, views
        steps = [name for name in sheet.names if name not in sheet.inputs] if steps is None else steps
        super().__init__(html=self._views.panel(steps), sheet=self._views.data(),
                         inputs={name: _flat(array) for name, array in sheet.inputs.items()})

    def __getitem__(self, name):
        """The array `name` at the numbers on screen."""
        values = self._sheet.evaluate(**self._inputs())
        if name not in values:
            raise KeyError(f"nothing is called {name!r}: there are {', '.join(self._sheet.describe())}")
        return values[name]

    def __setitem__(self, name, value):
        self.inputs = self.inputs | {name: _flat(self._sheet.check(name, value))}

    def reset(self):
        """The book's numbers again."""
        self.inputs = {name: _flat(array) for name, array in self._sheet.inputs.items()}

    def show(self, *names):
        """Fields, diagram, and the steps of `names` only; it moves together with this one."""
        other = Explorer(self._sheet, self._views, names)
        traitlets.link((self, "inputs"), (other, "inputs"))
        return other

    def steps(self, *names):
        """symbol = formula = the same with numbers = value, for each number of `names`."""
        return Drawn(self._views.steps(names), self)

    def table(self, heads=None, lit=None, digits=None, **columns):
        """A table with one row a number; each keyword is a column, a list of names (see Views.table)."""
        return Drawn(self._views.table(columns, heads, lit, digits), self)

    def slider(self, name, low, high, step, log=False):
        """A slider for one input; where `log`, its ends and step are powers of ten."""
        return Drawn(self._views.slider(name, low, high, step, log), self)

    def options(self, name, legend, labels):
        """One of `labels` to pick for an input that is a place in that list."""
        return Drawn(self._views.options(name, legend, labels), self)

    def button(self, label, draw_from=None, **inputs):
        """A button that puts numbers into inputs (see Views.button)."""
        return Drawn(self._views.button(label, draw_from, **inputs), self)

    def chart(self, chart):
        """A chart of sweeps (see longhand.views.chart)."""
        return Drawn(self._views.chart(chart), self)

    def formula(self, name):
        """The equation of one number, on one line."""
        return Drawn(self._views.formula(name))

    def say(self, name, digits=None):
        """One live number, for prose: {eval}`net.say("loss")`."""
        return Drawn(self._views.number(name, digits), text=self._views.text(name, digits))

    def choose(self, name, *texts):
        """That text whose index is the value of `name` (false 0, true 1), for prose."""
        return Drawn(self._views.choose(name, texts))

    def _inputs(self):
        return {name: np.reshape(self.inputs[name], array.shape) for name, array in self._sheet.inputs.items()}

    def _repr_mimebundle_(self, **options):
        bundle, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        return bundle | {MIME: _static(self.html, self)}, metadata


class Drawn:
    """A piece of HTML about a sheet: live on a page without a kernel, still in a notebook."""

    def __init__(self, html, explorer=None, text="a view of numbers"):
        self.html, self.explorer, self.text = html, explorer, text

    def _repr_mimebundle_(self, **options):
        live = {MIME: _static(self.html, self.explorer)} if self.explorer else {}  # prose: the page's sheet serves
        return {**live, "text/html": self.html, "text/plain": self.text}

    def __repr__(self):
        return self.text


def _static(html, explorer):
    return {"html": html, "sheet": explorer.sheet}


def _flat(array):
    return np.ravel(array).tolist()
