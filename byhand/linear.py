"""Linear algebra of small arrays of cells, by formula: numpy's own goes on by the values that it meets."""

import itertools

import numpy as np

from .array import OWN, as_cells
from .cell import TraceError

MOST = 4  # rows of a matrix that is inverted: beyond, a formula says nothing


def det(a):
    """The determinant of the last two axes, row by row."""
    a = _small(a, "det")
    n = a.shape[-1]
    if n == 1:
        return a[..., 0, 0]
    total = None
    for k in range(n):
        minor = a[..., 1:, [j for j in range(n) if j != k]]
        term = a[..., 0, k] * det(minor)
        total = term if total is None else total - term if k % 2 else total + term
    return total


def inv(a):
    """The inverse: cofactors over the determinant."""
    a = _small(a, "inv")
    return _cofactors(a) / np.expand_dims(det(a), (-2, -1))


def solve(a, b):
    """x for which a @ x = b."""
    a, b = _small(a, "solve"), as_cells(b)
    whole = np.expand_dims(det(a), -1)
    if b.ndim == 1:
        return (_cofactors(a) @ b) / whole
    return (_cofactors(a) @ b) / np.expand_dims(whole, -1)


def _cofactors(a):
    n = a.shape[-1]
    if n == 1:
        return np.ones_like(a)

    def cofactor(i, j):
        minor = a[..., [r for r in range(n) if r != i], :][..., [c for c in range(n) if c != j]]
        return det(minor) if (i + j) % 2 == 0 else -det(minor)
    rows = [np.stack([cofactor(j, i) for j in range(n)], axis=-1) for i in range(n)]
    return np.stack(rows, axis=-2)


def _small(a, what):
    a = as_cells(a)
    if a.ndim < 2 or a.shape[-1] != a.shape[-2] or a.shape[-1] > MOST:
        raise TraceError(f"np.linalg.{what} can be traced for matrices of up to {MOST} rows, by formula: work a larger "
                         "one out before, and pass it in as an input")
    return a


def matrix_power(a, n):
    if n < 0:
        return matrix_power(inv(a), -n)
    a = as_cells(a)
    if n == 0:
        return as_cells(np.broadcast_to(np.eye(a.shape[-1]), a.shape))
    power = a
    for _ in range(n - 1):
        power = power @ a
    return power


def norm(x, ord=None, axis=None, keepdims=False):
    """Of vectors: the root of the squares, the largest or the smallest size, or a power. Of matrices: by sums."""
    x = as_cells(x)
    if ord is None and (axis is None or np.ndim(axis)):
        return np.sqrt(np.sum(x * x, axis if axis is None else tuple(axis), keepdims=keepdims))
    axes = tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    if len(axes) == 1:
        return _vector_norm(x, ord, axes[0], keepdims)
    if keepdims or axes not in ((0, 1), (-2, -1)) or x.ndim != 2 or ord not in ("fro", 1, -1, np.inf, -np.inf):
        raise TraceError(f"np.linalg.norm of a matrix with ord={ord!r} cannot be traced: write the sum")
    if ord == "fro":
        return np.sqrt(np.sum(x * x))
    sums = np.sum(np.abs(x), axis=0 if abs(ord) == 1 else 1)
    return np.max(sums) if ord > 0 else np.min(sums)


def _vector_norm(x, ord, axis, keepdims):
    size = np.abs(x)
    if ord in (None, 2):
        return np.sqrt(np.sum(x * x, axis, keepdims=keepdims))
    if ord in (np.inf, -np.inf):
        return (np.max if ord > 0 else np.min)(size, axis, keepdims=keepdims)
    if ord == 0:
        return np.sum((x != 0) * 1.0, axis, keepdims=keepdims)
    if ord == 1:
        return np.sum(size, axis, keepdims=keepdims)
    return np.sum(size ** ord, axis, keepdims=keepdims) ** (1.0 / ord)


def multi_dot(arrays, *, out=None):
    product = as_cells(arrays[0])
    for each in itertools.islice(arrays, 1, None):
        product = product @ each
    return product


OWN |= {np.linalg.det: det, np.linalg.inv: inv, np.linalg.solve: solve, np.linalg.matrix_power: matrix_power,
        np.linalg.norm: norm, np.linalg.multi_dot: multi_dot}
