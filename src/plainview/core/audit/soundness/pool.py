"""Are items shown too often, or never? How an adaptive product uses its pool.

In:   who was shown which item; the names of the whole pool.
Out:  each item's exposure (share of students who met it), those above the bound, those never shown, and how
      evenly the pool is used.
Not here: whether that is the product's fault: a pool can be too small for its students.

Source: exposure above .20 is the bound of METHODS; the scaled chi-square of evenness is Chang & Ying (1999),
Applied Psychological Measurement 23, 211-222: sum (r - L/N)^2 / (L/N), L the mean number of items met.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_EXPOSED = 0.20


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    rates: tuple[tuple[str, float], ...]  # every item of the pool, the most exposed first
    n_students: int
    n_over: int
    n_unused: int
    bound: float
    uneven: float  # scaled chi-square; 0 where all items are met alike
    overlap: float  # share of items that two students drawn at random have in common (Way 1998)
    outside: tuple[str, ...]  # shown, and in no list of the pool

    @property
    def n_pool(self) -> int:
        return len(self.rates)


def used(
    *,
    student: NDArray[np.int64],
    item: NDArray[np.int64],
    names: Sequence[str],
    pool: Sequence[str] | None = None,
    bound: float = MOST_EXPOSED,
) -> Used:
    """How the pool is used.

    Parameters
    ----------
    student, item : (n_rows,) codes
    names : by item code
    pool : names of all items there are; without it the pool is what was shown
    """
    if not len(student):
        raise ValueError("found no rows, expected who was shown what.")
    n_students = len(np.unique(student))
    pairs = np.unique(student.astype(np.int64) * len(names) + item)
    met = np.bincount(pairs % len(names), minlength=len(names))
    rate = {name: float(n) / n_students for name, n in zip(names, met.tolist(), strict=True)}
    listed = list(dict.fromkeys(pool)) if pool is not None else [name for name in names if rate[name] > 0]
    rates = sorted(((name, rate.get(name, 0.0)) for name in listed), key=lambda one: (-one[1], one[0]))
    values = np.array([value for _, value in rates])
    even = values.sum() / len(values) if len(values) else 0.0
    length = float(values.sum())  # items that a student meets on average
    pair_share = _overlap(values * n_students, n_students, length)
    return Used(
        rates=tuple(rates),
        n_students=n_students,
        n_over=int((values > bound).sum()),
        n_unused=int((values == 0).sum()),
        bound=bound,
        uneven=float(((values - even) ** 2 / even).sum()) if even > 0 else 0.0,
        overlap=pair_share,
        outside=tuple(sorted(name for name in names if rate[name] > 0 and name not in set(listed)))
        if pool is not None
        else (),
    )


def _overlap(counts: NDArray[np.float64], n: int, length: float) -> float:
    """Mean over pairs of students of the items both met, over the mean number of items met."""
    if n < 2 or length <= 0:
        return 0.0
    return float((counts * (counts - 1)).sum() / (n * (n - 1)) / length)
