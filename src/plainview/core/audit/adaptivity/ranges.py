"""Ranges of figures of a log: the students are the sample, and none of many is not never.

In:   what each student brings to a share, a mean or a difference; a figure as a function of a log.
Out:  an interval, or None where one student alone would have to carry it.
Not here: the figures.

A share's range is symmetric in log-odds, its doubt that of a ratio of sums over students. Where it is 0 or 1
the data know no doubt: then the range ends at the rate at which as many students would all look so in one of
forty cases (Clopper & Pearson 1934), each student counting as one. A percentile of redrawn students would be
"0 to 0" there, and is too narrow well before: with 20 students and a share of .02 it holds the truth in 65 to
87 of 100 logs, this range in 97 (tests/references/ranges_coverage.py).

Sources: Cochran (1977), Sampling Techniques, section 6.4. Korn & Graubard (1998), Survey Methodology 24,
193-201, for students as the units of a rare share. Zou & Donner (2008), Statistics in Medicine 27, 1693-1702,
for the difference. Kott (2001), Journal of Official Statistics 17, 521-526, for leaving out groups.
"""

from collections.abc import Callable
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded
from plainview.core.stats.clustered import LOGIT, PLAIN, Influence, of_ratio
from plainview.core.stats.interval import Interval

Floats = NDArray[np.float64]
LEVEL = 0.95
GROUPS = 10  # of students, left out one after the other
MOST_ROWS = 300_000  # that a figure is fitted to, ten times over


def share_range(part: Floats, whole: Floats) -> Interval | None:
    """Of a share: ``part`` of ``whole`` cases, (n_students,) each."""
    return _range(part, whole, LOGIT)


def mean_range(part: Floats, whole: Floats) -> Interval | None:
    """Of a mean: the sum and the number of cases of each student."""
    return _range(part, whole, PLAIN)


def _range(part: Floats, whole: Floats, scale: str) -> Interval | None:
    if int((whole > 0).sum()) < 2:
        return None
    return of_ratio(part, whole, scale=scale).score(level=LEVEL).interval


def gap_range(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> Interval | None:
    """Of the first share less the second; a student may bring cases to both.

    The ends lie where the ends of the two shares put them, so that 1 less 1 is not a gap of exactly nothing.
    """
    ranges = share_range(*one), share_range(*other)
    if ranges[0] is None or ranges[1] is None:
        return None
    a, b = of_ratio(*one, scale=LOGIT), of_ratio(*other, scale=LOGIT)
    r, gap = _correlation(one, other), a.value - b.value

    def far(up: float, down: float) -> float:
        return sqrt(max(up**2 + down**2 - 2 * r * up * down, 0.0))

    low = gap - far(a.value - ranges[0].low, ranges[1].high - b.value)
    high = gap + far(ranges[0].high - a.value, b.value - ranges[1].low)
    return Interval(low=max(low, -1.0), high=min(high, 1.0), level=LEVEL)


def _correlation(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> float:
    """Of how far each student moves the two shares; 0 where one of them does not move."""
    moved = [part - part.sum() / max(whole.sum(), 1e-300) * whole for part, whole in (one, other)]
    spread = [float(np.sqrt((each**2).sum())) for each in moved]
    if min(spread) <= 0:
        return 0.0
    return float((moved[0] * moved[1]).sum() / (spread[0] * spread[1]))


def sum_range(influence: Influence) -> Interval | None:
    """Of any figure whose move by each student is known."""
    return influence.score(level=LEVEL).interval if influence.n_students >= 2 else None


def left_out_range(
    figure: Callable[[Coded], float | None],
    log: Coded,
    *,
    value: float,
    seed: int,
    groups: int = GROUPS,
    most_rows: int = MOST_ROWS,
) -> Interval | None:
    """Of a figure that has to be fitted: ten groups of students, each left out in turn (a jackknife)."""
    if log.n_students < 2 * groups:
        return None
    order = np.random.default_rng(seed).permutation(log.n_students)
    # Of a large log as many students, drawn by chance, as have so many rows: the doubt of all is smaller by
    # the root of how many more there are.
    n_some = int(np.searchsorted(np.cumsum(np.bincount(log.student)[order]), most_rows)) + 1
    some = order[: max(n_some, 2 * groups)]
    found = [figure(log.take(np.sort(np.delete(some, np.s_[one::groups])))) for one in range(groups)]
    there = np.array([one for one in found if one is not None])
    if len(there) < groups:
        return None
    from scipy.special import stdtrit

    error = sqrt((groups - 1) / groups * float(((there - there.mean()) ** 2).sum()))
    error *= sqrt(len(some) / log.n_students)
    half = float(stdtrit(groups - 1, (1 + LEVEL) / 2)) * error
    return Interval(low=value - half, high=value + half, level=LEVEL)
