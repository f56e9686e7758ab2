"""A published product is looked at again: a new version, policy or owner, or a verdict that ran out.

In:   a published review; what changed; who says so, when and why.
Out:  a new review that follows it, and an event: the page says "under review again".
Not here: the new review's own way (reviews).
"""

from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plainview.desk.published import freeze
from plainview.desk.published.models import Event
from plainview.desk.reviews import begin
from plainview.desk.reviews.models import Review, Stage
from plainview.desk.verdicts import conclude, policy
from plainview.desk.verdicts.tongues import Both, said
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


class Because(models.TextChoices):
    VERSION = "version", gettext_lazy("a new version")
    POLICY = "policy", gettext_lazy("another policy")
    OWNERSHIP = "ownership", gettext_lazy("another owner")
    EXPIRY = "expiry", gettext_lazy("the verdict has run out")


def reopen(review: Review, *, because: str, version: str, by: Person, at: datetime, why: str) -> Review:
    """Begin the review that follows. A second press returns the one that was begun."""
    policy.check_leads(by, review)
    if review.stage != Stage.PUBLISHED:
        raise Denied(_("Only what is published is opened again. This review is still under way."))
    if not why.strip():
        raise Denied(_("Say what changed: it will be public."))
    because = Because(because)
    if because == Because.EXPIRY and not has_expired(review, on=timezone.localdate(at)):
        raise Denied(_("The verdict holds still."))
    with durable():
        Review.objects.select_for_update().get(pk=review.pk)
        if there := Review.objects.filter(follows=review).first():
            return there
        made = begin.begin(
            product=review.product,
            version=version.strip() or review.version,
            by=by,
            at=at,
            why=f"{because.value}: {why.strip()}",
            follows=review,
        )
        _tell(review, because, at=at)
        write.deed("verdicts.reopened", by=by.pk, at=at, thing=made.pk)
    return made


def _tell(review: Review, because: Because, *, at: datetime) -> None:
    """In words of a closed list: why somebody thinks so stands in the review."""
    product = review.product.slug
    words = _as_words(said(lambda: _("Under review again: %(because)s.") % {"because": because.label}))
    freeze.note_event(product=product, at=at, kind=Event.Kind.REOPENED, words=words)
    if because == Because.OWNERSHIP:
        words = _as_words(said(lambda: _("The owner of the product has changed.")))
        freeze.note_event(product=product, at=at, kind=Event.Kind.OWNERSHIP_CHANGED, words=words)


def _as_words(both: Both) -> dict[str, str]:
    return {"en": both.en, "es": both.es}


def has_expired(review: Review, *, on: date) -> bool:
    """Whether any of its verdicts no longer holds on that day."""
    return any(not conclude.holds(one, on=on) for one in conclude.verdicts_of(review).values())


def must_be_looked_at(review: Review, *, on: date) -> bool:
    """Published, run out, and nobody has begun again."""
    is_newest = not Review.objects.filter(follows=review).exists()
    return review.stage == Stage.PUBLISHED and is_newest and has_expired(review, on=on)
