"""Who may see a review and what was handed over, who leads it, and the sentence if not.

In:   a person, a review or what hangs on it, the day.
Out:  nothing, or ``Denied`` with the sentence the person reads, or ``NotSeen`` where the row is a secret.
Not here: the rows themselves. ``Review.objects.seen_by`` and ``exhibits_seen_by`` tell the same story, and a
test holds the two together.
"""

import json

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plainview.desk.reviews import sheets
from plainview.desk.reviews.models import Asked, Exhibit, Request, Review, Stage
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied, NotSeen

# While exhibits are gathered the vendor hands over; later only the chair does, and the review goes back.
OPEN_TO_THE_VENDOR = (Stage.NOTICED, Stage.GATHERING)
OPEN_TO_THE_CHAIR = (
    *(Stage.INTAKE, Stage.NOTICED, Stage.GATHERING),
    *(Stage.PLANNED, Stage.CHECKED, Stage.RATING, Stage.CONSOLIDATING, Stage.CONCLUDED),
)
CLAIMS_MAY_CHANGE = (Stage.INTAKE, Stage.NOTICED, Stage.GATHERING)
AFTER_RATING = (Stage.CONSOLIDATING, Stage.CONCLUDED, Stage.PUBLISHED)
FEWEST_RATERS = 3  # as the room of experts has it, which lies above
ANSWERED = (Stage.CHECKED, Stage.RATING, Stage.CONSOLIDATING, Stage.CONCLUDED, Stage.PUBLISHED)
MAY_RUN = (Stage.PLANNED, Stage.CHECKED, Stage.RATING, Stage.CONSOLIDATING, Stage.CONCLUDED)


def leads(person: Person | None) -> bool:
    return person is not None and person.role == Role.CHAIR


def speaks_for(person: Person | None, review: Review) -> bool:
    """Whether this is the vendor's own contact."""
    if person is None or person.role != Role.VENDOR:
        return False
    return review.product.vendor.seats.filter(person=person).exists()


def check_leads_reviews(person: Person) -> None:
    if not leads(person):
        raise Denied(_("Only the chair of reviews does this."))


def check_may_see(person: Person | None, review: Review) -> None:
    if not Review.objects.seen_by(person).filter(pk=review.pk).exists():
        raise NotSeen


def review_seen_by(person: Person | None, pk: int) -> Review:
    """The review, or 'not found'."""
    found = Review.objects.seen_by(person).select_related("product__vendor").filter(pk=pk).first()
    if found is None:
        raise NotSeen
    return found


def review_led_by(person: Person | None, pk: int) -> Review:
    """The review, for whoever leads it; a sentence for those who may only read it."""
    found = review_seen_by(person, pk)
    check_leads(person, found)
    return found


def check_leads(person: Person, review: Review) -> None:
    check_may_see(person, review)
    check_leads_reviews(person)


def requests_seen_by(person: Person | None) -> QuerySet[Request]:
    """What people asked is for the chair: it may hold an address."""
    return Request.objects.all() if leads(person) else Request.objects.none()


def request_seen_by(person: Person | None, pk: int) -> Request:
    found = requests_seen_by(person).filter(pk=pk).first()
    if found is None:
        raise NotSeen
    return found


def check_may_settle(person: Person, request: Request) -> None:
    if not requests_seen_by(person).filter(pk=request.pk).exists():
        raise NotSeen
    if request.state != Request.State.WAITING:
        raise Denied(_("This request was settled already. Nothing was changed."))


def check_may_write_claims(person: Person, review: Review) -> None:
    check_leads(person, review)
    if review.stage not in CLAIMS_MAY_CHANGE:
        raise Denied(_("The plan is frozen, and the claims with it. Nothing was changed."))


def check_may_ask_vendor(person: Person, review: Review) -> None:
    check_leads(person, review)
    if review.stage not in (Stage.INTAKE, *OPEN_TO_THE_VENDOR):
        raise Denied(_("The vendor is asked before the plan is frozen. Nothing was sent."))


def exhibits_seen_by(person: Person | None, review: Review) -> QuerySet[Exhibit]:
    """A vendor sees what its contacts handed over, of now or then: a district's log is not for its eyes."""
    exhibits = Exhibit.objects.filter(review=review, review__in=Review.objects.seen_by(person))
    if person is not None and person.role == Role.VENDOR:
        return exhibits.filter(handed_over_by__role=Role.VENDOR)
    return exhibits


def exhibit_seen_by(person: Person | None, pk: int) -> Exhibit:
    """The exhibit, or 'not found'."""
    found = Exhibit.objects.select_related("review__product__vendor").filter(pk=pk).first()
    if found is None or not exhibits_seen_by(person, found.review).filter(pk=pk).exists():
        raise NotSeen
    return found


def check_may_hand_over(person: Person, review: Review) -> None:
    check_may_see(person, review)
    if leads(person):
        if review.stage not in OPEN_TO_THE_CHAIR:
            raise Denied(_("This review takes no more exhibits: it stands at “%s”.") % _stands(review))
        return
    if not speaks_for(person, review):
        raise Denied(_("Exhibits come from the vendor, or through the chair."))
    if review.stage not in OPEN_TO_THE_VENDOR:
        raise Denied(
            _(
                "The plan is frozen, so nothing more can be handed over here. If you have more, "
                "write to the chair."
            )
        )


def check_may_set_aside(person: Person, exhibit: Exhibit) -> None:
    """Before the plan is frozen. What could be read and was opened stays: nobody drops what it shows."""
    if not exhibits_seen_by(person, exhibit.review).filter(pk=exhibit.pk).exists():
        raise NotSeen
    if not (leads(person) or speaks_for(person, exhibit.review)):
        raise Denied(_("Only the vendor sets its file aside, or the chair."))
    if exhibit.review.stage not in CLAIMS_MAY_CHANGE:
        raise Denied(_("The plan is frozen, and the exhibits with it. Nothing was changed."))
    if exhibit.replaced_at is not None:
        raise Denied(_("It stands in the dossier no more. Nothing was changed."))
    if exhibit.opened_at is not None and exhibit.reading == Exhibit.Reading.READ:
        raise Denied(_("Somebody of the desk has opened this file, so it stays. Nothing was changed."))


def check_may_refuse(person: Person, asked: Asked) -> None:
    check_may_see(person, asked.review)
    if not (leads(person) or speaks_for(person, asked.review)):
        raise Denied(_("Only the vendor refuses, or the chair writes down that it did."))
    if asked.came != Asked.Came.NOTHING_YET:
        raise Denied(_("This was answered already. Nothing was changed."))


def check_may_plan(person: Person, review: Review) -> None:
    check_leads(person, review)
    if review.stage not in CLAIMS_MAY_CHANGE:
        raise Denied(_("The plan is frozen. Nobody can change it, and nothing was changed."))


def check_may_freeze(person: Person, review: Review) -> None:
    check_leads(person, review)
    if review.stage != Stage.GATHERING:
        raise Denied(
            _("A plan is frozen while exhibits are gathered. This review stands at “%s”.") % _stands(review)
        )


def check_may_see_plan(person: Person | None, review: Review) -> None:
    """While it is being written it is the chair's; frozen, it is for all who see the review."""
    check_may_see(person, review)
    if not leads(person) and review.frozen_plan is None:
        raise NotSeen


def check_may_run(person: Person, review: Review) -> None:
    check_leads(person, review)
    if review.stage not in MAY_RUN:
        raise Denied(
            _("Checks are run once the plan is frozen. This review stands at “%s”.") % _stands(review)
        )


def check_may_see_findings(person: Person | None, review: Review) -> None:
    """The vendor too: it may see a mistake of ours before anyone else does."""
    check_may_see(person, review)
    if review.run is None:
        raise NotSeen
    _check_is_blind(person, review)


def counts_ratings(review: Review) -> bool:
    """Whether the findings that stand hold what experts said: of a round before, or elsewhere."""
    return review.run is not None and json.loads(review.run.findings or "{}").get("experts") is not None


def _check_is_blind(person: Person | None, review: Review) -> None:
    """Whoever is yet to rate does not read how others rated before."""
    if person is None or person.role != Role.EXPERT or review.stage in AFTER_RATING:
        return
    if counts_ratings(review) or sheets.body(review, sheets.RATINGS) is not None:
        raise Denied(
            _(
                "Not every expert who was asked has handed in, or there are fewer than %(n)s of them. "
                "Until then nobody sees any rating."
            )
            % {"n": FEWEST_RATERS}
        )


def check_may_take_along(person: Person, review: Review) -> None:
    """The whole folder holds what others handed over."""
    check_may_see(person, review)
    if person.role == Role.VENDOR:
        raise Denied(
            _("The dossier holds exhibits that others handed over. Yours are on this page, one by one.")
        )
    _check_is_blind(person, review)


def check_may_take_in(person: Person | None) -> None:
    if person is None:
        raise NotSeen
    check_leads_reviews(person)


def _stands(review: Review) -> str:
    return str(Stage(review.stage).label)
