"""Alpha: how consistently do the items of one test order the same students?

In:   scores, students x items, NaN where nobody answered.
Out:  alpha with its interval, its n, and how many students were left out.
Not here: one factor or more (omega), what a single score is worth (error).

Gaps are decided aloud. ``missing="complete"`` keeps the students who answered everything. ``missing="pairs"``
takes each covariance from whoever answered both items; n is then that of the thinnest pair.

Sources: Cronbach (1951), Psychometrika 16, 297-334; Feldt (1965), Psychometrika 30, 357-370; Bonett (2002),
Journal of Educational and Behavioral Statistics 27, 335-340; Miller (1974), Biometrika 61, 1-15 (the
jackknife, here on ln(1 - alpha): free of distributions).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import f as f_distribution
from scipy.stats import t as t_distribution

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.scores import Floats, blocks, checked, complete, covariances, named, spread
from plainview.core.plural import counted
from plainview.core.stats.draws import times_drawn
from plainview.core.stats.interval import Interval

CHECK = "measure.alpha/1"
FEWEST_STUDENTS = 3
Missing = Literal["complete", "pairs"]
How = Literal["feldt", "bonett", "free"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """How consistently the items of one test order the same students."""

    value: float  # no unit; at most 1, and below 0 when items pull against each other
    interval: Interval
    n_students: int
    n_items: int
    n_left_out: int  # students without an answer to every item
    kind: str  # "raw", "standardised", or "raw, without item 3"
    how: str  # where the interval comes from


def alpha(
    scores: ArrayLike, *, missing: Missing = "complete", how: How = "feldt", level: float = 0.95
) -> Alpha | CannotSay:
    """Cronbach's alpha, which is KR-20 where scores are 0 or 1.

    Parameters
    ----------
    scores : (n_students, n_items) float
        Points; NaN where not answered.
    missing : "complete" or "pairs"
        Whom to count: see the head of this module.
    how : "feldt", "bonett" or "free"
        The interval: exact under normal scores with equal covariances; the same, by a logarithm; or free of
        distributions, by leaving out each student in turn (complete rows only).
    level : float

    Returns
    -------
    Alpha
    CannotSay
        With one item, fewer than three students, students who all have the same total, or items that agree
        without any error.

    Raises
    ------
    ValueError
        If ``scores`` is not two-dimensional, or ``how="free"`` meets ``missing="pairs"``.
    """
    table = checked(scores)
    if missing == "pairs":
        if how == "free":
            raise ValueError(
                "found how='free' with missing='pairs', expected one of them: 'free' needs rows."
            )
        return _by_pairs(table, how=how, level=level)
    rows, n_left_out = complete(table)
    if said := _too_little(rows, n_left_out):
        return said
    moved = spread(rows)
    value = _alpha(float(moved.variances.sum()), moved.total, rows.shape[1])
    if said := _no_error(value, moved.total):
        return said
    found = _result(value, n=len(rows), k=rows.shape[1], n_left_out=n_left_out, how=how, level=level)
    if how != "free":
        return found
    return replace(
        found, interval=_by_jackknife(rows, float(moved.variances.sum()), moved.total, value, level)
    )


def standardised(
    scores: ArrayLike, *, missing: Missing = "complete", level: float = 0.95
) -> Alpha | CannotSay:
    """Alpha of items brought to the same spread: k r / (1 + (k - 1) r), r the mean correlation.

    Feldt's interval is put around it as around alpha. An item that does not vary is refused here.
    """
    table = checked(scores)
    rows, n_left_out = (
        (table, int(np.isnan(table).all(axis=1).sum())) if missing == "pairs" else complete(table)
    )
    if said := _too_little(rows, n_left_out):
        return said
    found, n_both = covariances(rows)
    scale = np.sqrt(np.diag(found))
    if n_both.min() < FEWEST_STUDENTS or not (scale > 0).all():
        return _cannot("an item has one score for everybody who answered it", "items that vary")
    k = rows.shape[1]
    mean_r = float(((found / np.outer(scale, scale)).sum() - k) / (k * (k - 1)))
    # The variance of the total, of items of spread 1: nothing, but for rounding, where they cancel out.
    total = (1 + (k - 1) * mean_r) * (1 + (k - 1) * mean_r > 1e-9)
    value = k * mean_r / total if total else float("nan")
    if said := _no_error(value, total):
        return said
    result = _result(value, n=int(n_both.min()), k=k, n_left_out=n_left_out, how="feldt", level=level)
    return replace(result, kind="standardised")


def without_each(
    scores: ArrayLike, *, names: Sequence[str] | None = None, level: float = 0.95
) -> tuple[Alpha | CannotSay, ...]:
    """Alpha of the test without item 1, without item 2, and so on, over students who answered everything."""
    rows, n_left_out = complete(checked(scores))
    called, k = named(names, rows.shape[1]), rows.shape[1]
    if k <= 2 or _too_little(rows, n_left_out):
        said = _too_little(rows, n_left_out) or _cannot(
            "without one item, one is left", "three items or more"
        )
        return tuple(said for _ in called)
    moved = spread(rows)
    traces = moved.variances.sum() - moved.variances
    totals = moved.total - 2 * moved.with_total + moved.variances
    return tuple(
        _without(name, float(trace), float(total), n=len(rows), k=k - 1, n_left_out=n_left_out, level=level)
        for name, trace, total in zip(called, traces, totals, strict=True)
    )


def by_bootstrap(
    scores: ArrayLike, *, seed: int, n_draws: int = 999, level: float = 0.95
) -> Alpha | CannotSay:
    """Alpha with the percentile interval of draws of the same students; it assumes no distribution."""
    found = alpha(scores, level=level)
    if isinstance(found, CannotSay):
        return found
    rows, _ = complete(checked(scores))
    draws = _drawn(rows - rows.mean(axis=0), np.random.default_rng(seed), n_draws)
    if np.isfinite(draws).mean() < 0.9:
        return _cannot("one draw in ten has no alpha: too few students differ", "more students")
    low, high = np.nanquantile(draws, [(1 - level) / 2, (1 + level) / 2])
    interval = Interval(low=float(low), high=float(high), level=level)
    return replace(found, interval=interval, how=f"percentiles of {n_draws} draws of students, seed {seed}")


def feldt(value: float, *, n: int, k: int, level: float) -> Interval:
    """Feldt (1965): (1 - true) / (1 - found) follows F with n - 1 and (n - 1)(k - 1) degrees of freedom."""
    low, high = f_distribution.ppf([(1 + level) / 2, (1 - level) / 2], n - 1, (n - 1) * (k - 1))
    return Interval(low=float(1 - (1 - value) * low), high=float(1 - (1 - value) * high), level=level)


def bonett(value: float, *, n: int, k: int, level: float) -> Interval:
    """Bonett (2002): ln(1 - alpha) is nearly normal with variance 2k / ((k - 1)(n - 2))."""
    return below_one(value, error=(1 - value) * sqrt(2 * k / ((k - 1) * (n - 2))), level=level)


def below_one(value: float, *, error: float, level: float) -> Interval:
    """An interval that stays below 1: normal on ln(1 - value)."""
    half = NormalDist().inv_cdf((1 + level) / 2) * error / (1 - value)
    low, high = 1 - exp(log(1 - value) + half), 1 - exp(log(1 - value) - half)
    return Interval(low=low, high=high, level=level)


def _alpha(trace: float, total: float, k: int) -> float:
    # Items that cancel out leave a total that varies by rounding alone.
    return k / (k - 1) * (1 - trace / total) if total > 1e-9 * trace else float("nan")


def _result(value: float, *, n: int, k: int, n_left_out: int, how: How, level: float) -> Alpha:
    interval = (bonett if how == "bonett" else feldt)(value, n=n, k=k, level=level)
    said = {
        "feldt": "Feldt (1965)",
        "bonett": "Bonett (2002)",
        "free": "jackknife, free of distributions",
    }
    return Alpha(
        value=value,
        interval=interval,
        n_students=n,
        n_items=k,
        n_left_out=n_left_out,
        kind="raw",
        how=said[how],
    )


def _without(
    name: str, trace: float, total: float, *, n: int, k: int, n_left_out: int, level: float
) -> Alpha | CannotSay:
    value = _alpha(trace, total, k)
    if said := _no_error(value, total):
        return said
    found = _result(value, n=n, k=k, n_left_out=n_left_out, how="feldt", level=level)
    return replace(found, kind=f"raw, without {name}")


def _by_pairs(table: Floats, *, how: How, level: float) -> Alpha | CannotSay:
    n_left_out = int(np.isnan(table).all(axis=1).sum())
    if said := _too_little(table, n_left_out):
        return said
    found, n_both = covariances(table)
    if n_both.min() < FEWEST_STUDENTS:
        return _cannot(
            f"two items were answered together by {counted(n_both.min(), 'student')}",
            f"at least {FEWEST_STUDENTS} students for each pair of items",
        )
    total = float(found.sum())
    value = _alpha(float(np.trace(found)), total, len(found))
    if said := _no_error(value, total):
        return said
    return _result(value, n=int(n_both.min()), k=len(found), n_left_out=n_left_out, how=how, level=level)


def without_each_student(rows: Floats, trace: float, total: float) -> tuple[Floats, Floats]:
    """The sum of item variances and the variance of totals, each student left out in turn."""
    n, means, own, sums = len(rows), rows.mean(axis=0), [], []
    for block in blocks(rows):
        apart = block - means
        own.append(np.einsum("ij,ij->i", apart, apart))
        sums.append(apart.sum(axis=1))
    traces = ((n - 1) * trace - n / (n - 1) * np.concatenate(own)) / (n - 2)
    totals = ((n - 1) * total - n / (n - 1) * np.concatenate(sums) ** 2) / (n - 2)
    return traces, totals


def _by_jackknife(rows: Floats, trace: float, total: float, value: float, level: float) -> Interval:
    """How ln(1 - alpha) moves when one student is left out, each in turn; Student's t with n - 1 degrees."""
    n, k = rows.shape
    traces, totals = without_each_student(rows, trace, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(1 - k / (k - 1) * (1 - traces / totals))
    if not np.isfinite(logs).all():
        # One student carries all the difference there is: without her there is no alpha, so no telling.
        return Interval(low=float("-inf"), high=1.0, level=level)
    half = float(t_distribution.ppf((1 + level) / 2, n - 1) * (n - 1) / sqrt(n) * logs.std(ddof=1))
    return Interval(low=1 - (1 - value) * exp(half), high=1 - (1 - value) * exp(-half), level=level)


def _drawn(apart: Floats, chance: np.random.Generator, n_draws: int) -> Floats:
    """Alpha of each draw, from weighted sums: a draw is how often each student counts."""
    n, k = apart.shape
    own, sums = np.einsum("ij,ij->i", apart, apart), apart.sum(axis=1)
    found = []
    for times in times_drawn(chance, n=n, n_draws=n_draws):
        means = times @ apart / n
        traces = times @ own - n * np.einsum("ij,ij->i", means, means)
        totals = times @ sums**2 - n * means.sum(axis=1) ** 2
        with np.errstate(divide="ignore", invalid="ignore"):
            found.append(np.where(totals > 1e-9 * n, k / (k - 1) * (1 - traces / totals), np.nan))
    return np.concatenate(found)


def _too_little(rows: Floats, n_left_out: int) -> CannotSay | None:
    n, k = rows.shape
    if k < 2:
        return _cannot(f"the test has {k} item{'s' * (k != 1)}", "at least two items")
    if n - (n_left_out if np.isnan(rows).any() else 0) < FEWEST_STUDENTS:
        hint = ", or missing='pairs' if pairs of items were answered together" if n_left_out else ""
        reason = f"{counted(n, 'student')} answered every item, {n_left_out} were left out"
        return _cannot(reason, f"at least {FEWEST_STUDENTS} students{hint}")
    return None


def _no_error(value: float, total: float) -> CannotSay | None:
    if not total > 0 or np.isnan(value):
        return _cannot("all students have the same total", "students who differ")
    if 1 - value < 1e-12:
        return _cannot("the items agree without any error, as copies of one item would", "items that differ")
    return None


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="How consistently do the items order the students?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )
