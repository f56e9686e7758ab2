"""Wheel-spinning: ten attempts at a skill, and not three right in a row.

In:   sequences of first attempts.
Out:  how many are mastered in time, spin, or are too short to say; how many attempts go into spinning.
Not here: whose fault it is.

Source: Beck & Gong (2013), Wheel-spinning: students who fail to master a skill, AIED 2013, 431-440.
"""

from dataclasses import dataclass

import numpy as np

from plainview.core.audit.adaptivity.ranges import share_range
from plainview.core.audit.adaptivity.sequences import IN_A_ROW, Sequences
from plainview.core.stats.interval import Interval

WITHIN = 10
CHECK = "adaptivity.wheel_spinning/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelSpinning:
    """Sequences of one student at one skill."""

    n_mastered: int  # within ten attempts
    n_spinning: int  # ten attempts or more, and not mastered within ten
    n_indeterminate: int  # fewer than ten, and not mastered
    share_spinning: float  # of those that can be told, 0..1
    interval: Interval | None
    attempts_spinning: float  # share of all attempts that lie in spinning sequences
    attempts_interval: Interval | None
    n_students: int


def wheel_spinning(found: Sequences) -> WheelSpinning:
    """Count; ranges take students for the sample."""
    mastered_at = found.in_a_row(IN_A_ROW)
    mastered = (mastered_at > 0) & (mastered_at <= WITHIN)
    spinning = ~mastered & (found.lengths >= WITHIN)
    of_students = np.stack([found.by_student(here) for here in (spinning, mastered)])
    told = int(spinning.sum() + mastered.sum())
    share = float(spinning.sum() / told) if told else 0.0
    return WheelSpinning(
        n_mastered=int(mastered.sum()),
        n_spinning=int(spinning.sum()),
        n_indeterminate=found.n - told,
        share_spinning=share,
        interval=share_range(of_students[0], of_students.sum(axis=0)),
        attempts_spinning=float(found.lengths[spinning].sum() / max(found.lengths.sum(), 1)),
        attempts_interval=share_range(
            found.by_student(np.where(spinning, found.lengths, 0)), found.by_student(found.lengths)
        ),
        n_students=len(np.unique(found.student)),
    )
