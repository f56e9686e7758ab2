"""Let an expert in to read a review, and out again.

In:   an invitation whose expert has declared.
Out:  a row below, by which the room of reviews knows that she may read.
Not here: ratings. Reading a review shows none of them.
"""

from datetime import datetime

from plainview.desk.experts.models import Invitation
from plainview.desk.reviews import readers
from plainview.desk.reviews.models import Reader
from plainview.lobby.people.models import Person


def let_in(invitation: Invitation, *, at: datetime) -> None:
    """Her declaration lets her in, by the invitation of a chair who may be another one by now."""
    Reader.objects.get_or_create(
        review=invitation.review, person=invitation.expert, until=None, defaults={"since": at}
    )


def let_out(invitation: Invitation, *, by: Person, at: datetime) -> None:
    readers.let_out(invitation.review, invitation.expert, by=by, at=at)
