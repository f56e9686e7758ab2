"""Letters about a condition: that it holds, that its day comes near, that the day has passed.

In:   a condition, who sends (nobody, where the clock does), when.
Out:  a letter in both languages, kept word for word, mailed to the vendor's contacts.
Not here: when (tasks); whether it is overdue (clock). That holds whether or not a letter ever goes out.
"""

from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plainview.desk.published.models import Publication
from plainview.desk.verdicts import clock, policy
from plainview.desk.verdicts.clock import Status
from plainview.desk.verdicts.models import Condition, Letter
from plainview.desk.verdicts.office import office
from plainview.desk.verdicts.tongues import Both, said
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person

# Which letter goes out while a condition stands how.
GOES_WHILE = {
    Letter.Kind.NOTICE: (Status.OPEN, Status.OVERDUE),
    Letter.Kind.REMINDER: (Status.OPEN,),
    Letter.Kind.OVERDUE: (Status.OVERDUE,),
}


def send(condition: Condition, *, kind: str, by: Person | None, at: datetime) -> Letter | None:
    """One letter of a kind, once. None where there is no reason for it: not published, or settled since."""
    if by is not None:
        policy.check_leads(by, condition.review)
    kind = Letter.Kind(kind)
    if there := condition.letters.filter(kind=kind).first():
        return there
    if not _has_reason(condition, kind, at):
        return None
    return _send(condition, kind, by=by, at=at)


def may_be_sent(condition: Condition, *, at: datetime) -> list[Letter.Kind]:
    """By hand, now: what has a reason, and has not gone out."""
    gone = set(condition.letters.values_list("kind", flat=True))
    return [kind for kind in Letter.Kind if kind not in gone and _has_reason(condition, kind, at)]


def _has_reason(condition: Condition, kind: Letter.Kind, at: datetime) -> bool:
    published = Publication.objects.filter(product=condition.product.slug).exists()
    return published and clock.status(condition, on=timezone.localdate(at)) in GOES_WHILE[kind]


def _send(condition: Condition, kind: Letter.Kind, *, by: Person | None, at: datetime) -> Letter:
    subject, body = subject_of(condition, kind), body_of(condition, kind)
    addresses = addresses_of(condition)
    with durable():
        letter, is_new = Letter.objects.get_or_create(
            condition=condition,
            kind=kind,
            defaults={"subject": subject, "body": body, "n_sent": len(addresses), "by": by, "at": at},
        )
        if is_new:
            write.deed("verdicts.letter_sent", by=by.pk if by else 0, at=at, thing=letter.pk)
            transaction.on_commit(lambda: _mail(subject, body, addresses))
    return letter


def _mail(subject: str, body: str, addresses: list[str]) -> None:
    """To each by itself: no contact learns of another."""
    for address in addresses:
        EmailMessage(subject=subject, body=body, to=[address]).send(fail_silently=True)


def addresses_of(condition: Condition) -> list[str]:
    seats = condition.product.vendor.seats.filter(person__is_active=True).exclude(person__email="")
    return sorted(seats.values_list("person__email", flat=True))


def subject_of(condition: Condition, kind: Letter.Kind) -> str:
    """In both languages, on one line."""
    both = said(lambda: _subjects()[kind] % {"code": condition.code, "product": condition.product.name})
    return f"{both.en} / {both.es}"


def _subjects() -> dict[Letter.Kind, str]:
    return {
        Letter.Kind.NOTICE: _("%(product)s: condition %(code)s"),
        Letter.Kind.REMINDER: _("%(product)s: condition %(code)s is due soon"),
        Letter.Kind.OVERDUE: _("%(product)s: condition %(code)s is overdue"),
    }


def body_of(condition: Condition, kind: Letter.Kind) -> str:
    """English first, Spanish below."""
    both = Both(
        en=said(lambda: _body(condition, kind, "en")).en, es=said(lambda: _body(condition, kind, "es")).es
    )
    return f"{both.en}\n\n* * *\n\n{both.es}\n"


def _body(condition: Condition, kind: Letter.Kind, language: str) -> str:
    opening = {
        Letter.Kind.NOTICE: _("The review of %(product)s ends with a condition for %(owner)s."),
        Letter.Kind.REMINDER: _("A condition of the review of %(product)s is due soon."),
        Letter.Kind.OVERDUE: _("A condition for %(product)s is overdue. Its public page says so."),
    }[kind] % {"product": condition.product.name, "owner": condition.owner}
    return "\n".join(
        [
            opening,
            "",
            f"{condition.code}: {getattr(condition, f'words_{language}')}",
            _("Who: %(owner)s") % {"owner": condition.owner},
            _("Until: %(day)s") % {"day": date_format(condition.deadline, "DATE_FORMAT")},
            _("What proves it: %(proves)s") % {"proves": getattr(condition, f"proves_{language}")},
            "",
            _("After that day the public page says “overdue” by itself, until it is met and shown to be."),
            office(),
        ]
    )
