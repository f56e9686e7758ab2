"""Before anything is published the vendor sees the page as it would stand, and has days to answer.

In:   a review that is concluded; how many days.
Out:  the draft, kept as it was shown; a mail to the vendor's contacts.
Not here: the reply (reply), the page (compose).
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plainview.desk.published.page import Page, canonical
from plainview.desk.reviews.models import Review, Stage
from plainview.desk.verdicts import compose, policy
from plainview.desk.verdicts.bundle import bundle
from plainview.desk.verdicts.models import Draft
from plainview.desk.verdicts.office import office
from plainview.desk.verdicts.tongues import said
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

DAYS_TO_REPLY = 14
FEWEST_DAYS, MOST_DAYS = 5, 60


def show(review: Review, *, by: Person, at: datetime, days: int = DAYS_TO_REPLY) -> Draft:
    """Lay the page before the vendor. Shown again unchanged while the days run, it is the same draft."""
    policy.check_may_conclude(by, review)
    if review.stage != Stage.CONCLUDED:
        raise Denied(_("Conclude the review first: the vendor sees what will be published."))
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise Denied(
            _("Give at least %(fewest)s days, and at most %(most)s.")
            % {"fewest": FEWEST_DAYS, "most": MOST_DAYS}
        )
    on = timezone.localdate(at)
    with durable():
        Review.objects.select_for_update().get(pk=review.pk)
        there = newest(review)
        if there and on <= there.until and is_current(there):
            return there
        page = canonical(_page(review, at=at)).decode()
        made = Draft.objects.create(
            review=review,
            page=page,
            page_sha256=sha256(page.encode()).hexdigest(),
            until=on + timedelta(days=days),
            by=by,
            at=at,
        )
        write.deed("verdicts.draft_shown", by=by.pk, at=at, thing=made.pk)
        transaction.on_commit(lambda: _mail(made))
    return made


def _page(review: Review, *, at: datetime) -> Page:
    """With every document named and hashed as it will be; nothing of it can be fetched yet."""
    goes_along = bundle(review)
    named = [one.model_copy(update={"file": ""}) for one in goes_along.documents]
    left_out = [one.file for one in goes_along.left_out]
    return compose.page(review, at=at, documents=named, left_out=left_out)


def newest(review: Review) -> Draft | None:
    return review.drafts.order_by("-pk").first()


def is_current(draft: Draft) -> bool:
    """Whether nothing was found or concluded otherwise since it was shown."""
    review = draft.review
    if review.run is None or review.run.findings_sha256 not in draft.page:
        return False  # the page names the hash of the findings that it rests on
    rows = (review.verdicts, review.gateways, review.conditions, review.moves)
    return not any(one.filter(at__gt=draft.at).exists() for one in rows)


def _mail(draft: Draft) -> None:
    product = draft.review.product
    seats = product.vendor.seats.filter(person__is_active=True).exclude(person__email="")
    subject = said(lambda: _("%(product)s: the page before it is published") % {"product": product.name})
    body = said(
        lambda: (
            _(
                "The page about %(product)s is ready. Sign in to read it. Until %(day)s you can write a"
                " reply: it will stand beside what we found, in your own words."
            )
            % {"product": product.name, "day": date_format(draft.until, "DATE_FORMAT")}
        )
    )
    for address in sorted(seats.values_list("person__email", flat=True)):
        EmailMessage(
            subject=f"{subject.en} / {subject.es}",
            body=f"{body.en}\n\n{body.es}\n\n{office()}\n",
            to=[address],
        ).send(fail_silently=True)
