"""Split halves: would the other half of the test have told the same?

In:   scores, students x items; which items make one half.
Out:  the reliability of the whole test, from its halves; what a longer or shorter test would give.
Not here: every possible half at once (alpha is their mean, for items of equal spread).

Sources: Spearman (1910) and Brown (1910), British Journal of Psychology 3, 271-322; Guttman (1945),
Psychometrika 10, 255-282 (lambda 4, which needs no halves of equal spread).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.scores import checked, complete
from plainview.core.plural import counted
from plainview.core.stats.correlation import Correlation, correlation
from plainview.core.stats.interval import Interval

CHECK = "measure.halves/1"
FEWEST_STUDENTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitHalf:
    """Reliability of the whole test from two of its halves."""

    value: float  # Spearman-Brown
    interval: Interval  # Fisher's on the correlation, carried over
    guttman: float  # lambda 4
    between: Correlation  # of the halves
    n_students: int
    n_items: int
    n_left_out: int


def spearman_brown(reliability: float, *, times_as_long: float) -> float:
    """The reliability of a test ``times_as_long`` as one of this reliability, made of items like these.

    >>> round(spearman_brown(0.5, times_as_long=2), 3)
    0.667
    """
    if times_as_long <= 0 or not 1 + (times_as_long - 1) * reliability > 0:
        raise ValueError(
            f"found reliability {reliability} and length {times_as_long}, expected a length above 0 and a "
            "reliability for which the formula holds."
        )
    return times_as_long * reliability / (1 + (times_as_long - 1) * reliability)


def length_needed(reliability: float, *, to_reach: float) -> float:
    """How many times as long the test would have to be."""
    if not 0 < reliability < 1 or not 0 < to_reach < 1:
        raise ValueError(f"found {reliability} and {to_reach}, expected two numbers between 0 and 1.")
    return to_reach * (1 - reliability) / (reliability * (1 - to_reach))


def split_half(
    scores: ArrayLike, *, first_half: ArrayLike | None = None, level: float = 0.95
) -> SplitHalf | CannotSay:
    """Reliability from two halves.

    Parameters
    ----------
    scores : (n_students, n_items) float
        Students with a gap are left out and counted.
    first_half : (n_items,) bool, optional
        Items 1, 3, 5 ... if not given: odd against even.

    Returns
    -------
    SplitHalf
    CannotSay
        With one item, fewer than four students, or a half in which all students score alike.
    """
    rows, n_left_out = complete(checked(scores))
    n, k = rows.shape
    chosen = np.arange(k) % 2 == 0 if first_half is None else np.asarray(first_half, dtype=bool)
    if chosen.shape != (k,):
        raise ValueError(f"found a half of shape {chosen.shape} for {k} items, expected yes or no for each.")
    if not chosen.any() or chosen.all() or n < FEWEST_STUDENTS:
        return _cannot(
            f"there are {counted(n, 'student')} and {counted(k, 'item')}",
            "four students and an item in each half",
        )
    halves = np.cov(rows[:, chosen].sum(axis=1), rows[:, ~chosen].sum(axis=1))
    if not min(halves[0, 0], halves[1, 1]) > 0:
        return _cannot("in one half all students score alike", "students who differ in both halves")
    between = correlation(float(halves[0, 1] / np.sqrt(halves[0, 0] * halves[1, 1])), n=n, level=level)
    low, high = (_whole(r) for r in (between.interval.low, between.interval.high))
    return SplitHalf(
        value=_whole(between.value),
        interval=Interval(low=low, high=high, level=level),
        guttman=float(4 * halves[0, 1] / halves.sum()) if halves.sum() > 0 else float("-inf"),
        between=between,
        n_students=n,
        n_items=k,
        n_left_out=n_left_out,
    )


def _whole(r: float) -> float:
    # At r = -1 the formula has no value; it falls without bound on the way there.
    return spearman_brown(r, times_as_long=2) if r > -1 else float("-inf")


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="Would the other half of the test have told the same?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )
