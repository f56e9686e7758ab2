"""Teach a small group again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.rules.cards import cards, said, the_card
from tests.core.rules.story import COMPARE, SAYS_BIGGER_BOTTOM, TABLE, TODAY, a_class, child, not_yet, piece

from plainview.core.learner.estimate import State
from plainview.core.learner.piece import Helped, Kind
from plainview.core.rules.snapshot import GroupRecord

RULE = "reteach_together"


def thinks_so(ref, **more):
    return child(ref, compare=not_yet(misconception=SAYS_BIGGER_BOTTOM), **more)


def three(**more_for_the_third):
    return thinks_so("s1"), thinks_so("s2"), thinks_so("s10", **more_for_the_third)


def test_three_who_share_a_way_of_thinking_get_one_lesson():
    card = the_card(RULE, a_class(*three()))
    assert card.students == ("s1", "s2", "s10")
    assert (card.activity, card.about, card.is_group) == ("fold-and-compare", SAYS_BIGGER_BOTTOM, True)
    assert card.cost.teacher_minutes == 15


def test_two_are_no_group():
    assert not cards(RULE, a_class(*three()[:2]))


def test_eight_become_two_groups():
    found = cards(RULE, a_class(*(thinks_so(f"s{n}") for n in range(1, 9))))
    assert [c.students for c in found] == [("s1", "s2", "s3", "s4"), ("s5", "s6", "s7", "s8")]


def test_six_children_and_a_lesson_for_five_are_two_groups_not_none():
    for_five = replace(TABLE, group_min=3, group_max=5)
    snapshot = a_class(*(thinks_so(f"s{n}") for n in range(1, 7)), activities=(for_five,))
    assert [len(c.students) for c in cards(RULE, snapshot)] == [3, 3]


def test_a_small_table_comes_before_a_talk_with_many():
    with_many = replace(TABLE, ref="a-talk", kind="conversation", group_max=30)
    card = the_card(RULE, a_class(*three(), activities=(with_many, TABLE)))
    assert card.activity == "fold-and-compare"


def test_where_nobody_heard_the_thinking_what_a_person_saw_stands_beside_the_answers():
    answers = tuple(piece(0, days_ago=n, misconception=SAYS_BIGGER_BOTTOM) for n in (2, 3, 4))
    seen = piece(0.5, days_ago=6, kind=Kind.OBSERVATION)
    snapshot = a_class(
        *(child(f"s{n}", compare=answers) for n in (1, 2)), child("s3", compare=(*answers, seen))
    )
    assert "s3 showed part of 4.NF.A.2 on 2026-02-24 (observation)." in said(the_card(RULE, snapshot).because)


def test_every_reason_links_to_work_and_a_persons_word_is_among_them():
    card = the_card(RULE, a_class(*three()))
    assert "12 pieces since" in card.because[0].in_refs
    assert "said or made (observation)" in card.because[1].in_refs
    assert "4 different tasks" in card.because[2].in_refs


def test_each_child_is_linked_to_in_the_first_reason():
    snapshot = a_class(*(thinks_so(f"s{n}") for n in range(1, 7)))
    linked = set(the_card(RULE, snapshot).because[0].evidence)
    assert all(linked & {p.ref for p in snapshot.pieces(s, COMPARE)} for s in snapshot.present)


def test_one_wrong_choice_may_be_a_slip():
    once = (
        piece(0, days_ago=3, misconception=SAYS_BIGGER_BOTTOM),
        piece(0, days_ago=5),
        piece(0, days_ago=7),
    )
    assert not cards(RULE, a_class(*three()[:2], child("s10", compare=once)))


def test_what_was_thought_last_month_may_be_gone():
    old = child("s10", compare=not_yet(misconception=SAYS_BIGGER_BOTTOM, newest_days_ago=28))
    assert not cards(RULE, a_class(*three()[:2], old))


@pytest.mark.parametrize(("helped", "is_still_in"), [(Helped.NONE, False), (Helped.ADULT, True)])
def test_who_has_since_shown_it_twice_alone_is_out(helped, is_still_in):
    since = tuple(piece(1, days_ago=d, helped=helped) for d in (2, 1))
    grown = child("s10", compare=(*not_yet(misconception=SAYS_BIGGER_BOTTOM), *since))
    assert bool(cards(RULE, a_class(*three()[:2], grown))) is is_still_in


def test_a_thinking_that_is_not_worth_a_lesson_makes_no_card():
    assert not cards(RULE, a_class(*three(), misconceptions=()))


def test_an_absent_child_is_not_counted():
    assert not cards(RULE, a_class(*three(absent=True)))


def test_a_support_that_clashes_blocks_the_card():
    clashing = replace(TABLE, blocked_by=("quiet-place",))
    snapshot = a_class(*three(supports=("quiet-place",)), activities=(clashing,))
    assert not cards(RULE, snapshot)


def test_another_lesson_that_does_not_clash_is_taken_instead():
    clashing = replace(TABLE, blocked_by=("quiet-place",))
    calm = replace(TABLE, ref="line-up-quietly", misconceptions=())
    card = the_card(RULE, a_class(*three(supports=("quiet-place",)), activities=(clashing, calm)))
    assert card.activity == "line-up-quietly"
    assert said(s.say for s in card.supports) == "For s10: quiet-place."


def test_a_child_whom_the_teacher_calls_steady_is_left_out():
    assert not cards(RULE, a_class(*three(judged={COMPARE: State.STEADY})))


def test_a_group_that_keeps_coming_back_raises_the_alarm_and_offers_another_mix():
    past = [GroupRecord(on=TODAY, purpose=p, members=("s10",)) for p in (RULE, RULE, "project", RULE, RULE)]
    card = the_card(RULE, a_class(*three(groups=tuple(past))))
    assert card.fairness.sticky == ("s10",)
    assert "s10 was in a group of this kind in 4 of the last 5 groups." in said(card.fairness.lines)
    assert "another_mix" in {c.name for c in card.choices}


def test_three_of_the_last_five_raise_no_alarm():
    past = [
        GroupRecord(on=TODAY, purpose=p, members=("s10",)) for p in (RULE, RULE, "project", "project", RULE)
    ]
    assert the_card(RULE, a_class(*three(groups=tuple(past)))).fairness.sticky == ()


def test_only_the_last_five_groups_count_whatever_order_they_are_written_in():
    purposes = [RULE, RULE, RULE, RULE, "project", "project"]
    past = [
        GroupRecord(on=TODAY - timedelta(days=7 * (6 - n)), purpose=purpose, members=("s10",))
        for n, purpose in enumerate(purposes)
    ]
    assert the_card(RULE, a_class(*three(groups=tuple(past[::-1])))).fairness.sticky == ()
    assert the_card(RULE, a_class(*three(groups=tuple(past[4::-1])))).fairness.sticky == ("s10",)


def test_it_says_whom_nobody_has_asked():
    chose = tuple(replace(p, kind=Kind.ANSWER) for p in not_yet(misconception=SAYS_BIGGER_BOTTOM))
    card = the_card(RULE, a_class(*three()[:2], child("s10", compare=chose)))
    assert "Whether s10 would say so" in said(card.does_not_know)
