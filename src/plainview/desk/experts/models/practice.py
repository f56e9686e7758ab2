"""Practice on made-up products whose levels are known: how near an expert comes to the key."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.experts.models.rating import A_LEVEL, A_QUESTION
from plainview.lobby.people.models import Person


class Practice(models.Model):
    """One time of practice. The coefficient comes a little later, from the house's own worker."""

    PRIVACY = {
        "id": _("nothing"),
        "expert": _("who practised"),
        "key": _("nothing"),
        "begun_at": _("when the expert began"),
        "finished_at": _("when the expert finished"),
        "n_rated": _("how many levels the expert gave"),
        "n_exact": _("how many were the key's"),
        "n_within_one": _("how many were the key's, or next to it"),
        "kappa": _("how far the expert and the key agree beyond chance"),
        "kappa_low": _("the lower end of its range"),
        "kappa_high": _("the upper end of its range"),
        "kappa_why_not": _("why it cannot be said"),
    }

    expert = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="practices")
    key = models.CharField(
        max_length=20
    )  # which version of the made-up products: a new one asks for new practice
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    n_rated = models.PositiveSmallIntegerField(null=True, blank=True)
    n_exact = models.PositiveSmallIntegerField(null=True, blank=True)
    n_within_one = models.PositiveSmallIntegerField(null=True, blank=True)
    kappa = models.FloatField(null=True, blank=True)
    kappa_low = models.FloatField(null=True, blank=True)
    kappa_high = models.FloatField(null=True, blank=True)
    kappa_why_not = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expert"], condition=Q(finished_at=None), name="experts_one_practice_at_a_time"
            ),
            models.CheckConstraint(
                name="experts_a_finished_practice_is_counted",
                condition=Q(finished_at=None, n_rated=None, n_exact=None, n_within_one=None)
                | Q(finished_at__isnull=False, n_rated__gte=1, n_exact__gte=0, n_within_one__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} / {self.begun_at:%Y-%m-%d}"

    @property
    def within_one_share(self) -> float:
        return self.n_within_one / self.n_rated

    @property
    def exact_share(self) -> float:
        return self.n_exact / self.n_rated


class PracticeRating(models.Model):
    """What an expert says of one made-up product to one question."""

    PRIVACY = {
        "id": _("nothing"),
        "practice": _("whose practice"),
        "product": _("nothing"),
        "question": _("which question"),
        "level": _("the level the expert gave"),
        "note": _("what the expert wrote beside it"),
    }

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="ratings")
    product = models.SlugField(max_length=40)
    question = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "product", "question"], name="experts_one_practice_rating_a_question"
            ),
            models.CheckConstraint(name="experts_practice_is_of_the_bank", condition=A_QUESTION),
            models.CheckConstraint(name="experts_practice_is_a_level", condition=A_LEVEL),
        ]

    def __str__(self) -> str:
        return f"{self.practice} / {self.product} / {self.question}"
