"""Check once more before moving on."""

import pytest
from tests.core.rules.cards import cards, the_card
from tests.core.rules.story import COMPARE, a_class, child, not_yet, piece, steady

from plainview.core.learner.piece import Kind, Medium

RULE = "check_again"


def nearly(*, days_ago=4, kinds=(Kind.ANSWER, Kind.TALK, Kind.ANSWER, Kind.ANSWER)):
    """Shown four times within four days: getting steady, no week between."""
    return tuple(piece(1, days_ago=days_ago + n, kind=kind) for n, kind in enumerate(kinds))


def test_nearly_steady_asks_for_three_fresh_questions_on_paper():
    card = the_card(RULE, a_class(child("s1", equal=nearly())))
    assert "three fresh questions on paper, 5 minutes" in card.do.say.in_refs
    assert (card.do.task.medium, card.cost.screen_minutes) == (Medium.PAPER, 0)


def test_up_to_six_are_checked_at_once():
    found = cards(RULE, a_class(*(child(f"s{n}", equal=nearly()) for n in range(1, 8))))
    assert [len(c.students) for c in found] == [4, 3]


@pytest.mark.parametrize(
    ("pieces", "why_not"),
    [
        (nearly(days_ago=1), "the practice is still warm"),
        (nearly(days_ago=43), "the evidence is old: look_again speaks"),
        (nearly(kinds=(Kind.ANSWER,) * 4), "one kind only: look_another_way speaks"),
        (steady(), "steady already"),
        (not_yet(), "likely a not-yet"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_keeps_silent(pieces, why_not):
    assert not cards(RULE, a_class(child("s1", equal=pieces))), why_not


def test_where_nothing_builds_on_it_there_is_no_hurry():
    assert not cards(RULE, a_class(child("s1", compare=nearly()))), COMPARE
