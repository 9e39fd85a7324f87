"""Which weight is on which wire: looked up in the formulas, since W[to, from] and W[from, to] look alike."""


def weights_on_wires(sheet, sources, targets, weights):
    """The weight of every wire, (target, source) -> name: the one that multiplies the source in the target's formula.

    sources    the names of the units where wires begin
    targets    the names of the sums that they lead to, or of units where sums have no names
    weights    the names of the weights

    Raises ValueError, in a sentence, where a wire has no weight or more than one.
    """
    places = {sheet.position(name): name for name in sources}
    by_place = {sheet.position(name): name for name in weights}
    wires = {}
    for target in targets:
        found = _products(sheet, target, places, by_place)
        for source in sources:
            on_wire = found[sheet.position(source)]
            if len(on_wire) != 1:
                raise ValueError(_sentence(source, target, on_wire, weights))
            wires[target, source] = by_place[on_wire.pop()]
    return wires


def reach(sheet, target, stops=()):
    """The cells that the number `target` is made from, and itself, back to those at the positions `stops`."""
    waiting, seen = [sheet.cell(target)], set()
    while waiting:
        cell = waiting.pop()
        position = sheet.position_of(cell)
        if position in seen or position in stops:
            continue
        seen.add(position)
        yield cell
        waiting += cell.args


def check_own(sheet, role, names, targets, sources):
    """Each of `names` belongs to the target at its place: a ValueError where only another target is made from it."""
    stops = {sheet.position(name) for name in sources}
    made_from = [{sheet.position_of(cell) for cell in reach(sheet, target, stops)} for target in targets]
    for name, own, target in zip(names, made_from, targets):
        place = sheet.position(name)
        if place not in own and any(place in other for other in made_from):
            raise ValueError(f"{role}: {name} stands at {target}, which is not made from it, though another unit is: "
                             "give them in the order of the units")


def _products(sheet, target, sources, weights):
    """source position -> the positions of the weights that multiply it in the formula of `target`."""
    found = {source: set() for source in sources}
    for cell in reach(sheet, target, sources):
        if cell.op == "mul":
            a, b = map(sheet.position_of, cell.args)
            for source, weight in ((a, b), (b, a)):
                if source in sources and weight in weights:
                    found[source].add(weight)
    return found


def _sentence(source, target, on_wire, weights):
    array = weights[0].partition("[")[0]
    if on_wire:
        return (f"{source} reaches {target} over {len(on_wire)} numbers of {array}, so that no wire has one weight: "
                "name the sums that the units are made from, as sums=[…]")
    return (f"no number of {array} multiplies {source} in {target}, so that there is no wire between them: "
            "a diagram shows layers of which each unit sums weight · unit, one example at a time")
