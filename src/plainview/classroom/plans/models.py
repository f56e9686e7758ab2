"""What a student is going to do, with whom, and who talks with her. Works without any model.

Nothing a child sees here exists without a teacher's decision or the child's own choice: the database says so.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.classroom.curriculum.models import Activity, Competency
from plainview.classroom.evidence.models import Medium
from plainview.lobby.people.models import Class, Person


class Goal(models.Model):
    """What a child wants, in the child's own words. The newest holds."""

    PRIVACY = {
        "id": _("nothing"),
        "student": _("whose goal"),
        "words": _("the goal, in the child's words"),
        "by": _("who wrote it down"),
        "at": _("when"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="goals")
    words = models.CharField(max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words


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


class Proposal(models.Model):
    """A child's own idea of what to do; the teacher answers."""

    class Answer(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        YES = "yes", _("yes")
        LATER = "later", _("later")
        NO = "no", _("not this time")

    PRIVACY = {
        "id": _("nothing"),
        "student": _("whose idea"),
        "words": _("the idea, in the child's words"),
        "medium": _("on a screen, on paper, with things, or in talk"),
        "at": _("when"),
        "answer": _("what the teacher answered"),
        "answer_words": _("the teacher's words"),
        "answered_by": _("which teacher"),
        "answered_at": _("when it was answered"),
        "step": _("the step that came of it"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposals")
    words = models.CharField(max_length=300)
    medium = models.CharField(max_length=10, choices=Medium, default=Medium.HANDS_ON)
    at = models.DateTimeField()
    answer = models.CharField(max_length=6, choices=Answer, default=Answer.OPEN)
    answer_words = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plans_an_answer_has_a_person_and_a_time",
                condition=Q(answer="open", answered_by=None, answered_at=None)
                | (~Q(answer="open") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.words


class Contest(models.Model):
    """A child's "I don't agree" or "I can show you": three steps, a clock, and the child's words stay."""

    class Stage(models.TextChoices):
        SAID = "said", _("said")
        TALKED = "talked", _("talked about")
        SETTLED = "settled", _("settled")

    class Wish(models.TextChoices):
        DISAGREE = "disagree", _("I don't agree")
        SHOW = "show", _("I can show you")

    PRIVACY = {
        "id": _("nothing"),
        "student": _("who says so"),
        "competency": _("about what"),
        "wish": _("what the child wants"),
        "words": _("the child's words; they stay"),
        "at": _("when"),
        "due_on": _("by when the teacher answers"),
        "stage": _("how far it is"),
        "reply": _("the teacher's words"),
        "replied_by": _("which teacher"),
        "replied_at": _("when the teacher answered"),
        "settled_words": _("what both agreed on, or that they did not"),
        "settled_at": _("when it was settled"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contests")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    wish = models.CharField(max_length=10, choices=Wish)
    words = models.CharField(max_length=300)
    at = models.DateTimeField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.SAID)
    reply = models.CharField(max_length=300, blank=True)
    replied_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    settled_words = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plans_what_was_talked_about_has_a_reply",
                condition=Q(stage="said", reply="", replied_by=None, replied_at=None)
                | (~Q(stage="said") & ~Q(reply="") & Q(replied_by__isnull=False, replied_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="plans_what_is_settled_says_how",
                condition=Q(stage="settled", settled_at__isnull=False) & ~Q(settled_words="")
                | (~Q(stage="settled") & Q(settled_at=None, settled_words="")),
            ),
        ]

    def __str__(self) -> str:
        return self.words
