"""Erase what a child showed, because the family has the right or its time is over; a certificate stays.

In:   a child, the ground, who does it.
Out:  the rows and pictures are gone; a certificate says how many, when, on which ground, with a fingerprint.
Not here: plans and guidance, which erase theirs first; the ledger, whose lines hold no words and stay.
"""

from datetime import datetime

from django.db import transaction

from plainview.classroom.evidence import images
from plainview.classroom.evidence.certificate import certificate
from plainview.classroom.evidence.models import Amendment, Erasure, Evidence, Judgement, Work
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person

# What points at another row goes before it.
IN_ORDER = (Amendment, Evidence, Judgement, Work)


def erase(student: Person, *, ground: Erasure.Ground, by: Person, at: datetime) -> Erasure:
    with certificate(student, ground=ground, by=by, at=at) as going:
        for model in IN_ORDER:
            going.delete(model.objects.filter(student=student))
        write.deed("evidence.erased", by=by.pk, at=at, about=student.pk, thing=going.certificate.pk)
        # Pictures go when the rows are surely gone: a row without its picture is a loss nobody asked for.
        transaction.on_commit(lambda: images.remove_all_of(student.pk))
    return going.certificate
