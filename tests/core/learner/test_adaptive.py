"""An adaptive test."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.ability import Items, eap
from plainview.core.learner.adaptive import Bank, By, Stop, _worth, begin, exposure, next_item, run

CHANCE = np.random.default_rng(0)
ITEMS = Items.of(a=CHANCE.lognormal(0.2, 0.3, 200), b=CHANCE.normal(0, 1, 200), c=np.full(200, 0.15))
BANK = Bank.of(ITEMS)


def answers_of(theta: float, seed: int) -> list[bool]:
    return (np.random.default_rng(seed).random(200) < ITEMS.p(np.array(theta))).tolist()


def test_the_first_item_is_the_one_that_tells_most_about_an_average_student():
    assert next_item(begin(BANK), among=1, seed=1) == int(ITEMS.information(0.0).argmax())


def test_among_rasch_items_the_one_at_the_estimate_tells_most():
    """By hand: information P (1 - P) is largest where difficulty is the ability; divergence agrees."""
    bank = Bank.of(Items.of(b=[-2.0, -0.1, 1.5]))
    for by in By:
        assert next_item(begin(bank), by=by, among=1, seed=1) == 1


def test_divergence_by_hand_between_two_abilities():
    """P = 1/2 at the estimate, .2 and .8 where one may still be: -(ln .2 + ln .8) / 2 - ln 2."""
    bank = Bank.of(Items.of(b=[0.0]))
    weight = np.zeros_like(bank.prior)
    near = [int(np.abs(bank.right[0] - p).argmin()) for p in (0.2, 0.8)]
    weight[near] = 0.5
    p = bank.right[0, near[0]]
    wanted = -(log(p) + log(1 - p)) / 2 - log(2)
    assert _worth(bank, weight, 0.0, By.DIVERGENCE)[0] == pytest.approx(wanted)


def test_the_estimate_on_the_way_is_the_one_that_eap_finds():
    course = run(BANK, answers_of(0.7, 3).__getitem__, seed=1)
    given_ = np.full((1, 200), np.nan)
    given_[0, list(course.asked)] = course.right
    out = eap(given_, items=ITEMS)
    assert course.theta[-1] == pytest.approx(out.theta[0], abs=1e-4)
    assert course.standard_error[-1] == pytest.approx(out.standard_error[0], abs=1e-4)


@given(theta=st.floats(-2.5, 2.5), seed=st.integers(0, 99), among=st.integers(1, 8), by=st.sampled_from(By))
def test_run_is_begin_next_and_answered_in_turn_and_asks_nothing_twice(theta, seed, among, by):
    answers = answers_of(theta, seed)
    course = run(BANK, answers.__getitem__, stop=Stop(most=12), by=by, among=among, seed=seed)
    step = begin(BANK)
    for _ in range(12):
        item = next_item(step, by=by, among=among, seed=seed)
        step = step.answered(item, right=answers[item])
    assert (step.asked, step.theta, step.standard_error) == (
        course.asked,
        course.theta[-1],
        course.standard_error[-1],
    )
    assert len(set(course.asked)) == 12


def test_abilities_are_found_again_with_honest_errors_and_fewer_items_than_at_random():
    chance = np.random.default_rng(4)
    truth = chance.normal(0, 1, 300)
    courses = [run(BANK, answers_of(t, k).__getitem__, among=1, seed=k) for k, t in enumerate(truth)]
    found = np.array([course.theta[-1] for course in courses])
    error = np.array([course.standard_error[-1] for course in courses])
    assert 0.92 <= (np.abs(found - truth) < 1.96 * error).mean() <= 0.98
    at_random = []
    for k, t in enumerate(truth):
        given_ = np.full((1, 200), np.nan)
        twenty = chance.choice(200, 20, replace=False)
        given_[0, twenty] = np.array(answers_of(t, k))[twenty]
        at_random.append(eap(given_, items=ITEMS).theta[0])
    assert np.std(found - truth) < 0.75 * np.std(np.array(at_random) - truth)


def test_drawing_among_the_best_spares_the_bank():
    def seen(among):
        courses = [run(BANK, answers_of(0.0, k).__getitem__, among=among, seed=k) for k in range(60)]
        return exposure(courses, n_items=200)

    assert seen(1).most == 1  # everyone begins with the same item
    assert seen(10).most < 0.95
    assert seen(10).never < seen(1).never


def test_leaving_out_what_many_have_seen_holds_a_limit():
    courses = []
    for k in range(60):
        gone = exposure(courses, n_items=200).above(0.3) if courses else ()
        courses.append(run(BANK, answers_of(0.0, k).__getitem__, leave_out=gone, seed=k))
    assert exposure(courses, n_items=200).most <= 0.3 + 1 / 60


def test_it_stops_when_it_is_sure_enough_and_says_why():
    course = run(BANK, answers_of(0.0, 1).__getitem__, stop=Stop(most=100, standard_error=0.4), seed=1)
    assert course.standard_error[-1] <= 0.4 < course.standard_error[-2]
    assert "not above 0.40" in course.stopped_because
    assert run(BANK, answers_of(0.0, 1).__getitem__, seed=1).stopped_because == "20 answers are the most"


def test_a_short_bank_is_asked_to_its_end():
    bank = Bank.of(Items.of(b=[0.0, 1.0]))
    course = run(bank, lambda _: True, seed=1)
    assert sorted(course.asked) == [0, 1]
    step = begin(bank).answered(0, right=True)
    assert isinstance(next_item(step, leave_out=[1], seed=1), CannotSay)
    with pytest.raises(ValueError, match="asked already"):
        step.answered(0, right=True)


@pytest.mark.parametrize("right", [True, False])
def test_all_right_or_all_wrong_stays_finite(right):
    course = run(BANK, lambda _: right, stop=Stop(most=150), seed=2)
    assert np.isfinite(course.theta).all()
    assert np.isfinite(course.standard_error).all()
