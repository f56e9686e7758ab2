"""Krippendorff's alpha: agreement beyond chance, for any number of raters, any scale, with gaps.

In:   ratings, things x raters, NaN where not rated; what kind of numbers they are.
Out:  alpha with the interval of a bootstrap over the things that were rated.
Not here: who of the raters is right.

alpha = 1 - (disagreement seen) / (disagreement expected if ratings were dealt out at random). The interval
draws whole things again, with all their ratings: they are what would have been others. (Krippendorff's own
bootstrap draws pairs of ratings; it takes them for independent, and its intervals are narrower.)

Source: Krippendorff (2019), Content Analysis, 4th edition, chapter 12; (2011), Computing Krippendorff's
alpha-reliability. The percentiles: Hesterberg (2015), The American Statistician 69, 371-386.
"""

from collections.abc import Callable
from functools import partial
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm
from scipy.stats import t as t_distribution

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.agreement.ratings import (
    FEW_THINGS,
    Agreement,
    cannot,
    checked,
    counted,
    from_share,
    pairable,
    with_few,
)
from plainview.core.stats.draws import times_drawn
from plainview.core.stats.interval import Interval

CHECK = "measure.krippendorff/1"
Scale = Literal["nominal", "ordinal", "interval", "ratio"]
FEWEST_UNITS = 2
MOST_VALUES = 2000  # beyond it a table of values x values is out of proportion
Floats = NDArray[np.float64]


def krippendorff(
    ratings: ArrayLike, *, scale: Scale, seed: int, n_draws: int = 999, level: float = 0.95
) -> Agreement | CannotSay:
    """Krippendorff's alpha.

    Parameters
    ----------
    ratings : (n_units, n_raters) float
        NaN where not rated. A thing with fewer than two ratings is left out and counted.
    scale : "nominal", "ordinal", "interval" or "ratio"
        What a difference of ratings means: another name; ranks between; points between; points between in
        proportion to their sum (ratings of 0 or more).
    seed : int
        Of the bootstrap. Draws in which all ratings are the same have no alpha; they count as 1, where they
        stand.

    Returns
    -------
    Agreement
    CannotSay
        With fewer than two things rated twice, or when every rating is the same: nothing could have differed.

    Raises
    ------
    ValueError
        For a wrong shape, a negative rating on a ratio scale, or more than 2,000 distinct values on a scale
        other than "interval" and "ordinal".
    """
    table, n_left_out = pairable(checked(ratings))
    if len(table) < FEWEST_UNITS:
        return cannot(f"{len(table)} things were rated twice or more", "at least two such things", CHECK)
    alphas = {"interval": _by_points, "ordinal": _by_ranks}.get(scale, partial(_by_values, scale=scale))(
        table
    )
    value = float(alphas(np.ones((1, len(table))))[0])
    if not np.isfinite(value):
        return cannot("every rating is the same", "ratings that differ somewhere", CHECK)
    chance = np.random.default_rng(seed)
    draws = np.concatenate([alphas(times) for times in times_drawn(chance, n=len(table), n_draws=n_draws)])
    tail = _tail(len(table), level)
    low, high = np.quantile(np.where(np.isfinite(draws), draws, 1.0), [tail, 1 - tail])
    interval = Interval(low=float(min(low, value)), high=float(max(high, value)), level=level)
    if 1 - value < 1e-12:
        # Raters who agreed on everything leave every draw at 1; how often they would is still unsure.
        interval = from_share(1.0, 0.0, n=len(table), level=level)
    seen, by_chance = _same_names(table)
    return Agreement(
        value=value,
        interval=with_few(interval, value, seen=seen, by_chance=by_chance, n=len(table)),
        coefficient=f"Krippendorff's alpha ({scale})",
        n_units=len(table),
        n_raters=np.shape(ratings)[1],
        n_ratings=int((~np.isnan(table)).sum()),
        n_left_out=n_left_out,
        how=f"expanded percentiles of {n_draws} draws of the things rated, seed {seed}",
    )


Alphas = Callable[[Floats], Floats]  # from rows of how often each thing counts to the alpha of each row


def _by_points(table: Floats) -> Alphas:
    """Squared differences need no table of values: over ordered pairs they are 2 (m sum x^2 - (sum x)^2)."""
    there = ~np.isnan(table)
    near = np.where(there, table - table[there].mean(), 0.0)
    if (table[there] == table[there][0]).all():
        near = np.zeros_like(near)
    m, sums, squares = there.sum(axis=1).astype(np.float64), near.sum(axis=1), (near**2).sum(axis=1)
    seen = 2 * (m * squares - sums**2) / (m - 1)

    def alphas(times: Floats) -> Floats:
        n = times @ m
        return _ratio(times @ seen, 2 * (n * (times @ squares) - (times @ sums) ** 2) / (n - 1))

    return alphas


def _by_ranks(table: Floats) -> Alphas:
    """Krippendorff's ordinal difference is that of middle ranks, and each draw has ranks of its own."""
    counts, _ = counted(table)
    m = counts.sum(axis=1)

    def alphas(times: Floats) -> Floats:
        n_c = times @ counts
        n = n_c.sum(axis=1)
        ranks = np.cumsum(n_c, axis=1) - n_c / 2 - n[:, None] / 2
        seen = 2 * (m * (ranks**2 @ counts.T) - (ranks @ counts.T) ** 2) / (m - 1)
        expected = 2 * (n * (n_c * ranks**2).sum(axis=1) - (n_c * ranks).sum(axis=1) ** 2) / (n - 1)
        return _ratio((times * seen).sum(axis=1), expected)

    return alphas


def _by_values(table: Floats, *, scale: Scale) -> Alphas:
    counts, values = counted(table)
    if len(values) > MOST_VALUES:
        raise ValueError(
            f"found {len(values)} distinct values, expected {MOST_VALUES} at most, or another scale."
        )
    if scale == "ratio" and values.min() < 0:
        raise ValueError("found a negative rating, expected 0 or more on a ratio scale.")
    apart = _apart(values, scale)
    m = counts.sum(axis=1)
    seen = ((counts @ apart) * counts).sum(axis=1) / (m - 1)

    def alphas(times: Floats) -> Floats:
        n_c = times @ counts
        return _ratio(times @ seen, ((n_c @ apart) * n_c).sum(axis=1) / (n_c.sum(axis=1) - 1))

    return alphas


def _ratio(seen: Floats, expected: Floats) -> Floats:
    # What rounding leaves of no disagreement is none.
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 1e-9, 1 - seen / expected, np.nan)


def _apart(values: Floats, scale: Scale) -> Floats:
    """Squared differences of each two values, as their scale understands them."""
    if scale == "nominal":
        return 1.0 - np.eye(len(values))
    both = values[:, None] + values[None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(both > 0, ((values[:, None] - values[None, :]) / both) ** 2, 0.0)


def _same_names(table: Floats) -> tuple[float, float]:
    """The share of pairs that are the same, and what it would be had the ratings been dealt out again."""
    if len(table) >= FEW_THINGS:
        return 1.0, 0.0
    counts, _ = counted(table)
    m, n_c = counts.sum(axis=1), counts.sum(axis=0)
    n = n_c.sum()
    seen = float(((counts * (counts - 1)).sum(axis=1) / (m - 1)).sum() / n)
    return seen, float((n_c * (n_c - 1)).sum() / (n * (n - 1)))


def _tail(n: int, level: float) -> float:
    """Hesterberg's expanded percentiles: few things seem to vary less than they do."""
    return float(norm.cdf(-sqrt(n / (n - 1)) * t_distribution.ppf((1 + level) / 2, n - 1)))
