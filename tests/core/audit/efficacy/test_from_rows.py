"""Rows of a study, counted: clusters in both arms, in one, inside schools; who was lost."""

from dataclasses import replace

import numpy as np
import pytest

from plainview.core.audit.efficacy.from_rows import contrast_of
from plainview.core.audit.efficacy.mdes import mdes_of_clusters
from plainview.core.audit.efficacy.outcome import Outcome
from plainview.core.audit.efficacy.rating import Kind, Rating
from plainview.core.audit.efficacy.simulate import World, simulate
from plainview.core.audit.efficacy.study import Asked, Design, Rows
from plainview.core.stats.cluster_robust import estimate

ASKED = Asked(outcome=Outcome(name="test", is_standardised=True), after="post", before=("pre",))
CLUSTERS, STUDENTS = (Design(title="", kind=Kind.TRIAL, assigned=one) for one in ("clusters", "students"))


def _rows(made, cluster=None):
    names = made.cluster.astype(str) if cluster is None else cluster
    return Rows(
        treated=made.treated,
        cluster=names,
        site=made.site.astype(str),
        strata=None,
        numbers={"pre": made.pre, "post": made.post},
    )


def test_the_effect_that_was_put_in_comes_out():
    made = simulate(World(effect=0.4, n_clusters=60, n_students=1800, icc=0.1), seed=2)
    found = contrast_of(ASKED, _rows(made), CLUSTERS)
    assert found.effect.interval.holds(0.4) and found.regression.interval.holds(0.4)
    assert found.rated.rating == Rating.WITHOUT
    assert found.icc == pytest.approx(0.1, abs=0.06)
    assert found.mixed.value == pytest.approx(found.regression.value, abs=0.05)
    assert found.n_clusters == 60


def test_counting_students_where_classes_were_assigned_is_too_sure():
    made = simulate(World(n_clusters=20, n_students=600, icc=0.3), seed=4)
    rows = _rows(made)
    right = contrast_of(ASKED, rows, CLUSTERS)
    known = ~np.isnan(made.post)
    design = np.column_stack([made.treated, made.pre, np.ones(600)])[known]
    wrong = estimate(made.post[known], design, cluster=None)
    assert right.regression.standard_error > 1.8 * wrong.standard_error


def test_one_arm_in_groups_has_its_own_factors():
    made = simulate(World(effect=0.3, n_clusters=40, n_students=400, icc=0.2, attrition=0.0), seed=3)
    names = np.where(made.treated, made.cluster.astype(str), "")
    found = contrast_of(ASKED, _rows(made, names), STUDENTS)
    n_groups = len(np.unique(made.cluster[made.treated]))
    assert found.n_clusters == n_groups + int((~made.treated).sum())
    assert found.effect.interval.holds(0.3)
    assert found.mixed is None


def test_students_dealt_inside_classes_need_no_cluster_correction_of_g():
    chance = np.random.default_rng(5)
    school = np.arange(400) % 20
    treated = chance.permutation(np.arange(400) % 2 == 0)
    pre = chance.normal(0, 1, 400)
    post = 0.3 * treated + 0.6 * pre + chance.normal(0, 0.6, 20)[school] + chance.normal(0, 0.7, 400)
    rows = Rows(
        treated=treated,
        cluster=school.astype(str),
        site=None,
        strata=None,
        numbers={"pre": pre, "post": post},
    )
    found = contrast_of(ASKED, rows, STUDENTS)
    sd = np.sqrt((post[treated].var(ddof=1) * 199 + post[~treated].var(ddof=1) * 199) / 398)
    assert found.effect.value == pytest.approx(found.effect.omega * found.regression.value / sd)


def test_clusters_with_nobody_left_are_lost_and_the_others_are_counted_by_student():
    made = simulate(World(n_clusters=20, n_students=200, attrition=0.0), seed=6)
    post = made.post.copy()
    post[made.cluster == 3] = np.nan
    post[np.flatnonzero(made.cluster == 4)[:2]] = np.nan
    rows = Rows(
        treated=made.treated,
        cluster=made.cluster.astype(str),
        site=None,
        strata=None,
        numbers={"pre": made.pre, "post": post},
    )
    clusters, students = contrast_of(ASKED, rows, CLUSTERS).attritions
    assert clusters.overall == pytest.approx(5.0)
    assert students.overall == pytest.approx(100 * 2 / 190)


def test_strata_stand_as_constants_of_their_own():
    made = simulate(World(n_clusters=0, n_students=300, attrition=0.0), seed=8)
    strata = (np.arange(300) % 5).astype(str)
    rows = Rows(
        treated=made.treated,
        cluster=None,
        site=None,
        strata=strata,
        numbers={"pre": made.pre, "post": made.post},
    )
    dummies = (strata[:, None] == np.unique(strata)).astype(float)
    by_hand = estimate(made.post, np.column_stack([made.treated, made.pre, dummies]), cluster=None)
    found = contrast_of(ASKED, rows, STUDENTS).regression
    assert (found.value, found.standard_error) == pytest.approx((by_hand.value, by_hand.standard_error))


def test_an_arm_of_nearly_nobody_is_refused_with_its_numbers():
    rows = Rows(
        treated=np.arange(30) < 3,
        cluster=None,
        site=None,
        strata=None,
        numbers={"pre": np.arange(30.0), "post": np.arange(30.0) ** 1.1},
    )
    with pytest.raises(ValueError, match="3 and 27 students"):
        contrast_of(ASKED, rows, STUDENTS)


def test_one_class_an_arm_is_refused_as_its_doubt_cannot_be_counted():
    chance = np.random.default_rng(1)
    treated = np.arange(40) % 2 == 0
    rows = Rows(
        treated=treated,
        cluster=np.where(treated, "a", "b"),
        site=None,
        strata=None,
        numbers={"pre": chance.normal(0, 1, 40), "post": chance.normal(0, 1, 40)},
    )
    with pytest.raises(ValueError, match="1 and 1 clusters"):
        contrast_of(ASKED, rows, CLUSTERS)


def test_what_a_study_could_see_agrees_with_its_own_standard_error():
    """Classes differ in what the pretest already tells: by the ICC of scores it would see half as well."""
    chance = np.random.default_rng(8)
    school, treated = np.arange(600) % 40, np.arange(600) % 2 == 0
    pre = chance.normal(0, 1, 40)[school] + chance.normal(0, 1, 600)
    post = 0.8 * pre + chance.normal(0, 0.6, 600)
    rows = Rows(
        treated=treated,
        cluster=school.astype(str),
        site=None,
        strata=None,
        numbers={"pre": pre, "post": post},
    )
    found = contrast_of(ASKED, rows, CLUSTERS)
    planned = mdes_of_clusters(n_clusters=40, size=15, icc=found.icc, share_treated=0.5).value
    assert found.icc > 0.2
    assert found.mdes.value == pytest.approx(found.mdes.multiplier * found.effect.standard_error)
    assert found.mdes.value < 0.5 * planned


def test_the_effect_that_a_study_could_see_is_found_in_four_of_five():
    """Power by simulation: at the MDES of one study, 80 of 100 like it have an interval above 0."""
    made = simulate(World(effect=0.0, n_clusters=40, n_students=800, icc=0.1, attrition=0.0), seed=1)
    could_see = contrast_of(ASKED, _rows(made), CLUSTERS).mdes.value
    worlds = [World(effect=could_see, n_clusters=40, n_students=800, icc=0.1, attrition=0.0)] * 120
    found = [
        contrast_of(ASKED, _rows(simulate(one, seed=100 + n)), CLUSTERS).effect.interval.low > 0
        for n, one in enumerate(worlds)
    ]
    assert 0.65 < np.mean(found) < 0.92


@pytest.mark.parametrize("n_clusters", [0, 16])
def test_the_range_of_the_difference_before_holds_nothing_where_lots_were_drawn(n_clusters):
    """95 of 100, and classes count: 16 of ten students are nearer to 16 students than to 160."""
    design = CLUSTERS if n_clusters else STUDENTS
    held = []
    for seed in range(100):
        made = simulate(World(effect=0, n_clusters=n_clusters, n_students=160, icc=0.3), seed=seed)
        rows = _rows(made)
        rows = rows if n_clusters else replace(rows, cluster=None)
        found = contrast_of(ASKED, rows, design).equivalence
        held.append(found.interval.holds(0))
        assert found.interval.holds(found.g)
    assert 88 <= sum(held) <= 100
