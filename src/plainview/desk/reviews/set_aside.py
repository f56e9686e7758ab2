"""A file that was handed over by mistake is set aside, before the plan is frozen.

In:   an exhibit, who sets it aside, when, why.
Out:  the same row and the same bytes, kept; it stands in the dossier no more. What was asked of its kind is
      open again where nothing else of that kind is there.
Not here: a later file of the same name (receive); erasing anything.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from plainview.desk.reviews import policy, sheets
from plainview.desk.reviews.models import Asked, Exhibit, Review
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


def set_aside(exhibit: Exhibit, *, by: Person, at: datetime, why: str) -> None:
    policy.check_may_set_aside(by, exhibit)
    if not why.strip():
        raise Denied(_("Say why: the reason stands beside the file."))
    said = {"replaced_at": at, "set_aside_by": by, "set_aside_why": why}
    with durable():
        if not Exhibit.objects.filter(pk=exhibit.pk, replaced_at=None).update(**said):
            raise Denied(_("It stands in the dossier no more. Nothing was changed."))
        sheets.drop(exhibit.review, sheets.EXHIBITS)  # the rows say more than the text by now
        _is_open_again(exhibit.review, exhibit.kind)
        deed("reviews.exhibit.set_aside", by=by.pk, at=at, thing=exhibit.pk)
    for name, value in said.items():
        setattr(exhibit, name, value)


def _is_open_again(review: Review, kind: str) -> None:
    """With the day that it had: a file that is taken back answers nothing."""
    if not review.exhibits.filter(kind=kind, replaced_at=None).exists():
        received = review.asked.filter(kind=kind, came=Asked.Came.RECEIVED)
        received.update(came=Asked.Came.NOTHING_YET, came_on=None)
