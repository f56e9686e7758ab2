"""What is asked, fixed before it is asked; and what was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models.stages import Review
from plainview.lobby.people.models import Person


class Plan(models.Model):
    """plan.toml. Once it is frozen the database refuses any change; a new plan is a new row."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "number": _("nothing"),
        "text": _("nothing"),
        "sha256": _("nothing"),
        "lock": _("nothing"),
        "opened_before": _("nothing"),
        "frozen_at": _("when it was frozen"),
        "frozen_by": _("who froze it"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()  # plan.toml, word for word
    sha256 = models.CharField(max_length=64, blank=True)
    lock = models.TextField(blank=True)  # plan.lock, word for word
    opened_before = models.JSONField(default=list)  # exhibits that had been opened by then
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="reviews_one_plan_a_number"),
            models.CheckConstraint(
                name="reviews_a_frozen_plan_has_a_person_a_time_and_a_hash",
                condition=Q(frozen_at=None, frozen_by=None, sha256="", lock="")
                | (Q(frozen_at__isnull=False, frozen_by__isnull=False) & ~Q(sha256="") & ~Q(lock="")),
            ),
        ]

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    def __str__(self) -> str:
        return f"{self.review}: plan {self.number}"


class Run(models.Model):
    """The checks of a plan, asked once. Ended, the database refuses any change."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        BROKEN = "broken", _("could not be done")

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "plan": _("nothing"),
        "asked_at": _("when it was started"),
        "asked_by": _("who started it"),
        "job": _("nothing"),
        "state": _("nothing"),
        "trouble": _("nothing"),
        "ended_at": _("nothing"),
        "findings": _("what was found, in numbers of groups; nobody by name"),
        "findings_sha256": _("nothing"),
        "report_html": _("the same as a page"),
        "report_md": _("the same as text"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="runs")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="runs")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    job = models.BigIntegerField(null=True)  # jobs are swept away in time: a number, no tie
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    trouble = models.TextField(blank=True)  # why it could not be done, in a sentence
    ended_at = models.DateTimeField(null=True)
    findings = models.TextField(blank=True)  # findings.json, byte for byte as `plainview review` writes it
    findings_sha256 = models.CharField(max_length=64, blank=True)
    report_html = models.TextField(blank=True)
    report_md = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="reviews_a_run_that_is_done_has_findings",
                condition=~Q(state="done") | (~Q(findings="") & Q(ended_at__isnull=False)),
            )
        ]

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    def __str__(self) -> str:
        return f"{self.review}: run {self.pk}"


class Answered(models.Model):
    """One check of a run, and what it answered. Added to, never changed."""

    class Outcome(models.TextChoices):
        FOUND = "found", _("answered")
        CANNOT_SAY = "cannot_say", _("cannot say")
        BROKE = "broke", _("the check broke")

    PRIVACY = dict.fromkeys(
        [
            *("id", "run", "check_name", "question", "asks", "page", "outcome", "answer", "sentence"),
            *("would_need", "effect", "answers", "charts"),
        ],
        _("nothing"),
    )

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="answered")
    check_name = models.CharField(max_length=80)  # "adaptivity.log_test/1"
    question = models.CharField(max_length=12)  # adaptivity, efficacy, fairness, soundness, exposure
    asks = models.TextField()
    page = models.CharField(max_length=120)  # of the method: "docs/methods/log-test.md"
    outcome = models.CharField(max_length=12, choices=Outcome)
    answer = models.CharField(max_length=120)  # the first finding's word, or "cannot say"
    sentence = models.TextField()  # the first finding's sentence, or why it cannot be said
    would_need = models.TextField(blank=True)
    effect = models.JSONField(null=True)  # the first finding's: name, value, unit, interval, n
    answers = models.JSONField()  # all of them, as findings.json has them
    charts = models.JSONField(
        default=list
    )  # one an answer: [{svg, sentence, rows}]; none where it cannot say

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "check_name"], name="reviews_one_answer_a_check")
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.answer}"
