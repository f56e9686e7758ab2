"""The teacher's morning: read in a minute, on one screen, on one sheet.

In:   the rooms below, for one class and one day.
Out:  what was missed most and how, who is due, who is absent, supports, screen minutes, who waits.
Not here: any number about a child. The page names work, not levels.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from plainview.classroom.curriculum.models import Item, Misconception
from plainview.classroom.curriculum.vocabulary import SUPPORTS
from plainview.classroom.day.waiting import Line, waiting
from plainview.classroom.plans import check_in, screen
from plainview.lobby.people.models import Absence, Class, Person, Support
from plainview.lobby.people.school_days import is_school_day
from plainview.lobby.people.supports import supports_of

A_WEEK = timedelta(days=7)
N_MISSED = 3  # three make a whole-class opening
FEWEST_WRONG = 2  # one wrong answer is a child, not a pattern
# The newest rows of each child are enough for a week, and cost the same with a year behind them.
N_NEWEST = 60

WRONG_ANSWERS = """
SELECT e.item_id, e.response, e.misconception, e.student_id
FROM people_person p
JOIN evidence_evidence e ON e.id IN (
  SELECT n.id FROM evidence_evidence n WHERE n.student_id = p.id ORDER BY n.id DESC LIMIT {newest})
WHERE p.id IN ({students}) AND e.kind = 'answer' AND e.shown < 0.5 AND e."on" >= %s AND NOT e.withdrawn
  AND NOT EXISTS (SELECT 1 FROM evidence_evidence later WHERE later.supersedes_id = e.id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """One question that several children answered otherwise, and the commonest way."""

    item: Item
    n_children: int
    commonest: str  # as it was answered
    n_commonest: int
    misconception: Misconception | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    room: Class
    on: date
    children: list[Person]
    missed: list[Missed]
    due: list
    absent: list[Person]
    supports: list[tuple[str, list[Person]]]  # what helps, and whom
    supported: list[Person]
    screen: list[tuple[Person, int]]  # children with fewer minutes left than the cap
    waiting: list[Line]

    @property
    def is_school_day(self) -> bool:
        return is_school_day(self.on)


def morning(room: Class, *, on: date) -> Morning:
    children = list(Person.objects.in_classes([room.pk], on=on).by_name())
    by_pk = {child.pk: child for child in children}
    held = supports_of(children, on=on)
    left = screen.minutes_left(children, on=on)
    absent = set(Absence.objects.filter(student__in=children, on=on).values_list("student", flat=True))
    return Morning(
        room=room,
        on=on,
        children=children,
        missed=missed(by_pk, since=on - A_WEEK),
        due=check_in.due(room, on),
        absent=[child for child in children if child.pk in absent],
        supports=_supports(children, held),
        supported=[child for child in children if held.get(child.pk)],
        screen=[(child, left[child.pk]) for child in children if left[child.pk] < room.screen_minutes_a_day],
        waiting=waiting(room, children, on=on),
    )


def _supports(children: list[Person], held: dict[int, list[Support]]) -> list[tuple[str, list[Person]]]:
    """By what helps, so that eleven children read as a few lines; the words of each stand on her own page."""
    whom: dict[str, list[Person]] = defaultdict(list)
    for child in children:
        for support in held.get(child.pk, []):
            whom[str(SUPPORTS.get(support.term, support.words))].append(child)
    return sorted(whom.items())


def missed(students: Iterable[int], *, since: date) -> list[Missed]:
    """The questions most children answered otherwise since that day, with the commonest answer to each."""
    answers: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for item, response, misconception, student in _wrong_answers(sorted(students), since):
        answers[item].append((response, misconception, student))
    most = sorted(answers, key=lambda pk: (-_n_children(answers[pk]), pk))[:N_MISSED]
    most = [pk for pk in most if _n_children(answers[pk]) >= FEWEST_WRONG]
    items = Item.objects.select_related("unit").in_bulk(most)
    thinking = Misconception.objects.filter(identifier__in=_named(answers, most)).select_related("unit")
    named = {m.identifier: m for m in thinking}
    return [_missed(items[pk], answers[pk], named) for pk in most]


def _missed(item: Item, answers: list[tuple[str, str, int]], named: dict[str, Misconception]) -> Missed:
    (response, misconception), n = Counter((r, m) for r, m, _child in answers).most_common(1)[0]
    return Missed(
        item=item,
        n_children=_n_children(answers),
        commonest=_as_read(item, response),
        n_commonest=n,
        misconception=named.get(misconception),
    )


def _as_read(item: Item, response: str) -> str:
    """The text of a choice rather than its key."""
    return next((choice["text"] for choice in item.choices if choice["key"] == response), response)


def _n_children(answers: list[tuple[str, str, int]]) -> int:
    return len({child for _response, _misconception, child in answers})


def _named(answers: dict, most: list[int]) -> set[str]:
    return {misconception for pk in most for _r, misconception, _child in answers[pk] if misconception}


def _wrong_answers(students: list[int], since: date) -> list[tuple[int, str, str, int]]:
    if not students:
        return []
    places = ", ".join(["%s"] * len(students))
    with connection.cursor() as cursor:
        cursor.execute(WRONG_ANSWERS.format(students=places, newest=N_NEWEST), [*students, since])
        return cursor.fetchall()
