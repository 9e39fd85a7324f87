"""A problem's numbers from its seed, as frontend/seed.js draws them: whole-number arithmetic, so the same everywhere.

The generator is mulberry32: its state grows by 0x6D2B79F5, and each number is the state well mixed, modulo 2^32.
"""

TENTHS = tuple(k / 10 for k in range(-9, 10) if k)  # one decimal, both signs, no zero
_BITS = 0xFFFFFFFF


def generator(seed):
    """Whole numbers from 0 to 2^32 − 1, without end."""
    state = seed & _BITS
    while True:
        state = (state + 0x6D2B79F5) & _BITS
        mixed = (state ^ state >> 15) * (state | 1) & _BITS
        mixed = (mixed + ((mixed ^ mixed >> 7) * (mixed | 61) & _BITS) ^ mixed) & _BITS
        yield mixed ^ mixed >> 14


def draw(numbers, choices):
    """One number for each list of `choices`, by the next of the generator's `numbers`."""
    return [each[next(numbers) % len(each)] for each in choices]
