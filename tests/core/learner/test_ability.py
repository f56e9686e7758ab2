"""Ability from answers, when the items are known."""

import json
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.learner import ability
from plainview.core.learner.ability import Items, ability_map, eap, eap_on_grid, wle

REFERENCE = json.loads(Path(__file__).parents[2].joinpath("references/ability_by_scipy.json").read_text())
TEN = Items.of(b=np.linspace(-2, 2, 10), a=np.full(10, 1.3))


def simulated(items: Items, n: int, seed: int):
    chance = np.random.default_rng(seed)
    theta = chance.normal(0, 1, n)
    return theta, (chance.random((n, items.n)) < items.p(theta)).astype(float)


@pytest.mark.parametrize("case", REFERENCE["cases"])
def test_all_three_are_those_that_integration_and_search_find(case):
    n = len(REFERENCE["b"])
    items = Items.of(a=REFERENCE["a"], b=REFERENCE["b"], c=[case["luck"]] * n)
    answers = [[np.nan if u is None else u for u in case["answers"]]]
    mean, top, warm = eap(answers, items=items), ability_map(answers, items=items), wle(answers, items=items)
    assert (mean.theta[0], mean.standard_error[0]) == pytest.approx((case["eap"], case["sd"]), abs=1e-7)
    assert top.theta[0] == pytest.approx(case["map"], abs=1e-6), REFERENCE["made_with"]
    if case["wle"] is not None:
        assert warm.theta[0] == pytest.approx(case["wle"], abs=1e-6)


def test_bakers_published_example():
    """Published: Baker (2001), The Basics of Item Response Theory, 2nd ed., chapter 5: .3249, error 1.23.

    Items a = 1, 1.2, .8 and b = -1, 0, 1, answers 1 0 1: the likelihood peaks there.
    """
    items = Items.of(a=[1.0, 1.2, 0.8], b=[-1.0, 0.0, 1.0])
    at, answers = np.array([0.3249]), np.array([[1.0, 0.0, 1.0]])
    assert ability._score(at, answers, np.ones((1, 3)), items)[0] == pytest.approx(0, abs=1e-3)
    assert 1 / sqrt(items.information(at).sum()) == pytest.approx(1.23, abs=0.005)
    weak = ability_map(answers, items=items, prior_sd=1000)
    assert weak.theta[0] == pytest.approx(0.3249, abs=1e-3)


def test_one_rasch_item_by_hand():
    """MAP: 1 - P = theta. WLE of one right answer: 1 - P + (1 - 2 P) / 2 = 0, so P = 3/4, theta = log 3."""
    one = Items.of(b=[0.0])
    top = ability_map([[1.0]], items=one).theta[0]
    assert 1 - 1 / (1 + np.exp(-top)) == pytest.approx(top)
    assert wle([[1.0], [0.0]], items=one).theta == pytest.approx([log(3), -log(3)])
    assert wle([[1.0]], items=one).standard_error[0] == pytest.approx(1 / sqrt(3 / 16))


@given(seed=st.integers(0, 500), luck=st.sampled_from([0.0, 0.2]))
def test_one_more_right_answer_never_lowers_an_estimate(seed, luck):
    chance = np.random.default_rng(seed)
    items = Items.of(b=chance.normal(0, 1, 8), a=chance.uniform(0.5, 2, 8), c=np.full(8, luck))
    answers = chance.integers(0, 2, 8).astype(float)
    more = answers.copy()
    more[np.argmin(answers)] = 1
    for estimate in (eap, ability_map):
        less, then = estimate([answers, more], items=items).theta
        assert then >= less - 1e-9


@given(shift=st.floats(-2, 2), stretch=st.floats(0.3, 3))
def test_another_scale_gives_the_same_ability_on_that_scale(shift, stretch):
    _, answers = simulated(TEN, 5, seed=1)
    moved = Items.of(b=TEN.b * stretch + shift, a=TEN.a / stretch)
    plain = eap(answers, items=TEN).theta
    there = eap(answers, items=moved, prior_mean=shift, prior_sd=stretch).theta
    assert there == pytest.approx(plain * stretch + shift, abs=1e-6)


def test_abilities_are_found_again_with_little_bias_and_honest_errors():
    items = Items.of(b=np.linspace(-2, 2, 40), a=np.full(40, 1.2))
    theta, answers = simulated(items, 3000, seed=5)
    for estimate in (eap, ability_map, wle):
        out = estimate(answers, items=items)
        assert np.mean(out.theta - theta) == pytest.approx(0, abs=0.02)
        inside = np.abs(out.theta - theta) < 1.96 * out.standard_error
        assert 0.935 <= inside.mean() <= 0.97


def test_warms_estimate_is_less_biased_at_the_ends_than_the_mean():
    items = Items.of(b=np.linspace(-2, 2, 25))
    chance = np.random.default_rng(2)
    answers = (chance.random((3000, 25)) < items.p(np.full(3000, 2.0))).astype(float)
    bias = {f.__name__: abs(float(f(answers, items=items).theta.mean() - 2)) for f in (eap, wle)}
    assert bias["wle"] < 0.06 < bias["eap"]


@pytest.mark.parametrize("answer", [0.0, 1.0])
@pytest.mark.parametrize("luck", [0.0, 0.25])
@pytest.mark.parametrize("estimate", [eap, ability_map, wle])
def test_all_right_and_all_wrong_stay_finite(estimate, luck, answer):
    items = Items.of(b=TEN.b, a=TEN.a, c=np.full(10, luck))
    out = estimate(np.full((1, 10), answer), items=items)
    assert np.isfinite(out.theta).all()
    assert np.sign(out.theta[0]) == (1 if answer else -1)


def test_no_answer_leaves_the_prior_or_nothing():
    nothing = np.full((1, 10), np.nan)
    out = eap(nothing, items=TEN, prior_mean=0.5, prior_sd=2)
    assert (out.theta[0], out.standard_error[0]) == pytest.approx((0.5, 2), abs=1e-3)
    assert ability_map(nothing, items=TEN).theta[0] == pytest.approx(0)
    assert np.isnan(wle(nothing, items=TEN).theta[0])
    assert out.n_answered[0] == 0


def test_what_was_not_answered_counts_for_nothing():
    _, answers = simulated(TEN, 20, seed=3)
    answers[:, 6:] = np.nan
    six = Items.of(b=TEN.b[:6], a=TEN.a[:6])
    for estimate in (eap, ability_map, wle):
        assert estimate(answers, items=TEN).theta == pytest.approx(
            estimate(answers[:, :6], items=six).theta, abs=1e-7
        )


def test_graded_answers_come_in_through_a_grid():
    """A grid of any model's log-likelihood; here the 2PL's own, so that both ways must agree."""
    _, answers = simulated(TEN, 6, seed=4)
    nodes = np.linspace(-8, 8, 401)
    p = TEN.p(nodes)
    likely = answers @ np.log(p).T + (1 - answers) @ np.log(1 - p).T
    mean, deviation = eap_on_grid(likely, nodes=nodes)
    out = eap(answers, items=TEN)
    assert mean == pytest.approx(out.theta, abs=1e-8)
    assert deviation == pytest.approx(out.standard_error, abs=1e-8)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"b": [0, 1], "a": [1]}, "shapes"),
        ({"b": [0], "a": [0]}, "a above 0"),
        ({"b": [0], "c": [1]}, "below 1"),
    ],
)
def test_items_that_cannot_be_are_said(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        Items.of(**arguments)


@pytest.mark.parametrize("answers", [[[1.0, 0.0]], [[2.0] * 10], [1.0] * 10])
def test_answers_of_another_shape_are_said(answers):
    with pytest.raises(ValueError, match=r"answer"):
        eap(answers, items=TEN)
