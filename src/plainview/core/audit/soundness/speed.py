"""Do students run out of time? What is blank at the end, and what is answered too fast to have been read.

In:   scores in the order of the test, NaN where not answered; or answering times in the order of answering.
Out:  how many reach the end, how far nearly all reach, how much of the spread of scores not-reached items
      make; how much more often the last quarter is answered in a rush than the rest.
Not here: why. A student may stop because she is done with it.

An item is not reached if it and all behind it are blank; a blank with an answer behind it was left out on
purpose. Not speeded, by the rule of thumb of Swineford (1974): at least 80 in 100 reach the last item, and
nearly all (here 99 in 100) reach three quarters. An answer is rushed if it took less than a tenth of the
item's mean time, at most 10 seconds (NT10: Wise & Ma 2012, annual meeting of NCME).

Source: Swineford (1974), ETS Statistical Report SR-74-70 (recalled); Gulliksen (1950), Theory of Mental
Tests, chapter 17.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.stats.interval import Interval, Share, wilson

Floats = NDArray[np.float64]
REACH_LAST, REACH_MOST, MOST = 0.80, 0.99, 0.75
RUSHED_SHARE, RUSHED_MS = 0.10, 10_000.0
FEWEST_STUDENTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far students come."""

    reach_last: Share
    reach_most: Share  # three quarters of the items
    by_item: tuple[float, ...]  # share that reaches each item
    n_skipped: int  # blanks with an answer behind them
    ratio: float | None  # Var(not reached) / Var(wrong or blank); None where nobody is wrong
    n_items: int

    @property
    def is_speeded(self) -> bool:
        return self.reach_last.value < REACH_LAST or self.reach_most.value < REACH_MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Rushed:
    """How often answers are too fast to have been read."""

    early: float  # share among the first three quarters of each student's answers
    late: float  # share among the last quarter
    more: float  # late - early, mean over students
    interval: Interval
    n_students: int
    n_answers: int


def reached(scores: Floats) -> Reached:
    """(n_students, n_items) in the order of the test.

    Students who answered nothing are left out.
    """
    there = ~np.isnan(scores[~np.isnan(scores).all(axis=1)])
    n, k = there.shape
    if n < FEWEST_STUDENTS or k < 2:
        raise ValueError(f"found {n} students and {k} items, expected at least {FEWEST_STUDENTS} and 2.")
    last = k - there[:, ::-1].argmax(axis=1)  # how many items she came to
    wrong = k - np.nansum(np.where(there, scores[~np.isnan(scores).all(axis=1)] > 0, False), axis=1)
    spread = float(np.var(wrong, ddof=1))
    return Reached(
        reach_last=wilson(n_hits=int((last == k).sum()), n=n),
        reach_most=wilson(n_hits=int((last >= np.ceil(MOST * k)).sum()), n=n),
        by_item=tuple(float((last > j).mean()) for j in range(k)),
        n_skipped=int(((np.arange(k) < last[:, None]) & ~there).sum()),
        ratio=float(np.var(k - last, ddof=1)) / spread if spread > 0 else None,
        n_items=k,
    )


def rushed(*, student: NDArray[np.int64], item: NDArray[np.int64], ms: Floats, fewest: int = 8) -> Rushed:
    """How much more often a student's last answers are rushed than her first ones.

    Parameters
    ----------
    student, item : (n_rows,) codes; rows of each student in the order of answering
    ms : (n_rows,) milliseconds; NaN where not known
    fewest : int
        Answers that a student must have for her last quarter to mean anything.

    Raises
    ------
    ValueError
        If fewer than 20 students have so many answers with times.
    """
    keep = np.isfinite(ms) & (ms >= 0)
    student, item, ms = student[keep], item[keep], ms[keep]
    if not len(ms):
        raise ValueError("found no times, expected at least 20 students with 8 answers each.")
    n_of_item = np.bincount(item)
    mean = np.bincount(item, weights=ms) / np.maximum(n_of_item, 1)
    fast = ms < np.minimum(RUSHED_SHARE * mean, RUSHED_MS)[item]
    order = np.argsort(student, kind="stable")
    student, fast = student[order], fast[order]
    starts = np.flatnonzero(np.r_[True, student[1:] != student[:-1]])
    ends = np.r_[starts[1:], len(student)]
    gaps, n_early, n_late, early, late = [], 0, 0, 0, 0
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start < fewest:
            continue
        cut = end - (end - start) // 4
        first, second = fast[start:cut], fast[cut:end]
        gaps.append(float(second.mean() - first.mean()))
        n_early, n_late, early, late = (
            n_early + len(first), n_late + len(second), early + int(first.sum()), late + int(second.sum()),
        )  # fmt: skip
    if len(gaps) < FEWEST_STUDENTS:
        raise ValueError(f"found {len(gaps)} students with {fewest} timed answers, expected at least 20.")
    found = np.array(gaps)
    half = 1.959963984540054 * float(found.std(ddof=1)) / float(np.sqrt(len(found)))
    if not found.any():
        # Nobody rushed more or less at the end: as many students would look so if a few of all did.
        half = 1 - 0.025 ** (1 / len(found))
    middle = float(found.mean())
    return Rushed(
        early=early / n_early,
        late=late / n_late,
        more=middle,
        interval=Interval(low=middle - half, high=middle + half, level=0.95),
        n_students=len(gaps),
        n_answers=n_early + n_late,
    )
