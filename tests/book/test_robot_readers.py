"""Robot readers of the practice page's exercise: each mistake is named at its line, a right answer is never wrong."""

import sys

import numpy as np
import pytest

from byhand.practice.marking import mark
from conftest import ROOT

# Answers of a reader who rounds at every line, with the k-th mistake (0: none); `slips` puts other numbers in.
READER = """const reader = (marker, numbers, k, slips = {}) => {
  const answers = {};
  for (const [line, names] of Object.entries(marker.exercise.lines)) {
    const values = marker.values(numbers, answers);
    const made = k && marker.exercise.mistakes[k - 1].line === line ? k : 0;
    for (const name of names) answers[name] = slips[name] ?? Math.round(values[marker.place(made, name)] * 1e4) / 1e4;
  }
  return answers;
};
const problem = (seed) => marker.problem(seed, { squared: [squared] });
const toFind = (numbers) => marker.exercise.mistakes.map((_, i) => i + 1).filter((k) =>
  k <= marker.exercise.hidden && marker.isMade(k, numbers));
const lineOf = (name) => name.split("[")[0];
"""


@pytest.fixture(scope="module")
def exercise():
    sys.path.insert(0, str(ROOT / "book"))
    import practice
    sys.path.remove(str(ROOT / "book"))
    return practice.live_practice()[0].pen.exercise


@pytest.fixture(scope="module")
def robots(js, exercise):
    """Runs the body of a JavaScript function of a `marker`, the robot `reader` and an argument, for either loss."""
    js("(m, data) => { globalThis.marker = new m.Marker(data); }", exercise.data())
    opening = "(m, argument) => { const marker = globalThis.marker; const squared"
    return lambda body, argument=None, squared=0: js(f"{opening} = {squared}; {READER} {body} }}", argument)


either_loss = pytest.mark.parametrize("squared, part", [(0, 1), (1, 0.1)], ids=["cross-entropy", "squared error"])


@either_loss
def test_mistakes_in_a_thousand_problems_are_each_named_at_their_line_the_rest_is_right_method(robots, squared, part):
    assert robots("""
      const failures = [];
      for (let seed = 0; seed < argument * 1000; seed++) {
        const numbers = problem(seed).inputs;
        for (const k of toFind(numbers)) {
          const { marks } = marker.mark(numbers, reader(marker, numbers, k));
          const wrong = marker.asked.filter((name) => !["right", "carried"].includes(marks[name].mark));
          const isNamed = wrong.length && wrong.every((name) => marks[name].mark === "mistake"
            && marks[name].mistake === k && lineOf(name) === marker.exercise.mistakes[k - 1].line);
          if (!isNamed) failures.push([seed, k]);
        }
      }
      return failures;""", part, squared) == []


@either_loss
def test_after_an_unrelated_slip_a_mistake_is_named_or_it_is_said_that_no_digit_tells(robots, squared, part):
    named, called_right, untold, total = robots("""
      let [named, right, untold, total] = [0, 0, 0, 0];
      for (let seed = 0; seed < argument * 300; seed++) {
        const { inputs: numbers } = problem(seed);
        const next = random(seed);
        for (const k of toFind(numbers)) {
          const { line } = marker.exercise.mistakes[k - 1];
          const before = marker.asked.slice(0, marker.asked.findIndex((name) => lineOf(name) === line));
          const slipped = before[Math.floor(next() * before.length)];
          const plain = reader(marker, numbers, k);
          const off = (next() < 0.5 ? -1 : 1) * (0.02 + 0.28 * next());
          const answers = reader(marker, numbers, k, { [slipped]: Math.round((plain[slipped] + off) * 1e4) / 1e4 });
          const { marks } = marker.mark(numbers, answers);
          const names = marker.exercise.lines[line];
          named += names.some((name) => marks[name].mistake === k);
          const isRight = names.every((name) => ["right", "carried"].includes(marks[name].mark));
          right += isRight;
          untold += isRight && names.some((name) => marks[name].mark === "carried" && !marks[name].alike);
          total += 1;
        }
      }
      return [named, right, untold, total];
      function random(seed) { let s = seed + 1; return () => { s = (s * 16807) % 2147483647; return s / 2147483647; }; }
    """, part, squared)
    assert named >= 0.99 * total
    # The slip made both lines' numbers the same, to all 4 decimals; squared error's numbers are smaller.
    assert untold == 0 and called_right <= (3e-3 if squared else 5e-4) * total


@either_loss
def test_right_answers_rounded_as_asked_are_never_marked_wrong(robots, squared, part):
    assert robots("""
      const failures = [];
      for (let seed = 0; seed < argument * 10000; seed++) {
        const { inputs: numbers } = problem(seed);
        const { marks } = marker.mark(numbers, reader(marker, numbers, 0));
        if (marker.asked.some((name) => marks[name].mark !== "right")) failures.push(seed);
      }
      return failures;""", part, squared) == []


@either_loss
def test_of_random_wrong_numbers_one_in_a_hundred_at_most_is_called_a_named_mistake(robots, squared, part):
    named, total = robots("""
      let [named, total] = [0, 0];
      for (let seed = 0; seed < argument * 2000; seed++) {
        const { inputs: numbers } = problem(seed);
        const right = reader(marker, numbers, 0);
        const name = marker.asked[seed % marker.asked.length];
        const random = ((seed * 7919) % 20011) / 10000 - 1;
        const wrong = seed % 2 ? random : right[name] + random / 3;
        if (Math.abs(wrong - right[name]) < 0.001) continue;
        const { marks } = marker.mark(numbers, { ...right, [name]: Math.round(wrong * 1e4) / 1e4 });
        total += 1;
        named += marks[name].mark.startsWith("mistake");
      }
      return [named, total];""", part, squared)
    assert named <= 0.01 * total and total > part * 1900


@either_loss
def test_a_zero_or_a_huge_number_early_gains_nothing(robots, squared, part):
    assert robots("""
      const gains = [];
      for (let seed = 0; seed < argument * 200; seed++) {
        const { inputs: numbers } = problem(seed);
        const tried = { d2: 0, "a1[0]": 1, yhat: 0, "z1[0]": 1e9, "slope1[1]": 0, z2: -1e99 };
        for (const [name, silly] of Object.entries(tried)) {
          const values = marker.values(numbers, { [name]: silly });
          const answers = { [name]: silly };
          for (const each of marker.asked.slice(marker.asked.indexOf(name) + 1)) {
            const [own, right] = [values[marker.place(0, each)], marker.values(numbers, {})[marker.place(0, each)]];
            if (Number.isFinite(own) && Math.abs(own - right) > 1e-3) answers[each] = Math.round(own * 1e4) / 1e4;
          }
          const { marks } = marker.mark(numbers, answers);
          const gained = Object.keys(answers).filter((each) => each !== name && marks[each].mark === "carried"
            && Math.abs(answers[each]) < 1e-4);
          if (gained.length || !marks[name].uncarried) gains.push([seed, name, gained]);
        }
      }
      return gains;""", part, squared) == []


def test_pythons_problems_and_marks_are_the_browsers(robots, exercise):
    random = np.random.default_rng(0)
    for seed, squared in [(0, 0), (1, 1), (17, 0), (17, 1), (2**31, 0), (4294967295, 1)]:
        inputs, hidden = exercise.problem(seed, squared=float(squared))
        found = robots("return problem(argument);", seed, squared)
        assert found == {"inputs": {name: np.ravel(array).tolist() for name, array in inputs.items()},
                         "mistake": hidden}
        for k in random.integers(0, len(exercise.mistakes) + 1, 6).tolist():
            numbers = found["inputs"]
            answers = robots("return reader(marker, ...argument);", [numbers, k, {"z1[0]": 0.5} if seed else {}])
            answers = {name: value for name, value in answers.items() if random.random() < 0.9}
            answers |= {name: -answers[name] for name in list(answers) if random.random() < 0.05}
            ours = {name: as_data(exercise, each) for name, each in mark(exercise, inputs, answers).items()}
            assert robots("return marker.mark(...argument).marks;", [numbers, answers]) == ours


def as_data(exercise, each):
    """A Mark as marking.js has it."""
    keys = ["", *(mistake.name for mistake in exercise.mistakes)]
    data = {"mark": each.mark}
    if each.mistake:
        data["mistake"] = keys.index(each.mistake)
    if each.alike:
        data["alike"] = keys.index(each.alike)
    if each.mark == "unknown":
        data["slip"] = each.slip
    if each.mark in ("carried", "mistake-carried", "unknown"):
        data["since"] = list(each.since)
    return data | ({"uncarried": each.uncarried} if each.uncarried else {})
