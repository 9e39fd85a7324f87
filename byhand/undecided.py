"""What cannot be told: whether a number rests on a comparison that had nothing to compare.

numpy calls nan < 1 false, and so is the cell's value. What a page *says* from it would be a lie.
"""

CANNOT_BE_TOLD = "cannot be told here"


def undecided(instructions, values):
    """For each cell, whether its value rests on a comparison with "not a number", as `undecided` in undecided.js."""
    unsure = [False] * len(values)
    if any(value != value for value in values):
        for position, (op, *args) in enumerate(instructions):
            unsure[position] = op not in ("input", "const") and _is_unsure(op, args, values, unsure)
    return unsure


def culprit(position, cells, values, unsure, is_named):
    """The position of the nearest named number that is none and on which the cell rests; None where no name is near.

    is_named   of a position, whether it has a name
    """
    waiting, seen = [position], {position}
    while waiting:
        place = waiting.pop(0)
        if values[place] != values[place] and is_named(place):
            return place
        near = [arg for arg in _that_matter(cells[place], values, unsure) if arg not in seen]
        waiting += near
        seen.update(near)
    return None


def _is_unsure(op, args, values, unsure):
    unknown = [unsure[arg] or values[arg] != values[arg] for arg in args]
    if not any(unknown):
        return False
    if op in ("gt", "ge", "lt", "le", "not"):
        return True
    if op in ("eq", "ne"):
        return args[0] != args[1]  # x != x asks whether x is a number, and is told
    if op in ("and", "or"):
        settles = [not no and bool(values[arg]) == (op == "or") for arg, no in zip(args, unknown)]
        return not any(settles)
    if op == "where":
        return _is_unsure_choice(unknown[0], *args, values, unsure)
    is_nothing = op == "mul" and any(not unsure[arg] and values[arg] == 0 for arg in args)
    return any(unsure[arg] for arg in args) and not is_nothing


def _is_unsure_choice(is_unknown, condition, yes, no, values, unsure):
    if not is_unknown:
        return unsure[yes if values[condition] else no]
    return unsure[yes] or unsure[no] or values[yes] != values[no]


def _that_matter(instruction, values, unsure):
    """Those of the args that are no numbers or undecided themselves, and were not passed over."""
    op, *args = instruction
    if op in ("input", "const"):
        return []
    unknown = [arg for arg in args if unsure[arg] or values[arg] != values[arg]]
    if op == "where" and args[0] not in unknown:
        unknown = [arg for arg in unknown if arg == args[1 if values[args[0]] else 2]]
    return unknown
