"""Tutors whose truth is known, and the students that they teach."""

import numpy as np
import pytest

from plainview.core.tutors.pool import make_pool
from plainview.core.tutors.products import ADAPTS, PRODUCTS, product
from plainview.core.tutors.taught import World, p_right, simulate
from plainview.core.tutors.tutor import Offer, Profile, Reply, RestsOn, Stop

POOL = make_pool()


def given(name, answers, profile=Profile(), seed=1):  # noqa: B008 (frozen)
    session = product(name, POOL).open(profile, seed=seed)
    offers = []
    for answer in answers:
        offer = session.next()
        offers.append(offer)
        if isinstance(offer, Stop):
            break
        session.answer(Reply(item=offer.item, correct=answer))
    return offers


def test_every_tutor_says_whether_it_adapts():
    assert set(ADAPTS) == set(PRODUCTS)


@pytest.mark.parametrize("name", PRODUCTS)
def test_every_offer_has_a_reason_and_an_item_of_the_pool(name):
    for offer in given(name, [1.0, 0.0] * 5):
        assert isinstance(offer, Offer) and offer.reason.words
        assert POOL.by_name[offer.item].skill == offer.skill


def test_three_right_in_a_row_lead_to_the_next_skill():
    skills = [offer.skill for offer in given("mastery", [1, 1, 0, 1, 1, 1, 1])]
    assert skills == ["s01"] * 6 + ["s02"]


def test_one_step_goes_up_and_down():
    up, down = given("one-step", [1] * 6), given("one-step", [0] * 6)
    assert up[-1].difficulty > up[0].difficulty and down[-1].difficulty < down[0].difficulty


def test_an_adaptive_test_gives_no_item_twice_and_goes_where_answers_lead():
    offers = given("cat", [1] * 30)
    assert len({offer.item for offer in offers}) == 30
    assert offers[8].difficulty > 1


def test_inside_a_unit_nothing_reacts():
    assert [o.item for o in given("unit-end", [1] * 5)] == [o.item for o in given("unit-end", [0] * 5)]


def test_a_patient_tutor_calls_the_teacher():
    last = given("patient", [0] * 12)[-1]
    assert isinstance(last, Stop) and last.calls_teacher


def test_a_list_that_ends_is_a_stop():
    assert isinstance(given("fixed", [1] * 121)[-1], Stop)


def test_a_teachers_word_is_obeyed_and_a_skill_that_there_is_not_is_refused():
    session = product("cat", POOL).open(Profile(), seed=1)
    session.override("s05")
    offer = session.next()
    assert offer.skill == "s05" and offer.reason.rests_on == RestsOn.TEACHER
    with pytest.raises(ValueError, match="expected one of"):
        session.override("s99")


def test_there_is_no_such_tutor():
    with pytest.raises(ValueError, match="expected one of"):
        product("magic", POOL)


def test_the_same_seed_gives_the_same_log_and_another_does_not():
    one, same, other = (simulate("random", World(n_students=20), seed=seed).coded for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.item, same.item)
    assert not np.array_equal(one.correct, other.correct)


def test_students_are_right_as_often_as_the_world_says():
    item = POOL.items[0]
    assert p_right(item.difficulty, item) == pytest.approx(0.5)
    assert p_right(-50.0, item, guess=0.2) == pytest.approx(0.2)
    weak = simulate("random", World(n_students=300, gap=1.5), seed=1)
    group = weak.group.codes[weak.coded.student]
    shares = [float(weak.coded.correct[group == code].mean()) for code in (0, 1)]
    assert abs(shares[0] - shares[1]) > 0.15


def test_who_chose_is_said_where_the_world_asks_for_it():
    made = simulate("choice", World(n_students=5, said_by_product=False), seed=1)
    assert made.assigned_by.names == ("student",)
    assert simulate("choice", World(n_students=5), seed=1).assigned_by.names == ("algorithm",)


def test_students_may_leave():
    made = simulate("random", World(n_students=50, leaves=0.2), seed=1)
    assert made.coded.n_rows < 50 * 12
