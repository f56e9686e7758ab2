"""How adaptive is a test? Four indices, beside the best and the least that the same pool allows.

In:   the difficulty of every item that each student was given; her estimated ability; the pool.
Out:  correlation, ratio of spreads, proportion of variance reduced, relative information; each beside a
      draw by chance and the best possible choice from the same pool.
Not here: whether the difficulties are right (core.measure), cut-offs: there are none.

Variances are sample variances (n - 1).

Source: Reckase, Ju & Kim (2019), How adaptive is an adaptive test: are all adaptive tests adaptive?, Journal
of Computerized Adaptive Testing 7, 1-14.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.stats.draws import times_drawn
from plainview.core.stats.interval import Interval

CHECK = "adaptivity.degree/1"
DRAWS = 999  # of students, for the ranges
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """None where it has no value (no variance)."""

    correlation: float | None  # of ability and mean difficulty
    spread: float | None  # SD(mean difficulty) / SD(ability)
    reduced: float | None  # (Var of the pool - mean Var given) / Var of the pool
    information: float | None  # of what was given, relative to the best items of the pool (Rasch)


@dataclass(frozen=True, slots=True, kw_only=True)
class DegreeRanges:
    """What the indices would be with other students; None where one has no value."""

    correlation: Interval | None
    spread: Interval | None
    reduced: Interval | None
    information: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Degrees:
    seen: Degree
    ranges: DegreeRanges  # of ``seen``
    best: Degree  # each student given the items nearest to her ability
    by_chance: Degree  # each given as many, drawn from the pool
    n_students: int
    n_pool: int


def degree(given: list[Floats], ability: Floats, pool: Floats) -> Degree:
    """The indices of what was given.

    Parameters
    ----------
    given : of each student, the difficulties of her items (two at least)
    ability : (n_students,) estimated, in the same log-odds
    pool : (n_items,) difficulties of all items that might have been given
    """
    means = np.array([one.mean() for one in given])
    whole = float(pool.var(ddof=1)) if len(pool) > 1 else 0.0
    inside = float(np.mean([one.var(ddof=1) for one in given]))
    spread_a, spread_b = float(ability.std(ddof=1)), float(means.std(ddof=1))
    informed = [
        (_information(one, theta), _information(_nearest(pool, theta, len(one)), theta))
        for one, theta in zip(given, ability, strict=True)
    ]
    best = sum(pair[1] for pair in informed)
    return Degree(
        correlation=float(np.corrcoef(ability, means)[0, 1]) if spread_a > 0 and spread_b > 0 else None,
        spread=spread_b / spread_a if spread_a > 0 else None,
        reduced=(whole - inside) / whole if whole > 0 else None,
        information=sum(pair[0] for pair in informed) / best if best > 0 else None,
    )


def degrees(given: list[Floats], ability: Floats, pool: Floats, *, seed: int, draws: int = DRAWS) -> Degrees:
    """What was given, beside the best and beside chance, of the same lengths from the same pool."""
    chance = np.random.default_rng(seed)
    best = [_nearest(pool, theta, len(one)) for one, theta in zip(given, ability, strict=True)]
    drawn = [chance.choice(pool, size=len(one), replace=len(one) > len(pool)) for one in given]
    return Degrees(
        seen=degree(given, ability, pool),
        ranges=_ranges(given, best, ability, pool, draws, seed),
        best=degree(best, ability, pool),
        by_chance=degree(drawn, ability, pool),
        n_students=len(given),
        n_pool=len(pool),
    )


def _ranges(
    given: list[Floats], best: list[Floats], ability: Floats, pool: Floats, draws: int, seed: int
) -> DegreeRanges:
    """Percentiles over students drawn again; the pool stays."""
    mean, inside = (np.array([take(one) for one in given]) for take in (np.mean, _variance))
    told, most = (
        np.array([_information(one, theta) for one, theta in zip(items, ability, strict=True)])
        for items in (given, best)
    )
    whole = float(pool.var(ddof=1)) if len(pool) > 1 else 0.0
    found = list[Floats]()
    for times in times_drawn(np.random.default_rng(seed), n=len(given), n_draws=draws):
        n = times.sum(axis=1)
        var_a, var_b, together = _moments(times / n[:, None], ability, mean)
        with np.errstate(invalid="ignore", divide="ignore"):
            each = (
                together / np.sqrt(var_a * var_b),
                np.sqrt(var_b / var_a),
                (whole - (times @ inside) / n) / whole if whole > 0 else np.full(len(n), np.nan),
                (times @ told) / (times @ most),
            )
        found.append(np.stack(each, axis=1))
    drawn = np.concatenate(found)
    return DegreeRanges(
        correlation=_middle(drawn[:, 0]),
        spread=_middle(drawn[:, 1]),
        reduced=_middle(drawn[:, 2]),
        information=_middle(drawn[:, 3]),
    )


def _moments(share: Floats, a: Floats, b: Floats) -> tuple[Floats, Floats, Floats]:
    """Of every draw: the two variances and the covariance."""
    a, b = a - a.mean(), b - b.mean()
    mean_a, mean_b = share @ a, share @ b
    return share @ a**2 - mean_a**2, share @ b**2 - mean_b**2, share @ (a * b) - mean_a * mean_b


def _middle(drawn: Floats, level: float = 0.95) -> Interval | None:
    there = drawn[np.isfinite(drawn)]
    if len(there) < 0.9 * len(drawn):
        return None
    low, high = np.quantile(there, [(1 - level) / 2, (1 + level) / 2])
    return Interval(low=float(low), high=float(high), level=level)


def _variance(values: Floats) -> float:
    return float(values.var(ddof=1))


def _nearest(pool: Floats, theta: float, n: int) -> Floats:
    """The n items of the pool that tell most of this ability; all, where there are fewer."""
    return pool[np.argsort(np.abs(pool - theta), kind="stable")[:n]]


def _information(difficulty: Floats, theta: float) -> float:
    p = 1 / (1 + np.exp(difficulty - theta))
    return float((p * (1 - p)).sum() / max(len(difficulty), 1))


def abilities(given: list[Floats], right: list[Floats]) -> Floats:
    """(n_students,) expected a posteriori under N(0, 1), Rasch, on a grid."""
    grid = np.linspace(-5, 5, 101)
    out = np.empty(len(given))
    for n, (b, y) in enumerate(zip(given, right, strict=True)):
        logit = grid[:, None] - b
        log_p = (y * logit - np.logaddexp(0, logit)).sum(axis=1) - grid**2 / 2
        weight = np.exp(log_p - log_p.max())
        out[n] = float((weight * grid).sum() / weight.sum())
    return out
