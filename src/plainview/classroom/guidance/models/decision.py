"""What a teacher decided: added to, never changed, each one a link of a chain."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence.models import Erasure
from plainview.classroom.guidance.models.standing import StandingDecision
from plainview.classroom.guidance.models.suggestion import Suggestion
from plainview.lobby.people.models import Class, Person, Role


class Verdict(models.TextChoices):
    DO_IT = "do_it", pgettext_lazy("a decision on a suggestion", "Do it")
    CHANGE_IT = "change_it", pgettext_lazy("a decision on a suggestion", "Change it")
    NOT_NOW = "not_now", pgettext_lazy("a decision on a suggestion", "Not now")
    NO = "no", pgettext_lazy("a decision on a suggestion", "No")


ACCEPTS = (Verdict.DO_IT, Verdict.CHANGE_IT)


class Reason(models.TextChoices):
    SAW_IT = "saw_it", _("I saw it myself")
    OLD = "old", _("the evidence is old")
    WRONG_SKILL = "wrong_skill", _("the wrong skill")
    TAUGHT = "taught", _("already taught")
    ABSENT = "absent", _("absent")
    SUPPORT = "support", _("IEP or 504")
    LANGUAGE = "language", _("language")
    MATERIALS = "materials", _("materials or time")
    STUDENT_CHOSE = "student_chose", _("the child chose otherwise")
    FAMILY_ASKED = "family_asked", _("the family asked")
    GROUPING = "grouping", _("the grouping")
    DISAGREE = "disagree", _("I disagree with the model")
    OTHER = "other", _("another reason")


class Scope(models.TextChoices):
    ONCE = "once", _("this once")
    STANDING = "standing", _("by a standing decision")


class DecisionQuerySet(models.QuerySet):
    def seen_by(self, person: Person | None, *, on: date) -> DecisionQuerySet:
        """The adults of the class read all of it; a child and a family what concerns that child."""
        if person is None:
            return self.none()
        if person.role in (Role.TEACHER, Role.SPECIALIST):
            return self.filter(school_class__in=Class.objects.seen_by(person, on=on))
        children = Person.objects.seen_by(person, on=on).values("pk")
        return self.filter(
            pk__in=Decision.students.through.objects.filter(person__in=children).values("decision")
        )

    def standing_now(self) -> DecisionQuerySet:
        """What holds: decisions that no later one supersedes."""
        return self.filter(superseded_by=None)


class Decision(models.Model):
    """What a teacher decided: on a suggestion, or out of her own head. Added to, never changed."""

    PRIVACY = {
        "id": _("nothing"),
        "school_class": _("in which class"),
        "students": _("for which children"),
        "suggestion": _("on which suggestion; none where the idea was the teacher's"),
        "competency": _("about what"),
        "activity": _("which activity"),
        "verdict": _("what was decided"),
        "lowers_expectation": _("whether it asks less of a child for a while"),
        "reasons": _("why, as fixed words"),
        "words": _("why, in the teacher's words"),
        "diff": _("what was changed"),
        "made": _("what it put on plans"),
        "scope": _("whether it was for once, or by a standing decision"),
        "standing": _("by which standing decision"),
        "from_on": _("from which day"),
        "to_on": _("to which day"),
        "review_on": _("when it is looked at again"),
        "reversible_until": _("until when it can be taken back"),
        "by": _("who decided"),
        "acting_role": _("as what"),
        "at": _("when"),
        "model": _("which model and version had spoken"),
        "rule": _("which rule and version had spoken"),
        "evidence_ids": _("the evidence that was on the card"),
        "snapshot_hash": _("a fingerprint of what the rule saw"),
        "supersedes": _("the earlier decision that this one changes"),
        "client_key": _("a random number that makes a second press count once"),
        "digest": _("a fingerprint of this decision"),
        "link": _("its place in the chain of decisions"),
    }

    school_class = models.ForeignKey(Class, on_delete=models.PROTECT, related_name="decisions")
    students = models.ManyToManyField(Person, related_name="decisions")
    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.PROTECT, related_name="decisions", null=True, blank=True
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    activity = models.CharField(max_length=120, blank=True)  # an activity's identifier
    verdict = models.CharField(max_length=10, choices=Verdict)
    lowers_expectation = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, blank=True)  # of Reason
    words = models.CharField(max_length=300, blank=True)
    diff = models.JSONField(default=dict, blank=True)
    made = models.JSONField(default=dict, blank=True)  # {"steps": [...], "group": 3}
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.ONCE)
    standing = models.ForeignKey(
        StandingDecision, on_delete=models.PROTECT, related_name="decisions", null=True, blank=True
    )
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reversible_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting_role = models.CharField(max_length=12)
    at = models.DateTimeField()
    model = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=70, blank=True)  # "reteach_together/1"
    evidence_ids = models.JSONField(default=list, blank=True)
    snapshot_hash = models.CharField(max_length=64, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )
    client_key = models.UUIDField(unique=True, null=True, blank=True)
    digest = models.CharField(max_length=64)
    link = models.BigIntegerField()  # ledger.Link's id

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                condition=Q(supersedes=None, suggestion__isnull=False),
                name="guidance_a_card_is_decided_once",
            ),
            models.CheckConstraint(
                name="guidance_no_has_a_reason",
                condition=~Q(verdict="no") | ~Q(reasons=[]) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="guidance_asking_less_has_a_reason_and_a_review",
                condition=Q(lowers_expectation=False)
                | ~Q(verdict__in=("do_it", "change_it"))
                | (Q(review_on__isnull=False, scope="once") & (~Q(reasons=[]) | ~Q(words=""))),
            ),
            models.CheckConstraint(
                name="guidance_by_a_standing_decision_names_it",
                condition=Q(scope="once", standing=None) | Q(scope="standing", standing__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} {self.at:%Y-%m-%d}"

    @property
    def is_accepted(self) -> bool:
        return self.verdict in ACCEPTS


class Erased(models.Model):
    """A decision that went, or lost a child, under a certificate. The chain then holds for what is left."""

    PRIVACY = {
        "id": _("nothing"),
        "link": _("the place of the decision in the chain"),
        "left": _("a fingerprint of what is left of it; empty where nothing is"),
        "certificate": _("under which certificate"),
        "sealed": _("the place in the chain that says so"),
    }

    link = models.BigIntegerField()  # ledger.Link's id
    left = models.CharField(max_length=64, blank=True)
    certificate = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="+")
    sealed = models.BigIntegerField()  # ledger.Link's id

    def __str__(self) -> str:
        return f"{self.link}: {self.certificate}"


class DecisionNote(models.Model):
    """What came after a decision: that a child or a family was told, or how it went. Added, never changed."""

    class Kind(models.TextChoices):
        TOLD_STUDENT = "told_student", _("the child was told")
        TOLD_FAMILY = "told_family", _("the family was told")
        OUTCOME = "outcome", _("how it went")

    PRIVACY = {
        "id": _("nothing"),
        "decision": _("which decision"),
        "kind": _("what kind of note"),
        "words": _("how it went, in words"),
        "by": _("who wrote it"),
        "at": _("when"),
    }

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
