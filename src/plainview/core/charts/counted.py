"""Answers counted: shares with their Wilson intervals, a million rows as a handful of points.

In:   what was shown, row by row, and which point each row belongs to.
Out:  sums and intervals, point by point.
Not here: pictures.

Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212.
"""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def wilson_of(share: ArrayLike, n: ArrayLike, level: float) -> tuple[Floats, Floats]:
    """Low and high ends. ``n`` need not be whole: rows of one student are worth less than as many students.

    Without any row the share may be anything.
    """
    p, rows = np.asarray(share, dtype=float), np.asarray(n, dtype=float)
    safe, z = np.maximum(rows, 1e-9), NormalDist().inv_cdf((1 + level) / 2)
    middle = (p + z * z / (2 * safe)) / (1 + z * z / safe)
    half = z / (1 + z * z / safe) * np.sqrt(p * (1 - p) / safe + z * z / (4 * safe * safe))
    low, high = np.maximum(0, np.minimum(p, middle - half)), np.minimum(1, np.maximum(p, middle + half))
    return np.where(rows > 0, low, 0.0), np.where(rows > 0, high, 1.0)


def one_dimension(numbers: ArrayLike, what: str) -> Floats:
    """As floats, one number a row, none absent."""
    found = np.asarray(numbers, dtype=np.float64)
    if found.ndim != 1:
        raise ValueError(f"{what} has shape {found.shape}: expected one number a row.")
    if not np.isfinite(found).all():
        raise ValueError(f"{what} holds numbers that are absent or without end: leave those rows out.")
    return found


def shares(numbers: ArrayLike, what: str) -> Floats:
    found = one_dimension(numbers, what)
    if len(found) and not (found.min() >= 0 and found.max() <= 1):
        raise ValueError(f"{what}: found {found.min()} to {found.max()}, expected 0 to 1.")
    return found


def same_length(**columns: NDArray[np.generic]) -> None:
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {n}" for name, n in lengths.items())
        raise ValueError(f"columns of different lengths: {told}.")
