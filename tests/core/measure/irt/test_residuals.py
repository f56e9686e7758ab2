"""Infit, outfit and Q3: by hand, against direct computation, by property, by recovery."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.residuals import item_fit, q3
from plainview.core.measure.irt.simulate import simulate


def direct_mean_squares(fitted, answers):
    """Straight from the definition, on a grid of its own, student by student."""
    theta = np.linspace(-7, 7, 1401)
    p, given = fitted.p(theta), ~np.isnan(answers)
    prior = np.exp(-(theta**2) / 2)
    squares, variances, ratios = np.zeros((3, answers.shape[1]))
    for row, there in zip(answers, given, strict=True):
        likely = np.prod(np.where(there, np.where(row == 1, p, 1 - p), 1.0), axis=1) * prior
        likely /= likely.sum()
        for j in np.flatnonzero(there):
            square, variance = (row[j] - p[:, j]) ** 2, p[:, j] * (1 - p[:, j])
            squares[j] += likely @ square
            variances[j] += likely @ variance
            ratios[j] += likely @ (square / variance)
    return squares / variances, ratios / given.sum(axis=0)


def test_mean_squares_follow_their_definition():
    answers = simulate(n_students=150, n_items=5, seed=2, absent=0.2).answers
    fitted = fit(answers, model="1pl")
    infit, outfit = direct_mean_squares(fitted, answers)
    found = item_fit(fitted, answers)
    assert [one.infit for one in found] == pytest.approx(infit, rel=1e-6)
    assert [one.outfit for one in found] == pytest.approx(outfit, rel=1e-6)
    assert [one.n_answers for one in found] == (~np.isnan(answers)).sum(axis=0).tolist()


def test_over_all_answers_a_model_foresees_its_own_mean_squares():
    """Every possible pattern, as often as the model expects it: infit and outfit are exactly 1."""
    answers = simulate(n_students=500, n_items=4, seed=1).answers
    fitted = fit(answers)
    patterns = np.array(list(itertools.product([0.0, 1.0], repeat=4)))
    theta = np.linspace(-7, 7, 1401)
    p, weight = fitted.p(theta), np.exp(-(theta**2) / 2)
    chance = np.array([np.prod(np.where(row == 1, p, 1 - p), axis=1) @ weight for row in patterns])
    often = np.rint(chance / chance.sum() * 200_000).astype(int)
    for one in item_fit(fitted, np.repeat(patterns, often, axis=0)):
        assert one.infit == pytest.approx(1, abs=1e-3)
        assert one.outfit == pytest.approx(1, abs=1e-3)


def test_z_is_a_standard_normal_when_the_model_is_true():
    z = []
    for seed in range(15):
        truth = simulate(n_students=400, n_items=8, seed=seed, model="1pl")
        z += [one.infit_z for one in item_fit(fit(truth.answers, model="1pl"), truth.answers)]
    assert abs(np.mean(z)) < 0.35
    assert 0.75 < np.std(z) < 1.25


def test_an_item_that_is_answered_at_random_stands_out():
    truth = simulate(n_students=1500, n_items=12, seed=6, model="1pl")
    answers = truth.answers
    answers[:, 4] = np.random.default_rng(1).integers(0, 2, 1500)
    found = item_fit(fit(answers, model="rasch"), answers)
    assert max(found, key=lambda one: one.infit_z).item == 4
    assert found[4].infit_z > 5


def test_several_categories_have_mean_squares_near_one():
    truth = simulate(n_students=800, n_items=6, seed=3, model="gpcm", n_categories=4, absent=0.2)
    found = item_fit(fit(truth.answers, model="gpcm"), truth.answers)
    assert all(0.9 < one.infit < 1.1 and one.is_usual for one in found)


# --- Q3 ---


def test_q3_is_the_correlation_of_what_remains():
    answers = simulate(n_students=200, n_items=4, seed=9).answers
    fitted = fit(answers)
    remains = answers - fitted.p(fitted.eap)
    expected = np.corrcoef(remains.T)
    found = q3(fitted, answers)
    above = np.triu_indices(4, 1)
    assert found.matrix[above] == pytest.approx(expected[above], abs=1e-6)
    assert found.mean == pytest.approx(expected[above].mean(), abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_q3_is_symmetric_and_within_one(seed):
    answers = simulate(n_students=150, n_items=5, seed=seed, absent=0.3).answers
    matrix = q3(fit(answers, model="1pl"), answers).matrix
    assert np.isnan(np.diag(matrix)).all()
    off = matrix[~np.eye(5, dtype=bool)]
    assert (np.abs(off) <= 1).all()
    assert matrix == pytest.approx(matrix.T, nan_ok=True)


def test_two_items_on_one_text_are_flagged():
    truth = simulate(n_students=1000, n_items=15, seed=8)
    answers = truth.answers
    copied = np.random.default_rng(2).random(1000) < 0.6
    answers[copied, 3] = answers[copied, 2]
    found = q3(fit(answers), answers)
    assert (found.flagged[0].first, found.flagged[0].second) == (2, 3)
    assert len(found.flagged) == 1
    assert found.flagged[0].n_students == 1000


def test_pairs_that_hardly_anybody_answered_together_say_nothing():
    answers = simulate(n_students=200, n_items=6, seed=4).answers
    answers[:95, 0] = np.nan
    answers[105:, 1] = np.nan
    matrix = q3(fit(answers, model="1pl"), answers).matrix
    assert np.isnan(matrix[0, 1])
    assert np.isfinite(matrix[0, 2])
