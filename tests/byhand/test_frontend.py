"""The front end against Python: the same programs, numbers, printed arrays, charts and links."""

import math
import re

import numpy as np
import pytest

from byhand import above, any_number, between, bundle, one_of, trace, truth, whole
from byhand.cell import OPS
from byhand.views.chart import fitted
from byhand.views.fields import field_text
from byhand.views.pen import Pen
from byhand.views.printed import _pieces
from byhand.views.say import say
from byhand.writing.number import format_number


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
    assert js("(m) => [0, -0, 1e-300, -4e-9].map((value) => m.formatNumber(value))") == ["0", "0", "1e−300", "−4e−9"]


def test_a_field_shows_what_python_drew_in_it(js):
    numbers = [0.0, 1.0, -2.0, 0.1, -0.75, 1e-6, 0.00012, 2.5e-7, 123456.789, 1e-15, 1e12]
    assert js("(m, numbers) => numbers.map(m.fieldText)", numbers) == [field_text(value) for value in numbers]


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
    ("0.5", 0.5), ("-2", -2), ("−2", -2), ("0,525", 0.525), (" 1e-3 ", 1e-3), ("+4.", 4), (".5", 0.5), ("1E5", 1e5),
    ("−3e−7", -3e-7),
    ("-0", 0),
    ("", None), ("abc", None), ("1,000.5", None), ("1 2", None), ("0x10", None), ("1e999", None), ("Infinity", None),
    ("NaN", None), ("--1", None),
])
def test_what_a_reader_types_is_a_number_or_refused(js, text, value):
    typed = js("(m, text) => m.parseNumber(text)", text)
    assert typed == value and not (typed == 0 and math.copysign(1, typed) < 0)


def every_operation(a, b, c):
    """A walkthrough in which each op of the table occurs."""
    sums = a + b - c * a / (b + 3)
    powers = np.abs(a) ** b + a ** 2 + np.sqrt(np.abs(c)) - -a
    exponentials = np.exp(a) + np.expm1(b) + np.log(np.abs(a) + 1) + np.log1p(b * b) + np.tanh(c)
    waves = np.sin(a) * np.cos(b) + np.sign(c) + np.floor(a * 3) + np.tan(a / 9) + np.arctan(b) * np.arctan2(a, b)
    arcs = np.arcsin(np.sin(c)) + np.arccos(np.cos(a)) + np.sinh(a / 9) * np.cosh(b / 9) + math.erf(np.ravel(a)[0])
    rounded = np.ceil(a * 3) + np.trunc(b * 3) + np.rint(c * 2) + a // b + a % c
    picked = np.maximum(a, b) - np.minimum(b, c) + np.where((a > b) & (b <= c) | ~(c >= a), a, b)
    counted = (a < b) * 1.0 + (a == b) * 2.0 + (a != c) * 4.0 + np.logaddexp(a, b)
    return sums, powers, exponentials, waves, picked, counted, arcs, rounded


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
            np.testing.assert_allclose(np.array([values[cell] for cell in place["cells"]], dtype=float),
                                       np.ravel(expected[name]).astype(float),
                                       rtol=1e-12, atol=1e-300)


def test_a_page_that_may_not_make_functions_from_text_interprets_to_the_same_values(js):
    program = trace(every_operation, a=[0.5, 1, 2], b=[-1.5, 1, 0], c=[2, 1, 0.1]).program()
    same = js("""(m, program) => {
        const fast = m.compile(program)(m.startValues(program));
        const make = globalThis.Function;
        globalThis.Function = () => { throw new EvalError("refused"); };
        try { return m.compile(program)(m.startValues(program)).every((value, i) => Object.is(value, fast[i])); }
        finally { globalThis.Function = make; }
    }""", program)
    assert same


def test_single_precision_in_the_browser_rounds_every_step(js):
    def third(x):
        y = 1 / x
        z = y * 3 - 1
        return z

    sheet = trace(third, x=3.0)
    z = js("""(m, program) => {
        const values = m.compile(program, undefined, true)(new Float32Array(m.startValues(program)));
        return values[program.names.z.cells[0]];
    }""", sheet.program())
    assert z == float(sheet.evaluate(np.float32)["z"])


def test_a_sweep_in_the_browser_is_a_sweep_in_python(js):
    def wave(t, w):
        y = np.sin(w * t) + t ** 2
        return y

    sheet = trace(wave, t=0.0, w=2.0)
    xs = np.linspace(-1, 1, 50)
    rows = js("""(m, [program, xs]) => {
        const state = m.createState({ id: "wave", program, symbols: {}, gradients: {} });
        return [...state.sweep(["t"], ["y"])(xs)[0]];
    }""", [sheet.program(), xs.tolist()])
    np.testing.assert_allclose(rows, sheet.sweep("t", xs, "y"), rtol=1e-12)


def test_an_axis_fits_its_curves_alike_in_both_languages(js):
    random = np.random.default_rng(3)
    for _ in range(100):
        ys = random.normal(size=8) * 10.0 ** random.uniform(-15, 8)
        low, high = js("(m, ys) => m.fitted([ys])", ys.tolist())
        assert np.allclose([low, high], fitted(ys), rtol=1e-9)
        assert low <= ys.min() and ys.max() <= high


def test_a_number_has_the_same_symbol_in_both_languages(js):
    def step(W1, yhat, w):
        dW1 = W1 * yhat
        numeric_dW1 = W1 * 2
        loss = np.sum(W1) + np.sum(w)
        return loss

    sheet = trace(step, W1=np.ones((2, 11)), yhat=1, w=np.ones((2, 2, 2)))
    pen = Pen(sheet, {"w": "ω"})
    names = [element for name in sheet.names for element in sheet.elements(name)]
    written = js("(m, [names, symbols]) => names.map((name) => m.symbolOf(name, symbols))",
                 [names, pen.data()["symbols"]])
    assert written == [pen.symbols.text(name) for name in names]


def pair(x, y):
    z = x * y
    return z


def sheet_of(scope, function=pair, domains=None, **inputs):
    """What a page carries of an explorer."""
    sheet = trace(function, domains=domains, **inputs)
    return {"id": scope, "scope": scope, **Pen(sheet).data()}


CHAPTER = sheet_of("chapter", x=[1.0, 0.0], y=1.0, domains={"y": between(0, 100)})
READ_LINK = """(m, [search, sheets]) => {
    const scopes = m.createScopes(sheets.map(m.createState));
    const { inputsOf, problems } = m.readLink(search, scopes);
    return [problems.map(({ sentence }) => sentence), ...scopes.map(inputsOf)];
}"""


@pytest.mark.parametrize("search, inputs", [
    ("", {}), ("?highlight=loss&utm_id=7&q=a,b", {}), ("?x=1,2&y=0", {"x": [1, 2], "y": [0]}),
    ("?y=1e%2B2", {"y": [100]}), ("?y=1e+2", {"y": [100]}),
    ("?x=1%2C%202", {"x": [1, 2]}), ("?x=1,+2", {"x": [1, 2]}), ("?y=2%20", {"y": [2]}),
    ("?y=2+", {"y": [2]}),  # blanks, as scripts rewrite them
])
def test_a_link_gives_the_inputs_that_it_carries(js, search, inputs):
    assert js(READ_LINK, [search, [CHAPTER]]) == [[], inputs]


@pytest.mark.parametrize("search, part", [
    ("?x=1", "x has 1 of the 2 numbers"), ("?x=1,2,3", "x has 3 of the 2"),
    ("?y=abc", "y = “abc” is not a number from 0 to 100"),
    ("?y=", "y = “” is not"), ("?y=%E0%A4", "“%E0%A4”"), ("?y=1e999", "1e999"),
    ("?y=-1", "y = “-1” is not a number from 0 to 100"),
    ("?x=1,NaN", "x = “1,NaN” has something else than a finite number"), ("?y=" + "7" * 60000, "777…” is not"),
    ("?x=" + "7," * 30000, "x has 30001 of the 2"),
    ("?z=3,4", "The link names “z”, which is no input"), ("?Y=1", "“Y”, which is no input"), ("?x[0]=1", "“x[0]”"),
    ("?toString=1", "“toString”"),
    ("?__proto__=1", "“__proto__”"), ("?constructor=1,2", "“constructor”"),
])
def test_what_a_link_cannot_put_in_gets_a_short_sentence_and_the_rest_is_taken(js, search, part):
    [sentence], inputs = js(READ_LINK, [f"{search}&x=5,6" if "x=" not in search else search, [CHAPTER]])
    assert part in sentence and len(sentence) < 200
    assert inputs == ({} if "x=" in search else {"x": [5, 6]})


def test_the_last_of_two_numbers_of_one_name_in_a_link_counts_and_the_link_is_told_of(js):
    [sentence], inputs = js(READ_LINK, ["?y=1&y=2", [CHAPTER]])
    assert "y twice: the last one counts" in sentence and inputs == {"y": [2]}


def test_a_link_reads_back_what_it_wrote_and_keeps_other_queries(js):
    other = sheet_of("pair-1", x=3.0, y=4.0)
    search, found = js("""(m, sheets) => {
        const scopes = m.createScopes(sheets.map(m.createState));
        scopes[0].set({ x: [0.1, -2e-7] });
        scopes[1].set({ x: [1e21] });
        const search = m.writeLink("?highlight=loss&x=9,9&a%20b", scopes);
        const { inputsOf } = m.readLink(search, scopes);
        return [search, scopes.map(inputsOf)];
    }""", [CHAPTER, other])
    assert search == "?highlight=loss&a%20b&x=0.1,-2e-7&y=1&pair-1.x=1e+21&pair-1.y=4"
    assert found == [{"x": [0.1, -2e-7], "y": [1]}, {"x": [1e21], "y": [4]}]


def test_a_link_holds_no_numbers_where_all_are_the_given_ones(js):
    assert js("(m, sheets) => m.writeLink('?highlight=loss&x=9,9', m.createScopes(sheets.map(m.createState)))",
              [CHAPTER]) == "?highlight=loss"


def test_sheets_of_one_scope_have_one_set_of_inputs_and_the_first_ones_numbers(js):
    sheets = [sheet_of("a", x=3.0, y=1.0), sheet_of("b", x=4.0, y=1.0), sheet_of("a", x=5.0, y=2.0)]
    given, moved = js("""(m, sheets) => {
        const states = sheets.map(m.createState);
        const scopes = m.createScopes(states);
        const now = () => [states.map((state) => state.inputs().x[0]), scopes.map((scope) => scope.isGiven())];
        const given = now();
        scopes[0].set({ x: [7] });
        return [given, now()];
    }""", sheets)
    assert given == [[3, 4, 3], [True, True]] and moved == [[7, 4, 7], [False, True]]


ANY, STEP, SHARE, PLACE = (domain.data() for domain in (any_number(), above(0), between(0, 1), whole(0, 8)))


@pytest.mark.parametrize("domain, start, steps, end", [
    (ANY, 0.1, [100] + [-1] * 100, 0.1), (ANY, 0.123456789012345678, [1, -1], 0.12345678901234568),
    (ANY, 0.123456789012345678, [1], 0.22345678901234568),
    (ANY, 1e-320, [1, 1, -2], 1e-320), (ANY, 0.1, [1, 1], 0.3), (ANY, 1e22, [1], 1e22), (ANY, -0.1, [1], 0),
    (ANY, 1.7976931348623157e308, [10] * 50, 1.7976931348623157e308),
    (STEP, 1e-6, [-10] * 2000, 2.3e-308), (STEP, 1e-6, [10] * 2000, 1.7976931348623157e308),
    (STEP, 1e-6, [1], 1.77828e-6), (STEP, 1.23456789e-6, [1, -1], 1.23456789e-6),
    (SHARE, 0.95, [1], 1), (SHARE, 0.95, [1, 1, 1, -1], 0.95), (SHARE, 0.25, [-10], 0), (PLACE, 3, [1], 4),
    (PLACE, 3, [10], 8), (PLACE, 3, [-10, -10], 0),
])
def test_arrow_keys_stay_in_the_domain_and_lead_back_to_where_they_set_out(js, domain, start, steps, end):
    arrived = js("""(m, [domain, start, steps]) => {
        const further = (walk, by) => m.walked(domain, walk, walk.value, by);
        return steps.reduce(further, { value: start }).value;
    }""", [domain, start, steps])
    assert arrived == end and (arrived != 0 or math.copysign(1, arrived) > 0)


@pytest.mark.parametrize("domain, good, bad", [
    (any_number(), [0, -1.5, 1e308, 5e-324], [math.inf, -math.inf, math.nan]),
    (above(0), [1e-6, 2.3e-308, 1e308], [0, -0.0, -1, 5e-324, 1e-320, math.inf, math.nan]),
    (above(2), [2.0000000000000004, 3], [2, 1]), (between(0, 1), [0, 0.5, 1], [-0.1, 3, math.nan]),
    (whole(0, 8), [0, 8], [9, 2.5, -1, math.nan]),
    (one_of("abc"), [0, 2], [3, 0.5, -1]), (truth(), [0, 1], [2, 0.5, math.nan]),
])
def test_both_languages_know_what_an_input_may_be(js, domain, good, bad):
    allowed = js("(m, [domain, numbers]) => numbers.map((number) => m.allows(domain, Number(number)))",
                 [domain.data(), [str(each).replace("inf", "Infinity").replace("nan", "NaN") for each in good + bad]])
    assert allowed == [each in domain for each in good + bad] == [True] * len(good) + [False] * len(bad)


@pytest.mark.parametrize("text, read",
                         [("1,000", "read as 1:"), ("12,345", "read as 12.345:"), ("-1,250", "read as -1.25:"),
                          ("0,525", ""), ("0,5", ""), ("1.000", "")])
def test_a_comma_that_may_have_been_meant_to_part_thousands_is_told_of(js, text, read):
    remark = js("(m, [domain, text]) => m.readText(domain, text).remark ?? ''", [ANY, text])
    assert (read in remark) if read else remark == ""


def test_copied_numpy_makes_the_same_arrays(js):
    inputs = {"W1": [0.1, -0.2, 3e-7, 4], "b2": [2], "x": [1, 0.5]}
    lines = js("(m, [inputs, shapes]) => m.writeNumpy(inputs, shapes)", [inputs, {"W1": [2, 2], "b2": [], "x": [2]}])
    made = {}
    exec(lines, {"np": np}, made)
    assert np.array_equal(made["W1"],
                          [[0.1, -0.2], [3e-7, 4]]) and made["b2"] == 2.0 and np.array_equal(made["x"], [1, 0.5])


def reasons_for(js, function, name, **inputs):
    sheet = trace(function, **inputs)
    symbols = {element: element for array in sheet.names for element in sheet.elements(array)}
    return js("""(m, [sheet, name]) => m.reason(m.createState(sheet), name)""",
              [{"id": "s", "program": sheet.program(), "symbols": symbols, "gradients": {"dw": "w"}}, name])


@pytest.mark.parametrize("function, inputs, name, words", [
    (lambda x, w: {"dw": w * x}, {"x": 0, "w": 2}, "dw", ["0 because x = 0", "w had no influence"]),
    (lambda a, b: {"d": a - b}, {"a": 1, "b": 1}, "d", ["a = 1 and b = 1 are equal"]),
    (lambda a, b: {"d": np.exp(a) * b}, {"a": -800, "b": 2}, "d", ["e to the power a = −800 is too small"]),
    (lambda a: {"d": 1 / (1 + np.exp(-a))}, {"a": -1000}, "d", ["the denominator is ∞"]),
    (lambda a: {"d": np.exp(a)}, {"a": 1000}, "d", ["∞ because e to the power a = 1000", "largest double"]),
    (lambda a: {"d": -np.log(a)}, {"a": 0}, "d", ["∞ because the logarithm of a = 0"]),
    (lambda a, b: {"d": a / b}, {"a": 0, "b": 0}, "d", ["not a number because a = 0 / b = 0 has no value"]),
    (lambda a: {"d": (1 - a) * np.log(1 - a)}, {"a": 1}, "d", ["not a number because 0 · −∞ has no value"]),
    (lambda a, b: {"d": a * b}, {"a": 2, "b": 3}, "d", [""]),
])
def test_a_number_that_is_zero_or_none_says_why(js, function, inputs, name, words):
    sentence = reasons_for(js, function, name, **inputs)
    assert all(word in sentence for word in words), sentence


def test_the_modules_joined_into_one_file_declare_each_name_once():
    declared = re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", bundle.page_script(),
                          re.MULTILINE)
    both = re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", bundle.widget_module(),
                      re.MULTILINE)
    assert len(declared) == len(set(declared)) and len(both) == len(set(both))
    assert not re.search(r"^(import|export) ", bundle.page_script(), re.MULTILINE)


def test_another_program_comes_in_the_place_of_a_states_own(js):
    def line(x, w):
        y = w * x
        return y

    def bent(w, x, b):
        bend = np.tanh(w * x)
        y = bend + b
        return y

    sheets = [Pen(trace(line, x=2.0, w=3.0)).data(), Pen(trace(bent, w=5.0, x=7.0, b=1.0)).data()]
    before, after, given, found = js("""(m, [first, second]) => {
        const state = m.createState({ id: "s", scope: "own", ...first });
        state.set({ w: [0.25] });
        const shown = (name) => state.values[state.position(name)];
        const before = shown("y");
        state.replace(second);
        const { sheet: { id, scope }, generation } = state;
        return [before, shown("y"), state.bookInputs(), [id, scope, state.has("bend"), generation]];
    }""", sheets)
    assert before == 0.5
    # W and x are the reader's still, b is the new one's.
    assert after == pytest.approx(math.tanh(0.25 * 2) + 1, rel=1e-12)
    assert given == {"w": [3], "x": [2], "b": [1]} and found == ["s", "own", True, 1]


def test_what_is_drawn_follows_a_program_that_was_replaced(page_js):
    def line(x, w):
        y = w * x
        return y

    def steep(unit, x, w):
        slope = unit * 10
        y = slope * w * x
        return y

    before, after = page_js("""(m, [html, first, second]) => {
        const root = document.createElement("div");
        root.innerHTML = html;
        const state = m.createState({ id: "s", scope: "own", ...first });
        const write = m.bind(root, [state], { offers: () => false });
        write();
        const before = root.textContent.trim();
        state.replace(second);
        write();
        return [before, root.textContent.trim()];
    }""", [say(Pen(trace(line, x=2.0, w=3.0)), "y"),
           *(Pen(sheet).data() for sheet in (trace(line, x=2.0, w=3.0), trace(steep, unit=1.0, x=5.0, w=7.0)))])
    assert (before, after) == ("6", "60")
