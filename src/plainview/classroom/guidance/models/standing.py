"""What a teacher said once for a while; what someone who serves a child said for her."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.classroom.curriculum.models import Competency
from plainview.lobby.people.models import Class, Person, Role


class StandingDecision(models.Model):
    """'Always' or 'never like this', with an end. Always: harmless acts only. Never: a filter, or a veto."""

    class Way(models.TextChoices):
        ALWAYS = "always", _("always do this")
        NEVER = "never", _("never suggest this")

    PRIVACY = {
        "id": _("nothing"),
        "school_class": _("in which class"),
        "rule": _("which rule"),
        "rule_version": _("which version of the rule"),
        "competency": _("about what; all where empty"),
        "student": _("for which child; all where empty"),
        "way": _("always or never"),
        "words": _("why, in words"),
        "ends_on": _("until when; one term at most"),
        "by": _("who set it"),
        "acting_role": _("as what"),
        "at": _("when"),
        "ended_by": _("who took it back"),
        "ended_at": _("when it was taken back"),
    }

    school_class = models.ForeignKey(Class, on_delete=models.PROTECT, related_name="standing_decisions")
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    way = models.CharField(max_length=6, choices=Way)
    words = models.CharField(max_length=300, blank=True)
    ends_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting_role = models.CharField(max_length=12)
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="guidance_only_a_teacher_says_always",
                condition=~Q(way="always") | Q(acting_role="teacher"),
            ),
            models.CheckConstraint(
                name="guidance_a_veto_is_for_one_child_and_has_words",
                condition=Q(acting_role="teacher") | (Q(student__isnull=False) & ~Q(words="")),
            ),
            models.CheckConstraint(
                name="guidance_an_end_has_a_person_and_a_time",
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way}: {self.rule}"

    @property
    def is_veto(self) -> bool:
        """Said by someone who serves the child and does not decide. It binds; see policy."""
        return self.way == self.Way.NEVER and self.acting_role != Role.TEACHER
