"""A story and what becomes of it; and nothing of who told it.

A number is drawn by chance and is the row's own place in the table: neither the number nor the order of rows
says which story came first. A time is one of two days a month. No foreign key leads to whoever told.
"""

from __future__ import annotations

from secrets import randbelow

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models import Product, Vendor
from plainview.desk.stories.days import FIXED_DAYS
from plainview.lobby.people.models import Person

NUMBERS = 2**31 - 1


def drawn() -> int:
    """A number by chance. In SQLite an integer key is the row's place, so rows lie in no order of arrival."""
    return 1 + randbelow(NUMBERS)


class Teller(models.TextChoices):
    EDUCATOR = "educator", _("I teach or work at a school")
    STUDENT = "student", _("I am a student, or was one")
    FAMILY = "family", _("I am a student’s family")


TOLD_BY = {
    Teller.EDUCATOR: _("Someone who works at a school"),
    Teller.STUDENT: _("A student"),
    Teller.FAMILY: _("A student’s family"),
}


class Theme(models.TextChoices):
    """What a story is about. A theme takes no side: the story says whether it was good."""

    LEARNING = "learning", _("what was learned")
    FIT = "fit", _("whether it fitted the child")
    MISTAKES = "mistakes", _("mistakes it made")
    SAY = "say", _("who could decide")
    TIME = "time", _("time and work")
    SCREEN = "screen", _("time at a screen")
    PRIVACY = "privacy", _("privacy")
    FAIRNESS = "fairness", _("fairness")
    ACCESS = "access", _("language and access")
    MOOD = "mood", _("joy or stress")
    MONEY = "money", _("money")
    HELP = "help", _("help when something went wrong")


class Standing(models.TextChoices):
    HELD = "held", _("nobody has read it yet")
    ACCEPTED = "accepted", _("waits for the next release")
    RELEASED = "released", _("anyone may read it")


class Story(models.Model):
    """What somebody told."""

    PRIVACY = {
        "id": _("nothing: a number drawn by chance"),
        "product": _("nothing"),
        "teller": _("whether a school, a student or a family tells"),
        "is_verified": _("that a steward had checked that somebody of a group works at a school"),
        "words": _("what happened, after names were taken out"),
        "language": _("the language it is told in"),
        "themes": _("what it is about"),
        "state": _("the state, where somebody chose to say it"),
        "district": _("the district, where somebody chose to say it"),
        "told_in": _("which half of a month it was told in"),
        "standing": _("nothing"),
        "released_on": _("nothing"),
        "withdraw_hash": _("a fingerprint of the code that takes the story back; it cannot be read back"),
    }

    id = models.IntegerField(primary_key=True, default=drawn, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="stories")
    teller = models.CharField(max_length=8, choices=Teller)
    is_verified = models.BooleanField(default=False)
    words = models.TextField()
    language = models.CharField(max_length=12, default="en")
    themes = models.JSONField(default=list)
    state = models.CharField(max_length=2, blank=True)
    district = models.CharField(max_length=120, blank=True)
    told_in = models.DateField()
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.HELD)
    released_on = models.DateField(null=True, blank=True)
    withdraw_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stories_a_day_is_one_of_the_fixed_days",
                condition=Q(told_in__day__in=FIXED_DAYS)
                & (Q(released_on=None) | Q(released_on__day__in=FIXED_DAYS)),
            ),
            models.CheckConstraint(
                name="stories_released_has_its_day",
                condition=Q(standing=Standing.RELEASED, released_on__isnull=False)
                | (~Q(standing=Standing.RELEASED) & Q(released_on=None)),
            ),
            models.CheckConstraint(
                name="stories_verified_are_educators",
                condition=Q(is_verified=False) | Q(teller=Teller.EDUCATOR),
            ),
            models.CheckConstraint(
                name="stories_a_district_lies_in_a_state", condition=Q(district="") | ~Q(state="")
            ),
        ]
        indexes = [models.Index(fields=["product", "standing"], name="stories_of_a_product")]

    def __str__(self) -> str:
        return f"{self.product}: {self.id}"

    @property
    def told_by(self) -> str:
        return TOLD_BY[Teller(self.teller)]

    @property
    def theme_words(self) -> list[str]:
        return [Theme(theme).label for theme in self.themes]


class Gone(models.Model):
    """The address of a story that anyone could read, and that is no longer there. Its words are not kept."""

    class Why(models.TextChoices):
        WITHDRAWN = "withdrawn", _("taken back by whoever told it")
        REMOVED = "removed", _("taken away by a steward")

    PRIVACY = {"id": _("nothing: a number drawn by chance"), "product": _("nothing"), "why": _("nothing")}

    id = models.IntegerField(primary_key=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=9, choices=Why)

    def __str__(self) -> str:
        return f"{self.id}: {self.why}"


# --- verified educators ---------------------------------------------------------------------------------
class Sheet(models.Model):
    """Slips of paper that were printed together, and handed out together: each educator draws one."""

    PRIVACY = {
        "id": _("nothing: a number drawn by chance"),
        "printed_by": _("which steward printed it"),
        "printed_on": _("when it was printed"),
        "n_printed": _("how many slips it has"),
        "n_drawn": _("how many educators drew one"),
        "opened_on": _("since when its slips can be used"),
    }

    id = models.IntegerField(primary_key=True, default=drawn, editable=False)
    printed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    printed_on = models.DateField()
    n_printed = models.PositiveSmallIntegerField()
    n_drawn = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stories_an_open_sheet_was_drawn_from",
                condition=Q(opened_on=None, n_drawn=None)
                | Q(opened_on__isnull=False, n_drawn__isnull=False, n_drawn__lte=models.F("n_printed")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.printed_on}: {self.n_printed}"


class Slip(models.Model):
    """The fingerprint of one slip that was not used yet. A slip that is used leaves no row."""

    PRIVACY = {
        "id": _("nothing: a number drawn by chance"),
        "sheet": _("nothing"),
        "code_hash": _("a fingerprint of a code on paper; who holds the paper is known to nobody"),
    }

    id = models.IntegerField(primary_key=True, default=drawn, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return str(self.id)


# --- what is said beside a story ------------------------------------------------------------------------
class Fact(models.Model):
    """One thing that a story says happened, held against what was published."""

    class Standing(models.TextChoices):
        REPORTED = "reported", _("reported: the story says so, nothing else is known")
        CORROBORATED = "corroborated", _("corroborated: a published finding says the same")
        CONTRADICTED = "contradicted", _("contradicted: a published finding says otherwise")

    PRIVACY = {
        "id": _("nothing"),
        "story": _("nothing"),
        "says": _("words of the story"),
        "standing": _("nothing"),
        "publication": _("nothing"),
        "check_name": _("nothing"),
        "by": _("which steward wrote it"),
        "on": _("when"),
    }

    id = models.IntegerField(primary_key=True, default=drawn, editable=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="facts")
    says = models.CharField(max_length=300)  # word for word from the story
    standing = models.CharField(max_length=12, choices=Standing)
    publication = models.PositiveIntegerField(null=True, blank=True)  # its number, of the story's product
    check_name = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stories_more_than_reported_has_a_finding",
                condition=Q(standing="reported") | (~Q(check_name="") & Q(publication__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.standing}: {self.says}"


class Reply(models.Model):
    """What the vendor says to a story: beside it, never instead of it. It goes when the story goes."""

    PRIVACY = {
        "id": _("nothing"),
        "story": _("nothing"),
        "vendor": _("nothing"),
        "words": _("what the vendor says"),
        "by": _("who spoke for the vendor"),
        "at": _("when"),
        "shown_by": _("which steward let it be read"),
        "shown_at": _("since when anyone may read it"),
    }

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="replies")
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    shown_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stories_a_shown_reply_has_a_person_and_a_time",
                condition=Q(shown_by=None, shown_at=None) | Q(shown_by__isnull=False, shown_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.vendor}: {self.story_id}"


class Reason(models.TextChoices):
    """Why a steward does something. A closed list: a free reason could repeat what was taken away."""

    NONE = "", _("no reason is needed")
    NAMES = "names", _("it names a person")
    THREAT = "threat", _("it threatens or insults somebody")
    NOT_A_STORY = "not_a_story", _("it tells nothing that happened")
    OTHER_PRODUCT = "other_product", _("it is about something else")
    TWICE = "twice", _("the same story is there already")
    ADVERTISEMENT = "advertisement", _("it is an advertisement")
    FLOOD = "flood", _("it is one of many that were sent by one hand")
    COURT = "court", _("a court ordered it")


class Moderation(models.Model):
    """What a steward did, why, and on which day. What was taken away is not kept. Added to, never changed."""

    class Deed(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        MASKED = "masked", _("took words out")
        KEPT_BACK = "kept_back", _("kept back")
        REMOVED = "removed", _("taken away")
        REPLY_SHOWN = "reply_shown", _("the vendor’s reply was shown")
        REPLY_KEPT_BACK = "reply_kept_back", _("the vendor’s reply was kept back")

    PRIVACY = {
        "id": _("nothing"),
        "story": _("nothing: the number of the story, which may be gone"),
        "product": _("nothing"),
        "deed": _("what a steward did"),
        "reason": _("why, from a closed list"),
        "by": _("which steward"),
        "on": _("when"),
    }

    id = models.IntegerField(primary_key=True, default=drawn, editable=False)
    story = models.IntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=16, choices=Deed)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stories_taking_away_has_a_reason",
                condition=~Q(deed__in=["masked", "kept_back", "removed", "reply_kept_back"]) | ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.deed}"
