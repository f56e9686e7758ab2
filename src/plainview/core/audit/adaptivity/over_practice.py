"""Over- and under-practice: attempts after a criterion was reached, and sequences that end before it.

In:   sequences; two criteria: three right in a row, and P(known) of .95 by knowledge tracing.
Out:  for each criterion how many attempts come after it, and how many sequences end before it.
Not here: which criterion is right. Where the two disagree, both are told.

Source: Cen, Koedinger & Junker (2007), Is over practice necessary?, AIED 2007, 511-518.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.ranges import share_range
from plainview.core.audit.adaptivity.sequences import Sequences
from plainview.core.stats.interval import Interval

CHECK = "adaptivity.over_practice/1"
MASTERED = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """By one criterion."""

    criterion: str
    over: float  # share of all attempts that come after it
    over_interval: Interval | None
    under: float  # share of sequences that end before it
    under_interval: Interval | None
    n_sequences: int
    n_attempts: int
    n_students: int


def over_practice(found: Sequences, reached: NDArray[np.int64], *, criterion: str) -> Practice:
    """Count against one criterion: ``reached`` (n_sequences,) after how many attempts, -1 for never."""
    after = np.where(reached > 0, found.lengths - reached, 0)
    never = reached <= 0
    n_attempts = int(found.lengths.sum())
    return Practice(
        criterion=criterion,
        over=float(after.sum() / max(n_attempts, 1)),
        over_interval=share_range(found.by_student(after), found.by_student(found.lengths)),
        under=float(never.mean()) if found.n else 0.0,
        under_interval=share_range(found.by_student(never), found.by_student(np.ones(found.n))),
        n_sequences=found.n,
        n_attempts=n_attempts,
        n_students=len(np.unique(found.student)),
    )
