"""The tables of what can be learned; what one row and one queryset can say of themselves.

In:   rows written by load.py and by the importers.
Out:  competencies, misconceptions, families of items, items, activities, each saying where it came from.
Not here: anything about a person. Every PRIVACY below says "nothing", and a test holds that.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .vocabulary import NEW_PAGE, SUPPORTS, ActivityKind, ItemKind, Medium, Response

NOTHING = "nothing"
_OF_EVERY_ROW = ("id", "identifier", "unit", "source", "licence", "retired")


def _nothing_about_anyone(*fields: str) -> dict[str, str]:
    return dict.fromkeys(fields, NOTHING)


class Unit(models.Model):
    """A folder of files that belong together, or a collection that others published."""

    PRIVACY = _nothing_about_anyone(
        "id", "identifier", "title", "grade", "language", "for_families_html", "source", "licence", "order"
    )

    identifier = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    grade = models.CharField(max_length=8, blank=True)
    language = models.CharField(max_length=12, default="en")
    for_families_html = models.TextField(blank=True)
    source = models.CharField(max_length=200, default="Plainview")
    licence = models.CharField(max_length=200, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "identifier"]

    def __str__(self) -> str:
        return self.title


class OfAUnit(models.QuerySet):
    def offered(self) -> OfAUnit:
        """What new plans may draw on. Retired rows stay readable where old work points at them."""
        return self.filter(retired=False)


class FromAFile(models.Model):
    """A row that came from somewhere, and is retired rather than dropped when it leaves there."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200, default="Plainview")
    licence = models.CharField(max_length=200, blank=True)
    retired = models.BooleanField(default=False)

    objects = OfAUnit.as_manager()

    class Meta:
        abstract = True


class Competency(FromAFile):
    PRIVACY = _nothing_about_anyone(*_OF_EVERY_ROW, "statement", "short_name", "grade", "order")

    identifier = models.CharField(max_length=160, unique=True)
    statement = models.TextField()
    short_name = models.CharField(max_length=120)
    grade = models.CharField(max_length=8, blank=True)
    order = models.PositiveIntegerField(default=0)
    requires = models.ManyToManyField("self", symmetrical=False, related_name="unlocks", blank=True)

    class Meta:
        ordering = ["order", "identifier"]
        verbose_name_plural = "competencies"

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("curriculum:competency", args=[self.identifier])


class Misconception(FromAFile):
    """A way of thinking that makes sense to the child who has it, and leads to a wrong answer."""

    PRIVACY = _nothing_about_anyone(*_OF_EVERY_ROW, "name", "what_it_looks_like", "what_helps", "order")

    identifier = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    what_it_looks_like = models.TextField()  # HTML, cleaned
    what_helps = models.TextField()  # HTML, cleaned
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "identifier"]

    def __str__(self) -> str:
        return self.name


class ItemFamily(FromAFile):
    """One question with changing numbers."""

    PRIVACY = _nothing_about_anyone(*_OF_EVERY_ROW, "title", "competency", "kind", "order")

    identifier = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="families")
    kind = models.CharField(max_length=24, choices=ItemKind)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["competency__order", "order", "identifier"]
        verbose_name_plural = "item families"

    def __str__(self) -> str:
        return self.title


class Item(FromAFile):
    """One question with its answer, its likely wrong answers and what each of them shows."""

    PRIVACY = _nothing_about_anyone(
        *_OF_EVERY_ROW, "family", "competency", "stem_html", "figure_svg", "response", "choices", "answer"
    ) | _nothing_about_anyone("hints", "worked_html", "order")

    identifier = models.CharField(max_length=140, unique=True)
    family = models.ForeignKey(ItemFamily, on_delete=models.PROTECT, related_name="items")
    # Also reachable through the family; kept here because a class page asks it of every answer.
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="items")
    stem_html = models.TextField()
    figure_svg = models.TextField(blank=True)
    response = models.CharField(max_length=12, choices=Response)
    # [{"key", "label_html", "text", "right", "misconception"}]; empty unless response is "choice"
    choices = models.JSONField(default=list, blank=True)
    # choice: {"key", "text"}; others: {"text", "form", "known_wrong": [{"text", "misconception"}]}
    answer = models.JSONField()
    hints = models.JSONField(default=list, blank=True)  # of cleaned HTML; the first helps least
    worked_html = models.TextField(blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["family", "order", "identifier"]
        constraints = [
            models.CheckConstraint(
                name="curriculum_an_item_to_choose_from_has_choices",
                condition=(Q(response=Response.CHOICE) & ~Q(choices=[]))
                | (~Q(response=Response.CHOICE) & Q(choices=[])),
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class Activity(FromAFile):
    """Something a child can do, alone or with others; always with a paper twin."""

    PRIVACY = (
        _nothing_about_anyone(
            *_OF_EVERY_ROW, "title", "kind", "minutes", "adult_minutes", "group_min", "group_max", "medium"
        )
        | _nothing_about_anyone(
            "screen_minutes",
            "with_whom",
            "materials",
            "student_words",
            "teacher_html",
            "student_html",
            "paper_html",
        )
        | _nothing_about_anyone("not_with_supports", "order")
    )

    identifier = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=ActivityKind)
    competencies = models.ManyToManyField(Competency, related_name="activities")
    misconceptions = models.ManyToManyField(Misconception, related_name="activities", blank=True)
    minutes = models.PositiveSmallIntegerField(help_text=_("for a child"))
    adult_minutes = models.PositiveSmallIntegerField(help_text=_("with an adult beside them"))
    group_min = models.PositiveSmallIntegerField()
    group_max = models.PositiveSmallIntegerField()
    medium = models.CharField(max_length=12, choices=Medium)
    screen_minutes = models.PositiveSmallIntegerField(default=0)
    with_whom = models.CharField(max_length=80)
    materials = models.JSONField(default=list, blank=True)
    student_words = models.TextField()  # plain text, as a child reads it
    teacher_html = models.TextField()
    student_html = models.TextField()
    paper_html = models.TextField()
    item_families = models.ManyToManyField(ItemFamily, related_name="activities", blank=True)
    not_with_supports = models.JSONField(default=list, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "identifier"]
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(
                name="curriculum_every_activity_has_a_paper_twin", condition=~Q(paper_html="")
            ),
            models.CheckConstraint(
                name="curriculum_no_more_adult_minutes_than_minutes",
                condition=Q(adult_minutes__lte=F("minutes")),
            ),
            models.CheckConstraint(
                name="curriculum_no_more_screen_minutes_than_minutes",
                condition=Q(screen_minutes__lte=F("minutes")),
            ),
            models.CheckConstraint(
                name="curriculum_a_group_has_fewest_and_most",
                condition=Q(group_min__gte=1, group_min__lte=F("group_max")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("curriculum:activity", args=[self.identifier])

    @property
    def not_with_supports_words(self) -> list[str]:
        return [str(SUPPORTS.get(term, term)) for term in self.not_with_supports]

    @property
    def paper_sheets(self) -> list[str]:
        """The paper twin, sheet by sheet."""
        return [sheet for sheet in self.paper_html.split(NEW_PAGE) if sheet.strip()]


class Picture(models.Model):
    """An image of somebody else's collection, drawn again by us pixel by pixel before it is kept."""

    PRIVACY = _nothing_about_anyone("id", "identifier", "png", "width", "height")

    identifier = models.CharField(max_length=64, unique=True)  # sha256 of png
    png = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.identifier[:12]
