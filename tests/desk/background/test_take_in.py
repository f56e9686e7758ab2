"""A document comes in: its grants are kept with its hash, and counted once."""

import hashlib

import pytest

from plainview.desk.background import money, take_in
from plainview.desk.background.models import Body, Grant, Source
from plainview.desk.background.table import Unreadable
from plainview.desk.published.page import Money
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied

from .conftest import a_return, row

TABLE = b"giver,receiver,receiver_ein,year,amount\nState Office,Acme Learning,99-8877665,2023,500.50\n"


def take(desk, now, raw, deed=take_in.tax_return, **more):
    told = {"called": "return.xml", "address": "https://irs.example/r.xml"} | more
    return deed(raw, by=desk.cora, at=now, **told)


def test_a_grant_keeps_its_source_year_amount_and_hash(desk, now):
    source = take(desk, now, a_return())
    grant = Grant.objects.get()
    assert source.sha256 == hashlib.sha256(a_return()).hexdigest()
    assert (grant.giver.name, grant.receiver.name, grant.year, grant.amount) == (
        "Giving Fund of the West",
        "Acme Learning",
        2022,
        250_000,
    )
    assert Line.objects.filter(deed="background.taken_in", by=desk.cora.pk, thing=source.pk).exists()


def test_the_same_organisation_is_one_whichever_document_names_it(desk, now):
    take(desk, now, a_return())
    take(desk, now, TABLE, deed=take_in.grants_table, called="grants.csv")
    assert Body.objects.filter(name__startswith="Acme").count() == 1
    assert Grant.objects.count() == 2


def test_an_amended_return_takes_the_place_of_the_first(desk, now):
    first = take(desk, now, a_return())
    second = take(desk, now, a_return(row(cash="300000")))
    first.refresh_from_db()
    assert first.replaced_by == second
    assert [grant.amount for grant in Grant.objects.that_hold()] == [300_000]


def test_the_very_same_document_is_not_taken_in_twice(desk, now):
    take(desk, now, a_return())
    with pytest.raises(Denied, match="here already"):
        take(desk, now, a_return(), called="again.xml")
    assert Source.objects.count() == 1


def test_a_table_with_a_fault_leaves_nothing_behind(desk, now):
    with pytest.raises(Unreadable):
        take(desk, now, TABLE + b"A,B,,soon,1\n", deed=take_in.grants_table)
    assert not Source.objects.exists() and not Body.objects.exists()


@pytest.mark.parametrize("who", ["ed", "sten", "olu", "vic"])
def test_only_whoever_leads_reviews_takes_a_document_in(who, desk, now):
    with pytest.raises(Denied):
        take_in.tax_return(a_return(), called="r.xml", address="", by=getattr(desk, who), at=now)
    assert not Source.objects.exists()


def test_a_page_is_told_who_pays_owns_and_funds(acme_is_tied, now):
    take(acme_is_tied, now, a_return())
    take(
        acme_is_tied,
        now,
        TABLE.replace(b"amount", b"amount,currency").replace(b"500.50", b"500.50,EUR"),
        deed=take_in.grants_table,
        called="t.csv",
        address="",
    )
    told = Money.model_validate(money.for_product("fractal"))
    assert told.owner == "Big Holding"
    dollars, euros = sorted(told.funders, key=lambda one: one.year)
    assert (dollars.giver, dollars.amount, dollars.source) == (
        "Giving Fund of the West",
        250_000,
        "https://irs.example/r.xml",
    )
    assert euros.amount is None and "EUR 500.50" in euros.source


def test_a_product_nobody_knows_anything_of_says_nothing(desk):
    assert money.for_product("nothing-here") == {"who_pays": [], "owner": "", "funders": []}


def test_currencies_are_never_added_to_each_other(desk, now):
    raw = b"giver,receiver,year,amount,currency\nF,A,2020,10,USD\nF,A,2021,5,USD\nF,A,2021,7,EUR\n"
    take(desk, now, raw, deed=take_in.grants_table)
    found = [(f.currency, f.amount, f.n_grants, f.years) for f in money.flows(Grant.objects.select_related())]
    assert found == [("EUR", 7, 1, "2021"), ("USD", 15, 2, "2020–2021")]
