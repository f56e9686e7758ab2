"""A small shelf: one thing to learn, a game for two, a lesson, a sheet, a practice set of six questions."""

from dataclasses import dataclass
from uuid import uuid4

import pytest


@dataclass
class Shelf:
    competency: object
    other_competency: object
    game: object
    lesson: object
    sheet: object
    puzzle: object
    practice: object
    items: list


@pytest.fixture
def shelf(db) -> Shelf:
    from plainview.classroom.curriculum.models import Activity, Competency, Item, ItemFamily, Unit

    unit = Unit.objects.create(identifier="fractions", title="Fractions")

    def competency(code: str, name: str) -> Competency:
        return Competency.objects.create(
            unit=unit, identifier=code, short_name=name, statement=name, grade="4"
        )

    equal = competency("4.NF.A.1", "Make equal fractions")
    compare = competency("4.NF.A.2", "Compare fractions")

    def activity(name: str, kind: str, medium: str, group=(1, 1), screen_minutes=0, minutes=10, **more):
        made = Activity.objects.create(
            unit=unit,
            identifier=name,
            title=name.replace("-", " ").capitalize(),
            kind=kind,
            medium=medium,
            minutes=minutes,
            adult_minutes=0,
            screen_minutes=screen_minutes,
            group_min=group[0],
            group_max=group[1],
            with_whom="with a partner" if group[1] > 1 else "by myself",
            student_words="We play with fractions.",
            teacher_html="<p>Why.</p>",
            student_html="<p>Play.</p>",
            paper_html="<p>The sheet.</p>",
            order=Activity.objects.count(),
            **more,
        )
        made.competencies.add(equal)
        return made

    def family(name: str, order: int) -> ItemFamily:
        return ItemFamily.objects.create(
            unit=unit, identifier=name, title=name, competency=equal, kind="equivalence", order=order
        )

    def item(of: ItemFamily, order: int, response="choice") -> Item:
        choices = [
            {"key": "a", "label_html": "2/4", "text": "2/4", "right": True, "misconception": ""},
            {"key": "b", "label_html": "1/4", "text": "1/4", "right": False, "misconception": "top-only"},
        ]
        return Item.objects.create(
            unit=unit,
            identifier=f"{of.identifier}-{order}",
            family=of,
            competency=of.competency,
            stem_html=f"<p>Which is equal to one half? ({of.identifier} {order})</p>",
            response=response,
            choices=choices if response == "choice" else [],
            answer={"key": "a", "text": "2/4"} if response == "choice" else {"text": "1/2"},
            hints=["<p>Fold it.</p>", "<p>Two of four.</p>"],
            worked_html="<p>Two fourths are one half.</p>",
            order=order,
        )

    practice = activity("practice-halves", "practice", "screen", screen_minutes=10)
    bars, lines = family("bars", 1), family("lines", 2)
    practice.item_families.set([bars, lines])
    items = [item(of, order) for order in (1, 2, 3) for of in (bars, lines)]
    return Shelf(
        competency=equal,
        other_competency=compare,
        game=activity("fraction-war", "game", "hands_on", group=(2, 2)),
        lesson=activity("fold-it", "small_group", "hands_on", group=(3, 5), not_with_supports=["no-partner"]),
        sheet=activity("cut-and-paste", "practice", "paper"),
        puzzle=activity("puzzle", "game", "hands_on"),
        practice=practice,
        items=items,
    )


@pytest.fixture
def offer(people, shelf, now):
    """``offer(shelf.game)`` puts an activity on Bo's plan by Ada's decision."""
    from plainview.classroom.plans.models import Step
    from plainview.classroom.plans.set import add_step

    def offer(activity, *, to=None, by=None, **more):
        return add_step(
            student=to or people.bo,
            activity=activity,
            competency=shelf.competency,
            by=by or people.ada,
            at=now,
            origin=Step.Origin.TEACHER,
            **more,
        )

    return offer


@pytest.fixture
def defaults(people, shelf, now):
    """Ada's approved list for her class: everything on the shelf."""
    from plainview.classroom.plans.options import approve_default

    for activity in (shelf.game, shelf.sheet, shelf.practice, shelf.puzzle, shelf.lesson):
        approve_default(people.room_4b, activity, by=people.ada, at=now)


@pytest.fixture
def family_says(people, now):
    """``family_says("paper_only")``: Bo's mother chooses for Bo."""
    from plainview.lobby.people import choices

    def says(kind: str, chosen: bool = True):
        choices.choose(people.bo, kind=kind, chosen=chosen, by=people.eve, at=now)

    return says


@pytest.fixture
def support(people, today):
    from plainview.lobby.people.models import Support

    def support(term: str, *, of=None, exempt=False):
        return Support.objects.create(
            student=of or people.bo,
            plan="iep",
            term=term,
            words=term,
            exempt_from_screen_cap=exempt,
            begins_on=today,
            written_by=people.fay,
        )

    return support


@pytest.fixture
def key():
    return uuid4
