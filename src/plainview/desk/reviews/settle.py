"""What becomes of a request: a review, or a no with its reason. Whoever left an address is told.

In:   a request, who settles it, when, why.
Out:  a review at intake, or a request that was declined; an answer by mail, after which the address is gone.
Not here: who may (policy).
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from plainview.desk.reviews import begin, policy, tasks
from plainview.desk.reviews.models import Product, Request, Review
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


def take_up(
    request: Request, *, product: Product, by: Person, at: datetime, why: str, review: Review | None = None
) -> Review:
    """Begin a review of the product, or join the request to one that is under way."""
    policy.check_may_settle(by, request)
    with durable():
        review = review or begin.begin(product=product, version="", by=by, at=at, why=why)
        _settle(request, Request.State.TAKEN_UP, review=review, by=by, at=at, why=why)
    return review


def decline(request: Request, *, by: Person, at: datetime, why: str) -> None:
    policy.check_may_settle(by, request)
    if not why.strip():
        raise Denied(_("Say why: whoever asked will want to know."))
    with durable():
        _settle(request, Request.State.DECLINED, review=None, by=by, at=at, why=why)


def _settle(
    request: Request, state: Request.State, *, review: Review | None, by: Person, at: datetime, why: str
) -> None:
    said = {"state": state, "review": review, "settled_by": by, "settled_at": at, "settled_why": why}
    waiting = Request.objects.filter(pk=request.pk, state=Request.State.WAITING)
    if not waiting.update(**said):
        raise Denied(_("Somebody settled this request meanwhile. Nothing was changed."))
    for name, value in said.items():
        setattr(request, name, value)
    deed("reviews.request.settled", by=by.pk, at=at, thing=request.pk)
    if request.address:
        enqueue(tasks.answer_request, arguments={"request": request.pk}, at=at)


def answer(request: Request, *, at: datetime) -> None:
    """The mail, in the language of the form; then the address is dropped. Twice does no harm."""
    if not request.address or request.state == Request.State.WAITING:
        return
    with translation.override(request.language):
        send_mail(_subject(request), _words(request), settings.DEFAULT_FROM_EMAIL, [request.address])
    Request.objects.filter(pk=request.pk).update(address="", answered_at=at)


def _subject(request: Request) -> str:
    """One line, whatever somebody wrote into a field: a mail's head has room for no second."""
    name = " ".join(request.product_name.split())
    return _("Your request: %(product)s") % {"product": name}


def _words(request: Request) -> str:
    if request.state == Request.State.TAKEN_UP:
        told = _(
            "You asked us to look at %(product)s. We have taken it up. What we find will be published for "
            "everyone to read."
        )
    else:
        told = _("You asked us to look at %(product)s. We have not taken it up.")
    why = _("The reason we gave: %(why)s") % {"why": request.settled_why} if request.settled_why else ""
    kept = _("With this answer we have dropped your address.")
    said = [told % {"product": request.product_name}, why, kept]
    return "\n\n".join(part for part in said if part) + "\n"


def drop_addresses(*, settled_before: datetime) -> int:
    """An address goes in the end, even where the mail never went out."""
    old = Request.objects.exclude(state=Request.State.WAITING).filter(settled_at__lt=settled_before)
    return old.exclude(address="").update(address="")
