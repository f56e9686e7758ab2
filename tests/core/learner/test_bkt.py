"""Five kinds of test for a number: by hand, independently made, by property, by recovery, published."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.learner.bkt import Beta, Skill, SkillPrior, after_answer, trace

HERE = Path(__file__).parents[2] / "references"
BY_PATHS = json.loads((HERE / "bkt_by_paths.json").read_text())
BY_PYBKT = json.loads((HERE / "bkt_by_pybkt.json").read_text())

probability = st.floats(0, 1)
skills = st.builds(Skill, p_known=probability, p_learn=probability, p_guess=probability, p_slip=probability)
# Up to 1 in exact numbers; the thousandth keeps rounding out of it.
sensible = skills.filter(lambda s: s.p_guess + s.p_slip <= 0.999)
pieces = st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.3, 0.6, 1.0])), max_size=12)
ONE = Skill(p_known=0.5, p_learn=0.25, p_guess=0.25, p_slip=0.25)


def steps(answers: str, skill: Skill) -> list[float]:
    return [step.p_after for step in trace((float(a) for a in answers), skill)]


def test_by_hand_one_right_answer():
    """0.5 x 0.75 against 0.5 x 0.25 is three to one: 0.75. A quarter of the rest learns: 0.8125."""
    assert after_answer(0.5, True, ONE) == 0.8125
    (step,) = trace([1.0], ONE)
    assert (step.p_before, step.if_known, step.if_unknown) == (0.5, 0.75, 0.25)
    assert (step.p_after_evidence, step.p_after) == (0.75, 0.8125)


def test_by_hand_one_wrong_answer():
    assert after_answer(0.5, False, ONE) == 0.4375


def test_an_answer_held_impossible_tells_nothing_and_still_teaches():
    sure = Skill(p_known=1.0, p_learn=0.5, p_guess=0.2, p_slip=0.0)
    assert after_answer(1.0, False, sure) == 1.0
    never = Skill(p_known=0.0, p_learn=0.5, p_guess=0.0, p_slip=0.2)
    assert after_answer(0.0, True, never) == 0.5
    assert trace([1.0], never)[0].p_after == 0.5


@pytest.mark.parametrize("case", BY_PATHS["cases"], ids=lambda c: f"{c['skill']} {c['answers']}")
def test_it_is_what_counting_every_path_of_knowing_gives(case):
    skill = Skill(**{name: case[name] for name in ("p_known", "p_learn", "p_guess", "p_slip")})
    assert steps(case["answers"], skill) == pytest.approx(case["after"], rel=1e-10), BY_PATHS["made_with"]


def test_the_worked_example_of_bakers_course():
    """Big Data and Education (2013), week 4, video 2: L0 .4, T .1, G .2, S .3; wrong, right, right, ..."""
    baker = Skill(p_known=0.4, p_learn=0.1, p_guess=0.2, p_slip=0.3)
    assert steps("011", baker) == pytest.approx([0.28, 0.62, 0.87], abs=0.005)


@pytest.mark.parametrize("case", BY_PYBKT["cases"], ids=lambda c: c["answers"])
def test_pybkt_predicts_the_same(case):
    numbers = BY_PYBKT["skill"]
    skill = Skill(
        p_known=numbers["prior"],
        p_learn=numbers["learns"],
        p_guess=numbers["guesses"],
        p_slip=numbers["slips"],
    )
    before = [step.p_before for step in trace((float(a) for a in case["answers"]), skill)]
    assert before == pytest.approx(case["before"], rel=1e-9), BY_PYBKT["made_with"]


@given(p=probability, skill=sensible)
def test_a_right_answer_never_says_less_than_a_wrong_one(p, skill):
    assert after_answer(p, True, skill) >= after_answer(p, False, skill) - 1e-12


@given(p=probability, right=st.booleans(), skill=skills)
def test_a_probability_stays_one(p, right, skill):
    assert 0 <= after_answer(p, right, skill) <= 1 + 1e-12


@given(answers=st.lists(st.booleans(), max_size=15), skill=skills)
def test_the_trace_is_after_answer_step_by_step(answers, skill):
    p = skill.p_known
    for right, step in zip(answers, trace(map(float, answers), skill), strict=True):
        assert step.p_before == p
        p = after_answer(p, right, skill)
        assert step.p_after == p


@given(shown=pieces, skill=sensible, weight=st.sampled_from([0.3, 0.6, 1.0]))
def test_showing_more_never_says_less(shown, skill, weight):
    p_not, p_partly, p_shown = (
        trace([*shown, (what, weight)], skill)[-1].p_after for what in (0.0, 0.5, 1.0)
    )
    assert p_not <= p_partly + 1e-9
    assert p_partly <= p_shown + 1e-9


@given(shown=pieces, skill=skills)
def test_a_piece_of_no_weight_says_nothing(shown, skill):
    with_it = trace([*shown, (0.0, 0.0)], skill)
    without = trace(shown, skill)[-1].p_after if shown else skill.p_known
    assert with_it[-1].p_after == pytest.approx(without, abs=1e-12)


def test_a_childs_own_not_yet_moves_her_less_than_an_answer_would():
    answer, word = trace([(0.0, 1.0)], ONE)[0], trace([(0.0, 0.3)], ONE)[0]
    assert answer.p_after < word.p_after < ONE.p_known


def test_the_prior_by_hand():
    """Beta(2,2) and Beta(2,5) have the means 1/2 and 2/7. Up to a half, the integrals of x(1-x)^3 and of
    x^2(1-x)^3 are 13/320 and 7/640: the guess's mean is 7/26."""
    prior = SkillPrior().mean()
    assert prior.p_known == pytest.approx(1 / 2, abs=1e-9)
    assert prior.p_learn == pytest.approx(2 / 7, abs=1e-9)
    assert prior.p_guess == pytest.approx(7 / 26, abs=1e-9)


def test_draws_follow_the_prior_and_are_the_same_for_the_same_seed():
    prior = SkillPrior()
    draws = prior.draws(4000, seed=3)
    assert draws == prior.draws(4000, seed=3)
    assert draws != prior.draws(4000, seed=4)
    for name in ("p_known", "p_learn", "p_guess", "p_slip"):
        mean = sum(getattr(one, name) for one in draws) / len(draws)
        assert mean == pytest.approx(getattr(prior.mean(), name), abs=0.012), name
    assert max(max(one.p_guess, one.p_slip) for one in draws) <= 0.5


@given(a=st.floats(1, 60), b=st.floats(1, 60), n=st.integers(2, 9))
def test_the_nodes_share_out_all_belief_within_the_cap(a, b, n):
    nodes = Beta(a=a, b=b, cap=0.5).nodes(n)
    assert sum(w for _, w in nodes) == pytest.approx(1)
    assert all(0 < x < 0.5 and w >= 0 for x, w in nodes)


def test_a_beta_that_peaks_at_the_walls_is_refused():
    with pytest.raises(ValueError, match="expected a >= 1"):
        Beta(a=0.5, b=2)


def test_recovery_those_at_70_know_it_70_times_in_100():
    """Simulate with known numbers; among those at about .7, about .7 know it."""
    chance = random.Random(5)
    skill = Skill(p_known=0.3, p_learn=0.1, p_guess=0.2, p_slip=0.15)
    near: list[bool] = []
    for _ in range(6000):
        knows, p = chance.random() < skill.p_known, skill.p_known
        for _ in range(5):
            right = chance.random() < (1 - skill.p_slip if knows else skill.p_guess)
            knows = knows or chance.random() < skill.p_learn
            p = after_answer(p, right, skill)
            if 0.6 < p < 0.8:
                near.append(knows)
    assert len(near) > 1000
    assert sum(near) / len(near) == pytest.approx(0.7, abs=0.04)
