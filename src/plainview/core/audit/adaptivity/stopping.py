"""Equity of stopping: does the rule that ends practice serve those who need longer as well as the quick ones?

In:   sequences, the attempt after which practice may end.
Out:  for slower and for faster students: attempts until then, and the share right afterwards.
Not here: why some need longer.

A student is slower or faster at a skill by her share right of first attempts at all *other* skills, below or
above the middle: her own attempts at the skill must not sort her. A rule by one model for all stops slower
students too soon: then they are right less often after it.

Source: Doroudi & Brunskill (2019), Fairer but not fair enough: on the equitability of knowledge tracing, LAK
2019, 335-339.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.ranges import gap_range, mean_range, share_range
from plainview.core.audit.adaptivity.sequences import Sequences
from plainview.core.stats.interval import Interval

CHECK = "adaptivity.equity_of_stopping/1"
FEWEST_AFTER = 20  # students at a skill who went on, of the slower and of the faster: fewer say nothing
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    name: str  # "slower", "faster"
    effort: float  # attempts until practice may end
    effort_interval: Interval | None
    after: float | None  # share right afterwards
    after_interval: Interval | None
    n_sequences: int  # students at a skill: one who works at two skills counts twice
    n_reached: int  # of them, those who came to the point at which practice may end
    n_with_after: int  # of these, those who went on
    n_students: int  # who are of this half at one skill at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    slower: Half
    faster: Half
    gap: float | None  # share right afterwards, faster less slower
    gap_interval: Interval | None
    n_students: int


def equity_of_stopping(found: Sequences, reached: NDArray[np.int64]) -> Stopping | None:
    """None where no student has two skills, or nobody goes on after the criterion."""
    speed = _share_at_others(found)
    known = np.isfinite(speed)
    if not known.any():
        return None
    is_slow = known & (speed < np.median(speed[known]))
    is_fast = known & ~is_slow
    n_after, right_after = _after(found, reached)
    slower = _half("slower", found, is_slow, reached, n_after, right_after)
    faster = _half("faster", found, is_fast, reached, n_after, right_after)
    if slower.after is None or faster.after is None:
        return None
    fast, slow = (
        tuple(found.by_student(np.where(here, values, 0.0)) for values in (right_after, n_after))
        for here in (is_fast, is_slow)
    )
    return Stopping(
        slower=slower,
        faster=faster,
        gap=faster.after - slower.after,
        gap_interval=gap_range((fast[0], fast[1]), (slow[0], slow[1])),
        n_students=len(np.unique(found.student[known])),
    )


def _share_at_others(found: Sequences) -> Floats:
    """(n_sequences,) share right of the student's first attempts at all other skills; NaN without any."""
    first = found.right[found.starts[:-1]].astype(float)
    n = np.bincount(found.student, minlength=found.n_students)[found.student] - 1
    right = np.bincount(found.student, first, minlength=found.n_students)[found.student] - first
    return np.where(n > 0, right / np.maximum(n, 1), np.nan)


def _after(found: Sequences, reached: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """(n_sequences,) attempts after the criterion, and how many were right; 0 where it was never reached."""
    end = np.where(reached > 0, reached, found.lengths)
    later = found.nth() >= np.repeat(end, found.lengths)
    which = np.repeat(np.arange(found.n), found.lengths)[later]
    n_after = np.bincount(which, minlength=found.n).astype(float)
    return n_after, np.bincount(which, found.right[later], minlength=found.n).astype(float)


def _half(
    name: str,
    found: Sequences,
    here: NDArray[np.bool_],
    reached: NDArray[np.int64],
    n_after: Floats,
    right_after: Floats,
) -> Half:
    there = here & (reached > 0)
    after, of_all = (found.by_student(np.where(here, values, 0.0)) for values in (right_after, n_after))
    n = float(of_all.sum())
    return Half(
        name=name,
        effort=float(reached[there].mean()) if there.any() else 0.0,
        effort_interval=mean_range(found.by_student(np.where(there, reached, 0)), found.by_student(there)),
        after=float(after.sum() / n) if n else None,
        after_interval=share_range(after, of_all),
        n_sequences=int(here.sum()),
        n_reached=int(there.sum()),
        n_with_after=int((n_after[here] > 0).sum()),
        n_students=len(np.unique(found.student[here])),
    )
