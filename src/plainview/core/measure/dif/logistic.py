"""Logistic regression: does a group's advantage at an item stay the same along the scale, or turn around?

In:   scores, who is in the group, what to match on.
Out:  for each item the test of any difference (2 degrees of freedom), of an even one and of one that turns;
      the
      share of variance that the group explains beyond the match (Nagelkerke), and its class.
Not here: one number of direction where the difference turns around; look at the two curves then.

Three models an item: right ~ match; + group; + group x match. A match of very many values is cut into 200
bands that stand at their means.

Sources: Swaminathan & Rogers (1990), Journal of Educational Measurement 27, 361-370; Nagelkerke (1991),
Biometrika 78, 691-692; Jodoin & Gierl (2001), Applied Measurement in Education 14, 329-349 (.035, .070);
Zumbo & Thomas (1997), working paper, University of Northern British Columbia (.13, .26).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.stats import chi2, ncx2

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.dif.item import Dif, Favours, Grade, ItemDif, Purify, cannot, sentence
from plainview.core.measure.dif.matching import Counts, Match, Matching
from plainview.core.measure.dif.over_items import over_items
from plainview.core.stats.interval import Interval
from plainview.core.stats.logistic_regression import Fits, fit_many

CHECK = "measure.logistic_dif/1"
FLAGGED = 0.05
BANDS = 200
Scale = Literal["jodoin-gierl", "zumbo-thomas"]
FROM: dict[Scale, tuple[float, float]] = {"jodoin-gierl": (0.035, 0.070), "zumbo-thomas": (0.13, 0.26)}
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticDif(ItemDif):
    """``effect`` is what the group explains beyond the match, in Nagelkerke's R squared."""

    chi_square: float  # any difference, 2 degrees of freedom; ``p_value`` is its p
    p_even: float  # a difference that stays the same along the scale, 1 degree of freedom
    p_turning: float  # one that changes along the scale, beyond an even one, 1 degree of freedom
    log_odds: float  # of the group against others who match, in the model of an even difference
    log_odds_interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    n_group: Floats
    n_others: Floats
    n_strata: NDArray[np.int64]
    n: Floats
    null: Floats  # log-likelihoods
    matched: Floats
    even: Floats
    turning: Floats
    log_odds: Floats
    error: Floats
    converged: NDArray[np.bool_]

    @property
    def chi_square(self) -> Floats:
        return np.maximum(2 * (self.turning - self.matched), 0.0)

    @property
    def p(self) -> Floats:
        return np.where(self.converged, chi2.sf(self.chi_square, 2), np.nan)


def logistic(
    scores: ArrayLike,
    *,
    in_group: ArrayLike,
    group: str,
    match: Match = "total",
    purify: Purify = "once",
    scale: Scale = "jodoin-gierl",
    names: Sequence[str] | None = None,
    level: float = 0.95,
) -> Dif | CannotSay:
    """Which items favour one side, evenly or at one end of the scale?

    Parameters
    ----------
    scores : (n_students, n_items) float
        0 or 1; NaN where not answered.
    in_group : (n_students,) bool
        Whether each student belongs to ``group``; the others are compared with.
    match : "total", "share", or (n_students,) or (n_students, n_items) float
        See dif.matching. A given array is not purified.
    purify : "no", "once" or "until stable"
        Items with p <= .05 (2 degrees of freedom) are kept out of the match, but for their own turn.
    scale : "jodoin-gierl" or "zumbo-thomas"
        Where classes B and C begin.

    Returns
    -------
    Dif
        Of ``LogisticDif``; ``CannotSay`` in place of an item whose fit does not end (right and wrong can be
        told apart without error). The interval of R squared comes from turning the noncentral chi-square
        around; it may begin at 0, and is widened to hold the estimate, which lies too high on average.
    CannotSay
        If either side has fewer than 20 students who can be matched.
    """
    matching = Matching(scores, in_group=in_group, match=match, within=None, names=names, n_bands=BANDS)
    if said := matching.too_few(CHECK):
        return said
    return over_items(
        matching,
        count=_all,
        flags=lambda found: np.nan_to_num(found.p, nan=1.0) <= FLAGGED,
        say=lambda name, found, j, p_adjusted: _item(
            name, found, j, p_adjusted, group=group, scale=scale, level=level
        ),
        purify=purify,
        method=f"logistic regression, classes of {scale}",
        group=group,
    )


def _all(counts: Counts) -> _Found:
    """Items that share one scale are fitted at once; an item with a scale of its own is fitted alone."""
    k = counts.n.shape[2]
    alike: dict[bytes, list[int]] = {}
    for j in range(k):
        alike.setdefault(counts.levels[:, j].tobytes(), []).append(j)
    fields: dict[str, Floats] = {}
    for which in alike.values():
        for field, values in _some(counts, np.array(which)).items():
            fields.setdefault(field, np.zeros(k))[which] = values
    both = (counts.n[:, 0] > 0) & (counts.n[:, 1] > 0)
    return _Found(
        n_group=counts.n[:, 1].sum(axis=0),
        n_others=counts.n[:, 0].sum(axis=0),
        n_strata=both.sum(axis=0),
        n=counts.n.sum(axis=(0, 1)),
        converged=fields.pop("converged") > 0,
        **fields,
    )


def _some(counts: Counts, which: NDArray[np.int64]) -> dict[str, Floats]:
    hits, trials = (part[:, :, which].reshape(-1, len(which)) for part in (counts.right, counts.n))
    some = trials.sum(axis=1) > 0
    hits, trials = hits[some], trials[some]
    stands = np.repeat(counts.levels[:, which[0]], 2)[some]
    side = np.tile([0.0, 1.0], len(counts.levels))[some]
    weight = trials.sum(axis=1) / max(trials.sum(), 1.0)
    middle = float(weight @ stands)
    spread = float(np.sqrt(weight @ (stands - middle) ** 2)) or 1.0
    z = (stands - middle) / spread
    design = np.column_stack([np.ones_like(z), z, side, side * z])
    matched, even, turning = (fit_many(design[:, :m], hits=hits, trials=trials) for m in (2, 3, 4))
    return {
        "null": _null(hits, trials),
        "matched": matched.log_likelihood,
        "even": even.log_likelihood,
        "turning": turning.log_likelihood,
        "log_odds": even.coefficients[:, 2],
        "error": np.sqrt(even.covariances[:, 2, 2]),
        "converged": _ended(matched, even, turning).astype(np.float64),
    }


def _ended(*fits: Fits) -> NDArray[np.bool_]:
    return np.asarray(np.logical_and.reduce([f.converged for f in fits]))


def _null(hits: Floats, trials: Floats) -> Floats:
    """Log-likelihood of one share for everybody."""
    n, right = trials.sum(axis=0), hits.sum(axis=0)
    share = right / np.maximum(n, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        won, lost = right * np.log(share), (n - right) * np.log1p(-share)
    return np.asarray(np.nan_to_num(won) + np.nan_to_num(lost))


def _r_squared_beyond(found: _Found, j: int, chi_square: float) -> float:
    """R squared with the group less R squared without it, had the test come out at ``chi_square``."""
    n = found.n[j]
    most = 1 - np.exp(2 * found.null[j] / n)
    return float(np.exp(-2 * (found.matched[j] - found.null[j]) / n) * -np.expm1(-chi_square / n) / most)


def _interval(found: _Found, j: int, chi_square: float, level: float) -> Interval:
    low, high = (_noncentrality(chi_square, tail) for tail in ((1 + level) / 2, (1 - level) / 2))
    return Interval(
        low=_r_squared_beyond(found, j, low),
        high=_r_squared_beyond(found, j, max(high, chi_square)),
        level=level,
    )


def _noncentrality(chi_square: float, tail: float) -> float:
    """The noncentrality under which a value up to this one has probability ``tail``; 0 if none has."""
    if chi2.cdf(chi_square, 2) <= tail:
        return 0.0
    most = chi_square + 12 * np.sqrt(chi_square + 4) + 40
    return float(brentq(lambda nc: ncx2.cdf(chi_square, 2, nc) - tail, 1e-9, most))


def _item(
    name: str, found: _Found, j: int, p_adjusted: float, *, group: str, scale: Scale, level: float
) -> LogisticDif | CannotSay:
    if not found.converged[j]:
        reason = "right and wrong answers can be told apart without error, or one side did not answer"
        return cannot(name, reason, "students of both sides, right and wrong, along the scale", CHECK)
    chi_square, p = float(found.chi_square[j]), float(found.p[j])
    effect, interval = _r_squared_beyond(found, j, chi_square), _interval(found, j, chi_square, level)
    b_from, c_from = FROM[scale]
    grade: Grade = "A" if p > FLAGGED or effect < b_from else "B" if effect < c_from else "C"
    log_odds, half = float(found.log_odds[j]), NormalDist().inv_cdf((1 + level) / 2) * float(found.error[j])
    p_turning = float(chi2.sf(max(2 * (found.turning[j] - found.even[j]), 0.0), 1))
    favours: Favours = "neither" if p_turning <= FLAGGED else "group" if log_odds > 0 else "others"
    return LogisticDif(
        name=name,
        effect=effect,
        unit="R squared (Nagelkerke)",
        interval=interval,
        p_value=p,
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
            p_value=p,
            unit="of R squared",
            grade=grade,
            favours=favours,
            small=b_from,
        ),
        chi_square=chi_square,
        p_even=float(chi2.sf(max(2 * (found.even[j] - found.matched[j]), 0.0), 1)),
        p_turning=p_turning,
        log_odds=log_odds,
        log_odds_interval=Interval(low=log_odds - half, high=log_odds + half, level=level),
    )
