"""The learning log of a class, as a vendor would have to hand it over: we are reviewed by the same code.

In:   a class, a key that stays in the building, an open file.
Out:  one row an answer, under pseudonyms, in its order; how many rows, children and children left out.
Not here: words, pictures, names, dates. Estimates stand above this room, so their columns stay empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from typing import TextIO

from django.db import transaction
from django.utils import timezone

from plainview.classroom.evidence import policy
from plainview.classroom.evidence.models import Evidence, Kind
from plainview.core.logs.attempt import AssignedBy, Attempt
from plainview.core.logs.pseudonym import pseudonym
from plainview.core.logs.write import write as write_log
from plainview.lobby.ledger import write
from plainview.lobby.people import choices
from plainview.lobby.people.models import Class, FamilyChoice, Person

COLUMNS = (
    "student",
    "on",
    "item__identifier",
    "competency__identifier",
    "shown",
    "hints",
    "assigned_by",
    "language",
    "medium",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    n_attempts: int
    n_students: int
    n_left_out: int  # children whose family chose no research


def hand_over(school_class: Class, file: TextIO, *, key: bytes, by: Person, at: datetime) -> Exported:
    """The log, and a line in the ledger for each child whose answers go out.

    The lines come first: one too many, should the disk be full, is better than one that is missing. And no
    transaction is held while a year is written, for children answer meanwhile.
    """
    on = timezone.localdate(at)
    policy.check_may_export(by, school_class, on=on)
    pseudonym("a key that can be guessed is refused here", key=key)
    about = _students(school_class, on=on)[0]
    with transaction.atomic():
        write.looked("evidence.exported", by=by.pk, at=at, about=about, thing=school_class.pk)
    return learning_log(school_class, file, key=key, on=on)


def learning_log(school_class: Class, file: TextIO, *, key: bytes, on: date) -> Exported:
    """Every answer that holds, of the children who are in the class on that day."""
    students, n_left_out = _students(school_class, on=on)
    n_attempts = write_log(_attempts(school_class, students, key=key), file)
    return Exported(n_attempts=n_attempts, n_students=len(students), n_left_out=n_left_out)


def _students(school_class: Class, *, on: date) -> tuple[list[int], int]:
    everyone = list(Person.objects.in_classes([school_class], on=on).values_list("pk", flat=True))
    without = choices.chosen(everyone, FamilyChoice.Kind.NO_RESEARCH)
    return sorted(set(everyone) - without), len(without)


def _attempts(school_class: Class, students: list[int], *, key: bytes) -> Iterator[Attempt]:
    """In the order of the days. A place in the order, not a clock: a time would lead back to a child."""
    rows = Evidence.objects.current().filter(student__in=students, kind=Kind.ANSWER, shown__isnull=False)
    names = {pk: pseudonym(str(pk), key=key) for pk in students}
    of_class = {
        "class_": pseudonym(str(school_class.pk), key=key, of="class"),
        "school": pseudonym(str(school_class.school_id), key=key, of="school"),
        "build": f"plainview {version('plainview')}",
    }
    days: dict[int, dict[date, int]] = {pk: {} for pk in students}
    ordered = rows.order_by("on", "pk").values_list(*COLUMNS)
    for place, (student, on, item, skill, shown, hints, assigned_by, language, medium) in enumerate(
        ordered.iterator(), start=1
    ):
        yield Attempt(
            student=names[student],
            session=str(days[student].setdefault(on, len(days[student]) + 1)),
            at=place,
            item=item,
            skills=(skill,) if skill else (),
            correct=shown,
            hints=hints,
            attempts=1,  # an answer is marked once; another try is another row
            assigned_by=AssignedBy(assigned_by),
            language=language,
            medium=medium,
            **of_class,
        )
