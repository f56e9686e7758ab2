"""One letter a day at most, about all that happened to what a district uses. Silence where nothing did.

In:   a subscription that was confirmed, the time.
Out:  a plain text without pictures, counters or links that tell who pressed them; a way out in one click.
Not here: what happened (news), when the worker comes (tasks).
"""

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from plainview.desk.published import addresses, clocks
from plainview.desk.register import due, news, subscribe
from plainview.desk.register.models import Subscriber
from plainview.desk.register.news import Entry

A_BATCH = 50  # letters a job: when a mail server stops in the middle, few are tried again


def batches(*, at: datetime) -> list[list[int]]:
    """Subscriptions that were not written to today and have news, in batches."""
    waiting = [one.pk for one in _not_told_today(at) if _news_for(one, at)]
    return [waiting[start : start + A_BATCH] for start in range(0, len(waiting), A_BATCH)]


def _not_told_today(at: datetime) -> list[Subscriber]:
    confirmed = Subscriber.objects.exclude(confirmed_at=None).select_related("district").order_by("pk")
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return [one for one in confirmed if one.confirmed_at == one.told_until or one.told_until < midnight]


def _news_for(subscriber: Subscriber, at: datetime) -> list[Entry]:
    with override(subscriber.language):
        cards = due.cards_of(subscriber.district, on=timezone.localdate(at))
        return news.entries(cards, since=subscriber.told_until, until=at)


def send(subscriber: Subscriber, *, at: datetime) -> bool:
    """Write, then note until when. A worker killed in between writes the same letter twice, at worst."""
    found = _news_for(subscriber, at)
    if not found:
        return False
    letter(subscriber, found).send()
    Subscriber.objects.filter(pk=subscriber.pk).update(told_until=at)
    return True


def letter(subscriber: Subscriber, found: Sequence[Entry]) -> EmailMessage:
    out = subscribe.link(subscriber, subscribe.STOP)
    with override(subscriber.language):
        return EmailMessage(
            subject=_subject(found),
            body=_body(subscriber, found, out),
            to=[subscriber.address],
            headers={
                "List-Unsubscribe": f"<{out}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )


def _subject(found: Sequence[Entry]) -> str:
    n_overdue = sum(entry.kind == clocks.OVERDUE for entry in found)
    if n_overdue:
        said = ngettext(
            "A condition is overdue: %(names)s", "%(n)s conditions are overdue: %(names)s", n_overdue
        )
        names = _names(entry for entry in found if entry.kind == clocks.OVERDUE)
        return said % {"n": n_overdue, "names": names}
    return _("News of %(names)s") % {"names": _names(found)}


def _names(found) -> str:
    names = list(dict.fromkeys(entry.product for entry in found))
    return ", ".join(names[:3]) + (f" + {len(names) - 3}" if len(names) > 3 else "")


def _body(subscriber: Subscriber, found: Sequence[Entry], out: str) -> str:
    site = subscriber.site.rstrip("/")
    lines = [_("What happened to products that %(district)s uses:") % {"district": subscriber.district.name}]
    for entry in found:
        day = date_format(timezone.localtime(entry.at), "DATE_FORMAT")
        lines += ["", f"{entry.product}, {day}", entry.words, site + addresses.product(entry.slug)]
    lines += [
        "",
        "--",
        _("You asked for these letters. One press ends them, and nothing of your address is kept:"),
        out,
    ]
    return "\n".join(lines)
