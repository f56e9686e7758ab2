"""What could the study have seen at all? The smallest effect that it would find in 80 of 100 such studies.

In:   the study's own standard error; or how many students and clusters, how alike students of a cluster are,
      what the pretest explains.
Out:  the minimum detectable effect size.
Not here: what it did see (effect).

    counted:  M SE,                                               df of the effect's own interval
    clusters: M sqrt[ rho (1 - R2^2) / (P (1-P) J) + (1-rho)(1 - R1^2) / (P (1-P) J n) ],  df = J - 2 - g
    students: M sqrt[ (1 - R^2) / (P (1-P) N) ],                                          df = N - 2 - g

M is the sum of the two t's (two-sided .05, power .80), P the share that got it, g the covariates.

Sources: Bloom (1995), Evaluation Review 19, 547-556; Bloom, Richburg-Hayes & Black (2007), Educational
Evaluation and Policy Analysis 29, 30-59; Dong & Maynard (2013), Journal of Research on Educational
Effectiveness 6, 24-67.
"""

from dataclasses import dataclass, replace
from math import sqrt


@dataclass(frozen=True, slots=True, kw_only=True)
class Mdes:
    value: float  # standard deviations
    multiplier: float
    df: float
    power: float
    level: float
    is_counted: bool = False  # from the study's own standard error; else from its size, as one is planned


def mdes_of_error(*, standard_error: float, df: float, power: float = 0.8) -> Mdes:
    """Where the effect's own standard error is known: what the study saw with, not what was planned."""
    return replace(_mdes(standard_error**2, df, power), is_counted=True)


def mdes_of_students(
    *, n: int, share_treated: float, r_squared: float = 0.0, n_covariates: int = 0, power: float = 0.8
) -> Mdes:
    """Where students were assigned one by one."""
    spread = _spread(share_treated)
    return _mdes((1 - r_squared) / (spread * n), n - 2 - n_covariates, power)


def mdes_of_clusters(
    *,
    n_clusters: float,
    size: float,
    icc: float,
    share_treated: float,
    r_squared_clusters: float = 0.0,
    r_squared_students: float = 0.0,
    n_covariates: int = 0,
    power: float = 0.8,
) -> Mdes:
    """Where whole clusters were assigned; ``n_covariates`` counts those of clusters."""
    spread = _spread(share_treated)
    between = icc * (1 - r_squared_clusters) / (spread * n_clusters)
    within = (1 - icc) * (1 - r_squared_students) / (spread * n_clusters * size)
    return _mdes(between + within, n_clusters - 2 - n_covariates, power)


def _spread(share: float) -> float:
    if not 0 < share < 1:
        raise ValueError(f"found a share of {share:g} who got it, expected more than 0 and below 1.")
    return share * (1 - share)


def _mdes(variance: float, df: float, power: float, level: float = 0.95) -> Mdes:
    from scipy.special import stdtrit

    if not df >= 1:
        raise ValueError(f"found {df:g} degrees of freedom, expected at least 1: there are too few units.")
    multiplier = float(stdtrit(df, (1 + level) / 2) + stdtrit(df, power))
    return Mdes(value=multiplier * sqrt(variance), multiplier=multiplier, df=df, power=power, level=level)
