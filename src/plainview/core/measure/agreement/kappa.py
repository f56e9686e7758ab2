"""Two raters: kappa, weighted kappa and quadratic weighted kappa; how often they say the same.

In:   the ratings of two raters of the same things, NaN where one of them did not rate it.
Out:  coefficients with standard error, interval, n and what was left out.
Not here: more than two raters (many, krippendorff), machines (scoring).

Sources: Cohen (1960), Educational and Psychological Measurement 20, 37-46; Cohen (1968), Psychological
Bulletin 70, 213-220; Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72, 323-327 (standard error).
"""

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t as t_distribution

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.agreement.ratings import Agreement, cannot, from_share
from plainview.core.stats.interval import Interval

CHECK = "measure.kappa/1"
FEWEST_UNITS = 2
Weights = Literal["none", "linear", "quadratic"]
NAMES: dict[Weights, str] = {"none": "kappa", "linear": "kappa, linear weights", "quadratic": "QWK"}
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa(Agreement):
    """Cohen's kappa; ``standard_error`` is the one for intervals, not the one for testing against 0."""

    standard_error: float
    seen: float  # share of agreement, each disagreement counted by its weight
    by_chance: float  # what independent raters with these habits would reach


def kappa(
    first: ArrayLike,
    second: ArrayLike,
    *,
    weights: Weights = "none",
    level: float = 0.95,
) -> Kappa | CannotSay:
    """Cohen's kappa of two raters; ``weights="quadratic"`` makes it QWK.

    Parameters
    ----------
    first, second : (n_units,) float
        NaN where not rated; a thing that one of them did not rate is left out and counted.
    weights : "none", "linear" or "quadratic"
        How a disagreement grows with the distance of the two ratings; distances are of the ratings
        themselves.

    Returns
    -------
    Kappa
        The interval leaves out each thing in turn (jackknife); ``standard_error`` is the formula for many
        things.
    CannotSay
        With fewer than two things rated by both, or when both gave one and the same value throughout.
    """
    one, other, n_left_out = _both(first, second)
    if len(one) < FEWEST_UNITS:
        return cannot(f"both rated {len(one)} things", "at least two things that both rated", CHECK)
    values = np.unique(np.concatenate([one, other]))
    table = _table(one, other, values)
    agree = _agreement(values, weights)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    seen, chance = float((table * agree).sum()), float(rows @ agree @ columns)
    if 1 - chance < 1e-12:
        return cannot("both gave the same value throughout", "ratings that differ somewhere", CHECK)
    value = (seen - chance) / (1 - chance)
    error = _error(table, agree, value, chance, len(one))
    interval, how = _by_jackknife(one, other, values, agree, value, level), "jackknife on Fisher's z"
    if error < 1e-12:
        interval, how = (
            from_share(seen, chance, n=len(one), level=level),
            "Wilson's for the share that agrees",
        )
    return Kappa(
        value=value,
        interval=interval,
        coefficient=NAMES[weights],
        n_units=len(one),
        n_raters=2,
        n_ratings=2 * len(one),
        n_left_out=n_left_out,
        how=how,
        standard_error=error,
        seen=seen,
        by_chance=chance,
    )


def quadratic_weighted_kappa(
    first: ArrayLike, second: ArrayLike, *, level: float = 0.95
) -> Kappa | CannotSay:
    """QWK: 1 - (mean squared difference) / (the same if the two had nothing to do with each other)."""
    return kappa(first, second, weights="quadratic", level=level)


def _both(first: ArrayLike, second: ArrayLike) -> tuple[Floats, Floats, int]:
    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.ndim != 1 or one.shape != other.shape:
        raise ValueError(
            f"found ratings of shapes {one.shape} and {other.shape}, expected two rows of equal length."
        )
    keep = ~(np.isnan(one) | np.isnan(other))
    return one[keep], other[keep], int((~keep).sum())


def _table(one: Floats, other: Floats, values: Floats) -> Floats:
    k = len(values)
    code = np.searchsorted(values, one) * k + np.searchsorted(values, other)
    return np.bincount(code, minlength=k * k).reshape(k, k) / len(one)


def _agreement(values: Floats, weights: Weights) -> Floats:
    """1 on the diagonal, 0 for the largest disagreement."""
    if weights == "none":
        return np.eye(len(values))
    apart = np.abs(values[:, None] - values[None, :]) / max(float(values[-1] - values[0]), 1e-300)
    return np.asarray(1 - (apart if weights == "linear" else apart**2))


def _error(table: Floats, agree: Floats, value: float, chance: float, n: int) -> float:
    """Fleiss, Cohen & Everitt (1969), equation 8."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    by_row, by_column = agree @ columns, rows @ agree
    each = agree - (by_row[:, None] + by_column[None, :]) * (1 - value)
    variance = float((table * each**2).sum()) - (value - chance * (1 - value)) ** 2
    return sqrt(max(variance, 0.0) / n) / (1 - chance)


def _by_jackknife(
    one: Floats, other: Floats, values: Floats, agree: Floats, value: float, level: float
) -> Interval:
    """How atanh(kappa) moves when each thing is left out in turn, with Student's t.

    Kappa is skewed: with 20 things, QWK plus and minus two standard errors held the truth 86 times in 100.
    """
    n, a, b = len(one), np.searchsorted(values, one), np.searchsorted(values, other)
    apart = 1 - agree
    rows, columns = (np.bincount(code, minlength=len(values)).astype(np.float64) for code in (a, b))
    seen = apart[a, b].sum() - apart[a, b]
    chance = (rows @ apart @ columns - (apart @ columns)[a] - (rows @ apart)[b] + apart[a, b]) / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.arctanh(1 - seen / chance)
    if n < 3 or not np.isfinite(each).all():
        # One thing carries all the difference there is: without it there is no kappa.
        return Interval(low=-1.0, high=1.0, level=level)
    half = float(t_distribution.ppf((1 + level) / 2, n - 1) * (n - 1) / sqrt(n) * each.std(ddof=1))
    return Interval(low=tanh(atanh(value) - half), high=tanh(atanh(value) + half), level=level)
