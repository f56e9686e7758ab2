"""The class map: student x competency, a state in a word, how many pieces, how old.

In:   estimates and judgements of one class, read in two short statements.
Out:  rows of cells, children by name. There is no other order, and no number to order by.
Not here: estimates themselves; the view brings them up to date first.

A cell is one of a few hundred texts, made once each: 28 x 40 cells through a template cost ten times it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plainview.core.learner.estimate import OLD_AFTER_DAYS
from plainview.core.learner.states import State
from plainview.lobby.people import days
from plainview.lobby.people.models import Class

# Who is in the class that day, as ``Person.objects.in_classes`` has it; and what is taught.
CHILDREN = """
SELECT p.id, TRIM(p.given_name || ' ' || p.family_name)
FROM people_person p WHERE p.role = 'student' AND p.id IN (
  SELECT m.person_id FROM people_enrollment m WHERE m.school_class_id = %s AND m.role = 'student'
  AND m.begins_on <= %s AND (m.ends_on IS NULL OR m.ends_on >= %s))
ORDER BY p.family_name, p.given_name, p.id
"""
COMPETENCIES = """
SELECT c.id, c.identifier, c.short_name FROM curriculum_competency c
WHERE NOT c.retired AND EXISTS (SELECT 1 FROM curriculum_itemfamily f WHERE f.competency_id = c.id)
ORDER BY c."order", c.identifier
"""
ESTIMATES = """
SELECT student_id, competency_id, state, earned, n_pieces, CAST(newest_on AS TEXT)
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
    child: int
    cells: str  # HTML: the child's name, and a cell for each competency


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMap:
    columns: SafeString
    rows: list[Row]


# The texts of a cell: around its address (before it, and the state after it), its pieces, their age.
Cell = tuple[tuple[str, str], str, str]
NOTHING_EARNED = ("", State.NOT_LOOKED.value)


class Texts(dict):
    """Texts that are made when they are first asked for; afterwards a look-up is all they cost."""

    def __init__(self, make: Callable) -> None:
        self.make = make

    def __missing__(self, key):
        self[key] = made = self.make(key)
        return made


def class_map(room: Class, *, on: date) -> ClassMap:
    children = _asked(CHILDREN, [room.pk, on, on])
    competencies = _asked(COMPETENCIES, [])
    pks = [pk for pk, _name in children]
    cells, blank = cells_of(pks, on=on), _blank(get_language())
    before, after = reverse("day:child", args=[0]).split("0")  # one address, and each child's from it
    anchors = [(pk, f"#c{pk}") for pk, *_names in competencies]
    return ClassMap(
        columns=_columns(tuple((identifier, name) for _pk, identifier, name in competencies)),
        rows=[
            Row(child=pk, cells=_cells(f"{before}{pk}{after}", name, anchors, cells[pk], blank))
            for pk, name in children
        ],
    )


@lru_cache(maxsize=32)
def _columns(competencies: tuple[tuple[str, str], ...]) -> SafeString:
    named = (
        (reverse("curriculum:competency", args=[identifier]), name, identifier)
        for identifier, name in competencies
    )
    return format_html_join("", '<th scope="col"><a href="{}">{} <small>{}</small></a></th>', named)


def _cells(url: str, name: str, anchors: list[tuple[int, str]], cells: dict[int, Cell], blank: Cell) -> str:
    made = [format_html('<tr><th scope="row"><a href="{}">{}</a></th>', url, name)]
    for competency, anchor in anchors:
        (before, state), pieces, age = cells.get(competency, blank)
        made += (before, url, anchor, state, pieces, age)
    return "".join([*made, "</tr>\n  "])


def cells_of(students: list[int], *, on: date) -> dict[int, dict[int, Cell]]:
    """By student and competency; what is not here, nobody has looked at."""
    language = get_language()
    states = Texts(lambda key: _state(language, *key))
    pieces = Texts(lambda n: _pieces(language, n))
    ages = Texts(lambda newest: _age(language, on, newest))
    judged = {(student, about): state for student, about, state in _rows(JUDGEMENTS, students)}
    cells: dict[int, dict[int, Cell]] = {student: {} for student in students}
    for student, about, state, earned, n, newest in _rows(ESTIMATES, students):
        own = judged.pop((student, about), "") if judged else ""
        age, old = ages[newest]
        cells[student][about] = states[state, earned, own, old], pieces[n], age
    for (student, about), own in judged.items():
        cells[student][about] = states["", "", own, False], pieces[0], ages[None][0]
    return cells


def shown(state: str, earned: str) -> str:
    """Nothing earned is withdrawn: where the evidence now says less, what was earned stands on the map."""
    return state if earned in NOTHING_EARNED else earned


WORDS = {
    State.NOT_LOOKED: lambda: _("we haven't looked"),
    State.NOT_ENOUGH: lambda: _("not enough yet"),
    State.MET_ONCE: lambda: _("met once"),
    State.GETTING_STEADY: lambda: _("getting steady"),
    State.STEADY: lambda: _("steady"),
}


def word(state: str) -> str:
    return WORDS[State(state)]()


# ``language`` stands below for the caches' sake: a text is made once in each.


@lru_cache(maxsize=8)
def _blank(language: str) -> Cell:
    said = format_html('"><span class="sr-only">{}</span></a>', word(State.NOT_LOOKED))
    return ('<td><a class="cell" href="', said), "", ""


@lru_cache(maxsize=256)
def _state(language: str, state: str, earned: str, own: str, old: bool) -> tuple[str, str]:
    """What stands before the address, and after it. The teacher's own judgement wins."""
    name = own or shown(state, earned)
    before = format_html('<td><a class="cell state-{}{}" href="', name, " is-old" if old else "")
    shape = '"><svg class="shape" aria-hidden="true"><use href="#shape-{}"/></svg>{}<small>'
    return before, format_html(shape, name, _name(name, is_own=own != ""))


@lru_cache(maxsize=4096)
def _pieces(language: str, n: int) -> str:
    if not n:
        return format_html("{}", _("no piece yet"))
    # Several hundred times on a page: what is for the ear alone stands in the shortest element there is.
    before, number, after = (ngettext("%(n)d piece", "%(n)d pieces", n) % {"n": n}).partition(str(n))
    return format_html("{}{}{} · ", _aloud(before), number, _aloud(after))


@lru_cache(maxsize=1024)
def _age(language: str, on: date, newest: str | None) -> tuple[str, bool]:
    """How old the newest piece is, to the end of the cell; and whether that is old."""
    if newest is None:
        return "</small></a>", False
    day = date.fromisoformat(newest)
    old = (on - day).days > OLD_AFTER_DAYS
    said = _aloud(" " + _("(old)") if old else "")
    return format_html("{}{}</small></a>", days.short(day, today=on), said), old


def _name(state: str, *, is_own: bool) -> SafeString:
    if not is_own:
        return format_html("<span>{}</span>", word(state))
    return format_html(
        '<span class="teachers-own">{}<span class="sr-only"> {}</span>'
        '<svg aria-hidden="true"><use href="#pen-stroke"/></svg></span>',
        word(state),
        _("(the teacher's own judgement)"),
    )


def _aloud(words: str) -> SafeString:
    return format_html("<i>{}</i>", words) if words else SafeString()


def _rows(sql: str, students: Iterable[int]) -> list[tuple]:
    numbers = list(students)
    return _asked(sql.format(students=", ".join(["%s"] * len(numbers))), numbers) if numbers else []


def _asked(sql: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
