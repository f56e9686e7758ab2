"""Where a review stands, what comes next, and whose turn it is: one sentence each.

In:   a review, the day, who reads.
Out:  words for the page, the list and whoever asks.
Not here: taking the step.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plainview.desk.reviews.models import Review, Stage


class Whose(TextChoices):
    CHAIR = "chair", gettext_lazy("the chair")
    VENDOR = "vendor", gettext_lazy("the vendor")
    EXPERTS = "experts", gettext_lazy("the experts")
    MACHINE = "machine", gettext_lazy("the machine")
    NOBODY = "nobody", gettext_lazy("nobody")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    whose: Whose
    next: str


def turn(review: Review, *, on: date, is_vendor: bool = False) -> Turn:
    if is_vendor and review.stage == Stage.CONCLUDED:
        return _chair(_("You are shown the page before it is published, and may reply beside it."))
    return ASKED_OF[Stage(review.stage)](review, on)


def _chair(words: str) -> Turn:
    return Turn(whose=Whose.CHAIR, next=words)


def _requested(review: Review, on: date) -> Turn:
    return _chair(_("Take it up, or say why not."))


def _intake(review: Review, on: date) -> Turn:
    if not review.claims.exists():
        return _chair(_("Write down what the vendor claims, in a form that can be tested."))
    return _chair(_("Tell the vendor, and ask for what the claims need."))


def _noticed(review: Review, on: date) -> Turn:
    due_on = waits_for_the_vendor_until(review, on)
    if due_on is not None:
        words = _("The vendor has until %(day)s to hand over what was asked for, or to refuse.")
        return Turn(whose=Whose.VENDOR, next=words % {"day": date_format(due_on)})
    return _chair(_("The vendor has answered, or its day has passed. Go on to the exhibits."))


def waits_for_the_vendor_until(review: Review, on: date) -> date | None:
    """The last day of whatever is still open; None where nothing is, or every day has passed."""
    open_days = [one.due_on for one in review.asked.filter(came="") if one.due_on and one.due_on >= on]
    return max(open_days, default=None)


def _gathering(review: Review, on: date) -> Turn:
    plan = review.plan
    if plan is None or plan.is_frozen:
        return _chair(_("Write the test plan: which checks, with which bounds."))
    return _chair(_("Freeze the test plan. From then on nobody can change it."))


def _planned(review: Review, on: date) -> Turn:
    last = review.runs.order_by("-pk").first()
    if last is not None and last.is_under_way:
        return Turn(whose=Whose.MACHINE, next=_("The checks are under way."))
    return _chair(_("Run the checks of the plan."))


def _checked(review: Review, on: date) -> Turn:
    return _chair(_("Invite experts, or conclude without them and say so."))


def _rating(review: Review, on: date) -> Turn:
    return Turn(whose=Whose.EXPERTS, next=_("Each expert rates alone. Nobody sees another’s rating yet."))


def _consolidating(review: Review, on: date) -> Turn:
    return Turn(whose=Whose.EXPERTS, next=_("The experts talk over where they differ."))


def _concluded(review: Review, on: date) -> Turn:
    return _chair(_("Give the vendor time to reply, then publish."))


def _published(review: Review, on: date) -> Turn:
    words = _("Nothing: what was published stays. A new version, policy or owner begins a new review.")
    return Turn(whose=Whose.NOBODY, next=words)


def _declined(review: Review, on: date) -> Turn:
    return Turn(whose=Whose.NOBODY, next=_("Nothing. It may be taken up later."))


ASKED_OF = {
    Stage.REQUESTED: _requested,
    Stage.DECLINED: _declined,
    Stage.INTAKE: _intake,
    Stage.NOTICED: _noticed,
    Stage.GATHERING: _gathering,
    Stage.PLANNED: _planned,
    Stage.CHECKED: _checked,
    Stage.RATING: _rating,
    Stage.CONSOLIDATING: _consolidating,
    Stage.CONCLUDED: _concluded,
    Stage.PUBLISHED: _published,
}
