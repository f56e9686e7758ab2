"""Who else may read a review: let in, and out again.

In:   a review, a person; who lets them in.
Out:  a row for as long as it lasts.
Not here: why (experts are invited in a room above).
"""

from datetime import datetime

from plainview.desk.reviews import policy
from plainview.desk.reviews.models import Reader, Review
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person


def let_in(review: Review, person: Person, *, by: Person, at: datetime) -> Reader:
    """From now on. Whoever is in already stays."""
    policy.check_leads(by, review)
    with durable():
        there, is_new = Reader.objects.get_or_create(
            review=review, person=person, until=None, defaults={"since": at}
        )
        if is_new:
            deed("reviews.reader.let_in", by=by.pk, at=at, thing=review.pk)
    return there


def let_out(review: Review, person: Person, *, by: Person, at: datetime) -> None:
    with durable():
        if Reader.objects.filter(review=review, person=person, until=None).update(until=at):
            deed("reviews.reader.let_out", by=by.pk, at=at, thing=review.pk)
