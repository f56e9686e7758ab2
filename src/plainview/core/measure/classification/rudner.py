"""Rudner: accuracy and consistency of decisions on an ability scale.

In:   abilities with their standard errors, cuts on the same scale.
Out:  accuracy, consistency and kappa at every cut.
Not here: the abilities (learner.ability, measure.irt).

Each student's true ability is taken as normal around the estimate, with its standard error. That suits
estimates that do not lean on a prior (maximum likelihood, WLE); EAP and MAP are drawn towards the middle
and look too sure.

Sources: Rudner (2001), Practical Assessment, Research & Evaluation 7(14); (2005), the same 10(13)
(accuracy); Wyse & Hao (2012), Educational and Psychological Measurement 72, 888-907 (consistency).
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr
from scipy.stats import t as t_distribution

from plainview.core.cannot_say import CannotSay
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
from plainview.core.stats.interval import wilson

CHECK = "measure.rudner/1"


def rudner(
    *, ability: ArrayLike, standard_error: ArrayLike, cuts: Sequence[float], level: float = 0.95
) -> Classification | CannotSay:
    """Accuracy and consistency at every cut, from abilities and standard errors.

    Parameters
    ----------
    ability, standard_error : (n_students,) float
        On the scale of the cuts. A student without either, or without a finite error, is left out and
        counted.
    cuts : sequence of float
        In rising order; a student stands above a cut from the cut itself on.

    Returns
    -------
    Classification
        Intervals tell how the figures would vary with other students like these (jackknife, Student's t);
        that the errors are right is taken for granted.
    CannotSay
        With fewer than 20 students.
    """
    at = ordered(cuts)
    theta, error = np.asarray(ability, dtype=np.float64), np.asarray(standard_error, dtype=np.float64)
    if theta.ndim != 1 or theta.shape != error.shape:
        raise ValueError(f"found abilities {theta.shape} and errors {error.shape}, expected two equal rows.")
    if (error <= 0).any():
        raise ValueError("found a standard error of 0 or less, expected only errors above 0.")
    keep = np.isfinite(theta) & np.isfinite(error)
    theta, error, n = theta[keep], error[keep], int(keep.sum())
    if n < FEWEST_STUDENTS:
        return cannot(
            f"{counted(n, 'student')} with an ability with its error",
            f"at least {FEWEST_STUDENTS} students",
            CHECK,
        )
    below = ndtr((at[None, :] - theta[:, None]) / error[:, None])
    p = np.diff(np.column_stack([np.zeros(n), below, np.ones(n)]), axis=1)
    category = np.searchsorted(at, theta, side="right")
    accuracy = np.array([p[category == k].sum(axis=0) for k in range(len(at) + 1)]).T / n
    values = figures(accuracy, p.T @ p / n)
    low, high = _intervals(p, category, values, level)
    found_above = [
        (float((category > k).mean()), float(p[:, k + 1 :].sum(axis=1).mean())) for k in range(len(at))
    ]
    made = [
        decisions(values[j], low[j], high[j], cut=cut, above=above, level=level)
        for j, (cut, above) in enumerate(zip([*at.tolist(), None], [*found_above, None], strict=True))
    ]
    return Classification(
        each=tuple(made[:-1]),
        together=made[-1],
        table=tuple(tuple(row) for row in accuracy.tolist()),
        method="Rudner",
        model="true ability is normal around its estimate",
        n_students=n,
        n_left_out=int((~keep).sum()),
    )


def _intervals(p: Floats, category: NDArray[np.int64], values: Floats, level: float) -> tuple[Floats, Floats]:
    """Each figure without each student in turn; where none moves it, Wilson's: few are never certain."""
    n, k = p.shape
    lows, highs = np.empty_like(values), np.empty_like(values)
    for row in range(k):
        fold = np.eye(2)[(np.arange(k) > row).astype(int)] if row < k - 1 else np.eye(k)
        side = (category > row).astype(int) if row < k - 1 else category
        each = _without_each(p @ fold, side)
        half = t_distribution.ppf((1 + level) / 2, n - 1) * (n - 1) / sqrt(n) * each.std(axis=0, ddof=1)
        lows[row], highs[row] = values[row] - half, values[row] + half
    lows, highs = np.clip(lows, [0, 0, -1, 0, 0], 1), np.clip(highs, 0, 1)
    for j, figure in np.argwhere(highs - lows < 1e-9):
        share = wilson(n_hits=round(min(max(values[j, figure], 0.0), 1.0) * n), n=n, level=level).interval
        lows[j, figure] = min(share.low, values[j, figure])
        highs[j, figure] = max(share.high, values[j, figure])
    return lows, highs


def _without_each(p: Floats, side: NDArray[np.int64]) -> Floats:
    """The five figures without each student: means of one number a student, and kappa from two of them."""
    n = len(p)
    own = p[np.arange(n), side]
    same = (p**2).sum(axis=1)
    lower = np.cumsum(p, axis=1)[np.arange(n), side] - own  # her true category lies below the observed one
    single = np.column_stack([own, same, lower, 1 - own - lower])
    single = (single.sum(axis=0) - single) / (n - 1)
    chance = (((p.sum(axis=0) - p) / (n - 1)) ** 2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa = np.nan_to_num((single[:, 1] - chance) / (1 - chance))
    return np.column_stack([single[:, 0], single[:, 1], kappa, single[:, 2], single[:, 3]])
