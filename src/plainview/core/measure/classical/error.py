"""How far may one student's score be off, overall and at each score?

In:   scores, students x items, NaN where nobody answered.
Out:  the standard error of measurement with its interval; the same at each total score.
Not here: how often a decision at a cut would come out otherwise (classification).

Sources: Lord (1955), Educational and Psychological Measurement 15, 325-336 (binomial); Keats (1957),
Psychometrika 22, 29-41 (brought down to the test's own alpha); Feldt & Qualls (1996), Journal of Educational
Measurement 33, 141-156 (from parts; here each item is a part, so points other than 0 and 1 will do).
"""

from dataclasses import dataclass
from math import exp, sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2
from scipy.stats import t as t_distribution

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.classical.alpha import alpha, without_each_student
from plainview.core.measure.scores import Floats, checked, complete, spread
from plainview.core.stats.interval import Interval

CHECK = "measure.error/1"
Way = Literal["keats", "lord", "feldt-qualls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardError:
    """Standard error of measurement: how far totals stray from what each student would get on average."""

    value: float  # points
    interval: Interval
    reliability: float
    n_students: int
    n_items: int
    n_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorAtScore:
    """The standard error of measurement at one total score."""

    score: float
    value: float  # points
    interval: Interval
    n_students: int  # with this total
    way: str


def standard_error(scores: ArrayLike, *, level: float = 0.95) -> StandardError | CannotSay:
    """Spread of the totals times the root of 1 - alpha.

    The interval leaves out each student in turn (jackknife on the logarithm, Student's t): alpha and the
    spread of totals move together, so alpha's own interval would be far too wide here.
    """
    found = alpha(scores, level=level)
    if isinstance(found, CannotSay):
        return found
    rows, n_left_out = complete(checked(scores))
    moved = spread(rows)
    value = sqrt(moved.total * (1 - found.value))
    return StandardError(
        value=value,
        interval=_by_jackknife(rows, float(moved.variances.sum()), moved.total, value, level),
        reliability=found.value,
        n_students=found.n_students,
        n_items=found.n_items,
        n_left_out=n_left_out,
    )


def _by_jackknife(rows: Floats, trace: float, total: float, value: float, level: float) -> Interval:
    n, k = rows.shape
    traces, totals = without_each_student(rows, trace, total)
    squares = totals - k / (k - 1) * (totals - traces)
    if not (squares > 1e-12).all():
        # Without one student no error is left: she carries all there is.
        return Interval(low=0.0, high=float("inf"), level=level)
    half = float(
        t_distribution.ppf((1 + level) / 2, n - 1) * (n - 1) / sqrt(n) * np.log(squares).std(ddof=1) / 2
    )
    return Interval(low=value * exp(-half), high=value * exp(half), level=level)


def at_each_score(
    scores: ArrayLike, *, way: Way = "keats", level: float = 0.95
) -> tuple[ErrorAtScore, ...] | CannotSay:
    """The standard error at each total that occurs (number right for "keats" and "lord").

    Parameters
    ----------
    scores : (n_students, n_items) float
        0 or 1 for "lord" and "keats"; any points for "feldt-qualls". Students with a gap are left out.
    way : "keats", "lord" or "feldt-qualls"
        Lord: sqrt(x (k - x) / (k - 1)), items drawn at random from a pool. Keats: the same times
        sqrt((1 - alpha) / (1 - KR-21)), so that it agrees with the test's alpha. Feldt-Qualls: from each
        student's own scatter over items, averaged over the students with this total.

    Returns
    -------
    tuple of ErrorAtScore
        "lord" is exact given its model, so its interval has no width; "keats" carries alpha's interval;
        "feldt-qualls" has that of a variance (chi-square).
    CannotSay
        As for alpha; for "keats" also where KR-21 is 1.
    """
    found = alpha(scores, level=level)
    if isinstance(found, CannotSay):
        return found
    rows, _ = complete(checked(scores))
    if way == "feldt-qualls":
        return _from_items(rows, level)
    if not np.isin(rows, (0.0, 1.0)).all():
        raise ValueError(
            f"found points other than 0 and 1, expected only those for way={way!r}: see 'feldt-qualls'."
        )
    k = rows.shape[1]
    totals, n_with = np.unique(rows.sum(axis=1), return_counts=True)
    lord = np.sqrt(totals * (k - totals) / (k - 1))
    factors = (1.0, 1.0, 1.0)
    if way == "keats":
        kr21 = _kr21(rows)
        if not kr21 < 1:
            return _cannot("KR-21 is 1", "students whose totals differ less than all from nothing")
        ends = (found.value, found.interval.high, found.interval.low)
        factors = tuple(sqrt((1 - end) / (1 - kr21)) for end in ends)  # type: ignore[assignment]
    return tuple(
        ErrorAtScore(
            score=float(score),
            value=float(e * factors[0]),
            interval=Interval(low=float(e * factors[1]), high=float(e * factors[2]), level=level),
            n_students=int(n),
            way=way,
        )
        for score, e, n in zip(totals, lord, n_with, strict=True)
    )


def _kr21(rows: Floats) -> float:
    """Alpha of items that were all equally hard."""
    k, totals = rows.shape[1], rows.sum(axis=1)
    mean = totals.mean()
    return float(k / (k - 1) * (1 - mean * (k - mean) / (k * totals.var(ddof=1))))


def _from_items(rows: Floats, level: float) -> tuple[ErrorAtScore, ...]:
    """k / (k - 1) x the scatter of (item score - item mean) about the student's own mean, pooled by total."""
    k = rows.shape[1]
    apart = rows - rows.mean(axis=0)
    own = apart - apart.mean(axis=1, keepdims=True)
    squared = k / (k - 1) * np.einsum("ij,ij->i", own, own)
    totals, group, n_with = np.unique(rows.sum(axis=1), return_inverse=True, return_counts=True)
    pooled = np.bincount(group, weights=squared) / n_with
    made = []
    for score, variance, n in zip(totals, pooled, n_with, strict=True):
        df = int(n) * (k - 1)
        high, low = np.sqrt(df * variance / chi2.ppf([(1 - level) / 2, (1 + level) / 2], df))
        interval = Interval(low=float(low), high=float(high), level=level)
        made.append(
            ErrorAtScore(
                score=float(score),
                value=sqrt(variance),
                interval=interval,
                n_students=int(n),
                way="feldt-qualls",
            )
        )
    return tuple(made)


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="How far may a score be off?", reason=reason, would_need=would_need, check=CHECK
    )
