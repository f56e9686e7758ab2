"""What the page of one review's conclusion shows, gathered for whoever reads it.

In:   a review, who reads, the day.
Out:  plain values for a template.
Not here: deeds, addresses.
"""

from dataclasses import dataclass
from datetime import date

from plainview.desk.published.models import Publication
from plainview.desk.reviews.models import Review, Stage
from plainview.desk.verdicts import clock, conclude, gateway, policy, publish, reopen, reply, show
from plainview.desk.verdicts import condition as conditions
from plainview.desk.verdicts.clock import Status
from plainview.desk.verdicts.conclude import Concluding
from plainview.desk.verdicts.models import Condition, Correction, Draft, Reply
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied


@dataclass(frozen=True, slots=True, kw_only=True)
class OneCondition:
    row: Condition
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A review's conclusion, as far as this reader may see it."""

    review: Review
    leads: bool
    may_conclude: bool
    speaks_for_vendor: bool
    is_vendor_side: bool  # sees the draft and what was settled, nothing that is still being written
    claims: tuple[Concluding, ...]
    n_open: int
    must_first: str  # what stands in the way of the verdict, whatever is concluded; "" where nothing does
    gates: tuple[gateway.Standing, ...]
    conditions: tuple[OneCondition, ...]
    draft: Draft | None
    is_draft_current: bool
    may_reply: bool
    reply: Reply | None
    corrections: tuple[Correction, ...]
    publication: Publication | None
    followed_by: Review | None
    must_be_looked_at: bool


def whole(review: Review, *, reader: Person, on: date) -> Whole:
    is_vendor = reader.role == Role.VENDOR
    draft = show.newest(review)
    claims = () if is_vendor else conclude.on_the_way(review)
    return Whole(
        review=review,
        leads=reader.role == Role.CHAIR,
        may_conclude=policy.may_conclude(reader, review),
        speaks_for_vendor=policy.speaks_for_vendor(reader, review),
        is_vendor_side=is_vendor,
        claims=claims,
        n_open=sum(one.verdict is None for one in claims),
        must_first="" if is_vendor else _must_first(review),
        gates=() if is_vendor else gateway.standings(review),
        conditions=_conditions(review, is_vendor=is_vendor, draft=draft, on=on),
        draft=draft,
        is_draft_current=draft is not None and show.is_current(draft),
        may_reply=draft is not None and review.stage != Stage.PUBLISHED and on <= draft.until,
        reply=reply.newest(review),
        corrections=tuple(review.corrections.order_by("-pk")),
        publication=_publication(review),
        followed_by=Review.objects.filter(follows=review).first(),
        must_be_looked_at=reopen.must_be_looked_at(review, on=on),
    )


def _must_first(review: Review) -> str:
    """Said before somebody writes twenty sentences, not after."""
    if review.stage not in policy.OPEN_TO_CONCLUDE:
        return ""
    try:
        conclude.check_can_be_repeated(review)
    except Denied as sentence:
        return str(sentence)
    return ""


def _conditions(
    review: Review, *, is_vendor: bool, draft: Draft | None, on: date
) -> tuple[OneCondition, ...]:
    """The vendor sees those that it was shown; who leads sees all."""
    rows = conditions.beside(review)
    if is_vendor:
        rows = [one for one in rows if one.review_id != review.pk or (draft and one.at <= draft.at)]
    return tuple(one_condition(row, on=on) for row in rows)


def one_condition(row: Condition, *, on: date) -> OneCondition:
    return OneCondition(row=row, status=clock.status(row, on=on, changes=list(row.changes.all())))


def _publication(review: Review) -> Publication | None:
    return publish.of_review(review) if review.stage == Stage.PUBLISHED else None
