"""A sheet against the plain function: what numpy computes for plain numbers is what the sheet must say."""

import numpy as np

from .cell import OPS
from .domain import any_number

_UNIT = 2.0 ** -51  # how far one operation may be off, relatively: libraries differ by an ulp or two
_SLACK = 100        # plain numpy sums in another order: its rounding is like ours, but not the same
_EACH_WHOLE = 2.0 ** 53  # beyond, not each whole number is a float


def other_inputs(inputs, seed, domains):
    """Inputs of the same shapes elsewhere in their domains: moved a little for the seed 0, drawn anew for others."""
    random = np.random.default_rng(seed)
    with np.errstate(all="ignore"):
        return {name: np.array(_elsewhere(array, random, seed, domains.get(name) or any_number()))
                for name, array in inputs.items()}


def _elsewhere(array, random, seed, domain):
    if domain.whole:
        low, high = max(domain.low, -_EACH_WHOLE), min(domain.high, _EACH_WHOLE)
        return random.integers(low, high, np.shape(array), endpoint=True).astype(float)
    numbers = _moved(array, random) if seed == 0 else _drawn(array, random)
    return np.clip(np.abs(numbers) if domain.low >= 0 else numbers, domain.low, domain.high)


def _moved(array, random):
    by = random.uniform(0.5, 1, np.shape(array)) * random.choice([-1, 1], np.shape(array))
    return array + 0.03 * (0.1 + np.abs(array)) * by


def _drawn(array, random):
    size = np.abs(array[np.isfinite(array)]).max(initial=0)
    return (size or 1.0) * random.uniform(-1.5, 1.5, np.shape(array))


def difference(sheet, numbers, inputs):
    """The first of `numbers`, name -> plain value, that the sheet has otherwise: (name, plain, traced), or None."""
    traced = sheet.evaluate(**inputs)
    slack = None
    for name in [name for name in numbers if name in traced]:
        if not same_numbers(traced[name], numbers[name], 1e-12):
            slack = slack or sheet.gather(roundings(*sheet.run(inputs)))
            if not same_numbers(traced[name], numbers[name], 1e-12, slack[name]):
                return name, numbers[name], traced[name]
    return None


def same_numbers(a, b, relative=0.0, absolute=0.0):
    """Whether two values are the same numbers, to rounding; what is no array of numbers is not compared."""
    try:
        a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    except (TypeError, ValueError):
        return True  # no number of the sheet: a function, a module, a string
    with np.errstate(all="ignore"):
        near = np.abs(a - b) <= relative * np.abs(b) + absolute if a.shape == b.shape else False
        return bool(np.all(near | (a == b) | np.isnan(a) & np.isnan(b))) if a.shape == b.shape else False


def roundings(instructions, values):
    """How far rounding may have moved each value: what an operation rounds, and what it makes of its args' rounding."""
    slack = []
    with np.errstate(all="ignore"):
        for value, (op, *args) in zip(values, instructions):
            if op in ("input", "const"):
                slack.append(0.0)
                continue
            taken = [values[arg] for arg in args]
            moved = [_swing(op, taken, k, slack[arg], value) for k, arg in enumerate(args) if slack[arg]]
            slack.append(float(np.nan_to_num(_UNIT * abs(value * 1.0) + sum(moved), nan=np.inf)))
    return [_SLACK * each for each in slack]


def _swing(op, args, k, slack, value):
    """How far the result moves when the arg `k` moves by its slack, either way."""
    ends = [OPS[op](*args[:k], args[k] + way * slack, *args[k + 1:]) * 1.0 for way in (-1, 1)]
    return max(abs(end - value) for end in ends)
