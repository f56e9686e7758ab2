"""Fitting items: by hand, against direct computation, by property, by recovery, by the published example."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.simulate import simulate


def from_rows(rows):
    return np.array([[np.nan if sign == "." else float(sign) for sign in row] for row in rows])


# --- by hand ---


def test_two_items_of_a_rasch_test_by_hand():
    """Three parameters for a table with three free cells: the fit is the table itself."""
    answers = np.repeat([[0, 0], [1, 0], [0, 1], [1, 1]], [30, 25, 15, 30], axis=0).astype(float)
    found = fit(answers, model="rasch")
    by_hand = sum(n * math.log(n / 100) for n in (30, 25, 15, 30))
    assert found.log_likelihood == pytest.approx(by_hand, abs=1e-6)
    # P(only the first right) / P(only the second right) = exp(b2 - b1), whatever the abilities are.
    assert found.items[1].b - found.items[0].b == pytest.approx(math.log(25 / 15), abs=1e-5)


def test_aic_and_bic_are_counted_from_the_free_parameters(lsat):
    found = fit(lsat["LSAT6"], model="1pl")
    assert found.n_parameters == 6
    assert found.aic == pytest.approx(12 - 2 * found.log_likelihood)
    assert found.bic == pytest.approx(6 * math.log(1000) - 2 * found.log_likelihood)


# --- against an independent computation ---


@pytest.mark.parametrize("number", range(4))
def test_the_lsat_tables_as_computed_directly(number, direct, lsat):
    case = direct["fits"][number]
    found = fit(lsat[case["data"]], model=case["model"])
    assert found.ended.converged
    assert found.log_likelihood == pytest.approx(case["log_likelihood"], abs=1e-6), direct["made_with"]
    intercepts = [item.intercepts[0] for item in found.items]
    ses = [item.intercept_ses[0] for item in found.items]
    slopes = found.a[:1] if case["model"] == "1pl" else found.a
    slope_ses = [item.slope_se for item in found.items][: len(slopes)]
    assert [*slopes, *intercepts] == pytest.approx(case["x"], abs=2e-4)
    assert [*slope_ses, *ses] == pytest.approx(case["ses"], rel=2e-3)


@pytest.mark.parametrize("number, model", [(4, ["2pl"] * 4 + ["3pl"]), (5, "3pl")])
def test_with_a_lower_asymptote_we_end_no_lower_than_the_direct_search(number, model, direct, lsat):
    case = direct["fits"][number]
    found = fit(lsat["LSAT7"], model=model, guess_prior=None)
    assert found.ended.converged
    assert found.log_likelihood > case["log_likelihood"] - 1e-3


@pytest.mark.parametrize("number", range(2))
def test_several_categories_with_absent_answers_as_computed_directly(number, direct):
    case = direct["several"][number]
    found = fit(from_rows(case["answers"]), model=case["model"])
    intercepts = [d for item in found.items for d in item.intercepts]
    ses = [s for item in found.items for s in item.intercept_ses]
    assert found.log_likelihood == pytest.approx(case["log_likelihood"], abs=1e-5), direct["made_with"]
    assert [*found.a, *intercepts] == pytest.approx(case["x"], abs=1e-3)
    assert [*(item.slope_se for item in found.items), *ses] == pytest.approx(case["ses"], rel=5e-3)


# --- published ---


def test_the_published_two_parameter_fit_of_lsat6(published, lsat):
    """Published: Bock & Lieberman's (1970) LSAT 6, 2PL, as ltm prints it (Rizopoulos 2006, JSS 17(5))."""
    printed, found = published["ltm"]["LSAT6 2pl"], fit(lsat["LSAT6"])
    assert found.log_likelihood == pytest.approx(printed["log_likelihood"], abs=5e-4)
    assert found.aic == pytest.approx(printed["aic"], abs=1e-3)
    assert found.bic == pytest.approx(printed["bic"], abs=1e-3)
    # That search stopped at a gradient of 0.024: its own third digits still move.
    assert found.a == pytest.approx(printed["a"], abs=1e-3)
    assert found.b == pytest.approx(printed["b"], abs=3e-3)
    assert [item.slope_se for item in found.items] == pytest.approx(printed["a_se"], abs=5e-4)
    assert [item.difficulty_ses[0] for item in found.items] == pytest.approx(printed["b_se"], abs=2e-3)


def test_the_published_one_parameter_fit_of_lsat6(published, lsat):
    """Published: Bock & Lieberman's (1970) LSAT 6, 1PL, as ltm prints it (Rizopoulos 2006, JSS 17(5))."""
    printed, found = published["ltm"]["LSAT6 1pl"], fit(lsat["LSAT6"], model="1pl")
    assert found.log_likelihood == pytest.approx(printed["log_likelihood"], abs=5e-4)
    assert (found.aic, found.bic) == pytest.approx((printed["aic"], printed["bic"]), abs=1e-3)
    assert found.a == pytest.approx([printed["a"]] * 5, abs=1e-4)
    assert found.b == pytest.approx(printed["b"], abs=1e-4)
    assert found.items[0].slope_se == pytest.approx(printed["a_se"], abs=1e-4)
    assert [item.difficulty_ses[0] for item in found.items] == pytest.approx(printed["b_se"], abs=1e-4)


def test_the_published_rasch_likelihood_of_lsat7(published, lsat):
    """Published: Bock & Lieberman's (1970) LSAT 7, Rasch, as mirt prints it (Chalmers 2012, JSS 48(6))."""
    printed, found = published["mirt"]["LSAT7 rasch"], fit(lsat["LSAT7"], model="rasch")
    assert found.log_likelihood == pytest.approx(printed["log_likelihood"], abs=5e-4)
    assert (found.aic, found.bic) == pytest.approx((printed["aic"], printed["bic"]), abs=1e-3)


def test_the_published_fit_of_lsat7(published, lsat):
    """Published: Bock & Lieberman's (1970) LSAT 7, 2PL, as mirt prints it (Chalmers 2012, JSS 48(6))."""
    printed, found = published["mirt"]["LSAT7 2pl"], fit(lsat["LSAT7"])
    assert found.log_likelihood == pytest.approx(printed["log_likelihood"], abs=5e-4)
    assert (found.aic, found.bic) == pytest.approx((printed["aic"], printed["bic"]), abs=1e-3)
    assert found.a == pytest.approx(printed["a"], abs=2e-3)
    assert [item.intercepts[0] for item in found.items] == pytest.approx(printed["d"], abs=2e-3)
    # The rows are in order: the first candidate answered nothing right, the last everything.
    assert found.eap[0] == pytest.approx(printed["eap_of_00000"], abs=1e-3)
    assert found.eap_sd[0] == pytest.approx(printed["eap_sd_of_00000"], abs=1e-3)
    assert found.eap[-1] == pytest.approx(printed["eap_of_11111"], abs=1e-3)
    assert found.eap_sd[-1] == pytest.approx(printed["eap_sd_of_11111"], abs=1e-3)


def test_the_published_three_parameter_likelihood_of_lsat7(published, lsat):
    """Published: Bock & Lieberman's (1970) LSAT 7, 3PL without a prior, as mirt prints it."""
    printed = published["mirt"]["LSAT7 3pl without a prior"]
    found = fit(lsat["LSAT7"], model="3pl", guess_prior=None)
    assert found.log_likelihood == pytest.approx(printed["log_likelihood"], abs=1e-3)
    assert sum("its guess is at the edge" in remark for remark in found.remarks) == 4


# --- by property ---


def small_test(seed, **more):
    return simulate(n_students=120, n_items=4, seed=seed, **more).answers


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_students_and_items_does_not_matter(seed):
    answers = small_test(seed, absent=0.2)
    rng = np.random.default_rng(seed)
    students, items = rng.permutation(len(answers)), rng.permutation(4)
    one, two = fit(answers, model="1pl"), fit(answers[students][:, items], model="1pl")
    assert two.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)
    assert two.b == pytest.approx(one.b[items], abs=1e-4)
    assert two.eap == pytest.approx(one.eap[students], abs=1e-4, nan_ok=True)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_right_and_wrong_exchanged_is_the_same_test_upside_down(seed):
    answers = small_test(seed)
    one, two = fit(answers, model="rasch"), fit(1 - answers, model="rasch")
    assert two.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)
    assert two.b == pytest.approx(-one.b, abs=1e-4)
    assert two.latent_sd == pytest.approx(one.latent_sd, abs=1e-4)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_more_freedom_is_never_less_likely(seed):
    answers = simulate(n_students=300, n_items=6, seed=seed).answers
    assert fit(answers).log_likelihood >= fit(answers, model="1pl").log_likelihood - 1e-6


def test_students_who_answered_nothing_change_nothing(lsat):
    nobody = np.full((7, 5), np.nan)
    with_them = fit(np.concatenate([nobody, lsat["LSAT6"]]))
    assert (with_them.n_students, with_them.n_left_out) == (1000, 7)
    assert np.isnan(with_them.eap[:7]).all()
    assert with_them.log_likelihood == pytest.approx(fit(lsat["LSAT6"]).log_likelihood, abs=1e-9)


def test_with_two_categories_graded_partial_credit_and_2pl_are_one_model(lsat):
    two, graded, credit = (fit(lsat["LSAT7"], model=m) for m in ("2pl", "grm", "gpcm"))
    assert graded.a == pytest.approx(two.a, abs=1e-9)
    assert credit.log_likelihood == pytest.approx(two.log_likelihood, abs=1e-9)


def test_rasch_and_1pl_are_one_likelihood_in_two_units(lsat):
    one, rasch = fit(lsat["LSAT6"], model="1pl"), fit(lsat["LSAT6"], model="rasch")
    assert rasch.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-9)
    assert rasch.latent_sd == pytest.approx(one.items[0].slope, abs=1e-9)
    assert rasch.b == pytest.approx(one.b * rasch.latent_sd, abs=1e-9)
    assert rasch.p(0.5 * rasch.latent_sd) == pytest.approx(one.p(0.5), abs=1e-9)


# --- by recovery ---


@pytest.mark.parametrize(
    "model, n_categories, absent",
    [("2pl", 2, 0.0), ("2pl", 2, 0.4), ("3pl", 2, 0.0), ("grm", 4, 0.2), ("gpcm", 4, 0.2)],
)
def test_a_known_truth_is_found_again(model, n_categories, absent):
    truth = simulate(
        n_students=3000, n_items=15, seed=7, model=model, n_categories=n_categories, absent=absent
    )
    found = fit(truth.answers, model=model)
    assert found.ended.converged
    slope_z = (found.a - truth.slopes) / [item.slope_se for item in found.items]
    b = np.array([item.difficulties for item in found.items])
    b_z = (b - truth.difficulties) / [item.difficulty_ses for item in found.items]
    # Fifteen and more standardised errors: their mean square is near 1 when the standard errors are right,
    # and below it for "3pl", whose prior here happens to sit at the truth.
    assert 0.15 < np.mean(slope_z**2) < 2.2
    assert 0.15 < np.mean(b_z**2) < 2.2
    assert np.corrcoef(found.eap, truth.theta)[0, 1] > 0.75


def test_a_long_test_is_not_biased_by_too_coarse_a_grid():
    """61 nodes would bias the slopes of a long test by -.06; here the grid follows the test."""
    truth = simulate(n_students=1500, n_items=400, seed=3)
    found = fit(truth.answers)
    assert found.quadrature.n_nodes > 100
    assert abs(found.quadrature.moved) < 1e-8
    assert "doubling" in found.quadrature.said
    assert abs(np.mean(found.a - truth.slopes)) < 0.03
    assert found.ended.converged
    assert found.ended.n_steps < 20


def test_few_answers_scattered_over_many_items():
    truth = simulate(n_students=1500, n_items=120, seed=5, absent=0.85)
    found = fit(truth.answers)
    z = (found.a - truth.slopes) / [item.slope_se for item in found.items]
    assert found.ended.converged
    assert 0.6 < np.mean(z**2) < 1.6
