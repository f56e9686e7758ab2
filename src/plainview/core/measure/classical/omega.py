"""Omega: how much of the total is what all items share, when some carry more of it than others?

In:   scores, students x items, NaN where nobody answered.
Out:  omega total of one factor, with its interval, how the search ended and how much one factor leaves over.
Not here: omega hierarchical. It needs several factors and a rotation, and depends on both; one number would
hide that.

Sources: McDonald (1999), Test Theory: A Unified Treatment, chapter 6. The interval is the delta method
without assumptions on the distribution: Browne (1984), British Journal of Mathematical and Statistical
Psychology 37, 62-83.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.classical.alpha import below_one
from plainview.core.measure.classical.one_factor import OneFactor, fit
from plainview.core.measure.scores import Floats, blocks, checked, complete, covariances
from plainview.core.plural import counted
from plainview.core.stats.ended import Ended
from plainview.core.stats.interval import Interval

CHECK = "measure.omega/1"
FEWEST_ITEMS = 3
WELL_ENOUGH = 0.08  # SRMR (Hu & Bentler 1999): above it, one factor leaves much over


@dataclass(frozen=True, slots=True, kw_only=True)
class Omega:
    """The share of the total's variance that one common factor accounts for."""

    value: float  # 0..1
    interval: Interval
    n_students: int
    n_items: int
    n_left_out: int
    loadings: tuple[float, ...]  # in points
    at_the_bound: tuple[int, ...]  # items, from 0, whose own variance could not be told from none
    residual: float  # SRMR; above .08 one factor is a doubtful story, and omega with it
    one_factor_will_do: bool
    ended: Ended


def omega(scores: ArrayLike, *, level: float = 0.95) -> Omega | CannotSay:
    """Omega total: (sum of loadings)^2 / ((sum of loadings)^2 + sum of unique variances).

    Parameters
    ----------
    scores : (n_students, n_items) float
        Points; students with a gap are left out and counted.

    Returns
    -------
    Omega
        The interval is for large samples: below about 100 students read it as a hint.
    CannotSay
        With fewer than three items, no more students than items, an item that does not vary, items that are
        copies of each other, nothing shared, or a search that did not end.

    Source
    ------
    McDonald (1999), equation 6.20b.
    """
    rows, n_left_out = complete(checked(scores))
    n, k = rows.shape
    if said := _too_little(n, k):
        return said
    found, _ = covariances(rows)
    if said := _unfit(found):
        return said
    factor = fit(found, n=n)
    shared = float(factor.loadings.sum()) ** 2
    if not factor.ended.converged or shared < 1e-9 * float(np.trace(found)):
        return _cannot("one common factor could not be found", "items that share something")
    value = shared / (shared + float(factor.uniques.sum()))
    error = _error(rows, factor, value)
    return Omega(
        value=value,
        interval=below_one(value, error=error, level=level),
        n_students=n,
        n_items=k,
        n_left_out=n_left_out,
        loadings=tuple(factor.loadings.tolist()),
        at_the_bound=factor.at_the_bound,
        residual=factor.residual,
        one_factor_will_do=factor.residual <= WELL_ENOUGH,
        ended=factor.ended,
    )


def _error(rows: Floats, factor: OneFactor, value: float) -> float:
    """How far each student moves omega, so how far omega is unsure.

    The fit is where the slope of F is 0. If v = I^-1 grad(omega), with I the curvature of F in loadings and
    unique variances, a student with deviations x moves omega by x'Wx, W = P (dS along v) P, P the inverse of
    the model.
    """
    loadings, uniques, k = factor.loadings, factor.uniques, rows.shape[1]
    inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(uniques))
    q = inverse @ loadings
    curvature = np.block(
        [
            [2 * (inverse * float(loadings @ q) + np.outer(q, q)), 2 * inverse * q[None, :]],
            [2 * inverse * q[:, None], inverse**2],
        ]
    )
    total = float(loadings.sum()) ** 2 + float(uniques.sum())
    toward = 2 * float(loadings.sum()) * (1 - value) / total
    gradient = np.concatenate([np.full(k, toward), np.full(k, -value / total)])
    along = np.linalg.solve(curvature, gradient)
    turned = np.outer(along[:k], loadings)
    weights = inverse @ (turned + turned.T + np.diag(along[k:])) @ inverse
    means = rows.mean(axis=0)
    moved = np.concatenate(
        [np.einsum("ij,ij->i", (apart := block - means) @ weights, apart) for block in blocks(rows)]
    )
    return float(moved.std(ddof=1) / sqrt(len(rows)))


def _too_little(n: int, k: int) -> CannotSay | None:
    if k < FEWEST_ITEMS:
        return _cannot(f"the test has {counted(k, 'item')}", f"at least {FEWEST_ITEMS} items")
    if n <= k:
        return _cannot(
            f"{counted(n, 'student')} answered all of {counted(k, 'item')}",
            f"more than {counted(k, 'student')}",
        )
    return None


def _unfit(found: Floats) -> CannotSay | None:
    if not (np.diag(found) > 0).all():
        return _cannot("an item has one score for everybody", "items that vary")
    if np.linalg.cond(found) > 1e10:
        return _cannot("some items are copies of each other", "items that differ")
    return None


def _cannot(reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question="How much of the total is what all items share?",
        reason=reason,
        would_need=would_need,
        check=CHECK,
    )
