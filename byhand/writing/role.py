"""What a number is to a network, and so its hue: one for each role, in pictures, formulas, tables, code and charts."""

from .name import split

ROLES = ("input", "weight", "activation", "error", "gradient", "loss")
_IN_NETWORK = {"layers": "activation", "sums": "activation", "slopes": "activation", "weights": "weight",
               "biases": "weight", "back": "error", "errors": "error", "target": "input", "loss": "loss"}


class Roles:
    """The roles of a sheet's arrays: those that `given` names, or that the `network` tells, or the derivatives.

    given   name of an array -> one of ROLES, or None for none
    """

    def __init__(self, sheet, symbols, network=None, given=None):
        self._symbols, self._given = symbols, _checked(given or {})
        self._known = {symbols.loss: "loss"}
        for part, role in _IN_NETWORK.items():
            names = (network or {}).get(part, [])
            self._known |= dict.fromkeys([names] if isinstance(names, str) else names, role)
        self._known |= dict.fromkeys((network or {}).get("layers", [])[:1], "input")
        self._known |= {target: "weight" for name in sheet.names
                        if (target := symbols.target(name)) and target not in self._known}

    def of(self, name):
        """The role of the array or number `name`, or None."""
        base = split(name)[0]
        if base in self._given:
            return self._given[base]
        return "gradient" if self._symbols.derivative(base) else self._known.get(base)


def _checked(given):
    for name, role in given.items():
        if role is not None and role not in ROLES:
            raise ValueError(f"{name} cannot have the role {role!r}: there are {', '.join(ROLES)}, and None")
    return given
