"""How sure the numbers of a fit are.

In:   the trees, the numbers at the top, what is held of each.
Out:  the observed information of each skill, a standard error for each number, an interval, and in words
      where there is none; and how much log-likelihood the top can still lack.
Not here: the search (climb).

The information is the curvature of log-likelihood plus log prior, by central differences of the exact slope
(Fisher's identity), in log-odds. Its inverse is the spread of a number given the answers and the prior. Where
a number stands at its cap the slope is not 0 and a standard error would be false: none is given, and the
interval is one-sided, from the density that falls off below the cap.

Source: Louis (1982), Journal of the Royal Statistical Society B 44, 226-233; Tierney & Kadane (1986), Journal
of the American Statistical Association 81, 82-86.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing.alike import Tree
from plainview.core.learner.tracing.expect import expect
from plainview.core.learner.tracing.numbers import Held, Layout, from_log_odds, log_odds, sums

Floats = NDArray[np.float64]
LEVEL = 0.95
_STEP = 1e-3  # in log-odds


@dataclass(frozen=True, kw_only=True)
class Doubt:
    se: Floats  # (layout.n,) of p; NaN where there is none
    se_log_odds: Floats
    low: Floats
    high: Floats
    at_cap: NDArray[np.bool_]
    covariance: Floats  # (n_skills, k, k) of log-odds, in the order of ``rank``
    information: Floats
    is_top: NDArray[np.bool_]  # (n_skills,) the curvature says top, not saddle
    lacks: Floats  # (n_skills,) half slope x covariance x slope: what a Newton step would gain
    newton: Floats  # (layout.n,) that step, in log-odds
    rank: NDArray[np.int64]  # (layout.n,) place of each number among its skill's


def doubt(
    tree: Tree, layout: Layout, held: Held, p: Floats, *, rough: bool = False, errors: bool = True
) -> Doubt:
    """The doubt of every number of every skill, at numbers ``p`` (layout.n,); ``rough``: quicker.

    Without ``errors`` it says only what the tops lack: an error costs two E-steps for each number of a skill.
    """
    rank, k = ranks(layout)
    seen = expect(tree, layout, p)
    slope = held.slope(seen.hits, seen.trials, p)
    at_cap = (p >= held.cap * (1 - 1e-9)) & (slope > 0)
    if not errors:
        return _without(layout, held, p, np.where(at_cap, 0.0, slope), seen.trials, at_cap)
    information = _information(tree, layout, held, p, rank, k, slope if rough else None)
    free = _free(information, layout, rank, at_cap)
    is_top = np.linalg.eigvalsh(free)[:, 0] > 0
    covariance = np.linalg.inv(np.where(is_top[:, None, None], free, np.eye(k)))
    padded = np.zeros((layout.n_skills, k))
    padded[layout.owner, rank] = np.where(at_cap, 0.0, slope)
    step = np.einsum("sij,sj->si", covariance, padded)
    se_log_odds = np.sqrt(covariance[layout.owner, rank, rank])
    se_log_odds[at_cap | ~is_top[layout.owner]] = np.nan
    low, high = _interval(p, se_log_odds, held, slope, information[layout.owner, rank, rank], at_cap)
    return Doubt(
        se=se_log_odds * p * (1 - p),
        se_log_odds=se_log_odds,
        low=low,
        high=high,
        at_cap=at_cap,
        covariance=covariance,
        information=information,
        is_top=is_top,
        lacks=np.where(is_top, (padded * step).sum(axis=1) / 2, np.inf),
        newton=np.where(is_top[layout.owner], step[layout.owner, rank], 0.0),
        rank=rank,
    )


def _without(
    layout: Layout, held: Held, p: Floats, slope: Floats, trials: Floats, at_cap: NDArray[np.bool_]
) -> Doubt:
    """No standard errors; what the tops lack is what an EM step would gain."""
    none, one = np.full(layout.n, np.nan), np.zeros((layout.n_skills, 1, 1))
    curvature = (trials + held.a + held.b - 2) * p * (1 - p)
    return Doubt(
        se=none,
        se_log_odds=none,
        low=none,
        high=none,
        at_cap=at_cap,
        covariance=one,
        information=one,
        is_top=np.ones(layout.n_skills, dtype=np.bool_),
        lacks=sums(layout.owner, slope**2 / curvature, layout.n_skills),
        newton=np.zeros(layout.n),
        rank=np.zeros(layout.n, dtype=np.int64),
    )


def ranks(layout: Layout) -> tuple[NDArray[np.int64], int]:
    """The place of each number among its skill's, and the most that a skill has."""
    by_owner = np.argsort(layout.owner, kind="stable")
    sizes = np.bincount(layout.owner, minlength=layout.n_skills)
    rank = np.empty(layout.n, dtype=np.int64)
    rank[by_owner] = np.arange(layout.n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rank, int(sizes.max(initial=0))


def _slope(tree: Tree, layout: Layout, held: Held, p: Floats) -> Floats:
    seen = expect(tree, layout, p)
    return held.slope(seen.hits, seen.trials, p)


def _information(
    tree: Tree, layout: Layout, held: Held, p: Floats, rank: NDArray[np.int64], k: int, here: Floats | None
) -> Floats:
    """Minus the second derivatives. Skills do not touch one another: one number of each moves at a time.

    ``here``: the slope at ``p``, where differences to one side are enough.
    """
    z = log_odds(p)
    found = np.zeros((layout.n_skills, k, k))
    for moved in range(k):
        by = np.where(rank == moved, _STEP, 0.0)
        up = _slope(tree, layout, held, from_log_odds(z + by))
        down = 2 * here - up if here is not None else _slope(tree, layout, held, from_log_odds(z - by))
        found[layout.owner, rank, moved] = (down - up) / (2 * _STEP)
    return np.asarray((found + found.transpose(0, 2, 1)) / 2)


def _free(information: Floats, layout: Layout, rank: NDArray[np.int64], at_cap: NDArray[np.bool_]) -> Floats:
    """The information of the numbers that can move; those at a cap (and padding) stand apart."""
    k = information.shape[1]
    fixed = np.ones((layout.n_skills, k), dtype=np.bool_)
    fixed[layout.owner, rank] = at_cap
    apart = fixed[:, :, None] | fixed[:, None, :]
    return np.where(apart, np.eye(k)[None], information)


def _interval(
    p: Floats, se: Floats, held: Held, slope: Floats, curvature: Floats, at_cap: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    z, reach = log_odds(p), NormalDist().inv_cdf((1 + LEVEL) / 2)
    low, high = from_log_odds(z - reach * se), np.minimum(from_log_odds(z + reach * se), held.cap)
    below = from_log_odds(z)
    if at_cap.any():
        below[at_cap] = from_log_odds(z[at_cap] - _below_cap(slope[at_cap], curvature[at_cap]))
    return np.where(at_cap, below, low), np.where(at_cap, held.cap, high)


def _below_cap(slope: Floats, curvature: Floats) -> Floats:
    """How far below the cap 95 % of the density reaches: exp(-slope d - curvature d^2 / 2), d >= 0."""
    d = np.linspace(0.0, 12.0, 1201)
    density = np.exp(-np.maximum(slope, 0.0)[:, None] * d - np.maximum(curvature, 0.0)[:, None] * d * d / 2)
    mass = np.cumsum(density, axis=1)
    return np.asarray(d[(mass < LEVEL * mass[:, -1:]).sum(axis=1)])
