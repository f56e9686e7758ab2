"""Does a prediction tell right from wrong as well for a group as for the others, all along the curve?

In:   what came, what was said, whose row it is, who is in the group.
Out:  ABROCA: the area between the two ROC curves; what it is where group labels are dealt at random; a p.
Not here: AUC, calibration, error rates (companions). ABROCA alone is never held against a fixed number:
small or lopsided groups make it large by chance.

    ABROCA = integral over false alarms x from 0 to 1 of |ROC_group(x) - ROC_others(x)|

Exact: both curves are broken lines (ties make a slope), cut at every corner of either, and where they cross.
Labels are dealt to students, not to rows. p = (1 + draws at least as large) / (1 + draws).

Sources: Gardner, Brooks & Baker (2019), LAK 19, 225-234. Borchers & Baker (2025), LAK 25 (its chance
distribution is skewed, and grows with lopsided groups).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.stats.interval import Interval

CHECK = "fairness.abroca/1"
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FEWEST_STUDENTS, FEWEST_ANSWERS = 20, 10
N_LEVELS = 50_000  # distinct predictions; beyond, they are gathered into as many of equal size


@dataclass(frozen=True, slots=True, kw_only=True)
class Abroca:
    value: float  # 0..1
    null_median: float  # in half of the draws, with labels dealt at random, it is larger than this
    null_95: float  # in 1 of 20
    p_value: float
    p_interval: Interval  # of the p that endless draws would give (Clopper-Pearson)
    n_draws: int
    n_group: int  # students
    n_others: int
    seed: int


def abroca(
    *,
    correct: ArrayLike,
    predicted: ArrayLike,
    student: ArrayLike | None,
    in_group: ArrayLike,
    group: str,
    n_draws: int = 999,
    seed: int,
) -> Abroca | CannotSay:
    """The area between the curves, beside what chance makes.

    Parameters
    ----------
    correct : (n_rows,) 0..1
        What came.
    predicted : (n_rows,) float
        What was said; only its order counts.
    student : (n_rows,) codes, or None
        Whose row it is; with None every row stands for itself.
    in_group : (n_rows,) bool
        A student belongs with all her rows or with none.
    n_draws : int
        At least 1; 999 for a report.

    Returns
    -------
    Abroca
    CannotSay
        If either side has fewer than 20 students, or fewer than 10 right or 10 wrong answers.

    Raises
    ------
    ValueError
        For lengths that differ, gaps, or a student on both sides.
    """
    y, said, who, side = _checked(correct, predicted, student, in_group)
    member = np.zeros(int(who.max()) + 1 if len(who) else 0, np.bool_)
    member[who[side]] = True
    if (member[who] != side).any():
        raise ValueError("a student stands on both sides: expected one side for all her rows.")
    if stop := _too_few(y, member, who, side, group):
        return stop
    level, n_levels = levels(said)
    value = _between(y, level, n_levels, side)
    drawn = _drawn(y, level, n_levels, who, member, n_draws, seed)
    # A draw that differs by less than rounding does counts as equal: it is as extreme.
    n_as_large = int((drawn >= value - 1e-12).sum())
    return Abroca(
        value=value,
        null_median=float(np.median(drawn)),
        null_95=float(np.quantile(drawn, 0.95)),
        p_value=(1 + n_as_large) / (1 + n_draws),
        p_interval=clopper_pearson(n_as_large, n_draws),
        n_draws=n_draws,
        n_group=int(member.sum()),
        n_others=int((~member).sum()),
        seed=seed,
    )


def area_between(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> float:
    """The area between two curves, each (x, y) from (0, 0) to (1, 1), both rising. Plain, for comparison."""
    x = np.unique(np.concatenate([one[0], other[0]]))
    apart = [_sides(*one, x)[k] - _sides(*other, x)[k] for k in (0, 1)]
    left, right = apart[1][:-1], apart[0][1:]  # just after a corner, just before the next
    return float((np.diff(x) * _mean_size(left, right)).sum())


def _mean_size(left: Floats, right: Floats) -> Floats:
    """The mean of |d| where d runs straight from left to right."""
    total = np.abs(left) + np.abs(right)
    crossed = np.divide(left**2 + right**2, 2 * total, out=np.zeros_like(total), where=total > 0)
    made: Floats = np.where(left * right < 0, crossed, total / 2)
    return made


def _sides(x: Floats, y: Floats, at: Floats) -> tuple[Floats, Floats]:
    """The curve just before and just after each place: they differ where it rises upright."""
    corners, first = np.unique(x, return_index=True)
    last = np.r_[first[1:], len(x)] - 1
    low, high = y[first], y[last]
    k = np.searchsorted(corners, at, side="right") - 1
    here = corners[k] == at
    nxt = np.minimum(k + 1, len(corners) - 1)
    span = np.where(nxt > k, corners[nxt] - corners[k], 1.0)
    between = high[k] + (low[nxt] - high[k]) * (at - corners[k]) / span
    return np.where(here, low[k], between), np.where(here, high[k], between)


def levels(said: Floats) -> tuple[Ints, int]:
    """Predictions as 0, 1, ... from the highest down; ties share one."""
    distinct, code = np.unique(said, return_inverse=True)
    if len(distinct) > N_LEVELS:
        cuts = np.quantile(said, np.linspace(0, 1, N_LEVELS + 1)[1:-1])
        code = np.searchsorted(cuts, said, side="right")
        return (N_LEVELS - 1 - code).astype(np.int64), N_LEVELS
    return (len(distinct) - 1 - code.reshape(-1)).astype(np.int64), len(distinct)


def curve(y: Floats, level: Ints, n_levels: int) -> tuple[Floats, Floats]:
    """False alarms and hits as the threshold falls, from (0, 0) to (1, 1)."""
    right = np.bincount(level, weights=y, minlength=n_levels)
    wrong = np.bincount(level, weights=1 - y, minlength=n_levels)
    x, up = np.cumsum(wrong) / wrong.sum(), np.cumsum(right) / right.sum()
    return np.r_[0.0, np.minimum(x, 1.0)], np.r_[0.0, np.minimum(up, 1.0)]


def _between(y: Floats, level: Ints, n_levels: int, side: NDArray[np.bool_]) -> float:
    one, other = (curve(y[mask], level[mask], n_levels) for mask in (side, ~side))
    return area_between(one, other)


def _drawn(
    y: Floats, level: Ints, n_levels: int, who: Ints, member: NDArray[np.bool_], n_draws: int, seed: int
) -> Floats:
    from plainview.core.audit.fairness.abroca_walk import AT_ONCE, areas

    chance = np.random.default_rng(seed)
    order = np.argsort(level, kind="stable")
    y, small, whose = y[order], level[order].astype(np.int32), who[order].astype(np.int32)
    drawn = np.empty(n_draws)
    for start in range(0, n_draws, AT_ONCE):
        n = min(AT_ONCE, n_draws - start)
        dealt = np.column_stack([chance.permutation(member) for _ in range(n)]).astype(np.float64)
        drawn[start : start + n] = areas(y, small, whose, dealt, n_levels)
    # Labels that leave a side without right or wrong answers make no curve; there are 10 of each at least.
    there: Floats = np.where(np.isnan(drawn), np.inf, drawn)
    return there


def clopper_pearson(n_hits: int, n: int, level: float = 0.95) -> Interval:
    """Exact interval of a share."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = float(betaincinv(n_hits, n - n_hits + 1, tail)) if n_hits else 0.0
    high = float(betaincinv(n_hits + 1, n - n_hits, 1 - tail)) if n_hits < n else 1.0
    return Interval(low=low, high=high, level=level)


def _checked(
    correct: ArrayLike, predicted: ArrayLike, student: ArrayLike | None, in_group: ArrayLike
) -> tuple[Floats, Floats, Ints, NDArray[np.bool_]]:
    y, said = np.asarray(correct, dtype=np.float64), np.asarray(predicted, dtype=np.float64)
    side = np.asarray(in_group)
    who = np.arange(len(y)) if student is None else np.unique(student, return_inverse=True)[1].reshape(-1)
    if not (y.shape == said.shape == side.shape == who.shape) or y.ndim != 1 or side.dtype != np.bool_:
        raise ValueError("found lengths that differ, expected one row each, and yes or no for the group.")
    if not (np.isfinite(said).all() and ((y >= 0) & (y <= 1)).all()):
        raise ValueError("found gaps, or answers outside 0 to 1.")
    return y, said, who.astype(np.int64), side


def _too_few(
    y: Floats, member: NDArray[np.bool_], who: Ints, side: NDArray[np.bool_], group: str
) -> CannotSay | None:
    n = int(member.sum()), int((~member).sum())
    right = [float(y[mask].sum()) for mask in (side, ~side)]
    wrong = [float((1 - y[mask]).sum()) for mask in (side, ~side)]
    if min(n) >= FEWEST_STUDENTS and min(*right, *wrong) >= FEWEST_ANSWERS:
        return None
    return CannotSay(
        question=f"Does the prediction tell right from wrong as well for '{group}' as for others?",
        reason=_few_said(n, min(*right, *wrong)),
        would_need=f"at least {FEWEST_STUDENTS} students, {FEWEST_ANSWERS} right and {FEWEST_ANSWERS} wrong "
        "answers on each side",
        check=CHECK,
    )


def _few_said(n: tuple[int, int], least: float) -> str:
    if min(n) < FEWEST_STUDENTS:
        return f"one side has fewer than {FEWEST_STUDENTS} students"
    return f"one side has fewer than {FEWEST_ANSWERS} right, or wrong, answers ({least:.0f})"
