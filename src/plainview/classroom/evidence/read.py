"""Read what children showed, in as few and as short statements as it takes.

In:   children, competencies.
Out:  pieces for the core; the newest row of each child; what was noted last; the rows before and after one.
Not here: who may read (policy), who looked (the pages write that), what it means (guidance).

The table holds two million rows a school and year. Each statement below walks an index of one child; a test
asks the database for its plan.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection

from plainview.classroom.evidence.models import Evidence
from plainview.core.learner.piece import Helped, Kind, Medium, Piece

PIECES = """
SELECT e.student_id, e.competency_id, e.id, e.kind, e.shown, e."on", e.helped, e.medium,
       COALESCE(f.identifier, ''), e.misconception
FROM evidence_evidence e
LEFT JOIN curriculum_item i ON i.id = e.item_id
LEFT JOIN curriculum_itemfamily f ON f.id = i.family_id
WHERE e.student_id IN ({students}) AND e.competency_id {competencies}
  AND e.shown IS NOT NULL AND NOT e.withdrawn
  AND NOT EXISTS (SELECT 1 FROM evidence_evidence later WHERE later.supersedes_id = e.id)
"""
NEWEST = """
SELECT p.id, (SELECT MAX(e.id) FROM evidence_evidence e WHERE e.student_id = p.id)
FROM people_person p WHERE p.id IN ({students})
"""
NOTED_LAST = """
SELECT e.competency_id FROM people_person p
JOIN evidence_evidence e ON e.id IN (
  SELECT n.id FROM evidence_evidence n WHERE n.student_id = p.id ORDER BY n.id DESC LIMIT 8)
WHERE p.id IN ({students}) AND e.competency_id IS NOT NULL
GROUP BY e.competency_id ORDER BY MAX(e.id) DESC
"""
# A statement takes only so many numbers (SQLite: 32,766); a thousand children at a time are plenty.
AT_A_TIME = 1000

KINDS, HELPS, MEDIA = (
    {member.value: member for member in vocabulary} for vocabulary in (Kind, Helped, Medium)
)


def pieces(
    student_pks: Iterable[int], competency_pks: Iterable[int] | None = None
) -> dict[tuple[int, int], list[Piece]]:
    """By (student, competency): what holds and says whether it was shown. Words alone are not pieces."""
    only = None if competency_pks is None else sorted(set(competency_pks))
    if only == []:
        return {}
    found: dict[tuple[int, int], list[Piece]] = {}
    for students in _some_at_a_time(student_pks):
        for student, competency, *rest in _rows(PIECES, students, only):
            found.setdefault((student, competency), []).append(_piece(*rest))
    return found


def newest_ids(student_pks: Iterable[int]) -> dict[int, int | None]:
    """The number of each child's newest row: whoever has read up to it has read everything."""
    found: dict[int, int | None] = {}
    for students in _some_at_a_time(student_pks):
        found.update(_rows(NEWEST, students))
    return found


def noted_last(student_pks: Iterable[int]) -> list[int]:
    """The competencies of these children's newest rows, the newest first."""
    found: list[int] = []
    for students in _some_at_a_time(student_pks):
        found += [competency for (competency,) in _rows(NOTED_LAST, students)]
    return list(dict.fromkeys(found))


def newest_of(student_pks: Iterable[int], *, n: int) -> list[Evidence]:
    """The newest rows that hold, of all kinds, with what a page says about them."""
    rows = Evidence.objects.filter(student__in=list(student_pks)).current()
    return list(rows.select_related("competency", "item", "work", "by", "student").order_by("-pk")[:n])


def history(evidence: Evidence) -> list[Evidence]:
    """The row as it was first written, and every correction since, in their order."""
    first = evidence
    while first.supersedes_id:
        first = Evidence.objects.select_related("by").get(pk=first.supersedes_id)
    rows = [first]
    while later := Evidence.objects.select_related("by").filter(supersedes=rows[-1]).first():
        rows.append(later)
    return rows


def _piece(pk, kind, shown, on, helped, medium, source, misconception) -> Piece:
    return Piece(
        ref=f"e{pk}",
        kind=KINDS[kind],
        shown=shown,
        on=on if isinstance(on, date) else date.fromisoformat(on),
        helped=HELPS[helped],
        medium=MEDIA[medium],
        source=source,
        misconception=misconception,
    )


def _rows(sql: str, students: list[int], competencies: list[int] | None = None) -> Iterator[tuple]:
    chosen = "IS NOT NULL" if competencies is None else f"IN ({_places(competencies)})"
    with connection.cursor() as cursor:
        cursor.execute(
            sql.format(students=_places(students), competencies=chosen), [*students, *(competencies or ())]
        )
        yield from cursor.fetchall()


def _places(numbers: list[int]) -> str:
    return ", ".join(["%s"] * len(numbers))


def _some_at_a_time(pks: Iterable[int]) -> Iterator[list[int]]:
    numbers = sorted(set(pks))
    for start in range(0, len(numbers), AT_A_TIME):
        yield numbers[start : start + AT_A_TIME]
