"""Many small logistic regressions at once, against one at a time by another method."""

import numpy as np
import pytest
from scipy.optimize import minimize

from plainview.core.stats.logistic_regression import fit_many
from plainview.core.stats.multiplicity import adjusted


def data(seed=1, n=60, m=5):
    chance = np.random.default_rng(seed)
    design = np.column_stack([np.ones(n), chance.normal(size=(n, 2))])
    trials = chance.integers(0, 9, size=(n, m)).astype(float)
    p = 1 / (1 + np.exp(-design @ chance.normal(size=(3, m))))
    return design, chance.binomial(trials.astype(int), p).astype(float), trials


def test_a_general_search_finds_the_same():
    design, hits, trials = data()
    found = fit_many(design, hits=hits, trials=trials)
    for j in range(hits.shape[1]):

        def loss(beta, j=j):
            eta = design @ beta
            return -(hits[:, j] * eta - trials[:, j] * np.logaddexp(0, eta)).sum()

        other = minimize(loss, np.zeros(3), method="BFGS", options={"gtol": 1e-9})
        assert found.coefficients[j] == pytest.approx(other.x, abs=1e-5)
        assert found.log_likelihood[j] == pytest.approx(-other.fun, abs=1e-8)
        p = 1 / (1 + np.exp(-design @ other.x))
        information = sum(
            t * q * (1 - q) * np.outer(x, x) for t, q, x in zip(trials[:, j], p, design, strict=True)
        )
        assert found.covariances[j] == pytest.approx(np.linalg.inv(information), rel=1e-4)
    assert found.converged.all()


def test_answers_that_can_be_told_apart_have_no_end():
    design = np.column_stack([np.ones(20), np.arange(20.0)])
    hits = np.column_stack([np.arange(20) > 9, np.arange(20) % 2, np.ones(20)]).astype(float)
    found = fit_many(design, hits=hits, trials=np.ones((20, 3)))
    assert found.converged.tolist() == [False, True, False]
    assert np.isnan(found.covariances[0]).all()


def test_columns_that_say_the_same_have_no_one_answer():
    design = np.column_stack([np.ones(20), np.arange(20.0), np.arange(20.0)])
    hits = (np.arange(20) % 3 == 0).astype(float)[:, None]
    assert not fit_many(design, hits=hits, trials=np.ones((20, 1))).converged.any()


def test_shapes():
    with pytest.raises(ValueError, match="same rows"):
        fit_many(np.ones((3, 1)), hits=np.ones((2, 1)), trials=np.ones((2, 1)))


def test_benjamini_and_hochbergs_published_example():
    """Published: Benjamini & Hochberg (1995), JRSS B 57, 289-300: of fifteen the four smallest at .05."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert (adjusted(p) <= 0.05).sum() == 4
    assert adjusted(p)[3] == pytest.approx(0.0095 * 15 / 4)


def test_adjusted_values_keep_the_order_and_leave_gaps_alone():
    found = adjusted([0.04, np.nan, 0.01, 0.03])
    assert found[[0, 2, 3]] == pytest.approx([0.04, 0.03, 0.04])
    assert np.isnan(found[1])
    assert len(adjusted([])) == 0
    with pytest.raises(ValueError, match="p-values"):
        adjusted([1.2])
