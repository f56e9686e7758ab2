"""Livingston & Lewis: accuracy and consistency of decisions on scores, from one test and its reliability.

In:   total scores, the lowest and highest possible, the test's reliability, the cuts.
Out:  accuracy, consistency and kappa at every cut, with the model's parameters.
Not here: abilities (rudner).

The test is replaced by an "effective" one of n right-or-wrong items with the same reliability. True shares
follow a four-parameter beta that has the first four moments; where that would reach outside 0..1, a
two-parameter beta on 0..1 with the first two, and the answer says so. Observed scores are binomial around
true shares. A student stands above a cut from the cut itself on; on the effective test, from the first
whole number that reaches the same share. The tables are the model's own: they are not stretched afterwards
to the shares found in each category; both shares are given, so that a reader sees how far they are apart.

Sources: Livingston & Lewis (1995), Journal of Educational Measurement 32, 179-197; Lord (1965),
Psychometrika 30, 239-270; Hanson (1991), ACT Research Report 91-5 (moments).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, betainc, betaincinv

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.classical.alpha import Alpha
from plainview.core.measure.classification.decision import (
    FEWEST_STUDENTS,
    Classification,
    Floats,
    cannot,
    decisions,
    figures,
    ordered,
)
from plainview.core.plural import counted

CHECK = "measure.livingston_lewis/1"
SHORTEST = 2  # effective items
LEAST_ERROR = (
    1e-6  # of the variance: with less, the effective test has a million items and a cut no doubt at all
)
LEAST_SPREAD = 1e-6  # variance of true shares: with less, all students are one student
NODES, WEIGHTS = np.polynomial.legendre.leggauss(48)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueShares:
    """A beta distribution stretched over low..high; ``n_items`` right-or-wrong items ask about it."""

    a: float
    b: float
    low: float
    high: float
    n_items: int

    @property
    def is_four(self) -> bool:
        return (self.low, self.high) != (0.0, 1.0)


def livingston_lewis(
    totals: ArrayLike,
    *,
    cuts: Sequence[float],
    reliability: float | Alpha,
    lowest: float,
    highest: float,
    seed: int,
    n_draws: int = 299,
    level: float = 0.95,
) -> Classification | CannotSay:
    """Accuracy and consistency at every cut, from total scores and a reliability.

    Parameters
    ----------
    totals : (n_students,) float
        Points; NaN leaves a student out.
    cuts : sequence of float
        In points, in rising order, above ``lowest`` and not above ``highest``.
    reliability : float or Alpha
        Between 0 and 1. Given as an ``Alpha``, its own doubt enters the intervals; a bare number is taken
        as known.
    lowest, highest : float
        Points that a student could get at least and at most.
    seed : int
        Of the draws of students from which the intervals come (percentiles).

    Returns
    -------
    Classification
    CannotSay
        With fewer than 20 students, equal totals, a reliability outside 0..1, or fewer than two effective
        items.
    """
    at = ordered(cuts)
    points = np.asarray(totals, dtype=np.float64)
    if points.ndim != 1 or not lowest < highest:
        raise ValueError(
            f"found totals of shape {points.shape}, {lowest} to {highest}, expected a row and a range."
        )
    found = points[~np.isnan(points)]
    if ((found < lowest) | (found > highest)).any() or (at <= lowest).any() or (at > highest).any():
        raise ValueError(f"found totals or cuts outside {lowest} to {highest}, expected them within.")
    if len(found) < FEWEST_STUDENTS:
        return cannot(
            f"{counted(len(found), 'student')} with a total", f"at least {FEWEST_STUDENTS} students", CHECK
        )
    shares, counts = np.unique((found - lowest) / (highest - lowest), return_counts=True)
    r = reliability.value if isinstance(reliability, Alpha) else float(reliability)
    model = _fit(shares, counts.astype(np.float64), r)
    if model is None:
        reason = f"totals that hardly differ, or a reliability of {r:.2f}, leave no test to reckon with"
        return cannot(reason, "students who differ, and a reliability between 0 and 1", CHECK)
    bounds = (at - lowest) / (highest - lowest)
    accuracy, again = _tables(model, bounds)
    draws = _draws(shares, counts, bounds, reliability, np.random.default_rng(seed), n_draws)
    if len(draws) < 0.9 * n_draws:
        return cannot("in one draw of students in ten the model cannot be made", "more students", CHECK)
    values = figures(accuracy, again)
    low, high = _ends(draws, level)
    low, high = np.fmin(low, values), np.fmax(high, values)
    above = [
        (float(counts[shares >= b - 1e-12].sum() / counts.sum()), float(again.sum(axis=0)[k + 1 :].sum()))
        for k, b in enumerate(bounds)
    ]
    made = [
        decisions(values[j], low[j], high[j], cut=cut, above=share, level=level)
        for j, (cut, share) in enumerate(zip([*at.tolist(), None], [*above, None], strict=True))
    ]
    return Classification(
        each=tuple(made[:-1]),
        together=made[-1],
        table=tuple(tuple(row) for row in accuracy.tolist()),
        method="Livingston & Lewis",
        model=_said(model, r),
        n_students=len(found),
        n_left_out=len(points) - len(found),
    )


def _fit(shares: Floats, counts: Floats, r: float) -> TrueShares | None:
    """Effective length (Livingston & Lewis, equation 1), then moments of the true shares, then the beta."""
    n_students = counts.sum()
    mean = float(counts @ shares / n_students)
    variance = float(counts @ (shares - mean) ** 2 / (n_students - 1))
    if not 0 < r < 1 - LEAST_ERROR or not r * variance > LEAST_SPREAD:
        return None
    n = round((mean * (1 - mean) - r * variance) / (variance * (1 - r)))
    if n < SHORTEST:
        return None
    moments = _true_moments(shares, counts / n_students, n)
    return (_four(moments, n) if moments is not None else None) or _two(mean, r * variance, n)


def _true_moments(shares: Floats, weight: Floats, n: int) -> Floats | None:
    """E[t^k] = E[x (x - 1) ... (x - k + 1)] / (n (n - 1) ... (n - k + 1)) for x binomial around t."""
    if n < 4:
        return None
    steps = np.arange(4)
    falling = np.cumprod((n * shares[:, None] - steps) / (n - steps), axis=1)
    return np.asarray(weight @ falling)


def _four(moments: Floats, n: int) -> TrueShares | None:
    """The beta on any range that has these four moments (Hanson 1991); None where it would leave 0..1."""
    m1, m2, m3, m4 = moments.tolist()
    variance = m2 - m1**2
    if not variance > 1e-9:
        return None
    skew = (m3 - 3 * m1 * m2 + 2 * m1**3) / variance**1.5
    peak = (m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4) / variance**2
    if 6 + 3 * skew**2 - 2 * peak == 0:
        return None
    r = 6 * (peak - skew**2 - 1) / (6 + 3 * skew**2 - 2 * peak)
    inside = 1 - 24 * (r + 1) / ((r + 2) * (r + 3) * peak - 3 * (r + 1) * (r - 6))
    if not r > 0 or not 0 <= inside < 1:
        return None
    less, more = r / 2 * (1 - sqrt(inside)), r / 2 * (1 + sqrt(inside))
    a, b = (less, more) if skew >= 0 else (more, less)
    width = sqrt(variance * (r + 1) / (a * b)) * r
    low = m1 - width * a / r
    high = low + width
    if low < 0 or high > 1 or a <= 0 or b <= 0:
        return None
    return TrueShares(a=a, b=b, low=low, high=high, n_items=n)


def _two(mean: float, variance: float, n: int) -> TrueShares | None:
    both = mean * (1 - mean) / variance - 1
    if not both > 0:
        return None
    return TrueShares(a=mean * both, b=(1 - mean) * both, low=0.0, high=1.0, n_items=n)


def _tables(model: TrueShares, bounds: Floats) -> tuple[Floats, Floats]:
    """True category x observed category, and observed x observed on a second test."""
    n = model.n_items
    return _summed(_pieces(model, bounds), n, _first_above(n, bounds))


def _first_above(n_items: int, bounds: Floats, *, below: bool = False) -> Floats:
    """The whole number of effective items from which on a student is above each cut; or that one lower."""
    if below:
        return np.asarray(np.maximum(np.floor(n_items * bounds + 1e-9), 1.0))
    return np.asarray(np.ceil(n_items * bounds - 1e-9))


def _pieces(model: TrueShares, bounds: Floats) -> list[tuple[Floats, Floats]]:
    """Weights and true shares, from cut to cut: over quantiles, so that no piece has a jump."""
    stretched = np.clip((bounds - model.low) / (model.high - model.low), 0.0, 1.0)
    ends = np.concatenate([[0.0], betainc(model.a, model.b, stretched), [1.0]])
    found = []
    for start, end in pairwise(ends):
        at = start + (end - start) * (NODES + 1) / 2 if end > start else np.empty(0)
        share = model.low + (model.high - model.low) * betaincinv(model.a, model.b, at)
        found.append(((end - start) * WEIGHTS[: len(at)] / 2, share))
    return found


def _summed(pieces: list[tuple[Floats, Floats]], n_items: int, first_above: Floats) -> tuple[Floats, Floats]:
    k = len(pieces)
    accuracy, again = np.zeros((k, k)), np.zeros((k, k))
    for true, (weight, share) in enumerate(pieces):
        p_below = bdtr(first_above[None, :] - 1, n_items, share[:, None])
        p = np.diff(np.column_stack([np.zeros(len(share)), p_below, np.ones(len(share))]), axis=1)
        accuracy[true] = weight @ p
        again += p.T @ (weight[:, None] * p)
    return accuracy, again


def _draws(
    shares: Floats,
    counts: NDArray[np.int64],
    bounds: Floats,
    reliability: float | Alpha,
    chance: np.random.Generator,
    n_draws: int,
) -> Floats:
    """(n draws that work, ways, cuts and all, figures)."""
    n = int(counts.sum())
    made = []
    for drawn in chance.multinomial(n, counts / n, size=n_draws).astype(np.float64):
        model = _fit(shares, drawn, _drawn_reliability(reliability, chance))
        if model is not None:
            made.append(_every_way(model, bounds))
    return np.array(made)


def _every_way(model: TrueShares, bounds: Floats) -> list[Floats]:
    """The figures by both whole numbers beside a cut, and one effective item less and more.

    The effective length is rounded, and jumps from draw to draw; with it how far above a cut the first whole
    number lies. Which side of the jump the truth is on, no sample says.
    """
    pieces, made = _pieces(model, bounds), []
    for n_items in (max(model.n_items - 1, SHORTEST), model.n_items, model.n_items + 1):
        for below in (False, True):
            made.append(figures(*_summed(pieces, n_items, _first_above(n_items, bounds, below=below))))
    return made


def _ends(draws: Floats, level: float) -> tuple[Floats, Floats]:
    """Percentiles of the least and of the most that each draw allows."""
    low = np.nanquantile(np.fmin.reduce(draws, axis=1), (1 - level) / 2, axis=0)
    high = np.nanquantile(np.fmax.reduce(draws, axis=1), (1 + level) / 2, axis=0)
    return np.asarray(low), np.asarray(high)


def _drawn_reliability(reliability: float | Alpha, chance: np.random.Generator) -> float:
    """Normal on ln(1 - reliability), as wide as the reliability's own interval."""
    if not isinstance(reliability, Alpha):
        return float(reliability)
    ends = reliability.interval
    wide = log((1 - ends.low) / max(1 - ends.high, 1e-12)) / (2 * NormalDist().inv_cdf((1 + ends.level) / 2))
    return 1 - (1 - reliability.value) * float(np.exp(wide * chance.normal()))


def _said(model: TrueShares, r: float) -> str:
    kind = (
        f"four-parameter beta on {model.low:.2f} to {model.high:.2f}"
        if model.is_four
        else ("two-parameter beta on 0 to 1, since four moments would lead outside it")
    )
    return f"{model.n_items} effective items, reliability {r:.2f}, {kind} ({model.a:.2f}, {model.b:.2f})"
