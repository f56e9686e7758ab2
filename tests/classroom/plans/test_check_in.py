from datetime import date, timedelta

import pytest

from plainview.classroom.plans import check_in
from plainview.classroom.plans.models import CheckIn
from plainview.classroom.plans.promise import set_promise
from plainview.classroom.plans.voice import set_goal
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import Absence, Enrollment, Person, Role
from plainview.lobby.people.policy import Denied, NotSeen
from plainview.lobby.people.school_days import add_school_days


@pytest.fixture
def class_of_28(people):
    for n in range(26):
        child = Person.objects.create(
            identifier=f"c{n}", given_name=f"Child {n:02}", family_name=f"Family {n:02}", role=Role.STUDENT
        )
        Enrollment.objects.create(
            person=child, school_class=people.room_4b, role=Role.STUDENT, begins_on=date(2025, 9, 1)
        )
    return people


@pytest.fixture
def promised(class_of_28, now):
    set_promise(
        school_class=class_of_28.room_4b, minutes=5, every_school_days=10, minutes_a_day=14,
        by=class_of_28.ada, at=now,
    )  # fmt: skip


def hold(people, student, at, key, **more):
    return check_in.hold(student=student, by=people.ada, at=at, client_key=key, **more)


def test_the_fortnight_is_spread_so_that_no_day_has_more_than_three(people, promised, today):
    """28 children over 10 school days: never more than 3 on a day, and nobody left out."""
    per_day: dict[date, int] = {}
    for row in check_in.rounds(people.room_4b, today):
        per_day[row.due_on] = per_day.get(row.due_on, 0) + 1
    assert sum(per_day.values()) == 28
    assert max(per_day.values()) == 3
    assert len(per_day) == 10


def test_in_a_fortnight_everyone_is_met_once(people, promised, today, now, key):
    met = []
    for n in range(10):
        on = add_school_days(today, n)
        for row in check_in.due(people.room_4b, on):
            hold(people, row.student, now + (on - today), key())
            met.append(row.student.pk)
    assert len(met) == len(set(met)) == 28


def test_who_was_not_reached_stands_first_the_next_day(people, promised, today):
    first = [row.student for row in check_in.due(people.room_4b, today)]
    tomorrow = [row.student for row in check_in.due(people.room_4b, today + timedelta(days=1))]
    assert tomorrow == first


def test_who_asks_comes_first(people, promised, today, now):
    last = check_in.rounds(people.room_4b, today)[-1].student
    check_in.ask(student=last, by=last, at=now, asks="About the kite.")
    row = check_in.due(people.room_4b, today)[0]
    assert (row.student, row.asked.asks) == (last, "About the kite.")


def test_who_is_absent_is_not_on_todays_list(people, promised, today):
    first = check_in.due(people.room_4b, today)[0].student
    Absence.objects.create(student=first, on=today, entered_by=people.ada)
    assert first not in [row.student for row in check_in.due(people.room_4b, today)]


def test_without_a_promise_only_those_who_asked_are_listed(people, today, now):
    assert check_in.due(people.room_4b, today) == []
    check_in.ask(student=people.bo, by=people.bo, at=now)
    assert [row.student for row in check_in.due(people.room_4b, today)] == [people.bo]


def test_asked_twice_is_asked_once_with_the_newer_words(people, now):
    check_in.ask(student=people.bo, by=people.bo, at=now, asks="Later.")
    again = check_in.ask(student=people.bo, by=people.bo, at=now, asks="About my goal.")
    assert CheckIn.objects.get() == again
    assert again.asks == "About my goal."
    assert check_in.ask(student=people.bo, by=people.bo, at=now).asks == "About my goal."


def test_holding_one_answers_what_was_asked_and_a_replay_changes_nothing(people, now, key):
    asked = check_in.ask(student=people.bo, by=people.bo, at=now, asks="About my goal.")
    the_key = key()
    held = hold(people, people.bo, now, the_key, note="We drew it.", promise="A longer strip.")
    assert held == asked and held.minutes == 5 and held.asks == "About my goal."
    assert hold(people, people.bo, now, the_key, note="Again?") == held
    assert CheckIn.objects.get().note == "We drew it."
    assert Line.objects.filter(deed="plans.check_in.held").count() == 1


def test_a_key_of_another_childs_check_in_is_no_way_in(people, now, key):
    the_key = key()
    hold(people, people.bo, now, the_key)
    with pytest.raises(NotSeen):
        hold(people, people.dee, now, the_key)


@pytest.mark.parametrize("minutes", [0, 61])
def test_a_check_in_takes_some_minutes_and_not_a_morning(people, now, key, minutes):
    with pytest.raises(Denied, match="1 to 60 minutes"):
        hold(people, people.bo, now, key(), minutes=minutes)


def test_the_sheet_has_the_goal_the_last_promise_two_works_and_what_was_asked(people, now, today, key):
    from plainview.classroom.evidence.models import Work

    set_goal(student=people.bo, words="I want to build a kite.", by=people.bo, at=now)
    hold(people, people.bo, now, key(), promise="A longer strip.")
    for n in range(3):
        Work.objects.create(
            student=people.bo, title=f"Work {n}", made_on=today + timedelta(days=n), by=people.ada, at=now
        )
    check_in.ask(student=people.bo, by=people.bo, at=now, asks="Tails")
    sheet = check_in.sheet(people.bo)
    assert sheet.goal.words == "I want to build a kite."
    assert sheet.last.promise == "A longer strip."
    assert [work.title for work in sheet.works] == ["Work 2", "Work 1"]
    assert sheet.asked.asks == "Tails"


@pytest.mark.parametrize("who, may", [("ada", True), ("fay", True), ("bo", False), ("eve", False)])
def test_the_adults_of_the_class_hold_check_ins(who, may, people, now, key):
    if may:
        check_in.hold(student=people.bo, by=getattr(people, who), at=now, client_key=key())
    else:
        with pytest.raises(Denied, match="Only an adult of Bo's class"):
            check_in.hold(student=people.bo, by=getattr(people, who), at=now, client_key=key())


@pytest.mark.parametrize("who", ["cy", "dee", "gus", "hal"])
def test_for_the_others_there_is_no_child_to_meet(who, people, now, key):
    with pytest.raises(NotSeen):
        check_in.hold(student=people.bo, by=getattr(people, who), at=now, client_key=key())
    with pytest.raises(NotSeen):
        check_in.ask(student=people.bo, by=getattr(people, who), at=now)
