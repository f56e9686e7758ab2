"""A district, who keeps its register, what it uses, and who is written to.

A product is its name and, where we know it, its slug: a district uses much that nobody here ever reviewed,
and its list outlives every row of ours. Children are numbers.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from plainview.lobby.people.models import Person

NOTHING = _("nothing")


class District(models.Model):
    """A district, a school, or whoever else keeps a list of what it uses."""

    PRIVACY = {"id": NOTHING, "slug": NOTHING, "name": NOTHING}

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Which district an officer keeps the register of."""

    PRIVACY = {"id": NOTHING, "district": _("which district a person works for"), "person": _("who")}

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="seats")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="district_seat")

    def __str__(self) -> str:
        return f"{self.person} / {self.district}"


class ContractQuerySet(models.QuerySet):
    def with_totals(self) -> ContractQuerySet:
        """With the children and the child-minutes a week of all its uses."""
        return self.annotate(
            children=Sum("uses__n_children", default=0),
            child_minutes=Sum(F("uses__n_children") * F("uses__minutes_a_week"), default=0),
        )

    def in_force(self, on: date) -> ContractQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on))


class Contract(models.Model):
    """One product that a district uses, on which terms. Without an end, it goes on."""

    PRIVACY = {
        "id": NOTHING,
        "district": NOTHING,
        "product": NOTHING,
        "key": NOTHING,
        "name": NOTHING,
        "vendor": NOTHING,
        "starts_on": NOTHING,
        "ends_on": NOTHING,
        "notice_days": NOTHING,
        "cost": NOTHING,
        "currency": NOTHING,
        "who_pays": NOTHING,
        "asked_for_review_at": NOTHING,
    }

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="contracts")
    product = models.SlugField(max_length=60, blank=True)  # the slug of its page, once somebody said which
    key = models.CharField(max_length=140)  # name in small letters and first day: a table finds it by this
    name = models.CharField(max_length=120)
    vendor = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)  # a year
    currency = models.CharField(max_length=3, default="USD")
    who_pays = models.CharField(max_length=200, blank=True)
    asked_for_review_at = models.DateTimeField(null=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "key"], name="register_one_contract_a_product_and_start"
            ),
            models.CheckConstraint(
                name="register_a_contract_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def say_so_by(self) -> date | None:
        """The last day to give notice, or the contract's end where none is asked for."""
        return self.ends_on - timedelta(days=self.notice_days or 0) if self.ends_on else None


class Use(models.Model):
    """How many children of a grade of a school use it, and how long a week."""

    PRIVACY = {
        "id": NOTHING,
        "contract": NOTHING,
        "school": NOTHING,
        "grade": NOTHING,
        "n_children": _("how many children of a grade use a product; no child by name"),
        "minutes_a_week": _("how many minutes of screen a week each of them was given"),
    }

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="uses")
    school = models.CharField(max_length=120, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    n_children = models.PositiveIntegerField()
    minutes_a_week = models.PositiveIntegerField(default=0)  # of each child

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "school", "grade"], name="register_one_use_a_school_and_grade"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.school} {self.grade}".strip()


class Subscriber(models.Model):
    """An address that asked to be written to about what its district uses. Whether it reads is not known."""

    PRIVACY = {
        "id": NOTHING,
        "district": NOTHING,
        "address": _("where a person asked to be written to"),
        "language": _("in which language"),
        "site": NOTHING,
        "asked_by": _("who of the district asked for it"),
        "asked_at": _("when"),
        "confirmed_at": _("when the address said yes"),
        "told_until": _("until when it has been told the news"),
    }

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="subscribers")
    address = models.EmailField()
    language = models.CharField(max_length=12, default="en")
    site = models.URLField(max_length=200)  # this desk's own address as it was asked: a worker has no request
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "address"], name="register_one_subscription_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.district}: {self.pk}"


class Secret(models.Model):
    """What opens a district's own feed, or its interface for programs. Only its fingerprint is kept."""

    class Opens(models.TextChoices):
        FEED = "feed", _("the feed")
        API = "api", _("the interface for programs")

    PRIVACY = {
        "id": NOTHING,
        "district": NOTHING,
        "opens": NOTHING,
        "sha256": NOTHING,
        "made_by": _("who made it"),
        "made_at": _("when"),
    }

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="secrets")
    opens = models.CharField(max_length=4, choices=Opens)
    sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "opens"], name="register_one_secret_a_door")
        ]

    def __str__(self) -> str:
        return f"{self.district}: {self.opens}"
