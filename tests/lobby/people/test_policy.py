"""Who may see whom, person by person: the query and the check tell the same story."""

from datetime import timedelta

import pytest

from plainview.lobby.people import policy
from plainview.lobby.people.models import Class, Enrollment, Guardianship, Person, Role
from plainview.lobby.people.policy import Denied, NotSeen

pytestmark = pytest.mark.django_db
WHO = ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"]
MAY_SEE_BO = {"ada", "bo", "eve", "fay"}


def checked(check, *args, **kwargs) -> bool:
    try:
        check(*args, **kwargs)
    except (Denied, NotSeen):
        return False
    return True


@pytest.mark.parametrize("who", WHO)
def test_who_may_see_bo(who, people, today):
    person = getattr(people, who)
    by_query = Person.objects.seen_by(person, on=today).filter(pk=people.bo.pk).exists()
    by_check = checked(policy.check_may_see, person, people.bo, on=today)
    assert by_query == by_check == (who in MAY_SEE_BO)


@pytest.mark.parametrize("who", WHO)
def test_only_ada_decides_for_bo(who, people, today):
    assert checked(policy.check_teaches, getattr(people, who), people.bo, on=today) == (who == "ada")


@pytest.mark.parametrize("who", WHO)
def test_only_eve_chooses_for_bo(who, people):
    assert checked(policy.check_is_family, getattr(people, who), people.bo) == (who == "eve")


@pytest.mark.parametrize("who", WHO)
def test_supports_are_for_those_who_teach_and_the_family(who, people, today):
    assert policy.may_see_supports(getattr(people, who), people.bo, on=today) == (
        who in {"ada", "eve", "fay"}
    )


@pytest.mark.parametrize("who", WHO)
def test_who_sees_the_class(who, people, today):
    seen = Class.objects.seen_by(getattr(people, who), on=today)
    expected = {"ada": {people.room_4b}, "fay": {people.room_4b}, "cy": {people.next_door}}.get(who, set())
    assert set(seen) == expected


def test_nobody_signed_in_sees_anyone(people, today):
    assert not Person.objects.seen_by(None, on=today).exists()


def test_a_row_one_may_not_see_is_not_found_even_for_a_specialist_elsewhere(people, today):
    with pytest.raises(NotSeen):
        policy.check_teaches(people.cy, people.bo, on=today)


def test_a_specialist_sees_but_does_not_decide(people, today):
    with pytest.raises(Denied, match="Only a teacher of Bo decides this"):
        policy.check_teaches(people.fay, people.bo, on=today)


def test_an_enrollment_that_ended_opens_nothing(people, today):
    Enrollment.objects.filter(person=people.fay).update(ends_on=today - timedelta(days=1))
    assert not checked(policy.check_may_see, people.fay, people.bo, on=today)


def test_an_enrollment_opens_on_its_first_day_and_closes_after_its_last(people, today):
    Enrollment.objects.filter(person=people.fay).update(begins_on=today, ends_on=today)
    seen = [
        checked(policy.check_may_see, people.fay, people.bo, on=today + timedelta(days=days))
        for days in (-1, 0, 1)
    ]
    assert seen == [False, True, False]


def test_a_restricted_parent_sees_nothing(people, today):
    Guardianship.objects.create(guardian=people.hal, student=people.bo, sees_record=False)
    assert not checked(policy.check_may_see, people.hal, people.bo, on=today)


def test_a_teacher_who_is_also_in_another_class_sees_both(people, today):
    Enrollment.objects.create(
        person=people.ada, school_class=people.next_door, role=Role.TEACHER, begins_on=today
    )
    assert Class.objects.seen_by(people.ada, on=today).count() == 2


def test_whoever_is_enrolled_twice_sees_the_class_once(people, today):
    Enrollment.objects.create(
        person=people.ada, school_class=people.room_4b, role=Role.TEACHER, begins_on=today
    )
    assert Class.objects.seen_by(people.ada, on=today).count() == 1


def test_a_teacher_who_serves_next_door_as_a_specialist_sees_and_does_not_decide_there(people, today):
    Enrollment.objects.create(
        person=people.cy, school_class=people.room_4b, role=Role.SPECIALIST, begins_on=today
    )
    policy.check_may_see(people.cy, people.bo, on=today)
    with pytest.raises(Denied, match="Only a teacher of Bo decides this"):
        policy.check_teaches(people.cy, people.bo, on=today)
    with pytest.raises(Denied, match="Only a teacher of Room 4B decides this"):
        policy.check_teaches_class(people.cy, people.room_4b, on=today)


def test_a_child_who_moves_goes_with_the_record(people, today):
    """From the day of the move the new teacher sees Bo, and the old one no longer does."""
    Enrollment.objects.filter(person=people.bo).update(ends_on=today - timedelta(days=1))
    Enrollment.objects.create(
        person=people.bo, school_class=people.next_door, role=Role.STUDENT, begins_on=today
    )
    assert not checked(policy.check_may_see, people.ada, people.bo, on=today)
    assert checked(policy.check_teaches, people.cy, people.bo, on=today)
    assert checked(policy.check_may_see, people.ada, people.bo, on=today - timedelta(days=1))


def test_a_teacher_who_left_the_school_is_signed_out(signed_in_as, people):
    client = signed_in_as(people.ada)
    people.ada.is_active = False
    people.ada.save()
    assert client.get("/people/supports/").status_code == 302


def test_two_homes_are_asked_one_by_one(people, today):
    """Eve sees; the father, whom a court keeps from the record, does not choose either."""
    Guardianship.objects.create(guardian=people.hal, student=people.bo, sees_record=False)
    assert checked(policy.check_is_family, people.eve, people.bo)
    assert not checked(policy.check_is_family, people.hal, people.bo)
    assert not policy.may_see_supports(people.hal, people.bo, on=today)


@pytest.mark.parametrize("who", WHO)
def test_the_class_map_s_short_statement_tells_the_same_story(who, people, today):
    yesterday, person = today - timedelta(days=1), getattr(people, who)
    twice, once = people.room_4b, people.next_door
    for room, ends_on in ((twice, None), (once, yesterday)):
        Enrollment.objects.create(
            person=people.fay, school_class=room, role=Role.TEACHER, begins_on=yesterday, ends_on=ends_on
        )
    for on in (yesterday - timedelta(days=400), yesterday, today):
        by_query = list(Class.objects.seen_by(person, on=on).order_by("title", "pk"))
        assert policy.classes_seen_by(person, on=on) == by_query
