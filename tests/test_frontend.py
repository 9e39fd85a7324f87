"""The front end against Python: the same programs, numbers, printed arrays, charts and links."""

import functools
import http.server
import math
import re
import threading
from pathlib import Path

import numpy as np
import pytest

import longhand
from longhand import bundle, trace
from longhand.cell import OPS
from longhand.number import format_number
from longhand.views import input_text
from longhand.views.chart import fitted
from longhand.views.printed import _pieces

FRONTEND = Path(longhand.__file__).parent / "frontend"
MODULES = sorted(path.name for path in FRONTEND.glob("*.js"))


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Which modules are asked for does not matter."""


@pytest.fixture(scope="module")
def js(browser):
    """Runs a JavaScript function of (modules, argument): js("(m, x) => m.formatNumber(x)", 0.5)."""
    handler = functools.partial(QuietHandler, directory=FRONTEND)
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://localhost:{server.server_port}/")
        yield lambda function, argument=None: page.evaluate(
            f"async ([names, argument]) => {{ const parts = await Promise.all(names.map((name) => import('/' + name)));"
            f" return ({function})(Object.assign({{}}, ...parts), argument); }}", [MODULES, argument])
        page.close()
        server.shutdown()


def numbers_of_all_kinds(random, count=300):
    """Of all sizes and signs, with ties, whole numbers, and the ends of what a double holds."""
    wide = random.normal(size=count) * 10.0 ** random.uniform(-12, 12, size=count)
    near = np.round(random.normal(size=count), 3)
    ties = random.integers(-4000, 4000, size=count) / 2.0 ** random.integers(0, 8, size=count)
    ends = [0.0, -0.0, 1e308, 5e-324, 0.03125, -0.00005, 9999999.99999, 0.00009999, math.inf, -math.inf, math.nan]
    return [*wide.tolist(), *near.tolist(), *ties.tolist(), *ends]


@pytest.mark.parametrize("digits", [0, 1, 4, 6, 12])
def test_a_number_is_written_as_python_writes_it(js, digits):
    numbers = numbers_of_all_kinds(np.random.default_rng(digits))
    written = js("(m, [numbers, digits]) => numbers.map((value) => m.formatNumber(value, digits))", [numbers, digits])
    assert written == [format_number(value, digits) for value in numbers]


def test_only_an_exact_zero_is_written_as_zero(js):
    assert js("(m) => [0, -0, 1e-300, -4e-9].map((value) => m.formatNumber(value))") == ["0", "0", "1e-300", "-4e-9"]


def test_a_field_shows_what_python_drew_in_it(js):
    numbers = [0.0, 1.0, -2.0, 0.1, -0.75, 1e-6, 0.00012, 2.5e-7, 123456.789, 1e-15, 1e12]
    assert js("(m, numbers) => numbers.map(m.fieldText)", numbers) == [input_text(value) for value in numbers]


@pytest.mark.parametrize("shape", [(), (1,), (2,), (5,), (2, 2), (3, 1), (2, 3, 2)])
@pytest.mark.parametrize("digits", [0, 2, 4, 6])
def test_an_array_is_printed_as_numpy_prints_it(js, shape, digits):
    random = np.random.default_rng(digits)
    for scale in (1e-5, 0.1, 1, 30, 5000):
        array = np.round(random.normal(size=shape) * scale, random.integers(1, 6))[()]
        array = np.where(random.random(size=shape) < 0.2, -0.0, array)[()]
        with np.printoptions(suppress=True, precision=digits):
            printed = str(np.round(array, digits))
        pieces = js("(m, [values, shape, digits]) => m.printedPieces(values, shape, digits)",
                    [np.ravel(array).tolist(), list(shape), digits])
        assert pieces == _pieces(printed)


def test_a_live_number_in_print_is_never_minus_zero(js):
    pieces = js("(m) => m.printedPieces([-0.044, -0, -0.0517, -0], [2, 2], 4)")
    assert "".join(pieces) == "[[-0.044  -0.    ]\n [-0.0517 -0.    ]]"
    assert pieces[1::2] == ["-0.044", "0.", "-0.0517", "0."]


@pytest.mark.parametrize("text, value", [
    ("0.5", 0.5), ("-2", -2), ("−2", -2), ("0,525", 0.525), (" 1e-3 ", 1e-3), ("+4.", 4), (".5", 0.5), ("1E5", 1e5), ("-0", 0),
    ("", None), ("abc", None), ("1,000.5", None), ("1 2", None), ("0x10", None), ("1e999", None), ("Infinity", None), ("NaN", None), ("--1", None),
])
def test_what_a_reader_types_is_a_number_or_refused(js, text, value):
    typed = js("(m, text) => m.parseNumber(text)", text)
    assert typed == value and not (typed == 0 and math.copysign(1, typed) < 0)


def every_operation(a, b, c):
    """A walkthrough in which each op of the table occurs."""
    sums = a + b - c * a / (b + 3)
    powers = np.abs(a) ** b + a ** 2 + np.sqrt(np.abs(c)) - -a
    exponentials = np.exp(a) + np.expm1(b) + np.log(np.abs(a) + 1) + np.log1p(b * b) + np.tanh(c)
    waves = np.sin(a) * np.cos(b) + np.sign(c) + np.floor(a * 3)
    picked = np.maximum(a, b) - np.minimum(b, c) + np.where((a > b) & (b <= c) | ~(c >= a), a, b)
    counted = (a < b) * 1.0 + (a == b) * 2.0 + (a != c) * 4.0 + np.logaddexp(a, b)
    return sums, powers, exponentials, waves, picked, counted


def test_every_operation_of_the_table_is_tried_here():
    sheet = trace(every_operation, a=0.5, b=-1.5, c=2)
    assert {cell.op for cell in sheet.cells} - {"input", "const"} == set(OPS)


EVALUATE = """(m, [program, inputs]) => {
    const values = m.startValues(program);
    for (const [name, numbers] of Object.entries(inputs))
        program.names[name].cells.forEach((cell, i) => { values[cell] = numbers[i]; });
    return [...m.compile(program)(values)];
}"""


def test_the_browser_evaluates_a_program_to_what_python_gives(js):
    random = np.random.default_rng(7)
    sheet = trace(every_operation, a=[0.5, 1, 2], b=[-1.5, 1, 0], c=[2, 1, 0.1])
    program = sheet.program()
    for _ in range(100):
        inputs = {name: random.normal(size=3) * 10.0 ** random.uniform(-3, 1.5) for name in "abc"}
        values = js(EVALUATE, [program, {name: array.tolist() for name, array in inputs.items()}])
        expected = sheet.evaluate(**inputs)
        for name, place in program["names"].items():
            np.testing.assert_allclose(np.array([values[cell] for cell in place["cells"]], dtype=float), np.ravel(expected[name]).astype(float),
                                       rtol=1e-12, atol=1e-300)


def test_a_page_that_may_not_make_functions_from_text_interprets_to_the_same_values(js):
    program = trace(every_operation, a=[0.5, 1, 2], b=[-1.5, 1, 0], c=[2, 1, 0.1]).program()
    same = js("""(m, program) => {
        const fast = m.compile(program)(m.startValues(program));
        const make = window.Function;
        window.Function = () => { throw new EvalError("refused"); };
        try { return m.compile(program)(m.startValues(program)).every((value, i) => Object.is(value, fast[i])); }
        finally { window.Function = make; }
    }""", program)
    assert same


def test_single_precision_in_the_browser_rounds_every_step(js):
    def third(x):
        y = 1 / x
        z = y * 3 - 1
        return z

    sheet = trace(third, x=3.0)
    z = js("(m, program) => m.compile(program, undefined, true)(new Float32Array(m.startValues(program)))[program.names.z.cells[0]]",
           sheet.program())
    assert z == float(sheet.evaluate(np.float32)["z"])


def test_a_sweep_in_the_browser_is_a_sweep_in_python(js):
    def wave(t, w):
        y = np.sin(w * t) + t ** 2
        return y

    sheet = trace(wave, t=0.0, w=2.0)
    xs = np.linspace(-1, 1, 50)
    rows = js("""(m, [program, xs]) => {
        const state = m.createState({ id: "wave", program, symbols: {}, gradients: {} });
        return [...m.createSweep(state, state.position("t"), [state.position("y")])(xs)[0]];
    }""", [sheet.program(), xs.tolist()])
    np.testing.assert_allclose(rows, sheet.sweep("t", xs, "y"), rtol=1e-12)


def test_an_axis_fits_its_curves_alike_in_both_languages(js):
    random = np.random.default_rng(3)
    for _ in range(100):
        ys = random.normal(size=8) * 10.0 ** random.uniform(-15, 8)
        low, high = js("(m, ys) => m.fitted([ys])", ys.tolist())
        assert np.allclose([low, high], fitted(ys), rtol=1e-9)
        assert low <= ys.min() and ys.max() <= high


BOOK = {"x": [1, 0], "y": [1]}


@pytest.mark.parametrize("search, inputs", [
    ("", {}), ("?highlight=loss", {}), ("?x=1,2&y=0", {"x": [1, 2], "y": [0]}), ("?y=-1e%2B2", {"y": [-100]}), ("?y=1e+2", {"y": [100]}),
])
def test_a_link_gives_the_inputs_that_it_carries(js, search, inputs):
    assert js("(m, [search, book]) => m.readLink(search, book)", [search, BOOK]) == {"inputs": inputs}


@pytest.mark.parametrize("search, part", [
    ("?x=1", "x has 1 of the 2"), ("?x=1,2,3", "x has 3 of the 2"), ("?y=abc", "“abc”"), ("?y=", "“”"), ("?y=%E0%A4", "%E0%A4"), ("?y=1e999", "1e999"),
])
def test_a_damaged_link_is_refused_with_a_sentence(js, search, part):
    error = js("(m, [search, book]) => m.readLink(search, book)", [search, BOOK])["error"]
    assert part in error and "book’s numbers" in error


def test_a_link_reads_back_what_it_wrote_and_keeps_other_queries(js):
    inputs = {"x": [0.1, -2e-7], "y": [1e21]}
    search = js("(m, inputs) => m.writeLink('?highlight=loss&x=9,9', inputs)", inputs)
    assert search.startswith("?highlight=loss&")
    assert js("(m, [search, book]) => m.readLink(search, book)", [search, BOOK]) == {"inputs": inputs}
    assert js("(m, [search, book]) => m.withoutInputs(search, book)", [search, BOOK]) == "?highlight=loss"


def test_copied_numpy_makes_the_same_arrays(js):
    inputs = {"W1": [0.1, -0.2, 3e-7, 4], "b2": [2], "x": [1, 0.5]}
    lines = js("(m, [inputs, shapes]) => m.writeNumpy(inputs, shapes)", [inputs, {"W1": [2, 2], "b2": [], "x": [2]}])
    made = {}
    exec(lines, {"np": np}, made)
    assert np.array_equal(made["W1"], [[0.1, -0.2], [3e-7, 4]]) and made["b2"] == 2.0 and np.array_equal(made["x"], [1, 0.5])


def reasons_for(js, function, name, **inputs):
    sheet = trace(function, **inputs)
    symbols = {element: element for array in sheet.names for element in sheet.elements(array)}
    return js("""(m, [sheet, name]) => m.reason(m.createState(sheet), name)""",
              [{"id": "s", "program": sheet.program(), "symbols": symbols, "gradients": {"dw": "w"}}, name])


@pytest.mark.parametrize("function, inputs, name, words", [
    (lambda x, w: {"dw": w * x}, {"x": 0, "w": 2}, "dw", ["0 because x = 0", "w had no influence"]),
    (lambda a, b: {"d": a - b}, {"a": 1, "b": 1}, "d", ["a = 1 and b = 1 are equal"]),
    (lambda a, b: {"d": np.exp(a) * b}, {"a": -800, "b": 2}, "d", ["e to the power a = -800 is too small"]),
    (lambda a: {"d": 1 / (1 + np.exp(-a))}, {"a": -1000}, "d", ["the denominator is ∞"]),
    (lambda a: {"d": np.exp(a)}, {"a": 1000}, "d", ["∞ because e to the power a = 1000", "largest double"]),
    (lambda a: {"d": -np.log(a)}, {"a": 0}, "d", ["∞ because the logarithm of a = 0"]),
    (lambda a, b: {"d": a / b}, {"a": 0, "b": 0}, "d", ["not a number because a = 0 / b = 0 has no value"]),
    (lambda a: {"d": (1 - a) * np.log(1 - a)}, {"a": 1}, "d", ["not a number because 0 · -∞ has no value"]),
    (lambda a, b: {"d": a * b}, {"a": 2, "b": 3}, "d", [""]),
])
def test_a_number_that_is_zero_or_none_says_why(js, function, inputs, name, words):
    sentence = reasons_for(js, function, name, **inputs)
    assert all(word in sentence for word in words), sentence


def test_the_modules_joined_into_one_file_declare_each_name_once():
    declared = re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", bundle.page_script() , re.M)
    both = re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", bundle.widget_module(), re.M)
    assert len(declared) == len(set(declared)) and len(both) == len(set(both))
    assert not re.search(r"^(import|export) ", bundle.page_script(), re.M)
