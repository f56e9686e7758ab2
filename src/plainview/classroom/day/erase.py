"""Erase a child's record, room by room from the top: guidance, plans, evidence, and what people keeps.

In:   a child, the ground, who does it.
Out:  a certificate of each room; all of it is gone, or nothing is.
Not here: the ledger, which holds no words and stays; the name on the roster, which goes with the roster.
"""

from datetime import datetime

from plainview.classroom.evidence import erase as evidence
from plainview.classroom.evidence import policy
from plainview.classroom.evidence.models import Erasure
from plainview.classroom.guidance import erase as guidance
from plainview.classroom.plans import erase as plans
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people import erase as people
from plainview.lobby.people.models import Person


def erase(student: Person, *, ground: Erasure.Ground, by: Person, at: datetime) -> list[Erasure]:
    """What points at another room's row goes before it. One transaction: nobody is erased by half."""
    policy.check_may_erase(by)
    with durable():
        certificates = [
            room.erase(student, ground=ground, by=by, at=at) for room in (guidance, plans, evidence)
        ]
        n_rows = people.erase(student)
        of_people = Erasure.objects.create(
            student_number=student.pk,
            ground=ground,
            done_by_number=by.pk,
            at=at,
            n_rows=n_rows,
            is_open=False,
        )
        write.deed("people.erased", by=by.pk, at=at, about=student.pk, thing=of_people.pk)
    return [*certificates, of_people]
