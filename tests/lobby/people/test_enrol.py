"""A class from 28 pasted names."""

import pytest

from plainview.lobby.people.enrol import Faults, Name, enrol, read_names
from plainview.lobby.people.models import Badge, Person

pytestmark = pytest.mark.django_db


def test_names_come_as_people_write_them():
    text = "Bo O'Neill\n\n  Gutiérrez Villanueva de la Cruz, Santiago \nZoë\n"
    assert read_names(text) == [
        Name(given="Bo", family="O'Neill"),
        Name(given="Santiago", family="Gutiérrez Villanueva de la Cruz"),
        Name(given="Zoë", family=""),
    ]


def test_all_faults_are_said_at_once():
    with pytest.raises(Faults) as fault:
        read_names("Bo\nDee\nbo\n" + "x" * 200)
    assert fault.value.faults == [
        "Line 3: 'bo' stands on line 1 already. Add a letter to tell them apart.",
        "Line 4: found 200 characters, expected a name of at most 160.",
    ]


def test_a_list_can_be_given_again_with_one_more(people, today, now):
    kwargs = {
        "school": "Elm School",
        "title": "Room 2",
        "grade": "2",
        "teacher": people.ada,
        "on": today,
        "at": now,
    }
    enrol(read_names("Ana Li\nBen Ode"), **kwargs)
    room = enrol(read_names("Ana Li\nBen Ode\nCal Roy"), **kwargs)
    children = Person.objects.in_classes([room.pk], on=today)
    assert sorted(child.given_name for child in children) == ["Ana", "Ben", "Cal"]
    assert Badge.objects.filter(student__in=children).count() == 3
