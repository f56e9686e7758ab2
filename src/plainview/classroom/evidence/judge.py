"""The teacher says what a child can do. It stands beside the estimate, and wins.

In:   a child, a competency, a state, the teacher's words.
Out:  a judgement, added to those before; the newest of each.
Not here: estimates (guidance). A judgement is a person's word, not a calculation.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence import policy
from plainview.classroom.evidence.models import Judgement
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person


@transaction.atomic
def judge(
    *,
    student: Person,
    competency: Competency,
    state: Judgement.State,
    words: str,
    by: Person,
    at: datetime,
) -> Judgement:
    """Pressed twice, it is said once: the same word by the same teacher is not written again."""
    policy.check_may_judge(by, student, on=timezone.localdate(at))
    said = {"state": Judgement.State(state), "words": words.strip(), "by_id": by.pk}
    newest = newest_judgements([student]).get((student.pk, competency.pk))
    if newest and {name: getattr(newest, name) for name in said} == said:
        return newest
    judgement = Judgement.objects.create(student=student, competency=competency, at=at, **said)
    write.deed("evidence.judged", by=by.pk, at=at, about=student.pk, thing=judgement.pk)
    return judgement


def newest_judgements(students: Iterable[Person | int]) -> dict[tuple[int, int], Judgement]:
    """By (student, competency): the last word of each. One statement."""
    pks = [getattr(student, "pk", student) for student in students]
    newest = (
        Judgement.objects.filter(student__in=pks)
        .values("student", "competency")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    rows = Judgement.objects.filter(pk__in=newest).select_related("by")
    return {(row.student_id, row.competency_id): row for row in rows}
