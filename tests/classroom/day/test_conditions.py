"""Conditions, not people: what a school is told of itself, and what it costs with two million rows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plainview.classroom.day.conditions import conditions
from plainview.classroom.evidence import correct
from plainview.classroom.plans import screen
from plainview.classroom.plans.models import MentoringPromise, Step
from plainview.lobby.people import supports
from plainview.lobby.people.models import Class, Enrollment, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def twelve(people, today):
    """Bo, Dee and ten more."""
    more = [
        Person.objects.create(identifier=f"c{n}", given_name=f"C{n}", role="student", password="!")
        for n in range(10)
    ]
    for child in more:
        Enrollment.objects.create(
            person=child, school_class=people.room_4b, role="student", begins_on=today - timedelta(days=90)
        )
    return [people.bo, people.dee, *more]


def test_below_ten_children_nothing_is_said(people, today):
    assert conditions(on=today) is None


def test_only_what_holds_and_is_recent_is_counted(twelve, people, content, shows, answers, today, now):
    """Corrected, corrected again, taken back, moved to a day long ago: each counts once or not at all."""
    long_ago = today - timedelta(days=60)
    said = {"by": people.ada, "at": now, "why": "typed wrong"}

    def put_right(row, **changes):
        return correct.correct(row, client_key=uuid4(), **said, **changes)

    answers(people.bo, "a")
    shows(people.bo, content.equal, 1.0)
    shows(people.bo, content.equal, 1.0, on=long_ago)
    put_right(put_right(shows(people.dee, content.equal, 1.0), shown=0.5), shown=0.0)
    put_right(shows(people.dee, content.equal, 1.0), on=long_ago)
    put_right(shows(people.dee, content.equal, 1.0, on=long_ago), on=today)
    put_right(shows(people.dee, content.equal, 1.0), kind="talk")
    correct.withdraw(shows(people.dee, content.equal, 1.0), client_key=uuid4(), **said)
    correct.withdraw(answers(people.dee, "b"), client_key=uuid4(), **said)
    page = conditions(on=today)
    assert (page.n_pieces, page.n_narrative) == (5, 4)


def test_supports_are_told_from_ten_children_on(twelve, people, now, today):
    words = {"plan": "iep", "term": "spoken", "words": "Read aloud", "exempt": False}
    for n, child in enumerate(twelve, start=1):
        held = supports.write_down(child, **words, by=people.fay, at=now, on=today)
        supports.tick(held, outcome="delivered", by=people.fay, at=now, on=today)
        page = conditions(on=today)
        assert (page.supports_ticked, page.supports_delivered) == (n, n if n >= 10 else None)


def plan_of(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return "\n".join(row[3] for row in cursor.fetchall())


def test_the_table_of_evidence_is_never_walked(twelve, today):
    """Counted by day and kind in an index that holds both; of the rows only corrections are read."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        conditions(on=today)
    plans = [plan_of(one["sql"]) for one in asked if "evidence_evidence" in one["sql"]]
    assert len(plans) == 2
    assert any("COVERING INDEX evidence_kinds_by_day" in plan for plan in plans)
    assert not [plan for plan in plans if "SCAN evidence_evidence" in plan]


def test_a_child_is_still_read_by_her_own_index(people, content, today, now):
    """An index over the days of a whole school must not tempt anyone who asks about one child."""
    step = Step(student=people.bo, activity_id=1)
    with CaptureQueriesContext(connection) as asked:
        screen.was_worked_on(step, on=today)
    [plan] = [plan_of(one["sql"]) for one in asked]
    assert "evidence_kinds_by_day" not in plan


def test_the_number_of_statements_does_not_grow_with_classes(twelve, people, today, now):
    """Ten more classes of twelve, each with a promise: the page asks as often as with one."""
    kept = {"minutes": 5, "every_school_days": 10, "minutes_a_day": 15, "by": people.ada, "at": now}
    MentoringPromise.objects.create(school_class=people.room_4b, **kept)
    with CaptureQueriesContext(connection) as one:
        assert conditions(on=today).minutes_promised == 60
    for n in range(10):
        room = Class.objects.create(identifier=f"room-{n}", title=f"Room {n}", school=people.room_4b.school)
        for child in twelve:
            Enrollment.objects.create(
                person=child, school_class=room, role="student", begins_on=today - timedelta(days=90)
            )
        MentoringPromise.objects.create(school_class=room, **kept)
    with CaptureQueriesContext(connection) as eleven:
        assert conditions(on=today).minutes_promised == 11 * 60
    assert len(eleven) == len(one)


def test_the_cap_is_told_beside_the_planned_minutes(twelve, people, today):
    Class.objects.filter(pk=people.next_door.pk).update(screen_minutes_a_day=30)
    assert conditions(on=today).screen_caps == [20, 30]
