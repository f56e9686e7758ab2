"""One table: what is to be done, what is being done, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    BROKEN = "broken", _("did not come to its end")


UNFINISHED = (State.WAITING, State.RUNNING)


class Job(models.Model):
    """A task that was asked for once, with its arguments."""

    PRIVACY = {
        "id": _("nothing"),
        "name": _("nothing"),
        "module": _("nothing"),
        "arguments": _("nothing"),
        "key": _("nothing"),
        "state": _("nothing"),
        "made_at": _("nothing"),
        "due_at": _("nothing"),
        "lease": _("nothing"),
        "attempts": _("nothing"),
        "done_of": _("nothing"),
        "of": _("nothing"),
        "saying": _("nothing"),
        "result": _("nothing"),
        "sentence": _("nothing"),
        "traceback": _("nothing"),
        "ended_at": _("nothing"),
    }

    name = models.CharField(max_length=80)  # the task's
    module = models.CharField(max_length=120)  # where the task stands: a worker reads it when it needs it
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=120, blank=True)  # one unfinished job a key; "" for as many as you like
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    # From when on a worker may take it: the time it was asked for, or the end of another worker's lease. One
    # column for both, so that the next job is the first entry of one index.
    due_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)  # drawn at each taking: who was late writes nothing
    attempts = models.PositiveSmallIntegerField(default=0)
    done_of = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    saying = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    sentence = models.TextField(blank=True)  # what the reader can mend, in the task's words
    traceback = models.TextField(blank=True)  # for whoever runs the site; no page shows it
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="jobs_one_unfinished_a_key",
                fields=["key"],
                condition=Q(state__in=UNFINISHED) & ~Q(key=""),
            ),
            models.CheckConstraint(
                name="jobs_what_is_unfinished_is_due_and_what_is_finished_has_ended",
                condition=Q(state__in=UNFINISHED, due_at__isnull=False, ended_at=None)
                | (~Q(state__in=UNFINISHED) & Q(due_at=None, ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="jobs_what_runs_is_leased",
                condition=(Q(state=State.RUNNING) & ~Q(lease="")) | (~Q(state=State.RUNNING) & Q(lease="")),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="jobs_next_one", condition=Q(due_at__isnull=False)),
            models.Index(fields=["ended_at"], name="jobs_old_ones", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def why_broken(self) -> str:
        """For readers: a sentence, never a traceback."""
        if self.state != State.BROKEN:
            return ""
        return self.sentence or gettext(
            "It was tried %(n)s times and did not come to its end. What was there before is kept. Whoever "
            "runs this site can read why."
        ) % {"n": self.attempts}
