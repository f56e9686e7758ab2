"""What both ways of asking answer with: how sure are decisions at these cuts?

In:   tables of categories: true x observed, observed x observed again.
Out:  accuracy, consistency and kappa, for each cut and for all of them together, with intervals.
Not here: where the tables come from (livingston_lewis, rudner).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.interval import Interval

Floats = NDArray[np.float64]
FEWEST_STUDENTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    value: float
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Decisions at one cut, or into all categories at once."""

    cut: float | None  # None: into all categories
    accuracy: Estimate  # share of students decided as their true score would decide
    consistency: Estimate  # share decided alike by two equal tests
    kappa: Estimate  # of the two tests, beyond chance
    too_high: Estimate  # share put above a cut that their true score does not reach
    too_low: Estimate
    share_above: float | None  # found at or above the cut; None for all categories at once
    share_expected: float | None  # the model's; far from the one found, the model does not fit here
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """How sure decisions are, at every cut."""

    each: tuple[Decisions, ...]  # in the order of the cuts
    together: Decisions
    table: tuple[tuple[float, ...], ...]  # true category x observed category, shares that add up to 1
    method: str
    model: str  # what was assumed, and which way it went
    n_students: int
    n_left_out: int


def figures(accuracy: Floats, again: Floats) -> Floats:
    """Accuracy, consistency, kappa, too high, too low: (n_cuts + 1, 5), each cut, then all categories."""
    k = len(accuracy)
    rows = []
    for cut in range(1, k):
        side = (np.arange(k) >= cut).astype(int)
        fold = np.eye(2)[side]
        rows.append(_of(fold.T @ accuracy @ fold, fold.T @ again @ fold))
    return np.array([*rows, _of(accuracy, again)])


def _of(accuracy: Floats, again: Floats) -> list[float]:
    same, by_chance = float(np.trace(again)), float(again.sum(axis=1) @ again.sum(axis=0))
    kappa = (same - by_chance) / (1 - by_chance) if by_chance < 1 - 1e-12 else float("nan")
    return [
        float(np.trace(accuracy)),
        same,
        kappa,
        float(np.triu(accuracy, 1).sum()),
        float(np.tril(accuracy, -1).sum()),
    ]


def decisions(
    values: Floats,
    low: Floats,
    high: Floats,
    *,
    cut: float | None,
    above: tuple[float, float] | None,
    level: float,
) -> Decisions:
    made = [
        Estimate(value=float(v), interval=Interval(low=float(a), high=float(b), level=level))
        for v, a, b in zip(values, low, high, strict=True)
    ]
    return Decisions(
        cut=cut,
        accuracy=made[0],
        consistency=made[1],
        kappa=made[2],
        too_high=made[3],
        too_low=made[4],
        share_above=None if above is None else above[0],
        share_expected=None if above is None else above[1],
        sentence=_sentence(cut, made),
    )


def _sentence(cut: float | None, made: list[Estimate]) -> str:
    right, again = made[0], made[1]
    where = "into all categories" if cut is None else f"at {cut:g}"
    ends = f"{100 * right.interval.low:.0f} to {100 * right.interval.high:.0f}"
    return (
        f"Decisions {where}: about {100 * right.value:.0f} of 100 students ({ends}) are decided as their "
        f"true score would decide, and {100 * again.value:.0f} of 100 would be decided alike by a second, "
        "equal test."
    )


def ordered(cuts: Sequence[float]) -> Floats:
    found = np.asarray(cuts, dtype=np.float64)
    if found.ndim != 1 or not len(found) or not np.isfinite(found).all() or (np.diff(found) <= 0).any():
        raise ValueError(f"found cuts {cuts}, expected one or more numbers, each above the one before.")
    return found


def cannot(reason: str, would_need: str, check: str) -> CannotSay:
    return CannotSay(
        question="How often would a decision at a cut come out otherwise?",
        reason=reason,
        would_need=would_need,
        check=check,
    )
