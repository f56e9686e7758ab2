"""One step of a review, whoever takes it.

In:   a review, where it is to go, who moves it, when and why.
Out:  the review there; a row that says so, and a line of the ledger.
Not here: who may (each room's policy asks that first).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from plainview.desk.reviews.models import MAY_FOLLOW, Move, Review, Stage
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


def move(review: Review, *, to: Stage, by: Person | None, at: datetime, why: str) -> None:
    """Take one step. ``by`` is None where the clock alone moves it.

    Raises
    ------
    Denied
        If that step may not follow, or another person took one meanwhile.
    """
    with durable():
        here = Stage(Review.objects.select_for_update().get(pk=review.pk).stage)
        if to not in MAY_FOLLOW[here]:
            raise Denied(
                _("This review stands at “%(here)s”. “%(there)s” cannot follow that.")
                % {"here": here.label, "there": Stage(to).label}
            )
        Move.objects.create(review=review, from_stage=here, to_stage=to, by=by, at=at, why=why)
        Review.objects.filter(pk=review.pk).update(stage=to)
        deed("reviews.moved", by=by.pk if by else 0, at=at, thing=review.pk)
    review.stage = to
