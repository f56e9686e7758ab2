"""A study's summary numbers, counted by the clearinghouse's formulas.

In:   a design and what was reported of each outcome.
Out:  a contrast for each, or why it cannot be counted.
Not here: the formulas (effect, clustering, mdes).
"""

from plainview.core.audit.efficacy import effect as e
from plainview.core.audit.efficacy.clustering import (
    ICC_OF_ACHIEVEMENT,
    ICC_OF_OTHERS,
    Clustering,
    both_arms,
    one_arm,
)
from plainview.core.audit.efficacy.contrast import Contrast
from plainview.core.audit.efficacy.effect import Arm, Effect
from plainview.core.audit.efficacy.equivalence import Equivalence
from plainview.core.audit.efficacy.mdes import Mdes, mdes_of_clusters, mdes_of_error, mdes_of_students
from plainview.core.audit.efficacy.rating import rate
from plainview.core.audit.efficacy.study import Before, Clusters, Design, Reported, Share


def contrast_of(reported: Reported, design: Design) -> Contrast:
    """Count one outcome.

    Raises
    ------
    ValueError
        With a sentence, if the numbers carry no effect: nothing varies, or a share is 0 or 1.
    """
    clustering, said = _clustering(design.clusters, reported)
    found, how = _effect(reported, clustering, design)
    equivalence = _equivalence(reported, clustering, design)
    rated = rate(
        kind=design.kind,
        outcome=reported.outcome,
        attritions=design.attritions,
        equivalence=equivalence,
        is_compromised=design.is_compromised,
        confound=design.confound,
        units_treated=_units(design, design.units_treated, treated=True),
        units_control=_units(design, design.units_control, treated=False),
    )
    return Contrast(
        outcome=reported.outcome,
        effect=found,
        equivalence=equivalence,
        attritions=design.attritions,
        mdes=_mdes(reported, found, clustering, design),
        rated=rated,
        adjusted_for_before=equivalence.adjusted,
        n_clusters=None if design.clusters is None else design.clusters.n,
        icc=None if clustering is None else clustering.icc,
        said=(*said, *how, *_kept(reported.before)),
    )


def _kept(before: Before | None) -> tuple[str, ...]:
    if before is None or not before.take_off or before.is_same_test:
        return ()
    return (f"{before.name} is another test than the outcome, so its effect was not taken off.",)


def _units(design: Design, said: int | None, *, treated: bool) -> int | None:
    if said is not None or design.clusters is None or design.assigned != "clusters":
        return said
    return design.clusters.treated if treated else design.clusters.control


def _clustering(clusters: Clusters | None, reported: Reported) -> tuple[Clustering | None, tuple[str, ...]]:
    if clusters is None:
        return None, ()
    icc, said = clusters.icc, list[str]()
    if icc is None:
        other = reported.outcome.domain.lower() in (
            "behaviour",
            "behavior",
            "attitude",
            "engagement",
            "social",
        )
        icc = ICC_OF_OTHERS if other else ICC_OF_ACHIEVEMENT
        said.append(
            f"How alike students of a cluster are is not given: {icc:.2f} was taken, as the handbook does."
        )
    n = {True: reported.treated.n, False: reported.control.n}
    if clusters.treated and clusters.control:
        return both_arms(n_students=n[True] + n[False], n_clusters=clusters.n, icc=icc), tuple(said)
    which = clusters.treated > 0
    said.append("Only one arm was taught in clusters.")
    found = one_arm(n_clustered=n[which], n_others=n[not which], n_clusters=clusters.n, icc=icc)
    return found, tuple(said)


def _effect(
    reported: Reported, clustering: Clustering | None, design: Design
) -> tuple[Effect, tuple[str, ...]]:
    ignored = design.clusters is None or not design.clusters.counted
    treated, control, before = reported.treated, reported.control, reported.before
    if isinstance(treated, Share) or isinstance(control, Share):
        return _shares(reported, clustering, design), ()
    n = {"n_treated": treated.n, "n_control": control.n}
    if reported.difference is not None and reported.standard_error is not None:
        found = e.from_regression(
            estimate=reported.difference,
            standard_error=reported.standard_error,
            sd=e.pooled_sd(treated, control),
            clustering=clustering,
            clusters_ignored=ignored and clustering is not None,
            version=design.version,
            **n,
        )
        return found, ()
    if reported.t is not None and reported.difference is None:
        found = e.from_t(
            t=reported.t,
            r_squared=reported.r_squared,
            clustering=clustering,
            clusters_ignored=ignored,
            version=design.version,
            **n,
        )
        return found, ("The effect was counted from the study's t.",)
    if _takes_off(before) and before is not None and reported.difference is None:
        return _taken_off(treated, control, before, clustering, design)
    return (
        e.hedges_g(
            treated=treated,
            control=control,
            difference=reported.difference,
            r_squared=reported.r_squared,
            clustering=clustering,
            clusters_ignored=ignored,
            version=design.version,
        ),
        (),
    )


def _takes_off(before: Before | None) -> bool:
    return before is not None and before.take_off and before.is_same_test


def _shares(reported: Reported, clustering: Clustering | None, design: Design) -> Effect:
    treated, control = reported.treated, reported.control
    if not (isinstance(treated, Share) and isinstance(control, Share)):
        raise ValueError("one arm has a share and the other a mean: expected the same of both.")
    return e.cox_index(
        share_treated=treated.share,
        share_control=control.share,
        n_treated=treated.n,
        n_control=control.n,
        clustering=clustering,
        version=design.version,
    )


def _taken_off(
    treated: Arm, control: Arm, before: Before, clustering: Clustering | None, design: Design
) -> tuple[Effect, tuple[str, ...]]:
    if not (isinstance(before.treated, Arm) and isinstance(before.control, Arm)):
        raise ValueError("a difference in differences needs the pretest's means and deviations of both arms.")
    r = 0.5 if before.r is None else before.r
    said = (
        "The effect on the same test before was taken off.",
        *(("How pretest and outcome correlate is not given: .50 was taken.",) if before.r is None else ()),
    )
    found = e.difference_in_differences(
        treated=treated,
        control=control,
        treated_before=before.treated,
        control_before=before.control,
        r=r,
        clustering=clustering,
        version=design.version,
    )
    return found, said


def _equivalence(reported: Reported, clustering: Clustering | None, design: Design) -> Equivalence:
    before = reported.before
    if before is None:
        return Equivalence(measure="any measure", g=None, adjusted=False)
    adjusted = before.is_adjusted or _takes_off(before)
    g = _before(before, design)
    n = {"n_treated": reported.treated.n, "n_control": reported.control.n}
    ends = None if g is None else e.range_of(g, clustering=clustering, **n)
    return Equivalence(measure=before.name, g=g, adjusted=adjusted, interval=ends)


def _before(before: Before, design: Design) -> float | None:
    """The baseline's effect size: clusters change its doubt, and it is its size that counts."""
    if before.g is not None:
        return before.g
    one, other = before.treated, before.control
    if isinstance(one, Arm) and isinstance(other, Arm):
        return e.hedges_g(treated=one, control=other, version=design.version).value
    if isinstance(one, Share) and isinstance(other, Share):
        found = e.cox_index(
            share_treated=one.share,
            share_control=other.share,
            n_treated=one.n,
            n_control=other.n,
            version=design.version,
        )
        return found.value
    return None


def _mdes(reported: Reported, found: Effect, clustering: Clustering | None, design: Design) -> Mdes | None:
    """By the study's own standard error where it gives one, else as such a study is planned."""
    if reported.difference is not None and reported.standard_error is not None:
        return _mdes_counted(found)
    n = reported.treated.n + reported.control.n
    explained = reported.r_squared
    if not explained and reported.before is not None and reported.before.r is not None:
        explained = reported.before.r**2 if reported.before.is_adjusted else 0.0
    share = reported.treated.n / n
    try:
        if clustering is None or clustering.is_of_one_arm or design.clusters is None:
            return mdes_of_students(n=n, share_treated=share, r_squared=explained)
        return mdes_of_clusters(
            n_clusters=clustering.n_clusters,
            size=clustering.size,
            icc=clustering.icc,
            share_treated=design.clusters.treated / design.clusters.n,
            r_squared_clusters=explained,
            r_squared_students=explained,
        )
    except ValueError:
        return None


def _mdes_counted(found: Effect) -> Mdes | None:
    try:
        return mdes_of_error(standard_error=found.standard_error, df=found.df)
    except ValueError:
        return None
