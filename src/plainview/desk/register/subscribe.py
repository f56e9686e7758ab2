"""An address is written to only after it has said yes, and never again once it says no.

In:   an address, what its owner pressed, when.
Out:  a subscription that is confirmed, or gone; signed links that need no account.
Not here: what is written (digest).
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from plainview.desk.register import policy
from plainview.desk.register.models import District, Subscriber
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.jobs.models import Job
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person

CONFIRM, STOP = "register.confirm", "register.stop"
LINK_HOLDS = timedelta(days=7)  # an address that says nothing for a week has said no
NOT_SOONER = timedelta(days=1)  # between two letters that ask one address


def ask(
    district: District, *, address: str, language: str, site: str, by: Person, at: datetime
) -> Subscriber:
    """Write to the address, with a link; once more on a later day, where it has not answered by then."""
    policy.check_keeps(by, district)
    with durable():
        subscriber, is_new = Subscriber.objects.get_or_create(
            district=district,
            address=address.lower(),
            defaults={"language": language, "site": site, "asked_by": by, "asked_at": at},
        )
        if is_new:
            deed("register.subscription_asked", by=by.pk, at=at, thing=subscriber.pk)
        if not subscriber.confirmed_at:
            _write_to(subscriber, at=at)
    return subscriber


def _write_to(subscriber: Subscriber, *, at: datetime) -> None:
    """Once a day, whoever of whichever district asks, and though it was taken off between."""
    from plainview.desk.register import tasks  # which needs this module

    asked = f"register.mail_confirmation/{_of_address(subscriber.address)}/"
    last = Job.objects.filter(key__startswith=asked, made_at__gt=at - NOT_SOONER)
    if not last.exists():
        enqueue(
            tasks.mail_confirmation,
            arguments={"subscriber": subscriber.pk},
            at=at,
            key=f"{asked}{subscriber.pk}",
        )


def _of_address(address: str) -> str:
    """A mark that only this site can make, and that leads back to no address. It goes with the job."""
    return salted_hmac("register.confirmation", address).hexdigest()


def mail_confirmation(subscriber: Subscriber) -> bool:
    if subscriber.confirmed_at:
        return False
    with override(subscriber.language):
        told = {"district": subscriber.district.name, "link": link(subscriber, CONFIRM)}
        EmailMessage(
            subject=_("Shall we write to you about what %(district)s uses?") % told,
            body=_(
                "Somebody of %(district)s asked us to write to this address when something happens to a "
                "product that they use: a review, a condition that is met or overdue.\n\nTo say yes, open "
                "this page and press the button:\n%(link)s\n\nTo say no, do nothing. In a week the link is "
                "void."
            )
            % told,
            to=[subscriber.address],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
    return True


def confirm(token: str, *, at: datetime) -> Subscriber | None:
    """The address said yes. ``None`` where the link is void."""
    subscriber = of_token(token, CONFIRM)
    if subscriber and not subscriber.confirmed_at:
        with durable():
            Subscriber.objects.filter(pk=subscriber.pk).update(confirmed_at=at, told_until=at)
            deed("register.subscription_confirmed", by=0, at=at, thing=subscriber.pk)
        subscriber.confirmed_at = subscriber.told_until = at
    return subscriber


def stop(token: str, *, at: datetime) -> None:
    """The address said no. Nothing of it is kept. A second press finds nothing to do, which is well."""
    subscriber = of_token(token, STOP)
    if subscriber:
        _drop(subscriber, by=0, at=at)


def take_off(subscriber: Subscriber, *, by: Person, at: datetime) -> None:
    policy.check_keeps(by, subscriber.district)
    _drop(subscriber, by=by.pk, at=at)


@transaction.atomic
def _drop(subscriber: Subscriber, *, by: int, at: datetime) -> None:
    pk = subscriber.pk
    subscriber.delete()
    deed("register.subscription_ended", by=by, at=at, thing=pk)


def drop_unanswered(*, asked_before: datetime) -> int:
    """Addresses that never said yes."""
    n, _by_model = Subscriber.objects.filter(confirmed_at=None, asked_at__lt=asked_before).delete()
    return n


# --- links -------------------------------------------------------------------------------------------------


def link(subscriber: Subscriber, salt: str) -> str:
    name = "register:confirm" if salt == CONFIRM else "register:stop"
    return subscriber.site.rstrip("/") + reverse(name, args=[token_of(subscriber, salt)])


def token_of(subscriber: Subscriber, salt: str) -> str:
    return signing.dumps([subscriber.pk, _mark(subscriber)], salt=salt, compress=False)


def of_token(token: str, salt: str) -> Subscriber | None:
    """A confirmation is void after a week; a way out never is."""
    try:
        pk, mark = signing.loads(token, salt=salt, max_age=LINK_HOLDS if salt == CONFIRM else None)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Subscriber.objects.select_related("district").filter(pk=pk).first()
    return found if found and _mark(found) == mark else None


def _mark(subscriber: Subscriber) -> str:
    """A number that is used again is not the same subscription."""
    return sha256(f"{subscriber.address} {subscriber.asked_at.isoformat()}".encode()).hexdigest()[:16]
