"""Students in folds: nobody is ever predicted by a model that has seen her answers.

In:   a log, how many folds, a seed.
Out:  the fold of each student; for each fold a log to learn from and a log to predict.
Not here: what is learned.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    number: int
    learn: Coded
    test: Coded
    rows: NDArray[np.int64]  # (n_test_rows,) where the test's rows stand in the whole log


def fold_of(n_students: int, n_folds: int, *, seed: int) -> NDArray[np.int64]:
    """(n_students,) the fold of each, sizes differing by at most one student."""
    if not 2 <= n_folds <= n_students:
        raise ValueError(
            f"{n_folds} folds of {n_students} students: expected from 2 folds to a fold a student."
        )
    places = np.random.default_rng(seed).permutation(n_students)
    return places % n_folds


def split(log: Coded, which: NDArray[np.int64]) -> Iterator[Fold]:
    """Each fold in turn; only one stands in memory at a time."""
    for number in range(int(which.max()) + 1):
        held = which == number
        yield Fold(
            number=number,
            learn=log.take(~held),
            test=log.take(held),
            rows=np.flatnonzero(held[log.student]),
        )


def some_students(log: Coded, most_rows: int, *, seed: int) -> Coded:
    """The log, or students drawn from it who have about ``most_rows`` rows."""
    if log.n_rows <= most_rows:
        return log
    n = max(2, round(log.n_students * most_rows / log.n_rows))
    drawn = np.random.default_rng(seed).permutation(log.n_students)[:n]
    return log.take(np.sort(drawn))
