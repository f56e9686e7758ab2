"""Many raters: Fleiss' kappa, Gwet's AC1, and how often two raters say the same.

In:   ratings, things x raters, NaN where not rated.
Out:  coefficients with interval, n and what was left out.
Not here: distances between ratings (krippendorff, kappa): here ratings are the same or not.

The raters need not be the same for each thing. The intervals are Gwet's: they tell how much the coefficient
would vary with other *things*, the raters as they are.

Sources: Fleiss (1971), Psychological Bulletin 76, 378-382; Gwet (2008), British Journal of Mathematical and
Statistical Psychology 61, 29-48; Gwet (2021), Educational and Psychological Measurement 81, 781-790
(intervals).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.agreement.ratings import (
    Agreement,
    around,
    cannot,
    checked,
    counted,
    error_of_mean,
    from_share,
    pairable,
    with_few,
)

CHECK = "measure.many_raters/1"
FEWEST_UNITS = 3
Floats = NDArray[np.float64]


def percent_agreement(ratings: ArrayLike, *, level: float = 0.95) -> Agreement | CannotSay:
    """Of the pairs of ratings of one thing, the share that are the same, averaged over things.

    Chance is not taken away: among few categories much of it is luck.
    """
    found = _shares(ratings)
    if isinstance(found, CannotSay):
        return found
    return _result(found, "share of pairs that agree", 0.0, np.zeros(len(found.agree)), level)


def fleiss(ratings: ArrayLike, *, level: float = 0.95) -> Agreement | CannotSay:
    """Fleiss' kappa: chance is two ratings drawn from all that were given.

    Parameters
    ----------
    ratings : (n_units, n_raters) float
        Any numbers as names of categories; NaN where not rated. Things with fewer than two ratings are left
        out and counted. Each thing counts alike, however often it was rated.

    Returns
    -------
    Agreement
    CannotSay
        With fewer than three things rated twice, or when every rating is the same.
    """
    found = _shares(ratings)
    if isinstance(found, CannotSay):
        return found
    overall = found.of_each.mean(axis=0)
    return _result(found, "Fleiss' kappa", float(overall @ overall), found.of_each @ overall, level)


def ac1(ratings: ArrayLike, *, n_categories: int | None = None, level: float = 0.95) -> Agreement | CannotSay:
    """Gwet's AC1: chance is a guess among the categories. Unlike kappa it does not fall when one is rare.

    Parameters, results and errors are those of ``fleiss``; ``n_categories`` is how many could have been
    used, if more than were.
    """
    found = _shares(ratings)
    if isinstance(found, CannotSay):
        return found
    overall = found.of_each.mean(axis=0)
    q = max(n_categories or 0, len(overall))
    if q < 2:
        return cannot("every rating is the same", "a second category", CHECK)
    by_chance = float((overall * (1 - overall)).sum()) / (q - 1)
    return _result(found, "Gwet's AC1", by_chance, found.of_each @ (1 - overall) / (q - 1), level)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shares:
    of_each: Floats  # (n_units, n_categories) of its ratings
    agree: Floats  # (n_units,) of its pairs of ratings that are the same
    n_raters: int
    n_ratings: int
    n_left_out: int


def _shares(ratings: ArrayLike) -> _Shares | CannotSay:
    table = checked(ratings)
    rated, n_left_out = pairable(table)
    if len(rated) < FEWEST_UNITS:
        return cannot(f"{len(rated)} things were rated twice or more", f"{FEWEST_UNITS} such things", CHECK)
    counts, _ = counted(rated)
    m = counts.sum(axis=1)
    return _Shares(
        of_each=counts / m[:, None],
        agree=(counts * (counts - 1)).sum(axis=1) / (m * (m - 1)),
        n_raters=table.shape[1],
        n_ratings=int(m.sum()),
        n_left_out=n_left_out,
    )


def _result(
    found: _Shares, name: str, by_chance: float, chance_of_each: Floats, level: float
) -> Agreement | CannotSay:
    """Gwet (2021): each thing moves the coefficient by its own agreement and by the chance it adds."""
    if 1 - by_chance < 1e-12:
        return cannot("every rating is the same", "ratings that differ somewhere", CHECK)
    seen, n = float(found.agree.mean()), len(found.agree)
    value = (seen - by_chance) / (1 - by_chance)
    own = (found.agree - by_chance) / (1 - by_chance)
    error = error_of_mean(own - 2 * (1 - value) * (chance_of_each - by_chance) / (1 - by_chance))
    interval, how = around(value, error, n=n, level=level), "Gwet (2021), over the things rated"
    if error < 1e-12:
        interval, how = from_share(seen, by_chance, n=n, level=level), "Wilson's for the share that agrees"
    return Agreement(
        value=value,
        interval=with_few(interval, value, seen=seen, by_chance=by_chance, n=n),
        coefficient=name,
        n_units=n,
        n_raters=found.n_raters,
        n_ratings=found.n_ratings,
        n_left_out=found.n_left_out,
        how=how,
    )
