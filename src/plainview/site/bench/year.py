"""A year of evidence, written straight into the file: two million rows by deeds would take an hour.

In:   the school, how many rows.
Out:  evidence in the order of a school year, a ledger line for each row and for each look of a teacher.
Not here: estimates. They are read up to date by the site's own deed afterwards.

A child meets the competencies one after another, comes back to earlier ones, and is right more often the
longer she has known one. Nine rows in ten are answers, as in a class that practises; the rest is what
people saw, heard and rated. One row in five hundred corrects an earlier one.
"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import connection

from plainview.classroom.curriculum.models import Competency, Item
from plainview.classroom.evidence.models import AssignedBy, Helped, Kind, Medium
from plainview.lobby.people.models import Enrollment, Role
from plainview.site.bench.school import chance

N_SCHOOL_DAYS = 180
SHARE_AWAY = 0.04
SHARE_PAPER = 0.4
CORRECTED_EVERY = 500
MIDDAY = " 12:00:00"

# Not answers: how often, of which kind, in which medium, in whose words.
OTHERS = (
    (0.05, Kind.OBSERVATION, Medium.HANDS_ON, "Laid out the strips and said which was longer."),
    (0.02, Kind.TALK, Medium.TALK, "Explained to a partner why the parts must be equal."),
    (0.01, Kind.WORK, Medium.PAPER, "A poster with three ways to show one half."),
    (0.01, Kind.RUBRIC, Medium.PAPER, "Explains the steps; a drawing would help."),
    (0.01, Kind.SELF_ASSESSMENT, Medium.PAPER, "I can do it when I draw it first."),
)

COLUMNS = (
    "student_id, competency_id, kind, shown, words, language, medium, helped, hints, item_id, response, "
    'misconception, assigned_by, "on", at, by_id, supersedes_id, withdrawn, why, client_key'
)
EVIDENCE = f"INSERT INTO evidence_evidence ({COLUMNS}) VALUES ({', '.join('?' * 20)})"  # noqa: S608 - constants
LEDGER = """
INSERT INTO ledger_line (at, deed, by, about, thing)
SELECT at, deed, by, about, thing FROM (
  SELECT at, CASE kind WHEN 'answer' THEN 'evidence.answered' ELSE 'evidence.recorded' END AS deed,
         by_id AS by, student_id AS about, id AS thing FROM evidence_evidence
  UNION ALL
  SELECT d.day || ?, 'day.class_map.looked', t.person_id, s.person_id, NULL
  FROM school_day d
  JOIN people_enrollment t ON t.role = 'teacher'
  JOIN people_enrollment s ON s.school_class_id = t.school_class_id AND s.role = 'student'
) ORDER BY at
"""


@dataclass(slots=True)
class Child:
    pk: int
    teacher: int
    ahead: int  # competencies before or after the class
    quick: float  # how soon she is mostly right
    last: int | None = None  # her newest row, which a correction may supersede


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    competency: int
    questions: list[tuple[int, str, str, str]]  # item, a right answer, a wrong one, the idea behind it


@dataclass(slots=True)
class Year:
    children: list[Child]
    topics: list[Topic]
    days: list[date]
    n_rows: int
    chance: random.Random = field(default_factory=chance)
    n_written: int = 0

    def rows(self) -> Iterator[tuple]:
        for number, day in enumerate(self.days):
            present = [one for one in self.children if self.chance.random() > SHARE_AWAY] or self.children
            self.chance.shuffle(present)
            until = self.n_rows * (number + 1) // len(self.days)
            yield from self._day(number, day.isoformat(), present, until - self.n_written)

    def _day(self, number: int, day: str, present: list[Child], n_rows: int) -> Iterator[tuple]:
        minutes = 300 / max(1, n_rows)  # from nine to two, five hours
        for i in range(n_rows):
            minute, second = divmod(int(i * minutes * 60), 60)
            at = f"{day} {14 + minute // 60:02d}:{minute % 60:02d}:{second:02d}"
            yield self._row(number, day, at, present[i % len(present)])

    def _row(self, number: int, day: str, at: str, child: Child) -> tuple:
        self.n_written += 1
        reached = number * len(self.topics) / len(self.days) + child.ahead
        place = _inside(int(reached - abs(self.chance.gauss(0, 2.5))), len(self.topics))
        shown = self.chance.random() < min(0.95, 0.35 + child.quick * max(0.0, reached - place))
        supersedes = child.last if self.n_written % CORRECTED_EVERY == 0 else None
        child.last = self.n_written
        about = self._answer(self.topics[place], shown) if self.chance.random() < 0.9 else None
        kind, shown_as, words, medium, hints, item, response, idea, by = about or self._seen(shown, child)
        return (
            child.pk, self.topics[place].competency, kind, shown_as, words, "en", medium,
            Helped.TOOL.value if hints else Helped.NONE.value, hints, item, response, idea,
            AssignedBy.TEACHER.value, day, at, by or child.pk, supersedes, 0,
            "Written on the wrong line." if supersedes else "", self._key(),
        )  # fmt: skip

    def _answer(self, topic: Topic, shown: bool) -> tuple:
        item, right, wrong, idea = self.chance.choice(topic.questions)
        medium = Medium.PAPER if self.chance.random() < SHARE_PAPER else Medium.SCREEN
        hints = 1 if self.chance.random() < 0.1 else 0
        said, idea = (right, "") if shown else (wrong, idea)
        return Kind.ANSWER.value, float(shown), "", medium.value, hints, item, said, idea, None

    def _seen(self, shown: bool, child: Child) -> tuple:
        shares = [share for share, *_rest in OTHERS]
        _share, kind, medium, words = self.chance.choices(OTHERS, weights=shares)[0]
        by = None if kind == Kind.SELF_ASSESSMENT else child.teacher
        return kind.value, 1.0 if shown else 0.5, words, medium.value, 0, None, "", "", by

    def _key(self) -> str:
        """As random as a real one, but rising: the index is written from left to right, not all over."""
        return f"{int((self.n_written + self.chance.random()) * 2**128 / (self.n_rows + 2)):032x}"


def _inside(place: int, n: int) -> int:
    """Before the first there is none: she works on a later one. After the last, on an earlier."""
    place = abs(place)
    return min(place, n - 1) if place < n else max(0, 2 * (n - 1) - place)


def school_days(until: date, n_days: int = N_SCHOOL_DAYS) -> list[date]:
    """The newest ``n_days`` weekdays up to and with that day, oldest first."""
    days, day = [], until
    while len(days) < n_days:
        if day.weekday() < 5:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def write(path: Path, *, n_rows: int, on: date) -> None:
    year = of_the_school(n_rows=n_rows, on=on)
    connection.close()  # the file is ours alone while it is written without a journal
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for setting in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
            file.execute(f"PRAGMA {setting}")
        file.execute("BEGIN")
        fill(file, year)
        file.execute("COMMIT")
        file.execute("PRAGMA journal_mode=WAL")


def of_the_school(*, n_rows: int, on: date) -> Year:
    return Year(children(), topics(), school_days(on - timedelta(days=1)), n_rows)


def fill(file: sqlite3.Connection, year: Year) -> None:
    indexes = _take_indexes_off(file)
    file.executemany(EVIDENCE, year.rows())
    file.execute("CREATE TEMP TABLE school_day (day TEXT)")
    file.executemany("INSERT INTO school_day VALUES (?)", [(str(day),) for day in year.days])
    file.execute(LEDGER, [MIDDAY])
    for index in indexes:
        file.execute(index)


def _take_indexes_off(file: sqlite3.Connection) -> list[str]:
    """Sorted at the end in one go; kept up row by row they take three times as long."""
    found = file.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
        "AND tbl_name IN ('evidence_evidence', 'ledger_line')"
    ).fetchall()
    for name, _sql in found:
        file.execute(f"DROP INDEX {name}")
    return [sql for _name, sql in found]


def children() -> list[Child]:
    enrolled = Enrollment.objects.order_by("pk").values_list("school_class", "person", "role")
    teachers = {room: person for room, person, role in enrolled if role == Role.TEACHER}
    luck = chance(1)
    return [
        Child(person, teachers[room], ahead=luck.randint(-3, 3), quick=luck.uniform(0.05, 0.3))
        for room, person, role in enrolled
        if role == Role.STUDENT
    ]


def topics() -> list[Topic]:
    competencies = list(Competency.objects.filter(families__isnull=False).distinct().order_by("order", "pk"))
    items = Item.objects.filter(competency__in=competencies)
    questions: dict[int, list] = {one.pk: [] for one in competencies}
    for item in items:
        questions[item.competency_id].append((item.pk, *answers_to(item)))
    return [Topic(competency=pk, questions=of_it) for pk, of_it in questions.items()]


def answers_to(item: Item) -> tuple[str, str, str]:
    """A right answer, a wrong one, and the idea behind the wrong one."""
    if item.choices:
        wrong = next(choice for choice in item.choices if not choice["right"])
        return item.answer["key"], wrong["key"], wrong["misconception"]
    known = next(iter(item.answer.get("known_wrong", ())), {"text": "99", "misconception": ""})
    return item.answer["text"], known["text"], known["misconception"]
