"""A certificate of erasure: what goes under it, how much, on which ground, with one fingerprint.

In:   a child, the ground, who does it; then rows that are to go.
Out:  the rows are gone, and a closed certificate says how many, and a fingerprint that cannot be read back.
Not here: which rows. Each room knows its own, and writes its own line of the ledger.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import QuerySet

from plainview.classroom.evidence import policy
from plainview.classroom.evidence.models import Erasure
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person


class Going:
    """What goes: counted, and in the fingerprint."""

    def __init__(self, certificate: Erasure) -> None:
        self.certificate = certificate
        self._n_rows = 0
        self._fingerprint = hashlib.sha256()

    def mark(self, rows: QuerySet) -> list[int]:
        """The rows as they were, into the fingerprint; their numbers."""
        model, pks = rows.model, []
        for row in rows.order_by("pk").values().iterator():
            said = {name: _as_text(value) for name, value in row.items()}
            line = json.dumps([model._meta.label, said], cls=DjangoJSONEncoder, sort_keys=True)
            self._fingerprint.update(line.encode() + b"\n")
            pks.append(row[model._meta.pk.attname])
        return pks

    def delete(self, rows: QuerySet) -> None:
        """Plain SQL: Django would first load every row, and stop at "supersedes", which points inward."""
        pks, table, column = self.mark(rows), rows.model._meta.db_table, rows.model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {table} WHERE {column} = %s", [(pk,) for pk in pks])  # noqa: S608
        self._n_rows += len(pks)

    def close(self) -> None:
        certificate = self.certificate
        certificate.n_rows, certificate.digest = self._n_rows, self._fingerprint.hexdigest()
        certificate.is_open = False
        certificate.save(update_fields=["n_rows", "digest", "is_open"])


@contextmanager
def certificate(student: Person, *, ground: Erasure.Ground, by: Person, at: datetime) -> Iterator[Going]:
    """All of it or nothing. It opens the gate for this child alone, and closes it in the same transaction."""
    policy.check_may_erase(by)
    with durable():
        going = Going(
            Erasure.objects.create(
                student_number=student.pk, ground=ground, done_by_number=by.pk, at=at, is_open=True
            )
        )
        yield going
        going.close()


def _as_text(value):
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value
