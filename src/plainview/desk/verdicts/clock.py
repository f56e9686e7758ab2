"""How a condition stands on a day. Overdue comes by the clock alone: nobody does it or can forget it.

In:   a condition, what became of it, a day.
Out:  open, met, overdue, breached or withdrawn.
Not here: letters (letters), how a published page says it (published.clocks).
"""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plainview.desk.verdicts.models import Change, Condition


class Status(models.TextChoices):
    OPEN = "open", _("open")
    MET = "met", _("met")
    OVERDUE = "overdue", _("overdue")
    BREACHED = "breached", _("breached")
    WITHDRAWN = "withdrawn", _("withdrawn")


# What may become of a condition. Withdrawn is the end: what should hold again is set anew.
MAY_FOLLOW: dict[Status, frozenset[Change.Kind]] = {
    Status.OPEN: frozenset(Change.Kind),
    Status.OVERDUE: frozenset(Change.Kind),
    Status.MET: frozenset({Change.Kind.BREACHED}),
    Status.BREACHED: frozenset({Change.Kind.MET, Change.Kind.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}


def status(condition: Condition, *, on: date, changes: Iterable[Change] | None = None) -> Status:
    """The deadline's own day is still in time."""
    known = condition.changes.all() if changes is None else changes
    until = [one for one in known if timezone.localdate(one.at) <= on]
    if until:
        return Status(max(until, key=lambda one: (one.at, one.pk)).kind)
    return Status.OVERDUE if on > condition.deadline else Status.OPEN
