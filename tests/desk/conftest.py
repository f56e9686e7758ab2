"""The same people in every test of the desk.

Cora leads reviews. Ed, Flo and Gus are experts. Sten looks after stories. Olu is a district's officer.
Vic speaks for Acme, which offers Fractal; Val speaks for another vendor.
"""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from plainview.desk.reviews.models import Product, Review, Vendor, VendorSeat
from plainview.lobby.people.models import Person, Role

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
ROLES = {
    "cora": Role.CHAIR,
    "ed": Role.EXPERT,
    "flo": Role.EXPERT,
    "gus": Role.EXPERT,
    "sten": Role.STEWARD,
    "olu": Role.OFFICER,
    "vic": Role.VENDOR,
    "val": Role.VENDOR,
}


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def desk(db) -> SimpleNamespace:
    """The people by name, Acme with its product Fractal, and a review of it that has just been asked for."""
    people = {
        name: Person.objects.create_user(
            name, "a long password", identifier=name, given_name=name.title(), role=role
        )
        for name, role in ROLES.items()
    }
    acme = Vendor.objects.create(slug="acme", name="Acme", homepage="https://acme.example")
    other = Vendor.objects.create(slug="other", name="Other", homepage="https://other.example")
    VendorSeat.objects.create(vendor=acme, person=people["vic"])
    VendorSeat.objects.create(vendor=other, person=people["val"])
    fractal = Product.objects.create(
        slug="fractal", vendor=acme, name="Fractal", one_line="Practice in fractions."
    )
    review = Review.objects.create(product=fractal, version="2.1", opened_at=NOW)
    return SimpleNamespace(**people, acme=acme, other=other, fractal=fractal, review=review)
