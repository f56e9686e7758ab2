"""Standardisation: how many more in a hundred of a group get an item right than others with the same score?

In:   scores, who is in the group, what to match on.
Out:  for each item the difference in shares right, weighed by where the group stands, with interval and
      class.
Not here: odds (mantel_haenszel), differences that turn around (logistic).

Source: Dorans & Kulick (1986), Journal of Educational Measurement 23, 355-368; classes of Dorans, Schmitt &
Bleistein (1992), Journal of Educational Measurement 29, 309-319.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.dif.item import Dif, Favours, Grade, ItemDif, Purify, cannot, sentence
from plainview.core.measure.dif.matching import Counts, Match, Matching
from plainview.core.measure.dif.over_items import over_items
from plainview.core.stats.interval import Interval

CHECK = "measure.standardisation/1"
B_FROM, C_FROM = 0.05, 0.10  # difference in shares
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standardised(ItemDif):
    """``effect`` is STD P-DIF: below 0, the group gets it right less often at the same score."""

    standard_error: float
    n_unmatched: int  # students of the group at levels where there are no others


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    difference: Floats
    error: Floats
    n_group: Floats
    n_others: Floats
    n_unmatched: Floats
    n_strata: NDArray[np.int64]

    @property
    def p(self) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(2 * norm.sf(np.abs(self.difference) / self.error))


def standardisation(
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
    """STD P-DIF: the mean difference in shares right at equal scores, weighed by the group's numbers.

    Parameters and errors are those of ``mantel_haenszel``. An item is kept out of the match where the
    difference is .10 or more.

    Returns
    -------
    Dif
        Of ``Standardised``. Class A: below .05 in size; B: below .10; C: from there on. The classes know no
        significance: read the interval.
    CannotSay
        If either side has fewer than 20 students who can be matched.
    """
    matching = Matching(scores, in_group=in_group, match=match, within=within, names=names, n_bands=n_bands)
    if said := matching.too_few(CHECK):
        return said
    return over_items(
        matching,
        count=_all,
        flags=lambda found: np.abs(np.nan_to_num(found.difference, nan=0.0)) >= C_FROM,
        say=lambda name, found, j, p_adjusted: _item(name, found, j, p_adjusted, group=group, level=level),
        purify=purify,
        method="standardisation",
        group=group,
    )


def _all(counts: Counts) -> _Found:
    """sum n_g (share_g - share_o) / sum n_g over levels where both sides are found."""
    others, group = counts.n[:, 0], counts.n[:, 1]
    both = (others > 0) & (group > 0)
    weight = np.where(both, group, 0.0)
    total = weight.sum(axis=0)
    shares = counts.right / np.maximum(counts.n, 1.0)
    # A level of one student has share 0 or 1 and would seem to be without error: half a hit and half a miss
    # are added for the variance alone (Agresti & Caffo's idea), not for the difference.
    near = (counts.right + 0.5) / (counts.n + 1.0)
    spread = near * (1 - near) / np.maximum(counts.n, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = (weight * (shares[:, 1] - shares[:, 0])).sum(axis=0) / total
        error = np.sqrt((weight**2 * spread.sum(axis=1)).sum(axis=0)) / total
    return _Found(
        difference=difference,
        error=error,
        n_group=total,
        n_others=(others * both).sum(axis=0),
        n_unmatched=(group * ~both).sum(axis=0),
        n_strata=both.sum(axis=0),
    )


def _item(
    name: str, found: _Found, j: int, p_adjusted: float, *, group: str, level: float
) -> Standardised | CannotSay:
    if not np.isfinite(found.difference[j]):
        return cannot(
            name,
            "the two sides never have the same score",
            "students of both sides at the same scores",
            CHECK,
        )
    effect, error = float(found.difference[j]), float(found.error[j])
    half = NormalDist().inv_cdf((1 + level) / 2) * error
    interval = Interval(low=max(effect - half, -1.0), high=min(effect + half, 1.0), level=level)
    grade: Grade = "A" if abs(effect) < B_FROM else "B" if abs(effect) < C_FROM else "C"
    favours: Favours = "group" if effect > 0 else "others" if effect < 0 else "neither"
    return Standardised(
        name=name,
        effect=effect,
        unit="difference in share right",
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
            effect=effect,
            interval=interval,
            p_value=float(found.p[j]),
            unit="in share right",
            grade=grade,
            favours=favours,
            small=B_FROM,
        ),
        standard_error=error,
        n_unmatched=int(found.n_unmatched[j]),
    )
