"""Offer the next step."""

from dataclasses import replace

from tests.core.rules.cards import cards, said, the_card
from tests.core.rules.story import (
    ACTIVITIES,
    ADD,
    COMPARE,
    COMPETENCIES,
    EQUAL,
    STEPS,
    TABLE,
    a_class,
    child,
    not_yet,
    piece,
    steady,
)

from plainview.core.learner.estimate import State
from plainview.core.rules.snapshot import CompetencyView

RULE = "move_on"
ONLY_ADD_COMES_NEXT = (
    CompetencyView(ref=EQUAL, grade=4, next=(ADD,)),
    CompetencyView(ref=COMPARE, grade=4, next=(ADD,)),
    CompetencyView(ref=ADD, grade=4, requires=(EQUAL, COMPARE)),
)


def test_a_step_is_offered_to_who_is_steady_on_what_comes_before():
    found = cards(RULE, a_class(child("s1", equal=steady())))
    assert [(c.competency, c.about) for c in found] == [(EQUAL, ADD)]
    assert "Offer s1 the next step" in found[0].do.say.in_refs


def test_each_next_thing_is_an_offer_of_its_own():
    both = cards(RULE, a_class(child("s1", equal=steady()), child("s2", equal=steady())))
    assert [(c.about, c.students) for c in both] == [(COMPARE, ("s1", "s2")), (ADD, ("s1", "s2"))]


def test_the_child_may_stay_and_go_deeper():
    card = the_card(RULE, a_class(child("s1", equal=steady())))
    assert [c.name for c in card.choices] == ["go_deeper", "they_choose", "leave_it"]


def test_a_project_goes_deeper_where_there_is_one():
    project = replace(TABLE, ref="fraction-museum", kind="project", competencies=(EQUAL,), group_min=1)
    card = the_card(RULE, a_class(child("s1", equal=steady()), activities=(STEPS, project)))
    assert "go deeper: fraction-museum" in said(c.say for c in card.choices)


def test_not_steady_is_not_offered():
    assert not cards(RULE, a_class(child("s1", equal=not_yet())))


def test_old_evidence_is_looked_at_again_before():
    assert not cards(RULE, a_class(child("s1", equal=steady(newest_days_ago=43))))


def test_where_there_is_enough_to_say_about_the_next_thing_it_needs_no_offer():
    begun = tuple(piece(0, days_ago=n) for n in (1, 2, 3))
    assert not cards(RULE, a_class(child("s1", equal=steady(), add=begun, compare=begun)))


def test_a_first_try_at_the_next_thing_is_no_reason_to_hold_back():
    tried = tuple(piece(0, days_ago=n) for n in (1, 2))
    assert cards(RULE, a_class(child("s1", equal=steady(), add=tried, compare=tried)))


def test_what_the_teacher_has_her_own_word_on_needs_no_offer():
    said = {ADD: State.MET_ONCE, COMPARE: State.MET_ONCE}
    assert not cards(RULE, a_class(child("s1", equal=steady(), judged=said)))


def test_who_holds_the_next_activity_needs_no_offer():
    assert not cards(RULE, a_class(child("s1", equal=steady(), holds=("add-steps",))))


def test_something_else_it_builds_on_that_is_not_steady_speaks_against():
    snapshot = a_class(child("s1", equal=steady(), compare=not_yet()), competencies=ONLY_ADD_COMES_NEXT)
    assert not cards(RULE, snapshot)


def test_something_else_it_builds_on_that_nobody_has_looked_at_is_said():
    card = the_card(RULE, a_class(child("s1", equal=steady()), competencies=ONLY_ADD_COMES_NEXT))
    assert f"Whether s1 can do {COMPARE}, which {ADD} also builds on" in said(card.does_not_know)


def test_what_the_teacher_calls_not_steady_is_not_moved_on_from():
    assert not cards(RULE, a_class(child("s1", equal=steady(), judged={EQUAL: State.GETTING_STEADY})))


def test_without_an_activity_there_is_no_offer():
    no_add = tuple(a for a in ACTIVITIES if ADD not in a.competencies)
    snapshot = a_class(child("s1", equal=steady()), activities=no_add, competencies=COMPETENCIES)
    assert not cards(RULE, snapshot)
