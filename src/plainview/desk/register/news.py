"""What happened to the products of a district since a moment, the clock's own doing included.

In:   frozen events, conditions, from when to when.
Out:  entries, the oldest first, each in both languages. An overdue condition is dated at the first day over.
Not here: who is told (digest, feed, api).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plainview.desk.published import clocks
from plainview.desk.published.cards import Card
from plainview.desk.published.models import Event
from plainview.desk.register import due


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened."""

    id: str  # stays the same wherever and whenever it is told
    at: datetime
    slug: str
    product: str
    kind: str
    words: str


def entries(cards: Mapping[str, Card], *, since: datetime | None, until: datetime) -> list[Entry]:
    """In the language that is set. ``since`` itself is left out, ``until`` is in."""
    events = due.events_of(cards)
    found = [_of_event(event, cards[slug]) for slug, some in events.items() for event in some]
    for slug, card in cards.items():
        found += _overdue(card, events.get(slug, []), until)
    return sorted(
        (one for one in found if one.at <= until and (since is None or one.at > since)),
        key=lambda one: (one.at, one.id),
    )


def _of_event(event: Event, card: Card) -> Entry:
    words = event.words.get((get_language() or "en")[:2]) or event.words.get("en", "")
    return Entry(
        id=f"event-{event.pk}",
        at=event.at,
        slug=card.slug,
        product=card.name,
        kind=event.kind,
        words=f"{event.get_kind_display()}: {words}" if words else str(event.get_kind_display()),
    )


def _overdue(card: Card, events: list[Event], until: datetime) -> list[Entry]:
    """Each condition that was still open on its first day over, whatever became of it later."""
    found = []
    for condition in card.conditions:
        first = clocks.first_day_over(condition)
        at = timezone.make_aware(datetime.combine(first, time.min))
        if at <= until and clocks.status(condition, events, on=first) == clocks.Status.OVERDUE:
            found.append(
                Entry(
                    id=f"overdue-{card.slug}-{condition.id}-{condition.deadline}",
                    at=at,
                    slug=card.slug,
                    product=card.name,
                    kind=clocks.OVERDUE,
                    words=_overdue_words(condition),
                )
            )
    return found


def _overdue_words(condition) -> str:
    words = condition.words.es if (get_language() or "").startswith("es") else ""
    told = {"words": words or condition.words.en, "day": date_format(condition.deadline, "DATE_FORMAT")}
    return _("overdue since %(day)s: %(words)s") % told
