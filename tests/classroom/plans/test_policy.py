"""The query and the check tell the same story, person by person."""

import pytest

from plainview.classroom.plans import group, policy
from plainview.lobby.people.policy import Denied, NotSeen

EVERYONE = ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"]


def allows(check, *args, **kwargs) -> bool:
    try:
        check(*args, **kwargs)
    except (Denied, NotSeen):
        return False
    return True


@pytest.mark.parametrize("who", [*EVERYONE, None])
def test_the_query_and_the_check_tell_the_same_story(who, people, shelf, offer, today):
    step, person = offer(shelf.game), getattr(people, who) if who else None
    seen = policy.steps_seen_by(person, on=today).filter(pk=step.pk).exists()
    assert allows(policy.check_may_see_step, person, step, on=today) == seen
    assert allows(policy.step_seen_by, person, step.pk, on=today) == seen
    assert seen == (who in {"ada", "bo", "eve", "fay"})


@pytest.mark.parametrize(
    "check, those",
    [
        ("check_may_choose", {"ada", "bo"}),
        ("check_may_speak", {"ada", "bo", "fay"}),
        ("check_may_meet", {"ada", "fay"}),
        ("check_may_add", {"ada"}),
    ],
)
@pytest.mark.parametrize("who", EVERYONE)
def test_who_may_do_what(who, check, those, people, shelf, offer, now, today):
    person = getattr(people, who)
    subject = offer(shelf.game) if check == "check_may_choose" else people.bo
    when = {"at": now} if check == "check_may_add" else {"on": today}
    assert allows(getattr(policy, check), person, subject, **when) == (who in those)


@pytest.mark.parametrize("who", EVERYONE)
def test_a_group_is_there_for_the_adults_of_its_class(who, people, now, today):
    made = group.make_group(
        school_class=people.room_4b, title="T", purpose="mix", competency=None,
        members=[people.bo, people.dee], begins_on=today, ends_on=today, by=people.ada, at=now,
    )  # fmt: skip
    assert allows(policy.group_seen_by, getattr(people, who), made.pk, on=today) == (who in {"ada", "fay"})


def test_when_a_specialists_time_ends_the_child_is_not_there_any_more(people, today):
    people.fay.enrollments.update(ends_on=today)
    assert allows(policy.check_may_meet, people.fay, people.bo, on=today)
    assert not allows(policy.check_may_meet, people.fay, people.bo, on=today.replace(day=5))
