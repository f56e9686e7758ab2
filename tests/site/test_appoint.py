"""Somebody who works at the desk gets an account; a vendor's contact speaks for one vendor."""

import pytest
from django.core.management import CommandError, call_command

from plainview.desk.register.models import District
from plainview.desk.reviews.models import Vendor, VendorSeat
from plainview.lobby.people.models import Person, Role
from plainview.site.management.commands import appoint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def typed(monkeypatch):
    monkeypatch.setattr(appoint.getpass, "getpass", lambda _asks: "a quiet long word")


def test_a_chair_can_sign_in_and_holds_the_role():
    call_command(
        "appoint", "Cora", "--role", "chair", "--name", "Cora Lindqvist", "--email", "c@desk.example"
    )
    cora = Person.objects.get(sign_in_name="cora")
    assert (cora.role, cora.full_name, cora.email) == (Role.CHAIR, "Cora Lindqvist", "c@desk.example")
    assert cora.check_password("a quiet long word")


def test_a_vendors_contact_speaks_for_one_vendor():
    acme = Vendor.objects.create(slug="acme", name="Acme")
    call_command("appoint", "vic", "--role", "vendor", "--name", "Vic", "--vendor", "acme")
    assert VendorSeat.objects.get(person__sign_in_name="vic").vendor == acme


def test_officers_of_one_district_keep_one_register():
    for name in ("olu", "una"):
        call_command("appoint", name, "--role", "officer", "--name", name, "--district", "Oak District")
    (oak,) = District.objects.all()
    assert (oak.slug, oak.seats.count()) == ("oak-district", 2)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--role", "vendor"), "--vendor is for a vendor's contact, and needed for one"),
        (("--role", "chair", "--vendor", "acme"), "--vendor is for a vendor's contact"),
        (("--role", "vendor", "--vendor", "nobody"), "expected one of the vendors here: none yet"),
        (("--role", "officer"), "--district is for a district's officer, and needed for one"),
        (("--role", "chair", "--district", "Oak"), "--district is for a district's officer"),
        (("--role", "officer", "--district", "–"), "expected a name such as"),
        (("--role", "chair", "--email", "cora"), "expected an address of mail"),
    ],
)
def test_what_does_not_fit_is_said_and_nobody_is_made(words, says):
    with pytest.raises(CommandError, match=says):
        call_command("appoint", "cora", "--name", "Cora", *words)
    assert not Person.objects.exists()


def test_a_password_that_is_too_short_makes_nobody(monkeypatch):
    monkeypatch.setattr(appoint.getpass, "getpass", lambda _asks: "short")
    with pytest.raises(CommandError, match="too short"):
        call_command("appoint", "cora", "--role", "chair", "--name", "Cora")
    assert not Person.objects.exists()
