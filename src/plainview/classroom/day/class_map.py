"""The class map: student x competency, a state in a word, how many pieces, how old.

In:   estimates and judgements of one class, read in two short statements.
Out:  rows of cells, children by name. There is no other order, and no number to order by.
Not here: estimates themselves; the view brings them up to date first.

A cell is made of a few texts, each made once, as the bytes that are sent. Through a template, 28 x 40 cells
cost twenty times it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plainview.classroom.curriculum import tongue
from plainview.classroom.guidance import say
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
SELECT c.id, c.identifier, c.short_name, u.language
FROM curriculum_competency c JOIN curriculum_unit u ON u.id = c.unit_id
WHERE NOT c.retired AND EXISTS (SELECT 1 FROM curriculum_itemfamily f WHERE f.competency_id = c.id)
ORDER BY c."order", c.identifier
"""
# A child is one row: to fetch a row for each cell costs twice as much. The lists of a child are gathered in
# one pass, so they stand in one order.
COLUMNS = ("competency_id", "state", "earned", "n_pieces", "COALESCE(CAST(newest_on AS TEXT), '')")
GATHERED = {"sqlite": "GROUP_CONCAT({})", "postgresql": "STRING_AGG(CAST({} AS TEXT), ',')"}
ESTIMATES = """
SELECT student_id, {columns} FROM guidance_estimate WHERE student_id IN ({students}) GROUP BY student_id
"""
NO_ESTIMATE = ("",) * len(COLUMNS)
JUDGEMENTS = """
SELECT j.student_id, j.competency_id, j.state FROM evidence_judgement j
WHERE j.student_id IN ({students})
  AND j.id = (SELECT MAX(n.id) FROM evidence_judgement n
              WHERE n.student_id = j.student_id AND n.competency_id = j.competency_id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    child: int
    cells: bytes  # HTML: the child's name, and a cell for each competency


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMap:
    columns: SafeString
    rows: list[Row]


NOTHING_EARNED = ("", State.NOT_LOOKED.value)
# A cell's texts: around its address (before it, and the state after it), its pieces, their age.
Cell = tuple[tuple[bytes, bytes], bytes, tuple[bytes, bool]]


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
    cells = cells_of([pk for pk, _name in children], [pk for pk, *_names in competencies], on=on)
    before, after = reverse("day:child", args=[0]).split("0")  # one address, and each child's from it
    anchors = [b"#c%d" % pk for pk, *_names in competencies]
    return ClassMap(
        columns=_columns(get_language(), tuple(tuple(one[1:]) for one in competencies)),
        rows=[
            Row(child=pk, cells=_row(f"{before}{pk}{after}", name, anchors, cells[pk]))
            for pk, name in children
        ],
    )


@lru_cache(maxsize=32)
def _columns(language: str, competencies: tuple[tuple[str, str, str], ...]) -> SafeString:
    """``language`` is the page's: it stands here for the cache's sake, as below."""
    named = (
        (reverse("curriculum:competency", args=[identifier]), tongue.marked(name, spoken), identifier)
        for identifier, name, spoken in competencies
    )
    return format_html_join("", '<th scope="col"><a href="{}">{} <small>{}</small></a></th>', named)


def _row(url: str, name: str, anchors: list[bytes], cells: Iterable[Cell]) -> bytes:
    made = [format_html('<tr><th scope="row"><a href="{}">{}</a></th>', url, name).encode()]
    here = url.encode()
    for ((before, state), pieces, (age, _old)), anchor in zip(cells, anchors, strict=True):
        made += (before, here, anchor, state, pieces, age)
    return b"".join([*made, b"</tr>\n  "])


def cells_of(students: list[int], competencies: list[int], *, on: date) -> dict[int, list[Cell]]:
    """By student, a cell for each competency, in that order."""
    columns = ", ".join(GATHERED[connection.vendor].format(column) for column in COLUMNS)
    found = {student: lists for student, *lists in _rows(ESTIMATES, students, columns=columns)}
    own: dict[int, dict[str, str]] = {}
    for student, about, state in _rows(JUDGEMENTS, students):
        own.setdefault(student, {})[str(about)] = state
    cells = Cells([str(pk) for pk in competencies], on=on)
    return {pk: cells.of_child(found.get(pk, NO_ESTIMATE), own.get(pk, {})) for pk in students}


class Cells:
    """The cells of one map: one order, one language, one day."""

    def __init__(self, order: list[str], *, on: date) -> None:
        language = get_language()
        self.order = order
        self.states = Texts(lambda key: _state(language, *key))
        self.pieces = Texts(lambda n: _pieces(language, int(n)))
        self.ages = Texts(lambda newest: _age(language, on, newest))
        self.blank: Cell = (_blank(language), b"", (b"", False))

    def of_child(self, lists: Sequence[str], own: Mapping[str, str]) -> list[Cell]:
        """``lists``: about what, states, earned, pieces, newest days; a comma between."""
        about, states, earned, n, newest = (text.split(",") if text else [] for text in lists)
        ages = [self.ages[day] for day in newest]
        said = map(self.states.__getitem__, zip(states, earned, [old for _age, old in ages], strict=True))
        cells = list(zip(said, map(self.pieces.__getitem__, n), ages, strict=True))
        if about != self.order:
            found = dict(zip(about, cells, strict=True))
            cells = [found.get(pk, self.blank) for pk in self.order]
        if own:
            cells = [self.judged(cell, own.get(pk)) for pk, cell in zip(self.order, cells, strict=True)]
        return cells

    def judged(self, cell: Cell, own: str | None) -> Cell:
        """The teacher's own word wins; beside it stands what there is to look at."""
        if own is None:
            return cell
        _said, pieces, age = cell if cell is not self.blank else (b"", self.pieces["0"], self.ages[""])
        return self.states["", "", age[1], own], pieces, age


def shown(state: str, earned: str) -> str:
    """Nothing earned is withdrawn: where the evidence now says less, what was earned stands on the map."""
    return state if earned in NOTHING_EARNED else earned


# ``language`` stands below for the caches' sake: a text is made once in each.


@lru_cache(maxsize=8)
def _blank(language: str) -> tuple[bytes, bytes]:
    said = format_html('"><span class="sr-only">{}</span></a>', say.state(State.NOT_LOOKED))
    return b'<td><a class="cell" href="', said.encode()


@lru_cache(maxsize=256)
def _state(language: str, state: str, earned: str, old: bool, own: str = "") -> tuple[bytes, bytes]:
    """What stands before the address, and after it. The teacher's own judgement wins."""
    name = own or shown(state, earned)
    before = format_html('<td><a class="cell state-{}{}" href="', name, " is-old" if old else "")
    shape = '"><svg class="shape" aria-hidden="true"><use href="#shape-{}"/></svg>{}<small>'
    return before.encode(), format_html(shape, name, _name(name, is_own=own != "")).encode()


@lru_cache(maxsize=4096)
def _pieces(language: str, n: int) -> bytes:
    if not n:
        return format_html("{}", _("no piece yet")).encode()
    # Several hundred times on a page: what is for the ear alone stands in the shortest element there is.
    before, number, after = (ngettext("%(n)d piece", "%(n)d pieces", n) % {"n": n}).partition(str(n))
    return format_html("{}{}{} · ", _aloud(before), number, _aloud(after)).encode()


@lru_cache(maxsize=1024)
def _age(language: str, on: date, newest: str) -> tuple[bytes, bool]:
    """How old the newest piece is, to the end of the cell; and whether that is old."""
    if not newest:
        return b"</small></a>", False
    day = date.fromisoformat(newest)
    old = (on - day).days > OLD_AFTER_DAYS
    said = _aloud(" " + _("(old)") if old else "")
    return format_html("{}{}</small></a>", days.short(day, today=on), said).encode(), old


def _name(state: str, *, is_own: bool) -> SafeString:
    if not is_own:
        return format_html("<span>{}</span>", say.state(state))
    return format_html(
        '<span class="teachers-own">{}<span class="sr-only"> {}</span>'
        '<svg aria-hidden="true"><use href="#pen-stroke"/></svg></span>',
        say.state(state),
        _("(the teacher's own judgement)"),
    )


def _aloud(words: str) -> SafeString:
    return format_html("<i>{}</i>", words) if words else SafeString()


def _rows(sql: str, students: list[int], **told: str) -> list[tuple]:
    places = ", ".join(["%s"] * len(students))
    return _asked(sql.format(students=places, **told), students) if students else []


def _asked(sql: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
