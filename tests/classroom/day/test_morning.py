"""The morning page: what was missed and how, who is away, who waits."""

from datetime import timedelta

import pytest

from plainview.classroom.day.morning import missed, morning
from plainview.classroom.evidence.correct import withdraw
from plainview.lobby.people.models import Absence

pytestmark = pytest.mark.django_db


def test_a_question_that_several_answered_another_way_stands_with_the_commonest_answer(
    people, content, answers, today
):
    answers(people.bo, "b")
    answers(people.dee, "b")
    (one,) = missed([people.bo.pk, people.dee.pk], since=today - timedelta(days=7))
    assert (one.item, one.n_children, one.n_commonest) == (content.item, 2, 2)
    assert one.commonest == "3/8"
    assert one.misconception.name == "Bigger bottom is bigger"


def test_one_child_alone_is_not_a_pattern(people, answers, today):
    answers(people.bo, "b")
    answers(people.bo, "b")
    assert missed([people.bo.pk, people.dee.pk], since=today - timedelta(days=7)) == []


def test_last_months_answers_and_right_ones_do_not_count(people, answers, today):
    answers(people.bo, "b", on=today - timedelta(days=30))
    answers(people.dee, "b", on=today - timedelta(days=30))
    answers(people.bo, "a")
    answers(people.dee, "a")
    assert missed([people.bo.pk, people.dee.pk], since=today - timedelta(days=7)) == []


def test_what_was_taken_back_does_not_count(people, answers, today, now):
    from uuid import uuid4

    answers(people.bo, "b")
    row = answers(people.dee, "b")
    withdraw(row, by=people.ada, at=now, why="Dee sat at Bo's screen", client_key=uuid4())
    assert missed([people.bo.pk, people.dee.pk], since=today - timedelta(days=7)) == []


def test_an_empty_class_has_a_quiet_morning(people, today):
    page = morning(people.next_door, on=today)
    assert (page.children, page.missed, page.due, page.absent) == ([], [], [], [])
    assert not page.waiting


def test_who_is_away_today_is_named_and_yesterday_is_over(people, today):
    Absence.objects.create(student=people.bo, on=today, entered_by=people.ada)
    Absence.objects.create(student=people.dee, on=today - timedelta(days=1), entered_by=people.ada)
    assert morning(people.room_4b, on=today).absent == [people.bo]
