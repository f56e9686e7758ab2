"""Estimates up to date before anything is measured, as they are in a school that looks every day.

In:   a house with its year.
Out:  the measured class read by the site's own deed; the other classes hold copies of its estimates.
Not here: the truth about the other classes. Reading thirty-six years would take minutes, and a page of copies
costs what a page of their own costs; from the first new answer on, theirs are made by the deed.
"""

import time
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from plainview.classroom.evidence.read import newest_ids
from plainview.classroom.guidance.estimate import bring_up_to_date
from plainview.classroom.guidance.models import Estimate, Reading
from plainview.cli.bench.figures import Figure
from plainview.lobby.people.models import Class, Person
from plainview.site.bench.school import first_room


def read_the_year() -> Figure:
    """The first look at a year of a class reads all of it, once."""
    room, _teacher = first_room()
    began = time.process_time()
    bring_up_to_date(room, at=timezone.now())
    return Figure(
        group="class page",
        what="reading a whole year of one class into estimates, once",
        measured=time.process_time() - began,
        unit="CPU-s",
    )


@transaction.atomic
def copy_to_the_others() -> None:
    room, _teacher = first_room()
    read = _by_child(room)
    digest = Reading.objects.values_list("with_digest", flat=True).first()
    others = Person.objects.in_classes(Class.objects.exclude(pk=room.pk), on=timezone.localdate())
    others = list(others.order_by("pk").values_list("pk", flat=True))
    copies = (_copy(row, pk) for pk, rows in zip(others, cycle(read), strict=False) for row in rows)
    Estimate.objects.bulk_create(copies, batch_size=1000)
    Reading.objects.bulk_create(
        Reading(pk=pk, through=through or 0, with_digest=digest) for pk, through in newest_ids(others).items()
    )


def _by_child(room: Class) -> list[list[Estimate]]:
    children = Person.objects.in_classes([room.pk], on=timezone.localdate()).order_by("pk")
    return [list(Estimate.objects.filter(student=child)) for child in children]


def _copy(row: Estimate, student: int) -> Estimate:
    fields = {field.attname: getattr(row, field.attname) for field in Estimate._meta.concrete_fields}
    return Estimate(**fields | {"id": None, "student_id": student})
