"""How much does each student practise after she has shown that she can?

In:   attempts in their order: whose, at which skill, right or wrong.
Out:  for each student and skill: attempts after three right answers in a row, and whether those ever came.
Not here: groups (gaps), other criteria of knowing (core.audit.adaptivity).

Source: Beck & Gong (2013), AIED 2013, 431-440 (three right first attempts in a row).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
IN_A_ROW = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Practised:
    """One row a student and skill."""

    student: Ints
    n_attempts: Ints
    n_after: Ints  # attempts after the third right answer in a row; 0 where it never came
    reached: NDArray[np.bool_]


def practised(*, student: Ints, skill: Ints, correct: NDArray[np.floating]) -> Practised:
    """Rows in the order in which they happened, one a student, skill and attempt."""
    order = np.lexsort((np.arange(len(student)), skill, student))
    who, what, right = student[order], skill[order], correct[order] >= 0.5
    begins = (
        np.r_[True, (who[1:] != who[:-1]) | (what[1:] != what[:-1])] if len(who) else np.empty(0, np.bool_)
    )
    run = np.cumsum(begins) - 1
    place = np.arange(len(who)) - np.flatnonzero(begins)[run] if len(who) else np.empty(0, np.int64)
    three = right.copy()
    for back in range(1, IN_A_ROW):
        three[back:] &= right[:-back]
    three &= place >= IN_A_ROW - 1
    n_runs = int(begins.sum())
    n_attempts = np.bincount(run, minlength=n_runs).astype(np.int64)
    first = np.full(n_runs, np.iinfo(np.int64).max)
    np.minimum.at(first, run[three], place[three])
    reached = first < np.iinfo(np.int64).max
    after = np.where(reached, n_attempts - 1 - np.where(reached, first, 0), 0)
    return Practised(
        student=who[begins], n_attempts=n_attempts, n_after=after.astype(np.int64), reached=reached
    )
