"""What a vendor says, what it was asked for, what it handed over; and the sheets that people wrote."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models.stages import Review
from plainview.lobby.people.models import Person


class Kind(models.TextChoices):
    """What an exhibit is: the core's kinds, in words (a test holds the two together)."""

    LOG = "log", _("a learning log")
    GROUPS = "groups", _("a table of groups")
    STUDY = "study", _("an effect study")
    RESPONSES = "responses", _("responses, students by items")
    ITEMS = "items", _("the item pool")
    SCORES = "scores", _("work scored by people and by the product")
    PREDICTIONS = "predictions", _("predictions, and what came")
    FRAMEWORK = "framework", _("the framework of competencies")
    HAR = "har", _("a capture of a browser’s traffic")
    CAPTURE = "capture", _("notes on a capture")
    PROBE = "probe", _("what made-up twins were given")
    TABLE = "table", _("a table that is to be published")
    POLICY = "policy", _("a policy")
    CONTRACT = "contract", _("a contract")
    OTHER = "other", _("something else")


class Claim(models.Model):
    """What the vendor says, in a form that can be tested. Kept in step with product.toml by ``intake``."""

    class Loop(models.TextChoices):
        DESIGN = "design", _("the design: before anyone uses it")
        TASK = "task", _("the task: from one task to the next")
        STEP = "step", _("the step: within one task")

    class Changing(models.TextChoices):
        CONTENT = "content", _("content")
        ASSESSMENT = "assessment", _("assessment")
        SEQUENCE = "sequence", _("sequence")

    PRIVACY = dict.fromkeys(
        [
            *("id", "review", "identifier", "number", "says", "where", "loop", "changing", "reacts_to"),
            *("changes", "how_fast", "who_decides", "checks"),
        ],
        _("nothing"),
    )

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="claims")
    identifier = models.CharField(max_length=40)  # "adapts": as product.toml calls it
    number = models.PositiveSmallIntegerField()  # its place in product.toml
    says = models.TextField()  # the vendor's own words
    where = models.CharField(max_length=300, blank=True)  # where it says so
    loop = models.CharField(max_length=8, choices=Loop, blank=True)
    changing = models.CharField(max_length=12, choices=Changing, blank=True)  # "kind" in product.toml
    reacts_to = models.CharField(max_length=200, blank=True)
    changes = models.CharField(max_length=200, blank=True)
    how_fast = models.CharField(max_length=200, blank=True)
    who_decides = models.CharField(max_length=200, blank=True)
    checks = models.JSONField(default=list)  # names without version: "adaptivity.log_test"

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "identifier"], name="reviews_one_claim_an_identifier")
        ]

    def __str__(self) -> str:
        return self.identifier


class Notice(models.Model):
    """A letter to the vendor: what is reviewed, what we ask for, until when. Added to, never changed."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "sent_at": _("when it was sent"),
        "sent_by": _("who sent it"),
        "due_on": _("nothing"),
        "letter": _("nothing"),
        "mailed_to": _("how many contacts of the vendor got it by mail"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="notices")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    letter = models.TextField()  # word for word, as it was sent
    mailed_to = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.review}: notice of {self.sent_at:%Y-%m-%d}"


class Asked(models.Model):
    """One kind of exhibit that the vendor was asked for, and what came of it.

    That a vendor is silent is no row: it follows from the day that it had until, and the day it is.
    """

    class Came(models.TextChoices):
        NOTHING_YET = "", _("nothing yet")
        RECEIVED = "received", _("received")
        REFUSED = "refused", _("refused")

    PRIVACY = {
        "id": _("nothing"),
        "notice": _("nothing"),
        "review": _("nothing"),
        "kind": _("nothing"),
        "what": _("nothing"),
        "asked_on": _("nothing"),
        "due_on": _("nothing"),
        "came": _("nothing"),
        "came_on": _("nothing"),
        "says": _("why a vendor refuses, in its words"),
        "claims": _("nothing"),
        "noted_by": _("who wrote the refusal down"),
    }

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="asked")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="asked")
    kind = models.CharField(max_length=12, choices=Kind)
    what = models.TextField(blank=True)  # what exactly: columns, span, format
    asked_on = models.DateField(null=True)  # null: a dossier that was taken in does not say
    due_on = models.DateField(null=True)
    came = models.CharField(max_length=10, choices=Came, blank=True, default="")
    came_on = models.DateField(null=True)
    says = models.TextField(blank=True)
    claims = models.JSONField(default=list)  # identifiers of claims that cannot be tested for it
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="reviews_what_came_has_a_day",
                condition=Q(came="", came_on=None) | (~Q(came="") & Q(came_on__isnull=False)),
            )
        ]

    def silent_since(self, on: date) -> date | None:
        """The day that passed without a word; None where something came, or there is time still."""
        passed = self.came == self.Came.NOTHING_YET and self.due_on is not None and on > self.due_on
        return self.due_on if passed else None

    def __str__(self) -> str:
        return f"{self.review}: {self.kind}"


class Exhibit(models.Model):
    """A file that was handed over. Its bytes lie in HOME/exhibits, by their hash; a later one of the same
    name takes its place while exhibits are gathered, and the earlier one is kept."""

    class Reading(models.TextChoices):
        WAITING = "waiting", _("will be read")
        READ = "read", _("could be read")
        FAULTY = "faulty", _("has faults")
        NOT_READ = "not_read", _("cannot be read")

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "file": _("nothing"),
        "number": _("nothing"),
        "kind": _("nothing"),
        "is_kind_said": _("nothing"),
        "settings": _("nothing"),
        "sha256": _("nothing"),
        "n_bytes": _("nothing"),
        "parts": _("nothing"),
        "handed_over_at": _("when it was handed over"),
        "handed_over_by": _("who handed it over"),
        "replaced_at": _("nothing"),
        "set_aside_by": _("who set it aside"),
        "set_aside_why": _("the reason that was given"),
        "reading": _("nothing"),
        "n_faults": _("nothing"),
        "faults": _("lines of a file that could not be read, with what stood there"),
        "told": _("nothing"),
        "opened_at": _("when somebody of the desk first opened it, or a check did"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="exhibits")
    file = models.CharField(max_length=200)  # its path inside exhibits/
    number = models.PositiveIntegerField()  # its place in exhibits.toml
    kind = models.CharField(max_length=12, choices=Kind)
    is_kind_said = models.BooleanField(default=True)  # or it was guessed from the name, and stands nowhere
    settings = models.JSONField(default=dict)  # its table in exhibits.toml
    sha256 = models.CharField(max_length=64)
    n_bytes = models.PositiveBigIntegerField()
    parts = models.JSONField(default=list)  # of a folder: [{file, sha256, n_bytes}]
    handed_over_at = models.DateTimeField()
    handed_over_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)  # since when it stands in the dossier no more
    # Null where a later file of the same name took its place.
    set_aside_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    set_aside_why = models.TextField(blank=True)
    reading = models.CharField(max_length=10, choices=Reading, default=Reading.WAITING)
    n_faults = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)  # the first fifty, each a sentence with its line
    told = models.JSONField(default=list)  # what was decided on reading it
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "file"], condition=Q(replaced_at=None), name="reviews_one_exhibit_a_name"
            ),
            models.CheckConstraint(
                name="reviews_set_aside_has_a_person_a_time_and_a_reason",
                condition=Q(set_aside_by=None, set_aside_why="")
                | (Q(set_aside_by__isnull=False, replaced_at__isnull=False) & ~Q(set_aside_why="")),
            ),
        ]

    @property
    def name(self) -> str:
        """As a report calls it."""
        return f"exhibits/{self.file}"

    def __str__(self) -> str:
        return self.file


class Sheet(models.Model):
    """A file of the dossier that people write, word for word: product.toml, ratings/, what else came along.

    exhibits/exhibits.toml is kept here only as long as the rows still say what it says.
    """

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "name": _("nothing"),
        "body": _("what was written on a sheet of a dossier"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="sheets")
    name = models.CharField(max_length=200)  # its path inside the dossier
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "name"], name="reviews_one_sheet_a_name")]

    def __str__(self) -> str:
        return self.name
