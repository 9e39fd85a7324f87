"""Robot readers of the practice page's exercise: each mistake is named at its line, a right answer is never wrong."""

import sys

import numpy as np
import pytest

from byhand import trace
from byhand.practice.exercise import Exercise
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
const lineOf = (name) => name.split("[")[0];
"""


@pytest.fixture(scope="module")
def exercise():
    sys.path.insert(0, str(ROOT / "book"))
    import practice
    sys.path.remove(str(ROOT / "book"))
    sheet = trace(*practice.LINES, inside=False, **practice.START)
    groups = [practice.FORWARD, practice.OUTPUT, practice.HIDDEN]
    return Exercise(sheet, groups, practice.mistakes, practice.DRAWS, len(practice.THIRTEEN))


@pytest.fixture(scope="module")
def robots(js, exercise):
    """Runs the body of a JavaScript function of a `marker`, the robot `reader` and an argument."""
    js("(m, data) => { globalThis.marker = new m.Marker(data); }", exercise.data())
    return lambda body, argument=None: js(f"(m, argument) => {{ const marker = globalThis.marker; {READER} {body} }}",
                                          argument)


def test_thirteen_mistakes_in_a_thousand_problems_are_each_named_at_their_line_and_the_rest_is_right_method(robots):
    assert robots("""
      const failures = [];
      for (let seed = 0; seed < 1000; seed++) {
        const numbers = marker.problem(seed).inputs;
        for (let k = 1; k <= 13; k++) {
          const { marks } = marker.mark(numbers, reader(marker, numbers, k));
          const wrong = marker.asked.filter((name) => !["right", "carried"].includes(marks[name].mark));
          const isNamed = wrong.length && wrong.every((name) => marks[name].mark === "mistake"
            && marks[name].mistake === k && lineOf(name) === marker.exercise.mistakes[k - 1].line);
          if (!isNamed) failures.push([seed, k]);
        }
      }
      return failures;""") == []


def test_after_an_unrelated_slip_a_mistake_is_named_and_called_right_only_where_all_digits_agree(robots):
    named, called_right, total = robots("""
      let [named, right, total] = [0, 0, 0];
      for (let seed = 0; seed < 300; seed++) {
        const { inputs: numbers } = marker.problem(seed);
        const next = random(seed);
        for (let k = 1; k <= 13; k++) {
          const { line } = marker.exercise.mistakes[k - 1];
          const before = marker.asked.slice(0, marker.asked.findIndex((name) => lineOf(name) === line));
          const slipped = before[Math.floor(next() * before.length)];
          const plain = reader(marker, numbers, k);
          const off = (next() < 0.5 ? -1 : 1) * (0.02 + 0.28 * next());
          const answers = reader(marker, numbers, k, { [slipped]: Math.round((plain[slipped] + off) * 1e4) / 1e4 });
          const { marks } = marker.mark(numbers, answers);
          const names = marker.exercise.lines[line];
          named += names.some((name) => marks[name].mistake === k);
          right += names.every((name) => ["right", "carried"].includes(marks[name].mark));
          total += 1;
        }
      }
      return [named, right, total];
      function random(seed) { let s = seed + 1; return () => { s = (s * 16807) % 2147483647; return s / 2147483647; }; }
    """)
    assert named >= 0.99 * total
    assert called_right <= 5e-4 * total  # the slip made both lines' numbers the same, to all 4 decimals


def test_right_answers_rounded_as_asked_are_never_marked_wrong(robots):
    assert robots("""
      const failures = [];
      for (let seed = 0; seed < 10000; seed++) {
        const { inputs: numbers } = marker.problem(seed);
        const { marks } = marker.mark(numbers, reader(marker, numbers, 0));
        if (marker.asked.some((name) => marks[name].mark !== "right")) failures.push(seed);
      }
      return failures;""") == []


def test_of_random_wrong_numbers_one_in_a_hundred_at_most_is_called_a_named_mistake(robots):
    named, total = robots("""
      let [named, total] = [0, 0];
      for (let seed = 0; seed < 2000; seed++) {
        const { inputs: numbers } = marker.problem(seed);
        const right = reader(marker, numbers, 0);
        const name = marker.asked[seed % marker.asked.length];
        const random = ((seed * 7919) % 20011) / 10000 - 1;
        const wrong = seed % 2 ? random : right[name] + random / 3;
        if (Math.abs(wrong - right[name]) < 0.001) continue;
        const { marks } = marker.mark(numbers, { ...right, [name]: Math.round(wrong * 1e4) / 1e4 });
        total += 1;
        named += marks[name].mark.startsWith("mistake");
      }
      return [named, total];""")
    assert named <= 0.01 * total and total > 1900


def test_a_zero_or_a_huge_number_early_gains_nothing(robots):
    assert robots("""
      const gains = [];
      for (let seed = 0; seed < 200; seed++) {
        const { inputs: numbers } = marker.problem(seed);
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
      return gains;""") == []


def test_pythons_problems_and_marks_are_the_browsers(robots, exercise):
    random = np.random.default_rng(0)
    for seed in [0, 1, 17, 2**31, 4294967295]:
        inputs, hidden = exercise.problem(seed)
        found = robots("return marker.problem(argument);", seed)
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
    if each.mark == "unknown":
        data["slip"] = each.slip
    if each.mark in ("carried", "mistake-carried", "unknown"):
        data["since"] = list(each.since)
    return data | ({"uncarried": each.uncarried} if each.uncarried else {})
