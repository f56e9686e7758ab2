"""S-X2: by hand, by listing all patterns, by property, by simulation, and as published."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.score_groups import s_x2
from plainview.core.measure.irt.simulate import simulate
from plainview.core.measure.irt.sum_scores import of_all, without_each


def test_scores_of_two_coins_by_hand():
    coins = [np.array([[0.5], [0.5]]), np.array([[0.2], [0.8]])]
    assert of_all(coins)[:, 0] == pytest.approx([0.1, 0.5, 0.4])
    first, second = without_each(coins)
    assert first[:, 0] == pytest.approx([0.2, 0.8])
    assert second[:, 0] == pytest.approx([0.5, 0.5])


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), n_items=st.integers(1, 6))
def test_scores_are_what_listing_every_pattern_gives(seed, n_items):
    rng = np.random.default_rng(seed)
    items = [rng.dirichlet(np.ones(rng.integers(2, 4)), 3).T for _ in range(n_items)]
    expected = np.zeros((sum(len(item) - 1 for item in items) + 1, 3))
    for pattern in itertools.product(*(range(len(item)) for item in items)):
        expected[sum(pattern)] += np.prod([item[k] for item, k in zip(items, pattern, strict=True)], axis=0)
    assert of_all(items) == pytest.approx(expected)
    for j, others in enumerate(without_each(items)):
        rest = items[:j] + items[j + 1 :]
        assert others == pytest.approx(of_all(rest) if rest else np.ones((1, 3)))


def test_a_thousand_items_keep_their_digits():
    p = np.random.default_rng(1).uniform(0.05, 0.95, (1000, 1))
    items = [np.stack([1 - one, one]) for one in p]
    distribution = of_all(items)[:, 0]
    assert distribution.sum() == pytest.approx(1)
    assert distribution @ np.arange(1001) == pytest.approx(p.sum())


def test_lsat7_by_listing_all_patterns(direct, lsat):
    found = s_x2(fit(lsat["LSAT7"]), lsat["LSAT7"])
    assert [one.statistic for one in found] == pytest.approx(
        [one["statistic"] for one in direct["s_x2"]], abs=1e-3
    )
    assert [one.df for one in found] == [one["df"] for one in direct["s_x2"]]


def test_lsat7_as_published(published, lsat):
    """Published: Bock & Lieberman's (1970) LSAT 7, S-X2 of each item, as mirt prints it."""
    printed = published["mirt"]["LSAT7 2pl"]
    found = s_x2(fit(lsat["LSAT7"]), lsat["LSAT7"])
    # The printed values belong to parameters whose third digit had not settled.
    assert [one.statistic for one in found] == pytest.approx(printed["s_x2"], abs=0.02)
    assert {one.df for one in found} == {printed["s_x2_df"]}


def test_under_a_true_model_one_in_twenty_is_flagged():
    p = []
    for seed in range(16):
        model, n_categories = [("2pl", 2), ("grm", 3)][seed % 2]
        truth = simulate(n_students=500, n_items=8, seed=seed, model=model, n_categories=n_categories)
        p += [one.p for one in s_x2(fit(truth.answers, model=model), truth.answers)]
    assert np.mean(np.array(p) < 0.05) < 0.1
    assert 0.4 < np.mean(p) < 0.6


def test_an_item_that_does_not_rise_is_found():
    truth = simulate(n_students=1500, n_items=10, seed=2)
    answers = truth.answers
    middling = np.abs(truth.theta) < 0.7
    answers[:, 5] = np.where(np.random.default_rng(3).random(1500) < 0.85, middling, ~middling)
    found = s_x2(fit(answers), answers)
    assert found[5].p < 1e-6
    assert sum(one.p < 0.01 for one in found) <= 3


def test_without_complete_students_it_cannot_say():
    answers = simulate(n_students=300, n_items=8, seed=1, absent=0.5).answers
    assert isinstance(s_x2(fit(answers), answers), CannotSay)
