"""The register as tables: contracts and uses, in and out.

In:   a table of contracts, or of uses, as a district hands it over.
Out:  the rows, or every fault by its line; the same tables back, without a formula in any cell.
Not here: how a table is read (background.table).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from plainview.desk.background import table
from plainview.desk.background.table import Column, Unreadable
from plainview.desk.register import policy
from plainview.desk.register.keep import key_of, name_key
from plainview.desk.register.models import Contract, District, Use
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person

CONTRACTS = (
    Column(name="product", read=table.text(120), required=True),
    Column(name="vendor", read=table.text(120), default=""),
    Column(name="starts_on", read=table.day),
    Column(name="ends_on", read=table.day),
    Column(name="notice_days", read=table.number(0, 3650)),
    Column(name="cost", read=table.money),
    Column(name="currency", read=table.currency, default="USD"),
    Column(name="who_pays", read=table.text(200), default=""),
)
USES = (
    Column(name="product", read=table.text(120), required=True),
    Column(name="school", read=table.text(120), default=""),
    Column(name="grade", read=table.text(20), default=""),
    Column(name="children", read=table.number(0, 1_000_000), required=True),
    Column(name="minutes_a_week", read=table.number(0, 10_080), default=0),
)
AT_A_TIME = 2000


def contracts(district: District, raw: bytes, *, called: str, by: Person, at: datetime) -> int:
    """Each row is a contract; one of the same product and first day is brought up to date.

    Raises
    ------
    Unreadable, NotSeen
    """
    policy.check_keeps(by, district)
    found = table.rows(raw, called=called, columns=CONTRACTS)
    _check_ends(found, called)
    rows = {one.key: one for one in (_contract(district, row) for _line, row in found)}
    with durable():
        Contract.objects.bulk_create(
            rows.values(),
            batch_size=AT_A_TIME,
            update_conflicts=True,
            unique_fields=["district", "key"],
            update_fields=["name", "vendor", "ends_on", "notice_days", "cost", "currency", "who_pays"],
        )
        deed("register.contracts_taken_in", by=by.pk, at=at, thing=district.pk)
    return len(rows)


def _contract(district: District, row: dict) -> Contract:
    terms = {name: value for name, value in row.items() if name != "product"}
    return Contract(
        district=district, name=row["product"], key=key_of(row["product"], row["starts_on"]), **terms
    )


def _check_ends(found: list, called: str) -> None:
    wrong = [
        line
        for line, row in found
        if row["starts_on"] and row["ends_on"] and row["ends_on"] < row["starts_on"]
    ]
    if wrong:
        said = _("%(file)s, line %(line)s: the contract ends before it starts.")
        raise Unreadable(*(said % {"file": called, "line": line} for line in wrong[: table.MOST_FAULTS]))


def uses(district: District, raw: bytes, *, called: str, by: Person, at: datetime) -> int:
    """Each row is a school and a grade that uses a product of the register; newer numbers hold.

    Raises
    ------
    Unreadable, NotSeen
    """
    policy.check_keeps(by, district)
    found = table.rows(raw, called=called, columns=USES)
    newest = _newest_contracts(district)
    _check_known(found, newest, called)
    rows: dict[tuple, Use] = {}
    for _line, row in found:
        contract = newest[name_key(row["product"])]
        rows[contract, row["school"], row["grade"]] = Use(
            contract_id=contract,
            school=row["school"],
            grade=row["grade"],
            n_children=row["children"],
            minutes_a_week=row["minutes_a_week"],
        )
    with durable():
        Use.objects.bulk_create(
            rows.values(),
            batch_size=AT_A_TIME,
            update_conflicts=True,
            unique_fields=["contract", "school", "grade"],
            update_fields=["n_children", "minutes_a_week"],
        )
        deed("register.uses_taken_in", by=by.pk, at=at, thing=district.pk)
    return len(rows)


def _newest_contracts(district: District) -> dict[str, int]:
    """The contract that a product's uses belong to: the one that began last."""
    rows = Contract.objects.filter(district=district).values_list("name", "starts_on", "pk")
    in_order = sorted(rows, key=lambda row: (row[1] or date.min, row[2]))
    return {name_key(name): pk for name, _starts, pk in in_order}


def _check_known(found: list, newest: dict[str, int], called: str) -> None:
    faults = [
        _("%(file)s, line %(line)s: “%(name)s” is not in the register. Add its contract first.")
        % {"file": called, "line": line, "name": row["product"][: table.LONGEST_SHOWN]}
        for line, row in found
        if name_key(row["product"]) not in newest
    ]
    if len(faults) > table.MOST_FAULTS:
        told = _("%(n)s faults in all; the first %(shown)s are shown.")
        faults = [*faults[: table.MOST_FAULTS], told % {"n": len(faults), "shown": table.MOST_FAULTS}]
    if faults:
        raise Unreadable(*faults)


# --- out ---------------------------------------------------------------------------------------------------


def contracts_out(district: District) -> Iterator[str]:
    rows = Contract.objects.filter(district=district).order_by("name", "starts_on", "pk")
    fields = ["name", *(column.name for column in CONTRACTS[1:])]
    return _out(CONTRACTS, rows.values_list(*fields))


def uses_out(district: District) -> Iterator[str]:
    rows = Use.objects.filter(contract__district=district).order_by("contract__name", "school", "grade", "pk")
    return _out(USES, rows.values_list("contract__name", "school", "grade", "n_children", "minutes_a_week"))


def _out(columns: Sequence[Column], rows) -> Iterator[str]:
    return table.written([column.name for column in columns], rows.iterator(chunk_size=AT_A_TIME))
