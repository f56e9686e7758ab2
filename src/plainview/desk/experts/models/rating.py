"""One expert's ballot of one round, and what stands on it. Once handed in, the database refuses a change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.core.dossier.bank import FIRST, HIGHEST, LAST, LOWEST
from plainview.desk.experts.models.panel import Invitation, Round

A_QUESTION = Q(question__gte=FIRST, question__lte=LAST)
A_LEVEL = Q(level=None) | Q(level__gte=LOWEST, level__lte=HIGHEST)


class Ballot(models.Model):
    """All that one expert says in one round: a draft of hers, until she hands it in."""

    PRIVACY = {
        "id": _("nothing"),
        "round": _("which round of which review"),
        "invitation": _("which expert"),
        "begun_at": _("when the expert began"),
        "handed_in_at": _("when the expert handed it in"),
    }

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ballots")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="ballots")
    begun_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "invitation"], name="experts_one_ballot_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round} / {self.invitation.letter}"


class Rating(models.Model):
    """What one expert says to one question: a level, or why she cannot rate it."""

    PRIVACY = {
        "id": _("nothing"),
        "ballot": _("which expert, in which round"),
        "question": _("which question"),
        "level": _("the level the expert gave"),
        "cannot_because": _("why the expert cannot rate it"),
        "note": _("what the expert saw, in her own words"),
        "at": _("when it was last changed"),
    }

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="ratings")
    question = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    cannot_because = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "question"], name="experts_one_rating_a_question"),
            models.CheckConstraint(name="experts_a_rating_is_of_the_bank", condition=A_QUESTION),
            models.CheckConstraint(name="experts_a_rating_is_a_level", condition=A_LEVEL),
            models.CheckConstraint(
                name="experts_a_level_or_a_reason", condition=Q(level=None) | Q(cannot_because="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot} / {self.question}"

    @property
    def is_settled(self) -> bool:
        """A note alone is a draft: it settles nothing."""
        return self.level is not None or self.cannot_because != ""
