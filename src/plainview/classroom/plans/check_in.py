"""Five minutes of talk: who is due, the sheet for it, holding one, asking for one.

In:   the class's promise, what was held, who asked.
Out:  today's list, spread so that every day has about as many; a sheet; a note that somebody wrote.
Not here: reminders, red marks. Who was not reached today stands first tomorrow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.evidence.models import Work
from plainview.classroom.plans import policy, turns
from plainview.classroom.plans.models import CheckIn, Goal
from plainview.classroom.plans.promise import promise_of
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Absence, Class, Person
from plainview.lobby.people.policy import Denied
from plainview.lobby.people.school_days import add_school_days, next_school_day, school_days_between

PRESET_MINUTES = 5
MOST_MINUTES = 60
N_WORKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A child to talk with: on which day, and what the child asked for, if anything."""

    student: Person
    due_on: date
    asked: CheckIn | None
    last_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that two people need for five minutes."""

    student: Person
    goal: Goal | None
    last: CheckIn | None
    works: tuple[Work, ...]
    asked: CheckIn | None


def due(school_class: Class, on: date) -> list[Due]:
    """Today's list: those who asked, then those whose day has come, as many as a day holds."""
    promise = promise_of(school_class)
    if promise is None:
        return [row for row in rounds(school_class, on) if row.asked]
    rows = [row for row in rounds(school_class, on) if row.asked or row.due_on <= on]
    absent = set(Absence.objects.filter(on=on).values_list("student", flat=True))
    rows = [row for row in rows if row.student.pk not in absent]
    asked = [row for row in rows if row.asked]
    others = [row for row in rows if not row.asked]
    n_a_day = -(-_n_children(school_class, on) // promise.every_school_days)
    return asked + others[: max(0, n_a_day - len(asked))]


def rounds(school_class: Class, on: date) -> list[Due]:
    """Every child of the class with the day of the next check-in, soonest first."""
    children = list(Person.objects.in_classes([school_class.pk], on=on).by_name())
    promise = promise_of(school_class)
    every = promise.every_school_days if promise else 0
    start = next_school_day(timezone.localdate(promise.at)) if promise else on
    last, asked = _last_held(children), open_asks(children)
    rows = []
    for place, child in enumerate(children):
        held_on = last.get(child.pk)
        # Nobody's turn comes by chance or by score: the first round goes through the names, some each day.
        first_on = add_school_days(start, place * every // len(children))
        due_on = add_school_days(held_on, every) if held_on else first_on
        rows.append(Due(student=child, due_on=due_on, asked=asked.get(child.pk), last_on=held_on))
    return sorted(rows, key=lambda row: (row.asked is None, row.due_on))


def _n_children(school_class: Class, on: date) -> int:
    return Person.objects.in_classes([school_class.pk], on=on).count()


def _last_held(children: Iterable[Person]) -> dict[int, date]:
    rows = CheckIn.objects.filter(student__in=children, held_at__isnull=False).values("student")
    return {
        row["student"]: timezone.localdate(row["last"])
        for row in rows.annotate(last=Max("held_at")).order_by()
    }


def open_asks(children: Iterable[Person]) -> dict[int, CheckIn]:
    asks = CheckIn.objects.filter(student__in=children, asked_by_student=True, held_at=None)
    return {ask.student_id: ask for ask in asks.order_by("-pk")}


def days_since_last(row: Due, *, on: date) -> int | None:
    return school_days_between(row.last_on, on) if row.last_on else None


def sheet(student: Person) -> Sheet:
    """His goal, the last promise, two newest pieces of work, what he asked for."""
    held = CheckIn.objects.filter(student=student, held_at__isnull=False).select_related("adult")
    works = Work.objects.filter(student=student).prefetch_related("evidence__competency__unit")
    return Sheet(
        student=student,
        goal=Goal.objects.filter(student=student).order_by("-pk").first(),
        last=held.order_by("-held_at", "-pk").first(),
        works=tuple(works.order_by("-made_on", "-pk")[:N_WORKS]),
        asked=open_asks([student]).get(student.pk),
    )


@transaction.atomic
def ask(*, student: Person, by: Person, at: datetime, asks: str = "") -> CheckIn:
    """A child asks for a talk. Asked again before it was held, it is the same one, with the newer words."""
    on = timezone.localdate(at)
    policy.check_may_speak(by, student, on=on)
    turns.wait_for(student)
    there = CheckIn.objects.filter(student=student, asked_by_student=True, held_at=None).first()
    if there is None:
        there = CheckIn.objects.create(
            student=student, due_on=next_school_day(on), asked_by_student=True, asks=asks
        )
        write.deed("plans.check_in.asked", by=by.pk, at=at, about=student.pk, thing=there.pk)
    elif asks and asks != there.asks:
        there.asks = asks
        there.save(update_fields=["asks"])
        write.deed("plans.check_in.asked", by=by.pk, at=at, about=student.pk, thing=there.pk)
    return there


@transaction.atomic
def hold(
    *,
    student: Person,
    by: Person,
    at: datetime,
    client_key: UUID,
    minutes: int = PRESET_MINUTES,
    note: str = "",
    promise: str = "",
) -> CheckIn:
    """It was held. What the child asked for is answered by it; a replayed key changes nothing."""
    on = timezone.localdate(at)
    policy.check_may_meet(by, student, on=on)
    turns.wait_for(student)
    if there := CheckIn.objects.filter(client_key=client_key).first():
        return _mine(there, student)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Denied(_("A check-in takes 1 to %(most)d minutes.") % {"most": MOST_MINUTES})
    held = open_asks([student]).get(student.pk) or CheckIn(student=student, due_on=on)
    held.adult, held.held_at, held.minutes = by, at, minutes
    held.note, held.promise, held.client_key = note, promise, client_key
    held.save()
    write.deed("plans.check_in.held", by=by.pk, at=at, about=student.pk, thing=held.pk)
    return held


def _mine(check_in: CheckIn, student: Person) -> CheckIn:
    if check_in.student_id != student.pk:
        raise policy.NotSeen
    return check_in
