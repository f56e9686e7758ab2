"""What somebody asked us to look at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models.stages import Review
from plainview.lobby.people.models import Person


class Request(models.Model):
    """A product that somebody would like to know more about. It needs no account and no name."""

    class Asker(models.TextChoices):
        FAMILY = "family", _("a family")
        STUDENT = "student", _("a student")
        TEACHER = "teacher", _("a teacher or another adult of a school")
        DISTRICT = "district", _("a district or a school board")
        OTHER = "other", _("someone else")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        TAKEN_UP = "taken_up", _("taken up")
        DECLINED = "declined", _("not taken up")

    PRIVACY = {
        "id": _("nothing"),
        "product_name": _("nothing"),
        "vendor_name": _("nothing"),
        "asker": _("what kind of person asked, if they said so"),
        "wants": _("what they would like to know, in their words"),
        "address": _("where to send the answer, if they gave one; dropped once it is sent"),
        "language": _("in which language to answer"),
        "digest": _("a fingerprint of the words, so that they are not kept twice; it cannot be read back"),
        "asked_at": _("when it was asked"),
        "state": _("nothing"),
        "review": _("nothing"),
        "settled_by": _("who of the desk took it up or declined it"),
        "settled_at": _("when"),
        "settled_why": _("the reason that was given"),
        "answered_at": _("when the answer was sent"),
    }

    product_name = models.CharField(max_length=120)
    vendor_name = models.CharField(max_length=120, blank=True)
    asker = models.CharField(max_length=10, choices=Asker, default=Asker.OTHER)
    wants = models.TextField()
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=12, default="en")
    digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="requests")
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_why = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reviews_a_settled_request_has_a_person_and_a_time",
                condition=Q(state="waiting", settled_by=None, settled_at=None)
                | (~Q(state="waiting") & Q(settled_by__isnull=False, settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="reviews_declining_a_request_has_a_reason",
                condition=~Q(state="declined") | ~Q(settled_why=""),
            ),
            models.CheckConstraint(
                name="reviews_a_request_taken_up_has_a_review",
                condition=~Q(state="taken_up") | Q(review__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_an_address_is_dropped_once_answered",
                condition=Q(answered_at=None) | Q(address=""),
            ),
        ]

    def __str__(self) -> str:
        return self.product_name
