"""Many small logistic regressions on the same few columns, all at once.

In:   one design; how often each outcome was tried and hit in each of its rows.
Out:  coefficients, their covariances, log-likelihoods, and for each whether the search ended.
Not here: thousands of columns (learner's sparse solver), what the columns mean.

Newton's method with step halving, from the log-odds of the overall share. Where hits can be told apart
without error, the likeliest coefficients lie at infinity: such a fit is reported as not converged, its
numbers mean nothing.

Source: McCullagh & Nelder (1989), Generalized Linear Models, chapter 4.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit, logit

Floats = NDArray[np.float64]
MOST_STEPS = 50
CLOSE_ENOUGH = 1e-9  # of log-likelihood still to be won
ALL_BUT_CERTAIN = 25.0  # log-odds: beyond it, nothing but separation takes a fit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fits:
    """One row an outcome."""

    coefficients: Floats  # (n_outcomes, n_columns)
    covariances: Floats  # (n_outcomes, n_columns, n_columns)
    log_likelihood: Floats  # (n_outcomes,) without the binomial constant
    converged: NDArray[np.bool_]
    n_steps: int


def fit_many(design: Floats, *, hits: Floats, trials: Floats) -> Fits:
    """Logistic regressions of many outcomes on the same design.

    Parameters
    ----------
    design : (n_rows, n_columns) float
        The first column is all 1.
    hits, trials : (n_rows, n_outcomes) float
        How often each outcome was tried in a row, and how often hit. No trials: the row does not count.
    """
    if hits.shape != trials.shape or len(design) != len(hits):
        raise ValueError(
            f"found a design of {len(design)} rows, hits {hits.shape} and trials {trials.shape}, "
            "expected the same rows."
        )
    products = np.einsum("ri,rj->rij", design, design).reshape(len(design), -1)
    beta = _start(design, hits, trials)
    now = _log_likelihood(design @ beta.T, hits, trials)
    done, n_steps = np.zeros(len(beta), dtype=bool), 0
    while not done.all() and n_steps < MOST_STEPS:
        n_steps += 1
        move, won = _newton(design, products, beta, hits, trials)
        done = np.abs(won) < CLOSE_ENOUGH
        beta, now = _as_far_as_it_pays(design, beta, move, now, hits, trials)
    eta = design @ beta.T
    certain = (np.abs(np.where(trials > 0, eta, 0.0)) > ALL_BUT_CERTAIN).any(axis=0)
    information = _information(products, eta, trials, design.shape[1])
    good = done & ~certain & (np.linalg.cond(information) < 1e14)
    return Fits(
        coefficients=beta,
        covariances=_inverted(information, good),
        log_likelihood=now,
        converged=good,
        n_steps=n_steps,
    )


def _start(design: Floats, hits: Floats, trials: Floats) -> Floats:
    n = np.maximum(trials.sum(axis=0), 1.0)
    beta = np.zeros((hits.shape[1], design.shape[1]))
    beta[:, 0] = logit((hits.sum(axis=0) + 0.5) / (n + 1))
    return beta


def _log_likelihood(eta: Floats, hits: Floats, trials: Floats) -> Floats:
    return np.asarray((hits * log_expit(eta) + (trials - hits) * log_expit(-eta)).sum(axis=0))


def _information(products: Floats, eta: Floats, trials: Floats, k: int) -> Floats:
    p = expit(eta)
    return np.asarray((products.T @ (trials * p * (1 - p))).T.reshape(-1, k, k))


def _newton(
    design: Floats, products: Floats, beta: Floats, hits: Floats, trials: Floats
) -> tuple[Floats, Floats]:
    """The step to the top of the parabola through here, and what it would win."""
    eta, k = design @ beta.T, design.shape[1]
    slope = (design.T @ (hits - trials * expit(eta))).T
    information = _information(products, eta, trials, k)
    # A hair of a ridge keeps a design with empty rows solvable; it moves no digit that is printed.
    ridge = 1e-12 * (1 + np.trace(information, axis1=1, axis2=2))[:, None, None] * np.eye(k)
    move = np.linalg.solve(information + ridge, slope[..., None])[..., 0]
    return move, np.einsum("oi,oi->o", slope, move) / 2


def _as_far_as_it_pays(
    design: Floats, beta: Floats, move: Floats, now: Floats, hits: Floats, trials: Floats
) -> tuple[Floats, Floats]:
    part = np.ones(len(beta))
    for _ in range(30):
        tried = beta + part[:, None] * move
        then = _log_likelihood(design @ tried.T, hits, trials)
        worse = then < now - 1e-12 * np.abs(now)
        if not worse.any():
            return tried, then
        part = np.where(worse, part / 2, part)
    return np.where(worse[:, None], beta, tried), np.where(worse, now, then)


def _inverted(information: Floats, good: NDArray[np.bool_]) -> Floats:
    made = np.full_like(information, np.nan)
    if good.any():
        made[good] = np.linalg.inv(information[good])
    return made
