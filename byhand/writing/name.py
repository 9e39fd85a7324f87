"""Names of numbers, as numpy would index them: "W1[0, 1]" is a number of the array W1, "loss" is one by itself."""

import itertools


def split(name, names=()):
    """The array and the index that a name speaks of: "W1[0, 1]" -> ("W1", (0, 1)); "loss" -> ("loss", ()).

    What is among `names` is an array's own: 'grads["W1"][0]' -> ('grads["W1"]', (0,)), and "layers[1]" where the second
    of several unlike layers is called so. Raises ValueError where an index is no list of whole numbers.
    """
    base, _, index = name.removesuffix("]").rpartition("[")
    if name in names or not base or not name.endswith("]") or index.endswith('"'):
        return name, ()
    return base, tuple(int(i) for i in index.split(","))


def full(base, index):
    """The name of one number: ("W1", (0, 1)) -> "W1[0, 1]"; ("loss", ()) -> "loss"."""
    return f"{base}[{', '.join(map(str, index))}]" if index else base


def elements(base, shape):
    """The names of an array's numbers, row by row: ("z1", (2,)) -> ["z1[0]", "z1[1]"]."""
    return [full(base, index) for index in itertools.product(*map(range, shape))]


def as_trait(name):
    """The name of a number as a trait, without a blank: "W1[0, 1]" -> "W1[0,1]"."""
    return name.replace(" ", "")


def pick(arrays, name):
    """The number that a name speaks of, from a dict of arrays by name.

    KeyError, IndexError or ValueError where there is none.
    """
    base, index = split(name, arrays)
    return arrays[base][index] if index else arrays[base]
