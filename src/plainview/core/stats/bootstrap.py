"""How much would a figure vary with other students? Draw them again and see.

In:   a figure as a function of how often each student counts; a seed.
Out:  an interval between percentiles of the draws.
Not here: formulas (clustered), which are quicker where there is one. This is what they are checked by.

Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13. Students are drawn,
not rows: Field & Welsh (2007), Journal of the Royal Statistical Society B 69, 369-390.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from plainview.core.cannot_say import CannotSay
from plainview.core.plural import counted
from plainview.core.stats.clustered import Floats
from plainview.core.stats.interval import Interval

CHECK = "stats.bootstrap/1"
FEWEST_STUDENTS = 5
FEWEST_THAT_WORK = 0.9  # of the draws


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A figure and what it was in draws of the same students."""

    value: float
    standard_error: float
    interval: Interval
    n_draws: int
    n_without: int  # draws in which the figure had no value
    n_students: int


def bootstrap(
    figure: Callable[[Floats], float], *, n_students: int, n_draws: int = 999, level: float = 0.95, seed: int
) -> Drawn | CannotSay:
    """The percentile interval of ``figure(times)``.

    Parameters
    ----------
    figure : callable
        From ``times`` (n_students,), how often each student counts, to a number; NaN where it has none.
    n_students : int
    n_draws : int
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    Drawn
    CannotSay
        If there are fewer than five students, or one draw in ten has no value.
    """
    if n_students < FEWEST_STUDENTS:
        return _cannot(f"there are {counted(n_students, 'student')}", f"at least {FEWEST_STUDENTS} students")
    chance, even = np.random.default_rng(seed), np.full(n_students, 1 / n_students)
    draws = np.array([figure(chance.multinomial(n_students, even).astype(float)) for _ in range(n_draws)])
    there = draws[np.isfinite(draws)]
    if len(there) < FEWEST_THAT_WORK * n_draws:
        return _cannot(f"{n_draws - len(there)} of {n_draws} draws have no value", "more students")
    low, high = np.quantile(there, [(1 - level) / 2, (1 + level) / 2])
    return Drawn(
        value=figure(np.ones(n_students)),
        standard_error=float(there.std(ddof=1)),
        interval=Interval(low=float(low), high=float(high), level=level),
        n_draws=n_draws,
        n_without=n_draws - len(there),
        n_students=n_students,
    )


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="How much would this vary with other students?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )
