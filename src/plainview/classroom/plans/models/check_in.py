"""Minutes of talk with an adult: what the class promises each child, and what was held."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.lobby.people.models import Class, Person


class MentoringPromise(models.Model):
    """Minutes with an adult that the class promises each child. It must fit into the week: see promise.py."""

    PRIVACY = {
        "id": _("nothing"),
        "school_class": _("which class"),
        "minutes": _("how long a check-in is"),
        "every_school_days": _("how often"),
        "minutes_a_day": _("what the adults have for it each day"),
        "by": _("who promised"),
        "at": _("when"),
    }

    school_class = models.ForeignKey(Class, on_delete=models.PROTECT, related_name="promises")
    minutes = models.PositiveSmallIntegerField()
    every_school_days = models.PositiveSmallIntegerField()
    minutes_a_day = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.minutes} / {self.every_school_days}"


class CheckIn(models.Model):
    """Five minutes of talk between a child and an adult: held, or asked for."""

    PRIVACY = {
        "id": _("nothing"),
        "student": _("with which child"),
        "adult": _("with which adult"),
        "due_on": _("for which day"),
        "asked_by_student": _("whether the child asked for it"),
        "asks": _("what the child wants to talk about"),
        "held_at": _("when it was held"),
        "minutes": _("how many minutes it took"),
        "note": _("what was said, in words"),
        "promise": _("what was promised for next time"),
        "client_key": _("a random number that makes a second press count once"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_ins")
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    due_on = models.DateField()
    asked_by_student = models.BooleanField(default=False)
    asks = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    promise = models.CharField(max_length=200, blank=True)
    client_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["student", "-due_on"], name="plans_check_ins_of_a_student")]
        constraints = [
            models.CheckConstraint(
                name="plans_a_held_check_in_has_an_adult_and_minutes",
                condition=Q(held_at=None) | Q(adult__isnull=False, minutes__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.due_on}"
