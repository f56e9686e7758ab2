from datetime import timedelta

import pytest

from plainview.classroom.plans import group
from plainview.classroom.plans.models import Group
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen


@pytest.fixture
def make(people, shelf, now, today):
    def make(
        *, by=None, members=None, title="Table by the window", purpose="reteach", begins_on=None, days=4
    ):
        begins_on = begins_on or today
        return group.make_group(
            school_class=people.room_4b,
            title=title,
            purpose=purpose,
            competency=shelf.competency,
            members=members or [people.bo, people.dee],
            begins_on=begins_on,
            ends_on=begins_on + timedelta(days=days),
            by=by or people.ada,
            at=now,
        )

    return make


def test_a_group_made_twice_is_made_once(make, people):
    assert make() == make()
    assert Line.objects.filter(deed="plans.group.made").count() == 2  # one for each child
    assert make(title="Another") != make()


def test_a_group_ends_by_itself(make, people, today):
    made = make(days=1)
    for days, there in ((0, True), (1, True), (2, False)):
        assert Group.objects.current(today + timedelta(days=days)).filter(pk=made.pk).exists() == there


def test_a_group_can_be_ended_before_its_day(make, people, now, today):
    made = make()
    for _press in range(2):
        group.end_group(made, by=people.ada, at=now)
    assert not Group.objects.current(today).exists()
    assert Line.objects.filter(deed="plans.group.ended").count() == 2


@pytest.mark.parametrize("who", ["bo", "cy", "eve", "fay", "gus"])
def test_only_the_class_teacher_makes_groups(who, people, make):
    with pytest.raises((Denied, NotSeen)):
        make(by=getattr(people, who))
    assert not Group.objects.exists()


def test_one_child_is_not_a_group(people, make):
    with pytest.raises(Denied, match="at least two children"):
        make(members=[people.bo, people.bo])


def test_another_classs_child_is_not_there_to_be_chosen(people, make, shelf, today):
    from plainview.lobby.people.models import Enrollment, Person, Role

    ian = Person.objects.create(identifier="ian", given_name="Ian", role=Role.STUDENT)
    Enrollment.objects.create(person=ian, school_class=people.next_door, role=Role.STUDENT, begins_on=today)
    with pytest.raises(NotSeen):
        make(members=[people.bo, ian])


def test_children_who_are_kept_apart_are_not_put_together(people, make, now):
    pair = group.keep_apart(people.dee, people.bo, by=people.ada, at=now)
    assert group.keep_apart(people.bo, people.dee, by=people.ada, at=now) == pair
    with pytest.raises(Denied, match="Bo and Dee are kept apart"):
        make()
    group.let_together(pair, by=people.ada, at=now)
    assert make().members.count() == 2


def test_nobody_is_kept_apart_from_herself(people, now):
    with pytest.raises(Denied, match="two different"):
        group.keep_apart(people.bo, people.bo, by=people.ada, at=now)


@pytest.mark.parametrize(
    "purposes, alarm",
    [
        ("reteach reteach reteach", False),
        ("reteach reteach reteach reteach", True),
        ("reteach mix reteach reteach reteach", True),
        ("reteach mix mix reteach reteach reteach", False),
        ("mix reteach reteach reteach reteach", True),
        ("reteach reteach reteach reteach mix mix", False),
    ],
)
def test_look_again_together_four_of_the_last_five_times_is_an_alarm(people, make, today, purposes, alarm):
    for n, purpose in enumerate(purposes.split()):
        make(purpose=purpose, title=f"Group {n}", begins_on=today - timedelta(days=60 - 7 * n))
    assert group.sticky([people.bo.pk], on=today)[people.bo.pk].is_alarm == alarm


def test_the_alarm_rings_before_the_fourth_time_too(people, make, today):
    for n in range(3):
        make(title=f"Group {n}", begins_on=today - timedelta(days=30 - 7 * n))
    found = group.sticky([people.bo.pk], on=today, and_again=True)[people.bo.pk]
    assert found.is_alarm
    assert group.alarm_sentence(people.bo, found) == (
        "Bo was asked to look again together 4 of the last 4 times. Another company may do Bo good."
    )


def test_past_groups_name_the_day_the_purpose_and_the_members_newest_first(people, make, today):
    make(purpose="mix", title="Old", begins_on=today - timedelta(days=9))
    make()
    past = group.past_groups([people.bo.pk], until=today)[people.bo.pk]
    assert [(g.on, g.purpose) for g in past] == [(today, "reteach"), (today - timedelta(days=9), "mix")]
    assert past[0].members == tuple(sorted((people.bo.pk, people.dee.pk)))
