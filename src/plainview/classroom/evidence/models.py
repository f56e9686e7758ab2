"""What a student showed. Added to, never changed: a correction is a new row that supersedes the old one.

An answer, an observation, a piece of work, talk, a rubric rating and a self-assessment are equal in
standing: one table, one shape. None of them has a clock of milliseconds: speed is not evidence here.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from plainview.classroom.curriculum.models import Competency, Item
from plainview.lobby.people.models import Class, Person, Role


class Work(models.Model):
    """A photographed or uploaded piece of work, re-encoded and stripped of what a camera adds."""

    PRIVACY = {
        "id": _("a number for the piece"),
        "student": _("whose work"),
        "title": _("what it is called"),
        "image": _("a picture of the work"),
        "digest": _("a fingerprint of the picture"),
        "made_on": _("when the child made it"),
        "by": _("who put it here"),
        "at": _("when it was put here"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="works")
    title = models.CharField(max_length=120)
    image = models.CharField(
        max_length=120, blank=True
    )  # a path inside the private folder, "" for work on paper only
    digest = models.CharField(max_length=64, blank=True)
    made_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title

    @property
    def named_after(self) -> Competency | None:
        """The skill whose name it bears, where nobody gave it one of its own."""
        about = (row.competency for row in self.evidence.all() if row.competency)
        return next((one for one in about if str(one) == self.title), None)


class Kind(models.TextChoices):
    ANSWER = "answer", _("answer")
    OBSERVATION = "observation", _("observation")
    WORK = "work", _("piece of work")
    TALK = "talk", _("talk")
    RUBRIC = "rubric", _("rubric rating")
    SELF_ASSESSMENT = "self_assessment", _("self-assessment")


class Helped(models.TextChoices):
    NONE = "none", _("on her or his own")
    PEER = "peer", _("with another child")
    ADULT = "adult", _("with an adult")
    TOOL = "tool", _("with a tool")


class Medium(models.TextChoices):
    SCREEN = "screen", _("on a screen")
    PAPER = "paper", _("on paper")
    HANDS_ON = "hands_on", _("with things")
    TALK = "talk", _("in talk")


class AssignedBy(models.TextChoices):
    """The learning log's words for who chose what a student worked on."""

    ALGORITHM = "algorithm", _("a program")
    TEACHER = "teacher", _("the teacher")
    STUDENT = "student", _("the child")
    FIXED = "fixed", _("the plan for everyone")
    UNKNOWN = "unknown", _("not known")


class EvidenceQuerySet(models.QuerySet):
    def seen_by(self, person: Person | None, *, on: date) -> EvidenceQuerySet:
        """The rows that ``person`` may read; ``policy.check_may_see`` tells the same story."""
        return self.filter(student__in=Person.objects.seen_by(person, on=on))

    def correctable_by(self, person: Person | None, *, on: date) -> EvidenceQuerySet:
        """The rows that ``person`` may correct; ``policy.check_may_correct`` tells the same story."""
        seen = self.seen_by(person, on=on)
        match person.role if person else None:
            case Role.TEACHER:
                taught = Class.objects.taught_by(person, on=on)
                return seen.filter(Q(student__in=Person.objects.in_classes(taught, on=on)) | Q(by=person))
            case Role.SPECIALIST:
                return seen.filter(by=person)
            case Role.STUDENT:
                return seen.filter(by=person, kind=Kind.SELF_ASSESSMENT)
        return self.none()

    def current(self) -> EvidenceQuerySet:
        """What holds: rows that no later row supersedes, corrections that withdraw left out."""
        later = Evidence.objects.filter(supersedes=OuterRef("pk"))
        return self.filter(~Exists(later), withdrawn=False)

    def newest_first(self) -> EvidenceQuerySet:
        return self.order_by("-on", "-pk")


class Evidence(models.Model):
    PRIVACY = {
        "id": _("a number for the piece of evidence"),
        "student": _("who showed it"),
        "competency": _("what it is about"),
        "kind": _("what kind of evidence it is"),
        "shown": _("whether it showed the skill: 1 yes, 0.5 partly, 0 not yet"),
        "words": _("what was said or seen, in words"),
        "language": _("in which language"),
        "medium": _("on a screen, on paper, with things, or in talk"),
        "helped": _("what help was given"),
        "hints": _("how many hints were opened"),
        "item": _("which question was answered"),
        "response": _("what was answered"),
        "misconception": _("the idea that leads to a wrong answer"),
        "work": _("the piece of work it rests on"),
        "assigned_by": _("who chose the task"),
        "on": _("the day it was shown"),
        "at": _("when it was written down"),
        "by": _("who wrote it down"),
        "supersedes": _("the earlier row that this one corrects"),
        "withdrawn": _("whether the correction takes the earlier row back"),
        "why": _("why it was corrected"),
        "client_key": _("a random number that makes a second press count once"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence", db_index=False)
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    kind = models.CharField(max_length=16, choices=Kind)
    shown = models.FloatField(null=True, blank=True)  # 0..1; null: nobody said, and nothing is made of it
    words = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    medium = models.CharField(max_length=10, choices=Medium)
    helped = models.CharField(max_length=6, choices=Helped, default=Helped.NONE)
    hints = models.PositiveSmallIntegerField(default=0)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    response = models.CharField(max_length=200, blank=True)
    misconception = models.CharField(max_length=60, blank=True)  # a misconception's identifier
    work = models.ForeignKey(
        Work, on_delete=models.PROTECT, related_name="evidence", null=True, blank=True, db_index=False
    )
    assigned_by = models.CharField(max_length=10, choices=AssignedBy, default=AssignedBy.TEACHER)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )
    withdrawn = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    client_key = models.UUIDField(unique=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        # Two million rows a school and year: these two serve a child's page, her estimates, "what is new".
        indexes = [
            models.Index(fields=["student", "competency", "id"], name="evidence_of_a_student"),
            models.Index(fields=["student", "id"], name="evidence_newest_of_student"),
            models.Index(fields=["on", "kind"], name="evidence_kinds_by_day"),  # the school's counts, by day
        ]
        constraints = [
            models.CheckConstraint(
                name="evidence_shown_is_a_share",
                condition=Q(shown=None) | Q(shown__gte=0, shown__lte=1),
            ),
            models.CheckConstraint(
                name="evidence_an_answer_has_an_item",
                condition=~Q(kind="answer") | Q(item__isnull=False),
            ),
            models.CheckConstraint(
                name="evidence_a_correction_has_a_reason",
                condition=Q(supersedes=None) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="evidence_only_a_correction_withdraws",
                condition=Q(withdrawn=False) | Q(supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="evidence_supersedes_another",
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class Judgement(models.Model):
    """What the teacher holds a child can do. It stands beside the estimate, and wins. Never changed."""

    class State(models.TextChoices):
        NOT_ENOUGH = "not_enough", _("not enough yet")
        MET_ONCE = "met_once", _("met once")
        GETTING_STEADY = "getting_steady", _("getting steady")
        STEADY = "steady", _("steady")

    PRIVACY = {
        "id": _("nothing"),
        "student": _("about whom"),
        "competency": _("about what"),
        "state": _("what the teacher holds"),
        "words": _("why, in the teacher's words"),
        "by": _("which teacher"),
        "at": _("when"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="judgements")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["student", "competency", "-id"], name="evidence_newest_judgement")]

    def __str__(self) -> str:
        return f"{self.student}: {self.get_state_display()}"


class Amendment(models.Model):
    """A family's request to correct a record, or a statement beside it; answered in ten school days."""

    PRIVACY = {
        "id": _("nothing"),
        "student": _("about whose record"),
        "evidence": _("about which row"),
        "asked_by": _("who asked"),
        "words": _("what was asked or said"),
        "asked_at": _("when"),
        "due_on": _("by when an answer is due"),
        "answer": _("what was answered"),
        "answered_by": _("who answered"),
        "answered_at": _("when it was answered"),
    }

    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="amendments")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_an_answer_to_a_family_has_a_person_and_a_time",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.asked_at:%Y-%m-%d}"


class Erasure(models.Model):
    """The certificate that opens the gate for a deletion, and stays when the rows are gone."""

    class Ground(models.TextChoices):
        RIGHT = "right", _("the family's right")
        RETENTION = "retention", _("the time to keep it is over")

    PRIVACY = {
        "id": _("nothing"),
        "student_number": _("a number; the person it pointed to may be gone"),
        "ground": _("on which ground"),
        "done_by_number": _("who did it, as a number"),
        "at": _("when"),
        "n_rows": _("how many rows went"),
        "digest": _("a fingerprint of what went; it cannot be read back"),
        "is_open": _("whether rows may go right now"),
    }

    student_number = models.BigIntegerField()
    ground = models.CharField(max_length=10, choices=Ground)
    done_by_number = models.BigIntegerField()
    at = models.DateTimeField()
    n_rows = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    is_open = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.n_rows}"
