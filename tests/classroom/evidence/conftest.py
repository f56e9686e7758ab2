"""One unit with a choice, a fraction to write, and a question of others that a person reads."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from plainview.classroom.curriculum.models import Competency, Item, ItemFamily, Misconception, Unit


@dataclass
class Content:
    equal: Competency
    compare: Competency
    choose: Item
    write: Item
    explain: Item


@pytest.fixture
def content(db) -> Content:
    unit = Unit.objects.create(identifier="fractions-4", title="Fractions, grade 4")
    equal = Competency.objects.create(
        unit=unit, identifier="4.NF.A.1", short_name="Make equal fractions", statement="...", grade="4"
    )
    compare = Competency.objects.create(
        unit=unit, identifier="4.NF.A.2", short_name="Compare fractions", statement="...", grade="4", order=1
    )
    Misconception.objects.create(
        unit=unit,
        identifier="bigger-bottom-is-bigger",
        name="Bigger bottom is bigger",
        what_it_looks_like="<p>...</p>",
        what_helps="<p>...</p>",
    )
    family = ItemFamily.objects.create(
        unit=unit, identifier="which-is-more", title="Which is more?", competency=compare, kind="comparison"
    )
    written = ItemFamily.objects.create(
        unit=unit, identifier="fill-the-gap", title="Fill the gap", competency=equal, kind="equivalence"
    )
    choose = Item.objects.create(
        unit=unit,
        identifier="which-is-more-1",
        family=family,
        competency=compare,
        stem_html="<p>Which is more?</p>",
        response="choice",
        choices=[
            {"key": "a1", "label_html": "3/4", "text": "3/4", "right": True, "misconception": ""},
            {
                "key": "b2",
                "label_html": "3/8",
                "text": "3/8",
                "right": False,
                "misconception": "bigger-bottom-is-bigger",
            },
        ],
        answer={"key": "a1", "text": "3/4"},
    )
    write = Item.objects.create(
        unit=unit,
        identifier="fill-the-gap-1",
        family=written,
        competency=equal,
        stem_html="<p>1 1/2 is the same as</p>",
        response="fraction",
        answer={
            "text": "3/2",
            "form": "any",
            "known_wrong": [{"text": "2/2", "misconception": "adds-whole-to-top"}],
        },
    )
    explain = Item.objects.create(
        unit=unit,
        identifier="say-why",
        family=written,
        competency=equal,
        stem_html="<p>Say why.</p>",
        response="text",
        answer={"text": "same size"},
    )
    return Content(equal=equal, compare=compare, choose=choose, write=write, explain=explain)


@pytest.fixture
def key():
    """``key(1)`` is the random number that a form would carry; the same again is the same press again."""
    return lambda n=1: UUID(int=n)


@pytest.fixture
def answered(content, people, now, today, key):
    """Bo answered a question on a screen."""
    from plainview.classroom.evidence import record

    def answer(response="a1", **changes):
        said = {"student": people.bo, "item": content.choose, "by": people.bo, "client_key": key()}
        said |= {"at": now, "on": today, "assigned_by": "teacher"}
        return record.answer(response=response, **(said | changes))

    return answer


@pytest.fixture
def seen(content, people, now, today, key):
    """Ada saw something and wrote it down."""
    from plainview.classroom.evidence import record

    def observe(**changes):
        saw = {"competency": content.equal, "kind": "observation", "shown": 1.0, "medium": "hands_on"}
        saw |= {"words": "Folded a strip and saw it.", "language": "en", "helped": "none", "on": today}
        said = {"student": people.bo, "by": people.ada, "at": now, "client_key": key()}
        what = record.Seen(**{name: changes.pop(name, value) for name, value in saw.items()})
        return record.observe(what, **(said | changes))

    return observe
