"""The class map: student x competency, a state in a word, how many pieces, how old.

In:   estimates and judgements of one class, read in two short statements.
Out:  rows of cells, children by name. There is no other order, and no number to order by.
Not here: estimates themselves; the view brings them up to date first.

A cell is one of a few hundred texts, made once each: 28 x 40 cells through a template cost ten times it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Competency
from plainview.core.learner.estimate import OLD_AFTER_DAYS
from plainview.core.learner.states import State
from plainview.lobby.people import days
from plainview.lobby.people.models import Class, Person

ESTIMATES = """
SELECT student_id, competency_id, state, earned, enough, n_pieces, newest_on
FROM guidance_estimate WHERE student_id IN ({students})
"""
JUDGEMENTS = """
SELECT j.student_id, j.competency_id, j.state FROM evidence_judgement j
WHERE j.student_id IN ({students})
  AND j.id = (SELECT MAX(n.id) FROM evidence_judgement n
              WHERE n.student_id = j.student_id AND n.competency_id = j.competency_id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    child: Person
    cells: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMap:
    competencies: list[Competency]
    rows: list[Row]


def class_map(room: Class, *, on: date) -> ClassMap:
    children = list(Person.objects.in_classes([room.pk], on=on).by_name())
    competencies = list(Competency.objects.filter(retired=False, families__isnull=False).distinct())
    cells = cells_of([child.pk for child in children], on=on)
    pks = [competency.pk for competency in competencies]
    return ClassMap(competencies=competencies, rows=[_row(child, pks, cells) for child in children])


def _row(child: Person, competencies: list[int], cells: dict[tuple[int, int], tuple]) -> Row:
    url = reverse("day:child", args=[child.pk])
    language, pk = get_language(), child.pk
    made = [
        _cell(language, *cells.get((pk, competency), BLANK)).replace("@", f"{url}#c{competency}", 1)
        for competency in competencies
    ]
    return Row(child=child, cells=mark_safe("".join(made)))  # noqa: S308 - each made by format_html


BLANK = (State.NOT_LOOKED.value, "", 0, "", False)


def cells_of(students: list[int], *, on: date) -> dict[tuple[int, int], tuple]:
    """(state, judged, pieces, age, old) by (student, competency); what is not here, nobody has looked at."""
    judged = {(student, about): state for student, about, state in _rows(JUDGEMENTS, students)}
    ages: dict = {}
    cells = {}
    for student, about, state, earned, _enough, n, newest in _rows(ESTIMATES, students):
        if newest not in ages:
            ages[newest] = _age(newest, on)
        cells[student, about] = (shown(state, earned), judged.pop((student, about), ""), n, *ages[newest])
    for cell, state in judged.items():
        cells[cell] = (state, state, 0, "", False)
    return cells


def shown(state: str, earned: str) -> str:
    """Nothing earned is withdrawn: where the evidence now says less, what was earned stands on the map."""
    return earned if earned not in ("", State.NOT_LOOKED) else state


def _age(newest, on: date) -> tuple[str, bool]:
    if newest is None:
        return "", False
    day = newest if isinstance(newest, date) else date.fromisoformat(newest)
    return days.short(day, today=on), (on - day).days > OLD_AFTER_DAYS


WORDS = {
    State.NOT_LOOKED: lambda: _("we haven't looked"),
    State.NOT_ENOUGH: lambda: _("not enough yet"),
    State.MET_ONCE: lambda: _("met once"),
    State.GETTING_STEADY: lambda: _("getting steady"),
    State.STEADY: lambda: _("steady"),
}


def word(state: str) -> str:
    return WORDS[State(state)]()


@lru_cache(maxsize=4096)
def _cell(language: str, state: str, judged: str, n: int, age: str, old: bool) -> str:
    """The text of a cell, '@' standing for its address. ``language`` is here for the cache's sake."""
    if state == State.NOT_LOOKED:
        return format_html('<td><a class="cell" href="@"><span class="sr-only">{}</span></a>', word(state))
    name = judged or state
    return format_html(
        '<td><a class="cell state-{}{}" href="@"><svg class="shape" aria-hidden="true">'
        '<use href="#shape-{}"/></svg>{}<small>{}</small></a>',
        name,
        " is-old" if old else "",
        name,
        _name(name, judged),
        _count_and_age(n, age, old),
    )


def _name(state: str, judged: str) -> SafeString:
    if not judged:
        return format_html("<span>{}</span>", word(state))
    return format_html(
        '<span class="teachers-own">{}<span class="sr-only"> {}</span>'
        '<svg aria-hidden="true"><use href="#pen-stroke"/></svg></span>',
        word(state),
        _("(the teacher's own judgement)"),
    )


def _count_and_age(n: int, age: str, old: bool) -> SafeString:
    if not n:
        return format_html("{}", _("no piece yet"))
    # Several hundred times on a page: what is for the ear alone stands in the shortest element there is.
    before, number, after = (ngettext("%(n)d piece", "%(n)d pieces", n) % {"n": n}).partition(str(n))
    parts = (_aloud(before), number, _aloud(after), age, _aloud(" " + _("(old)") if old else ""))
    return format_html("{}{}{} · {}{}", *parts)


def _aloud(words: str) -> SafeString:
    return format_html("<i>{}</i>", words) if words else SafeString()


def _rows(sql: str, students: Iterable[int]) -> list[tuple]:
    numbers = list(students)
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(students=", ".join(["%s"] * len(numbers))), numbers)
        return cursor.fetchall()
