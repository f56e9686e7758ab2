"""Over- and under-practice: attempts after a criterion was reached, and sequences that end before it.

In:   sequences; two criteria: three right in a row, and P(known) of .95 by knowledge tracing.
Out:  for each criterion how many attempts come after it, and how many sequences end before it.
Not here: which criterion is right. Where the two disagree, both are told.

Source: Cen, Koedinger & Junker (2007), Is over practice necessary?, AIED 2007, 511-518.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.sequences import Sequences
from plainview.core.audit.adaptivity.wheel_spinning import ratio_interval
from plainview.core.stats.interval import Interval

CHECK = "adaptivity.over_practice/1"
MASTERED = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """By one criterion."""

    criterion: str
    over: float  # share of all attempts that come after it
    over_interval: Interval
    under: float  # share of sequences that end before it
    under_interval: Interval
    n_sequences: int
    n_attempts: int
    n_students: int


def over_practice(
    found: Sequences, reached: NDArray[np.int64], *, criterion: str, draws: int, seed: int
) -> Practice:
    """Count against one criterion: ``reached`` (n_sequences,) after how many attempts, -1 for never."""
    after = np.where(reached > 0, found.lengths - reached, 0)
    never = reached <= 0

    def by_student(values: NDArray[np.generic]) -> NDArray[np.float64]:
        sums = np.bincount(found.student, values.astype(float), minlength=found.n_students)
        return sums.astype(np.float64)

    n_attempts = int(found.lengths.sum())
    over, under = float(after.sum() / max(n_attempts, 1)), float(never.mean()) if found.n else 0.0
    return Practice(
        criterion=criterion,
        over=over,
        over_interval=ratio_interval(
            by_student(after), by_student(found.lengths), over, draws=draws, seed=seed
        ),
        under=under,
        under_interval=ratio_interval(
            by_student(never), by_student(np.ones(found.n)), under, draws=draws, seed=seed
        ),
        n_sequences=found.n,
        n_attempts=n_attempts,
        n_students=len(np.unique(found.student)),
    )
