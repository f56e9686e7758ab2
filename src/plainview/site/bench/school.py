"""A made-up school of a thousand: people, classes, forty competencies, a practice set for each child.

In:   an empty house with its content.
Out:  rows, and a session for each person as if everybody had signed in this morning.
Not here: what the children showed in a year (year).
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, cycle, islice

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from plainview.classroom.curriculum.models import Activity, Competency, Item, ItemFamily, Unit
from plainview.classroom.curriculum.vocabulary import ActivityKind
from plainview.classroom.evidence.models import Medium
from plainview.classroom.guidance.models import Switch
from plainview.classroom.plans.models import Stage, Step
from plainview.lobby.people.models import Class, Enrollment, Person, Role, School
from plainview.site.demo.school import CHILDREN

N_STUDENTS = 1000
N_CLASSES = 36
FIRST_CLASS = 28  # the class whose map is measured
N_COMPETENCIES = 40
PASSWORD = "a made-up password"  # noqa: S105 - of made-up teachers in a house that is thrown away
BACKEND = "plainview.lobby.people.sign_in.AdultBackend"
MINUTES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the school is; a test makes a tiny one."""

    n_students: int = N_STUDENTS
    n_classes: int = N_CLASSES
    first_class: int = FIRST_CLASS
    n_competencies: int = N_COMPETENCIES


def class_sizes(size: Size) -> list[int]:
    """The first class as said; the others share the rest as evenly as whole children allow."""
    rest, others = size.n_students - size.first_class, size.n_classes - 1
    if not others:
        return [size.n_students]
    return [size.first_class, *(rest // others + (n < rest % others) for n in range(others))]


@transaction.atomic
def make(size: Size, *, at: datetime, on: date) -> None:
    fill_up_competencies(size.n_competencies)
    school = School.objects.create(identifier="bench", name="A school for measuring")
    rooms = Class.objects.bulk_create(
        Class(identifier=f"bench-{n}", school=school, title=f"Room {n}", grade="4")
        for n in range(1, size.n_classes + 1)
    )
    teachers = Person.objects.bulk_create(_teachers(size.n_classes))
    students = Person.objects.bulk_create(_students(size.n_students))
    begins_on = on - timedelta(days=365)
    places = chain.from_iterable([room] * n for room, n in zip(rooms, class_sizes(size), strict=True))
    enrolled = [*zip(teachers, rooms, strict=True), *zip(students, places, strict=True)]
    Enrollment.objects.bulk_create(
        Enrollment(person=person, school_class=room, role=person.role, begins_on=begins_on)
        for person, room in enrolled
    )
    Switch.objects.bulk_create(
        Switch(school_class=room, is_on=True, by=teacher, at=at)
        for teacher, room in zip(teachers, rooms, strict=True)
    )
    give_practice(students, by=teachers[0], at=at, on=on)
    sign_everybody_in([*teachers, *students], at=at)


def _teachers(n_teachers: int) -> list[Person]:
    """One password for all: making it once saves a second of the build, checking it costs the same."""
    password = make_password(PASSWORD)
    names = zip(islice(cycle(CHILDREN), n_teachers), range(n_teachers), strict=True)
    return [
        Person(
            identifier=f"bench-t{n}",
            given_name=given,
            family_name=family,
            role=Role.TEACHER,
            sign_in_name=f"teacher{n}",
            password=password,
        )
        for (given, family, *_rest), n in names
    ]


def _students(n_students: int) -> list[Person]:
    n_names = len(CHILDREN)
    return [
        Person(
            identifier=f"bench-s{n}",
            given_name=CHILDREN[n % n_names][0],
            family_name=CHILDREN[(n + n // n_names) % n_names][1],
            role=Role.STUDENT,
            password="!",  # noqa: S106 - no password fits: a child signs in with a badge
        )
        for n in range(n_students)
    ]


def first_room() -> tuple[Class, int]:
    """The class that is measured, and its teacher."""
    room = Class.objects.order_by("pk").first()
    return room, Person.objects.get(enrollments__school_class=room, role=Role.TEACHER).pk


# --- what there is to learn --------------------------------------------------------------------------------


def fill_up_competencies(n_wanted: int) -> None:
    """Our unit has fewer than forty: the others are its own questions again under other codes."""
    real = list(Competency.objects.filter(families__isnull=False).distinct())
    # A unit of its own: loading ours once more would retire what its files do not know.
    unit = Unit.objects.create(identifier="bench", title="For measuring")
    for number in range(len(real), n_wanted):
        _again(real[number % len(real)], number, unit=unit)


def _again(competency: Competency, number: int, *, unit: Unit) -> None:
    family = ItemFamily.objects.filter(competency=competency).first()
    items = list(Item.objects.filter(family=family))
    name = f"bench-{number}"
    competency = _copied(competency, unit=unit, identifier=name, order=1000 + number)
    family = _copied(family, unit=unit, identifier=name, competency=competency)
    for item in items:
        named = f"{name}-{item.order}"
        _copied(item, unit=unit, identifier=named, family=family, competency=competency)


def _copied(row, **changes):
    row.pk = None
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


# --- what each child does this morning, and at which door --------------------------------------------------


def give_practice(students: list[Person], *, by: Person, at: datetime, on: date) -> None:
    sets = Activity.objects.filter(kind=ActivityKind.PRACTICE, item_families__isnull=False).distinct()
    for_each = cycle(list(sets.prefetch_related("competencies")))
    Step.objects.bulk_create(
        Step(
            student=student,
            activity=(activity := next(for_each)),
            competency=activity.competencies.all()[0],
            medium=Medium.SCREEN,
            minutes=MINUTES,
            screen_minutes=MINUTES,
            on=on,
            stage=Stage.CHOSEN,
            origin=Step.Origin.TEACHER,
            approved_by=by,
            approved_at=at,
            chosen_at=at,
        )
        for student in students
    )


def begin_again(*, at: datetime, on: date) -> None:
    """Every set stands at its first question, today: no child comes to its end while we measure."""
    Step.objects.filter(stage=Stage.CHOSEN).update(chosen_at=at, on=on)


def session_key(pk: int) -> str:
    return f"bench{pk:027d}"


def sign_everybody_in(people: list[Person], *, at: datetime) -> None:
    store, ends_at = SessionStore(), at + timedelta(days=7)
    Session.objects.bulk_create(
        Session(session_key=session_key(one.pk), session_data=store.encode(_held(one)), expire_date=ends_at)
        for one in people
    )


def _held(person: Person) -> dict[str, str]:
    return {
        SESSION_KEY: str(person.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: person.get_session_auth_hash(),
    }


def chance(seed: int = 20260304) -> random.Random:
    """The same school every time."""
    return random.Random(seed)
