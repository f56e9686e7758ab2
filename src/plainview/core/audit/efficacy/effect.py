"""How large is a difference between two arms, in standard deviations? Hedges' g and Cox' index.

In:   means and standard deviations, shares, a regression's estimate, or a t; how students were clustered.
Out:  the effect with its standard error, interval, p and improvement index.
Not here: whether the difference was caused (rating), rows of students (from_rows).

    g = omega (y_T - y_C) / S          omega = 1 - 3 / (4 h - 1)      S pooled with n - 1 as weights
    Cox: omega (logit p_T - logit p_C) / 1.65
    variance = first x (1, or eta where clusters were ignored, or gamma where they were not) + g^2 / (2 h)
    first = 1/n_T + 1/n_C, times (1 - R^2) with covariates, times 2 (1 - r) for a difference in differences;
            (SE/S)^2 where the study gives the standard error of its regression's estimate

With clusters g is also multiplied by sqrt(gamma) (see clustering). Version "4.1" is the handbook of 2020
before its supplement: h is N - 2 for the effect itself, no gamma, and g^2 / (2 N).

Sources: What Works Clearinghouse, Procedures and Standards Handbook 5.0 (2022), appendix E; Supplement to
version 4.1 (2020). Hedges (1981), Journal of Educational Statistics 6, 107-128. Sanchez-Meca,
Marin-Martinez & Chacon-Moscoso (2003), Psychological Methods 8, 448-467 (1.65).
"""

from dataclasses import dataclass, replace
from math import log, sqrt
from statistics import NormalDist
from typing import Literal

from plainview.core.audit.efficacy.clustering import Clustering
from plainview.core.stats.interval import Interval

Version = Literal["5.0", "4.1"]
COX = 1.65
Z = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """What one arm scored."""

    n: int
    mean: float
    sd: float

    def __post_init__(self) -> None:
        if self.n < 2 or not self.sd >= 0:
            raise ValueError(
                f"an arm of {self.n} with deviation {self.sd}: expected two or more, and 0 or more."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A standardised difference. Above 0: those who got it scored higher."""

    value: float  # in standard deviations
    standard_error: float
    interval: Interval
    p_value: float  # two-sided
    df: float  # of the interval and the p
    n_treated: int
    n_control: int
    omega: float
    how: str  # which formula

    @property
    def improvement_index(self) -> float:
        """By how many percentile ranks the average student of the control arm would rise."""
        return improvement_index(self.value)

    @property
    def improvement_interval(self) -> Interval:
        low, high = improvement_index(self.interval.low), improvement_index(self.interval.high)
        return Interval(low=low, high=high, level=self.interval.level)

    @property
    def n(self) -> int:
        return self.n_treated + self.n_control


def improvement_index(g: float) -> float:
    """100 (Phi(g) - .5)."""
    return 100 * (Z.cdf(g) - 0.5)


def omega(h: float) -> float:
    """What takes the small-sample bias out of a standardised difference with ``h`` degrees of freedom."""
    if not h > 1:
        raise ValueError(f"found {h:g} degrees of freedom, expected more than 1.")
    return 1 - 3 / (4 * h - 1)


def pooled_sd(treated: Arm, control: Arm) -> float:
    """S, each arm weighing n - 1."""
    squares = (treated.n - 1) * treated.sd**2 + (control.n - 1) * control.sd**2
    return sqrt(squares / (treated.n + control.n - 2))


def hedges_g(
    *,
    treated: Arm,
    control: Arm,
    difference: float | None = None,
    r_squared: float = 0.0,
    clustering: Clustering | None = None,
    clusters_ignored: bool = True,
    version: Version = "5.0",
    level: float = 0.95,
) -> Effect:
    """Hedges' g of two arms.

    Parameters
    ----------
    treated, control : Arm
        Unadjusted means and standard deviations.
    difference : float, optional
        The adjusted difference of means, where covariates were used; else the difference of the means.
    r_squared : float
        The share of variance that the covariates explain; 0 without, or where the study does not say.
    clustering : Clustering, optional
        Where students were assigned or taught in clusters.
    clusters_ignored : bool
        Whether the study's own standard errors left the clusters out; means and deviations always do.

    Raises
    ------
    ValueError
        If nothing varies, or a number lies outside its range.

    Source
    ------
    What Works Clearinghouse Handbook 5.0, appendix E.
    """
    apart = treated.mean - control.mean if difference is None else difference
    if not 0 <= r_squared < 1:
        raise ValueError(f"found R squared {r_squared:g}, expected 0 to below 1.")
    return standardised(
        difference=apart / _above_zero(pooled_sd(treated, control)),
        first=(1 / treated.n + 1 / control.n) * (1 - r_squared),
        n_treated=treated.n,
        n_control=control.n,
        clustering=clustering,
        clusters_ignored=clusters_ignored,
        version=version,
        level=level,
        how="Hedges' g" + (", adjusted" if difference is not None else ""),
    )


def from_regression(
    *,
    estimate: float,
    standard_error: float,
    sd: float,
    n_treated: int,
    n_control: int,
    clustering: Clustering | None = None,
    clusters_ignored: bool = False,
    version: Version = "5.0",
    level: float = 0.95,
) -> Effect:
    """g of a regression's estimate: first term (SE / S)^2. ``sd`` is the unadjusted, pooled one."""
    return standardised(
        difference=estimate / _above_zero(sd),
        first=(standard_error / sd) ** 2,
        n_treated=n_treated,
        n_control=n_control,
        clustering=clustering,
        clusters_ignored=clusters_ignored,
        version=version,
        level=level,
        how="Hedges' g of a regression's estimate",
    )


def from_t(
    *,
    t: float,
    n_treated: int,
    n_control: int,
    r_squared: float = 0.0,
    clustering: Clustering | None = None,
    clusters_ignored: bool = True,
    version: Version = "5.0",
    level: float = 0.95,
) -> Effect:
    """g of a t (or, with its sign, the root of an F) with R squared of the covariates."""
    first = (1 / n_treated + 1 / n_control) * (1 - r_squared)
    return standardised(
        difference=t * sqrt(first),
        first=first,
        n_treated=n_treated,
        n_control=n_control,
        clustering=clustering,
        clusters_ignored=clusters_ignored,
        version=version,
        level=level,
        how="Hedges' g of a t",
    )


def difference_in_differences(
    *,
    treated: Arm,
    control: Arm,
    treated_before: Arm,
    control_before: Arm,
    r: float = 0.5,
    clustering: Clustering | None = None,
    clusters_ignored: bool = True,
    version: Version = "5.0",
    level: float = 0.95,
) -> Effect:
    """The posttest's effect less the pretest's, of the *same* test; ``r`` correlates the two.

    At r = .5 the first term is that of a posttest alone: what is taken where the study does not say.
    """
    if not -1 <= r < 1:
        raise ValueError(f"found a correlation of {r:g}, expected -1 to below 1.")
    after = (treated.mean - control.mean) / _above_zero(pooled_sd(treated, control))
    before = (treated_before.mean - control_before.mean) / _above_zero(
        pooled_sd(treated_before, control_before)
    )
    return standardised(
        difference=after - before,
        first=(1 / treated.n + 1 / control.n) * 2 * (1 - r),
        n_treated=treated.n,
        n_control=control.n,
        clustering=clustering,
        clusters_ignored=clusters_ignored,
        version=version,
        level=level,
        how="Hedges' g, difference in differences",
    )


def cox_index(
    *,
    share_treated: float,
    share_control: float,
    n_treated: int,
    n_control: int,
    clustering: Clustering | None = None,
    version: Version = "5.0",
    level: float = 0.95,
) -> Effect:
    """Of two shares: the difference of log-odds over 1.65, on the scale of g.

    Raises
    ------
    ValueError
        If a share is 0 or 1: its log-odds have no end.
    """
    if not (0 < share_treated < 1 and 0 < share_control < 1):
        raise ValueError(
            f"found shares {share_treated:g} and {share_control:g}, expected more than 0, below 1."
        )
    odds = [log(share / (1 - share)) for share in (share_treated, share_control)]
    sizes = ((n_treated, share_treated), (n_control, share_control))
    return standardised(
        difference=(odds[0] - odds[1]) / COX,
        first=sum(1 / (n * share * (1 - share)) for n, share in sizes) / COX**2,
        n_treated=n_treated,
        n_control=n_control,
        clustering=clustering,
        clusters_ignored=True,
        version=version,
        level=level,
        how="Cox' index",
        # The log-odds ratio's own variance holds all its doubt: no S was estimated.
        doubt_of_s=False,
    )


def standardised(
    *,
    difference: float,
    first: float,
    n_treated: int,
    n_control: int,
    clustering: Clustering | None,
    clusters_ignored: bool,
    version: Version,
    level: float,
    how: str,
    doubt_of_s: bool = True,
    df: float | None = None,
) -> Effect:
    """What all ways share: omega, clusters, the variance. ``df`` where the interval's is known better."""
    n, old = n_treated + n_control, version == "4.1"
    h = n - 2.0 if clustering is None else clustering.h
    small = omega(n - 2 if old else h)
    gamma = 1.0 if clustering is None or old else clustering.gamma
    times = _widened(clustering, clusters_ignored, gamma)
    g = small * difference * sqrt(gamma)
    scale = small**2 if not doubt_of_s else 1.0
    variance = first * times * scale + (g**2 / (2 * (n if old else h)) if doubt_of_s else 0.0)
    return _effect(g, sqrt(variance), df or h, n_treated, n_control, small, how, level)


def _widened(clustering: Clustering | None, ignored: bool, gamma: float) -> float:
    if clustering is None:
        return 1.0
    return clustering.eta if ignored else gamma


def _effect(
    g: float, error: float, df: float, n_treated: int, n_control: int, small: float, how: str, level: float
) -> Effect:
    from scipy.special import stdtr, stdtrit

    half = float(stdtrit(df, (1 + level) / 2)) * error
    return Effect(
        value=g,
        standard_error=error,
        interval=Interval(low=g - half, high=g + half, level=level),
        p_value=float(2 * stdtr(df, -abs(g) / error)) if error > 0 else float(g == 0),
        df=df,
        n_treated=n_treated,
        n_control=n_control,
        omega=small,
        how=how,
    )


def with_degrees(effect: Effect, df: float) -> Effect:
    """The same effect, its interval and p by other degrees of freedom."""
    known = _effect(
        effect.value,
        effect.standard_error,
        df,
        effect.n_treated,
        effect.n_control,
        effect.omega,
        effect.how,
        effect.interval.level,
    )
    return replace(known, how=effect.how)


def range_of(
    g: float, *, n_treated: int, n_control: int, clustering: Clustering | None = None, level: float = 0.95
) -> Interval:
    """The range of a g of two unadjusted means, where no more is known of it than its size and the arms'."""
    from scipy.special import stdtrit

    h = n_treated + n_control - 2.0 if clustering is None else clustering.h
    times = 1.0 if clustering is None else clustering.eta
    error = sqrt((1 / n_treated + 1 / n_control) * times + g**2 / (2 * h))
    half = float(stdtrit(h, (1 + level) / 2)) * error
    return Interval(low=g - half, high=g + half, level=level)


def _above_zero(sd: float) -> float:
    if not sd > 0:
        raise ValueError("nothing varies: the pooled standard deviation is 0.")
    return sd
