"""A program's cells written small, for a page: each arg as its distance from the same arg of the cell before.

The cells of an array stand side by side, so most distances are 0 or 1, which compresses well.
"""


def pack(cells):
    """`cells` of a program (see `Sheet.program`) with distances in the place of positions; undone by `unpack`."""
    return _walk(cells, lambda arg, before: (arg - before, arg))


def unpack(cells):
    """What `pack` was given; the same as `unpack` in frontend/program.js."""
    return _walk(cells, lambda distance, before: (before + distance, before + distance))


def _walk(cells, change):
    before, walked = [0, 0, 0], []
    for op, *args in cells:
        if op not in ("input", "const"):
            changed = [change(arg, before[k]) for k, arg in enumerate(args)]
            args = [written for written, _ in changed]
            before[:len(args)] = [arg for _, arg in changed]
        walked.append([op, *args])
    return walked
