"""What happened, as Atom: for one product, or for all.

In:   entries, the newest first.
Out:  Atom (RFC 4287).
Not here: which entries; an overdue condition is among them at its deadline, by the clock (today).
"""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed

from plainview.desk.public.shelf import shelf
from plainview.desk.public.today import Entry, entries_of
from plainview.desk.published import addresses, read, words
from plainview.desk.published.models import Event

MOST = 100


def entries(product: str = "", *, on: date) -> list[Entry]:
    """Of one product, or of all: the newest hundred."""
    cards = shelf().by_slug
    slugs = [product] if product else list(cards)
    by_product: dict[str, list[Event]] = {slug: [] for slug in slugs}
    found = read.events(product) if product else Event.objects.order_by("at", "pk")
    for one in found:
        by_product.setdefault(one.product, []).append(one)
    told = [
        entry
        for slug, events in by_product.items()
        for entry in entries_of(slug, cards[slug].conditions if slug in cards else (), events, on=on)
    ]
    return sorted(told, key=lambda one: (one.at, one.key), reverse=True)[:MOST]


def atom(request: HttpRequest, told: Sequence[Entry], *, title: str, address: str, feed: str) -> bytes:
    whole = request.build_absolute_uri
    made = Atom1Feed(title=title, link=whole(address), description="", feed_url=whole(feed), language="en")
    names = {slug: card.name for slug, card in shelf().by_slug.items()}
    for one in told:
        name = names.get(one.product, one.product)
        made.add_item(
            title=f"{name}: {words.EVENTS.get(one.kind, words.STATUSES.get(one.kind, one.kind))}",
            link=whole(addresses.product(one.product)),
            description=one.words.en,
            unique_id=f"tag:{request.get_host().split(':')[0]},2026:{one.key}",
            pubdate=one.at,
            updateddate=one.at,
        )
    return made.writeString("utf-8").encode()
