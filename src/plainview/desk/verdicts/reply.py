"""The vendor's own words: a reply that stands beside what was found, and a request to correct something.

In:   plain text from who speaks for the vendor.
Out:  rows that stay as they were written; a correction has a day by which it is answered.
Not here: the verdict. A reply changes nothing in it, and nothing in it changes the reply.
"""

import unicodedata
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.desk.published import freeze
from plainview.desk.published.models import Event, Publication
from plainview.desk.reviews.models import Review, Stage
from plainview.desk.verdicts import policy, show
from plainview.desk.verdicts.models import WORDS_OF_A_REPLY, Correction, CorrectionAnswer, Reply
from plainview.desk.verdicts.tongues import Both
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

DAYS_TO_ANSWER = 10
MOST_OPEN = 5  # requests of one review that wait for an answer


def reply(review: Review, *, words: str, by: Person, at: datetime) -> Reply:
    """What the vendor says. The newest before publication stands; the same words twice are one reply."""
    policy.check_speaks_for_vendor(by, review)
    words = plain(words)
    _check_words(words)
    draft = show.newest(review)
    if draft is None or review.stage == Stage.PUBLISHED:
        raise Denied(_("There is no draft to reply to now. Ask for a correction instead."))
    if timezone.localdate(at) > draft.until:
        raise Denied(
            _("The days for a reply ended on %(day)s. Ask for a correction instead.") % {"day": draft.until}
        )
    with durable():
        Review.objects.select_for_update().get(pk=review.pk)
        there = newest(review)
        if there and there.words == words:
            return there
        made = Reply.objects.create(review=review, words=words, by=by, at=at)
        write.deed("verdicts.replied", by=by.pk, at=at, thing=made.pk)
    return made


def newest(review: Review) -> Reply | None:
    return review.replies.order_by("-pk").first()


def ask_correction(review: Review, *, words: str, by: Person, at: datetime) -> Correction:
    """The vendor holds something to be wrong. We answer within ten days."""
    policy.check_speaks_for_vendor(by, review)
    words = plain(words)
    _check_words(words)
    with durable():
        Review.objects.select_for_update().get(pk=review.pk)
        waiting = review.corrections.filter(answer=None)
        if there := waiting.filter(words=words).first():
            return there
        if waiting.count() >= MOST_OPEN:
            raise Denied(_("Five requests wait for an answer already. Put the rest into the next one."))
        answer_by = timezone.localdate(at) + timedelta(days=DAYS_TO_ANSWER)
        made = Correction.objects.create(review=review, words=words, answer_by=answer_by, by=by, at=at)
        write.deed("verdicts.correction_asked", by=by.pk, at=at, thing=made.pk)
    return made


def answer_correction(
    correction: Correction, *, granted: bool, why: Both, by: Person, at: datetime
) -> CorrectionAnswer:
    """Answered once. A yes stands beside the published page at once; the page itself gets a new number."""
    policy.check_leads(by, correction.review)
    why = why.stripped()
    if not (why.en and why.es):
        raise Denied(_("Say why in English and in Spanish: it will be public."))
    with durable():
        correction = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
        if there := CorrectionAnswer.objects.filter(correction=correction).first():
            return there
        made = CorrectionAnswer.objects.create(
            correction=correction, granted=granted, why_en=why.en, why_es=why.es, by=by, at=at
        )
        product = correction.review.product.slug
        if granted and Publication.objects.filter(product=product).exists():
            words = {"en": why.en, "es": why.es}
            freeze.note_event(product=product, at=at, kind=Event.Kind.CORRECTION, words=words)
        write.deed("verdicts.correction_answered", by=by.pk, at=at, thing=made.pk)
    return made


def n_waiting(review: Review) -> int:
    """Corrections that were asked for, and that nobody has answered."""
    return review.corrections.filter(answer=None).count()


def plain(words: str) -> str:
    """Text and line breaks. Marks that turn the direction of writing or hide letters are left out."""
    kept = "".join(
        one for one in words.replace("\r\n", "\n") if one in "\n\t" or unicodedata.category(one)[0] != "C"
    )
    return kept.strip()


def _check_words(words: str) -> None:
    if not words:
        raise Denied(_("Write a few words."))
    if len(words) > WORDS_OF_A_REPLY:
        raise Denied(
            _("At most %(n)s letters fit here. You wrote %(wrote)s.")
            % {"n": WORDS_OF_A_REPLY, "wrote": len(words)}
        )
