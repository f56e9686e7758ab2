"""One review: where it stands, every step it took, and who else may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models.products import Product
from plainview.lobby.people.models import Person, Role

if TYPE_CHECKING:
    from plainview.desk.reviews.models.plans import Plan, Run


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
    # What is known from public papers alone needs no word from the vendor: then it goes on without a notice.
    Stage.INTAKE: frozenset({Stage.NOTICED, Stage.GATHERING, Stage.DECLINED}),
    Stage.NOTICED: frozenset({Stage.GATHERING}),
    Stage.GATHERING: frozenset({Stage.PLANNED}),
    Stage.PLANNED: frozenset({Stage.CHECKED, Stage.GATHERING}),
    Stage.CHECKED: frozenset({Stage.RATING, Stage.CONCLUDED, Stage.GATHERING}),
    Stage.RATING: frozenset({Stage.CONSOLIDATING, Stage.GATHERING}),
    Stage.CONSOLIDATING: frozenset({Stage.CONCLUDED, Stage.GATHERING}),
    Stage.CONCLUDED: frozenset({Stage.PUBLISHED, Stage.GATHERING}),
    Stage.PUBLISHED: frozenset(),  # what comes after is a new review that follows this one
}


# What a vendor does not see: that somebody asked, and what was only written down.
BEFORE_THE_VENDOR_IS_TOLD = (Stage.REQUESTED, Stage.DECLINED, Stage.INTAKE)


class ReviewQuerySet(models.QuerySet):
    def seen_by(self, person: Person | None) -> ReviewQuerySet:
        """The reviews that a person may open; ``policy.check_may_see`` tells the same story."""
        if person is None:
            return self.none()
        if person.role == Role.CHAIR:
            return self
        if person.role == Role.VENDOR:
            return self.exclude(stage__in=BEFORE_THE_VENDOR_IS_TOLD).filter(
                product__vendor__seats__person=person
            )
        return self.filter(Reader.is_open(), readers__person=person)

    def newest_first(self) -> ReviewQuerySet:
        return self.select_related("product__vendor").order_by("-opened_at", "-pk")


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

    objects = ReviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.product} {self.version}".strip()

    @property
    def plan(self) -> Plan | None:
        """The newest plan: what is being written, or what was frozen."""
        return self.plans.order_by("-number").first()

    @property
    def frozen_plan(self) -> Plan | None:
        return self.plans.exclude(frozen_at=None).order_by("-number").first()

    @property
    def run(self) -> Run | None:
        """The newest run that came to its end."""
        return self.runs.filter(state="done").order_by("-pk").first()


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


class Reader(models.Model):
    """Who was let in to read one review: an expert, from the day of the invitation on. May end."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("which review a person reads"),
        "person": _("who"),
        "since": _("when it began"),
        "until": _("when it ended"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews_read")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "person"], condition=Q(until=None), name="reviews_let_in_once_at_a_time"
            )
        ]

    @staticmethod
    def is_open() -> Q:
        return Q(readers__until=None)

    def __str__(self) -> str:
        return f"{self.person} reads {self.review}"
