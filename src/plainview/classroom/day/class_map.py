"""The class map: student x competency, a state in a word, how many pieces, how old.

In:   estimates and judgements of one class, read in two short statements.
Out:  rows of cells, children by name. There is no other order, and no number to order by.
Not here: estimates themselves; the view brings them up to date first.

A cell is made of a few texts, each made once, as the bytes that are sent. Through a template, 28 x 40 cells
cost twenty times it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import chain
from operator import getitem

from django.db import connection
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
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
# one pass, so they stand in one order. The second one is what ``shown`` says.
COLUMNS = (
    "competency_id",
    "CASE WHEN earned IN ('', 'not_looked') THEN state ELSE earned END",
    "n_pieces",
    "COALESCE(CAST(newest_on AS TEXT), 'never')",
)
GATHERED = {"sqlite": "GROUP_CONCAT({})", "postgresql": "STRING_AGG(CAST({} AS TEXT), ',')"}
ESTIMATES = """
SELECT student_id, {columns} FROM guidance_estimate WHERE student_id IN ({students}) GROUP BY student_id
"""
JUDGEMENTS = """
SELECT j.student_id, j.competency_id, j.state FROM evidence_judgement j
WHERE j.student_id IN ({students})
  AND j.id = (SELECT MAX(n.id) FROM evidence_judgement n
              WHERE n.student_id = j.student_id AND n.competency_id = j.competency_id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a child's row is made of, as the database tells it."""

    lists: tuple[str, ...]  # about what, states, numbers of pieces, newest days; a comma between. Or nothing
    own: tuple[tuple[str, str], ...]  # about what, and the teacher's own word


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    child: int
    cells: bytes  # HTML: the child's name, and a cell for each competency


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMap:
    columns: SafeString
    rows: list[Row]


NOTHING_EARNED = ("", State.NOT_LOOKED.value)
NOBODY_LOOKED = ""  # where there is no estimate: instead of a state, a number of pieces, a day
NO_PIECE, NEVER = "0", "never"
OWN = "own "  # before a state: it is the teacher's word
HERE = b"\0"  # the address of the child, until her row is whole: no text holds it


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
    cells = Cells.of(get_language(), on, tuple(str(pk) for pk, *_names in competencies))
    found = shown_of([pk for pk, _name in children])
    before, after = reverse("day:child", args=[0]).split("0")  # one address, and each child's from it
    return ClassMap(
        columns=_columns(get_language(), tuple(tuple(one[1:]) for one in competencies)),
        rows=[
            Row(child=pk, cells=row(cells, f"{before}{pk}{after}", name, found[pk])) for pk, name in children
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


# A teacher comes back to her map many times a day, and most rows are as they were: a row is made of these
# words alone. Three classes of rows are less than a megabyte.
@lru_cache(maxsize=96)
def row(cells: "Cells", url: str, name: str, shown: Shown) -> bytes:
    child = f'<tr><th scope="row"><a href="{url}">{escape(name)}</a></th>'
    return b"".join((child.encode(), cells.of_child(shown).replace(HERE, url.encode()), b"</tr>\n  "))


def shown_of(students: list[int]) -> dict[int, Shown]:
    """By student, what her row is made of."""
    columns = ", ".join(GATHERED[connection.vendor].format(column) for column in COLUMNS)
    found = {student: tuple(lists) for student, *lists in _rows(ESTIMATES, students, columns=columns)}
    own: dict[int, list[tuple[str, str]]] = {}
    for student, about, state in _rows(JUDGEMENTS, students):
        own.setdefault(student, []).append((str(about), state))
    return {pk: Shown(lists=found.get(pk, ()), own=tuple(own.get(pk, ()))) for pk in students}


class Cells:
    """The cells of one map: one order, one language, one day.

    Eleven hundred make a page, so nothing is done cell by cell in Python: a child's cells are four lists, set
    together by the interpreter's own loops. Only where a teacher has judged is a row walked through.
    """

    @staticmethod
    @lru_cache(maxsize=8)
    def of(language: str, on: date, order: tuple[str, ...]) -> "Cells":
        """Made once a day. ``language`` is the one that is set: it stands here for the cache's sake."""
        return Cells(on, order)

    def __init__(self, on: date, order: tuple[str, ...]) -> None:
        self.order = order
        self.beginnings = [b'<td><a href="%b#c%b" class="cell' % (HERE, pk.encode()) for pk in order]
        young, old = (Texts(partial(_state, is_old=is_old)) for is_old in (False, True))
        self.states = Texts(lambda newest: old if _is_old(newest, on=on) else young)  # by day, then by state
        self.pieces = Texts(_pieces)
        self.ages = Texts(partial(_age, on=on))

    def of_child(self, shown: Shown) -> bytes:
        """A cell for each competency, in their order."""
        about, *texts = shown.lists or ("",) * len(COLUMNS)
        states, n_pieces, newest = _in_order(self.order, about, [one.split(",") for one in texts])
        if own := dict(shown.own):
            cells = zip(self.order, states, n_pieces, newest, strict=True)
            states, n_pieces, newest = zip(*(_judged(own.get(pk), *cell) for pk, *cell in cells), strict=True)
        parts = zip(
            self.beginnings,
            map(getitem, map(self.states.__getitem__, newest), states),
            map(self.pieces.__getitem__, n_pieces),
            map(self.ages.__getitem__, newest),
            strict=True,
        )
        return b"".join(chain.from_iterable(parts))


def _in_order(order: tuple[str, ...], about: str, lists: list[list[str]]) -> list[list[str]]:
    places = _places(order, about)
    if places is None:
        return lists
    return [list(map([*texts, NOBODY_LOOKED].__getitem__, places)) for texts in lists]


@lru_cache(maxsize=256)
def _places(order: tuple[str, ...], about: str) -> list[int] | None:
    """Where the text for each column stands in lists of these; -1, behind the last, where none does."""
    found = {pk: place for place, pk in enumerate(about.split(","))}
    return None if tuple(found) == order else [found.get(pk, -1) for pk in order]


def _judged(own: str | None, state: str, n_pieces: str, newest: str) -> tuple[str, str, str]:
    """The teacher's own word wins; beside it stands what there is to look at."""
    if own is None:
        return state, n_pieces, newest
    return OWN + own, n_pieces or NO_PIECE, newest or NEVER


def shown(state: str, earned: str) -> str:
    """Nothing earned is withdrawn: where the evidence now says less, what was earned stands on the map."""
    return state if earned in NOTHING_EARNED else earned


def _state(state: str, *, is_old: bool) -> bytes:
    """What stands between the address of a cell and the number of its pieces."""
    if state == NOBODY_LOOKED:
        return format_html('"><span class="sr-only">{}</span></a>', say.state(State.NOT_LOOKED)).encode()
    name = state.removeprefix(OWN)
    shape = ' state-{}{}"><svg class="shape" aria-hidden="true"><use href="#shape-{}"/></svg>{}<small>'
    words = _name(name, is_own=name != state)
    return format_html(shape, name, " is-old" if is_old else "", name, words).encode()


def _pieces(n: str) -> bytes:
    if n == NOBODY_LOOKED:
        return b""
    if n == NO_PIECE:
        return format_html("{}", _("no piece yet")).encode()
    # Several hundred times on a page: what is for the ear alone stands in the shortest element there is.
    before, number, after = (ngettext("%(n)d piece", "%(n)d pieces", int(n)) % {"n": int(n)}).partition(n)
    return format_html("{}{}{} · ", _aloud(before), number, _aloud(after)).encode()


def _age(newest: str, *, on: date) -> bytes:
    """How old the newest piece is, to the end of the cell."""
    if newest == NOBODY_LOOKED:
        return b""
    if newest == NEVER:
        return b"</small></a>"
    said = _aloud(" " + _("(old)") if _is_old(newest, on=on) else "")
    return format_html("{}{}</small></a>", days.short(date.fromisoformat(newest), today=on), said).encode()


def _is_old(newest: str, *, on: date) -> bool:
    if newest in (NOBODY_LOOKED, NEVER):
        return False
    return (on - date.fromisoformat(newest)).days > OLD_AFTER_DAYS


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
