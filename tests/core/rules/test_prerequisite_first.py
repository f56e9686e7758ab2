"""Time on an earlier step. The one rule that asks for less."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rules.cards import cards, said, the_card
from tests.core.rules.story import ADD, EQUAL, TODAY, a_class, child, not_yet, piece, steady

from plainview.core.learner.estimate import State
from plainview.core.learner.piece import Kind
from plainview.core.rules.prerequisite_first import RULE as THE_RULE

RULE = "prerequisite_first"


def stuck(**more):
    return child("s1", equal=not_yet(), add=not_yet(), **more)


def test_an_earlier_step_is_suggested_beside_the_grades_work():
    card = the_card(RULE, a_class(stuck()))
    assert (card.competency, card.about) == (ADD, EQUAL)
    assert "4.NF.B.3.a stays on the plan" in card.do.say.in_refs


def test_it_needs_a_reason_and_a_look_back_within_three_weeks():
    fairness = the_card(RULE, a_class(stuck())).fairness
    assert fairness.lowers_expectation
    assert fairness.needs_reason
    assert fairness.review_by == TODAY + timedelta(days=14)
    assert "It needs your reason, and a look back by 2026-03-16." in said(fairness.lines)


@pytest.mark.parametrize("days", [0, 22])
def test_no_such_rule_can_be_written_without_a_look_back_within_three_weeks(days):
    with pytest.raises(ValueError, match="needs a review within 21 days"):
        replace(THE_RULE, review_within_days=days)


def test_it_is_one_child_at_a_time():
    found = cards(RULE, a_class(stuck(), child("s2", equal=not_yet(), add=not_yet())))
    assert [c.students for c in found] == [("s1",), ("s2",)]
    assert not any(c.is_group for c in found)


def test_the_first_other_choice_is_to_stay_with_support():
    card = the_card(RULE, a_class(stuck()))
    assert [c.name for c in card.choices] == ["stay_with_support", "inside", "leave_it"]


@pytest.mark.parametrize(
    "pieces",
    [
        {"equal": steady(), "add": not_yet()},
        {"equal": not_yet(), "add": steady()},
        {"equal": not_yet()[:2], "add": not_yet()},
        {"equal": not_yet(newest_days_ago=29), "add": not_yet()},
        {"add": not_yet()},
    ],
    ids=["earlier is steady", "the thing is steady", "too little on the earlier", "old", "nobody has looked"],
)
def test_it_keeps_silent_where_doubt_speaks_for_the_grades_work(pieces):
    assert not cards(RULE, a_class(child("s1", **pieces)))


def test_showings_in_between_speak_for_the_grades_work():
    shaky = tuple(piece(shown, days_ago=9 - 2 * i, kind=Kind.WORK) for i, shown in enumerate((0, 1, 0, 1)))
    assert not cards(RULE, a_class(child("s1", equal=shaky, add=not_yet())))


def test_the_teachers_own_word_stands_above_it():
    assert not cards(RULE, a_class(stuck(judged={EQUAL: State.STEADY})))
