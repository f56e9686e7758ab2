"""A small unit of three competencies, with things to do, and a way to write evidence down quickly."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID

import pytest
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
