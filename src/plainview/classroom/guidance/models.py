"""Estimates, suggestions, and what the teacher made of them.

An estimate is derived: it can be deleted and built again. A suggestion keeps, word for word, what the model
knew when it spoke. A decision is the teacher's: added to, never changed, each one a link of a chain.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence.models import Erasure
from plainview.lobby.people.models import Class, Person, Role


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

    student = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="estimates")
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
    """What the teacher would do, said before seeing the suggestion (one card in ten). Hers alone to see."""

    PRIVACY = {
        "id": _("nothing"),
        "suggestion": _("which card"),
        "pick": _("what the teacher would do"),
        "by": _("which teacher"),
        "at": _("when"),
    }

    suggestion = models.OneToOneField(Suggestion, on_delete=models.CASCADE, related_name="blind_pick")
    pick = models.CharField(max_length=60)  # a choice's name, or "do" for what the rule suggests
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.pick


class StandingDecision(models.Model):
    """'Always' or 'never like this', with an end. Always: harmless acts only. Never: a filter, or a veto."""

    class Way(models.TextChoices):
        ALWAYS = "always", _("always do this")
        NEVER = "never", _("never suggest this")

    PRIVACY = {
        "id": _("nothing"),
        "school_class": _("in which class"),
        "rule": _("which rule"),
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
