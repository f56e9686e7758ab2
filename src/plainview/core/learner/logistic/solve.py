"""Penalised maximum likelihood for dense columns and sparse blocks together: one solver for every layout.

In:   chunks of a design, a prior for each weight.
Out:  the weights at which penalised log-likelihood is greatest, and how the search ended.
Not here: what the weights mean (told), how they are doubted (curvature).

Minimises  sum of log(1 + exp(eta)) - right * eta  +  1/2 sum of strength * (weight - centre)^2:  one minimum.
Limited-memory BFGS (Nocedal & Wright 2006, algorithm 7.5) whose first guess of the curvature is no multiple
of the identity but the true curvature on some of the chunks: items, skills and columns pull at each other,
and what they share is eliminated exactly there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.logistic.design import Chunk
from plainview.core.stats.ended import Ended

Floats = NDArray[np.float64]
MOST_STEPS = 200
REMEMBERED = 12
ENOUGH_DECREASE = 1e-4
MOST_HALVINGS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What each weight is held to before any answer is seen: normal, about a centre."""

    centre: Floats  # (n_weights,)
    strength: Floats  # (n_weights,) 1 / variance; 0 for the intercept

    def cost(self, weights: Floats) -> float:
        return 0.5 * float(self.strength @ (weights - self.centre) ** 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    weights: Floats  # (1 + n_columns + n_sparse,): intercept, columns, blocks
    ended: Ended
    gradient_norm: float  # largest component, a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where the search stands."""

    weights: Floats
    loss: float  # minus the log-likelihood
    objective: float  # with the penalty
    gradient: Floats
    rounding: float  # how far the objective may be off


def log_odds(chunk: Chunk, weights: Floats) -> NDArray[np.floating]:
    """(n_rows,) what the weights say before the answer."""
    kind, n = chunk.dense.dtype, chunk.dense.shape[1]
    eta: NDArray[np.floating] = chunk.dense @ weights[:n].astype(kind)
    if chunk.sparse.shape[1]:
        eta += chunk.sparse @ weights[n:].astype(kind)
    return eta


def probabilities(eta: NDArray[np.floating]) -> NDArray[np.floating]:
    """Without overflow at either end."""
    p: NDArray[np.floating] = np.exp(eta - softplus(eta))
    return p


def softplus(eta: NDArray[np.floating]) -> NDArray[np.floating]:
    """log(1 + exp(eta)), without overflow."""
    found: NDArray[np.floating] = np.maximum(eta, 0) + np.log1p(np.exp(-np.abs(eta)))
    return found


def evaluate(chunks: Iterable[Chunk], weights: Floats, prior: Prior) -> Point:
    """Loss and gradient, chunk by chunk: memory holds one chunk's numbers beside the design."""
    loss, gradient, eps = 0.0, prior.strength * (weights - prior.centre), 0.0
    for chunk in chunks:
        n, eta = chunk.dense.shape[1], log_odds(chunk, weights)
        soft = softplus(eta)
        loss += float(np.sum(soft - chunk.right * eta, dtype=np.float64))
        residual = np.exp(eta - soft) - chunk.right
        gradient[:n] += residual @ chunk.dense
        if chunk.sparse.shape[1]:
            gradient[n:] += chunk.sparse.T @ residual
        eps = float(np.finfo(eta.dtype).eps)
    objective = loss + prior.cost(weights)
    return Point(
        weights=weights, loss=loss, objective=objective, gradient=gradient, rounding=16 * eps * abs(objective)
    )


def minimise(
    chunks: Callable[[], Iterable[Chunk]],
    *,
    start: Floats,
    prior: Prior,
    curve: Callable[[Floats], Floats],
    n_rows: int,
    tolerance: float,
    most_steps: int = MOST_STEPS,
) -> Solution:
    """Go downhill until another step would win less than ``tolerance`` log-likelihood.

    ``curve`` answers, for a gradient, the step that the curvature near the start would take. What a step
    would win is half of gradient times step: a rare item's weight counts there as much as a common one's.
    """
    here = evaluate(chunks(), start, prior)
    memory: list[tuple[Floats, Floats]] = []
    for steps in range(most_steps + 1):
        direction = -_through_memory(here.gradient, memory, curve)
        to_win = -0.5 * float(direction @ here.gradient)
        there = _step(chunks, here, direction, prior) if to_win > tolerance and steps < most_steps else None
        if there is None:
            break
        memory = [*memory[-REMEMBERED + 1 :], (there.weights - here.weights, there.gradient - here.gradient)]
        here = there
    return _ended(here, steps, to_win, tolerance, n_rows)


def _step(
    chunks: Callable[[], Iterable[Chunk]], here: Point, direction: Floats, prior: Prior
) -> Point | None:
    """The full step, or half of it, or half of that, until it is worth it; None when none is."""
    slope = float(direction @ here.gradient)
    for halving in range(MOST_HALVINGS):
        size = 0.5**halving
        there = evaluate(chunks(), here.weights + size * direction, prior)
        worth = there.objective - here.objective
        # Close to the end the objective's own rounding hides what a step wins; the slope still shows it.
        flat = abs(float(direction @ there.gradient)) <= 0.5 * abs(slope)
        if worth <= ENOUGH_DECREASE * size * slope or (flat and worth <= here.rounding):
            return there
    return None


def _through_memory(
    gradient: Floats, memory: list[tuple[Floats, Floats]], curve: Callable[[Floats], Floats]
) -> Floats:
    """The two loops of limited-memory BFGS, with the curvature between them."""
    q, told = gradient.copy(), []
    for step, change in reversed(memory):
        along = float(step @ q) / float(step @ change)
        q -= along * change
        told.append(along)
    r = curve(q)
    for (step, change), along in zip(memory, reversed(told), strict=True):
        r += (along - float(change @ r) / float(step @ change)) * step
    return r


def _ended(here: Point, steps: int, to_win: float, tolerance: float, n_rows: int) -> Solution:
    norm = float(np.abs(here.gradient).max()) / max(n_rows, 1)
    converged = to_win <= tolerance
    said = f"converged after {steps} steps: another would win {to_win:.0e} log-likelihood"
    if not converged:
        said = f"stopped after {steps} steps, not converged: another would win {to_win:.0e} log-likelihood"
    ended = Ended(
        converged=converged, n_steps=steps, log_likelihood=-here.loss, objective=-here.objective, said=said
    )
    return Solution(weights=here.weights, ended=ended, gradient_norm=norm)
