"""The class map: by name, in words, with the teacher's own word first, and nothing earned taken off."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plainview.classroom.day.class_map import class_map
from plainview.classroom.evidence.judge import judge
from plainview.classroom.evidence.models import Judgement
from plainview.classroom.guidance.estimate import bring_up_to_date
from plainview.lobby.people.models import Enrollment, Person, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_map(people, today, now):
    def open_it():
        bring_up_to_date(people.room_4b, at=now)
        return class_map(people.room_4b, on=today)

    return open_it


def text(row) -> str:
    return row.cells.decode()


def test_children_stand_by_name_whatever_they_showed(people, content, shows, at_the_map, today):
    for days in (20, 12, 8, 5, 3, 1):
        shows(people.dee, content.equal, 1.0, on=today - timedelta(days=days))
        shows(people.bo, content.equal, 0.0, on=today - timedelta(days=days))
    assert [row.child for row in at_the_map().rows] == [people.bo.pk, people.dee.pk]  # O'Neill, Park


def test_nobody_has_looked_is_an_empty_square_with_a_word_for_the_ear(content, at_the_map):
    page = at_the_map()
    for row in page.rows:
        assert text(row).count("we haven&#x27;t looked") == 2


def test_each_cell_stands_under_its_own_competency(people, content, shows, at_the_map, today):
    type(content.equal).objects.filter(pk=content.equal.pk).update(order=5)  # it was written down first
    shows(people.bo, content.equal, 1.0, on=today)
    shows(people.dee, content.equal, 1.0, on=today)
    shows(people.dee, content.compare, 1.0, on=today)
    bo, dee = (re.findall(r'#c(\d+)" class="cell( state)?', text(row)) for row in at_the_map().rows)
    first, second = str(content.compare.pk), str(content.equal.pk)
    assert bo == [(first, ""), (second, " state")]
    assert dee == [(first, " state"), (second, " state")]


def test_a_cell_says_the_word_the_count_and_the_age(people, content, shows, at_the_map, today):
    shows(people.bo, content.equal, 1.0, on=today - timedelta(days=21))
    bo = text(at_the_map().rows[0])
    assert "met once" in bo
    assert "1<i> piece</i>" in bo
    assert "3 wk" in bo


def test_old_evidence_is_drawn_old(people, content, shows, at_the_map, today):
    shows(people.bo, content.equal, 1.0, on=today - timedelta(days=43))
    assert "is-old" in text(at_the_map().rows[0])
    assert "is-old" not in text(at_the_map().rows[1])


def test_a_row_that_is_kept_at_hand_follows_an_answer_a_new_name_and_a_word_of_the_teacher(
    people, content, shows, at_the_map, today, now
):
    first = text(at_the_map().rows[0])
    assert text(at_the_map().rows[0]) == first
    shows(people.bo, content.equal, 1.0, on=today)
    answered = text(at_the_map().rows[0])
    Person.objects.filter(pk=people.bo.pk).update(given_name="Bonaventura")
    renamed = text(at_the_map().rows[0])
    steady = Judgement.State.STEADY
    judge(student=people.bo, competency=content.equal, state=steady, words="", by=people.ada, at=now)
    judged = text(at_the_map().rows[0])
    assert len({first, answered, renamed, judged}) == 4
    assert "Bonaventura" in renamed
    assert "teachers-own" in judged
    assert "teachers-own" not in renamed


def test_the_teachers_own_word_stands_first_and_is_underlined(people, content, shows, at_the_map, now):
    shows(people.bo, content.equal, 0.0)
    judge(
        student=people.bo,
        competency=content.equal,
        state=Judgement.State.STEADY,
        words="She showed me",
        by=people.ada,
        at=now,
    )
    bo = text(at_the_map().rows[0])
    assert "state-steady" in bo
    assert "teachers-own" in bo
    assert "1<i> piece</i>" in bo
    assert "not enough yet" not in bo


def test_the_teachers_own_word_stands_where_nothing_was_looked_at(people, content, at_the_map, now):
    judge(
        student=people.dee,
        competency=content.compare,
        state=Judgement.State.STEADY,
        words="She showed me",
        by=people.ada,
        at=now,
    )
    dee = text(at_the_map().rows[1])
    assert "no piece yet</small></a>" in dee
    assert dee.count("we haven&#x27;t looked") == 1


def test_what_was_earned_stays_when_the_evidence_falls(people, content, shows, at_the_map, today):
    for days in (30, 25, 20):
        shows(people.bo, content.equal, 1.0, on=today - timedelta(days=days))
    assert "state-getting_steady" in text(at_the_map().rows[0])
    for days in (9, 8, 7, 6, 5):
        shows(people.bo, content.equal, 0.0, on=today - timedelta(days=days))
    assert "state-getting_steady" in text(at_the_map().rows[0])


def test_the_number_of_statements_does_not_grow_with_children(people, content, at_the_map, today):
    with CaptureQueriesContext(
        connection,
    ) as few:
        at_the_map()
    for n in range(30):
        child = Person.objects.create(identifier=f"more-{n}", given_name=f"Kim {n}", role=Role.STUDENT)
        Enrollment.objects.create(
            person=child, school_class=people.room_4b, role=Role.STUDENT, begins_on=today
        )
    with CaptureQueriesContext(connection) as many:
        page = at_the_map()
    assert len(page.rows) == 32
    assert len(many) <= len(few) + 1
