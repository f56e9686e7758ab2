"""A practice step's questions, one after another, without a model: not answered yet first, then longest ago.

In:   a step that the child chose for today, an answer, how many hints were opened.
Out:  the next question; evidence; what was done when the set is through. Never a score, never a clock.
Not here: marking (curriculum.mark) and keeping (evidence.record).
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Item
from plainview.classroom.evidence import record
from plainview.classroom.evidence.models import AssignedBy, Evidence, Helped, Kind, Medium
from plainview.classroom.plans.models import Stage, Step
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied, NotSeen

# A set has an end that a nine-year-old can see from its beginning.
MOST_QUESTIONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """How far a child is in a set: what was done since it was chosen, and what would come next."""

    n_questions: int
    n_answered: int
    n_hints: int
    coming: Item | None

    @property
    def is_through(self) -> bool:
        return self.n_answered >= self.n_questions


class NotReady(Denied):
    """The step is the child's, but cannot be practised on a screen as it stands."""


def step_of(pk: int, *, by: Person) -> Step:
    """The child's own step, or 'not found'. The activity's pages of text stay where they are."""
    row = _one_row(STEP, [pk, by.pk])
    if row is None:
        raise NotSeen
    return Step.from_db(connection.alias, STEP_NAMES, _as_python(row))


def check_ready(step: Step, *, on: date) -> None:
    """Chosen, for a screen, for today. Otherwise the sentence says what would make it so."""
    if step.stage != Stage.CHOSEN:
        raise NotReady(
            _("“%(title)s” is not chosen right now. Choose it, and its questions come.") % _of(step)
        )
    if step.medium != Medium.SCREEN:
        raise NotReady(_("You do “%(title)s” away from the screen.") % _of(step))
    if step.on != on:
        raise NotReady(
            _("You chose “%(title)s” for another day. Choose it again, and go on today.") % _of(step)
        )


def answer(
    step: Step,
    item: Item,
    response: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    client_key: UUID,
    hints: int = 0,
    helped: Helped = Helped.NONE,
) -> Evidence:
    """One answer of this step. Help and hints are written down as they were: they are evidence, too."""
    if step.student_id != by.pk:
        raise NotSeen
    check_ready(step, on=on)
    return record.answer(
        student=by,
        item=item,
        response=response,
        by=by,
        at=at,
        on=on,
        client_key=client_key,
        helped=Helped.TOOL if hints and helped == Helped.NONE else helped,
        hints=min(hints, len(item.hints)),
        medium=Medium.SCREEN,
        language=item.language,
        assigned_by=AssignedBy.STUDENT if step.origin == Step.Origin.STUDENT else AssignedBy.TEACHER,
    )


def item_of(step: Step, pk: int) -> Item:
    """The question, if it belongs to this step's activity; the sentence if not."""
    row = _one_row(QUESTION, [pk, step.activity_id])
    if row is None:
        raise Denied(
            _("This question is not part of “%(title)s”. Nothing was changed; your answers are kept.")
            % _of(step)
        )
    return _item(row)


def sitting(step: Step) -> Sitting:
    """One statement, however many questions. Retired questions are not asked any more."""
    since = connection.ops.adapt_datetimefield_value(step.chosen_at)
    activity = step.activity_id
    row = _one_row(SITTING, [since, since, step.student_id, activity, activity])
    if row is None:
        return Sitting(n_questions=0, n_answered=0, n_hints=0, coming=None)
    n_items, n_answered, n_hints = (int(n or 0) for n in row[-3:])
    return Sitting(
        n_questions=min(n_items, MOST_QUESTIONS, max(1, step.minutes)),
        n_answered=n_answered,
        n_hints=n_hints,
        coming=_item(row),
    )


def _one_row(sql: str, values: list) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def _as_python(row: tuple) -> list:
    """A day and a moment as such: SQLite hands them over as text."""
    values = list(row)
    for place, column, converters in _converters():
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return values


@cache
def _converters() -> list[tuple]:
    columns = [Step._meta.get_field(name).get_col("plans_step") for name in STEP_NAMES]
    told = [(place, column, connection.ops.get_db_converters(column)) for place, column in enumerate(columns)]
    return [one for one in told if one[2]]


def _item(row: tuple) -> Item:
    """A question from a row that begins with ``COLUMNS`` and its language."""
    values = [
        json.loads(value) if name in AS_JSON else value for name, value in zip(NAMES, row, strict=False)
    ]
    item = Item.from_db(connection.alias, NAMES, values)
    item.language = row[len(NAMES)]
    return item


def next_item(step: Step, seen: Sitting) -> Item | None:
    """The question that comes next; None when the set is through."""
    return None if seen.is_through else seen.coming


def answered(pk: int, *, by: Person) -> Evidence | None:
    """An answer the child gave, with its question, to say a word about it."""
    given = Evidence.objects.filter(pk=pk, student=by.pk, kind=Kind.ANSWER).select_related("item__unit")
    return given.order_by("pk").first()


def _of(step: Step) -> dict[str, str]:
    return {"title": str(step)}


# An answer is the hot path of a whole school at nine o'clock: three short statements instead of the query
# compiler and a converter a column, which together would take most of the time.
NAMES = [field.attname for field in Item._meta.concrete_fields]
AS_JSON = {"choices", "answer", "hints"}
COLUMNS = ", ".join(f'i."{field.column}"' for field in Item._meta.concrete_fields)
STEP_HAS = {
    "id",
    "student_id",
    "activity_id",
    "title",
    "medium",
    "minutes",
    "on",
    "stage",
    "origin",
    "chosen_at",
}
# In the model's own order: Django reads a row by it.
STEP_NAMES = [field.attname for field in Step._meta.concrete_fields if field.attname in STEP_HAS]
STEP = f"""
SELECT {", ".join(f'"{name}"' for name in STEP_NAMES)} FROM plans_step WHERE id = %s AND student_id = %s
"""  # noqa: S608 - columns
QUESTION = """
SELECT {COLUMNS}, u.language FROM curriculum_item i
JOIN curriculum_unit u ON u.id = i.unit_id
JOIN curriculum_activity_item_families a ON a.itemfamily_id = i.family_id
WHERE i.id = %s AND a.activity_id = %s
""".replace("{COLUMNS}", COLUMNS)
# The first question of each family, then the second of each: not one way of asking ten times over.
# COALESCE, because "supersedes_id IS NULL" tempts SQLite to walk every row of the school by that index.
SITTING = """
WITH coming AS (
    SELECT i.id, COUNT(*) OVER () AS n_items, SUM(e.n) OVER () AS n_answered, SUM(e.hints) OVER () AS n_hints
    FROM curriculum_activity_item_families a
    JOIN curriculum_itemfamily f ON f.id = a.itemfamily_id
    JOIN curriculum_item i ON i.family_id = f.id AND NOT i.retired
    LEFT JOIN (
        SELECT item_id, MAX(id) AS newest,
            SUM(CASE WHEN at >= %s THEN 1 ELSE 0 END) AS n,
            SUM(CASE WHEN at >= %s THEN hints ELSE 0 END) AS hints
        FROM evidence_evidence
        WHERE student_id = %s AND kind = 'answer' AND COALESCE(supersedes_id, 0) = 0 AND competency_id IN (
            SELECT g.competency_id FROM curriculum_activity_item_families b
            JOIN curriculum_itemfamily g ON g.id = b.itemfamily_id WHERE b.activity_id = %s)
        GROUP BY item_id
    ) e ON e.item_id = i.id
    WHERE a.activity_id = %s
    ORDER BY CASE WHEN e.newest IS NULL THEN 0 ELSE 1 END, e.newest, i."order", f."order", i.id
    LIMIT 1
)
SELECT {COLUMNS}, u.language, coming.n_items, coming.n_answered, coming.n_hints
FROM coming JOIN curriculum_item i ON i.id = coming.id JOIN curriculum_unit u ON u.id = i.unit_id
""".replace("{COLUMNS}", COLUMNS)
