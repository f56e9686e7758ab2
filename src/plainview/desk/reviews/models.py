"""A product, its vendor, and one review of it: from a request to answers.

Numbers of a review are its own rows; what an expert thinks and what follows from it stand in the rooms above.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from plainview.lobby.people.models import Person


class Vendor(models.Model):
    """Who offers a product."""

    PRIVACY = {"id": _("nothing"), "slug": _("nothing"), "name": _("nothing"), "homepage": _("nothing")}

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    homepage = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name


class VendorSeat(models.Model):
    """Who speaks for a vendor here: sees its own products' reviews, hands over exhibits, replies."""

    PRIVACY = {"id": _("nothing"), "vendor": _("which vendor a person speaks for"), "person": _("who")}

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="seats")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="vendor_seat")

    def __str__(self) -> str:
        return f"{self.person} / {self.vendor}"


class Product(models.Model):
    """What is reviewed. A new version is a new review of the same product."""

    PRIVACY = {
        "id": _("nothing"),
        "slug": _("nothing"),
        "vendor": _("nothing"),
        "name": _("nothing"),
        "homepage": _("nothing"),
        "one_line": _("nothing"),
        "is_ours": _("nothing"),
    }

    slug = models.SlugField(max_length=60, unique=True)
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=120)
    homepage = models.URLField(blank=True)
    one_line = models.CharField(
        max_length=200, blank=True
    )  # what it is, in plain words; not an advertisement
    is_ours = models.BooleanField(default=False)  # made by whoever runs this desk: said on every page of it

    def __str__(self) -> str:
        return self.name


class Stage(models.TextChoices):
    """Where a review stands."""

    REQUESTED = "requested", _("asked for")
    DECLINED = "declined", _("not taken up")
    INTAKE = "intake", _("product, vendor and claims are written down")
    NOTICED = "noticed", _("the vendor has been told, and a clock runs")
    GATHERING = "gathering", _("collecting exhibits")
    PLANNED = "planned", _("the test plan is frozen")
    CHECKED = "checked", _("the checks have run")
    RATING = "rating", _("experts rate, each alone")
    CONSOLIDATING = "consolidating", _("the experts see each other’s ratings")
    CONCLUDED = "concluded", _("the verdict is in")
    PUBLISHED = "published", _("published")


# What may follow. Going back is a step like any other: it has a person, a time and a reason.
MAY_FOLLOW: dict[Stage, frozenset[Stage]] = {
    Stage.REQUESTED: frozenset({Stage.INTAKE, Stage.DECLINED}),
    Stage.DECLINED: frozenset({Stage.INTAKE}),
    Stage.INTAKE: frozenset({Stage.NOTICED, Stage.DECLINED}),
    Stage.NOTICED: frozenset({Stage.GATHERING}),
    Stage.GATHERING: frozenset({Stage.PLANNED}),
    Stage.PLANNED: frozenset({Stage.CHECKED}),
    Stage.CHECKED: frozenset({Stage.RATING, Stage.CONCLUDED, Stage.GATHERING}),
    Stage.RATING: frozenset({Stage.CONSOLIDATING, Stage.GATHERING}),
    Stage.CONSOLIDATING: frozenset({Stage.CONCLUDED, Stage.GATHERING}),
    Stage.CONCLUDED: frozenset({Stage.PUBLISHED, Stage.GATHERING}),
    Stage.PUBLISHED: frozenset(),  # what comes after is a new review that follows this one
}


class Review(models.Model):
    """One version of one product, under review."""

    PRIVACY = {
        "id": _("nothing"),
        "product": _("nothing"),
        "version": _("nothing"),
        "stage": _("nothing"),
        "opened_at": _("nothing"),
        "follows": _("nothing"),
        "because": _("nothing"),
    }

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="reviews")
    version = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=14, choices=Stage, default=Stage.REQUESTED)
    opened_at = models.DateTimeField()
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    because = models.CharField(max_length=200, blank=True)  # why it was opened again: version, policy, owner

    def __str__(self) -> str:
        return f"{self.product} {self.version}".strip()


class Move(models.Model):
    """A step of a review: who took it, when and why. Added to, never changed."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "from_stage": _("nothing"),
        "to_stage": _("nothing"),
        "by": _("who moved a review on"),
        "at": _("when"),
        "why": _("the reason that was given"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="moves")
    from_stage = models.CharField(max_length=14, choices=Stage)
    to_stage = models.CharField(max_length=14, choices=Stage)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # null: the clock
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.review}: {self.from_stage} to {self.to_stage}"
