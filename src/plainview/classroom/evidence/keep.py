"""Keep one row of evidence, once.

In:   a row that is ready, and the deed's fixed word.
Out:  the row, kept with its ledger line; or the row that a first press had already kept.
Not here: who may, and whether what is written makes sense. The deeds ask that before.
"""

from django.db import IntegrityError, transaction

from plainview.classroom.evidence.models import Evidence
from plainview.lobby.ledger import write
from plainview.lobby.people.policy import NotSeen


def keep(row: Evidence, *, deed: str) -> Evidence:
    """Two inserts, one transaction. A second press of the same button finds the first row."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            write.deed(deed, by=row.by_id, at=row.at, about=row.student_id, thing=row.pk)
    except IntegrityError:
        first = kept_before(row.client_key, student_pk=row.student_id)
        if first is None:
            raise
        return first
    return row


def kept_before(client_key, *, student_pk: int) -> Evidence | None:
    """What the first press kept. A key of someone else's row is no key to it."""
    first = Evidence.objects.filter(client_key=client_key).first()
    if first and first.student_id != student_pk:
        raise NotSeen
    return first
