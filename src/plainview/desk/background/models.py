"""Organisations, what they gave each other, what ties them to a vendor or to this desk, who declared what.

A person is never a row here: a grant to a person is counted and left out, a declaration names an office.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models import Product, Review, Vendor
from plainview.lobby.people.models import Person

NOTHING = _("nothing")


class Body(models.Model):
    """An organisation that gives, receives, offers a product, or runs this desk."""

    PRIVACY = {"id": NOTHING, "key": NOTHING, "name": NOTHING, "ein": NOTHING}

    # What two documents are matched by: the tax number where there is one, else the name in small letters.
    key = models.CharField(max_length=220, unique=True)
    name = models.CharField(max_length=200)
    ein = models.CharField(max_length=9, blank=True)

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """A document that somebody published, and that a person of this desk took in."""

    class Kind(models.TextChoices):
        IRS = "irs", _("tax return (IRS form 990)")
        TABLE = "table", _("table")

    PRIVACY = {
        "id": NOTHING,
        "kind": NOTHING,
        "name": NOTHING,
        "address": NOTHING,
        "sha256": NOTHING,
        "of": NOTHING,
        "n_left_out": NOTHING,
        "taken_in_by": _("who took a document in"),
        "taken_in_at": _("when"),
        "replaced_by": NOTHING,
    }

    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=160)  # the file's, as it was handed over
    address = models.URLField(blank=True, max_length=400)  # where it can be read; never fetched by us
    sha256 = models.CharField(max_length=64, unique=True)
    of = models.CharField(max_length=40, blank=True)  # "123456789 2023-12-31": one return a filer and period
    n_left_out = models.PositiveIntegerField(default=0)  # grants to persons, or without an amount
    taken_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_in_at = models.DateTimeField()
    # An amended return of the same period takes the place of the first: its grants would be counted twice.
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of"],
                condition=Q(replaced_by=None) & ~Q(of=""),
                name="background_one_return_a_filer_and_period",
            )
        ]

    def __str__(self) -> str:
        return self.name


class GrantQuerySet(models.QuerySet):
    def that_hold(self) -> GrantQuerySet:
        """Without those of a return that was amended."""
        return self.filter(source__replaced_by=None)


class Grant(models.Model):
    """Money, or what was given in its place, from one organisation to another in one year."""

    PRIVACY = {
        "id": NOTHING,
        "source": NOTHING,
        "place": NOTHING,
        "giver": NOTHING,
        "receiver": NOTHING,
        "year": NOTHING,
        "cash": NOTHING,
        "in_kind": NOTHING,
        "currency": NOTHING,
        "purpose": NOTHING,
    }

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="grants")
    place = models.PositiveIntegerField()  # which line of a table, which row of a return
    giver = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="given")
    receiver = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="received")
    year = models.PositiveSmallIntegerField()
    cash = models.DecimalField(max_digits=15, decimal_places=2)
    in_kind = models.DecimalField(max_digits=15, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, default="USD")
    purpose = models.CharField(max_length=300, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["receiver", "year"], name="background_received_in")]
        constraints = [
            models.CheckConstraint(
                name="background_a_grant_is_not_negative", condition=Q(cash__gte=0, in_kind__gte=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} / {self.receiver} {self.year}"

    @property
    def amount(self):
        return self.cash + self.in_kind


class Tie(models.Model):
    """What ties an organisation to a vendor here, or to this desk."""

    class Kind(models.TextChoices):
        IS_VENDOR = "is_vendor", _("offers products reviewed here")
        OWNS_VENDOR = "owns_vendor", _("owns a vendor of products reviewed here")
        EXPERTS_WORK_THERE = "experts", _("experts of this desk work there")
        RUNS_THE_DESK = "desk", _("runs this desk, or pays for it")

    OF_A_VENDOR = (Kind.IS_VENDOR, Kind.OWNS_VENDOR)
    PRIVACY = {
        "id": NOTHING,
        "body": NOTHING,
        "kind": NOTHING,
        "vendor": NOTHING,
        "says_so": NOTHING,
        "by": _("who wrote a tie down"),
        "at": _("when"),
    }

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=12, choices=Kind)
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, null=True, related_name="ties")
    says_so = models.CharField(max_length=300)  # a document or an address: no tie without a source
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "vendor"], name="background_one_tie_a_kind"),
            models.CheckConstraint(
                name="background_a_vendor_is_named_where_one_is_meant",
                condition=Q(kind__in=["is_vendor", "owns_vendor"], vendor__isnull=False)
                | Q(kind__in=["experts", "desk"], vendor=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.kind}"


class Payer(models.Model):
    """Who pays for a product: families, districts, a foundation, advertisers."""

    PRIVACY = {
        "id": NOTHING,
        "product": NOTHING,
        "words": NOTHING,
        "words_es": NOTHING,
        "says_so": NOTHING,
        "by": _("who wrote it down"),
        "at": _("when"),
    }

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="payers")
    words = models.CharField(max_length=200)
    words_es = models.CharField(max_length=200, blank=True)
    says_so = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words


class Declaration(models.Model):
    """What an office of this desk says of its own interests. Published with its office, never with a name.

    Experts declare in their own room, before they see anything of a review.
    """

    class Office(models.TextChoices):
        DESK = "desk", _("this desk")
        CHAIR = "chair", _("chair of the review")
        STEWARD = "steward", _("steward of stories")

    PRIVACY = {
        "id": NOTHING,
        "review": NOTHING,
        "office": _("as what a person declares"),
        "has_none": _("that a person has no interest in a product"),
        "words": _("which interest a person has"),
        "words_es": _("which interest a person has"),
        "by": _("who declares"),
        "at": _("when"),
        "taken_back_at": _("when a declaration was replaced"),
    }

    # Nothing here: it holds for every review of this desk.
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="declarations")
    office = models.CharField(max_length=8, choices=Office)
    has_none = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    words_es = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="background_an_interest_has_words", condition=Q(has_none=True) | ~Q(words="")
            ),
            models.UniqueConstraint(
                fields=["review", "office", "by"],
                condition=Q(taken_back_at=None),
                name="background_one_declaration_a_review",
            ),
            models.UniqueConstraint(
                fields=["office", "by"],
                condition=Q(taken_back_at=None, review=None),
                name="background_one_declaration_for_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}: {self.words or '-'}"
