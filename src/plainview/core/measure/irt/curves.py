"""Response curves: how likely each category of each item is at each ability.

In:   parameters in slope/intercept form, one row an item: slope, intercepts, for "3pl" the lower asymptote.
Out:  log-probabilities, their derivatives by the parameters, and the information they carry.
Not here: which parameters are right (climb), the a/b form that people read (items).

"steps"  generalised partial credit, Muraki (1992); with two categories it is the 2PL, Birnbaum (1968):
         log P(k) = k a theta + d_k - log sum_h exp(h a theta + d_h), d_0 = 0.
"graded" Samejima (1969): P(at least k) = expit(a theta + d_k), d falling.
"3pl"    Birnbaum (1968): P(right) = c + (1 - c) expit(a theta + d). c itself is the parameter, not its logit:
         at c = 0 the logit runs away and the search after it, where c simply stops.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]

SMALLEST_P = 1e-12  # below this a category is as good as impossible, and its logarithm would only be noise


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """Items of one kind and one number of categories: they are computed together."""

    kind: str  # "steps", "graded" or "3pl"
    items: NDArray[np.intp]  # (n,) columns among the items that are fitted
    n_categories: int
    values: Floats  # (n, n_parameters)

    @property
    def steps(self) -> Floats:
        """How often the slope counts in each category's logit: k for "steps", once otherwise."""
        return np.arange(self.n_categories, dtype=float)

    def at(self, values: Floats) -> "Block":
        return replace(self, values=values)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curves:
    """One block on a grid. ``score``: d log P(k) / d parameter; ``shift``: d log P(k) / d (a theta)."""

    p: Floats  # (n, n_categories, n_nodes)
    log_p: Floats
    score: Floats  # (n, n_categories, n_parameters, n_nodes)
    shift: Floats  # (n, n_categories, n_nodes)


def log_p(block: Block, theta: Floats) -> Floats:
    """(n, n_categories, n_nodes)."""
    if block.kind == "steps":
        return _log_p_of_steps(block, theta)
    if block.kind == "graded":
        return np.log(np.maximum(_p_of_graded(block, theta), SMALLEST_P))
    z, c = _logit(block, theta), block.values[:, 2, None]
    log_wrong = np.log1p(-c) - np.logaddexp(0, z)
    return np.stack([log_wrong, np.log(np.maximum(c + (1 - c) * expit(z), SMALLEST_P))], axis=1)


def curves(block: Block, theta: Floats) -> Curves:
    """Probabilities with the derivatives that a search needs."""
    logs = log_p(block, theta)
    p = np.exp(logs)
    intercepts, shift, guess = _DERIVATIVES[block.kind](block, theta, p)
    score = np.concatenate([(shift * theta)[:, :, None, :], intercepts, guess], axis=2)
    return Curves(p=p, log_p=logs, score=score, shift=shift)


def _logit(block: Block, theta: Floats) -> Floats:
    return block.values[:, 0, None] * theta + block.values[:, 1, None]


def _log_p_of_steps(block: Block, theta: Floats) -> Floats:
    if block.n_categories == 2:
        z = _logit(block, theta)
        log_right = -np.logaddexp(0, -z)
        return np.stack([log_right - z, log_right], axis=1)
    n = len(block.values)
    intercepts = np.concatenate([np.zeros((n, 1)), block.values[:, 1:]], axis=1)
    z = block.values[:, 0, None, None] * block.steps[:, None] * theta + intercepts[:, :, None]
    top = z.max(axis=1, keepdims=True)
    shifted: Floats = z - (top + np.log(np.exp(z - top).sum(axis=1, keepdims=True)))
    return shifted


def _at_least(block: Block, theta: Floats) -> Floats:
    """P(category >= k), k = 0..K: 1 first, 0 last."""
    z = block.values[:, 0, None, None] * theta + block.values[:, 1:, None]
    ends = np.ones((len(z), 1, len(theta)))
    return np.concatenate([ends, expit(z), 0 * ends], axis=1)


def _p_of_graded(block: Block, theta: Floats) -> Floats:
    at_least = _at_least(block, theta)
    p: Floats = at_least[:, :-1] - at_least[:, 1:]
    return p


Derivatives = tuple[Floats, Floats, Floats]  # by intercepts, by a shift of a theta, by the guess (or nothing)


def _of_steps(block: Block, theta: Floats, p: Floats) -> Derivatives:
    k = block.steps
    shift = k[None, :, None] - (k[:, None] * p).sum(axis=1, keepdims=True)
    intercepts = np.eye(len(k))[None, :, 1:, None] - p[:, None, 1:, :]
    return intercepts, shift, intercepts[:, :, :0]


def _of_graded(block: Block, theta: Floats, p: Floats) -> Derivatives:
    at_least = _at_least(block, theta)
    slope = (at_least * (1 - at_least))[:, 1:-1]  # (n, K-1, n_nodes)
    n_categories = block.n_categories
    lifts = np.eye(n_categories)[:, 1:] - np.eye(n_categories)[:, :-1]  # (K, K-1): gains from, loses to
    safe = np.maximum(p, SMALLEST_P)
    intercepts = lifts[None, :, :, None] * slope[:, None] / safe[:, :, None]
    return intercepts, intercepts.sum(axis=2), intercepts[:, :, :0]


def _of_3pl(block: Block, theta: Floats, p: Floats) -> Derivatives:
    z, c = _logit(block, theta), block.values[:, 2, None]
    f, right = expit(z), p[:, 1]
    shift = np.stack([-f, (1 - c) * f * (1 - f) / right], axis=1)
    guess = np.stack([np.broadcast_to(-1 / (1 - c), z.shape), (1 - f) / right], axis=1)
    return shift[:, :, None], shift, guess[:, :, None]


_DERIVATIVES = {"steps": _of_steps, "graded": _of_graded, "3pl": _of_3pl}


def cross_information(found: Curves) -> Floats:
    """What one answer says of each parameter and of a shift at once: (n, n_parameters, n_nodes)."""
    weighted = found.p * found.shift
    return np.asarray((found.score * weighted[:, :, None]).sum(axis=1))


def shift_information(found: Curves) -> Floats:
    """(n, n_nodes): times the slope squared it is the item information at theta."""
    return np.asarray((found.p * found.shift**2).sum(axis=1))
