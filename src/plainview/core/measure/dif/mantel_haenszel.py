"""Mantel-Haenszel: at equal scores, how do the odds of a right answer compare?

In:   scores, who is in the group, what to match on.
Out:  for each item D = -2.35 ln(odds ratio) with interval, chi-square, and its ETS class.
Not here: differences that turn around along the scale (logistic sees those; this is blind to them).

Sources: Mantel & Haenszel (1959), Journal of the National Cancer Institute 22, 719-748; Robins, Breslow &
Greenland (1986), Biometrics 42, 311-323 (variance); Holland & Thayer (1988), in Wainer & Braun, Test
Validity, 129-145; Zwick (2012), ETS Research Report 12-08 (classes).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, norm

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.dif.item import (
    FEWEST_STUDENTS,
    Dif,
    Favours,
    Grade,
    ItemDif,
    Purify,
    cannot,
    sentence,
)
from plainview.core.measure.dif.matching import Counts, Match, Matching
from plainview.core.measure.dif.over_items import over_items
from plainview.core.stats.interval import Interval
from plainview.core.stats.multiplicity import adjusted

CHECK = "measure.mantel_haenszel/1"
DELTA = -2.35  # log-odds to ETS's scale of difficulty
FLAGGED = 0.05
B_FROM, C_FROM = 1.0, 1.5  # |D|
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class MantelHaenszel(ItemDif):
    """``effect`` is D: below 0, the item is harder for the group than for others who know as much."""

    odds_ratio: float  # of the others to the group
    standard_error: float  # of D
    chi_square: float  # 1 degree of freedom, with 1/2 taken off


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    ratio: Floats
    error: Floats  # of ln ratio
    chi_square: Floats
    p: Floats
    n_group: Floats
    n_others: Floats
    n_strata: NDArray[np.int64]


def mantel_haenszel(
    scores: ArrayLike,
    *,
    in_group: ArrayLike,
    group: str,
    match: Match = "total",
    within: ArrayLike | None = None,
    purify: Purify = "once",
    names: Sequence[str] | None = None,
    n_bands: int = 20,
    level: float = 0.95,
) -> Dif | CannotSay:
    """Which items favour one side among students who know as much?

    Parameters
    ----------
    scores : (n_students, n_items) float
        0 or 1; NaN where not answered.
    in_group : (n_students,) bool
        Whether each student belongs to ``group``; the others are compared with.
    match : "total", "share", or (n_students,) or (n_students, n_items) float
        See dif.matching. A given array is not purified.
    within : (n_students,), optional
        Strata that must be equal besides.
    purify : "no", "once" or "until stable"
        Items with chi-square significant at .05 are kept out of the match, but for their own turn.

    Returns
    -------
    Dif
        Of ``MantelHaenszel``, one an item; ``CannotSay`` in place of an item that no stratum compares.
        Class A: D is not significant at .05, or below 1 in size; C: at least 1.5 and significantly above 1
        (one-sided, .05); B otherwise.
    CannotSay
        If either side has fewer than 20 students who can be matched.

    Raises
    ------
    ValueError
        For a wrong shape, or points other than 0 and 1.
    """
    matching = Matching(scores, in_group=in_group, match=match, within=within, names=names, n_bands=n_bands)
    if said := matching.too_few(CHECK):
        return said
    return over_items(
        matching,
        count=_all,
        flags=lambda found: np.nan_to_num(found.p, nan=1.0) <= FLAGGED,
        say=lambda name, found, j, p_adjusted: _item(name, found, j, p_adjusted, group=group, level=level),
        purify=purify,
        method="Mantel-Haenszel",
        group=group,
    )


def of_counts(
    *, right: Floats, n: Floats, names: Sequence[str], group: str, level: float = 0.95
) -> tuple[MantelHaenszel | CannotSay, ...]:
    """The same from counts that were made elsewhere, in pieces: no table of scores is needed.

    Parameters
    ----------
    right, n : (n_levels, 2, n_items)
        At each level of the match, of the others (0) and of the group (1): how many met the item, and how
        many of them got it right.
    names : of the items

    Returns
    -------
    tuple, one an item
        A ``CannotSay`` where fewer than 20 students of a side met it, or no level compares them.
    """
    levels = np.zeros((len(n), len(names)))
    found = _all(Counts(right=right, n=n, levels=levels, exact=False))
    few = np.minimum(found.n_group, found.n_others) < FEWEST_STUDENTS
    p_adjusted = adjusted(np.where(few, np.nan, found.p))
    return tuple(
        _few(name, found, j)
        if few[j]
        else _item(name, found, j, float(p_adjusted[j]), group=group, level=level)
        for j, name in enumerate(names)
    )


def _few(name: str, found: _Found, j: int) -> CannotSay:
    reason = (
        f"{found.n_group[j]:.0f} students of the group and {found.n_others[j]:.0f} others can be compared"
    )
    return cannot(name, reason, f"at least {FEWEST_STUDENTS} students on each side", CHECK)


def _all(counts: Counts) -> _Found:
    """Every item at once. In each stratum: a, b others right and wrong; c, d the group's."""
    a, c = counts.right[:, 0], counts.right[:, 1]
    b, d = counts.n[:, 0] - a, counts.n[:, 1] - c
    n = np.maximum(a + b + c + d, 1.0)  # an empty stratum adds nothing
    r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    sum_r, sum_s = r.sum(axis=0), s.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where((sum_r > 0) & (sum_s > 0), sum_r / sum_s, np.nan)
        variance = (
            (p * r).sum(axis=0) / (2 * sum_r**2)
            + (p * s + q * r).sum(axis=0) / (2 * sum_r * sum_s)
            + (q * s).sum(axis=0) / (2 * sum_s**2)
        )
    chi_square = _chi_square(a, b, c, d, n)
    both = (a + b > 0) & (c + d > 0)
    return _Found(
        ratio=ratio,
        error=np.sqrt(variance),
        chi_square=chi_square,
        p=np.where(np.isnan(ratio), np.nan, chi2.sf(chi_square, 1)),
        n_group=((c + d) * both).sum(axis=0),
        n_others=((a + b) * both).sum(axis=0),
        n_strata=both.sum(axis=0),
    )


def _chi_square(a: Floats, b: Floats, c: Floats, d: Floats, n: Floats) -> Floats:
    expected = (a + b) * (a + c) / n
    variance = (a + b) * (c + d) * (a + c) * (b + d) / (n**2 * np.maximum(n - 1, 1.0))
    off, total = np.abs((a - expected).sum(axis=0)), variance.sum(axis=0)
    # Nearer than a half to nothing, the correction goes beyond it. That is as published and changes no
    # answer, unless hardly anything could vary: there it would make something of nothing.
    over = (off < 0.5) & (total < 0.25) & (total > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(over, 0.0, (off - 0.5) ** 2 / total))


def _item(
    name: str, found: _Found, j: int, p_adjusted: float, *, group: str, level: float
) -> MantelHaenszel | CannotSay:
    if not np.isfinite(found.ratio[j]) or not np.isfinite(found.chi_square[j]):
        reason = "at equal scores one side always gets it right, or wrong, or is not there"
        return cannot(name, reason, "students of both sides, right and wrong, at the same scores", CHECK)
    d, error = float(DELTA * np.log(found.ratio[j])), float(-DELTA * found.error[j])
    half = NormalDist().inv_cdf((1 + level) / 2) * error
    interval = Interval(low=d - half, high=d + half, level=level)
    grade = ets_class(d, error=error, p_value=float(found.p[j]))
    favours: Favours = "group" if d > 0 else "others" if d < 0 else "neither"
    return MantelHaenszel(
        name=name,
        effect=d,
        unit="D (ETS delta)",
        interval=interval,
        p_value=float(found.p[j]),
        p_adjusted=p_adjusted,
        grade=grade,
        favours=favours,
        n_group=int(found.n_group[j]),
        n_others=int(found.n_others[j]),
        n_strata=int(found.n_strata[j]),
        sentence=sentence(
            name,
            group=group,
            effect=d,
            interval=interval,
            p_value=float(found.p[j]),
            unit="D",
            grade=grade,
            favours=favours,
            small=B_FROM,
        ),
        odds_ratio=float(found.ratio[j]),
        standard_error=error,
        chi_square=float(found.chi_square[j]),
    )


def ets_class(d: float, *, error: float, p_value: float) -> Grade:
    """ETS: A where D is not significant at .05 or below 1; C where at least 1.5 and significantly above 1."""
    if p_value > FLAGGED or abs(d) < B_FROM:
        return "A"
    return "C" if abs(d) >= C_FROM and (abs(d) - B_FROM) / error >= norm.ppf(1 - FLAGGED) else "B"
