"""A class from 28 pasted names."""

import pytest

from plainview.lobby.people.enrol import Faults, Name, enrol, read_names
from plainview.lobby.people.models import Badge, Class, Enrollment, Person, School

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


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (",", "Line 1: found ',', expected a name such as 'Bo O'Neill' or 'O'Neill, Bo'."),
        ("x" * 81 + " Li", "expected at most 80 characters a part."),
        ("Li, " + "x" * 81, "expected at most 80 characters a part."),
    ],
)
def test_what_is_no_name_is_said_to_be_none(line, says):
    with pytest.raises(Faults) as fault:
        read_names(line)
    assert says in fault.value.faults[0]


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


@pytest.fixture
def enrolled(people, today, now):
    def deed(text, *, school="Elm School", title="Room 2", on=today):
        return enrol(
            read_names(text), school=school, title=title, grade="2", teacher=people.ada, on=on, at=now
        )

    return deed


def test_two_classes_whose_names_have_no_latin_letters_stay_two_classes(enrolled, today):
    """Squeezed into an identifier both would be the same nothing, and two classes one."""
    first, second = enrolled("Mei", title="四年级一班"), enrolled("Lin", title="四年级二班")
    assert first != second
    assert [p.given_name for p in Person.objects.in_classes([first.pk], on=today)] == ["Mei"]
    assert enrolled("Mei", title="四年级一班") == first


def test_two_schools_with_a_room_of_the_same_name_stay_two(enrolled):
    assert enrolled("Ana", school="Elm") != enrolled("Ben", school="Oak Hill")
    assert School.objects.filter(name__in=("Elm", "Oak Hill")).count() == 2


def test_long_names_of_school_and_class_still_fit(enrolled):
    room = enrolled("Ana", school="The " + "Very " * 20 + "Long School", title="Room " + "2" * 60)
    for model in (School, Class, Person):
        assert all(len(row.identifier) <= 60 for row in model.objects.all())
    assert room.title.startswith("Room 2")


def test_a_teacher_whose_time_ended_and_who_comes_back_sees_the_class(enrolled, people, today):
    room = enrolled("Ana Li")
    Enrollment.objects.filter(person=people.ada, school_class=room).update(
        begins_on=today.replace(month=1), ends_on=today.replace(month=2)
    )
    enrolled("Ana Li")
    assert room in Class.objects.seen_by(people.ada, on=today)


def test_a_childs_picture_cannot_be_told_from_her_place_on_the_list(enrolled):
    enrolled("\n".join(f"Child {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)))
    pictures = list(Badge.objects.order_by("student").values_list("picture", flat=True))
    assert any(pictures[n] != pictures[n + 9] for n in range(51))
    assert len(set(pictures)) > 3
