"""One factor by maximum likelihood: how strongly does each item go with what all of them share?

In:   covariances of the items, students x items having been summed up already.
Out:  loadings and unique variances on the items' own scale, how the search ended, how well one factor fits.
Not here: omega (omega); two factors or more (a question for a factor program, not for this house).

Source: Joereskog (1967), Psychometrika 32, 443-482: the unique variances are searched for, the loadings
follow from the first eigenvector.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh
from scipy.optimize import minimize

from plainview.core.measure.scores import Floats
from plainview.core.stats.ended import Ended

LEAST_UNIQUE = 0.005  # of an item's variance; below, a loading would be taken for certain (a Heywood case)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFactor:
    loadings: Floats  # (n_items,) in points
    uniques: Floats  # (n_items,) variances, in points squared
    ended: Ended
    at_the_bound: tuple[int, ...]  # items whose unique variance stopped at its lower bound
    misfit: float  # the discrepancy F: 0 where one factor accounts for every covariance
    residual: float  # SRMR: root mean square of the correlations that one factor leaves over


def fit(found: Floats, *, n: int) -> OneFactor:
    """The one factor that makes these covariances likeliest.

    Parameters
    ----------
    found : (n_items, n_items) float
        Covariances; every variance above 0, of full rank.
    n : int
        Students behind them.
    """
    scale = np.sqrt(np.diag(found))
    correlations = found / np.outer(scale, scale)
    # Factor programs start where each item's multiple correlation with the others would put it.
    start = np.clip(0.5 / np.diag(np.linalg.inv(correlations)), LEAST_UNIQUE, 1.0)
    search = minimize(
        _discrepancy,
        start,
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUE, 1.0)] * len(start),
        options={"maxiter": 1000, "ftol": 1e-15, "gtol": 1e-8},
    )
    uniques = np.asarray(search.x, dtype=np.float64)
    loadings = _loadings(uniques, correlations)
    left_over = correlations - np.outer(loadings, loadings)
    np.fill_diagonal(left_over, 0.0)
    k = len(start)
    return OneFactor(
        loadings=loadings * scale,
        uniques=uniques * scale**2,
        ended=_ended(search, n, found),
        at_the_bound=tuple(int(j) for j in np.flatnonzero(uniques <= LEAST_UNIQUE * 1.001)),
        misfit=float(search.fun),
        residual=float(np.sqrt((left_over**2).sum() / (k * (k - 1)))),
    )


def _first(uniques: Floats, correlations: Floats) -> tuple[Floats, Floats]:
    sizes, directions = eigh(correlations / np.sqrt(np.outer(uniques, uniques)))
    return sizes, directions[:, -1]


def _loadings(uniques: Floats, correlations: Floats) -> Floats:
    sizes, direction = _first(uniques, correlations)
    loadings = np.sqrt(uniques) * direction * np.sqrt(max(sizes[-1] - 1, 0.0))
    return np.asarray(loadings * (1.0 if loadings.sum() >= 0 else -1.0))


def _discrepancy(uniques: Floats, correlations: Floats) -> tuple[float, Floats]:
    """F and its slope in the unique variances (Joereskog 1967, equations 18 and 20)."""
    sizes, direction = _first(uniques, correlations)
    rest = sizes[:-1]
    value = float((rest - np.log(rest) - 1).sum()) + max(1.0 - sizes[-1], 0.0)
    loadings = np.sqrt(uniques) * direction * np.sqrt(max(sizes[-1] - 1, 0.0))
    slope = (loadings**2 + uniques - np.diag(correlations)) / uniques**2
    return value, slope


def _ended(search: object, n: int, found: Floats) -> Ended:
    converged, steps = bool(search.success), int(search.nit)  # type: ignore[attr-defined]
    fun = float(search.fun)  # type: ignore[attr-defined]
    k = len(found)
    log_likelihood = -(n - 1) / 2 * (fun + k + float(np.linalg.slogdet(found)[1]))
    said = f"converged after {steps} steps" if converged else f"stopped after {steps} steps without an end"
    return Ended(
        converged=converged, n_steps=steps, log_likelihood=log_likelihood, objective=log_likelihood, said=said
    )
