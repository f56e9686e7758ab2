"""What a child says: a goal, an idea, "I don't agree". The words stay as they are."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence.models import Medium
from plainview.classroom.plans.models.step import Step
from plainview.lobby.people.models import Person


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
