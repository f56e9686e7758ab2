"""Write down what an adult saw: one child or several at once, with a photograph of the work or without.

In:   what was seen, of which children, perhaps a picture.
Out:  one row of evidence for each child, all or none.
Not here: answers to questions (record.py).
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from plainview.classroom.evidence import images, policy
from plainview.classroom.evidence.images import Picture
from plainview.classroom.evidence.keep import kept_before
from plainview.classroom.evidence.models import Evidence, Work
from plainview.classroom.evidence.record import Seen, observe
from plainview.lobby.people.models import Person


@transaction.atomic
def note(
    seen: Seen,
    *,
    students: Iterable[Person],
    by: Person,
    at: datetime,
    client_key: UUID,
    picture: Picture | None = None,
    title: str = "",
) -> list[Evidence]:
    """The same for each child; a press that comes twice finds the first rows."""
    title = title or str(seen.competency or "")
    rows = []
    for student in students:
        key = uuid5(client_key, str(student.pk))
        if (row := kept_before(key, student_pk=student.pk)) is None:
            policy.check_may_record(by, student, seen.kind, on=seen.on)
            work = _work(student, picture, title, by=by, at=at, on=seen.on)
            row = observe(seen, student=student, by=by, at=at, client_key=key, work=work)
        rows.append(row)
    return rows


def _work(student, picture: Picture | None, title: str, *, by: Person, at: datetime, on: date) -> Work | None:
    if picture is None:
        return None
    policy.check_photo(student)
    return Work.objects.create(
        student=student,
        title=title[:120],
        image=images.store(picture, student_pk=student.pk),
        digest=picture.digest,
        made_on=on,
        by=by,
        at=at,
    )
