"""Look again at what is old."""

from tests.core.rules.cards import cards, said, the_card
from tests.core.rules.story import ADD, COMPARE, EQUAL, a_class, child, not_yet, piece, steady

from plainview.core.learner.estimate import State

RULE = "look_again"
LONG_AGO = 50


def now():
    return (piece(1, days_ago=2),)


def test_old_evidence_that_new_work_builds_on_is_looked_at_again():
    card = the_card(RULE, a_class(child("s1", equal=steady(newest_days_ago=LONG_AGO), compare=now())))
    assert card.competency == EQUAL
    assert "Nothing on 4.NF.A.1 since 2026-01-11 or longer: s1." in said(card.because)
    assert f"{COMPARE}, which builds on it, has begun for s1." in said(card.because)


def test_the_range_is_wider_for_its_age_and_says_so():
    card = the_card(RULE, a_class(child("s1", equal=steady(newest_days_ago=LONG_AGO), compare=now())))
    (sure,) = card.how_sure
    assert sure.is_old
    assert sure.low < a_class(child("s1", equal=steady())).estimate("s1", EQUAL).low
    assert "50 days ago. That widens the range." in said(sure.lines)


def test_the_state_that_was_earned_stays():
    card = the_card(RULE, a_class(child("s1", equal=steady(newest_days_ago=LONG_AGO), compare=now())))
    assert card.how_sure[0].state is State.STEADY


def test_several_are_looked_at_together_though_they_work_on_different_things():
    old = steady(newest_days_ago=LONG_AGO)
    card = the_card(RULE, a_class(child("s1", equal=old, compare=now()), child("s2", equal=old, add=now())))
    assert card.students == ("s1", "s2")
    assert card.because[1].with_["students"] == ("s1",), ADD


def test_six_weeks_are_not_yet_old():
    assert not cards(RULE, a_class(child("s1", equal=steady(newest_days_ago=42), compare=now())))


def test_old_evidence_that_nobody_needs_now_is_left_in_peace():
    assert not cards(RULE, a_class(child("s1", equal=steady(newest_days_ago=LONG_AGO))))
    begun_last_month = (piece(1, days_ago=21),)
    snapshot = a_class(child("s1", equal=steady(newest_days_ago=LONG_AGO), compare=begun_last_month))
    assert not cards(RULE, snapshot)


def test_what_was_never_shown_well_is_not_old_news():
    assert not cards(RULE, a_class(child("s1", equal=not_yet(newest_days_ago=LONG_AGO), compare=now())))
