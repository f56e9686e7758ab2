"""What was frozen for everyone. Three tables that are added to and never changed: the database refuses.

No foreign key leads out of here. A product is its slug: what was published outlives every row behind it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Publication(models.Model):
    """One version of one product's page."""

    PRIVACY = {
        "id": _("nothing"),
        "product": _("nothing"),
        "number": _("nothing"),
        "published_at": _("nothing"),
        "page_sha256": _("nothing"),
        "previous_hash": _("nothing"),
        "hash": _("nothing"),
        "card": _("nothing"),
    }

    product = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    page_sha256 = models.CharField(max_length=64)  # of its page.json, byte for byte
    previous_hash = models.CharField(max_length=64, blank=True)  # of this product's publication before
    hash = models.CharField(max_length=64)  # of previous_hash, number, time, and every file's name and hash
    card = models.JSONField()  # what lists show of the page (cards.Card): they need not open every page

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="published_one_number_a_product")
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.number}"


class File(models.Model):
    """One file of a publication, as it was on that day."""

    PRIVACY = {
        "id": _("nothing"),
        "publication": _("nothing"),
        "name": _("nothing"),
        "language": _("nothing"),
        "media_type": _("nothing"),
        "sha256": _("nothing"),
        "n_bytes": _("nothing"),
        "body": _("nothing"),
        "packed": _("nothing"),
    }

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)  # "page.en.html", "page.json", "dossier.zip"
    language = models.CharField(max_length=12, blank=True)
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    n_bytes = models.PositiveBigIntegerField()
    body = models.BinaryField()
    packed = models.BinaryField(null=True)  # the same bytes as gzip: packed once, not for each reader

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "name"], name="published_one_file_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.publication}/{self.name}"


class Event(models.Model):
    """What happened to a published product since: a condition was met, a vendor refused.

    That a condition is overdue is no event: it follows from its deadline and the day, without anyone's deed.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("published")
        CONDITION_MET = "condition_met", _("condition met")
        CONDITION_WITHDRAWN = "condition_withdrawn", _("condition withdrawn")
        CONDITION_BREACHED = "condition_breached", _("condition breached")
        REFUSED = "refused", _("refused")
        SILENT = "silent", _("no answer")
        REOPENED = "reopened", _("under review again")
        OWNERSHIP_CHANGED = "ownership_changed", _("owner changed")
        CORRECTION = "correction", _("correction")

    PRIVACY = {
        "id": _("nothing"),
        "product": _("nothing"),
        "at": _("nothing"),
        "kind": _("nothing"),
        "condition": _("nothing"),
        "words": _("nothing"),
    }

    product = models.SlugField(max_length=60)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Kind)
    condition = models.CharField(max_length=40, blank=True)  # the condition's id on the page
    words = models.JSONField(default=dict)  # by language

    class Meta:
        indexes = [models.Index(fields=["product", "at"], name="published_events_in_order")]

    def __str__(self) -> str:
        return f"{self.product}: {self.kind}"
