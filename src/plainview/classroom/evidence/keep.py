"""Keep one row of evidence, once.

In:   a row that is ready, and the deed's fixed word.
Out:  the row, kept with its ledger line; or the row that a first press had already kept.
Not here: who may, and whether what is written makes sense. The deeds ask that before.
"""

from django.db import IntegrityError, connection, transaction

from plainview.classroom.evidence.models import Evidence
from plainview.lobby.ledger import write
from plainview.lobby.people.policy import NotSeen

FIELDS = [field for field in Evidence._meta.concrete_fields if not field.primary_key]
COLUMNS = ", ".join(f'"{field.column}"' for field in FIELDS)
PLACES = ", ".join(["%s"] * len(FIELDS))
INSERT = f"INSERT INTO evidence_evidence ({COLUMNS}) VALUES ({PLACES}) RETURNING id"  # noqa: S608 - columns


def keep(row: Evidence, *, deed: str) -> Evidence:
    """Two inserts, one transaction. A second press of the same button finds the first row."""
    try:
        with transaction.atomic():
            _insert(row)
            write.deed(deed, by=row.by_id, at=row.at, about=row.student_id, thing=row.pk)
    except IntegrityError:
        first = kept_before(row.client_key, student_pk=row.student_id)
        if first is None:
            raise
        return first
    return row


def _insert(row: Evidence) -> None:
    """As ``save(force_insert=True)``, without the query compiler: it goes with every answer of a school."""
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def kept_before(client_key, *, student_pk: int) -> Evidence | None:
    """What the first press kept. A key of someone else's row is no key to it."""
    first = Evidence.objects.filter(client_key=client_key).first()
    if first and first.student_id != student_pk:
        raise NotSeen
    return first
