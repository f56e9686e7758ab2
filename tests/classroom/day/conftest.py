"""A unit of two competencies, and short ways to show something."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from plainview.classroom.curriculum.models import Competency, Item, ItemFamily, Misconception, Unit
from plainview.classroom.evidence import record
from plainview.classroom.evidence.models import AssignedBy, Kind, Medium


@dataclass
class Content:
    equal: Competency
    compare: Competency
    item: Item


@pytest.fixture
def content(db) -> Content:
    unit = Unit.objects.create(identifier="fractions-4", title="Fractions")
    equal, compare = (
        Competency.objects.create(
            unit=unit, identifier=code, short_name=name, statement=name, grade="4", order=order
        )
        for order, (code, name) in enumerate([("4.NF.A.1", "Make equal"), ("4.NF.A.2", "Compare any two")])
    )
    Misconception.objects.create(
        unit=unit,
        identifier="bigger-bottom",
        name="Bigger bottom is bigger",
        what_it_looks_like="",
        what_helps="",
    )
    for one in (equal, compare):
        family = ItemFamily.objects.create(
            unit=unit,
            identifier=f"family-{one.pk}",
            title="Which is more?",
            competency=one,
            kind="comparison",
        )
    item = Item.objects.create(
        unit=unit,
        identifier="which-1",
        family=family,
        competency=compare,
        stem_html="<p>Which is more, 3/8 or 3/6?</p>",
        response="choice",
        choices=[
            {"key": "a", "label_html": "3/6", "text": "3/6", "right": True, "misconception": ""},
            {
                "key": "b",
                "label_html": "3/8",
                "text": "3/8",
                "right": False,
                "misconception": "bigger-bottom",
            },
        ],
        answer={"key": "a", "text": "3/6"},
    )
    return Content(equal=equal, compare=compare, item=item)


@pytest.fixture
def shows(people, today, now):
    """``shows(people.bo, content.equal, 1.0)``: Ada saw it."""

    def show(student, competency, shown, *, words="", on=None, by=None):
        seen = record.Seen(
            competency=competency,
            kind=Kind.OBSERVATION,
            shown=shown,
            words=words,
            medium=Medium.HANDS_ON,
            on=on or today,
        )
        return record.observe(seen, student=student, by=by or people.ada, at=now, client_key=uuid4())

    return show


@pytest.fixture
def answers(people, content, today, now):
    """``answers(people.bo, "b")``: Bo answers the question on a screen."""

    def answer(student, response, *, on=None):
        return record.answer(
            student=student,
            item=content.item,
            response=response,
            by=student,
            at=now,
            on=on or today,
            client_key=uuid4(),
            assigned_by=AssignedBy.TEACHER,
        )

    return answer
