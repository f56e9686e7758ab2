"""What became of a condition, on a day.

In:   the condition as it was frozen, what happened to its product since, the day.
Out:  open, met, overdue, breached or withdrawn, and since when.
Not here: a deed. That a condition is overdue follows from the day alone: nobody must say it or may delay it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from plainview.desk.published.models import Event
from plainview.desk.published.page import Condition

OVERDUE = "overdue"  # stands beside Event.Kind in feeds; no row is ever of this kind


class Status(StrEnum):
    OPEN = "open"
    MET = "met"
    OVERDUE = "overdue"
    BREACHED = "breached"
    WITHDRAWN = "withdrawn"


CLOSED_BY = {
    Event.Kind.CONDITION_MET: Status.MET,
    Event.Kind.CONDITION_WITHDRAWN: Status.WITHDRAWN,
    Event.Kind.CONDITION_BREACHED: Status.BREACHED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A condition today."""

    condition: Condition
    status: Status
    since: date | None  # None: open from the beginning
    days_left: int | None  # of an open one
    days_over: int | None  # of an overdue one
    closed_by: Event | None
    was_late: bool  # it was closed after its deadline: the history keeps that


def status(condition: Condition, events: Iterable[Event], *, on: date) -> Status:
    return standing(condition, events, on=on).status


def standing(condition: Condition, events: Iterable[Event], *, on: date) -> Standing:
    """The newest closing event until ``on`` decides; without one, the deadline does."""
    closing = _closing(condition, events, on)
    if closing:
        day, word = day_of(closing), CLOSED_BY[Event.Kind(closing.kind)]
        return _standing(condition, word, day, closed_by=closing, was_late=day > condition.deadline)
    days = (condition.deadline - on).days
    if days < 0:
        return _standing(condition, Status.OVERDUE, first_day_over(condition), days_over=-days)
    return _standing(condition, Status.OPEN, None, days_left=days)


def day_of(event: Event) -> date:
    """By the office's own clock, as the deadline is."""
    return timezone.localtime(event.at).date()


def first_day_over(condition: Condition) -> date:
    """The deadline's own day still counts as in time."""
    return condition.deadline + timedelta(days=1)


def standings(conditions: Sequence[Condition], events: Iterable[Event], *, on: date) -> tuple[Standing, ...]:
    """All of a page, what presses most first."""
    events = list(events)
    order = [Status.BREACHED, Status.OVERDUE, Status.OPEN, Status.MET, Status.WITHDRAWN]
    found = (standing(one, events, on=on) for one in conditions)
    return tuple(sorted(found, key=lambda one: (order.index(one.status), one.condition.deadline)))


def _closing(condition: Condition, events: Iterable[Event], on: date) -> Event | None:
    own = [
        one for one in events if one.condition == condition.id and one.kind in CLOSED_BY and day_of(one) <= on
    ]
    return max(own, key=lambda one: (one.at, one.pk or 0), default=None)


def _standing(condition: Condition, status: Status, since: date | None, **more) -> Standing:
    told = {"days_left": None, "days_over": None, "closed_by": None, "was_late": False} | more
    return Standing(condition=condition, status=status, since=since, **told)
