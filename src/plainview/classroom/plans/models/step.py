"""What a child may do, is doing or did; what is offered where options run short; its screen minutes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.classroom.curriculum.models import Activity, Competency
from plainview.classroom.evidence.models import Medium
from plainview.lobby.people.models import Class, Person


class Stage(models.TextChoices):
    OFFERED = "offered", _("to choose from")
    CHOSEN = "chosen", _("chosen")
    DONE = "done", _("done")
    SET_ASIDE = "set_aside", _("set aside")


# Going back costs nothing: a step that was set aside can be offered again, a chosen one laid back.
MAY_FOLLOW = {
    Stage.OFFERED: {Stage.CHOSEN, Stage.SET_ASIDE},
    Stage.CHOSEN: {Stage.OFFERED, Stage.DONE, Stage.SET_ASIDE},
    Stage.DONE: set(),
    Stage.SET_ASIDE: {Stage.OFFERED},
}


class DefaultOption(models.Model):
    """An activity that the teacher approved for any child of the class who runs short of options."""

    PRIVACY = {
        "id": _("nothing"),
        "school_class": _("for which class"),
        "activity": _("nothing"),
        "order": _("nothing"),
        "approved_by": _("which teacher agreed"),
        "approved_at": _("when the teacher agreed"),
    }

    school_class = models.ForeignKey(Class, on_delete=models.PROTECT, related_name="default_options")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "activity"], name="plans_a_default_stands_once")
        ]

    def __str__(self) -> str:
        return str(self.activity)


class StepQuerySet(models.QuerySet):
    def open(self) -> StepQuerySet:
        return self.filter(stage__in=(Stage.OFFERED, Stage.CHOSEN))

    def with_others(self) -> StepQuerySet:
        """Steps that bring children together; ``is_with_others`` tells the same story of one row."""
        return self.filter(Q(group__isnull=False) | Q(activity__group_min__gte=2) | ~Q(with_whom=""))


class Step(models.Model):
    """One thing a student may do, is doing or did. An *option* is a step that waits to be chosen."""

    class Origin(models.TextChoices):
        TEACHER = "teacher", _("the teacher")
        SUGGESTION = "suggestion", _("a suggestion the teacher accepted")
        STUDENT = "student", _("the child's own idea")

    PRIVACY = {
        "id": _("nothing"),
        "student": _("for whom"),
        "activity": _("which activity"),
        "title": _("what it is called, where it is the child's own idea"),
        "competency": _("what it is about"),
        "medium": _("on a screen, on paper, with things, or in talk"),
        "with_whom": _("with whom, in words"),
        "minutes": _("about how long"),
        "screen_minutes": _("how many minutes of it on a screen"),
        "on": _("for which day"),
        "stage": _("how far it is"),
        "origin": _("whose idea it was"),
        "approved_by": _("which teacher agreed"),
        "approved_at": _("when the teacher agreed"),
        "because": _("why, in words for the child"),
        "chosen_at": _("when it was chosen"),
        "ended_at": _("when it was done or set aside"),
        "group": _("the group it is done in"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="steps")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=120, blank=True)
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    medium = models.CharField(max_length=10, choices=Medium)
    with_whom = models.CharField(max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField()
    screen_minutes = models.PositiveSmallIntegerField(default=0)
    on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OFFERED)
    origin = models.CharField(max_length=12, choices=Origin)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    because = models.CharField(max_length=300, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    group = models.ForeignKey("Group", on_delete=models.PROTECT, related_name="steps", null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["student", "stage"], name="plans_steps_of_a_student")]
        constraints = [
            models.CheckConstraint(
                name="plans_a_step_has_an_activity_or_a_title",
                condition=Q(activity__isnull=False) | ~Q(title=""),
            ),
            models.CheckConstraint(
                name="plans_what_ended_has_a_time",
                condition=Q(stage__in=("done", "set_aside"), ended_at__isnull=False)
                | (~Q(stage__in=("done", "set_aside")) & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="plans_screen_minutes_fit_in_the_minutes",
                condition=Q(screen_minutes__lte=models.F("minutes")),
            ),
            models.CheckConstraint(
                name="plans_away_from_the_screen_is_no_screen_time",
                condition=Q(medium="screen") | Q(screen_minutes=0),
            ),
            models.UniqueConstraint(
                fields=["student", "activity"],
                condition=Q(stage__in=("offered", "chosen")),
                name="plans_an_activity_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.activity)

    @property
    def is_with_others(self) -> bool:
        if self.group_id or self.with_whom:
            return True
        return self.activity is not None and self.activity.group_min >= 2

    def may_become(self, stage: str) -> bool:
        return stage in MAY_FOLLOW[self.stage]


class ScreenDay(models.Model):
    """The screen minutes that one step takes of one day: planned minutes, by choosing. Nobody is watched."""

    PRIVACY = {
        "id": _("nothing"),
        "student": _("whose minutes"),
        "step": _("for which step"),
        "on": _("on which day"),
        "minutes": _("how many minutes were planned on a screen"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="screen_days", db_index=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="screen_days")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["student", "on"], name="plans_screen_of_a_day")]
        constraints = [models.UniqueConstraint(fields=["step", "on"], name="plans_a_step_counts_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.minutes}"
