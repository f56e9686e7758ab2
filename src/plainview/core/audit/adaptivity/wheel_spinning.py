"""Wheel-spinning: ten attempts at a skill, and not three right in a row.

In:   sequences of first attempts.
Out:  how many are mastered in time, spin, or are too short to say; how many attempts go into spinning.
Not here: whose fault it is.

Source: Beck & Gong (2013), Wheel-spinning: students who fail to master a skill, AIED 2013, 431-440.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.sequences import IN_A_ROW, Sequences
from plainview.core.stats.draws import times_drawn
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
    interval: Interval  # by drawing students
    attempts_spinning: float  # share of all attempts that lie in spinning sequences
    n_students: int


def wheel_spinning(found: Sequences, *, draws: int, seed: int) -> WheelSpinning:
    """Count; the interval draws students."""
    mastered_at = found.in_a_row(IN_A_ROW)
    mastered = (mastered_at > 0) & (mastered_at <= WITHIN)
    spinning = ~mastered & (found.lengths >= WITHIN)
    of_students = np.stack(
        [np.bincount(found.student, here, minlength=found.n_students) for here in (spinning, mastered)]
    )
    told = int(spinning.sum() + mastered.sum())
    share = float(spinning.sum() / told) if told else 0.0
    return WheelSpinning(
        n_mastered=int(mastered.sum()),
        n_spinning=int(spinning.sum()),
        n_indeterminate=found.n - told,
        share_spinning=share,
        interval=ratio_interval(of_students[0], of_students.sum(axis=0), share, draws=draws, seed=seed),
        attempts_spinning=float(found.lengths[spinning].sum() / max(found.lengths.sum(), 1)),
        n_students=len(np.unique(found.student)),
    )


def ratio_interval(
    part: NDArray[np.float64],
    whole: NDArray[np.float64],
    value: float,
    *,
    draws: int,
    seed: int,
    level: float = 0.95,
) -> Interval:
    """Percentiles of a ratio of sums over students, students drawn with putting back."""
    there = whole != 0
    part, whole = part[there], whole[there]
    if not len(part):
        return Interval(low=value, high=value, level=level)
    found = [
        (drawn @ part) / np.maximum(drawn @ whole, 1e-300)
        for drawn in times_drawn(np.random.default_rng(seed), n=len(part), n_draws=draws)
    ]
    low, high = np.quantile(np.concatenate(found), [(1 - level) / 2, (1 + level) / 2])
    return Interval(low=float(low), high=float(high), level=level)
