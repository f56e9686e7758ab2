"""Ratings, checked once: rows are the things that were rated, columns are raters, NaN is "not rated".

In:   whatever a caller calls ratings.
Out:  for each thing how often each value was given; what every coefficient of this room answers with.
Not here: the coefficients.
"""

from dataclasses import dataclass, field, replace
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t as t_distribution

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.interval import Interval, wilson

Floats = NDArray[np.float64]
RELY, TENTATIVE = 0.80, 0.667  # Krippendorff (2019), Content Analysis, chapter 12
FEW_THINGS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One coefficient: 1 is agreement throughout, 0 is what chance would give, below 0 is less than that."""

    value: float
    interval: Interval
    coefficient: str
    n_units: int  # things that two raters or more have rated
    n_raters: int
    n_ratings: int  # of those things
    n_left_out: int  # things with fewer than two ratings
    how: str  # where the interval comes from
    sentence: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentence", _sentence(self))


def _sentence(found: Agreement) -> str:
    low, high = found.interval.low, found.interval.high
    numbers = (
        f"{found.coefficient} {found.value:.2f}, {low:.2f} to {high:.2f} ({100 * found.interval.level:.0f} %)"
    )
    if found.value >= RELY:
        room = "" if low >= TENTATIVE else ", though the interval leaves room for too little"
        return f"The ratings agree well enough to rely on{room}. {numbers}."
    if found.value >= TENTATIVE:
        return f"The ratings agree well enough for tentative conclusions only. {numbers}."
    return f"The ratings agree too little to give one score: show how they spread. {numbers}."


def checked(ratings: ArrayLike) -> Floats:
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"found an array of {table.ndim} dimensions, expected two: things rated x raters.")
    if np.isinf(table).any():
        raise ValueError("found an infinite rating, expected numbers, or NaN where not rated.")
    return table


def pairable(table: Floats) -> tuple[Floats, int]:
    """Things with two ratings or more, and how many have fewer."""
    keep = (~np.isnan(table)).sum(axis=1) >= 2
    return table[keep], int((~keep).sum())


def counted(table: Floats) -> tuple[Floats, Floats]:
    """How often each value was given to each thing (n_units, n_values), and the values in order."""
    there = ~np.isnan(table)
    values, code = np.unique(table[there], return_inverse=True)
    row = np.nonzero(there)[0]
    flat = np.bincount(row * len(values) + code, minlength=len(table) * len(values))
    return flat.reshape(len(table), len(values)).astype(np.float64), values


def around(value: float, error: float, *, n: int, level: float) -> Interval:
    """Student's t with n - 1 degrees of freedom, cut off at 1 and -1."""
    half = float(t_distribution.ppf((1 + level) / 2, max(n - 1, 1))) * error
    return Interval(low=max(value - half, -1.0), high=min(value + half, 1.0), level=level)


def from_share(seen: float, by_chance: float, *, n: int, level: float) -> Interval:
    """Wilson's interval, carried over: where all things agree alike, other formulas see no error.

    How often they would agree on other things is still unsure.
    """
    share = wilson(n_hits=round(seen * n), n=n, level=level).interval
    low, high = ((end - by_chance) / (1 - by_chance) for end in (share.low, share.high))
    return Interval(low=low, high=high, level=level)


def with_few(interval: Interval, value: float, *, seen: float, by_chance: float, n: int) -> Interval:
    """Of fewer than ten things: no narrower to either side than Wilson's for the share that agrees.

    Three things that happen to be rated much alike say next to nothing of a fourth, and neither a bootstrap
    nor a standard error of three can know that.
    """
    if n >= FEW_THINGS or not 1 - by_chance > 1e-12:
        return interval
    wide = from_share(seen, by_chance, n=n, level=interval.level)
    middle = (seen - by_chance) / (1 - by_chance)
    low, high = value + min(0.0, wide.low - middle), value + max(0.0, wide.high - middle)
    return replace(interval, low=min(interval.low, low), high=min(1.0, max(interval.high, high)))


def error_of_mean(each: Floats) -> float:
    return float(each.std(ddof=1) / sqrt(len(each)))


def cannot(reason: str, would_need: str, check: str) -> CannotSay:
    return CannotSay(question="Do the raters agree?", reason=reason, would_need=would_need, check=check)
