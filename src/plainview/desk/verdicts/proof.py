"""What somebody hands over to show that a condition is met. It proves nothing by lying here: a person looks.

In:   bytes that lie in the store, a name, a condition, who hands it over.
Out:  a row with the hash, which a change of the condition may name as its evidence.
Not here: the bytes' way in (reviews.upload), what follows from it (condition).

A published review takes no exhibits any more, and a condition is often met long after: so it has its own way.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from plainview.desk.reviews import names
from plainview.desk.reviews.models import Review
from plainview.desk.reviews.store import Kept
from plainview.desk.verdicts import policy
from plainview.desk.verdicts.models import Change, Condition, Proof
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

MOST = 20  # of one condition


def hand_over(condition: Condition, *, name: str, kept: Kept, by: Person, at: datetime) -> Proof:
    """By the vendor's own contact or by who leads. The same bytes twice are one."""
    policy.check_may_hand_over_proof(by, condition)
    file = names.checked(name)
    with durable():
        Condition.objects.select_for_update(of=("self",)).get(pk=condition.pk)
        if there := condition.proofs.filter(sha256=kept.sha256).first():
            return there
        if condition.proofs.count() >= MOST:
            raise Denied(_("Enough was handed over for this condition. Write to who leads the review."))
        made = Proof.objects.create(
            condition=condition, file=file, sha256=kept.sha256, n_bytes=kept.n_bytes, by=by, at=at
        )
        write.deed("verdicts.proof_received", by=by.pk, at=at, thing=made.pk)
    return made


def n_waiting(review: Review) -> int:
    """Files that came after anybody last said what became of their condition: a person has to look."""
    last = Change.objects.filter(condition=OuterRef("condition")).order_by("-pk").values("at")[:1]
    handed = Proof.objects.filter(condition__review=review).annotate(said_at=Subquery(last))
    return handed.filter(Q(said_at=None) | Q(at__gt=F("said_at"))).count()


def hashes() -> Iterator[str]:
    """Whose bytes must stay where they lie: all that were ever handed over here."""
    return Proof.objects.values_list("sha256", flat=True).iterator()
