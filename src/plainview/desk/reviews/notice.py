"""The vendor is told, and asked for what the claims need; a clock begins.

In:   a review, what is asked for, until when, a letter.
Out:  a notice that is never changed, a row for each thing that was asked for, a mail to each contact.
Not here: what comes (receive); silence, which follows from the day (``Asked.silent_since``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plainview.desk.reviews import policy, sheets, stage, tasks
from plainview.desk.reviews.models import Asked, Kind, Notice, Review, Stage
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One kind of exhibit, and what exactly."""

    kind: Kind
    what: str = ""
    claims: tuple[str, ...] = ()


def send(
    review: Review, *, wanted: Sequence[Wanted], due_on: date, letter: str, by: Person, at: datetime
) -> Notice:
    """Tell the vendor. A second notice asks for more, with a day of its own."""
    policy.check_may_ask_vendor(by, review)
    if due_on <= timezone.localdate(at):
        raise Denied(_("Give the vendor a day that lies ahead."))
    with durable():
        sent = Notice.objects.create(
            review=review,
            sent_at=at,
            sent_by=by,
            due_on=due_on,
            letter=letter,
            mailed_to=len(addresses(review)),
        )
        for one in wanted:
            _ask(sent, one)
        deed("reviews.notice.sent", by=by.pk, at=at, thing=review.pk)
        if review.stage == Stage.INTAKE:
            stage.move(review, to=Stage.NOTICED, by=by, at=at, why=_until(due_on))
        enqueue(tasks.mail_notice, arguments={"notice": sent.pk}, at=at, key=f"reviews.notice {sent.pk}")
    return sent


def _ask(notice: Notice, one: Wanted) -> None:
    Asked.objects.create(
        notice=notice,
        review=notice.review,
        kind=one.kind,
        what=one.what,
        asked_on=timezone.localdate(notice.sent_at),
        due_on=notice.due_on,
        claims=list(one.claims),
    )


def _until(due_on: date) -> str:
    return _("The vendor has until %(day)s.") % {"day": date_format(due_on)}


def letter_for(review: Review, *, wanted: Sequence[Wanted], due_on: date, site: str = "") -> str:
    """A letter to begin with. Whoever sends it may change every word. ``site``: where this desk is found."""
    claims = "\n".join(f"- “{claim.says}”" for claim in review.claims.all())
    asked = "\n".join(f"- {Kind(one.kind).label}{f': {one.what}' if one.what else ''}" for one in wanted)
    parts = [
        _("To %(vendor)s") % {"vendor": review.product.vendor},
        _("%(office)s reviews %(product)s. We will test what you say of it:")
        % {"office": settings.OFFICE, "product": review},
        claims,
        _("Please hand over, until %(day)s:") % {"day": date_format(due_on)},
        asked,
        _("Hand it over, or refuse, after signing in: %(address)s") % {"address": _hand_over_at(review, site)}
        if site and review.product.vendor.seats.exists()
        else "",
        _(
            "What you hand over is kept as it is, with its hash. What you refuse is published with the day "
            "and your reason, word for word. If we hear nothing, that is published too, with the day that "
            "passed."
        ),
        _("Your reply to what we find will stand beside it."),
        settings.OFFICE,
    ]
    return "\n\n".join(part for part in parts if part)


def _hand_over_at(review: Review, site: str) -> str:
    return site.rstrip("/") + reverse("reviews:review", args=[review.pk])


def addresses(review: Review) -> list[str]:
    seats = review.product.vendor.seats.filter(person__is_active=True).select_related("person")
    return [seat.person.email for seat in seats if seat.person.email]


def mail(notice: Notice) -> int:
    """To each contact a mail of its own: nobody reads the others' addresses."""
    subject = _("A review of %(product)s") % {"product": " ".join(str(notice.review.product).split())}
    found = addresses(notice.review)
    for address in found:
        send_mail(subject, notice.letter, settings.DEFAULT_FROM_EMAIL, [address])
    return len(found)


def refuse(asked: Asked, *, says: str, by: Person, at: datetime) -> None:
    """The vendor does not hand it over. The day and its words are published later."""
    policy.check_may_refuse(by, asked)
    said = {"came": Asked.Came.REFUSED, "came_on": timezone.localdate(at), "says": says, "noted_by": by}
    with durable():
        if not Asked.objects.filter(pk=asked.pk, came=Asked.Came.NOTHING_YET).update(**said):
            raise Denied(_("This was answered already. Nothing was changed."))
        sheets.drop(asked.review, sheets.EXHIBITS)  # the rows say more than the text by now
        deed("reviews.refused", by=by.pk, at=at, thing=asked.review_id)
    for name, value in said.items():
        setattr(asked, name, value)


def begin_gathering(review: Review, *, by: Person, at: datetime, why: str) -> None:
    """Exhibits are taken: the notice has gone out, or the chair goes on without one."""
    policy.check_leads(by, review)
    if not why.strip():
        raise Denied(_("Say why the review goes on."))
    stage.move(review, to=Stage.GATHERING, by=by, at=at, why=why)


def refusals(review: Review, *, on: date) -> list[dict]:
    """What was refused, and what nobody answered, as a published page holds it (page/1, ``refusals``)."""
    return [
        {
            "kind": asked.kind,
            "asked_on": asked.asked_on,
            "refused_on": asked.came_on if asked.came == Asked.Came.REFUSED else None,
            "silent_since": asked.silent_since(on),
            "says": asked.says,
        }
        for asked in review.asked.all()
        if asked.came == Asked.Came.REFUSED or asked.silent_since(on)
    ]
