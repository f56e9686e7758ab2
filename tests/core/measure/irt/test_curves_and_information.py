"""Curves and what they tell: by hand, by numerical derivative, by property."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.measure.irt.curves import Block, curves, log_p
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.informative import reliability
from plainview.core.measure.irt.simulate import simulate

THETA = np.linspace(-3, 3, 7)
BLOCKS = {
    "2pl": Block(kind="steps", items=np.arange(1), n_categories=2, values=np.array([[1.2, 0.4]])),
    "gpcm": Block(kind="steps", items=np.arange(1), n_categories=4, values=np.array([[0.8, 1.0, 1.2, -0.3]])),
    "grm": Block(kind="graded", items=np.arange(1), n_categories=4, values=np.array([[1.1, 2.0, 0.3, -1.4]])),
    "3pl": Block(kind="3pl", items=np.arange(1), n_categories=2, values=np.array([[1.4, -0.2, 0.2]])),
}


def test_curves_at_zero_by_hand():
    half = Block(kind="steps", items=np.arange(1), n_categories=2, values=np.array([[2.0, 0.0]]))
    assert np.exp(log_p(half, np.array([0.0])))[0, :, 0] == pytest.approx([0.5, 0.5])
    guessed = half.at(np.array([[2.0, 0.0, 0.2]]))
    guessed = Block(kind="3pl", items=guessed.items, n_categories=2, values=guessed.values)
    assert np.exp(log_p(guessed, np.array([0.0])))[0, 1, 0] == pytest.approx(0.6)


@pytest.mark.parametrize("name", BLOCKS)
def test_categories_sum_to_one_and_derivatives_are_derivatives(name):
    block, h = BLOCKS[name], 1e-6
    found = curves(block, THETA)
    assert found.p.sum(axis=1) == pytest.approx(np.ones((1, 7)))
    for p in range(block.values.shape[1]):
        up, down = block.values.copy(), block.values.copy()
        up[0, p], down[0, p] = up[0, p] + h, down[0, p] - h
        slope = (log_p(block.at(up), THETA) - log_p(block.at(down), THETA)) / (2 * h)
        assert found.score[:, :, p] == pytest.approx(slope, abs=1e-7)
    by_theta = (log_p(block, THETA + h) - log_p(block, THETA - h)) / (2 * h)
    assert found.shift * block.values[0, 0] == pytest.approx(by_theta, abs=1e-7)


@pytest.mark.parametrize("model, n_categories", [("2pl", 2), ("3pl", 2), ("grm", 4), ("gpcm", 4)])
def test_information_is_the_variance_of_the_score(model, n_categories):
    answers = simulate(n_students=300, n_items=5, seed=1, model=model, n_categories=n_categories).answers
    found, h = fit(answers, model=model), 1e-5
    for item in range(5):
        p = found.category_p(THETA, item=item)
        slope = (found.category_p(THETA + h, item=item) - found.category_p(THETA - h, item=item)) / (2 * h)
        expected = (slope**2 / np.maximum(p, 1e-12)).sum(axis=1)
        assert found.item_information(THETA)[:, item] == pytest.approx(expected, rel=1e-4, abs=1e-9)


def test_a_2pl_item_tells_most_at_its_difficulty_a_squared_over_four(lsat):
    found = fit(lsat["LSAT7"])
    at = np.array([item.b for item in found.items])
    assert np.diag(found.item_information(at)) == pytest.approx(found.a**2 / 4)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_whole_test_tells_the_sum_and_errs_by_its_root(seed):
    found = fit(simulate(n_students=150, n_items=4, seed=seed).answers, model="1pl")
    told = found.information(THETA)
    assert told == pytest.approx(found.item_information(THETA).sum(axis=1))
    assert found.standard_error(THETA) == pytest.approx(told**-0.5)


def test_reliability_is_how_well_abilities_are_found_again():
    truth = simulate(n_students=3000, n_items=20, seed=3)
    found = fit(truth.answers)
    told, squared = reliability(found), np.corrcoef(found.eap, truth.theta)[0, 1] ** 2
    assert told.empirical == pytest.approx(squared, abs=0.02)
    assert told.marginal == pytest.approx(squared, abs=0.03)
    assert told.n_students == 3000


def test_a_longer_test_is_more_reliable():
    short, long = (fit(simulate(n_students=500, n_items=n, seed=2).answers) for n in (5, 40))
    assert reliability(long).marginal > reliability(short).marginal + 0.2


def test_rasch_reliability_does_not_depend_on_the_unit(lsat):
    one, rasch = (reliability(fit(lsat["LSAT6"], model=m)) for m in ("1pl", "rasch"))
    assert rasch.marginal == pytest.approx(one.marginal, abs=1e-9)
    assert rasch.empirical == pytest.approx(one.empirical, abs=1e-9)
