"""The conditional Rasch model: by hand, against eRm and by listing, by property, by recovery."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.irt.conditional import fit_conditional
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.simulate import simulate


def from_rows(rows):
    return np.array([[np.nan if sign == "." else float(sign) for sign in row] for row in rows])


def test_two_items_by_hand():
    """Of those with one right, n10 had the first and n01 the second: b2 - b1 = log(n10 / n01), exactly."""
    found = fit_conditional(np.repeat([[1, 0], [0, 1], [1, 1]], [60, 20, 9], axis=0))
    assert found.difficulties[1] - found.difficulties[0] == pytest.approx(math.log(3), abs=1e-6)
    assert found.standard_errors[0] == pytest.approx(math.sqrt(1 / 60 + 1 / 20) / 2, rel=1e-5)
    assert found.ended.log_likelihood == pytest.approx(60 * math.log(0.75) + 20 * math.log(0.25), abs=1e-8)
    assert (found.n_students, found.n_left_out) == (80, 9)


@pytest.mark.parametrize("number", range(3))
def test_as_erm_computes_it(number, erm, lsat):
    case = erm["cases"][number]
    answers = from_rows(case["answers"]) if case["answers"] else lsat[case["data"]]
    found = fit_conditional(answers)
    assert found.ended.converged
    assert found.ended.log_likelihood == pytest.approx(case["log_likelihood"], abs=1e-6), erm["made_with"]
    assert found.difficulties == pytest.approx(case["difficulties"], abs=2e-5)
    assert found.standard_errors == pytest.approx(case["standard_errors"], rel=1e-4)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_likelihood_is_what_listing_every_pattern_gives(seed):
    answers = simulate(n_students=60, n_items=4, seed=seed, model="1pl").answers
    found = fit_conditional(answers)
    if isinstance(found, CannotSay):
        return
    patterns = np.array(list(itertools.product([0, 1], repeat=4)))
    chance = np.exp(-patterns @ found.difficulties)
    of_score = np.bincount(patterns.sum(axis=1), weights=chance)
    direct = (-answers @ found.difficulties - np.log(of_score[answers.sum(axis=1).astype(int)])).sum()
    assert found.ended.log_likelihood == pytest.approx(direct, abs=1e-8)
    assert found.difficulties.sum() == pytest.approx(0, abs=1e-9)
    assert found.gradient_norm < 1e-3


def test_easy_students_and_hard_students_give_the_same_difficulties():
    """The point of it: however abilities are distributed, the difficulties compare."""
    truth = simulate(n_students=6000, n_items=10, seed=4, model="1pl")
    able = truth.theta > 0.3
    one, two = fit_conditional(truth.answers[able]), fit_conditional(truth.answers[~able])
    z = (one.difficulties - two.difficulties) / np.hypot(one.standard_errors, two.standard_errors)
    assert np.mean(z**2) < 2.2
    b = truth.difficulties[:, 0]
    assert one.difficulties == pytest.approx(b - b.mean(), abs=0.25)


def test_marginal_and_conditional_agree_where_abilities_are_normal():
    answers = simulate(n_students=4000, n_items=12, seed=5, model="1pl").answers
    marginal = fit(answers, model="rasch").b
    assert fit_conditional(answers).difficulties == pytest.approx(marginal - marginal.mean(), abs=0.03)


def test_the_long_test_form_of_the_standard_errors_is_near_the_exact_one(monkeypatch):
    answers = simulate(n_students=400, n_items=20, seed=1, model="1pl").answers
    exact = fit_conditional(answers)
    monkeypatch.setattr("plainview.core.measure.irt.conditional.MOST_EXACT", 0)
    near = fit_conditional(answers)
    assert exact.is_exact and not near.is_exact
    assert near.difficulties == pytest.approx(exact.difficulties, abs=1e-4)
    assert near.standard_errors == pytest.approx(exact.standard_errors, rel=0.05)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), n_items=st.integers(2, 15))
def test_standard_errors_are_of_the_size_that_counting_gives(seed, n_items):
    """One item against many others that are known: about 1 / sqrt(sum of p (1 - p))."""
    answers = simulate(n_students=300, n_items=n_items, seed=seed, model="1pl").answers
    found = fit_conditional(answers)
    p = answers.mean(axis=0)
    alone = 1 / np.sqrt(300 * p * (1 - p))
    assert (found.standard_errors > 0.4 * alone).all()
    assert (found.standard_errors < 2.5 * alone).all()


def test_items_that_tell_nothing_have_no_difficulty():
    answers = simulate(n_students=200, n_items=5, seed=2, model="1pl").answers
    answers[:, 1] = 1
    found = fit_conditional(answers)
    assert np.isnan(found.difficulties[1])
    assert np.isfinite(np.delete(found.difficulties, 1)).all()


def test_items_that_no_student_links_cannot_be_compared():
    answers = np.full((200, 4), np.nan)
    rng = np.random.default_rng(1)
    answers[:100, :2], answers[100:, 2:] = rng.integers(0, 2, (100, 2)), rng.integers(0, 2, (100, 2))
    said = fit_conditional(answers)
    assert isinstance(said, CannotSay)
    assert "parts" in said.reason


def test_too_few_students_cannot_say_and_other_numbers_are_refused():
    assert isinstance(fit_conditional(np.array([[0, 1], [1, 0]])), CannotSay)
    with pytest.raises(ValueError, match="above 1"):
        fit_conditional(np.array([[0, 2], [1, 0]]))
