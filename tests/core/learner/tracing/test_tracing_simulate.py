"""Simulated students do what the world they come from says."""

import numpy as np
import pytest

from plainview.core.learner.tracing.simulate import World, simulate


def test_the_same_seed_draws_the_same_log():
    world = World(n_students=20, n_skills=3, spread_of_students=1.0, spread_of_items=1.0, missing=0.2)
    one, two = simulate(world, seed=7), simulate(world, seed=7)
    assert (one.log.correct == two.log.correct).all() and (one.truth.knew == two.truth.knew).all()
    other = simulate(world, seed=8)
    assert other.log.n_rows != one.log.n_rows or (other.log.correct != one.log.correct).any()


def test_right_answers_come_as_often_as_guess_and_slip_say():
    drawn = simulate(World(n_students=4000, n_skills=1, guess=(0.3, 0.3), slip=(0.1, 0.1)), seed=1)
    right, knew = drawn.log.correct, drawn.truth.knew
    assert right[knew].mean() == pytest.approx(0.9, abs=0.01)
    assert right[~knew].mean() == pytest.approx(0.3, abs=0.02)


def test_nothing_is_forgotten_unless_the_world_forgets():
    for forget, forgets in (((0.0, 0.0), False), ((0.3, 0.3), True)):
        drawn = simulate(World(n_students=200, n_skills=1, forget=forget), seed=3)
        order = drawn.log.by_student().order
        knew, student = drawn.truth.knew[order].astype(int), drawn.log.student[order]
        lost = (np.diff(knew) < 0) & (np.diff(student) == 0)
        assert lost.any() == forgets


def test_the_second_group_starts_lower_by_the_gap():
    drawn = simulate(World(n_students=8000, n_skills=1, known=(0.5, 0.5), gap_of_groups=1.0), seed=2)
    first = np.unique(drawn.log.student, return_index=True)[1]
    knew = drawn.truth.knew[first]
    shares = [knew[drawn.truth.group == g].mean() for g in (0, 1)]
    assert shares == pytest.approx([0.5, 1 / (1 + np.e)], abs=0.03)


def test_wrong_answers_can_be_lost_more_often():
    world = {"n_students": 2000, "n_skills": 1, "guess": (0.3, 0.3)}
    whole = simulate(World(**world), seed=4).log
    part = simulate(World(**world, missing=0.1, missing_if_wrong=0.6), seed=4).log
    kept = [(part.correct == c).sum() / (whole.correct == c).sum() for c in (0, 1)]
    assert kept == pytest.approx([0.4, 0.9], abs=0.05)


def test_a_students_answers_to_a_skill_stay_in_their_order():
    """Learning only goes up, so what a student knows of a skill never falls along the rows."""
    drawn = simulate(World(n_students=50, n_skills=4), seed=6)
    pairs = drawn.log.by_skill()
    knew, begins = drawn.truth.knew[pairs.row].astype(int), pairs.begins
    assert not ((np.diff(knew) < 0) & ~begins[1:]).any()
