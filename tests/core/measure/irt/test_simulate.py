"""Simulated answers: the same seed, the same answers; shares as the truth says; absent as asked."""

import numpy as np
import pytest

from plainview.core.measure.irt.simulate import draw, simulate


@pytest.mark.parametrize("model", ["1pl", "2pl", "3pl", "grm", "gpcm"])
def test_a_seed_repeats_everything(model):
    n = 4 if model in ("grm", "gpcm") else 2
    one, two = (simulate(n_students=50, n_items=6, seed=3, model=model, n_categories=n) for _ in range(2))
    assert np.array_equal(one.answers, two.answers)
    assert one.answers.max() == n - 1
    other = simulate(n_students=50, n_items=6, seed=4, model=model, n_categories=n)
    assert not np.array_equal(one.answers, other.answers)


@pytest.mark.parametrize(
    "model, guess, expected", [("2pl", 0.0, 1 / (1 + np.e)), ("3pl", 0.25, 0.25 + 0.75 / (1 + np.e))]
)
def test_shares_are_what_the_curve_says(model, guess, expected):
    answers = draw(
        np.random.default_rng(1),
        model=model,
        slopes=np.array([1.0]),
        intercepts=np.array([[0.0]]),
        guesses=np.array([guess]),
        theta=np.full(40_000, -1.0),
    )
    assert answers.mean() == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("model", ["grm", "gpcm"])
def test_difficulties_lie_in_order(model):
    truth = simulate(n_students=10, n_items=20, seed=1, model=model, n_categories=5)
    assert (np.diff(truth.difficulties, axis=1) > 0).all()


def test_the_asked_share_is_absent():
    truth = simulate(n_students=2000, n_items=10, seed=1, absent=0.3)
    assert np.isnan(truth.answers).mean() == pytest.approx(0.3, abs=0.01)


def test_models_that_are_none_are_refused():
    with pytest.raises(ValueError, match="found '5pl'"):
        simulate(n_students=10, n_items=2, seed=1, model="5pl")
    with pytest.raises(ValueError, match="expected 2 under '2pl'"):
        simulate(n_students=10, n_items=2, seed=1, n_categories=3)
