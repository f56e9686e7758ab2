"""Olu keeps the register of Oak District; Una keeps that of Elm. Oak uses Fractal and Nobody Knows."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from plainview.desk.published import page as p
from plainview.desk.published.freeze import freeze
from plainview.desk.register import keep
from plainview.desk.register.models import District, Seat
from plainview.lobby.people.models import Person, Role

PUBLISHED_AT = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
TERMS = {"vendor": "Acme", "starts_on": date(2026, 7, 1), "currency": "USD"}


def a_condition(name="log", deadline=date(2026, 12, 1)) -> p.Condition:
    return p.Condition(
        id=name,
        words=p.Words(en=f"Publish the {name}.", es=f"Publicar: {name}."),
        owner="Acme",
        deadline=deadline,
        proves=p.Words(en="The file is there.", es="El archivo está ahí."),
    )


def a_page(*conditions: p.Condition, slug="fractal", name="Fractal", number=1, **more) -> p.Page:
    rows = tuple(
        p.LabelRow(
            row=row,
            question=p.Words(en=f"{row.value}?", es=f"¿{row.value}?"),
            mark="shown_not_to" if row == p.Row.ADAPTS else "cannot_say",
            sentence=p.Words(en="It did not adapt.", es="No se adaptó.")
            if row == p.Row.ADAPTS
            else p.Words(en="We have nothing to go by."),
        )
        for row in p.Row
    )
    return p.Page(
        product=p.Product(slug=slug, name=name, vendor="Acme", version="2.1"),
        number=number,
        published_on=PUBLISHED_AT.date(),
        office="Office of Review",
        label=rows,
        conditions=conditions,
        changelog=(
            p.Change(number=number, on=PUBLISHED_AT.date(), words=p.Words(en="First.", es="Primera.")),
        ),
        **more,
    )


def publish(*conditions: p.Condition, at=PUBLISHED_AT, **more):
    return freeze(a_page(*conditions, **more), files={}, at=at)


@pytest.fixture
def oak(desk, now) -> SimpleNamespace:
    """The desk's people, Oak and its officer Olu, Elm and its officer Una, a contract of each."""
    una = Person.objects.create_user(
        "una", "a long password", identifier="una", given_name="Una", role=Role.OFFICER
    )
    oak = District.objects.create(slug="oak", name="Oak District")
    elm = District.objects.create(slug="elm", name="Elm District")
    Seat.objects.create(district=oak, person=desk.olu)
    Seat.objects.create(district=elm, person=una)
    fractal = keep.add(oak, name="Fractal", terms=TERMS, by=desk.olu, at=now)
    theirs = keep.add(elm, name="Secretly Used", terms=TERMS, by=una, at=now)
    people = {name: getattr(desk, name) for name in ("cora", "ed", "sten", "olu", "vic")}
    return SimpleNamespace(**people, una=una, oak=oak, elm=elm, fractal=fractal, theirs=theirs)


@pytest.fixture
def clock(monkeypatch, now):
    """The views read the clock; the tests' day is the desk's."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
