"""Which published reviews run out soon, or have: somebody must look again, or say that nobody will.

In:   a day.
Out:  the reviews, the soonest first, each with the day that its page names.
Not here: beginning again (verdicts.reopen), letters (verdicts.expiry).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from plainview.desk.published import read
from plainview.desk.reviews.models import Review, Stage

WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    review: Review
    expires_on: date  # the last day on which all of its verdicts hold
    is_over: bool


def expiring(*, on: date) -> list[Expiring]:
    """What was begun again is not named: the page says that it is under review."""
    days = {
        slug: date.fromisoformat(day)
        for slug, day in read.all_newest().values_list("product", "card__expires_on")
        if day and date.fromisoformat(day) <= on + WITHIN
    }
    newest = Review.objects.filter(
        product__slug__in=days, stage=Stage.PUBLISHED, followed_by=None
    ).select_related("product__vendor")
    found = [_one(one, days[one.product.slug], on) for one in newest]
    return sorted(found, key=lambda one: (one.expires_on, one.review.pk))


def _one(review: Review, day: date, on: date) -> Expiring:
    return Expiring(review=review, expires_on=day, is_over=day < on)
