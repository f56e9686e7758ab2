"""What a person of this desk writes down about money: a tie, who pays, an interest of their own.

In:   an organisation, a product, an office; a source for each; who, when.
Out:  the row, and a line of the ledger.
Not here: documents (take_in).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from plainview.desk.background import policy
from plainview.desk.background.models import Body, Declaration, Payer, Tie
from plainview.desk.background.take_in import key_of
from plainview.desk.reviews.models import Product, Review, Vendor
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


def tie(
    *, name: str, ein: str, kind: str, vendor: Vendor | None, says_so: str, by: Person, at: datetime
) -> Tie:
    """An organisation offers, or owns, what is reviewed here; or runs this desk."""
    policy.check_keeps_the_books(by)
    if (vendor is not None) != (kind in Tie.OF_A_VENDOR):
        raise Denied(_("Name the vendor where a tie leads to one, and only there."))
    with durable():
        body, _new = Body.objects.get_or_create(key=key_of(name, ein), defaults={"name": name, "ein": ein})
        made, _new = Tie.objects.get_or_create(
            body=body, kind=kind, vendor=vendor, defaults={"says_so": says_so, "by": by, "at": at}
        )
        deed("background.tied", by=by.pk, at=at, thing=made.pk)
    return made


def untie(tie: Tie, *, by: Person, at: datetime) -> None:
    """It was wrong, or it has ended. What was published with it stays as it was."""
    policy.check_keeps_the_books(by)
    with durable():
        pk = tie.pk
        tie.delete()
        deed("background.untied", by=by.pk, at=at, thing=pk)


def payer(product: Product, *, words: str, words_es: str, says_so: str, by: Person, at: datetime) -> Payer:
    """Who pays for a product, in words."""
    policy.check_keeps_the_books(by)
    with durable():
        made = Payer.objects.create(
            product=product, words=words, words_es=words_es, says_so=says_so, by=by, at=at
        )
        deed("background.payer_named", by=by.pk, at=at, thing=made.pk)
    return made


def declare(
    review: Review | None, *, office: str, words: str, words_es: str = "", by: Person, at: datetime
) -> Declaration:
    """An interest of one's own; no words: there is none. A new one takes the place of the last."""
    policy.check_may_declare(by, office)
    with durable():
        standing = Declaration.objects.filter(review=review, office=office, by=by, taken_back_at=None)
        standing.update(taken_back_at=at)
        made = Declaration.objects.create(
            review=review,
            office=office,
            has_none=not words.strip(),
            words=words.strip(),
            words_es=words_es.strip(),
            by=by,
            at=at,
        )
        deed("background.declared", by=by.pk, at=at, thing=made.pk)
    return made
