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

from plainview.core.audit.adaptivity.sequences import Sequences
from plainview.core.audit.adaptivity.wheel_spinning import ratio_interval
from plainview.core.stats.draws import times_drawn
from plainview.core.stats.interval import Interval

CHECK = "adaptivity.equity_of_stopping/1"
FEWEST_AFTER = 20  # students at a skill who went on, of the slower and of the faster: fewer say nothing
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    name: str  # "slower", "faster"
    effort: float  # attempts until practice may end
    effort_interval: Interval
    after: float | None  # share right afterwards
    n_sequences: int
    n_with_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    slower: Half
    faster: Half
    gap: float | None  # share right afterwards, faster less slower
    gap_interval: Interval | None
    n_students: int


def equity_of_stopping(
    found: Sequences, reached: NDArray[np.int64], *, draws: int, seed: int
) -> Stopping | None:
    """None where no student has two skills, or nobody goes on after the criterion."""
    speed = _share_at_others(found)
    known = np.isfinite(speed)
    if not known.any():
        return None
    is_slow = known & (speed < np.median(speed[known]))
    is_fast = known & ~is_slow
    n_after, right_after = _after(found, reached)
    slower = _half("slower", found, is_slow, reached, n_after, right_after, draws, seed)
    faster = _half("faster", found, is_fast, reached, n_after, right_after, draws, seed)
    if slower.after is None or faster.after is None:
        return None
    interval = _gap(found, is_slow, is_fast, n_after, right_after, draws, seed)
    return Stopping(
        slower=slower,
        faster=faster,
        gap=faster.after - slower.after,
        gap_interval=interval,
        n_students=len(np.unique(found.student[known])),
    )


def _share_at_others(found: Sequences) -> Floats:
    """(n_sequences,) share right of the student's first attempts at all other skills; NaN without any."""
    first = found.right[found.starts[:-1]].astype(float)
    n = np.bincount(found.student, minlength=found.n_students)[found.student] - 1
    right = np.bincount(found.student, first, minlength=found.n_students)[found.student] - first
    return np.where(n > 0, right / np.maximum(n, 1), np.nan)


def _after(found: Sequences, reached: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """(n_sequences,) attempts after the criterion, and how many were right."""
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
    draws: int,
    seed: int,
) -> Half:
    there = here & (reached > 0)
    effort = float(reached[there].mean()) if there.any() else 0.0
    sums = _by_student(found, np.where(there, reached, 0))
    counts = _by_student(found, there)
    n = float(n_after[here].sum())
    return Half(
        name=name,
        effort=effort,
        effort_interval=ratio_interval(sums, counts, effort, draws=draws, seed=seed),
        after=float(right_after[here].sum() / n) if n else None,
        n_sequences=int(here.sum()),
        n_with_after=int((n_after[here] > 0).sum()),
    )


def _by_student(found: Sequences, values: NDArray[np.generic]) -> Floats:
    sums: Floats = np.bincount(found.student, values.astype(float), minlength=found.n_students).astype(float)
    return sums


def _gap(
    found: Sequences,
    is_slow: NDArray[np.bool_],
    is_fast: NDArray[np.bool_],
    n_after: Floats,
    right_after: Floats,
    draws: int,
    seed: int,
) -> Interval:
    parts = np.stack(
        [
            _by_student(found, np.where(here, values, 0.0))
            for here in (is_fast, is_slow)
            for values in (right_after, n_after)
        ]
    )
    chance = np.random.default_rng(seed)
    gaps = list[Floats]()
    for drawn in times_drawn(chance, n=found.n_students, n_draws=draws):
        fast_right, fast, slow_right, slow = (drawn @ part for part in parts)
        with np.errstate(invalid="ignore", divide="ignore"):
            gaps.append(fast_right / fast - slow_right / slow)
    every = np.concatenate(gaps)
    low, high = np.quantile(every[np.isfinite(every)], [0.025, 0.975])
    return Interval(low=float(low), high=float(high), level=0.95)
