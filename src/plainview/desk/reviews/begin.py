"""A review begins: somebody asked, or the desk itself decided to look.

In:   a product and its vendor, there already or new; a version; who, when, why.
Out:  a review at intake, with a product.toml that holds what is known so far.
Not here: what the vendor claims (intake).
"""

from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _

from plainview.desk.reviews import policy, sheets, stage, toml
from plainview.desk.reviews.models import Product, Review, Stage, Vendor
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

UNKNOWN_VERSION = "?"


def begin(
    *, product: Product, version: str, by: Person, at: datetime, why: str, follows: Review | None = None
) -> Review:
    """A new review of a product. ``follows`` is the published one that it looks at again."""
    policy.check_leads_reviews(by)
    with durable():
        review = Review.objects.create(
            product=product,
            version=version,
            opened_at=at,
            follows=follows,
            because=why[:200] if follows else "",
        )
        sheets.keep(review, sheets.PRODUCT, _first_words(product, version))
        deed("reviews.begun", by=by.pk, at=at, thing=review.pk)
        stage.move(review, to=Stage.INTAKE, by=by, at=at, why=why)
    return review


def _first_words(product: Product, version: str) -> str:
    said = {"name": product.name, "vendor": product.vendor.name, "version": version or UNKNOWN_VERSION}
    return toml.written(said | ({"about": product.one_line} if product.one_line else {}))


def product_of(*, name: str, vendor: str, homepage: str = "") -> Product:
    """The product of that name by that vendor: the one that is there, or a new one."""
    maker = _vendor(vendor)
    there = Product.objects.filter(vendor=maker, name__iexact=name).first()
    return there or Product.objects.create(
        vendor=maker, name=name, homepage=homepage, slug=_free(Product, f"{name}")
    )


def _vendor(name: str) -> Vendor:
    return Vendor.objects.filter(name__iexact=name).first() or Vendor.objects.create(
        name=name, slug=_free(Vendor, name)
    )


def _free(of: type[Product] | type[Vendor], name: str) -> str:
    """An address that nobody has: the name in small letters, with a number where it is taken."""
    plain = slugify(name)[:50].strip("-")
    if not plain:
        plain = of.__name__.lower()
    taken = set(of.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    return next(slug for slug in [plain, *(f"{plain}-{n}" for n in range(2, 10_000))] if slug not in taken)


def decline(review: Review, *, by: Person, at: datetime, why: str) -> None:
    """A review that was begun is not taken further. The reason is kept."""
    policy.check_leads_reviews(by)
    if not why.strip():
        raise Denied(_("Say why: whoever asked will want to know."))
    stage.move(review, to=Stage.DECLINED, by=by, at=at, why=why)
