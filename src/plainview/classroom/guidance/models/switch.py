"""Whether a class wants suggestions, and how much each kind of evidence counts. The newest row holds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from plainview.lobby.people.models import Class, Person


class Switch(models.Model):
    """Guidance on or off for a class, or stopped for a week. The newest row holds; with no row, it is off."""

    PRIVACY = {
        "id": _("nothing"),
        "school_class": _("which class"),
        "is_on": _("whether suggestions are made"),
        "stopped_until": _("until when they are stopped"),
        "weights": _("how much each kind of evidence counts, as the teacher set it"),
        "by": _("which teacher"),
        "at": _("when"),
    }

    school_class = models.ForeignKey(Class, on_delete=models.PROTECT, related_name="switches")
    is_on = models.BooleanField()
    stopped_until = models.DateField(null=True, blank=True)
    weights = models.JSONField(default=dict, blank=True)  # {} means core.learner's stated defaults
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school_class", "-id"], name="guidance_newest_switch")]

    def __str__(self) -> str:
        return f"{self.school_class}: {self.is_on}"
