"""A document comes in, and its grants are kept with it.

In:   the bytes of a tax return or of a table, where it can be read, who takes it in and when.
Out:  a source with its hash, its grants, and what was left out.
Not here: how a return is read (irs), how a table is (table).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from plainview.desk.background import irs, policy, table
from plainview.desk.background.models import Body, Grant, Source
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

# The columns of a table of grants, as docs/for-reviewers/background.md tells them.
COLUMNS = (
    table.Column(name="giver", read=table.text(200), required=True),
    table.Column(name="giver_ein", read=table.ein, default=""),
    table.Column(name="receiver", read=table.text(200), required=True),
    table.Column(name="receiver_ein", read=table.ein, default=""),
    table.Column(name="year", read=table.number(1900, 2199), required=True),
    table.Column(name="amount", read=table.money, required=True),
    table.Column(name="in_kind", read=table.money, default=Decimal(0)),
    table.Column(name="currency", read=table.currency, default="USD"),
    table.Column(name="purpose", read=table.text(300), default=""),
)
AT_A_TIME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One grant, before its organisations have rows."""

    place: int
    giver: tuple[str, str]  # name, tax number
    receiver: tuple[str, str]
    year: int
    cash: Decimal
    in_kind: Decimal
    currency: str
    purpose: str


def tax_return(raw: bytes, *, called: str, address: str, by: Person, at: datetime) -> Source:
    """A return in XML. A later one of the same filer and period takes the first one's place.

    Raises
    ------
    Unreadable, Denied
    """
    policy.check_keeps_the_books(by)
    found = irs.read(raw, called=called)
    giver = (found.filer, found.ein)
    lines = [
        Line(
            place=given.place,
            giver=giver,
            receiver=(given.to, given.ein),
            year=found.year,
            cash=given.cash,
            in_kind=given.in_kind,
            currency="USD",
            purpose=given.purpose,
        )
        for given in found.given
    ]
    of = f"{found.ein or found.filer[:25]} {found.ends or found.year}"
    n_left_out = found.n_to_persons + found.n_without_amount
    return _keep(
        Source(kind=Source.Kind.IRS, name=called[:160], address=address, of=of, n_left_out=n_left_out),
        raw,
        lines,
        by=by,
        at=at,
    )


def grants_table(raw: bytes, *, called: str, address: str, by: Person, at: datetime) -> Source:
    """A table of grants (``COLUMNS``).

    Raises
    ------
    Unreadable, Denied
    """
    policy.check_keeps_the_books(by)
    lines = [
        Line(
            place=line,
            giver=(row["giver"], row["giver_ein"]),
            receiver=(row["receiver"], row["receiver_ein"]),
            year=row["year"],
            cash=row["amount"],
            in_kind=row["in_kind"],
            currency=row["currency"],
            purpose=row["purpose"],
        )
        for line, row in table.rows(raw, called=called, columns=COLUMNS)
    ]
    return _keep(Source(kind=Source.Kind.TABLE, name=called[:160], address=address), raw, lines, by=by, at=at)


def _keep(source: Source, raw: bytes, lines: Sequence[Line], *, by: Person, at: datetime) -> Source:
    source.sha256, source.taken_in_by, source.taken_in_at = hashlib.sha256(raw).hexdigest(), by, at
    with durable():
        _check_is_new(source)
        before = Source.objects.filter(of=source.of, replaced_by=None).exclude(of="").first()
        if before:  # it steps aside first: one return of a period holds at a time
            Source.objects.filter(pk=before.pk).update(replaced_by=before)
        source.save(force_insert=True)
        if before:
            Source.objects.filter(pk=before.pk).update(replaced_by=source)
        bodies = _bodies(lines)
        Grant.objects.bulk_create([_grant(line, source, bodies) for line in lines], batch_size=AT_A_TIME)
        deed("background.taken_in", by=by.pk, at=at, thing=source.pk)
    return source


def _check_is_new(source: Source) -> None:
    same = Source.objects.filter(sha256=source.sha256).first()
    if same:
        raise Denied(_("This very document is here already, as “%(name)s”.") % {"name": same.name})


def _grant(line: Line, source: Source, bodies: dict[str, Body]) -> Grant:
    return Grant(
        source=source,
        place=line.place,
        giver=bodies[key_of(*line.giver)],
        receiver=bodies[key_of(*line.receiver)],
        year=line.year,
        cash=line.cash,
        in_kind=line.in_kind,
        currency=line.currency,
        purpose=line.purpose,
    )


def key_of(name: str, ein: str) -> str:
    """By the tax number where there is one; else by the name, however it is written."""
    return (
        f"ein:{ein}"
        if ein
        else "name:" + " ".join(name.casefold().replace(",", " ").replace(".", " ").split())
    )


def _bodies(lines: Iterable[Line]) -> dict[str, Body]:
    """The organisations that the lines name, those that are new among them."""
    wanted = {key_of(*pair): pair for line in lines for pair in (line.giver, line.receiver)}
    found = _those_with(list(wanted))
    new = [Body(key=key, name=name, ein=ein) for key, (name, ein) in wanted.items() if key not in found]
    Body.objects.bulk_create(new, batch_size=AT_A_TIME)
    return found | {body.key: body for body in new}


def _those_with(keys: list[str]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for start in range(0, len(keys), AT_A_TIME):
        found |= {body.key: body for body in Body.objects.filter(key__in=keys[start : start + AT_A_TIME])}
    return found
