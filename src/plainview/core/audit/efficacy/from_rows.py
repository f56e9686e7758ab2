"""A study's rows, counted anew: an adjusted difference whose doubt counts clusters.

In:   students, a row each, those who were lost too; which columns are outcome, pretests, strata, clusters.
Out:  a contrast; the regression in the outcome's own units; a mixed model as a second opinion.
Not here: how the doubt is counted (cluster_robust, mixed), how effects are standardised (effect).

    outcome = b x treated + pretests + covariates + a constant for each stratum + e

by least squares, CR2 by cluster (HC2 without clusters). g = omega b / S x sqrt(gamma), S pooled over the arms
and unadjusted, ICC as the rows have it. A student counts where all her numbers are known.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.efficacy import effect as e
from plainview.core.audit.efficacy.attrition import Attrition, attrition
from plainview.core.audit.efficacy.clustering import Clustering, both_arms, one_arm
from plainview.core.audit.efficacy.contrast import Contrast
from plainview.core.audit.efficacy.effect import Arm, Effect
from plainview.core.audit.efficacy.equivalence import Equivalence
from plainview.core.audit.efficacy.mdes import Mdes, mdes_of_error
from plainview.core.audit.efficacy.rating import rate
from plainview.core.audit.efficacy.study import Asked, Design, Names, Rows
from plainview.core.stats.cluster_robust import Estimate, estimate
from plainview.core.stats.interval import Interval
from plainview.core.stats.mixed import Mixed, icc_of, mixed

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FEWEST_IN_ARM = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Here:
    """The analysed rows of one outcome."""

    y: Floats
    treated: Bools
    pretests: Floats  # (n, n_pretests)
    others: Floats  # covariates and dummies
    cluster: Names | None
    is_one_armed: bool  # clusters of the treated only

    @property
    def design(self) -> Floats:
        made: Floats = np.column_stack(
            [self.treated.astype(float), self.pretests, self.others, np.ones(len(self.y))]
        )
        return made

    def arm(self, side: bool, values: Floats) -> Arm:
        mine = values[self.treated == side]
        return Arm(n=len(mine), mean=float(mine.mean()), sd=float(mine.std(ddof=1)))


def contrast_of(asked: Asked, rows: Rows, design: Design) -> Contrast:
    """Count one outcome from rows.

    Raises
    ------
    ValueError
        With a sentence, if an arm has fewer than five students or nothing varies.
    """
    known = _known(asked, rows)
    here = _here(asked, rows, known)
    _check_clusters(asked, here)
    found = estimate(here.y, here.design, cluster=here.cluster)
    clustering, icc = _clustering(here)
    sd = e.pooled_sd(here.arm(True, here.y), here.arm(False, here.y))
    effect = _effect(found, sd, here, clustering, design)
    equivalence = _equivalence(asked, here, design)
    attritions = design.attritions or _attritions(rows, known, design)
    units = _units(rows, design)
    return Contrast(
        outcome=asked.outcome,
        effect=effect,
        equivalence=equivalence,
        attritions=attritions,
        mdes=_mdes(effect),
        rated=rate(
            kind=design.kind,
            outcome=asked.outcome,
            attritions=attritions,
            equivalence=equivalence,
            is_compromised=design.is_compromised,
            confound=design.confound,
            units_treated=units[0],
            units_control=units[1],
        ),
        adjusted_for_before=bool(asked.before),
        n_clusters=None if here.cluster is None else len(np.unique(here.cluster)),
        icc=icc,
        regression=found,
        mixed=_second_opinion(here),
        said=_said(rows, known, here),
    )


def _known(asked: Asked, rows: Rows) -> Bools:
    columns = np.column_stack([rows.numbers[name] for name in (asked.after, *asked.before, *asked.also)])
    return np.asarray(~np.isnan(columns).any(axis=1), np.bool_)


def _here(asked: Asked, rows: Rows, known: Bools) -> _Here:
    treated = rows.treated[known]
    if min(int(treated.sum()), int((~treated).sum())) < FEWEST_IN_ARM:
        raise ValueError(
            f"{asked.outcome.name}: {int(treated.sum())} and {int((~treated).sum())} students can be "
            f"counted, expected {FEWEST_IN_ARM} in each arm."
        )
    n = int(known.sum())
    pretests = np.column_stack([np.empty((n, 0)), *(rows.numbers[name][known] for name in asked.before)])
    others = np.column_stack([np.empty((n, 0)), *(rows.numbers[name][known] for name in asked.also)])
    if rows.strata is not None:
        others = np.column_stack([others, _dummies(rows.strata[known])])
    cluster, one_armed = _clusters(rows, known)
    y = rows.numbers[asked.after][known]
    return _Here(
        y=y, treated=treated, pretests=pretests, others=others, cluster=cluster, is_one_armed=one_armed
    )


def _clusters(rows: Rows, known: Bools) -> tuple[Names | None, bool]:
    """A student without a cluster stands for herself; that is how one arm comes to be clustered alone."""
    if rows.cluster is None:
        return None, False
    names, alone = rows.cluster[known], rows.cluster[known] == ""
    own = np.array([f"\x1f{n}" for n in range(len(names))])
    treated = rows.treated[known]
    one_armed = bool(alone.any()) and bool(alone[~treated].all() or alone[treated].all())
    return np.where(alone, own, names), one_armed


def _check_clusters(asked: Asked, here: _Here) -> None:
    """A single cluster is its arm's mean to the digit: nothing is left to count its doubt by."""
    if here.cluster is None or _is_inside(here):
        return
    n = [len(np.unique(here.cluster[here.treated == side])) for side in (True, False)]
    if min(n) < 2:
        raise ValueError(
            f"{asked.outcome.name}: found {n[0]} and {n[1]} clusters in the arms, expected 2 or more in each."
        )


def _dummies(labels: Names) -> Floats:
    distinct, code = np.unique(labels, return_inverse=True)
    made: Floats = np.eye(len(distinct))[code.reshape(-1)][:, 1:]
    return made


def _clustering(here: _Here) -> tuple[Clustering | None, float | None]:
    if here.cluster is None:
        return None, None
    if _is_inside(here):
        # Students of one class were dealt to both arms: what the class shares is in neither's favour.
        return None, icc_of(here.y, here.treated, cluster=here.cluster)
    names, n = np.unique(here.cluster, return_counts=True)
    if here.is_one_armed:
        grouped = n[np.char.startswith(names, "\x1f") == False]  # noqa: E712 (an array)
        mine = ~np.char.startswith(here.cluster, "\x1f")
        icc = icc_of(here.y[mine], np.zeros(int(mine.sum())), cluster=here.cluster[mine])
        return _one(here, int(grouped.sum()), len(grouped), icc), icc
    icc = icc_of(here.y, here.treated, cluster=here.cluster)
    return both_arms(n_students=len(here.y), n_clusters=len(names), icc=min(icc, 0.99)), icc


def _one(here: _Here, n_clustered: int, n_clusters: int, icc: float) -> Clustering:
    others = len(here.y) - n_clustered
    return one_arm(n_clustered=n_clustered, n_others=others, n_clusters=n_clusters, icc=min(icc, 0.99))


def _effect(found: Estimate, sd: float, here: _Here, clustering: Clustering | None, design: Design) -> Effect:
    effect = e.from_regression(
        estimate=found.value,
        standard_error=found.standard_error,
        sd=sd,
        n_treated=int(here.treated.sum()),
        n_control=int((~here.treated).sum()),
        clustering=clustering,
        clusters_ignored=False,
        version=design.version,
    )
    # The interval and the p are the regression's own: few clusters have few degrees of freedom.
    return e.with_degrees(effect, min(found.df, effect.df))


def _equivalence(asked: Asked, here: _Here, design: Design) -> Equivalence:
    """The pretest that is furthest apart: it is the one that the rule is about."""
    if not asked.before:
        return Equivalence(measure="any measure", g=None, adjusted=False)
    apart = []
    for column, name in enumerate(asked.before):
        values = here.pretests[:, column]
        arms = here.arm(True, values), here.arm(False, values)
        g = e.hedges_g(treated=arms[0], control=arms[1], version=design.version)
        apart.append((abs(g.value), column, name, g, e.pooled_sd(*arms)))
    _, column, name, furthest, sd = max(apart, key=lambda one: one[0])
    return Equivalence(
        measure=name, g=furthest.value, adjusted=True, interval=_before_range(here, column, furthest, sd)
    )


def _before_range(here: _Here, column: int, g: Effect, sd: float) -> Interval:
    """Its doubt counts clusters as the outcome's does; its size is that of the means as they stand."""
    alone = np.column_stack([here.treated.astype(float), np.ones(len(here.y))])
    found = estimate(here.pretests[:, column], alone, cluster=here.cluster)
    times = g.omega / sd
    low, high = (g.value + times * (end - found.value) for end in (found.interval.low, found.interval.high))
    return Interval(low=low, high=high, level=found.interval.level)


def _attritions(rows: Rows, known: Bools, design: Design) -> tuple[Attrition, ...]:
    """All rows were assigned. Clusters are lost with nobody left; students, out of clusters that stayed."""
    if rows.cluster is None or design.assigned != "clusters":
        return (_lost(rows.treated, known, design, "students"),)
    code = np.unique(rows.cluster, return_inverse=True)[1].reshape(-1)
    side, stayed = (np.bincount(code, weights=one) > 0 for one in (rows.treated, known))
    inside = stayed[code]
    return (
        _lost(side, stayed, design, "clusters"),
        _lost(rows.treated[inside], known[inside], design, "students of the clusters that stayed"),
    )


def _lost(treated: Bools, known: Bools, design: Design, level: str) -> Attrition:
    return attrition(
        assigned_treated=int(treated.sum()),
        assigned_control=int((~treated).sum()),
        analysed_treated=int((treated & known).sum()),
        analysed_control=int((~treated & known).sum()),
        boundary=design.boundary,
        level=level,
    )


def _units(rows: Rows, design: Design) -> tuple[int | None, int | None]:
    if rows.cluster is None or design.assigned != "clusters":
        return design.units_treated, design.units_control
    sides = [len(np.unique(rows.cluster[rows.treated == side])) for side in (True, False)]
    return sides[0], sides[1]


def _mdes(effect: Effect) -> Mdes | None:
    """By the doubt that the rows have. An ICC of all scores knows nothing of what the pretest took away."""
    try:
        return mdes_of_error(standard_error=effect.standard_error, df=effect.df)
    except ValueError:
        return None


def _is_inside(here: _Here) -> bool:
    """Both arms are found in one cluster: students were assigned, classes were not."""
    cluster = here.cluster
    if cluster is None:
        return False
    return bool(np.intersect1d(cluster[here.treated], cluster[~here.treated]).size)


def _second_opinion(here: _Here) -> Mixed | None:
    if here.cluster is None or here.is_one_armed:
        return None
    try:
        return mixed(here.y, here.design, cluster=here.cluster)
    except (ValueError, np.linalg.LinAlgError):
        return None


def _said(rows: Rows, known: Bools, here: _Here) -> tuple[str, ...]:
    lost = int((~known).sum())
    said = [f"{len(here.y)} of {len(known)} students have every number that is needed."] if lost else []
    if here.cluster is not None:
        said.append(
            f"Doubt counts {len(np.unique(here.cluster))} clusters (CR2, Satterthwaite's degrees of freedom)."
        )
    else:
        said.append("Doubt counts students, whose spread may differ between the arms (HC2).")
    return tuple(said)
