"""Effect sizes: by hand, by the handbook's check, and by what must hold."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.audit.efficacy import effect as e
from plainview.core.audit.efficacy.clustering import Clustering, both_arms, one_arm
from plainview.core.audit.efficacy.mdes import mdes_of_clusters, mdes_of_students


def _arms(n=50, apart=2.0):
    return {"treated": e.Arm(n=n, mean=10 + apart, sd=4.0), "control": e.Arm(n=n, mean=10.0, sd=4.0)}


def test_the_published_check_of_h():
    """100 students in 20 clusters, ICC .1: equation E.21 of the handbook gives 94.4029."""
    assert both_arms(n_students=100, n_clusters=20, icc=0.1).h == pytest.approx(94.4029, abs=5e-5)


def test_one_arm_clustering_by_its_published_formulas():
    """60 students in groups of 5 against 40 on their own, ICC .1: eta 1.1, root of gamma .978
    (the example of VIVECampbell's page)."""
    found = one_arm(n_clustered=60, n_others=40, n_clusters=12, icc=0.1)
    assert found.eta == pytest.approx(1.1)
    assert math.sqrt(found.gamma) == pytest.approx(0.978, abs=5e-4)


def test_one_arm_h_follows_from_the_moments_of_the_pooled_variance():
    """Between groups of n: m - 1 squares of variance 1 - rho + n rho; all others 1 - rho."""
    n_t, n_c, m, rho = 60, 40, 12, 0.1
    n = n_t / m
    squares = [(m - 1, 1 - rho + n * rho), (n_t - m, 1 - rho), (n_c - 1, 1 - rho)]
    mean = sum(df * v for df, v in squares)
    by_hand = mean**2 / sum(df * v**2 for df, v in squares)
    found = one_arm(n_clustered=n_t, n_others=n_c, n_clusters=m, icc=rho)
    assert found.h == pytest.approx(by_hand)
    assert found.gamma == pytest.approx(mean / (n_t + n_c - 2))


@given(icc=st.floats(0, 0.9), m=st.integers(4, 60), size=st.integers(1, 40))
def test_two_arm_h_and_gamma_follow_from_the_same_moments(icc, m, size):
    n, big = size, m * size
    if big < 5:
        return
    squares = [(m - 2, 1 - icc + n * icc), (big - m, 1 - icc)]
    mean = sum(df * v for df, v in squares)
    found = both_arms(n_students=big, n_clusters=m, icc=icc)
    assert found.gamma == pytest.approx(mean / (big - 2))
    assert found.h == pytest.approx(mean**2 / sum(df * v**2 for df, v in squares))


def test_g_by_hand():
    found = e.hedges_g(**_arms())
    assert found.omega == 1 - 3 / (4 * 98 - 1)
    assert found.value == pytest.approx(0.5 * found.omega)
    assert found.standard_error == pytest.approx(math.sqrt(2 / 50 + found.value**2 / (2 * 98)))
    assert found.df == 98


def test_arms_weigh_by_their_degrees_of_freedom():
    arms = e.Arm(n=11, mean=1, sd=2), e.Arm(n=21, mean=0, sd=1)
    assert e.pooled_sd(*arms) == pytest.approx(math.sqrt((10 * 4 + 20 * 1) / 30))


def test_covariates_narrow_the_first_term_only():
    plain, adjusted = e.hedges_g(**_arms()), e.hedges_g(**_arms(), r_squared=0.75)
    second = plain.value**2 / (2 * 98)
    assert adjusted.standard_error**2 - second == pytest.approx((plain.standard_error**2 - second) / 4)


def test_an_adjusted_difference_takes_the_place_of_the_means():
    assert e.hedges_g(**_arms(), difference=1.0).value == pytest.approx(e.hedges_g(**_arms(apart=1.0)).value)


def test_cox_index_by_hand():
    found = e.cox_index(share_treated=0.6, share_control=0.5, n_treated=100, n_control=100)
    assert found.value == pytest.approx((1 - 3 / (4 * 198 - 1)) * math.log(1.5) / 1.65)
    by_hand = math.sqrt(1 / 24 + 1 / 25) / 1.65 * found.omega
    assert found.standard_error == pytest.approx(by_hand)


def test_the_improvement_index_of_a_quarter_deviation():
    assert e.improvement_index(0.25) == pytest.approx(9.87, abs=0.005)  # WWC brief: +10 at g = .25
    assert e.improvement_index(0) == 0


def test_a_difference_in_differences_takes_the_pretests_effect_off():
    before = {"treated_before": e.Arm(n=50, mean=6, sd=4), "control_before": e.Arm(n=50, mean=5, sd=4)}
    found = e.difference_in_differences(**_arms(), **before, r=0.8)
    assert found.value == pytest.approx(found.omega * (0.5 - 0.25))
    assert found.standard_error**2 == pytest.approx(0.04 * 2 * 0.2 + found.value**2 / (2 * 98))


def test_clusters_that_were_ignored_widen_and_those_that_were_not_do_not():
    clusters = both_arms(n_students=100, n_clusters=20, icc=0.1)
    ignored = e.hedges_g(**_arms(), clustering=clusters)
    counted = e.from_regression(
        estimate=2.0, standard_error=0.8, sd=4.0, n_treated=50, n_control=50, clustering=clusters
    )
    g = (1 - 3 / (4 * clusters.h - 1)) * 0.5 * math.sqrt(1 - 8 * 0.1 / 98)
    assert ignored.value == pytest.approx(g)
    assert ignored.standard_error**2 == pytest.approx(0.04 * 1.4 + g**2 / (2 * clusters.h))
    assert counted.standard_error**2 == pytest.approx(0.04 * (1 - 0.8 / 98) + g**2 / (2 * clusters.h))


def test_the_correction_of_a_t():
    clusters = both_arms(n_students=100, n_clusters=20, icc=0.1)
    assert clusters.t_factor == pytest.approx(math.sqrt(((98) - 8 * 0.1) / (98 * 1.4)))


def test_a_t_gives_the_g_that_its_means_give():
    found = e.hedges_g(**_arms())
    again = e.from_t(t=2.0 / (4 * math.sqrt(2 / 50)), n_treated=50, n_control=50)
    assert (again.value, again.standard_error) == pytest.approx((found.value, found.standard_error))


def test_version_4_1_has_no_gamma_and_counts_all_students():
    clusters = both_arms(n_students=100, n_clusters=20, icc=0.1)
    old = e.hedges_g(**_arms(), clustering=clusters, version="4.1")
    assert old.value == pytest.approx(0.5 * (1 - 3 / (4 * 98 - 1)))
    assert old.standard_error**2 == pytest.approx(0.04 * 1.4 + old.value**2 / 200)


@given(icc=st.floats(0, 0.8), size=st.floats(1.5, 40))
def test_clusters_never_make_a_study_surer(icc, size):
    clusters = Clustering(n_students=100, n_in_clusters=100, n_clusters=100 / size, icc=icc)
    if clusters.n_clusters < 3 or clusters.h <= 2:
        return
    assert clusters.eta >= 1 and clusters.gamma <= 1 and clusters.h <= 98 + 1e-9


def test_what_does_not_vary_is_refused():
    with pytest.raises(ValueError, match="nothing varies"):
        e.hedges_g(treated=e.Arm(n=5, mean=1, sd=0), control=e.Arm(n=5, mean=1, sd=0))


def test_all_or_none_has_no_cox_index():
    with pytest.raises(ValueError, match="more than 0"):
        e.cox_index(share_treated=1.0, share_control=0.5, n_treated=10, n_control=10)


def test_the_smallest_effect_that_a_trial_would_find():
    """By hand: M = 1.966 + 0.843 with 397 degrees of freedom, times the root of .5 / (.25 x 400)."""
    found = mdes_of_students(n=400, share_treated=0.5, r_squared=0.5, n_covariates=1)
    assert found.value == pytest.approx((1.9660 + 0.8427) * math.sqrt(0.005), abs=1e-4)


def test_multiplier_of_bloom():
    """With many degrees of freedom the multiplier is 2.80 (Bloom 1995)."""
    assert mdes_of_students(n=10_000, share_treated=0.5).multiplier == pytest.approx(2.80, abs=0.005)


def test_clusters_of_one_are_students():
    ours = mdes_of_clusters(n_clusters=200, size=1, icc=0.2, share_treated=0.5)
    assert ours.value == pytest.approx(mdes_of_students(n=200, share_treated=0.5).value)


def test_mdes_of_clusters_by_hand():
    found = mdes_of_clusters(n_clusters=40, size=20, icc=0.2, share_treated=0.5, r_squared_clusters=0.5)
    assert found.value / found.multiplier == pytest.approx(math.sqrt(0.2 * 0.5 / 10 + 0.8 / 200))


def test_a_difference_before_of_which_only_the_size_is_known_has_the_range_of_one_that_is_counted():
    arms = [e.Arm(n=60, mean=0.3, sd=1.0), e.Arm(n=50, mean=0.0, sd=1.0)]
    counted = e.hedges_g(treated=arms[0], control=arms[1])
    ends = e.range_of(counted.value, n_treated=60, n_control=50)
    assert (ends.low, ends.high) == pytest.approx((counted.interval.low, counted.interval.high), abs=1e-9)
    clustered = both_arms(n_students=110, n_clusters=11, icc=0.2)
    wider = e.range_of(counted.value, n_treated=60, n_control=50, clustering=clustered)
    assert wider.high - wider.low > 1.5 * (ends.high - ends.low)
