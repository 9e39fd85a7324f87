"""What the traced code is about to do with a value, read off its instructions: write it into a text, or ask it whether
to raise an error."""

import dis
import functools
import itertools
import sys

_LONGEST = 80  # instructions of a block that only raises


def is_writing():
    """Whether the code at work is at a text: "%.3f" % value."""
    code, at = _at_work()
    if code is None or at not in (found := _instructions(code)):
        return False
    step = found[at]
    return step.opname == "BINARY_OP" and step.argrepr in ("%", "%=")


def guarded():
    """What a value must be for the code to go on, where otherwise it raises an error: `assert value`,
    `if value: raise …`; None where it goes on either way."""
    code, at = _at_work()
    if code is None or code.co_exceptiontable or at not in (found := _instructions(code)):
        return None  # an error that is caught is no end
    step = found[at]
    for _ in range(2):
        if step is not None and "JUMP" not in step.opname:  # some versions ask before they jump
            step = found.get(_after(code, step))
    if step is None or not step.opname.endswith(("IF_TRUE", "IF_FALSE")):
        return None
    raises = [_raises(code, place) for place in (_after(code, step), step.argval)]
    if raises[0] == raises[1]:
        return None
    jumps = raises[0]  # what follows raises, so the code must jump
    return jumps == step.opname.endswith("IF_TRUE")


def _at_work():
    """The code at work outside of this package, and the place of its instruction."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").startswith("byhand."):
        frame = frame.f_back
    return (frame.f_code, frame.f_lasti) if frame else (None, None)


@functools.cache
def _instructions(code):
    """offset -> instruction."""
    return {step.offset: step for step in dis.get_instructions(code)}


@functools.cache
def _places(code):
    places = list(_instructions(code))
    return dict(itertools.pairwise(places))


def _after(code, step):
    return _places(code).get(step.offset)


def _raises(code, place):
    """Whether the block at `place` ends in an error, come what may."""
    for _ in range(_LONGEST):
        step = _instructions(code).get(place)
        if step is None or "JUMP" in step.opname and step.opname != "JUMP_FORWARD" or "RETURN" in step.opname:
            return False
        if step.opname == "RAISE_VARARGS":
            return True
        place = step.argval if step.opname == "JUMP_FORWARD" else _after(code, step)
    return False
