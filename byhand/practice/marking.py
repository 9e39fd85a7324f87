"""Marking: what became of each answer. The same as frontend/marking.js, which says it in sentences too.

Each answer is compared, in this order, with

    right            what the right code gives
    carried          what the right line gives on the reader's own earlier numbers: right method, an earlier slip
    mistake          what a mistake's line gives, on the true numbers
    mistake-carried  the same on the reader's own, where an earlier one is wrong as well
    unknown          anything else; a slip where a rule knows it: sign, neighbour, power of ten, rounding

What it finds depends on the answers alone, not on the order in which they came.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

DECIMALS = 4
UNIT = 10.0 ** -DECIMALS
WITHIN = 1.5 * UNIT * (1 + 1e-9)  # one unit from the rounded number
_ROUNDED = 0.5 * UNIT * (1 + 1e-6)  # the rounded number itself
_ALMOST = 1e-3                    # a number so much smaller than the true one kills what follows


@dataclass(frozen=True)
class Mark:
    """What became of an answer.

    mark       one of the words above, or "empty"
    mistake    the name of the mistake, "" where none is named
    slip       the rule that knows a number which is not recognised otherwise: sign, neighbour, product (of what is to
               be added), sum (of what is to be multiplied), power, rounding
    since      the answers from which a wrong number is carried: ("z1[0]",)
    uncarried  why later lines do not go on with this number: "" where they do, zero, infinite, given
    alike      the name of a mistake that would give the same digits as a carried number's right line, "" for none
    """
    mark: str
    mistake: str = ""
    slip: str = ""
    since: tuple = ()
    uncarried: str = ""
    alike: str = ""


def mark(exercise, inputs, answers):
    """The Mark of each number asked, name -> Mark, for answers, name -> number, to a problem's inputs."""
    return _Marking(exercise, inputs, answers).marks


class _Marking:
    def __init__(self, exercise, inputs, answers):
        self.exercise, self.inputs = exercise, inputs
        drawn = {name: inputs[name] for name in exercise.drawn}
        self.given = [float(value) for array in drawn.values() for value in np.ravel(array)]
        self.answers = {name: answers[name] for name in exercise.asked if name in answers}
        self.evaluate = lambda own, inputs=inputs: exercise.values(inputs, own)
        self.elsewhere = inputs | {name: _elsewhere(array) for name, array in drawn.items()}
        self.true = self.evaluate({})
        self.uncarried = {name: why for name in self.answers if (why := self._kills(name))}
        while (name := self._look()) is not None:
            self.uncarried[name] = "given"

    def _look(self):
        """Marks all. Gives the first answer that turns out to be copied from the given numbers, None if there is none.
        """
        self.carried = {name: value for name, value in self.answers.items() if name not in self.uncarried}
        self.own = self.evaluate(self.carried)
        self.marks, self.roots, self.named = {}, {}, {}
        for array in self.exercise.arrays:
            self._mark_line(array, self.exercise.sheet.elements(array))
        return next((name for name in self.carried if self.marks[name].mark == "unknown"
                     and any(abs(self.carried[name] - value) <= UNIT / 2 for value in self.given)), None)

    def _kills(self, name):
        """Why a wrong answer leaves nothing to find for what follows, were it put in alone; "" where it does not."""
        value = self.answers[name]
        if abs(value - self._value(self.true, 0, name)) <= WITHIN:
            return ""
        values, moved = self.evaluate({name: value}), self.evaluate({name: value}, self.elsewhere)
        for later in self.exercise.asked:
            true, then, there = (abs(self._value(each, 0, later)) for each in (self.true, values, moved))
            if later != name and math.isfinite(true) and not math.isfinite(then):
                return "infinite"
            if later != name and then < UNIT / 2 and there < UNIT / 2 and then < _ALMOST * true:
                return "zero"
        return ""

    def _value(self, values, k, name):
        return values[self.exercise.at[f"{k}.{name}"]]

    def _mark_line(self, array, names):
        """Marks the numbers of one array, whose mistake is the one that explains most of them."""
        for name in names:
            self.roots[name] = self._roots(name)
        found = {name: self._mistakes(name) for name in names}
        firsts = {name: self._first(name, found[name]) for name in names}
        found = {name: found[name] for name in names if firsts[name] is None}
        best = self._most_telling(found)
        for name in names:
            own = firsts[name] or self._wrong(array, name, found[name], best)
            self.marks[name] = replace(own, uncarried=self.uncarried.get(name, ""))
        if alike := self._alike(array, [name for name in names if name in self.answers]):
            self.marks |= {name: replace(self.marks[name], alike=alike) for name in names
                           if self.marks[name].mark == "carried"}

    def _alike(self, array, names):
        """The first mistake that would give the answers to this line as well; "" if there is none."""
        for k, line in enumerate(self.exercise.lines, 1):
            offs = (abs(self.answers[name] - self._value(self.own, k, name)) for name in names)
            if line == array and self.exercise.is_made(k, self.inputs) and all(off <= WITHIN for off in offs):
                return self.exercise.mistakes[k - 1].name
        return ""

    def _roots(self, name):
        """The wrong answers that the reader's line for a number stands on."""
        roots = {}
        for source in self.exercise.places["made"][name]:
            if source not in self.carried:
                roots |= dict.fromkeys(self.roots[source])
            elif self.marks[source].mark == "carried":
                roots |= dict.fromkeys(self.marks[source].since)
            elif self.marks[source].mark != "right":
                roots |= dict.fromkeys([*self.marks[source].since, source])
        return tuple(roots)

    def _first(self, name, found):
        """The mark of an answer that is empty, right or carried; None for others.

        What is nearly right, but to the last digit what a mistake gives, is the mistake.
        """
        if name not in self.answers:
            return Mark("empty")
        offs = [abs(self.answers[name] - self._value(values, 0, name)) for values in (self.true, self.own)]
        if min(offs) > _ROUNDED and any(off <= _ROUNDED for _, off in found.values()):
            return None
        if offs[0] <= WITHIN or offs[1] <= WITHIN and not self.roots[name]:
            return Mark("right")
        return Mark("carried", since=self.roots[name]) if offs[1] <= WITHIN else None

    def _mistakes(self, name):
        """The mistakes that give an answer, k -> (whether on the reader's own numbers only, how far it is off)."""
        found = {}
        for k in self.exercise.candidates[name] if name in self.answers else ():
            own, true = (self._value(values, k, name) for values in (self.own, self.true))
            if not abs(own - self._value(self.own, 0, name)) > WITHIN or self._is_refuted(k):
                continue  # the line that it changes has an answer
            for is_own, value in ((False, true), (True, own)):
                off = abs(self.answers[name] - value)
                if off <= WITHIN and k not in found:
                    found[k] = is_own and bool(self.roots[name]), off
        return found

    def _is_refuted(self, k):
        """Whether the line of a mistake has an answer that is not carried, and not this mistake's."""
        return any(each in self.uncarried and self.marks[each].mistake != self.exercise.mistakes[k - 1].name
                   for each in self.exercise.sheet.elements(self.exercise.lines[k - 1]) if each in self.marks)

    def _most_telling(self, found):
        """The mistake that explains most numbers of a line, best; None if there is none."""
        ranks = {}
        for of_one in found.values():
            for k, (is_own, off) in of_one.items():
                count, owns, offs = ranks.get(k, (0, 0, 0.0))
                ranks[k] = count - 1, owns + is_own, offs + off
        return min(ranks, key=lambda k: (*ranks[k], k), default=None)

    def _wrong(self, array, name, found, best):
        k = best if best in found else min(found, key=lambda k: (*found[k], k), default=None)
        if k is None:
            return Mark("unknown", slip=self._slip(array, name), since=self.roots[name])
        first = self.named.setdefault(k, array)
        if first != array:  # its line has no answer, and it is named already
            since = tuple(each for each in self.exercise.sheet.elements(first) if self.marks[each].mistake)
            if any(each in self.carried for each in since):
                return Mark("carried", since=since)
        key = self.exercise.mistakes[k - 1].name
        return Mark("mistake-carried", key, since=self.roots[name]) if found[k][0] else Mark("mistake", key)

    def _slip(self, array, name):
        """The rule by which an answer that is not recognised comes from the right number, or its own; "" for none."""
        answer = self.answers[name]
        others = [other for other in self.exercise.sheet.elements(array) if other != name]
        for values in (self.true, self.own):
            value = self._value(values, 0, name)
            if abs(value) > UNIT and abs(answer + value) <= WITHIN:
                return "sign"
            if any(abs(answer - self._value(values, 0, other)) <= WITHIN for other in others):
                return "neighbour"
            if slip := self._mixed_up(values, name):
                return slip
            if abs(value) > UNIT and any(_is_shifted(answer, value, power) for power in (-3, -2, -1, 1, 2, 3)):
                return "power"
            if abs(answer - value) <= 10 * UNIT + 0.002 * abs(value):
                return "rounding"
        return ""


    def _mixed_up(self, values, name):
        """"product" where an answer is that of what is to be added, "sum" the other way round; "" else."""
        op, *args = self.exercise.instruction(name)
        if op not in ("add", "mul"):
            return ""
        one, other = (values[arg] for arg in args)
        mixed = one * other if op == "add" else one + other
        is_it = abs(mixed) > UNIT and abs(self.answers[name] - mixed) <= WITHIN
        return {"add": "product", "mul": "sum"}[op] if is_it else ""


def _elsewhere(array):
    """Another input: a sum that happens to be 0 is not 0 there, a product with a 0 is."""
    return 1.25 * np.asarray(array, dtype=float) + 0.125


def _is_shifted(answer, value, power):
    """Whether an answer is `value` with its point elsewhere, to the digits that either has."""
    shifted = value * 10.0 ** power
    return abs(answer - shifted) <= max(UNIT / 2, WITHIN * 10.0 ** power) and abs(answer) > UNIT
