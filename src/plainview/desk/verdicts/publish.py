"""From a concluded review to a page that never changes.

In:   a review that is concluded, whose vendor has seen the page and had its days; words for the changelog.
Out:  a publication with the next number, hung on the one before; letters to whoever has a condition to meet.
Not here: the page (compose), keeping it (published.freeze).
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.desk.published import freeze
from plainview.desk.published.models import Event, Publication
from plainview.desk.published.page import Refusal
from plainview.desk.reviews import stage
from plainview.desk.reviews.models import Kind, Product, Review, Stage
from plainview.desk.verdicts import (
    beside,
    clock,
    compose,
    conclude,
    condition,
    expiry,
    letters,
    policy,
    reply,
    show,
)
from plainview.desk.verdicts.bundle import bundle
from plainview.desk.verdicts.clock import Status
from plainview.desk.verdicts.models import Letter
from plainview.desk.verdicts.tongues import Both, said
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

MOST_LETTERS = 400  # of a changelog's line


def publish(
    review: Review, *, by: Person, at: datetime, changelog: Both, was_public: bool = False
) -> Publication:
    """For everyone, and for good. A second press returns what the first one made.

    ``was_public``: all of it could be had before, and no vendor was asked for anything (as_found). Then no
    vendor is shown the page first, and the page says so.
    """
    policy.check_leads(by, review)
    with durable():
        Product.objects.select_for_update().get(pk=review.product_id)
        review.refresh_from_db()
        if review.stage == Stage.PUBLISHED:
            return of_review(review)
        changelog = changelog.stripped()
        check_may_publish(review, changelog, at=at, was_public=was_public)
        goes_along = bundle(review)
        page = compose.page(
            review,
            at=at,
            changelog=changelog,
            documents=goes_along.documents,
            left_out=[one.file for one in goes_along.left_out],
            was_public=was_public,
        )
        made = freeze.freeze(page, files=goes_along.files, at=at)
        _tell(review, page.refusals, at=at)
        stage.move(review, to=Stage.PUBLISHED, by=by, at=at, why=changelog.en)
        _write(review, by=by, at=at)
        expiry.set_alarms(review, expires_on=page.expires_on, at=at)
        write.deed("verdicts.published", by=by.pk, at=at, thing=made.pk)
    return made


def check_may_publish(review: Review, changelog: Both, *, at: datetime, was_public: bool = False) -> None:
    """The vendor has seen this very conclusion, and has answered or let its days pass."""
    if review.stage != Stage.CONCLUDED:
        raise Denied(_("Conclude the review first."))
    conclude.check_rests(review)
    conclude.check_can_be_repeated(review)
    if not (was_public and beside.is_public(review)):
        _check_was_shown(review, at=at)
    if not (changelog.en and changelog.es):
        raise Denied(_("Say in English and in Spanish what is new."))
    if max(len(changelog.en), len(changelog.es)) > MOST_LETTERS:
        raise Denied(_("At most %(n)s letters.") % {"n": MOST_LETTERS})


def _check_was_shown(review: Review, *, at: datetime) -> None:
    draft = show.newest(review)
    if draft is None:
        raise Denied(_("Show the page to the vendor first."))
    if not show.is_current(draft):
        raise Denied(_("Something was concluded otherwise since the vendor saw the page. Show it again."))
    if timezone.localdate(at) <= draft.until and not _has_answered(review, draft.at):
        raise Denied(
            _("The vendor may reply until %(day)s. Publish after that, or as soon as it has.")
            % {"day": draft.until}
        )


def _has_answered(review: Review, since: datetime) -> bool:
    said = reply.newest(review)
    return said is not None and said.at >= since


def of_review(review: Review) -> Publication:
    """The publication that a review led to: by the day of its last step."""
    last = review.moves.filter(to_stage=Stage.PUBLISHED).latest("pk")
    by_number = Publication.objects.filter(product=review.product.slug).order_by("number")
    return by_number.filter(published_at__gte=last.at.replace(microsecond=0))[0]


def _tell(review: Review, refused: tuple[Refusal, ...], *, at: datetime) -> None:
    """What belongs in the list of events: conditions settled before this page, and its refusals."""
    product = review.product.slug
    known = set(Event.objects.filter(product=product).values_list("kind", "condition", "at"))
    for one in compose.conditions_shown(review, on=timezone.localdate(at)):
        for change in one.changes.order_by("pk"):
            kind = condition.EVENT_OF[change.kind]
            if (kind, one.code, change.at) not in known:
                words = {"en": change.why_en, "es": change.why_es}
                freeze.note_event(product=product, at=change.at, kind=kind, condition=one.code, words=words)
    for one in refused:
        _tell_refusal(product, one, at=at)


def _tell_refusal(product: str, one: Refusal, *, at: datetime) -> None:
    kind = Event.Kind.REFUSED if one.refused_on else Event.Kind.SILENT
    both = said(lambda: _refusal_words()[kind] % {"kind": Kind(one.kind).label})
    words = {"en": both.en, "es": both.es}
    if not Event.objects.filter(product=product, kind=kind, words=words).exists():
        freeze.note_event(product=product, at=at, kind=kind, words=words)


def _refusal_words() -> dict[str, str]:
    return {
        Event.Kind.REFUSED: _("The vendor refused to hand over: %(kind)s."),
        Event.Kind.SILENT: _("The vendor did not answer when asked for: %(kind)s."),
    }


def _write(review: Review, *, by: Person, at: datetime) -> None:
    on = timezone.localdate(at)
    for one in condition.beside(review):
        if clock.status(one, on=on) in (Status.OPEN, Status.OVERDUE):
            letters.send(one, kind=Letter.Kind.NOTICE, by=by, at=at)
