"""Look another way."""

from dataclasses import replace

import pytest
from tests.core.rules.cards import cards, said, the_card
from tests.core.rules.story import EQUAL, TABLE, a_class, child, piece, steady

from plainview.core.learner.piece import Kind, Medium

RULE = "look_another_way"


def only(kind, *, n=4, newest_days_ago=2):
    return tuple(piece(1, days_ago=newest_days_ago + 3 * i, kind=kind) for i in range(n))


def test_after_answers_a_person_asks():
    card = the_card(RULE, a_class(child("s1", equal=only(Kind.ANSWER))))
    assert "show you 4.NF.A.1 with paper or objects and say why" in card.do.say.in_refs
    assert (card.do.task.medium, card.cost.teacher_minutes) == (Medium.TALK, 3)


def test_after_answers_a_conversation_that_is_there_comes_before_a_plain_asking():
    talk = replace(TABLE, ref="what-do-you-see", kind="conversation", medium=Medium.TALK, group_min=1)
    card = the_card(RULE, a_class(child("s1", equal=only(Kind.ANSWER)), activities=(talk,)))
    assert card.activity == "what-do-you-see"


@pytest.mark.parametrize("kind", [Kind.TALK, Kind.OBSERVATION, Kind.WORK])
def test_after_words_only_something_written_is_asked_for(kind):
    """No kind of evidence stands above another: words alone need a second look as much as answers alone."""
    card = the_card(RULE, a_class(child("s1", equal=only(kind))))
    assert "a few written answers on 4.NF.A.1" in card.do.say.in_refs


def test_three_pieces_may_wait_for_a_fourth():
    assert not cards(RULE, a_class(child("s1", equal=only(Kind.ANSWER, n=3))))


def test_two_kinds_need_no_third():
    assert not cards(RULE, a_class(child("s1", equal=steady())))


def test_old_evidence_is_looked_at_again_rather_than_another_way():
    assert not cards(RULE, a_class(child("s1", equal=only(Kind.ANSWER, newest_days_ago=43))))


def test_children_with_answers_and_children_with_words_are_different_cards():
    found = cards(RULE, a_class(child("s1", equal=only(Kind.ANSWER)), child("s2", equal=only(Kind.TALK))))
    assert [(c.students, c.about) for c in found] == [(("s1",), "answer"), (("s2",), "talk")]
    assert found[0].competency == found[1].competency == EQUAL


def test_it_says_which_kind_all_the_evidence_is_of():
    card = the_card(RULE, a_class(child("s1", equal=only(Kind.ANSWER))))
    assert "All of it is of one kind: answer." in said(card.how_sure[0].lines)
    assert "every piece on 4.NF.A.1 is from a screen" in said(card.does_not_know)
