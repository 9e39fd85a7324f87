"""`explore`: a numpy function as a widget whose every number the reader can move."""

import base64
import io

import anywidget
import numpy as np
import traitlets
from ipywidgets import jslink

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
        net.observe(print, "dW1")   # as with any ipywidget, for every array of the function

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


class Number(traitlets.CFloat):
    """A number that a field can hold."""

    info_text = "a finite number"

    def validate(self, obj, value):
        number = super().validate(obj, value)
        return number if np.isfinite(number) else self.error(obj, value)


class Explorer(anywidget.AnyWidget):
    """A sheet on screen, tied to the kernel both ways.

    Each number of an input is a synchronised trait, called as numpy would index it, without a blank: `net.b2`,
    and "W1[0,0]" for `jslink((slider, "value"), (net, "W1[0,0]"))`.
    """

    _esm = bundle.widget_module()
    _css = bundle.style()
    html = traitlets.Unicode().tag(sync=True)
    sheet = traitlets.Dict().tag(sync=True)

    def __init__(self, sheet, views):
        self._sheet, self._views = sheet, views
        self._seen = {}  # the arrays that are observed, as they were last told of
        self._fields = {name: [element.replace(" ", "") for element in sheet.elements(name)] for name in sheet.inputs}
        numbers = self._numbers(sheet.inputs)
        if taken := [name for name in numbers if hasattr(Explorer, name)]:
            raise ValueError(f"an input cannot be called {taken[0]}, which names something of every explorer already: rename it")
        self.add_traits(**{name: Number().tag(sync=True) for name in numbers})
        steps = [name for name in sheet.names if name not in sheet.inputs]
        super().__init__(html=views.panel(steps), sheet=views.data(), **numbers)

    @property
    def inputs(self):
        """The inputs on screen, name -> array."""
        return {name: np.reshape([getattr(self, trait) for trait in self._fields[name]], array.shape)
                for name, array in self._sheet.inputs.items()}

    def __getitem__(self, name):
        """The array `name` at the numbers on screen."""
        values = self._sheet.evaluate(**self.inputs)
        if name not in values:
            raise KeyError(f"nothing is called {name!r}: there are {', '.join(self._sheet.describe())}")
        return values[name]

    def __setitem__(self, name, value):
        self._put({name: self._sheet.check(name, value)})

    def reset(self):
        """The book's numbers again."""
        self._put(self._sheet.inputs)

    def observe(self, handler, names=traitlets.All, type="change"):
        """As with any ipywidget; `names` may be arrays of the function too: net.observe(handler, "dW1")."""
        if hasattr(self, "_sheet") and names is not traitlets.All:  # traitlets observes its own before there is one
            arrays = [name for name in ([names] if isinstance(names, str) else names) if not self.has_trait(name)]
            self._seen |= {name: self[name] for name in arrays}
        super().observe(handler, names, type)

    def notify_change(self, change):
        super().notify_change(change)
        if self._seen and any(change["name"] in traits for traits in self._fields.values()):
            values = self._sheet.evaluate(**self.inputs)
            for name, old in self._seen.items():
                self._seen[name] = values[name]
                if not np.array_equal(old, values[name], equal_nan=True):
                    super().notify_change(traitlets.Bunch(name=name, old=old, new=values[name], owner=self, type="change"))

    def follow(self, other):
        """Moves together with another explorer: each input number that both have is one. Needs no kernel to move."""
        shared = [name for name in self._numbers(self.inputs) if name in other._numbers(other.inputs)]
        with self.hold_sync(), self.hold_trait_notifications():
            for name in shared:
                setattr(self, name, getattr(other, name))
        self._links = [jslink((other, name), (self, name)) for name in shared]

    def show(self, *names):
        """Fields, diagram, and the steps of `names` only."""
        return View(self, self._views.panel(names))

    def steps(self, *names):
        """symbol = formula = the same with numbers = value, for each number of `names`."""
        return View(self, self._views.steps(names))

    def table(self, heads=None, lit=None, digits=None, **columns):
        """A table with one row a number; each keyword is a column, a list of names (see Views.table)."""
        return View(self, self._views.table(columns, heads, lit, digits))

    def slider(self, name, low, high, step, log=False):
        """A slider for one input; where `log`, its ends and step are powers of ten."""
        return View(self, self._views.slider(name, low, high, step, log))

    def options(self, name, legend, labels):
        """One of `labels` to pick for an input that is a place in that list."""
        return View(self, self._views.options(name, legend, labels))

    def button(self, label, draw_from=None, **inputs):
        """A button that puts numbers into inputs (see Views.button)."""
        return View(self, self._views.button(label, draw_from, **inputs))

    def chart(self, chart):
        """A chart of sweeps (see longhand.views.chart)."""
        return View(self, self._views.chart(chart))

    def figure(self, draw, alt):
        """What `draw(net)` draws with matplotlib, drawn again by the kernel when a number changes.

        alt   the picture in words, for those who do not see it
        """
        def redraw(_=None):
            numbers = self._numbers(self.inputs)
            if numbers != drawn:  # several numbers may have changed at once, and told of it one by one
                drawn.update(numbers)
                view.html = self._views.picture(_svg(draw, self), alt)

        drawn = {}
        view = View(self, "")
        redraw()
        self.observe(redraw, list(drawn))
        return view

    def formula(self, name):
        """The equation of one number, on one line."""
        return View(self, self._views.formula(name))

    def say(self, name, digits=None):
        """One live number, for prose: {eval}`net.say("loss")`."""
        return View(self, self._views.number(name, digits), self._views.text(name, digits, self.inputs))

    def choose(self, name, *texts):
        """That text whose index is the value of `name` (false 0, true 1), for prose."""
        return View(self, self._views.choose(name, texts))

    def _numbers(self, inputs):
        """The traits for `inputs`, name -> number."""
        for name, array in inputs.items():
            if not np.isfinite(array).all():
                raise ValueError(f"{name} = {array.tolist()} has a number that is not finite: a field holds finite ones only")
        return {trait: float(number) for name, array in inputs.items() for trait, number in zip(self._fields[name], np.ravel(array))}

    def _put(self, inputs):
        with self.hold_sync(), self.hold_trait_notifications():  # one message, and no number told of before all are in
            for trait, number in self._numbers(inputs).items():
                setattr(self, trait, number)

    def __repr__(self):
        return f"<explore: {', '.join(self._sheet.describe())}>"

    def _repr_mimebundle_(self, **options):
        return _with_static(super()._repr_mimebundle_(**options), self.html, self.sheet)


class View(anywidget.AnyWidget):
    """One way of showing an explorer's numbers. All views of one explorer move together, without asking the kernel."""

    _esm = bundle.view_module()
    explorer = anywidget.WidgetTrait().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, explorer, html, text="<a view of numbers>"):
        self._text = text  # for hosts that show no widgets
        super().__init__(explorer=explorer, html=html)

    def __repr__(self):
        return self._text

    def _repr_mimebundle_(self, **options):
        return _with_static(super()._repr_mimebundle_(**options), self.html, self.explorer.sheet)


def _with_static(shown, html, sheet):
    """What a widget shows, and the same for hosts without a kernel."""
    bundle, metadata = shown or ({}, {})
    return bundle | {MIME: {"html": html, "sheet": sheet}}, metadata


def _svg(draw, net):
    """The figure that `draw(net)` leaves in matplotlib, as an SVG image in an address."""
    from matplotlib import pyplot  # needed for figures only

    with pyplot.ioff():
        draw(net)
        file = io.BytesIO()
        pyplot.gcf().savefig(file, format="svg", bbox_inches="tight")
        pyplot.close()
    return "data:image/svg+xml;base64," + base64.b64encode(file.getvalue()).decode()
