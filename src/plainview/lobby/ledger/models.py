"""Who looked and who decided. Numbers and deeds only: no names, no words.

The ids point at people, but not by a foreign key: people stand on the ledger, not under it, and a line
outlives the row it speaks of.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Line(models.Model):
    """One deed of one person: looked, recorded, decided, changed, exported, erased."""

    PRIVACY = {
        "id": _("a number for the line"),
        "at": _("when it was done"),
        "deed": _("what was done, as a fixed word"),
        "by": _("who did it"),
        "about": _("which child it was about"),
        "thing": _("which record or page"),
    }

    at = models.DateTimeField()
    deed = models.CharField(max_length=40)  # "day.child.looked", "evidence.recorded", "guidance.decided"
    by = models.BigIntegerField()
    about = models.BigIntegerField(null=True)
    thing = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["about", "-at"], name="ledger_about_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.deed}"


class Link(models.Model):
    """One link of a chain of hashes: whoever changes an old decision breaks every later link."""

    PRIVACY = {
        "id": _("a number for the link"),
        "chain": _("which chain it belongs to"),
        "number": _("its place in the chain"),
        "digest": _("a fingerprint of the record; it cannot be read back"),
        "hash": _("a fingerprint of this link and all before it"),
        "at": _("when it was added"),
    }

    chain = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="ledger_one_link_a_place")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"
