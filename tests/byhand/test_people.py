"""Functions as people write them: they trace unchanged, with numpy's numbers, and none of their numbers is missing."""

import contextlib
import io
import sys

import numpy as np
import pytest

from byhand.domain import any_number
from byhand.record import is_object
from formulas_of_people import FILE, formulas, sheet_of
from people import CASES

EVALUATE = """(m, [program, settings]) => settings.map((inputs) => {
    const values = m.startValues(program);
    for (const [name, numbers] of Object.entries(inputs))
        program.names[name].cells.forEach((cell, i) => { values[cell] = numbers[i]; });
    return [...m.compile(program)(values)];
})"""
NAMED = pytest.mark.parametrize("function", CASES, ids=lambda function: function.__name__)


def settings_of(sheet, seed, count=3):
    """The inputs given, and others near them, whole where they must be."""
    random = np.random.default_rng(seed)
    yield sheet.inputs
    for _ in range(count):
        yield {name: random.integers(*_ends(sheet.domain(name)), np.shape(array), endpoint=True).astype(float)
               if sheet.domain(name).whole else array * (1 + 0.02 * random.uniform(-1, 1, np.shape(array)))
               for name, array in sheet.inputs.items()}


def _ends(domain):
    return int(domain.low), int(domain.high)


def plain(sheet, function, inputs):
    """What plain numpy gives: the numbers that variables have while the function runs, one after the other, and those
    that they have at the end, by name."""
    _, given = CASES[function]
    arguments = {name: np.array(value) if isinstance(value, list) else value for name, value in given.items()}
    for name, array in inputs.items():
        is_whole = sheet.domain(name) != any_number()
        arguments[name] = (array.astype(int) if is_whole else array.astype(float).copy())[()]
    seen, final = [], {}

    def watch(frame, event, _):
        if not frame.f_globals.get("__name__", "").startswith("people") or frame.f_code.co_name.startswith("<"):
            return None
        for name, value in frame.f_locals.items():
            seen.append(list(numbers_in(value)))
            if event == "return" and frame.f_code.co_name == function.__name__:
                final[name] = value
        return watch

    sys.settrace(watch)
    try:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            function(**arguments)
    finally:
        sys.settrace(None)
    return {round_off(number) for numbers in seen for number in numbers}, final


def numbers_in(value, depth=0):
    """The floats of a value, which may hold arrays in lists, dicts and objects."""
    if isinstance(value, (float, np.floating)):
        yield float(value)
    elif isinstance(value, np.ndarray) and value.dtype == float:
        yield from value.ravel().tolist()
    elif depth < 4 and (isinstance(value, (list, tuple, dict)) or is_object(value)):
        items = value if isinstance(value, (list, tuple)) else getattr(value, "__dict__", value).values()
        for item in items:
            yield from numbers_in(item, depth + 1)


def round_off(number):
    return float(f"{number:.9e}")


@pytest.mark.filterwarnings("ignore:Mean of empty slice")
@NAMED
def test_it_has_numpys_numbers_at_other_inputs_in_both_languages(js, function):
    sheet = sheet_of(function)
    settings = list(settings_of(sheet, 5))
    program = sheet.program()
    browser = js(EVALUATE, [program, [{name: np.ravel(array).tolist() for name, array in inputs.items()}
                                      for inputs in settings]])
    for inputs, shown in zip(settings, browser):
        values, (_, final) = sheet.evaluate(**inputs), plain(sheet, function, inputs)
        slack = 1e-12 * max(np.abs(np.ravel(value)).max() for value in values.values() if np.size(value))
        for name in [name for name in final if name in values and name not in inputs]:
            np.testing.assert_allclose(values[name] * 1.0, np.array(final[name], dtype=float), 1e-12, slack,
                                       err_msg=name)
        for name, place in program["names"].items():
            np.testing.assert_allclose([shown[cell] * 1.0 for cell in place["cells"]], np.ravel(values[name]) * 1.0,
                                       1e-12, slack, err_msg=name)


@pytest.mark.filterwarnings("ignore:Mean of empty slice")
@NAMED
def test_no_number_is_missing(monkeypatch, function):
    """Whatever a variable has been while plain numpy ran, there is a number of that value in the sheet."""
    sheet = sheet_of(function)
    monkeypatch.setattr(np, "empty", np.zeros)  # or there would be numbers by chance
    *_, elsewhere, inputs = settings_of(sheet, 6)
    computed, _ = plain(sheet, function, inputs)
    constants, _ = plain(sheet, function, elsewhere)
    there = np.array([float(number) for value in sheet.evaluate(**inputs).values() for number in np.ravel(value)]
                     + [float(cell.value) for cell in sheet.cells if cell.op == "const"] + [0.0, 1.0, 0.5])
    small = 1e-12 * np.abs(there[np.isfinite(there)]).max()
    missing = [number for number in set(computed) - set(constants)
               if not np.any(np.isclose(there, number, 1e-8, small, equal_nan=True))]
    assert not missing or sheet.unshown


def test_they_come_from_many_hands():
    assert len(CASES) >= 60 and len({source for source, _ in CASES.values()}) >= 25


def test_formulas_are_those_that_were_read():
    """After a change that is meant, `python tests/byhand/formulas_of_people.py`, and read the difference."""
    assert formulas() == FILE.read_text(encoding="utf-8")
