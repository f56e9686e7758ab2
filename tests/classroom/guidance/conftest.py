"""A small unit of three competencies, with things to do, and a way to write evidence down quickly."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

_keys = count(1)


@dataclass
class Content:
    share: object  # 3.NF.A.1, comes first
    equal: object  # 4.NF.A.1, builds on it
    compare: object  # 4.NF.A.2, builds on that
    lesson: object  # a small-group lesson on equal, for the misconception
    game: object  # for two, on equal
    sheet: object  # alone, on share
    step: object  # alone, on compare
    item: object


@pytest.fixture
def content(db) -> Content:
    from plainview.classroom.curriculum.models import (
        Activity,
        Competency,
        Item,
        ItemFamily,
        Misconception,
        Unit,
    )

    unit = Unit.objects.create(identifier="fractions-4", title="Fractions, grade 4")

    def competency(identifier: str, short_name: str, order: int) -> Competency:
        return Competency.objects.create(
            unit=unit,
            identifier=identifier,
            short_name=short_name,
            statement=f"I can {short_name.lower()}.",
            grade=identifier[0],
            order=order,
        )

    share = competency("3.NF.A.1", "Share a whole fairly", 1)
    equal = competency("4.NF.A.1", "Make equal fractions", 2)
    compare = competency("4.NF.A.2", "Compare fractions", 3)
    equal.requires.add(share)
    compare.requires.add(equal)
    thinking = Misconception.objects.create(
        unit=unit,
        identifier="adds-top-and-bottom",
        name="Adding to top and bottom keeps a fraction the same",
        what_it_looks_like="<p>1/2 = 2/3</p>",
        what_helps="<p>Fold it.</p>",
    )

    def activity(identifier: str, title: str, kind: str, about: Competency, **fields) -> Activity:
        defaults = {
            "minutes": 15,
            "adult_minutes": 0,
            "group_min": 1,
            "group_max": 1,
            "medium": "paper",
            "with_whom": "alone",
            "student_words": f"You do: {title}.",
            "teacher_html": "<p>...</p>",
            "student_html": "<p>...</p>",
            "paper_html": "<p>...</p>",
        }
        made = Activity.objects.create(
            unit=unit, identifier=identifier, title=title, kind=kind, **(defaults | fields)
        )
        made.competencies.add(about)
        return made

    lesson = activity(
        "cut-it-again", "Cut it again", "small_group", equal, adult_minutes=15, group_min=3, group_max=6
    )
    lesson.misconceptions.add(thinking)
    game = activity("fraction-war", "Fraction war", "game", equal, group_min=2, group_max=2)
    sheet = activity("fair-parts", "Fair parts or not", "practice", share)
    step = activity(
        "which-is-more", "Which is more?", "practice", compare, medium="screen", screen_minutes=10
    )
    family = ItemFamily.objects.create(
        unit=unit, identifier="fill-the-gap", title="Fill the gap", competency=equal, kind="equivalence"
    )
    item = Item.objects.create(
        unit=unit,
        identifier="fill-the-gap-1",
        family=family,
        competency=equal,
        stem_html="<p>1/2 = ?/4</p>",
        response="number",
        answer={"text": "2", "form": "any", "known_wrong": []},
    )
    return Content(share, equal, compare, lesson, game, sheet, step, item)


@pytest.fixture
def showed(people, content, today):
    """``showed(people.bo, content.equal, 1, days_ago=3)`` writes one piece of evidence down."""
    from plainview.classroom.evidence.models import Evidence

    def write(student, competency, shown, *, days_ago=0, kind="observation", **fields) -> Evidence:
        on: date = today - timedelta(days=days_ago)
        at = timezone.make_aware(datetime.combine(on, time(11)))
        row = {"medium": "paper", "by": people.ada, "client_key": UUID(int=next(_keys))} | fields
        if kind == "answer":
            row = {"item": content.item, "medium": "screen"} | row
        return Evidence.objects.create(
            student=student, competency=competency, shown=shown, kind=kind, on=on, at=at, **row
        )

    return write


@pytest.fixture
def up_to_date(people, now):
    """Bring Room 4B's estimates up to date, and return them."""
    from plainview.classroom.guidance import estimate

    def bring(whom=None, at=now):
        estimate.bring_up_to_date(whom or people.room_4b, at=at)
        return estimate.estimates_of([people.bo, people.dee])

    return bring


@pytest.fixture
def guidance_on(people, now):
    from plainview.classroom.guidance import switch

    switch.turn_on(people.room_4b, by=people.ada, at=now)


@pytest.fixture
def five(people):
    """Bo and Dee with Kai, Lin and Mo: enough for a small group."""
    from plainview.lobby.people.models import Enrollment, Person

    others = []
    for name, family in (("Kai", "Aino"), ("Lin", "Zhou"), ("Mo", "Baro")):
        child = Person.objects.create(
            identifier=name.lower(), given_name=name, family_name=family, role="student", password="!"
        )
        Enrollment.objects.create(
            person=child, school_class=people.room_4b, role="student", begins_on=date(2025, 9, 1)
        )
        others.append(child)
    return [people.bo, people.dee, *others]


@pytest.fixture
def shared_thinking(five, content, showed):
    """Bo, Dee and Kai answered in the same way, twice each; Ada heard Kai say it."""
    for child in five[:3]:
        for days_ago in (9, 6, 4):
            showed(
                child,
                content.equal,
                0,
                days_ago=days_ago,
                kind="answer" if days_ago > 5 else "talk",
                misconception="adds-top-and-bottom",
            )
    return five[:3]


@pytest.fixture
def earlier_step(five, content, showed):
    """Mo cannot yet make equal fractions, nor share a whole: an earlier step might help."""
    mo = five[4]
    for about in (content.equal, content.share):
        for days_ago in (10, 8, 5, 3):
            showed(mo, about, 0, days_ago=days_ago, kind="work" if days_ago > 5 else "observation")
    return mo


@pytest.fixture
def propose(people, today, now, guidance_on):
    from plainview.classroom.guidance import suggest

    def ask(on=today, at=now, by=None):
        return suggest.propose(people.room_4b, on=on, at=at, by=by)

    return ask


@pytest.fixture
def group_card(shared_thinking, propose):
    [card] = propose()
    assert (card.rule, card.is_group) == ("reteach_together", True)
    return card


@pytest.fixture
def lowering_card(earlier_step, propose):
    [card] = [one for one in propose() if one.lowers_expectation]
    return card


@pytest.fixture
def enrol(people):
    """``enrol(people.cy, "teacher")`` gives Room 4B another adult."""
    from plainview.lobby.people.models import Enrollment

    def add(person, role):
        Enrollment.objects.create(
            person=person, school_class=people.room_4b, role=role, begins_on=date(2025, 9, 1)
        )
        return person

    return add


@pytest.fixture
def everything():
    """All rows of all tables, to see what a deed changed."""

    def read():
        tables = connection.introspection.table_names()
        with connection.cursor() as cursor:
            return {table: _rows(cursor, table) for table in tables}

    return read


def _rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 the names of our tables
    return sorted(map(repr, cursor.fetchall()))
