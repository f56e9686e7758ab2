"""A regression in which each cluster stands a little higher or lower of its own: a random intercept, by REML.

In:   an outcome, a design, which cluster each row belongs to.
Out:  one coefficient with standard error and Satterthwaite's degrees of freedom; both variances and the ICC.
Not here: slopes that differ between clusters, deeper nesting. A second opinion beside cluster_robust.

    y = X b + u_cluster + e,   V(lambda) = I + lambda Z Z',  lambda = var(u) / var(e)

One number is searched for (lambda); the rest has a formula. Degrees of freedom: 2 f^2 / (g' A g), f the
coefficient's variance, g its slopes in the two variances, A their own covariance (from the curvature). Where
the search ends at no variance between clusters, degrees of freedom are those of clusters, to be careful.

Sources: Laird & Ware (1982), Biometrics 38, 963-974. Bates et al. (2015), Journal of Statistical Software
67(1). Kuznetsova, Brockhoff & Christensen (2017), Journal of Statistical Software 82(13).
"""

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.stats.cluster_robust import _checked, _of_full_rank
from plainview.core.stats.ended import Ended
from plainview.core.stats.interval import Interval

Floats = NDArray[np.float64]
LEAST, MOST = log(1e-8), log(1e4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    value: float
    standard_error: float
    df: float
    interval: Interval
    p_value: float
    between: float  # variance of clusters
    within: float  # variance of rows inside
    n_rows: int
    n_clusters: int
    ended: Ended

    @property
    def icc(self) -> float:
        return self.between / (self.between + self.within)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sums:
    """All that any lambda needs: products over rows, and sums by cluster, of [X, y]."""

    whole: Floats  # (k + 1, k + 1)
    by_cluster: Floats  # (n_clusters, k + 1)
    sizes: Floats
    n: int
    k: int

    def products(self, lam: float) -> Floats:
        """[X, y]' V^-1 [X, y], the rows' own variance taken as 1."""
        less = lam / (1 + lam * self.sizes)
        made: Floats = self.whole - self.by_cluster.T @ (less[:, None] * self.by_cluster)
        return made


def mixed(
    outcome: ArrayLike, design: ArrayLike, *, cluster: ArrayLike, column: int = 0, level: float = 0.95
) -> Mixed:
    """One coefficient of a regression with a random intercept for each cluster.

    Parameters
    ----------
    outcome : (n_rows,) float
    design : (n_rows, n_columns) float
    cluster : (n_rows,) codes or names

    Raises
    ------
    ValueError
        For other shapes, gaps, or fewer than two clusters.
    """
    y, x, code, w = _checked(outcome, design, cluster, None)
    x, at = _of_full_rank(x, w, column)
    sums = _sums(y, x, code)
    if len(sums.sizes) < 2:
        raise ValueError("found one cluster, expected at least two.")
    lam, n_steps, converged = _search(sums)
    within, covariance, beta = _at(sums, lam)
    between, variance = lam * within, float(covariance[at, at])
    df = _degrees(sums, between, within, at) if lam > 0 else max(1.0, len(sums.sizes) - 2.0)
    error, value = float(np.sqrt(variance)), float(beta[at])
    half, p = _t(value, error, df, level)
    deviance = _deviance(sums, between, within)
    return Mixed(
        value=value,
        standard_error=error,
        df=df,
        interval=Interval(low=value - half, high=value + half, level=level),
        p_value=p,
        between=between,
        within=within,
        n_rows=sums.n,
        n_clusters=len(sums.sizes),
        ended=Ended(
            converged=converged,
            n_steps=n_steps,
            log_likelihood=-deviance / 2,
            objective=-deviance / 2,
            said=f"{'converged' if converged else 'stopped'} after {n_steps} steps (restricted likelihood)",
        ),
    )


def icc_of(outcome: ArrayLike, treated: ArrayLike, *, cluster: ArrayLike) -> float:
    """How alike students of a cluster are, the arms' difference aside."""
    side = np.asarray(treated, dtype=np.float64)
    one = np.ones((len(side), 1))
    design = np.column_stack([one, side]) if np.ptp(side) > 0 else one
    return mixed(outcome, design, cluster=cluster).icc


def _sums(y: Floats, x: Floats, code: NDArray[np.int64]) -> _Sums:
    both = np.column_stack([x, y])
    n_clusters = int(code.max()) + 1
    by = np.zeros((n_clusters, both.shape[1]))
    np.add.at(by, code, both)
    sizes = np.bincount(code, minlength=n_clusters).astype(np.float64)
    return _Sums(whole=both.T @ both, by_cluster=by, sizes=sizes, n=len(y), k=x.shape[1])


def _search(sums: _Sums) -> tuple[float, int, bool]:
    from scipy.optimize import minimize_scalar

    def height(log_lam: float) -> float:
        return _profiled(sums, exp(log_lam))

    grid = np.linspace(LEAST, MOST, 25)
    best = int(np.argmin([height(float(at)) for at in grid]))
    ends = (float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)]))
    found = minimize_scalar(height, bounds=ends, method="bounded", options={"xatol": 1e-9})
    lam = exp(float(found.x))
    if _profiled(sums, 0.0) <= float(found.fun) + 1e-9:
        lam = 0.0
    return lam, int(found.nfev) + len(grid), bool(found.success)


def _profiled(sums: _Sums, lam: float) -> float:
    """-2 restricted log-likelihood, the rows' variance at its best."""
    within, covariance, _ = _at(sums, lam)
    spread = float(np.log1p(lam * sums.sizes).sum())
    bread = -float(np.linalg.slogdet(covariance / within)[1])
    return spread + bread + (sums.n - sums.k) * log(within)


def _at(sums: _Sums, lam: float) -> tuple[float, Floats, Floats]:
    """The rows' variance, the coefficients' covariance, the coefficients."""
    p, k = sums.products(lam), sums.k
    inverse: Floats = np.linalg.inv(p[:k, :k]).astype(np.float64)
    beta = inverse @ p[:k, k]
    left = float(p[k, k] - p[:k, k] @ beta)
    within = max(left, 1e-300) / (sums.n - k)
    return within, within * inverse, beta


def _deviance(sums: _Sums, between: float, within: float) -> float:
    """-2 restricted log-likelihood of two variances, with its constant."""
    p, k = sums.products(between / within) / within, sums.k
    beta = np.linalg.solve(p[:k, :k], p[:k, k])
    left = float(p[k, k] - p[:k, k] @ beta)
    spread = float(((sums.sizes - 1) * np.log(within) + np.log(within + sums.sizes * between)).sum())
    return spread + float(np.linalg.slogdet(p[:k, :k])[1]) + left + (sums.n - k) * log(2 * np.pi)


def _degrees(sums: _Sums, between: float, within: float, at: int) -> float:
    """Satterthwaite, slopes and curvature by differences."""
    here = np.array([between, within])
    steps = 1e-3 * np.maximum(here, 1e-4 * within)

    def variance(theta: Floats) -> float:
        inverse = np.linalg.inv(sums.products(theta[0] / theta[1])[: sums.k, : sums.k])
        return float(theta[1] * inverse[at, at])

    def moved(*signs: float) -> Floats:
        made: Floats = here + steps * np.array(signs)
        return made

    def deviance(theta: Floats) -> float:
        return _deviance(sums, float(theta[0]), float(theta[1]))

    slope = np.array(
        [variance(moved(1, 0)) - variance(moved(-1, 0)), variance(moved(0, 1)) - variance(moved(0, -1))]
    )
    slope /= 2 * steps
    curve = np.empty((2, 2))
    curve[0, 0] = (deviance(moved(1, 0)) - 2 * deviance(here) + deviance(moved(-1, 0))) / steps[0] ** 2
    curve[1, 1] = (deviance(moved(0, 1)) - 2 * deviance(here) + deviance(moved(0, -1))) / steps[1] ** 2
    cross = deviance(moved(1, 1)) - deviance(moved(1, -1)) - deviance(moved(-1, 1)) + deviance(moved(-1, -1))
    curve[0, 1] = curve[1, 0] = cross / (4 * steps[0] * steps[1])
    doubt = float(slope @ (2 * np.linalg.pinv(curve)) @ slope)
    most = float(sums.n - sums.k)
    if not doubt > 0:
        return max(1.0, len(sums.sizes) - 2.0)
    return float(min(most, max(1.0, 2 * variance(here) ** 2 / doubt)))


def _t(value: float, error: float, df: float, level: float) -> tuple[float, float]:
    from scipy.special import stdtr, stdtrit

    return float(stdtrit(df, (1 + level) / 2)) * error, float(2 * stdtr(df, -abs(value) / error))
