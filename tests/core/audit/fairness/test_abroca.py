"""The area between two ROC curves: by hand, against a fine grid, and where labels mean nothing."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.audit.fairness.abroca import (
    _between,
    abroca,
    area_between,
    clopper_pearson,
    curve,
    levels,
)
from plainview.core.audit.fairness.abroca_walk import areas
from plainview.core.cannot_say import CannotSay

REFERENCE = json.loads((Path(__file__).parents[3] / "references" / "fairness_by_peers.json").read_text())


def _world(seed, n=400, gap=0.0, share=0.4):
    chance = np.random.default_rng(seed)
    side = chance.random(n) < share
    ability = chance.normal(0, 1, n)
    correct = (chance.random(n) < 1 / (1 + np.exp(-ability))).astype(float)
    noise = np.where(side, 1 + gap, 1.0)
    return correct, ability + noise * chance.normal(0, 1, n), side


def _walked(y, level, side, n_levels):
    """The compiled walk, twice at once: members and others the other way round have the same area."""
    order = np.argsort(level, kind="stable")
    both = np.column_stack([side, ~side]).astype(float)
    found = areas(y[order], level[order].astype(np.int32), order.astype(np.int32), both, n_levels)
    assert found[0] == pytest.approx(found[1], abs=1e-12)
    return found[0]


def test_by_hand():
    """The group is ordered perfectly, the others wholly the wrong way round: the curves lie 1 apart."""
    perfect = curve(np.array([1.0, 1, 0, 0]), np.array([0, 1, 2, 3]), 4)
    wrong = curve(np.array([0.0, 0, 1, 1]), np.array([0, 1, 2, 3]), 4)
    assert area_between(perfect, wrong) == 1.0


def test_curves_that_cross_are_cut_where_they_cross():
    """A diagonal against a step that is half above and half below it: 1/8 + 1/8."""
    step = (np.array([0, 0, 0.5, 1, 1]), np.array([0, 0.5, 0.5, 0.5, 1]))
    diagonal = (np.array([0.0, 1]), np.array([0.0, 1]))
    assert area_between(step, diagonal) == pytest.approx(0.25)


def test_one_prediction_for_all_is_a_coin_for_both():
    assert (
        _between(np.array([1.0, 0, 1, 0]), np.zeros(4, np.int64), 1, np.array([True, True, False, False]))
        == 0
    )


@settings(deadline=None)  # compiled on first use
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(8, 60), ties=st.integers(2, 30))
def test_the_compiled_walk_is_the_plain_area(seed, n, ties):
    chance = np.random.default_rng(seed)
    y, side = chance.integers(0, 2, n).astype(float), chance.random(n) < 0.5
    level, n_levels = levels(chance.integers(0, ties, n).astype(float))
    if any(len(np.unique(y[mask])) < 2 for mask in (side, ~side)):
        return
    found = _walked(y, level, side, n_levels)
    assert found == pytest.approx(_between(y, level, n_levels, side), abs=1e-12)


def test_partial_answers_count_in_part():
    y, side = np.array([0.5, 1, 0, 0.5, 1, 0]), np.array([True, True, True, False, False, False])
    level, n_levels = levels(np.array([3.0, 2, 1, 3, 1, 2]))
    found = _walked(y, level, side, n_levels)
    assert found == pytest.approx(_between(y, level, n_levels, side))


@pytest.mark.parametrize("case", REFERENCE["abroca"], ids=lambda case: str(case["seed"]))
def test_scikit_learns_curves_on_a_fine_grid(case):
    y, said, side = (np.array(case[key]) for key in ("correct", "predicted", "in_group"))
    level, n_levels = levels(said.astype(float))
    found = _between(y.astype(float), level, n_levels, side.astype(bool))
    assert found == pytest.approx(case["abroca"], abs=2e-6), REFERENCE["made_with"]


def test_area_is_at_least_the_difference_of_the_aucs():
    y, said, side = _world(3, gap=1.5)
    level, n_levels = levels(said)
    x = [curve(y[m], level[m], n_levels) for m in (side, ~side)]
    auc = [float(np.trapezoid(one[1], one[0])) for one in x]
    assert area_between(*x) >= abs(auc[0] - auc[1]) - 1e-12


def test_a_prediction_that_fails_a_group_is_seen():
    y, said, side = _world(11, n=1500, gap=4.0)
    found = abroca(correct=y, predicted=said, student=None, in_group=side, group="g", n_draws=199, seed=1)
    assert found.p_value <= 0.01
    assert found.value > found.null_95 > found.null_median


def test_labels_that_mean_nothing_are_flagged_as_rarely_as_said():
    """60 worlds at the 10 % level, lopsided groups: 6 expected; 14 or more would come once in 600."""
    n_flagged = 0
    for seed in range(60):
        y, said, side = _world(seed, n=250, share=0.25)
        found = abroca(
            correct=y, predicted=said, student=None, in_group=side, group="g", n_draws=99, seed=seed
        )
        n_flagged += found.p_value <= 0.10
    assert n_flagged < 14


def test_labels_are_dealt_to_students():
    """Ten equal rows of each student say no more than one: p stays as it is with one row each."""
    y, said, side = _world(5, n=120)
    once = abroca(correct=y, predicted=said, student=None, in_group=side, group="g", n_draws=199, seed=2)
    who = np.repeat(np.arange(120), 10)
    ten = abroca(
        correct=y[who], predicted=said[who], student=who, in_group=side[who], group="g", n_draws=199, seed=2
    )
    assert (ten.value, ten.p_value) == pytest.approx((once.value, once.p_value))


def test_few_students_are_not_spoken_of():
    y, said, side = _world(1, n=40, share=0.2)
    found = abroca(correct=y, predicted=said, student=None, in_group=side, group="g", n_draws=99, seed=1)
    assert isinstance(found, CannotSay)


def test_a_student_on_both_sides_is_refused():
    with pytest.raises(ValueError, match="both sides"):
        abroca(
            correct=[1, 0],
            predicted=[0.5, 0.5],
            student=[0, 0],
            in_group=np.array([True, False]),
            group="g",
            seed=1,
        )


def test_clopper_pearsons_published_interval():
    """10 of 100: .0490 to .1762 (binom.test)."""
    found = clopper_pearson(10, 100)
    assert (found.low, found.high) == pytest.approx((0.04900469, 0.17622260), abs=1e-7)
    assert clopper_pearson(0, 20).low == 0 and clopper_pearson(20, 20).high == 1
