"""What the page for notes needs: a class by name, the skills noted last, what families chose.

In:   the adult, which class (the address remembers), the day.
Out:  tiles and choices, in an order that says nothing about anyone's learning.
Not here: writing the note down (note.py).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence import read
from plainview.classroom.evidence.models import Evidence
from plainview.lobby.people import choices
from plainview.lobby.people.models import Absence, Class, FamilyChoice, Person

N_RECENT = 3  # one row of tiles on a phone
MOST_OTHERS = 60
N_NEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    pk: int
    name: str
    is_away: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    school_class: Class | None
    classes: list[Class]
    children: list[Person]
    tiles: list[Tile]
    recent: list[Competency]
    others: list[Competency]
    without_photos: list[str]
    newest: list[Evidence]  # what this adult wrote down today: to see that it is kept, or to take it back


def capture(person: Person, *, class_pk: int | None, competency: str, on: date) -> Capture:
    classes = list(Class.objects.seen_by(person, on=on).distinct().order_by("title", "pk"))
    here = next((one for one in classes if one.pk == class_pk), classes[0] if classes else None)
    children = list(Person.objects.in_classes([here], on=on).by_name()) if here else []
    pks = [child.pk for child in children]
    recent, others = skills(pks, competency)
    no_photos = choices.chosen(pks, FamilyChoice.Kind.NO_PHOTOS)
    return Capture(
        school_class=here,
        classes=classes,
        children=children,
        tiles=_tiles(children, on=on),
        recent=recent,
        others=others,
        without_photos=[child.short_name for child in children if child.pk in no_photos],
        newest=_todays_own(person, pks, on=on),
    )


def _tiles(children: list[Person], *, on: date) -> list[Tile]:
    """By the name that is shown. Two of one name are told apart by the family name's first letter."""
    away = set(Absence.objects.filter(student__in=children, on=on).values_list("student", flat=True))
    of_one_name = Counter(child.short_name for child in children)
    tiles = [
        Tile(
            pk=child.pk,
            name=child.short_name if of_one_name[child.short_name] == 1 else _with_initial(child),
            is_away=child.pk in away,
        )
        for child in children
    ]
    return sorted(tiles, key=lambda tile: tile.name.casefold())


def _with_initial(child: Person) -> str:
    return f"{child.short_name} {child.family_name[:1]}.".removesuffix(" .")


def skills(children: list[int], asked_for: str) -> tuple[list[Competency], list[Competency]]:
    """The one the address names, then those noted last; the rest in the unit's order."""
    offered = list(Competency.objects.offered().select_related("unit").order_by("unit__order", "order", "pk"))
    last = {pk: place for place, pk in enumerate(read.noted_last(children))}
    by_use = sorted(
        offered, key=lambda one: (one.identifier != asked_for, last.get(one.pk, len(last)))
    )  # sorted() keeps the unit's order among those never noted
    recent = by_use[:N_RECENT]
    return recent, [one for one in offered if one not in recent][:MOST_OTHERS]


def _todays_own(person: Person, children: list[int], *, on: date) -> list[Evidence]:
    today = [row for row in read.newest_of(children, n=40) if row.by_id == person.pk and row.on == on]
    return today[:N_NEWEST]
