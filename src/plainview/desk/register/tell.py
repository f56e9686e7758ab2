"""The register as programs read it: a feed, and JSON.

In:   a district, the time, this site's address.
Out:  Atom; plain values for JSON. An overdue condition is in both by the clock alone.
Not here: who may ask (keys, views).
"""

from datetime import datetime

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plainview.desk.published import addresses, words
from plainview.desk.register import due, news
from plainview.desk.register.due import Held
from plainview.desk.register.models import District
from plainview.desk.register.news import Entry

MOST_ENTRIES = 200


def newest(district: District, *, at: datetime) -> list[Entry]:
    """The newest first."""
    cards = due.cards_of(district, on=timezone.localdate(at))
    return news.entries(cards, since=None, until=at)[::-1][:MOST_ENTRIES]


def atom(district: District, *, at: datetime, site: str, own: str) -> str:
    """``own`` is the feed's address without its secret: a reader that shows it must not give it away."""
    feed = Atom1Feed(
        title=_("What %(district)s uses") % {"district": district.name},
        link=site + addresses.PRODUCTS,
        description=None,
        feed_guid=own,
        language=get_language() or "en",
    )
    for entry in newest(district, at=at):
        feed.add_item(
            title=f"{entry.product}: {_said(entry.kind)}",
            link=site + addresses.product(entry.slug),
            description=entry.words,
            unique_id=f"{own}#{entry.id}",
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return feed.writeString("utf-8")


def _said(kind: str) -> str:
    return str(words.EVENTS.get(kind, words.STATUSES.get(kind, kind)))


def contracts(district: District, *, at: datetime) -> list[dict]:
    held = due.hold(district.contracts.with_totals().order_by("name", "pk"), on=timezone.localdate(at))
    return [_contract(one) for one in held]


def _contract(held: Held) -> dict:
    contract = held.contract
    return {
        "product": held.card.slug if held.card else None,
        "name": contract.name,
        "vendor": contract.vendor,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "notice_days": contract.notice_days,
        "say_so_by": contract.say_so_by,
        "cost": contract.cost,
        "currency": contract.currency,
        "who_pays": contract.who_pays,
        "children": contract.children,
        "child_minutes_a_week": contract.child_minutes,
        "conditions": [_condition(standing) for standing in held.standings],
    }


def _condition(standing) -> dict:
    condition = standing.condition
    return {
        "id": condition.id,
        "words": condition.words.model_dump(),
        "owner": condition.owner,
        "deadline": condition.deadline,
        "status": standing.status.value,
        "since": standing.since,
        "days_left": standing.days_left,
        "days_over": standing.days_over,
    }


def told(district: District, *, at: datetime) -> list[dict]:
    return [
        {
            "id": entry.id,
            "at": entry.at,
            "product": entry.slug,
            "name": entry.product,
            "kind": entry.kind,
            "words": entry.words,
            "page": addresses.product(entry.slug),
        }
        for entry in newest(district, at=at)
    ]
