"""What a family chooses for its child, without explaining and without penalty.

In:   a child, a kind of choice, yes or no.
Out:  a new row; the newest of a kind holds.
Not here: what follows from it. Each room asks ``chosen`` before it acts.
"""

from collections.abc import Iterable
from datetime import datetime

from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people import policy
from plainview.lobby.people.models import FamilyChoice, Person


def choose(student: Person, *, kind: FamilyChoice.Kind, chosen: bool, by: Person, at: datetime) -> None:
    policy.check_is_family(by, student)
    with durable():
        FamilyChoice.objects.create(student=student, kind=kind, chosen=chosen, by=by, at=at)
        write.deed("people.family.chose", by=by.pk, at=at, about=student.pk)


def chosen(students: Iterable[int], kind: FamilyChoice.Kind) -> set[int]:
    """Those of the children (by pk) whose family chose this."""
    newest = {}
    rows = FamilyChoice.objects.filter(student__in=list(students), kind=kind).order_by("at", "pk")
    for student, holds in rows.values_list("student", "chosen"):
        newest[student] = holds
    return {student for student, holds in newest.items() if holds}


def choices_of(student: Person) -> dict[str, bool]:
    """Every kind, and whether it holds for this child."""
    return {kind: student.pk in chosen([student.pk], kind) for kind in FamilyChoice.Kind}
