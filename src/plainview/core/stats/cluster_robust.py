"""A regression whose doubt counts clusters, even few: CR2 with Satterthwaite's degrees of freedom.

In:   an outcome, a design, which cluster each row belongs to, weights if any.
Out:  one coefficient with its standard error, degrees of freedom, interval and p.
Not here: what the columns mean (core.audit.efficacy), a model of the clusters (mixed).

    V = sum over clusters (v' e)^2,   v = A W X (X'WX)^-1 c,   A = B^(-1/2),   B = the cluster's block of
    (I - H)(I - H)', so that V is unbiased where rows are independent and alike (the working model).
    df = 2 E[V]^2 / Var[V] under that model = (tr P)^2 / tr(P^2)

B differs from 1 only along the columns of X and WX, so each cluster's root is that of a matrix as small as
twice the number of columns; sums over pairs of clusters are never formed. Directions that a cluster's own
dummies take up wholly are left at 0 (generalised inverse). Without clusters it is HC2.

Sources: Bell & McCaffrey (2002), Survey Methodology 28, 169-181. Pustejovsky & Tipton (2018), Journal of
Business & Economic Statistics 36, 672-683.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.stats.interval import Interval

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TAKEN_UP = 1e-10  # a direction with less left of it is taken up wholly


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One coefficient."""

    value: float
    standard_error: float
    df: float
    interval: Interval
    p_value: float
    n_rows: int
    n_clusters: int
    r_squared: float  # of the whole regression, within what the constant leaves
    n_columns: int  # that say something of their own


def estimate(
    outcome: ArrayLike,
    design: ArrayLike,
    *,
    cluster: ArrayLike | None,
    column: int = 0,
    weight: ArrayLike | None = None,
    level: float = 0.95,
) -> Estimate:
    """One coefficient of a (weighted) regression, its doubt by clusters.

    Parameters
    ----------
    outcome : (n_rows,) float
    design : (n_rows, n_columns) float
        Columns that repeat others are left out; ``column`` may not be one of them.
    cluster : (n_rows,) codes or names, or None
        None: every row stands for itself (HC2).
    weight : (n_rows,) float, optional
        Above 0.

    Raises
    ------
    ValueError
        For other shapes, gaps, fewer rows than columns, or a column that the others make up.

    Source
    ------
    Pustejovsky & Tipton (2018).
    """
    y, x, code, w = _checked(outcome, design, cluster, weight)
    x, at = _of_full_rank(x, w, column)
    bread: Floats = np.linalg.inv(x.T @ (w[:, None] * x)).astype(np.float64)
    beta = bread @ (x.T @ (w * y))
    c = bread[:, at]
    order = np.argsort(code, kind="stable")
    ends = np.flatnonzero(np.r_[np.diff(code[order]) != 0, True]) + 1
    pieces = _pieces(x[order], w[order], (y - x @ beta)[order], bread, c, ends)
    variance = float((pieces.score**2).sum())
    df = _degrees(pieces, x, w, bread)
    return _said(y, x, w, beta, at, float(np.sqrt(variance)), df, len(ends), level)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pieces:
    """Of each cluster: v'e, v'v, X'v and X'Wv."""

    score: Floats
    own: Floats
    a: Floats  # (n_clusters, n_columns)
    b: Floats


def _pieces(x: Floats, w: Floats, e: Floats, bread: Floats, c: Floats, ends: Ints) -> _Pieces:
    meat = bread @ (x.T @ ((w**2)[:, None] * x)) @ bread
    if len(ends) == len(x):
        v = _alone(x, w, bread, c, meat)
        return _Pieces(score=v * e, own=v**2, a=v[:, None] * x, b=(v * w)[:, None] * x)
    score, own = np.zeros(len(ends)), np.zeros(len(ends))
    a, b = np.zeros((len(ends), x.shape[1])), np.zeros((len(ends), x.shape[1]))
    start = 0
    for g, end in enumerate(ends):
        here = slice(start, end)
        v = _adjusted(x[here], w[here], bread, meat, w[here] * (x[here] @ c))
        score[g], own[g] = v @ e[here], v @ v
        a[g], b[g] = v @ x[here], (v * w[here]) @ x[here]
        start = end
    return _Pieces(score=score, own=own, a=a, b=b)


def _alone(x: Floats, w: Floats, bread: Floats, c: Floats, meat: Floats) -> Floats:
    """Clusters of one row each: the root of a number."""
    left = 1 - 2 * w * np.einsum("ri,ij,rj->r", x, bread, x) + np.einsum("ri,ij,rj->r", x, meat, x)
    root = np.where(left > TAKEN_UP, 1 / np.sqrt(np.maximum(left, TAKEN_UP)), 0.0)
    v: Floats = root * w * (x @ c)
    return v


def _adjusted(x: Floats, w: Floats, bread: Floats, meat: Floats, rows: Floats) -> Floats:
    """A rows, with B = I - X M X'W - W X M X' + X M X'WWX M X'."""
    k = x.shape[1]
    basis, corner = np.linalg.qr(np.hstack([x, w[:, None] * x]))
    middle = np.block([[meat, -bread], [-bread, np.zeros((k, k))]])
    left, turned = np.linalg.eigh(np.eye(len(corner)) + corner @ middle @ corner.T)
    root = np.where(left > TAKEN_UP, 1 / np.sqrt(np.maximum(left, TAKEN_UP)), 0.0)
    inside = basis.T @ rows
    moved = turned @ (root * (turned.T @ inside)) - inside
    adjusted: Floats = rows + basis @ moved
    return adjusted


def _degrees(p: _Pieces, x: Floats, w: Floats, bread: Floats) -> float:
    """(tr P)^2 / tr(P^2), where P = diag(own) + U C U' with U = [a, b]."""
    meat = bread @ (x.T @ ((w**2)[:, None] * x)) @ bread
    u = np.hstack([p.a, p.b])
    middle = np.block([[meat, -bread], [-bread, np.zeros_like(bread)]])
    along = np.einsum("gi,ij,gj->g", u, middle, u)
    crossed = middle @ (u.T @ u)
    trace = float(p.own.sum() + along.sum())
    squares = float((p.own**2).sum() + 2 * (p.own @ along) + np.trace(crossed @ crossed))
    return trace**2 / squares if squares > 0 else float("nan")


def _said(
    y: Floats,
    x: Floats,
    w: Floats,
    beta: Floats,
    at: int,
    error: float,
    df: float,
    n_clusters: int,
    level: float,
) -> Estimate:
    from scipy.special import stdtr, stdtrit

    value, half = float(beta[at]), float(stdtrit(df, (1 + level) / 2)) * error
    centre = float(w @ y / w.sum())
    around = float(w @ (y - centre) ** 2)
    return Estimate(
        value=value,
        standard_error=error,
        df=df,
        interval=Interval(low=value - half, high=value + half, level=level),
        p_value=float(2 * stdtr(df, -abs(value) / error)) if error > 0 else 1.0,
        n_rows=len(y),
        n_clusters=n_clusters,
        r_squared=max(0.0, 1 - float(w @ (y - x @ beta) ** 2) / around) if around > 0 else 0.0,
        n_columns=x.shape[1],
    )


def _checked(
    outcome: ArrayLike, design: ArrayLike, cluster: ArrayLike | None, weight: ArrayLike | None
) -> tuple[Floats, Floats, Ints, Floats]:
    y, x = np.asarray(outcome, dtype=np.float64), np.asarray(design, dtype=np.float64)
    if y.ndim != 1 or x.ndim != 2 or len(y) != len(x):
        raise ValueError(f"found an outcome {y.shape} and a design {x.shape}, expected the same rows.")
    w = np.ones(len(y)) if weight is None else np.asarray(weight, dtype=np.float64)
    if not (np.isfinite(y).all() and np.isfinite(x).all() and w.shape == y.shape and (w > 0).all()):
        raise ValueError("found gaps, or weights that are not above 0: expected a number in every place.")
    code = np.arange(len(y))
    if cluster is not None:
        code = np.unique(np.asarray(cluster), return_inverse=True)[1].reshape(-1).astype(np.int64)
        if code.shape != y.shape:
            raise ValueError(f"found {len(code)} clusters' names for {len(y)} rows, expected one a row.")
    return y, x, code, w


def _of_full_rank(x: Floats, w: Floats, column: int) -> tuple[Floats, int]:
    """Columns that say something of their own, the asked one last so that it must."""
    order = [j for j in range(x.shape[1]) if j != column] + [column]
    root = np.sqrt(w)[:, None] * x[:, order]
    kept, basis = [], np.zeros((len(x), 0))
    for j in range(len(order)):
        one = root[:, j]
        rest = one - basis @ (basis.T @ one)
        rest -= basis @ (basis.T @ rest)
        if float(np.linalg.norm(rest)) > 1e-9 * max(float(np.linalg.norm(one)), 1e-300):
            kept.append(order[j])
            basis = np.column_stack([basis, rest / np.linalg.norm(rest)])
    if column not in kept:
        raise ValueError("the asked column is made up of the others: nothing is left to estimate.")
    if len(kept) >= len(x):
        raise ValueError(f"found {len(x)} rows for {len(kept)} columns, expected more rows.")
    return x[:, kept], kept.index(column)
