"""`explore`: a numpy function as a widget whose every number the reader can move."""

import inspect
import itertools
import re
from functools import cache, wraps

import anywidget
import numpy as np
import traitlets
from ipywidgets import jslink
from markupsafe import Markup

from .. import bundle
from ..cell import TraceError
from ..practice.marking import mark
from ..template import draw
from ..trace import trace
from ..views import methods
from ..views.pen import OWNER, Pen
from ..views.show import diagram, show
from ..writing.name import as_trait
from ..writing.number import DIGITS
from ..writing.twin import text
from .carrier import Carrier

MIME = "application/vnd.byhand+json"  # a drawn view and the name of its sheet, for hosts without a kernel


def explore(*functions, domains=None, inside=True, scope=None, symbols=None, network=None, notes=None, fields=None,
            digits=DIGITS, owner=OWNER, roles=None, points=None, results=None, **inputs):
    """Show every number of an ordinary numpy function, live; or of several in order, as one (see byhand.trace).

        net = explore(walkthrough, x=[1, 0], y=1, W1=[[.1, .2], [.3, .4]])
        net                         # fields, diagram and all steps
        net["W1"] = [[1, 2], [3, 4]]
        net["dW1"]                  # the gradient at the numbers on screen
        net.observe(print, "dW1")   # as with any ipywidget, for every array of the function

    inputs    the functions' inputs by name: numbers, nested lists or arrays of them
    domains   name -> what the input may be, if not any number: {"eps": above(0)} (see byhand.domain)
    inside    whether each pass of a loop is shown too, and what helpers work out (see byhand.trace)
    scope     whose numbers: explorers of one name on the pages of a book have one set of inputs, which a reader takes
              from page to page. Without a name the inputs are this explorer's alone, and of those that follow it.
    symbols   name -> how it is printed: {"d1": "δ1"} prints δ⁽¹⁾ (see byhand.symbols)
    network   the arrays that a diagram shows (see byhand.views.diagram), or None
    notes     name -> a sentence for the stepper
    fields    the inputs that get fields, if not all of up to 50 numbers
    digits    decimals shown
    owner     whose numbers these are, for sentences: "the book" where the page shall say "Back to the book’s numbers"
    roles     name -> input, weight, activation, error, gradient or loss, each in its own hue, where the network and the
              names do not tell: {"back1": "error", "slope1": "activation"}
    points    name -> whole sets of numbers to put in at once: {"generic": {"x": [1, .5], "W1": …}} (see `net.points`)
    results   the numbers that a static page keeps in sight with the fields; the loss, if not given

    Raises TraceError, in a sentence with the line, where the function or an input cannot be taken, and ValueError where
    an input's value is not of its domain.
    """
    if taken := _own_names(functions):
        raise TraceError(f"an input cannot be called {taken}, which is an option of explore: rename it")
    sheet = trace(*functions, domains=domains, inside=inside, **inputs)
    pen = Pen(sheet, symbols, network, notes, fields, digits, owner, roles, points, results)
    diagram(pen, [])  # a network that cannot be drawn is told of at once
    return Explorer(sheet, pen, _own_scope(functions[0]) if scope is None else _checked(scope))


def _own_names(functions):
    """The first input that has the name of an option of `explore`, or None."""
    options = set(inspect.signature(explore).parameters) - {"functions", "inputs"}
    return next((name for function in functions if callable(function) for name, parameter in
                 inspect.signature(function).parameters.items()
                 if name in options and parameter.default is parameter.empty), None)


_explored = {}  # name of a function -> how often it was explored without a scope


def _own_scope(function):
    """A scope for one explorer, the same at each run of a page. Its dash tells it from one that an author has named."""
    name = re.sub(r"\W", "", getattr(function, "__name__", "")) or "explorer"
    return f"{name}-{next(_explored.setdefault(name, itertools.count(1)))}"


def _checked(scope):
    if not isinstance(scope, str) or not re.fullmatch(r"\w+", scope):
        raise ValueError(f"a scope is one word, such as \"chapter\": {scope!r} is none")
    return scope


class Number(traitlets.CFloat):
    """A number of a domain."""

    def __init__(self, domain, **options):
        super().__init__(**options)
        self.domain, self.info_text = domain, domain.words

    def validate(self, obj, value):
        number = super().validate(obj, value)
        return number if number in self.domain else self.error(obj, value)


class Explorer(anywidget.AnyWidget):
    """A sheet on screen, tied to the kernel both ways.

    Each number of an input is a synchronised trait, called as numpy would index it, without a blank: `net.b2`,
    and "W1[0,0]" for `jslink((slider, "value"), (net, "W1[0,0]"))`.
    """

    _esm = bundle.widget_module()
    _css = bundle.style()
    html = traitlets.Unicode().tag(sync=True)  # of all that there is; drawn when it is wanted
    panel_wanted = traitlets.Bool().tag(sync=True)
    sheet = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)  # name of a number asked -> what the reader answered

    def __init__(self, sheet, pen, scope):
        self._sheet, self._pen, self._followers, self._carrier = sheet, pen, [], Carrier()
        self._seen = {}  # the arrays that are observed, as they were last told of
        self._fields = {name: [as_trait(element) for element in sheet.elements(name)] for name in sheet.inputs}
        numbers = self._numbers(sheet.inputs)
        if taken := [name for name in numbers if hasattr(Explorer, name)]:
            raise ValueError(f"an input cannot be called {taken[0]}, which names something of every explorer already: "
                             "rename it")
        self.add_traits(**{name: Number(sheet.domain(base), default_value=numbers[name]).tag(sync=True)
                           for base, names in self._fields.items() for name in names})
        super().__init__(sheet=pen.data() | {"scope": scope}, **numbers)

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

    @property
    def pen(self):
        """What writes this explorer's numbers, for whoever draws more of them (see byhand.views.worksheet)."""
        return self._pen

    @property
    def marks(self):
        """What became of each of the reader's answers, name -> Mark (see byhand.practice.marking)."""
        exercise = self._pen.exercise
        return {} if exercise is None else mark(exercise, self.inputs, self.answers)

    def reset(self):
        """The first numbers again."""
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
                    super().notify_change(traitlets.Bunch(name=name, old=old, new=values[name], owner=self,
                                                          type="change"))

    def follow(self, other):
        """Joins the scope of another explorer: each input that both have is one, with the other's numbers. Needs no
        kernel to move. Follow before anything is shown.

        Raises ValueError, in a sentence, where an input of both has two shapes or two domains.
        """
        shared = [name for name in self._sheet.inputs if name in other._sheet.inputs]
        for name in shared:
            self._check_alike(name, other._sheet)
        self._pen.start_from({name: other._sheet.inputs[name] for name in shared})
        self._pen.is_moved = False
        self._draw()
        self._put({name: other.inputs[name] for name in shared})
        self._links = [jslink((other, trait), (self, trait)) for name in shared for trait in self._fields[name]]
        other._followers.append(self)
        self._join(other.sheet["scope"])

    def _check_alike(self, name, other):
        """One number cannot have two shapes, or be two things."""
        if self._sheet.inputs[name].shape != other.inputs[name].shape:
            raise ValueError(f"{name} has the shape {self._sheet.inputs[name].shape} here and "
                             f"{other.inputs[name].shape} there: one explorer cannot follow the other")
        if self._sheet.domain(name) != other.domain(name):
            raise ValueError(f"{name} is {self._sheet.domain(name).words} here and {other.domain(name).words} there: "
                             "give both the same domain")

    def _join(self, scope):
        """Takes the scope, with those who follow."""
        data = self._pen.data() | {"scope": scope}
        if data != self.sheet:
            self.sheet = data
            for follower in self._followers:
                follower._join(scope)

    def _start_anew(self):
        """Goes to the numbers from which its pen starts now."""
        self._pen.is_moved = False
        self._draw()
        self._put(self._sheet.inputs)
        self._join(self.sheet["scope"])

    @traitlets.observe("panel_wanted")
    def _draw(self, _=None):
        if self.panel_wanted:
            self.html = show(self._pen, *(name for name in self._sheet.names if name not in self._sheet.inputs))

    def _show(self, draw, /, *args, **options):
        """A view that `draw`, the function of a kind, draws. Its plain text has the numbers on screen.

        A kind that only Python can draw anew gives, in the place of HTML, a function of the explorer.
        """
        drawn = draw(self._pen, *args, **options)
        if self._pen.is_moved:
            self._start_anew()
        if callable(drawn):
            return self._redrawn(drawn)
        is_moved = self._numbers(self.inputs) != self._numbers(self._sheet.inputs)
        return View(self, drawn, text(draw(self._pen.at(self.inputs), *args, **options)) if is_moved else None)

    def _redrawn(self, draw):
        """A view whose HTML `draw(self)` gives again whenever a number changes."""
        def redraw(_=None):
            numbers = self._numbers(self.inputs)
            if numbers != drawn:  # several numbers may have changed at once, and told of it one by one
                drawn.update(numbers)
                view.html = draw(self)

        drawn = {}
        view = View(self, "")
        redraw()
        self.observe(redraw, list(drawn))
        return view

    def _numbers(self, inputs):
        """The traits for `inputs`, name -> number."""
        for name, array in inputs.items():
            self._sheet.domain(name).check(name, array)
        return {trait: float(number) for name, array in inputs.items()
                for trait, number in zip(self._fields[name], np.ravel(array))}

    def _put(self, inputs):
        with self.hold_sync(), self.hold_trait_notifications():  # one message, and no number told of before all are in
            for trait, number in self._numbers(inputs).items():
                setattr(self, trait, number)

    def __repr__(self):
        return f"<explore: {', '.join(self._sheet.describe())}>"

    def _repr_mimebundle_(self, **options):
        self.panel_wanted = True
        return self._with_static(super()._repr_mimebundle_(**options), self.html)

    def _with_static(self, shown, html, words=None):
        """What a widget shows; the same for hosts without a kernel; as HTML for hosts without widgets; as text."""
        bundle, metadata = shown or ({}, {})
        sheet = self._carrier.refer(self.sheet)
        style = Markup(_style()) if "sheet" in sheet else ""  # once too: a page of outputs needs no more
        still = draw("still.html", style=style, html=Markup(html))
        return bundle | {MIME: {"html": html} | sheet, "text/html": still, "text/plain": words or text(html)}, metadata


def _method(draw):
    """The method of an explorer for the kind of view that `draw` draws, with its docstring and its parameters."""
    @wraps(draw)
    def method(self, /, *args, **options):
        return self._show(draw, *args, **options)
    return method


for _kind, _draw in methods().items():
    setattr(Explorer, _kind, _method(_draw))


class View(anywidget.AnyWidget):
    """One way of showing an explorer's numbers. All views of one explorer move together, without asking the kernel."""

    _esm = bundle.view_module()
    explorer = anywidget.WidgetTrait().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, explorer, html, text=None):
        self._text = text  # for hosts that show no widgets
        super().__init__(explorer=explorer, html=html)

    def __repr__(self):
        return self._text or text(self.html)

    def _repr_mimebundle_(self, **options):
        return self.explorer._with_static(super()._repr_mimebundle_(**options), self.html, self._text)


@cache
def _style():
    """The style of a view on a page that has no other of ours, shrunk."""
    style = re.sub(r"/\*.*?\*/", "", bundle.style(), flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*|\s+", lambda found: found[1] or " ", style).strip()
