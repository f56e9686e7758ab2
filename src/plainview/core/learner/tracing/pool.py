"""What the other skills of a log say of a skill with few answers.

In:   every skill's numbers and information, fitted with the stated priors.
Out:  a prior for each kind of number, learned from all skills of the log.
Not here: the fit itself (climb).

Skills of one log are taken to be alike to a degree that the log itself shows: the log-odds of, say, their
guesses are held to follow a normal curve, whose middle and spread are estimated together with the skills
(empirical Bayes; each skill's likelihood as a normal curve about its top, by EM). The stated prior counts as
one skill more, so that no spread falls to 0. The curve is then written as the Beta whose top and curvature
there are the same.

Source: Efron & Morris (1975), Journal of the American Statistical Association 70, 311-319; Laird & Ware
(1982), Biometrics 38, 963-974 (the EM for the spread).
"""

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.bkt import Beta
from plainview.core.learner.tracing.doubt import Doubt
from plainview.core.learner.tracing.numbers import Held, Layout, log_odds

Floats = NDArray[np.float64]
STATED_COUNTS_AS = 1.0  # skills
_ROUNDS = 60
LEAST_INFORMATION = 0.1  # a tenth of what the stated priors carry
MOST_WEIGHT = 400.0  # of a pooled Beta, in answers: beyond this a prior would hide a skill that differs


def pooled(
    layout: Layout, held: Held, p: Floats, doubt: Doubt, stated: dict[str, Beta], seen: NDArray[np.bool_]
) -> dict[str, Beta]:
    """A prior a kind. The layout has one number of each kind a skill; ``seen``: skills with answers."""
    kinds = layout.kinds
    middle, spread = (np.array(column) for column in zip(*(normal(stated[k]) for k in kinds), strict=True))
    top, pull, information = _likelihoods(layout, held, p, doubt, seen)
    n, before, wide = len(top), middle.copy(), spread.copy()
    for _ in range(_ROUNDS if n else 0):
        precision = information + np.eye(len(kinds)) / wide
        around = np.linalg.inv(precision)
        mean = top + np.einsum("sij,sj->si", around, pull + (middle - top) / wide)
        variance = np.einsum("sii->si", around)
        middle = (STATED_COUNTS_AS * before + mean.sum(axis=0)) / (STATED_COUNTS_AS + n)
        off = (mean - middle) ** 2 + variance
        wide = (STATED_COUNTS_AS * (spread + (before - middle) ** 2) + off.sum(axis=0)) / (
            STATED_COUNTS_AS + n
        )
    return {kind: beta(m, w, stated[kind].cap) for kind, m, w in zip(kinds, middle, wide, strict=True)}


def _likelihoods(
    layout: Layout, held: Held, p: Floats, doubt: Doubt, seen: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """Each skill's likelihood without its prior: where it was fitted, the slope there, the information."""
    k = len(layout.kinds)
    grid = np.stack([np.arange(layout.n)[layout.of[kind]] for kind in layout.kinds], axis=1)[seen]
    weight = (held.a + held.b - 2)[grid]
    prior_slope = (held.a[grid] - 1) - weight * p[grid]
    prior_curve = weight * p[grid] * (1 - p[grid])
    own = doubt.information[seen] - prior_curve[:, :, None] * np.eye(k)
    values, vectors = np.linalg.eigh(own)
    # Where the answers say next to nothing, the curve is not a normal one: nothing is read from it.
    values = np.where(values > LEAST_INFORMATION, values, 0.0)
    own = np.einsum("sij,sj,skj->sik", vectors, values, vectors)
    pull = np.where(doubt.at_cap[grid], 0.0, -prior_slope)
    pull = np.einsum("sij,sj,skj,sk->si", vectors, (values > 0).astype(float), vectors, pull)
    return log_odds(p[grid]), pull, own


def normal(prior: Beta) -> tuple[float, float]:
    """Middle and variance, in log-odds, of the normal curve that touches a Beta at its top."""
    weight = max(prior.a + prior.b - 2, 1e-6)
    top = min(max((prior.a - 1) / weight, 1e-3), 1 - 1e-3)
    return float(np.log(top / (1 - top))), 1 / (weight * top * (1 - top))


def beta(middle: float, variance: float, cap: float) -> Beta:
    """The Beta with this top and this curvature there."""
    top = min(float(1 / (1 + np.exp(-middle))), cap * 0.999)
    weight = min(1 / (variance * top * (1 - top)), MOST_WEIGHT)
    return Beta(a=1 + weight * top, b=1 + weight * (1 - top), cap=cap)
