"""Who works with whom for a while, and who does not."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.classroom.curriculum.models import Activity, Competency
from plainview.lobby.people.models import Class, Person


class GroupQuerySet(models.QuerySet):
    def current(self, on: date) -> GroupQuerySet:
        return self.filter(ended_at=None, begins_on__lte=on, ends_on__gte=on)


class Group(models.Model):
    """Children who work together for a while. Made by a person, ends by itself."""

    class Purpose(models.TextChoices):
        RETEACH = "reteach", _("look again together")
        PRACTISE = "practise", _("practise together")
        PROJECT = "project", _("a project")
        MIX = "mix", _("mixed on purpose")

    PRIVACY = {
        "id": _("nothing"),
        "school_class": _("in which class"),
        "title": _("what the group is called"),
        "purpose": _("what it is for"),
        "competency": _("what it is about"),
        "members": _("who is in it"),
        "begins_on": _("since when"),
        "ends_on": _("until when"),
        "made_by": _("who made it"),
        "made_at": _("when"),
        "ended_at": _("when it was ended before its time"),
    }

    school_class = models.ForeignKey(Class, on_delete=models.PROTECT, related_name="groups")
    title = models.CharField(max_length=80)
    purpose = models.CharField(max_length=10, choices=Purpose)
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    members = models.ManyToManyField(Person, related_name="groups")
    begins_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plans_a_group_ends_after_it_begins", condition=Q(ends_on__gte=models.F("begins_on"))
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def named_after(self) -> Activity | None:
        """What they do together, where the group bears its name."""
        done = (step.activity for step in self.steps.all() if step.activity)
        return next((one for one in done if one.title.startswith(self.title)), None)


class KeepApart(models.Model):
    """Two children whom the teacher does not want in one group. No reason is asked for or kept."""

    PRIVACY = {"id": _("nothing"), "one": _("a child"), "other": _("a child"), "by": _("which teacher")}

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="plans_apart_once"),
            # One row a pair: whoever has the smaller number stands first.
            models.CheckConstraint(name="plans_apart_in_one_order", condition=Q(one__lt=models.F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"
