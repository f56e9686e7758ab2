"""Let an expert in to read a review, and out again.

In:   an invitation whose expert has declared.
Out:  a row below, by which the room of reviews knows that she may read.
Not here: ratings. Reading a review shows none of them.
"""

from datetime import datetime

from plainview.desk.experts.models import Invitation
from plainview.desk.reviews.models import Reader


def let_in(invitation: Invitation, *, at: datetime) -> None:
    Reader.objects.get_or_create(
        review=invitation.review, person=invitation.expert, until=None, defaults={"since": at}
    )


def let_out(invitation: Invitation, *, at: datetime) -> None:
    Reader.objects.filter(review=invitation.review, person=invitation.expert, until=None).update(until=at)
