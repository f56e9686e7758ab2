"""What the evidence says of a child. Derived: it can be deleted and built again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.classroom.curriculum.models import Competency
from plainview.lobby.people.models import Person


class Estimate(models.Model):
    """What the evidence says of one child and one competency. Derived; deletable; never a grade."""

    PRIVACY = {
        "id": _("nothing"),
        "student": _("about whom"),
        "competency": _("about what"),
        "p_known": _("how likely it is that the child can do this, 0 to 1"),
        "low": _("the low end of the range"),
        "high": _("the high end of the range"),
        "enough": _("whether there is enough to say anything"),
        "state": _("the same in a word, from the evidence as it is now"),
        "earned": _("the furthest word ever reached; it is not taken back"),
        "n_pieces": _("how many pieces of evidence"),
        "n_days": _("on how many days"),
        "kinds": _("which kinds of evidence"),
        "newest_on": _("the day of the newest piece"),
        "model": _("which model and version"),
    }

    student = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="estimates", db_index=False
    )  # two indexes below begin with the student
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="+")
    p_known = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    enough = models.BooleanField()
    state = models.CharField(max_length=16)  # core.learner.State
    earned = models.CharField(max_length=16)
    n_pieces = models.PositiveIntegerField()
    n_days = models.PositiveIntegerField()
    kinds = models.CharField(max_length=80)  # "answer observation", in the order of core.learner.Kind
    newest_on = models.DateField(null=True)
    model = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "competency"], name="guidance_one_estimate_each"),
            models.CheckConstraint(
                name="guidance_the_range_holds_the_estimate",
                condition=Q(low__lte=models.F("p_known"), high__gte=models.F("p_known")),
            ),
        ]
        indexes = [
            # All that the class map shows of a child, side by side: it reads nothing else of a row.
            models.Index(
                fields=["student", "competency", "state", "earned", "n_pieces", "newest_on"],
                name="guidance_what_the_map_shows",
            )
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.state}"

    @property
    def n_kinds(self) -> int:
        return len(self.kinds.split())


class Reading(models.Model):
    """How far a child's evidence has been read into estimates: one row tells whether anything is new."""

    PRIVACY = {
        "student": _("whose evidence"),
        "through": _("the number of the newest row of evidence that was read"),
        "with_digest": _("a fingerprint of the model and the weights it was read with"),
    }

    student = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="guidance_reading", primary_key=True
    )
    through = models.BigIntegerField()
    with_digest = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.student_id}: {self.through}"
