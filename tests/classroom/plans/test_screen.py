"""Invariant 12: the cap on screen minutes binds, and at the cap the paper twin is offered."""

from datetime import timedelta

import pytest

from plainview.classroom.plans import practice, screen
from plainview.classroom.plans.choose import choose, finish, lay_back
from plainview.classroom.plans.models import ScreenDay, Stage, Step
from plainview.lobby.people.policy import Denied, NotSeen


@pytest.fixture
def step(shelf, offer):
    return offer(shelf.practice)


@pytest.fixture
def cap(people):
    def cap(minutes):
        people.room_4b.screen_minutes_a_day = minutes
        people.room_4b.save()

    return cap


def left(people, today):
    return screen.minutes_left([people.bo], on=today)[people.bo.pk]


def test_choosing_a_screen_step_takes_its_planned_minutes_once(people, step, now, today):
    choose(step, by=people.bo, at=now, on=today)
    choose(step, by=people.bo, at=now, on=today)
    assert left(people, today) == 10
    finish(step, by=people.bo, at=now, on=today)
    assert left(people, today) == 10


def test_at_the_cap_a_screen_step_is_refused_with_a_sentence_and_nothing_changes(
    people, step, cap, now, today
):
    cap(5)
    with pytest.raises(
        screen.CapReached, match=r"5 screen minutes left today\. This takes 10\. You can do it on"
    ):
        choose(step, by=people.bo, at=now, on=today)
    assert Step.objects.get(pk=step.pk).stage == Stage.OFFERED
    assert not ScreenDay.objects.exists()


@pytest.mark.parametrize("minutes, fits", [(9, False), (10, True), (0, False)])
def test_the_cap_binds_to_the_minute(people, step, cap, now, today, minutes, fits):
    cap(minutes)
    if fits:
        choose(step, by=people.bo, at=now, on=today)
    else:
        with pytest.raises(screen.CapReached):
            choose(step, by=people.bo, at=now, on=today)
    assert left(people, today) == (0 if fits else minutes)


def test_at_the_cap_the_paper_twin_can_be_chosen(people, step, cap, now, today):
    cap(0)
    chosen = choose(step, by=people.bo, at=now, on=today, on_paper=True)
    assert (chosen.stage, chosen.medium, chosen.screen_minutes) == (Stage.CHOSEN, "paper", 0)
    assert not ScreenDay.objects.exists()


def test_going_on_the_next_day_counts_for_that_day_too(people, step, now, today):
    choose(step, by=people.bo, at=now, on=today)
    tomorrow = today + timedelta(days=1)
    choose(step, by=people.bo, at=now + timedelta(days=1), on=tomorrow)
    counted = screen.minutes_counted([people.bo.pk], since=today, until=tomorrow)
    assert counted == {(people.bo.pk, today): 10, (people.bo.pk, tomorrow): 10}


def test_laid_back_before_an_answer_gives_the_minutes_back(people, step, now, today):
    choose(step, by=people.bo, at=now, on=today)
    lay_back(step, by=people.bo, at=now, on=today)
    assert left(people, today) == 20


def test_laid_back_after_an_answer_keeps_them_counted(people, shelf, step, now, today, key):
    """Otherwise choose, answer, lay back, choose again would be a way around the cap."""
    chosen = choose(step, by=people.bo, at=now, on=today)
    item = practice.item_of(chosen, shelf.items[0].pk)
    practice.answer(chosen, item, "a", by=people.bo, at=now, on=today, client_key=key())
    lay_back(chosen, by=people.bo, at=now, on=today)
    assert left(people, today) == 10


def test_screens_that_are_a_support_are_exempt(people, step, cap, support, now, today):
    support("alternative-input", exempt=True)
    cap(5)
    assert choose(step, by=people.bo, at=now, on=today).stage == Stage.CHOSEN
    assert left(people, today) == 5


def test_no_cap_is_shown_beside_minutes_that_it_does_not_bind(people, cap, support, today):
    support("alternative-input", exempt=True)
    assert {day.cap for day in screen.days(people.bo, until=today)} == {None}


def test_days_show_what_was_counted_beside_the_cap(people, step, now, today):
    choose(step, by=people.bo, at=now, on=today)
    days = screen.days(people.bo, until=today, n_days=2)
    assert [(day.on, day.minutes, day.cap) for day in days] == [
        (today, 10, 20),
        (today - timedelta(days=1), 0, 20),
    ]


@pytest.mark.parametrize("grade, most", [("K", 0), ("1", 0), ("2", 10), ("4", 20), ("6", 30), ("11", 40)])
def test_a_teacher_may_allow_fewer_minutes_than_the_grade_but_not_more(people, now, grade, most):
    people.room_4b.grade = grade
    screen.set_cap(people.room_4b, most, by=people.ada, at=now)
    with pytest.raises(Denied, match=f"at most {most} screen minutes"):
        screen.set_cap(people.room_4b, most + 1, by=people.ada, at=now)
    people.room_4b.refresh_from_db()
    assert people.room_4b.screen_minutes_a_day == most


@pytest.mark.parametrize("who", ["bo", "cy", "eve", "fay", "gus"])
def test_only_the_class_teacher_sets_the_cap(who, people, now):
    with pytest.raises((Denied, NotSeen)):
        screen.set_cap(people.room_4b, 10, by=getattr(people, who), at=now)
