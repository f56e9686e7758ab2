"""Students of item response theory whose truth is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.learner.simulated_irt import World, simulate
from plainview.core.stats.calibration import calibration


def test_the_same_seed_gives_the_same_log_and_another_another():
    one, same, other = (simulate(World(n_students=20), seed=seed).log for seed in (1, 1, 2))
    assert one.correct.tolist() == same.correct.tolist()
    assert one.correct.tolist() != other.correct.tolist()


def test_the_chance_of_an_answer_by_hand():
    """One item, nothing that varies: guess + (1 - guess - slip) x logistic(ability - difficulty)."""
    world = World(
        n_students=50, n_items=1, n_skills=1, n_answers=1, sd_strength=0, sd_difficulty=0,
        sd_log_discrimination=0, mean_difficulty=-0.5, guess=0.2, slip=0.1,
    )  # fmt: skip
    made = simulate(world, seed=3)
    assert made.truth.p == pytest.approx(0.2 + 0.7 / (1 + np.exp(-(made.truth.ability + 0.5))))


def test_what_comes_is_as_likely_as_the_truth_says():
    made = simulate(World(n_students=1000), seed=4)
    out = calibration(correct=made.log.correct, predicted=made.truth.p, student=made.log.student)
    assert out.slope.interval.holds(1)
    assert out.intercept.interval.holds(0)


def test_practice_makes_likelier_and_time_takes_away():
    def late(**changes):
        world = World(n_students=400, n_answers=60, n_skills=2, sd_strength=0, **changes)
        made = simulate(world, seed=5)
        p = made.truth.p.reshape(400, 60)
        return p[:, -10:].mean() - p[:, :10].mean()

    assert late(learns=0) == pytest.approx(0, abs=0.01)
    assert late(learns=0.1, half_life_days=1) < 0.7 * late(learns=0.1, half_life_days=1e9)


def test_a_gap_is_between_the_groups_and_nowhere_else():
    truth = simulate(World(n_students=4000, gap=-0.8), seed=6).truth
    between = truth.ability[truth.in_group].mean() - truth.ability[~truth.in_group].mean()
    assert between == pytest.approx(-0.8, abs=0.12)


def test_answers_stay_away_by_chance_or_where_they_are_hard():
    by_chance = simulate(World(missing=0.4), seed=7)
    if_hard = simulate(World(missing=0.4, missing_if_hard=1), seed=7)
    there = simulate(World(), seed=7).truth.p.mean()
    for made in (by_chance, if_hard):
        assert made.n_away / (500 * 60) == pytest.approx(0.4, abs=0.02)
        assert made.log.n_rows + made.n_away == 500 * 60
    assert by_chance.truth.p.mean() == pytest.approx(there, abs=0.01)
    assert if_hard.truth.p.mean() > there + 0.05


@given(
    n_students=st.integers(1, 8), n_items=st.integers(1, 12), n_skills=st.integers(1, 15),
    n_answers=st.integers(1, 12), missing=st.sampled_from([0.0, 0.5, 1.0]),
)  # fmt: skip
def test_any_world_gives_a_log_that_hangs_together(n_students, n_items, n_skills, n_answers, missing):
    world = World(
        n_students=n_students, n_items=n_items, n_skills=n_skills, n_answers=n_answers, missing=missing
    )
    made = simulate(world, seed=1)
    log = made.log
    assert len(made.truth.p) == log.n_rows
    assert (np.diff(log.skill_from) >= 1).all()
    assert log.item.max(initial=0) < n_items
    assert log.skill.max(initial=0) < n_skills
    for row in range(log.n_rows):
        named = log.skill[log.skill_from[row] : log.skill_from[row + 1]]
        truth = made.truth.item_skill[log.item[row]]
        assert named.tolist() == truth[truth >= 0].tolist()
    at = log.at_ms.tolist()
    assert all(b > a for a, b, s, t in zip(at, at[1:], log.student, log.student[1:], strict=False) if s == t)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"missing": 1.5}, "missing is 1.5"),
        ({"guess": 0.6, "slip": 0.5}, "add up"),
        ({"n_items": 0}, "at least"),
    ],
)
def test_a_world_that_cannot_be_is_said(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        World(**changes)
