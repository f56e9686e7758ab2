"""Who was asked to rate, what they answered, and what they declared before they saw anything."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models import Review
from plainview.lobby.people.models import Person


class Place(models.TextChoices):
    """Where one expert of a panel stands. Nothing here tells how she rates."""

    ASKED = "asked", _("asked, has not answered")
    DECLINED = "declined", _("said no")
    LET_GO = "let_go", _("was let go")
    TO_DECLARE = "to_declare", _("said yes, has not declared her interests")
    NOT_INDEPENDENT = "not_independent", _("declared an interest and does not rate")
    READY = "ready", _("is independent and may rate")


class InvitationQuerySet(models.QuerySet):
    def standing(self, *, at: datetime | None = None) -> InvitationQuerySet:
        """Those whose ratings are waited for: neither said no, nor let go, nor with an interest.

        ``at``: those who stood then. What was opened stays as it was, whoever leaves the panel later.
        """
        left = Q(let_go_at__isnull=False)
        interested = Declaration.objects.filter(is_independent=False)
        if at is not None:
            left, interested = Q(let_go_at__lte=at), interested.filter(at__lte=at)
        return self.exclude(left).exclude(answer="declined").exclude(pk__in=interested.values("invitation"))


class Invitation(models.Model):
    """One expert, asked to rate one review. The letter stands for her wherever a name has no place."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("yes")
        DECLINED = "declined", _("no")

    PRIVACY = {
        "id": _("a number for the invitation"),
        "review": _("which review an expert was asked to rate"),
        "expert": _("who was asked"),
        "letter": _("the letter that stands for the expert where no name does"),
        "asked_by": _("who asked"),
        "asked_at": _("when"),
        "answer": _("whether the expert said yes or no"),
        "answered_at": _("when the expert answered"),
        "why_not": _("why the expert said no, if she gave a reason"),
        "let_go_at": _("when the chair let the expert go"),
        "let_go_by": _("who let the expert go"),
        "let_go_why": _("why the expert was let go"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="invitations")
    expert = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    letter = models.CharField(max_length=2)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=300, blank=True)
    let_go_at = models.DateTimeField(null=True, blank=True)
    let_go_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    let_go_why = models.CharField(max_length=300, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "expert"], name="experts_asked_once_a_review"),
            models.UniqueConstraint(fields=["review", "letter"], name="experts_one_letter_an_expert"),
            models.CheckConstraint(
                name="experts_an_answer_has_a_time",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="experts_letting_go_has_a_person_and_a_reason",
                condition=Q(let_go_at=None, let_go_by=None, let_go_why="")
                | (Q(let_go_at__isnull=False, let_go_by__isnull=False) & ~Q(let_go_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} / {self.letter}"

    @property
    def declared(self) -> Declaration | None:
        """Her newest declaration: interests change, and she may declare again."""
        return max(self.declarations.all(), key=lambda one: one.pk, default=None)

    @property
    def place(self) -> Place:
        if self.let_go_at:
            return Place.LET_GO
        if self.answer != self.Answer.ACCEPTED:
            return Place.DECLINED if self.answer else Place.ASKED
        if not self.declarations.all():
            return Place.TO_DECLARE
        # Whoever once had an interest has had one: a later form does not undo what was declared.
        alone = all(one.is_independent for one in self.declarations.all())
        return Place.READY if alone else Place.NOT_INDEPENDENT


class Declaration(models.Model):
    """What an expert has to do with the product. Declared before she sees the review; never changed."""

    PRIVACY = {
        "id": _("nothing"),
        "invitation": _("which expert, in which review"),
        "took_part_in_building": _("whether the expert had a part in building the product"),
        "took_part_in_distributing": _("whether the expert had a part in selling or spreading it"),
        "took_part_in_buying": _("whether the expert had a part in buying it"),
        "has_financial_interest": _("whether the expert gains or loses money by it"),
        "words": _("what the expert adds in her own words; printed on the product's page"),
        "role_words": _("what the expert is, in her own words; printed on the product's page"),
        "may_be_named": _("whether the expert agrees to be named on the product's page"),
        "is_independent": _("whether nothing stands against rating"),
        "at": _("when it was declared"),
    }

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="declarations")
    took_part_in_building = models.BooleanField()
    took_part_in_distributing = models.BooleanField()
    took_part_in_buying = models.BooleanField()
    has_financial_interest = models.BooleanField()
    words = models.TextField(blank=True, max_length=1000)
    role_words = models.CharField(max_length=120)  # "a teacher of mathematics, grade 5"
    may_be_named = models.BooleanField(default=False)
    is_independent = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="experts_independent_is_without_any_interest",
                condition=Q(
                    is_independent=True,
                    took_part_in_building=False,
                    took_part_in_distributing=False,
                    took_part_in_buying=False,
                    has_financial_interest=False,
                )
                | (
                    Q(is_independent=False)
                    & (
                        Q(took_part_in_building=True)
                        | Q(took_part_in_distributing=True)
                        | Q(took_part_in_buying=True)
                        | Q(has_financial_interest=True)
                    )
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.invitation} / {self.at:%Y-%m-%d}"


class Round(models.Model):
    """One time of rating a review blind. New evidence begins a new round, with empty ballots."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "number": _("nothing"),
        "begun_by": _("who let the rating begin"),
        "begun_at": _("when"),
        "practice_bar": _("nothing"),
        "opened_by": _("who opened the ratings to the panel"),
        "opened_at": _("when the ratings were opened"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    # How many of 100 levels in practice must lie within one of the key. Empty: no score is asked for.
    practice_bar = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="experts_rounds_are_numbered"),
            models.CheckConstraint(
                name="experts_opening_has_a_person_and_a_time",
                condition=Q(opened_by=None, opened_at=None)
                | Q(opened_by__isnull=False, opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="experts_a_bar_is_a_share",
                condition=Q(practice_bar=None) | Q(practice_bar__gte=1, practice_bar__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} / {self.number}"
