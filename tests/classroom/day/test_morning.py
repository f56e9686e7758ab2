"""The morning page: what was missed and how, who is away, who waits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from plainview.classroom.day.morning import missed, morning
from plainview.classroom.evidence import amend
from plainview.classroom.evidence.correct import withdraw
from plainview.classroom.evidence.models import Medium
from plainview.classroom.plans import voice
from plainview.lobby.people.models import Absence, Enrollment

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


def test_who_waits_stands_in_one_list_whoever_has_a_date_first(people, content, today, now):
    voice.propose(student=people.bo, medium=Medium.PAPER, words="A comic", by=people.bo, at=now)
    said = {"student": people.dee, "by": people.dee, "at": now, "on": today}
    voice.contest(competency=content.equal, wish="show", words="On the floor", **said)
    amend.ask(student=people.bo, evidence=None, words="He was ill", by=people.eve, at=now)
    first, second, third, *rest = morning(people.room_4b, on=today).waiting
    assert (first.who, first.words, first.about) == ("Dee", "On the floor", content.equal)
    assert second.who == "Bo's family asks about the record"
    assert first.due.startswith("answer due") and second.due.startswith("answer due")
    assert (third.who, third.words, third.due) == ("Bo", "A comic", "")
    assert [line.who for line in rest] == ["2 children have too little to choose from"]


def test_the_fourth_who_waits_is_folded_and_still_there(people, signed_in_as, now):
    for n in range(5):
        voice.propose(student=people.bo, medium=Medium.PAPER, words=f"Idea {n}", by=people.bo, at=now)
    page = signed_in_as(people.ada).get("/").content.decode()
    seen, folded = page.split('id="waits"')[1].split("</section>")[0].split("<details>")
    assert ("Idea 2" in seen, "Idea 3" in seen) == (True, False)
    assert "Idea 3" in folded
    assert "Idea 4" in folded


def test_a_teacher_who_serves_the_class_next_door_has_the_morning_of_her_own(
    people, today, signed_in_as, monkeypatch, now
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    Enrollment.objects.create(
        person=people.cy, school_class=people.room_4b, role="specialist", begins_on=today
    )
    cy = signed_in_as(people.cy)
    assert "Room 4B" not in cy.get("/").content.decode()
    assert cy.get(reverse("day:morning_of", args=[people.room_4b.pk])).status_code == 403
    assert cy.get(reverse("day:morning_of", args=[people.next_door.pk])).status_code == 200
    assert cy.get(reverse("day:class_map_of", args=[people.room_4b.pk])).status_code == 200
