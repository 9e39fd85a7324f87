"""A number that picks a place: numpy's numbers for every value of its domain, in Python and in the browser."""

import itertools

import numpy as np
import pytest

from byhand import TraceError, explore, one_of, trace, truth, whole

P, W = [0.5, -2.0, 3.0], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
EVALUATE = """(m, [program, settings]) => settings.map((inputs) => {
    const values = m.startValues(program);
    for (const [name, number] of Object.entries(inputs)) values[program.names[name].cells[0]] = number;
    return [...m.compile(program)(values)];
})"""


def reading(p, which):
    picked = p[which]
    beside = p[which - 1] * which + 2 ** which / (which + 1)
    return picked, beside


def writing(p, which, t):
    q = p.copy()
    q[which] = t
    r = p * 2
    r[which] += t
    r[which] *= t
    total = np.sum(q * r)
    return total


def in_two_dimensions(W, i, j):
    picked = W[i, j]
    row, column = W[i], W[:, j]
    V = W.copy()
    V[i] += column[1]
    V[i, j] -= row[0]
    V[1, j] = 7.0
    beside = W[[0, 1], j]
    return V, beside


def from_the_end(p, back):
    last = p[back]
    q = 1 * p
    q[back] = last ** 2
    return q


def worked_out(p, i, j):
    sums = p[i + j]
    other_way = p[2 - i - j]
    apart = p[np.maximum(i - j, 0)]
    return sums, other_way, apart


def of_truths(p, which):
    signs = p > 0
    sign = signs[which]
    signs[which] = False
    y = np.where(sign, 1.0, 2.0) + np.sum(signs * 1.0)
    return y


def from_a_table(which, n):
    table = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    column = np.take(table, which, axis=1)
    number = np.take(table, n % 6) * (n % 4)
    other = np.take(table, n % 2, axis=0) + np.take(table, [2, 0])[0]
    return column, number, other


def with_a_label(p, labels):
    loss = 0.0
    for k in range(2):
        loss = loss - p[labels[k]]
    return loss


CASES = {
    reading: ({"p": P, "which": 1}, {"which": whole(0, 2)}),
    writing: ({"p": P, "which": 1, "t": 0.25}, {"which": one_of("abc")}),
    in_two_dimensions: ({"W": W, "i": 0, "j": 2}, {"i": truth(), "j": whole(0, 2)}),
    from_the_end: ({"p": P, "back": -1}, {"back": whole(-3, 2)}),
    worked_out: ({"p": P, "i": 0, "j": 1}, {"i": whole(0, 1), "j": whole(0, 1)}),
    from_a_table: ({"which": 0, "n": 7}, {"which": whole(0, 2), "n": whole(-9, 20)}),
    of_truths: ({"p": P, "which": 0}, {"which": whole(0, 2)}),
}


def settings_of(domains):
    for places in itertools.product(*(domain.places() for domain in domains.values())):
        yield dict(zip(domains, places))


def by_numpy(function, inputs):
    """What the function returns for plain numbers, the numbers that pick being plain ints."""
    return function(**{name: np.array(value) if isinstance(value, list) else value for name, value in inputs.items()})


def returned(function):
    """The names of the local variables that a function of this module returns."""
    return {reading: ["picked", "beside"], writing: ["total"], in_two_dimensions: ["V", "beside"], from_the_end: ["q"],
            worked_out: ["sums", "other_way", "apart"],
            from_a_table: ["column", "number", "other"], of_truths: ["y"]}[function]


@pytest.mark.parametrize("function", CASES, ids=lambda function: function.__name__)
def test_a_number_picks_what_numpy_picks_in_both_languages(js, function):
    inputs, domains = CASES[function]
    sheet = trace(function, domains=domains, **inputs)
    program, settings = sheet.program(), list(settings_of(domains))
    for setting, browser in zip(settings, js(EVALUATE, [program, settings])):
        expected = by_numpy(function, inputs | setting)
        values = sheet.evaluate(**setting)
        for name, value in zip(returned(function), expected if isinstance(expected, tuple) else [expected]):
            np.testing.assert_allclose(values[name], value, rtol=1e-14)
            shown = [browser[cell] for cell in program["names"][name]["cells"]]
            np.testing.assert_allclose(shown, np.ravel(value), rtol=1e-14)


def test_numbers_of_an_array_pick_one_by_one():
    sheet = trace(with_a_label, domains={"labels": whole(0, 2)}, p=P, labels=[0, 2])
    for labels in itertools.product(range(3), repeat=2):
        assert sheet.evaluate(labels=labels)["loss"] == by_numpy(with_a_label, {"p": P, "labels": list(labels)})


def test_a_number_picks_for_explore_and_for_functions_in_order():
    def prepare(x):
        p = x * 2
        return p
    net = explore(prepare, reading, domains={"which": whole(0, 2)}, x=P, which=0)
    net["which"] = 2
    assert net["picked"] == 6


def test_an_input_of_a_whole_domain_is_a_whole_number_for_plain_numpy():
    def walk(p, n):
        y = p * (2 if isinstance(n, (int, np.integer)) else 3)
        return y
    with pytest.raises(TraceError, match=r"y is .* for plain numbers, but .* when traced"):
        trace(walk, domains={"n": whole(0, 3)}, p=P, n=1)


def by_a_mask(p, which):
    y = p[p > which]
    return y


def by_a_slice(p, which):
    y = np.sum(p[:which])
    return y


def by_several(p, which):
    y = p[np.stack([which > 0, which < 2, which == 1])]
    return y


def beyond(p, which):
    y = p[which + 1]
    return y


def counting(p, which):
    y = 0
    for i in range(which):
        y = y + p[i]
    return y


NUMBERS = np.array([1.0, 2.0, 3.0])


def from_plain_numbers(p, which):
    y = NUMBERS[which] * p
    return y


def two_of_them(p, which, other):
    y = p[which] * p[other]
    return y


DOMAIN = {"which": whole(0, 2)}


@pytest.mark.parametrize("function, domains, inputs, line, words", [
    (by_a_mask, DOMAIN, {}, 2, ["by a mask of values", "np.where"]),
    (by_a_slice, DOMAIN, {}, 2, ["a slice begins or ends at a value", "np.where(np.arange"]),
    (by_several, DOMAIN, {}, 2, ["by a mask of values", "np.where"]),
    (beyond, DOMAIN, {}, 2, ["which may be 2, but", "out of bounds for axis 0", "a domain that stays within"]),
    (reading, {"which": whole(0, 9)}, {}, 2, ["which may be 3, but", "out of bounds"]),
    (counting, DOMAIN, {}, 3, ["as a count", "leave that argument out of the inputs"]),
    (from_plain_numbers, DOMAIN, {}, 2, ["picks from plain numbers", "np.take(numbers, place, axis=0)"]),
    (reading, {}, {"which": 1.0}, 2, ["which picks a place, so it must be whole", "domains={'which': whole(0, 3)}"]),
    (two_of_them, DOMAIN, {"other": 1.0}, 2, ["other picks a place", "domains={'other': whole(0, 3)}"]),
    (worked_out, {"i": whole(0, 400), "j": whole(0, 400)}, {"i": 0, "j": 1}, 2, ["i and j may be", "100,000 ways"]),
])
def test_what_cannot_pick_is_refused_with_line_reason_and_remedy(function, domains, inputs, line, words):
    inputs = {"p": P, **(inputs if "i" in inputs else {"which": 1} | inputs)}
    with pytest.raises(TraceError) as caught:
        trace(function, domains=domains, **inputs)
    message = str(caught.value)
    assert message.startswith(f"{function.__name__}, line {line} (`")
    assert all(word in message for word in words), message


@pytest.mark.parametrize("domains, error, words", [
    ({"witch": whole(0, 2)}, KeyError, "witch is not an input: the inputs are p, which"),
    ({"which": range(3)}, ValueError, "the domain of which is .*: make it with above, between, whole, one_of or truth"),
    ({"which": whole(2, 3)}, ValueError, "which cannot be 1.0: it must be a whole number from 2 to 3"),
])
def test_a_domain_that_fits_no_input_is_refused(domains, error, words):
    with pytest.raises(error, match=words):
        trace(reading, domains=domains, p=P, which=1)
