"""Those who used it more did better: what that is worth, and what it is not.

In:   how much each student used the product, how she stood before, how she stood after.
Out:  the gap before between heavy and light users; the correlation with the outcome, alone and beside the
      pretest.
Not here: an effect. Users against those who used it less are no comparison group: whoever does well in school
also does more of what school asks for.

The gap is shown first: Hedges' g on the pretest of the students above the median of use against the others.
The slope is that of the outcome on use, both in standard deviations, beside pretests, strata and covariates.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.efficacy.effect import Arm, Effect, from_regression, pooled_sd, with_degrees
from plainview.core.audit.efficacy.study import Names
from plainview.core.stats.cluster_robust import estimate
from plainview.core.stats.interval import Interval

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    gap_before: Effect | None  # None: no pretest was given
    slope: float  # standard deviations of the outcome for one of use, pretest held equal
    slope_interval: Interval
    p_value: float
    slope_alone: float  # without the pretest: the correlation
    slope_alone_interval: Interval
    n: int


def usage(
    *,
    use: Floats,
    after: Floats,
    before: Floats | None,
    others: Floats | None = None,
    cluster: Names | None = None,
) -> Usage:
    """Correlate use with the outcome; no gaps.

    Parameters
    ----------
    before : (n,) or None
        The pretest.
    others : (n, k), optional
        Dummies and covariates.

    Raises
    ------
    ValueError
        If use or outcome does not vary.
    """
    dose, score = _standard(use, "use"), _standard(after, "the outcome")
    held = [np.ones(len(dose))]
    if before is not None:
        held.append(before)
    if others is not None:
        held += list(others.T)
    found = estimate(score, np.column_stack([dose, *held]), cluster=cluster)
    # Of two columns with mean 0 and spread 1 the slope is the correlation.
    alone = estimate(score, np.column_stack([dose, np.ones(len(dose))]), cluster=cluster)
    return Usage(
        gap_before=None if before is None else _gap(use, before, cluster),
        slope=found.value,
        slope_interval=found.interval,
        p_value=found.p_value,
        slope_alone=alone.value,
        slope_alone_interval=alone.interval,
        n=len(dose),
    )


def _gap(use: Floats, before: Floats, cluster: Names | None) -> Effect | None:
    heavy = use > np.median(use)
    sides = [before[heavy], before[~heavy]]
    if min(len(side) for side in sides) < 2 or not np.ptp(before):
        return None
    arms = [Arm(n=len(side), mean=float(side.mean()), sd=float(side.std(ddof=1))) for side in sides]
    # Users of one class are alike: the doubt counts clusters, as that of the slope does.
    found = estimate(before, np.column_stack([heavy.astype(float), np.ones(len(use))]), cluster=cluster)
    effect = from_regression(
        estimate=found.value,
        standard_error=found.standard_error,
        sd=pooled_sd(arms[0], arms[1]),
        n_treated=arms[0].n,
        n_control=arms[1].n,
    )
    return with_degrees(effect, min(found.df, effect.df))


def _standard(values: Floats, what: str) -> Floats:
    spread = float(values.std(ddof=1))
    if not spread > 0:
        raise ValueError(f"{what} is the same for everybody: expected numbers that differ.")
    made: Floats = (values - values.mean()) / spread
    return made
