"""Who concludes, who replies, who reads. Each check raises the sentence that the person will read.

In:   a person, a review.
Out:  nothing, ``Denied`` with a sentence, or ``NotSeen``; the same rule as a query.
Not here: who may hand over exhibits (reviews), who rates (experts).

The chair concludes. The vendor's own contact reads what was drafted about its product, and replies. Experts
who rated read the conclusion once it is there. Nobody else comes in here: they may read what is published.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from plainview.desk.reviews.models import Review, Stage
from plainview.desk.verdicts.models import Condition
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied, NotSeen

# From here on the findings are there, and nobody's rating can be swayed any more.
OPEN_TO_CONCLUDE = (Stage.CHECKED, Stage.CONSOLIDATING, Stage.CONCLUDED)
THERE = (Stage.CONCLUDED, Stage.PUBLISHED)


def reviews_seen_by(person: Person | None) -> QuerySet[Review]:
    """The reviews whose conclusions ``person`` may read; ``check_may_read`` tells the same story."""
    reviews = Review.objects.select_related("product__vendor")
    if person is None:
        return reviews.none()
    if person.role == Role.CHAIR:
        return reviews.filter(stage__in=(*OPEN_TO_CONCLUDE, Stage.PUBLISHED))
    if person.role == Role.EXPERT:
        return reviews.seen_by(person).filter(stage__in=THERE)
    if person.role == Role.VENDOR:
        mine = Q(product__vendor__seats__person=person)
        return reviews.filter(mine, Q(drafts__isnull=False) | Q(stage=Stage.PUBLISHED)).distinct()
    return reviews.none()


def check_may_read(person: Person | None, review: Review) -> None:
    if not reviews_seen_by(person).filter(pk=review.pk).exists():
        raise NotSeen


def review_seen_by(person: Person | None, pk: int) -> Review:
    """The review, or 'not found'."""
    review = reviews_seen_by(person).filter(pk=pk).first()
    if review is None:
        raise NotSeen
    return review


def review_that_waits_to_be_shown(person: Person | None, pk: int) -> Review | None:
    """Concluded, and not shown to the vendor's own contact yet, who reads that much elsewhere."""
    if person is None or person.role != Role.VENDOR:
        return None
    waiting = Review.objects.seen_by(person).filter(stage=Stage.CONCLUDED, drafts=None)
    return waiting.select_related("product__vendor").filter(pk=pk).first()


def check_may_conclude(person: Person | None, review: Review) -> None:
    """Verdicts, gateways, conditions, the draft: before the page is published, and by the chair alone."""
    check_leads(person, review)
    if review.stage == Stage.PUBLISHED:
        raise Denied(_("This review is published. What comes after is a new review that follows it."))
    if review.stage not in OPEN_TO_CONCLUDE:
        raise Denied(_("The checks have not run yet, or experts still rate. Conclude after that."))


def check_leads(person: Person | None, review: Review) -> None:
    """Only the chair. To whom the review is not open at all, it is not there."""
    if person is None or person.role != Role.CHAIR:
        check_may_read(person, review)
        raise Denied(_("Only who leads reviews concludes and publishes."))


def check_speaks_for_vendor(person: Person | None, review: Review) -> None:
    check_may_read(person, review)
    if not speaks_for_vendor(person, review):
        raise Denied(_("Only who speaks for %(vendor)s replies here.") % {"vendor": review.product.vendor})


def check_may_hand_over_proof(person: Person | None, condition: Condition) -> None:
    """The vendor's own contact, or who leads. What was handed over is read by the same."""
    check_may_read(person, condition.review)
    if person.role != Role.CHAIR and not speaks_for_vendor(person, condition.review):
        raise Denied(_("Only who speaks for %(vendor)s hands this over.") % _vendor_of(condition))


def _vendor_of(condition: Condition) -> dict[str, object]:
    return {"vendor": condition.review.product.vendor}


def speaks_for_vendor(person: Person | None, review: Review) -> bool:
    is_vendor = person is not None and person.role == Role.VENDOR
    return is_vendor and review.product.vendor.seats.filter(person=person).exists()


def may_conclude(person: Person | None, review: Review) -> bool:
    try:
        check_may_conclude(person, review)
    except (Denied, NotSeen):
        return False
    return True
