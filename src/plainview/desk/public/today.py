"""What happened to a product since its page was frozen, and where its conditions stand today.

In:   a frozen page, its events, the day.
Out:  what stands in the strip above the page; the same as entries for feeds, lists and programs.
Not here: a row for "overdue". It follows from the day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext, override

from plainview.desk.published import clocks, read
from plainview.desk.published.clocks import OVERDUE, Standing, Status
from plainview.desk.published.models import Event
from plainview.desk.published.page import Condition, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, or that the clock says."""

    product: str
    at: datetime
    kind: str  # of Event.Kind, or "overdue"
    condition: str
    words: Words

    @property
    def key(self) -> str:
        """Stays the same for the same thing, so that no feed tells it twice."""
        return f"{self.product}:{self.kind}:{self.condition}:{self.at:%Y%m%dT%H%M%S}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    on: date
    standings: tuple[Standing, ...]
    entries: tuple[Entry, ...]  # since the newest publication, the newest first
    expired_on: date | None  # the page itself: from that day it is to be looked at again

    @property
    def pressing(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.status in (Status.BREACHED, Status.OVERDUE))

    @property
    def n_open(self) -> int:
        return sum(one.status == Status.OPEN for one in self.standings)

    @property
    def next_open(self) -> Standing | None:
        """Of the open ones the first that falls due: they stand in that order."""
        return next((one for one in self.standings if one.status == Status.OPEN), None)


def today(product: str, *, on: date) -> Today | None:
    newest = read.newest(product)
    if newest is None:
        return None
    page, events = read.page_of(newest), list(read.events(product))
    entries = entries_of(product, page.conditions, events, on=on)
    since = [one for one in entries if one.at >= newest.published_at and one.kind != Event.Kind.PUBLISHED]
    return Today(
        on=on,
        standings=clocks.standings(page.conditions, events, on=on),
        entries=tuple(one for one in since if one.kind != OVERDUE),
        expired_on=page.expires_on if page.expires_on and page.expires_on < on else None,
    )


def entries_of(
    product: str, conditions: tuple[Condition, ...], events: list[Event], *, on: date
) -> list[Entry]:
    """Everything until ``on``, the newest first; a condition that ran over stands at its deadline."""
    happened = [
        Entry(
            product=product,
            at=one.at,
            kind=one.kind,
            condition=one.condition,
            words=Words.model_validate(one.words),
        )
        for one in events
        if clocks.day_of(one) <= on
    ]
    over = [_overdue(product, one) for one in conditions if _ran_over(one, events, on)]
    return sorted([*happened, *over], key=lambda one: (one.at, one.key), reverse=True)


def _ran_over(condition: Condition, events: list[Event], on: date) -> bool:
    """Now, or once: that it was met too late does not undo that it was late."""
    first = clocks.first_day_over(condition)
    return first <= on and clocks.status(condition, events, on=first) == Status.OVERDUE


def _overdue(product: str, condition: Condition) -> Entry:
    midnight = datetime.combine(clocks.first_day_over(condition), time())
    return Entry(
        product=product,
        at=timezone.make_aware(midnight),
        kind=OVERDUE,
        condition=condition.id,
        words=Words(en=_said("en", condition), es=_said("es", condition)),
    )


def _said(language: str, condition: Condition) -> str:
    with override(language):
        words = getattr(condition.words, language) or condition.words.en
        return gettext("Overdue: %(words)s") % {"words": words}
