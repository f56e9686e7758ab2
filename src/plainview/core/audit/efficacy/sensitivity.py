"""How strong would something unseen have to be, to make what was found? The E-value and Rosenbaum's bounds.

In:   an effect in standard deviations; or the differences of matched pairs.
Out:  the E-value of the effect and of the near end of its interval; the Gamma at which p passes .05.
Not here: whether there is such a thing. Each number is a reason to ask, not an answer.

    E = RR + sqrt(RR (RR - 1)),  RR = exp(.91 g),  ends exp(.91 g -+ 1.78 SE)

Rosenbaum: in matched pairs, one student's odds of having got it may be up to Gamma times the other's. The
signed ranks' sum is then at most as if each pair fell the right way with probability Gamma / (1 + Gamma).

Sources: VanderWeele & Ding (2017), Annals of Internal Medicine 167, 268-274. Rosenbaum (2002), Observational
Studies, 2nd ed., section 4.3.
"""

from dataclasses import dataclass
from math import exp, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

LARGEST_GAMMA = 50.0
Z = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class EValue:
    estimate: float  # of the effect; 1: nothing unseen is needed
    near_end: float  # of the end of the interval that is nearer to no effect; 1 where it holds no effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    gamma: float  # up to here chance stays an unlikely reason; 1: not even without anything unseen
    n_pairs: int  # that differ


def e_value_of_ratio(ratio: float) -> float:
    """Of a risk ratio, whichever way it points. 3.9 gives 7.26."""
    up = ratio if ratio >= 1 else 1 / ratio
    return up + sqrt(up * (up - 1))


def e_value(*, g: float, standard_error: float) -> EValue:
    """Of a standardised difference."""
    ratio = exp(0.91 * g)
    ends = exp(0.91 * g - 1.78 * standard_error), exp(0.91 * g + 1.78 * standard_error)
    holds_none = ends[0] <= 1 <= ends[1]
    near = ends[0] if ratio > 1 else ends[1]
    return EValue(estimate=e_value_of_ratio(ratio), near_end=1.0 if holds_none else e_value_of_ratio(near))


def highest_p(differences: ArrayLike, *, gamma: float) -> float:
    """The largest one-sided p of the signed-rank test that an unseen thing of strength ``gamma`` allows."""
    from scipy.stats import rankdata

    apart = np.asarray(differences, dtype=np.float64)
    # A pair without a difference keeps its rank among the others and counts for neither side (Rosenbaum).
    ranks = np.where(apart != 0, rankdata(np.abs(apart)), 0.0)
    share = gamma / (1 + gamma)
    mean, variance = share * ranks.sum(), share * (1 - share) * (ranks**2).sum()
    if variance == 0:
        return 1.0
    return 1 - Z.cdf((float(ranks[apart > 0].sum()) - mean) / sqrt(variance))


def bounds(differences: ArrayLike, *, level: float = 0.05) -> Bounds:
    """The Gamma up to which the pairs still speak for an effect in the direction that they show."""
    apart = np.asarray(differences, dtype=np.float64)
    apart = apart if np.median(apart) >= 0 else -apart
    n = int((apart != 0).sum())
    if highest_p(apart, gamma=1.0) > level:
        return Bounds(gamma=1.0, n_pairs=n)
    low, high = 1.0, LARGEST_GAMMA
    if highest_p(apart, gamma=high) <= level:
        return Bounds(gamma=high, n_pairs=n)
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if highest_p(apart, gamma=middle) <= level else (low, middle)
    return Bounds(gamma=low, n_pairs=n)
