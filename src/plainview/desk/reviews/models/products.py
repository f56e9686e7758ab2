"""What is reviewed, who offers it, and who speaks for them here."""

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
