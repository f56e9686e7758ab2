import pytest
from django.db import DatabaseError, IntegrityError, transaction

from plainview.classroom.plans.models import MAY_FOLLOW, Stage, Step
from plainview.classroom.plans.set import offer_again, set_aside
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen


def test_every_stage_says_what_may_follow():
    assert set(MAY_FOLLOW) == set(Stage)


def test_a_teacher_offers_an_activity_and_her_name_stands_on_it(people, shelf, offer, now):
    step = offer(shelf.game, because="You liked games.")
    assert (step.stage, step.approved_by, step.approved_at) == (Stage.OFFERED, people.ada, now)
    assert Line.objects.get(deed="plans.step.added").about == people.bo.pk


def test_an_activity_that_waits_already_is_not_offered_twice(shelf, offer):
    assert offer(shelf.game) == offer(shelf.game)
    assert Line.objects.filter(deed="plans.step.added").count() == 1


@pytest.mark.parametrize("who", ["bo", "dee", "eve", "hal", "cy", "gus", "fay"])
def test_nobody_but_the_childs_teacher_puts_anything_on_a_plan(who, people, shelf, offer):
    """Invariant 3: nothing visible to a student exists without a teacher's decision or the child's choice."""
    with pytest.raises((Denied, NotSeen)):
        offer(shelf.game, by=getattr(people, who))
    assert not Step.objects.exists()


@pytest.mark.parametrize("who", ["bo", "eve", "fay", "gus", None])
def test_the_database_itself_refuses_a_step_that_no_teacher_approved(who, people, shelf, now):
    """Invariant 3 again, beneath all code: not even a raw insert makes an option appear."""
    step = Step(
        student=people.bo,
        activity=shelf.game,
        medium="hands_on",
        minutes=10,
        origin="teacher",
        approved_at=now,
    )
    step.approved_by = getattr(people, who) if who else None
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Step.objects.bulk_create([step])
    assert not Step.objects.exists()


def test_an_activity_that_clashes_with_a_support_is_refused_with_a_sentence(shelf, offer, support):
    support("no-partner")
    with pytest.raises(Denied, match="does not go with a support of Bo"):
        offer(shelf.lesson)


def test_a_retired_activity_is_not_offered(shelf, offer):
    shelf.game.retired = True
    with pytest.raises(Denied, match="not offered any more"):
        offer(shelf.game)


def test_set_aside_twice_is_set_aside_once_and_it_can_come_back(people, shelf, offer, now):
    step = offer(shelf.game)
    set_aside(step, by=people.ada, at=now)
    assert set_aside(step, by=people.ada, at=now).stage == Stage.SET_ASIDE
    assert Line.objects.filter(deed="plans.step.set_aside").count() == 1
    back = offer_again(step, by=people.ada, at=now)
    assert (back.stage, back.ended_at) == (Stage.OFFERED, None)


def test_what_waits_already_is_the_answer_to_offering_it_again(people, shelf, offer, now):
    old = set_aside(offer(shelf.game), by=people.ada, at=now)
    new = offer(shelf.game)
    assert offer_again(old, by=people.ada, at=now) == new


def test_another_time_than_the_activity_says_takes_its_share_of_the_screen(people, shelf, offer):
    step = offer(shelf.practice, minutes=15)  # ten minutes, all of them on a screen
    assert (step.minutes, step.screen_minutes) == (15, 15)
    shelf.practice.screen_minutes = 5
    shelf.practice.save()
    half = offer(shelf.practice, to=people.dee, minutes=5)
    assert (half.minutes, half.screen_minutes) == (5, 3), "half of five, rounded up"
    assert (offer(shelf.game, minutes=25).minutes, offer(shelf.game).screen_minutes) == (25, 0)


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_a_time_that_no_lesson_has_is_refused_with_a_sentence(shelf, offer, minutes):
    with pytest.raises(Denied, match="1 to 240 minutes"):
        offer(shelf.game, minutes=minutes)
