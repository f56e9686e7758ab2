"""What comes after the ratings are open: how far they agree, one change each, what the chair notes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.experts.models.panel import Round
from plainview.desk.experts.models.rating import A_LEVEL, A_QUESTION, Ballot
from plainview.desk.reviews.models import Review
from plainview.lobby.people.models import Person


class RatersAgree(models.Model):
    """How far the blind ratings of one round agree. Computed once, with its seed; never changed."""

    class Standing(models.TextChoices):
        RELY = "rely", _("may be relied on")
        TENTATIVE = "tentative", _("tentative")
        SPREAD = "spread", _("too far apart for a score")
        CANNOT_SAY = "cannot_say", _("cannot say")

    PRIVACY = {
        "id": _("nothing"),
        "round": _("nothing"),
        "standing": _("nothing"),
        "alpha": _("nothing"),
        "low": _("nothing"),
        "high": _("nothing"),
        "interval_level": _("nothing"),
        "n_raters": _("nothing"),
        "n_questions": _("nothing"),
        "reason": _("nothing"),
        "would_need": _("nothing"),
        "scores": _("nothing"),
        "check_name": _("nothing"),
        "seed": _("nothing"),
        "draws": _("nothing"),
        "at": _("nothing"),
    }

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="agreement")
    standing = models.CharField(max_length=10, choices=Standing)
    alpha = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    interval_level = models.FloatField(null=True)
    n_raters = models.PositiveSmallIntegerField()
    n_questions = models.PositiveSmallIntegerField()  # that at least one expert gave a level
    reason = models.CharField(
        max_length=300, blank=True
    )  # where it cannot be said: why (the core's own words)
    would_need = models.CharField(max_length=300, blank=True)
    scores = models.JSONField(
        default=dict
    )  # by question: the median level; empty where they are too far apart
    check_name = models.CharField(max_length=40)
    seed = models.PositiveIntegerField()
    draws = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="experts_agreement_or_a_reason",
                condition=(Q(standing="cannot_say", alpha=None) & ~Q(reason=""))
                | (~Q(standing="cannot_say") & Q(alpha__isnull=False, low__isnull=False, high__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.standing}"


class Revision(models.Model):
    """A second thought, with its reason, after an expert saw the others'. The first rating stays visible."""

    PRIVACY = {
        "id": _("nothing"),
        "ballot": _("which expert, in which round"),
        "question": _("which question"),
        "level": _("the level the expert gives now"),
        "because": _("why the expert thinks otherwise now"),
        "at": _("when"),
    }

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="revisions")
    question = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(null=True, blank=True)  # none: she would now rather not rate it
    because = models.TextField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "question"], name="experts_one_revision_a_question"),
            models.CheckConstraint(name="experts_a_revision_is_of_the_bank", condition=A_QUESTION),
            models.CheckConstraint(name="experts_a_revision_is_a_level", condition=A_LEVEL),
            models.CheckConstraint(name="experts_a_revision_has_a_reason", condition=~Q(because="")),
        ]

    def __str__(self) -> str:
        return f"{self.ballot} / {self.question}"


class Consolidated(models.Model):
    """What the chair notes after the talk: the level they settled on, or that they stay apart (no level)."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "round": _("nothing"),
        "question": _("nothing"),
        "level": _("nothing"),
        "why": _("what the chair wrote"),
        "by": _("who noted it"),
        "at": _("when"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="consolidated")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="consolidated")
    question = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(null=True, blank=True)  # none: they stay apart
    why = models.TextField(max_length=1000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "question"], name="experts_consolidated_once"),
            models.CheckConstraint(name="experts_consolidated_is_of_the_bank", condition=A_QUESTION),
            models.CheckConstraint(name="experts_consolidated_is_a_level", condition=A_LEVEL),
            models.CheckConstraint(name="experts_consolidated_has_a_reason", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.round} / {self.question}"
