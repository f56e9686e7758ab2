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

CHECK = "adaptivity.degree/1"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """None where it has no value (no variance)."""

    correlation: float | None  # of ability and mean difficulty
    spread: float | None  # SD(mean difficulty) / SD(ability)
    reduced: float | None  # (Var of the pool - mean Var given) / Var of the pool
    information: float | None  # of what was given, relative to the best items of the pool (Rasch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Degrees:
    seen: Degree
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


def degrees(given: list[Floats], ability: Floats, pool: Floats, *, seed: int) -> Degrees:
    """What was given, beside the best and beside chance, of the same lengths from the same pool."""
    chance = np.random.default_rng(seed)
    best = [_nearest(pool, theta, len(one)) for one, theta in zip(given, ability, strict=True)]
    drawn = [chance.choice(pool, size=len(one), replace=len(one) > len(pool)) for one in given]
    return Degrees(
        seen=degree(given, ability, pool),
        best=degree(best, ability, pool),
        by_chance=degree(drawn, ability, pool),
        n_students=len(given),
        n_pool=len(pool),
    )


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
