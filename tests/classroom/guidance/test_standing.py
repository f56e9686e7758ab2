"""'Always' and 'never' stand for a while, for harmless acts; a veto binds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plainview.classroom.guidance import decide, standing
from plainview.classroom.guidance.decide import Change
from plainview.classroom.guidance.models import Decision, StandingDecision, Suggestion, SuggestionStage
from plainview.classroom.plans.models import Group, Step
from plainview.core.rules.catalogue import RULES
from plainview.lobby.people.policy import Denied, NotSeen


@pytest.fixture
def until(today):
    return today + timedelta(weeks=8)


@pytest.fixture
def single_card(people, content, showed, propose):
    """Bo's pieces are all of one kind: look another way. It puts nobody together."""
    for days_ago in (9, 7, 5, 3):
        showed(people.bo, content.compare, 0.5, days_ago=days_ago, kind="answer")
    [card] = [one for one in propose() if one.rule == "look_another_way"]
    return card


def test_never_keeps_the_card_away(group_card, people, propose, until, now, today, showed, content):
    standing.never(group_card, ends_on=until, by=people.ada, at=now)
    decide.not_now(group_card, by=people.ada, at=now)
    later = today + timedelta(days=14)
    for child in group_card.students.all():
        for days_ago in (-10, -12):
            showed(child, content.equal, 0, days_ago=days_ago, misconception="adds-top-and-bottom")
    assert not [
        card
        for card in propose(on=later, at=now + timedelta(days=14))
        if card.rule == "reteach_together" and card.competency == content.equal
    ]


def test_without_it_the_card_comes_again(group_card, people, propose, now, today, showed, content):
    decide.not_now(group_card, by=people.ada, at=now)
    for child in group_card.students.all():
        for days_ago in (-10, -12):
            showed(child, content.equal, 0, days_ago=days_ago, misconception="adds-top-and-bottom")
    again = propose(on=today + timedelta(days=14), at=now + timedelta(days=14))
    assert "reteach_together" in {card.rule for card in again}


def test_never_for_one_child_leaves_the_group_to_the_others(
    people, five, content, showed, shared_thinking, propose, until, now, today
):
    for days_ago in (9, 6, 4):
        showed(five[3], content.equal, 0, days_ago=days_ago, misconception="adds-top-and-bottom")
    [card] = propose()
    assert card.students.count() == 4
    standing.never(card, ends_on=until, by=people.ada, at=now, student=five[0])
    Suggestion.objects.update(stage=SuggestionStage.GONE)
    [card] = propose()
    assert set(card.students.all()) == set(five[1:4])


def test_nothing_stands_longer_than_a_term(group_card, people, today, now):
    for ends_on in (today, today + timedelta(weeks=18, days=1)):
        with pytest.raises(Denied, match="longer than a term"):
            standing.never(group_card, ends_on=ends_on, by=people.ada, at=now)
    assert not StandingDecision.objects.exists()


def test_it_ends_by_itself(group_card, people, until, now):
    standing.never(group_card, ends_on=until, by=people.ada, at=now)
    assert standing.in_force(people.room_4b, on=until)
    assert not standing.in_force(people.room_4b, on=until + timedelta(days=1))


def test_always_is_refused_for_a_group(group_card, people, until, now):
    with pytest.raises(Denied, match="puts children together"):
        standing.always(group_card, ends_on=until, by=people.ada, at=now)


def test_always_is_refused_where_it_asks_less(lowering_card, people, until, now):
    with pytest.raises(Denied, match="less than the grade's work"):
        standing.always(lowering_card, ends_on=until, by=people.ada, at=now)


def test_always_decides_in_her_name_when_she_opens_the_page(single_card, people, propose, until, now):
    standing.always(single_card, ends_on=until, by=people.ada, at=now)
    propose()
    assert not Decision.objects.exists()  # nobody opened it
    propose(by=people.ada)
    decision = Decision.objects.get()
    assert (decision.suggestion, decision.scope, decision.by) == (single_card, "standing", people.ada)
    assert decision.standing.way == "always"


def test_what_a_specialists_no_stands_against_is_not_decided_and_the_page_is_there(
    single_card, people, propose, until, now
):
    standing.always(single_card, ends_on=until, by=people.ada, at=now)
    standing.veto(single_card, people.bo, words="By talk.", ends_on=until, by=people.fay, at=now)
    assert single_card in propose(by=people.ada)
    assert not Decision.objects.exists()


def test_what_is_offered_no_more_is_not_decided_and_the_page_is_there(
    single_card, people, propose, until, now
):
    standing.always(single_card, ends_on=until, by=people.ada, at=now)
    Suggestion.objects.update(stage=SuggestionStage.GONE)
    single_card.pk, single_card.card["do"]["task"]["activity"] = None, "gone-since"
    single_card.save()
    single_card.students.set([people.bo])
    assert single_card in propose(by=people.ada)
    assert not Decision.objects.exists()


def test_nobody_elses_opening_does_that(single_card, people, propose, until, now):
    people.next_door.enrollments.filter(person=people.cy).update(school_class=people.room_4b)
    standing.always(single_card, ends_on=until, by=people.ada, at=now)
    propose(by=people.cy)
    assert not Decision.objects.exists()


def test_what_stands_always_never_decides_what_is_not_harmless(group_card, people, propose, until, now):
    """Even if such a row were written behind our back."""
    StandingDecision.objects.create(
        school_class=people.room_4b,
        rule="reteach_together",
        rule_version=1,
        way="always",
        ends_on=until,
        by=people.ada,
        acting_role="teacher",
        at=now,
    )
    propose(by=people.ada)
    assert not Decision.objects.exists()
    assert not Group.objects.exists()


def test_pressed_twice_it_stands_once(single_card, people, until, now):
    one = standing.always(single_card, ends_on=until, by=people.ada, at=now)
    assert standing.always(single_card, ends_on=until, by=people.ada, at=now) == one


# --- a rule that has changed since -------------------------------------------------------------------------


@pytest.fixture
def second_version(monkeypatch):
    """``second_version("look_another_way")``: its author has changed the rule."""

    def change(name):
        monkeypatch.setitem(RULES, name, replace(RULES[name], version=2))

    return change


def test_always_holds_only_for_the_version_it_was_said_of(
    single_card, people, propose, until, now, today, second_version
):
    said = standing.always(single_card, ends_on=until, by=people.ada, at=now)
    second_version("look_another_way")
    assert propose(by=people.ada)
    assert not Decision.objects.exists()
    assert standing.in_force(people.room_4b, on=today) == []
    assert standing.outgrown(people.room_4b, on=today) == [said]


def test_never_holds_only_for_the_version_it_was_said_of(
    single_card, people, propose, until, now, today, second_version
):
    standing.never(single_card, ends_on=until, by=people.ada, at=now)
    Suggestion.objects.update(stage=SuggestionStage.GONE)
    assert not propose()
    second_version("look_another_way")
    standing_again = propose(on=today, at=now + timedelta(hours=1))
    assert [(one.rule, one.rule_version) for one in standing_again] == [("look_another_way", 2)]


def test_said_again_it_holds_for_the_new_version_until_the_same_day(
    single_card, people, until, now, today, second_version
):
    said = standing.always(single_card, ends_on=until, by=people.ada, at=now)
    assert standing.say_again(said, by=people.ada, at=now) == said  # nothing has changed yet
    second_version("look_another_way")
    again = standing.say_again(said, by=people.ada, at=now)
    assert (again.rule_version, again.ends_on, again.way) == (2, until, "always")
    said.refresh_from_db()
    assert said.ended_by == people.ada
    assert standing.in_force(people.room_4b, on=today) == [again]
    assert standing.outgrown(people.room_4b, on=today) == []


def test_nobody_says_it_again_for_her(single_card, people, until, now, second_version):
    said = standing.always(single_card, ends_on=until, by=people.ada, at=now)
    second_version("look_another_way")
    people.next_door.enrollments.filter(person=people.cy).update(school_class=people.room_4b)
    with pytest.raises(Denied, match="Only Ada Okafor says this again"):
        standing.say_again(said, by=people.cy, at=now)


def test_always_is_not_said_again_where_the_rule_now_asks_less(single_card, people, until, now, monkeypatch):
    said = standing.always(single_card, ends_on=until, by=people.ada, at=now)
    asks_less = {"version": 2, "lowers_expectation": True, "review_within_days": 14}
    monkeypatch.setitem(RULES, said.rule, replace(RULES[said.rule], **asks_less))
    with pytest.raises(Denied, match="less than the grade's work"):
        standing.say_again(said, by=people.ada, at=now)


def test_a_veto_is_said_for_a_child_and_outlives_the_version(veto, group_card, people, now, second_version):
    second_version("reteach_together")
    with pytest.raises(Denied, match="Fay Mbeki asked not to do this"):
        decide.do_it(group_card, by=people.ada, at=now)


# --- a veto ------------------------------------------------------------------------------------------------


@pytest.fixture
def veto(group_card, people, until, now):
    return standing.veto(
        group_card, people.bo, words="Needs a quiet place.", ends_on=until, by=people.fay, at=now
    )


def test_a_specialist_says_no_for_a_child_and_it_binds(veto, group_card, people, now):
    with pytest.raises(Denied, match=r"Fay Mbeki asked not to do this for Bo .*Needs a quiet place\."):
        decide.do_it(group_card, by=people.ada, at=now)
    assert not Step.objects.exists()


def test_the_others_can_go_on_without_her(veto, group_card, people, five, now):
    keep = Change(students=(five[1].pk, five[2].pk))
    decide.change_it(group_card, keep, by=people.ada, at=now)
    assert {step.student for step in Step.objects.all()} == {five[1], five[2]}


def test_a_veto_needs_words(group_card, people, until, now):
    with pytest.raises(Denied, match="Say why"):
        standing.veto(group_card, people.bo, words=" ", ends_on=until, by=people.fay, at=now)


def test_a_veto_is_for_a_child_of_the_card(group_card, people, five, until, now):
    with pytest.raises(NotSeen):
        standing.veto(group_card, five[4], words="No.", ends_on=until, by=people.fay, at=now)


def test_the_teacher_does_not_lift_it_alone(veto, people, now):
    with pytest.raises(Denied, match="Only Fay Mbeki takes this back"):
        standing.end(veto, by=people.ada, at=now)


def test_who_said_it_takes_it_back(veto, group_card, people, now):
    standing.end(veto, by=people.fay, at=now)
    assert decide.do_it(group_card, by=people.ada, at=now)


def test_when_she_serves_the_class_no_longer_the_teacher_may(veto, people, now, today):
    people.room_4b.enrollments.filter(person=people.fay).update(ends_on=today - timedelta(days=1))
    standing.end(veto, by=people.ada, at=now)
    assert not standing.in_force(people.room_4b, on=today)


@pytest.mark.parametrize("who", ["cy", "gus", "eve", "bo"])
def test_nobody_outside_the_class_vetoes(group_card, people, until, now, who):
    with pytest.raises((Denied, NotSeen)):
        standing.veto(group_card, people.bo, words="No.", ends_on=until, by=getattr(people, who), at=now)
    assert not StandingDecision.objects.exists()


def test_a_specialist_keeps_nothing_else_standing(single_card, people, until, now):
    for keep in (standing.always, standing.never):
        with pytest.raises(Denied):
            keep(single_card, ends_on=until, by=people.fay, at=now)
