"""The same people in every test of the house.

Ada teaches Bo, Cy teaches next door, Dee sits beside Bo, Eve is Bo's mother. Fay is the specialist who serves
Ada's class, Gus the principal, Hal has Bo's family name and no tie to anyone.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

TODAY = date(2026, 3, 4)  # a Wednesday
NOW = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)


@dataclass
class People:
    ada: object
    bo: object
    cy: object
    dee: object
    eve: object
    fay: object
    gus: object
    hal: object
    room_4b: object
    next_door: object


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def people(db) -> People:
    from plainview.lobby.people.models import Class, Enrollment, Guardianship, Person, Role, School

    school = School.objects.create(identifier="oak", name="Oak School")
    room_4b = Class.objects.create(identifier="4b", school=school, title="Room 4B", grade="4")
    next_door = Class.objects.create(identifier="4c", school=school, title="Room 4C", grade="4")

    def person(name: str, family: str, role: Role) -> Person:
        return Person.objects.create(
            identifier=name.lower(),
            given_name=name,
            family_name=family,
            role=role,
            sign_in_name=None if role == Role.STUDENT else name.lower(),
            password="!",
        )

    def enrol(who: Person, where: Class, role: Role) -> None:
        Enrollment.objects.create(person=who, school_class=where, role=role, begins_on=date(2025, 9, 1))

    ada = person("Ada", "Okafor", Role.TEACHER)
    bo = person("Bo", "O'Neill", Role.STUDENT)
    cy = person("Cy", "Lindqvist", Role.TEACHER)
    dee = person("Dee", "Park", Role.STUDENT)
    eve = person("Eve", "O'Neill", Role.GUARDIAN)
    fay = person("Fay", "Mbeki", Role.SPECIALIST)
    gus = person("Gus", "Weber", Role.PRINCIPAL)
    hal = person("Hal", "O'Neill", Role.GUARDIAN)
    enrol(ada, room_4b, Role.TEACHER)
    enrol(cy, next_door, Role.TEACHER)
    enrol(fay, room_4b, Role.SPECIALIST)
    enrol(bo, room_4b, Role.STUDENT)
    enrol(dee, room_4b, Role.STUDENT)
    Guardianship.objects.create(guardian=eve, student=bo)
    return People(ada, bo, cy, dee, eve, fay, gus, hal, room_4b, next_door)


@pytest.fixture
def signed_in_as(client):
    """``signed_in_as(people.ada)`` gives a browser in which Ada has signed in."""

    def sign_in(person):
        client.force_login(person, backend="plainview.lobby.people.sign_in.AdultBackend")
        return client

    return sign_in
