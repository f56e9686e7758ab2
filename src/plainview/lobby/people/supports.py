"""Supports: written by those who serve a child, ticked in two seconds, gone from view when they end.

In:   a support and whether it was there today.
Out:  the supports of children, for the adults of their class and their family.
Not here: which activities a support rules out. An activity says that of itself.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from plainview.lobby.ledger import write
from plainview.lobby.people import policy
from plainview.lobby.people.models import Person, Support, SupportGiven


def supports_of(students: Iterable[Person | int], *, on: date) -> dict[int, list[Support]]:
    """The supports that hold on that day, by child."""
    held = Support.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), student__in=list(students), begins_on__lte=on
    ).order_by("student", "pk")
    by_child: dict[int, list[Support]] = {}
    for support in held:
        by_child.setdefault(support.student_id, []).append(support)
    return by_child


@transaction.atomic
def write_down(
    student: Person, *, plan: str, term: str, words: str, exempt: bool, by: Person, at: datetime, on: date
) -> Support:
    policy.check_serves(by, student, on=on)
    support = Support.objects.create(
        student=student,
        plan=plan,
        term=term,
        words=words,
        exempt_from_screen_cap=exempt,
        begins_on=on,
        written_by=by,
    )
    write.deed("people.support.written", by=by.pk, at=at, about=student.pk, thing=support.pk)
    return support


@transaction.atomic
def tick(support: Support, *, outcome: str, by: Person, at: datetime, on: date) -> SupportGiven:
    """Whether it was there today. A second tick on the same day corrects the first."""
    policy.check_serves(by, support.student, on=on)
    given, _made = SupportGiven.objects.update_or_create(
        support=support, on=on, defaults={"outcome": outcome, "by": by}
    )
    write.deed(f"people.support.{outcome}", by=by.pk, at=at, about=support.student_id, thing=support.pk)
    return given
