"""Pair two who can show each other something."""

from datetime import timedelta

from tests.core.rules.cards import cards, said, the_card
from tests.core.rules.story import COMPARE, EQUAL, TODAY, a_class, child, not_yet, piece, steady

from plainview.core.rules.snapshot import GroupRecord

RULE = "pair_up"


def one(ref="s1", **more):
    return child(ref, equal=steady(), compare=not_yet(), **more)


def other(ref="s2", **more):
    return child(ref, equal=not_yet(), compare=steady(), **more)


def together(days_ago):
    return (GroupRecord(on=TODAY - timedelta(days=days_ago), purpose="project", members=("s1", "s2", "s9")),)


def test_two_who_can_each_show_the_other_something_are_a_pair():
    card = the_card(RULE, a_class(one(), other()))
    assert card.students == ("s1", "s2")
    assert {card.competency, card.about} == {EQUAL, COMPARE}
    assert (card.activity, card.cost.student_minutes) == ("fraction-war", 20)


def test_a_game_for_two_comes_before_a_lesson():
    card = the_card(RULE, a_class(one(), other()))
    assert "fold-and-compare instead: 15 minutes" in said(c.say for c in card.choices)


def test_how_sure_is_said_for_both_children_on_both_things():
    card = the_card(RULE, a_class(one(), other()))
    assert [(s.student, s.competency) for s in card.how_sure] == [
        ("s1", EQUAL),
        ("s1", COMPARE),
        ("s2", EQUAL),
        ("s2", COMPARE),
    ]


def test_one_who_has_nothing_to_show_in_return_is_no_pair():
    assert not cards(RULE, a_class(one(), child("s2", equal=not_yet(), compare=not_yet())))


def test_nobody_is_in_two_pairs():
    found = cards(RULE, a_class(one("s1"), other("s2"), one("s3"), other("s4"), one("s5")))
    assert [c.students for c in found] == [("s1", "s2"), ("s3", "s4")]


def test_two_who_are_kept_apart_are_no_pair():
    assert not cards(RULE, a_class(one(), other(apart_from=("s1",))))


def test_the_same_two_rest_for_two_weeks():
    assert not cards(RULE, a_class(one(groups=together(13)), other(groups=together(13))))
    card = the_card(RULE, a_class(one(groups=together(14)), other(groups=together(14))))
    assert "How it went when s1 and s2 shared a group on 2026-02-16" in said(card.does_not_know)


def test_too_little_evidence_on_one_side_is_no_pair():
    little = (piece(0, days_ago=2), piece(0, days_ago=1))
    assert not cards(RULE, a_class(child("s1", equal=steady(), compare=little), other()))


def test_old_evidence_pairs_nobody():
    old = child("s2", equal=not_yet(newest_days_ago=2), compare=steady(newest_days_ago=43))
    assert not cards(RULE, a_class(one(), old))
