"""Read what children showed, in as few and as short statements as it takes.

In:   children, competencies.
Out:  pieces for the core; the newest row of each child and what changed since; what was noted last; one
      row's history.
Not here: who may read (policy), who looked (the pages write that), what it means (guidance).

The table holds two million rows a school and year. Each statement below walks an index of one child; a test
asks the database for its plan.
"""

from collections.abc import Iterable, Iterator, Mapping
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
CHANGED = """
WITH read_up_to (student, through) AS (VALUES {pairs})
SELECT DISTINCT e.student_id, e.competency_id, was.competency_id
FROM read_up_to
JOIN evidence_evidence e ON e.student_id = read_up_to.student AND e.id > read_up_to.through
LEFT JOIN evidence_evidence was ON was.id = e.supersedes_id
"""
NEWEST_OF_EACH = """
SELECT e.competency_id, e.id FROM people_person p
JOIN evidence_evidence e ON e.id IN (
  SELECT n.id FROM evidence_evidence n
  WHERE n.student_id = p.id AND NOT n.withdrawn
    AND NOT EXISTS (SELECT 1 FROM evidence_evidence later WHERE later.supersedes_id = n.id)
  ORDER BY n.id DESC LIMIT {each})
WHERE p.id IN ({students})
ORDER BY e.id DESC
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
    only = [] if competency_pks is None else sorted(set(competency_pks))
    if competency_pks is not None and not only:
        return {}
    chosen = f"IN ({_places(only)})" if only else "IS NOT NULL"
    found: dict[tuple[int, int], list[Piece]] = {}
    for students in _some_at_a_time(student_pks):
        sql = PIECES.format(students=_places(students), competencies=chosen)
        for student, competency, *rest in _fetch(sql, [*students, *only]):
            found.setdefault((student, competency), []).append(_piece(*rest))
    return found


def newest_ids(student_pks: Iterable[int]) -> dict[int, int | None]:
    """The number of each child's newest row: whoever has read up to it has read everything."""
    found: dict[int, int | None] = {}
    for students in _some_at_a_time(student_pks):
        found.update(_fetch(NEWEST.format(students=_places(students)), students))
    return found


def changed_since(through: Mapping[int, int | None]) -> dict[int, set[int]]:
    """Given how far each child was read (None: not at all): the competencies with something new, by child.

    A correction that moved a row changes both, where it stands now and where it stood.
    """
    found: dict[int, set[int]] = {}
    for students in _some_at_a_time(through):
        numbers = [number for student in students for number in (student, through[student] or 0)]
        pairs = ", ".join(["(%s, %s)"] * len(students))
        for student, *competencies in _fetch(CHANGED.format(pairs=pairs), numbers):
            found.setdefault(student, set()).update(c for c in competencies if c is not None)
    return found


def noted_last(student_pks: Iterable[int], *, of_each: int = 8) -> list[int]:
    """The competencies of these children's newest rows, the newest first."""
    newest = _newest_of_each(student_pks, of_each)
    return list(dict.fromkeys(competency for competency, _pk in newest if competency is not None))


def newest_of(student_pks: Iterable[int], *, n: int) -> list[Evidence]:
    """The newest rows that hold, of all kinds, with what a page says about them."""
    pks = sorted((pk for _competency, pk in _newest_of_each(student_pks, n)), reverse=True)[:n]
    rows = Evidence.objects.filter(pk__in=pks).select_related(
        "competency__unit", "item", "work", "by", "student"
    )
    return list(rows.order_by("-pk"))


def _newest_of_each(student_pks: Iterable[int], n: int) -> list[tuple[int | None, int]]:
    found: list[tuple[int | None, int]] = []
    for students in _some_at_a_time(student_pks):
        found += _fetch(NEWEST_OF_EACH.format(students=_places(students), each=int(n)), students)
    return found


def history(evidence: Evidence) -> list[Evidence]:
    """The row as it was first written, and every correction since, in their order."""
    each = Evidence.objects.select_related("by", "competency__unit", "work")
    rows = [evidence]
    while rows[0].supersedes_id:
        rows.insert(0, each.get(pk=rows[0].supersedes_id))
    while later := each.filter(supersedes=rows[-1]).first():
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


def _fetch(sql: str, numbers: list[int]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, numbers)
        return cursor.fetchall()


def _places(numbers: list[int]) -> str:
    return ", ".join(["%s"] * len(numbers))


def _some_at_a_time(pks: Iterable[int]) -> Iterator[list[int]]:
    numbers = sorted(set(pks))
    for start in range(0, len(numbers), AT_A_TIME):
        yield numbers[start : start + AT_A_TIME]
