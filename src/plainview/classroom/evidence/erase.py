"""Erase what a child showed, because the family has the right or its time is over; a certificate stays.

In:   a child, the ground, who does it.
Out:  the rows and pictures are gone; a certificate says how many, when, on which ground, with a fingerprint.
Not here: plans and guidance, which erase theirs first; the ledger, whose lines hold no words and stay.
"""

import hashlib
import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from plainview.classroom.evidence import images, policy
from plainview.classroom.evidence.models import Amendment, Erasure, Evidence, Judgement, Work
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person

# What points at another row goes before it.
IN_ORDER = (Amendment, Evidence, Judgement, Work)


def erase(student: Person, *, ground: Erasure.Ground, by: Person, at: datetime) -> Erasure:
    """The certificate opens the gate for this child alone, and closes it in the same transaction."""
    policy.check_may_erase(by)
    with durable():
        certificate = Erasure.objects.create(
            student_number=student.pk, ground=ground, done_by_number=by.pk, at=at, is_open=True
        )
        fingerprint = hashlib.sha256()
        n_rows = sum(_erase_from(model, student, fingerprint) for model in IN_ORDER)
        certificate.n_rows, certificate.digest, certificate.is_open = n_rows, fingerprint.hexdigest(), False
        certificate.save(update_fields=["n_rows", "digest", "is_open"])
        write.deed("evidence.erased", by=by.pk, at=at, about=student.pk, thing=certificate.pk)
        # Pictures go when the rows are surely gone: a row without its picture is a loss nobody asked for.
        transaction.on_commit(lambda: images.remove_all_of(student.pk))
    return certificate


def _erase_from(model, student: Person, fingerprint) -> int:
    for row in model.objects.filter(student=student).order_by("pk").values().iterator():
        line = json.dumps([model._meta.label, row], cls=DjangoJSONEncoder, sort_keys=True)
        fingerprint.update(line.encode() + b"\n")
    with connection.cursor() as cursor:
        # Plain SQL: Django would first load every row, and stop at "supersedes", which points inward.
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE student_id = %s", [student.pk])  # noqa: S608
        return cursor.rowcount
