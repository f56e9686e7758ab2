"""What the rules said, word for word as the model knew it when it spoke, and how a class answered a rule."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plainview.classroom.curriculum.models import Competency
from plainview.lobby.people.models import Class, Person, Role


class SuggestionStage(models.TextChoices):
    OPEN = "open", _("waiting for the teacher")
    DECIDED = "decided", pgettext_lazy("a suggestion", "decided")
    EXPIRED = "expired", _("expired; nothing happened")
    GONE = "gone", _("the evidence says it no longer; nothing happened")


class SuggestionQuerySet(models.QuerySet):
    def seen_by(self, person: Person | None, *, on: date) -> SuggestionQuerySet:
        """Cards are read by the adults of the class. A child and a family read what was decided."""
        return self.filter(school_class__in=Class.objects.seen_by(person, on=on))

    def waiting(self, *, on: date) -> SuggestionQuerySet:
        """What waits for a decision, groups first, then in the order they were made."""
        open_ones = self.filter(stage=SuggestionStage.OPEN, expires_on__gte=on)
        return open_ones.order_by("-is_group", "pk")


class Suggestion(models.Model):
    PRIVACY = {
        "id": _("nothing"),
        "key": _("a fingerprint of rule, children and skill, so that a card is made once"),
        "school_class": _("in which class"),
        "students": _("for which children"),
        "competency": _("about what"),
        "rule": _("which rule"),
        "rule_version": _("which version of the rule"),
        "model": _("which model and version"),
        "card": _("the suggestion as it was made, with its reasons"),
        "export": _("everything the rule saw, without names, so that anyone can compute it again"),
        "lowers_expectation": _("whether it asks less of a child for a while"),
        "is_group": _("whether it is for several children"),
        "blind_first": _("whether the teacher chooses before seeing it"),
        "stage": _("whether it is decided"),
        "made_at": _("when it was made"),
        "made_on": _("on which day it was made"),
        "expires_on": _("when it goes away by itself"),
    }

    key = models.CharField(max_length=64)  # sha256 of core's key
    school_class = models.ForeignKey(Class, on_delete=models.PROTECT, related_name="suggestions")
    students = models.ManyToManyField(Person, related_name="suggestions")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+", null=True)
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=20)
    card = models.JSONField()  # what the model knew when it spoke: a later refit must not rewrite why
    export = models.BinaryField()  # zlib of the canonical JSON; `plainview recompute` reads it
    lowers_expectation = models.BooleanField()
    is_group = models.BooleanField()
    blind_first = models.BooleanField()
    stage = models.CharField(max_length=8, choices=SuggestionStage, default=SuggestionStage.OPEN)
    made_at = models.DateTimeField()
    made_on = models.DateField()
    expires_on = models.DateField()

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "key"], condition=Q(stage="open"), name="guidance_a_card_waits_once"
            )
        ]
        indexes = [models.Index(fields=["school_class", "stage"], name="guidance_open_cards")]

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"

    def is_hidden_from(self, reader: Person) -> bool:
        """One card in ten asks each teacher first, while it is open. A specialist, who is not asked, reads
        it as soon as one teacher has said hers."""
        if not self.blind_first or self.stage != SuggestionStage.OPEN:
            return False
        said_by = {pick.by_id for pick in self.blind_picks.all()}
        return not said_by if reader.role == Role.SPECIALIST else reader.pk not in said_by


class LastLook(models.Model):
    """When the rules last looked at a class, and what they saw: the same sight is not looked at twice."""

    PRIVACY = {
        "school_class": _("which class"),
        "seen": _("a fingerprint of the day, the evidence and the settings"),
        "at": _("when"),
    }

    school_class = models.OneToOneField(Class, on_delete=models.CASCADE, related_name="+", primary_key=True)
    seen = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.school_class_id} {self.at:%Y-%m-%d}"


class BlindPick(models.Model):
    """What a teacher would do, said before seeing the suggestion (one card in ten). Hers alone to see."""

    PRIVACY = {
        "id": _("nothing"),
        "suggestion": _("which card"),
        "pick": _("what the teacher would do"),
        "by": _("which teacher"),
        "at": _("when"),
    }

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="blind_picks")
    pick = models.CharField(max_length=60)  # a choice's name, or "do" for what the rule suggests
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "by"], name="guidance_each_teacher_picks_once")
        ]

    def __str__(self) -> str:
        return self.pick


class RuleCount(models.Model):
    """How often a rule's cards were accepted in a class, and how often in three seconds. Never by whom."""

    PRIVACY = {
        "id": _("nothing"),
        "school_class": _("in which class"),
        "rule": _("which rule"),
        "rule_version": _("which version of the rule"),
        "n_decided": _("how many of its cards were decided"),
        "n_quick": _("how many of them were accepted within three seconds"),
        "suspended_at": _("since when the rule rests in this class"),
    }

    school_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    n_decided = models.PositiveIntegerField(default=0)
    n_quick = models.PositiveIntegerField(default=0)
    suspended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "rule", "rule_version"], name="guidance_one_count_a_rule"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}/{self.rule_version}: {self.n_quick} of {self.n_decided}"
