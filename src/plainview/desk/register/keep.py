"""An officer keeps the register: a contract added, changed, taken off; uses added; a review asked for.

In:   what a person wrote, who, when.
Out:  the rows, and a line of the ledger.
Not here: tables (take_in), what follows from the rows (due).
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from plainview.desk.register import policy
from plainview.desk.register.models import Contract, District, Use
from plainview.desk.reviews import ask
from plainview.desk.reviews.models import Request
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

TERMS = ("vendor", "product", "starts_on", "ends_on", "notice_days", "cost", "currency", "who_pays")


def name_key(name: str) -> str:
    """The name as a table finds it again, however it is written."""
    return " ".join(name.casefold().split())[:120]


def key_of(name: str, starts_on: date | None) -> str:
    """A renewed contract is one of its own: the name, and the first day."""
    return f"{name_key(name)}|{starts_on or ''}"


def add(district: District, *, name: str, terms: Mapping, by: Person, at: datetime) -> Contract:
    policy.check_keeps(by, district)
    with durable():
        _check_is_new(district, name, terms.get("starts_on"))
        made = Contract.objects.create(
            district=district, name=name, key=key_of(name, terms.get("starts_on")), **terms
        )
        deed("register.contract_added", by=by.pk, at=at, thing=made.pk)
    return made


def change(contract: Contract, *, name: str, terms: Mapping, by: Person, at: datetime) -> None:
    policy.check_keeps(by, contract.district)
    with durable():
        _check_is_new(contract.district, name, terms.get("starts_on"), but=contract.pk)
        contract.name, contract.key = name, key_of(name, terms.get("starts_on"))
        for field, value in terms.items():
            setattr(contract, field, value)
        contract.save()
        deed("register.contract_changed", by=by.pk, at=at, thing=contract.pk)


def take_off(contract: Contract, *, by: Person, at: datetime) -> None:
    """It was never ours, or nobody needs the row any more. Its uses go with it."""
    policy.check_keeps(by, contract.district)
    with durable():
        pk = contract.pk
        contract.delete()
        deed("register.contract_taken_off", by=by.pk, at=at, thing=pk)


def use(
    contract: Contract,
    *,
    school: str,
    grade: str,
    n_children: int,
    minutes_a_week: int,
    by: Person,
    at: datetime,
) -> Use:
    """How many children of a grade use it. The same school and grade again: the newer numbers hold."""
    policy.check_keeps(by, contract.district)
    with durable():
        made, _new = Use.objects.update_or_create(
            contract=contract,
            school=school,
            grade=grade,
            defaults={"n_children": n_children, "minutes_a_week": minutes_a_week},
        )
        deed("register.use_entered", by=by.pk, at=at, thing=contract.pk)
    return made


def ask_for_review(contract: Contract, *, by: Person, at: datetime) -> Request:
    """One click: the same request that anyone may make. It names the product and no district."""
    policy.check_keeps(by, contract.district)
    with durable():
        asked = ask.ask(
            product_name=contract.name,
            vendor_name=contract.vendor,
            asker=Request.Asker.DISTRICT,
            wants=_("A district uses this product, and no review of it has been published."),
            address="",
            language="en",
            at=at,
        )
        Contract.objects.filter(pk=contract.pk).update(asked_for_review_at=at)
        deed("register.review_asked", by=by.pk, at=at, thing=contract.pk)
    return asked


def _check_is_new(district: District, name: str, starts_on, *, but: int | None = None) -> None:
    same = Contract.objects.filter(district=district, key=key_of(name, starts_on))
    if same.exclude(pk=but).exists():
        raise Denied(_("“%(name)s” with that first day is in the register already.") % {"name": name})
