"""People, classes, and what ties them: OneRoster's nouns, and no more of a person than the classroom needs.

A child has no e-mail address, no password and no demographics here. Sensitive facts (supports, who a child
lives with) stand in tables of their own, behind policy.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    STUDENT = "student", _("student")
    TEACHER = "teacher", _("teacher")
    SPECIALIST = "specialist", _("specialist")
    GUARDIAN = "guardian", _("family")
    PRINCIPAL = "principal", _("principal")
    DATA_MANAGER = "data_manager", _("data manager")
    # At the desk, where products are reviewed.
    CHAIR = "chair", _("chair of reviews")
    EXPERT = "expert", _("expert")
    STEWARD = "steward", _("steward of stories")
    OFFICER = "officer", _("district officer")
    VENDOR = "vendor", _("vendor’s contact")


class School(models.Model):
    """OneRoster's org."""

    PRIVACY = {"id": _("nothing"), "identifier": _("nothing"), "name": _("where a child goes to school")}

    identifier = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class ClassQuerySet(models.QuerySet):
    def seen_by(self, person: Person, *, on: date) -> ClassQuerySet:
        """The classes that ``person`` teaches or serves on that day."""
        if person is None or person.role not in (Role.TEACHER, Role.SPECIALIST):
            return self.none()
        return self._with(person, (Role.TEACHER, Role.SPECIALIST), on=on)

    def taught_by(self, person: Person | None, *, on: date) -> ClassQuerySet:
        """Those she teaches. She may also serve next door as a specialist, and does not decide there."""
        if person is None or person.role != Role.TEACHER:
            return self.none()
        return self._with(person, (Role.TEACHER,), on=on)

    def _with(self, person: Person, roles: tuple[Role, ...], *, on: date) -> ClassQuerySet:
        # By a subquery: whoever is enrolled twice in a class still sees it once.
        enrolled = Enrollment.objects.filter(Enrollment.current(on), person=person, role__in=roles)
        return self.filter(pk__in=enrolled.values("school_class"))


class Class(models.Model):
    PRIVACY = {
        "id": _("nothing"),
        "identifier": _("nothing"),
        "school": _("where a child goes to school"),
        "title": _("the name of the class"),
        "grade": _("which grade"),
        "language": _("the language of teaching"),
        "screen_minutes_a_day": _("how many minutes of screen a day the class allows"),
    }

    identifier = models.CharField(max_length=60, unique=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="classes")
    title = models.CharField(max_length=120)
    grade = models.CharField(max_length=4)
    language = models.CharField(max_length=12, default="en")
    screen_minutes_a_day = models.PositiveSmallIntegerField(default=20)

    objects = ClassQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class PersonQuerySet(models.QuerySet):
    def seen_by(self, person: Person | None, *, on: date) -> PersonQuerySet:
        """The students whose row ``person`` may read on that day; ``check_may_see`` tells the same story."""
        students = self.filter(role=Role.STUDENT)
        if person is None:
            return students.none()
        if person.role in (Role.TEACHER, Role.SPECIALIST):
            return students.in_classes(Class.objects.seen_by(person, on=on), on=on)
        if person.role == Role.GUARDIAN:
            return students.filter(guardianships__guardian=person, guardianships__sees_record=True)
        if person.role == Role.STUDENT:
            return students.filter(pk=person.pk)
        return students.none()

    def in_classes(self, classes: models.QuerySet, *, on: date) -> PersonQuerySet:
        enrolled = Enrollment.objects.filter(
            Enrollment.current(on), school_class__in=classes, role=Role.STUDENT
        ).values("person")
        return self.filter(pk__in=enrolled)

    def by_name(self) -> PersonQuerySet:
        return self.order_by("family_name", "given_name", "pk")


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def get_by_natural_key(self, sign_in_name: str) -> Person:
        return self.get(sign_in_name=sign_in_name.lower())

    def create_user(self, sign_in_name: str, password: str | None = None, **fields) -> Person:
        """An adult who signs in by password (the name is the framework's)."""
        person = self.model(sign_in_name=sign_in_name.lower(), **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Anyone: a child, a teacher, a specialist, a mother, a principal (OneRoster's user)."""

    PRIVACY = {
        "id": _("a number for the person"),
        "identifier": _("the school's own number for the person"),
        "given_name": _("the first name"),
        "family_name": _("the family name"),
        "called": _("what the person likes to be called"),
        "role": _("what the person is here"),
        "language": _("the language at home, for notes and pages"),
        "sign_in_name": _("the name an adult signs in with"),
        "email": _("where an adult gets mail"),
        "password": _("a scrambled password; nobody can read it"),
        "is_active": _("whether the person is still at the school"),
    }

    identifier = models.CharField(max_length=60, unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80, blank=True)
    called = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=12, choices=Role)
    language = models.CharField(max_length=12, default="en")
    sign_in_name = models.CharField(max_length=150, unique=True, null=True, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    # The framework would note when each person last came in. Nobody here needs to know.
    last_login = None

    objects = PersonManager()

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_name", "role"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_a_student_has_no_mail_and_no_sign_in_name",
                condition=~Q(role=Role.STUDENT) | Q(email="", sign_in_name=None),
            ),
            # A name is found by its index, however it was typed.
            models.CheckConstraint(
                name="people_a_sign_in_name_is_in_small_letters",
                condition=Q(sign_in_name=None) | Q(sign_in_name=Lower("sign_in_name")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def short_name(self) -> str:
        return self.called or self.given_name

    @property
    def is_adult(self) -> bool:
        return self.role != Role.STUDENT


class Enrollment(models.Model):
    """Who is in a class, as what, from when to when. A specialist's or a substitute's ends by itself."""

    PRIVACY = {
        "id": _("nothing"),
        "school_class": _("which class"),
        "person": _("who"),
        "role": _("as what"),
        "begins_on": _("since when"),
        "ends_on": _("until when"),
    }

    school_class = models.ForeignKey(Class, on_delete=models.PROTECT, related_name="enrollments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrollments")
    role = models.CharField(max_length=12, choices=Role)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "person", "role", "begins_on"], name="people_one_enrollment_a_start"
            )
        ]
        indexes = [models.Index(fields=["person", "role"], name="people_enrolled_as")]

    def __str__(self) -> str:
        return f"{self.person} / {self.school_class}"

    @staticmethod
    def current(on: date, path: str = "") -> Q:
        """Enrollments that hold on that day; ``path`` leads to them from another table."""
        return Q(**{f"{path}begins_on__lte": on}) & (
            Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gte": on})
        )


class Guardianship(models.Model):
    """An adult of a child's family (OneRoster's agent). A restriction is a fact, not a note."""

    PRIVACY = {
        "id": _("nothing"),
        "guardian": _("an adult of the family"),
        "student": _("the child"),
        "household": _("which home, where there are two"),
        "sees_record": _("whether this adult may see the record"),
    }

    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="children_of")
    student = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardianships")
    household = models.CharField(max_length=40, blank=True)
    sees_record = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guardian", "student"], name="people_one_tie_a_pair")]

    def __str__(self) -> str:
        return f"{self.guardian} / {self.student}"


class Badge(models.Model):
    """How a child signs in: a card with a code, and one picture of nine. Nothing to remember or type."""

    PRIVACY = {
        "id": _("nothing"),
        "student": _("whose card"),
        "code": _("the code on the card"),
        "picture": _("the picture the child chose"),
        "made_at": _("when the card was made"),
    }

    student = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="badge")
    code = models.CharField(max_length=12, unique=True)
    picture = models.CharField(max_length=20)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Support(models.Model):
    """What helps a child reach the work (IEP, 504, EL), in the terms of a PNP. Sensitive: see policy."""

    class Plan(models.TextChoices):
        IEP = "iep", "IEP"
        SECTION_504 = "504", "504"
        EL = "el", _("English learner")

    PRIVACY = {
        "id": _("nothing"),
        "student": _("whose support"),
        "plan": _("which plan it comes from"),
        "term": _("the support, as a fixed word"),
        "words": _("the support, in words"),
        "exempt_from_screen_cap": _("whether screen minutes with it are not counted"),
        "begins_on": _("since when"),
        "ends_on": _("until when"),
        "written_by": _("who wrote it"),
    }

    student = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="supports")
    plan = models.CharField(max_length=4, choices=Plan)
    term = models.CharField(max_length=60)  # AfA PNP: "spoken", "extra-time", "simplified-language", ...
    words = models.CharField(max_length=200)
    exempt_from_screen_cap = models.BooleanField(default=False)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.words


class SupportGiven(models.Model):
    """Whether a support was there today: one tick by an adult."""

    class Outcome(models.TextChoices):
        DELIVERED = "delivered", _("delivered")
        NOT_DELIVERED = "not_delivered", _("not delivered")
        REFUSED = "refused", _("refused by the child")

    PRIVACY = {
        "id": _("nothing"),
        "support": _("which support"),
        "on": _("which day"),
        "outcome": _("whether it was there"),
        "by": _("who says so"),
    }

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="given")
    on = models.DateField()
    outcome = models.CharField(max_length=14, choices=Outcome)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["support", "on"], name="people_one_tick_a_day")]

    def __str__(self) -> str:
        return f"{self.support} {self.on}"


class FamilyChoice(models.Model):
    """What a family chose, without explaining and without penalty. The newest row of a kind holds."""

    class Kind(models.TextChoices):
        PAPER_ONLY = "paper_only", _("paper only")
        NO_PHOTOS = "no_photos", _("no photos")
        NO_ESTIMATES = "no_estimates", _("no estimates")
        NO_RESEARCH = "no_research", _("no research")

    PRIVACY = {
        "id": _("nothing"),
        "student": _("for which child"),
        "kind": _("what was chosen about"),
        "chosen": _("whether it holds"),
        "by": _("who chose"),
        "at": _("when"),
    }

    student = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="family_choices")
    kind = models.CharField(max_length=12, choices=Kind)
    chosen = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["student", "kind", "-at"], name="people_newest_choice")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.chosen}"


class Absence(models.Model):
    PRIVACY = {
        "id": _("nothing"),
        "student": _("who was not there"),
        "on": _("which day"),
        "entered_by": _("who says so"),
    }

    student = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    on = models.DateField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["student", "on"], name="people_one_absence_a_day")]

    def __str__(self) -> str:
        return f"{self.student} {self.on}"
