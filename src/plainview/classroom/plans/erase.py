"""Erase what was planned with a child, because the family has the right or its time is over.

In:   a child, the ground, who does it.
Out:  steps, goals, ideas, contests, check-ins and screen minutes are gone, the child is out of every group;
      a certificate says how many rows went, with a fingerprint.
Not here: evidence (evidence.erase, which goes last); other children's groups; the ledger, which has no words.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from plainview.classroom.evidence.certificate import certificate
from plainview.classroom.evidence.models import Erasure
from plainview.classroom.plans.models import (
    CheckIn,
    Contest,
    Goal,
    Group,
    KeepApart,
    Proposal,
    ScreenDay,
    Step,
)
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person


def erase(student: Person, *, ground: Erasure.Ground, by: Person, at: datetime) -> Erasure:
    with certificate(student, ground=ground, by=by, at=at) as going:
        _leave_unnamed(student)
        for rows in _rows_of(student):
            going.delete(rows)
        write.deed("plans.erased", by=by.pk, at=at, about=student.pk, thing=going.certificate.pk)
    return going.certificate


def _leave_unnamed(student: Person) -> None:
    """The others of a group go on with each other: their steps name the child no more."""
    steps = Step.objects.filter(group__in=Group.objects.filter(members=student)).exclude(student=student)
    for step in steps.exclude(with_whom=""):
        others = [name for name in step.with_whom.split(", ") if name != student.short_name]
        Step.objects.filter(pk=step.pk).update(with_whom=", ".join(others))


def _rows_of(student: Person) -> list[QuerySet]:
    """What points at another row goes before it."""
    of_the_child = [model.objects.filter(student=student) for model in (ScreenDay, Proposal, Contest)]
    more = [model.objects.filter(student=student) for model in (CheckIn, Goal, Step)]
    return [
        *of_the_child,
        *more,
        KeepApart.objects.filter(Q(one=student) | Q(other=student)),
        Group.members.through.objects.filter(person=student),
    ]
