from datetime import timedelta

import pytest

from plainview.classroom.plans.choose import choose, finish, lay_back
from plainview.classroom.plans.models import Stage, Step
from plainview.classroom.plans.set import set_aside
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen


@pytest.fixture
def step(shelf, offer):
    return offer(shelf.game)


def test_a_child_chooses_and_lays_back_without_penalty(people, step, now, today):
    chosen = choose(step, by=people.bo, at=now, on=today)
    assert (chosen.stage, chosen.on, chosen.chosen_at) == (Stage.CHOSEN, today, now)
    back = lay_back(chosen, by=people.bo, at=now, on=today)
    assert (back.stage, back.chosen_at, back.ended_at) == (Stage.OFFERED, None, None)


def test_a_second_press_changes_nothing(people, step, now, today):
    for deed in (choose, choose, finish, finish):
        deed(step, by=people.bo, at=now, on=today)
    assert Step.objects.get(pk=step.pk).stage == Stage.DONE
    assert Line.objects.filter(deed="plans.step.chosen").count() == 1
    assert Line.objects.filter(deed="plans.step.done").count() == 1


def test_wanting_paper_twice_is_wanting_it_once(people, shelf, offer, now, today):
    step = offer(shelf.practice)
    for _press in range(2):
        choose(step, by=people.bo, at=now, on=today, on_paper=True)
    assert Line.objects.filter(deed="plans.step.chosen").count() == 1


@pytest.mark.parametrize("who", ["dee", "cy", "gus", "hal"])
def test_to_those_with_no_tie_the_step_is_not_there(who, people, step, now, today):
    for deed in (choose, lay_back, finish):
        with pytest.raises(NotSeen):
            deed(step, by=getattr(people, who), at=now, on=today)


@pytest.mark.parametrize("who", ["eve", "fay"])
def test_those_who_may_look_may_not_choose(who, people, step, now, today):
    with pytest.raises(Denied, match="Bo chooses this"):
        choose(step, by=getattr(people, who), at=now, on=today)


def test_a_teacher_writes_a_choice_down_for_a_child_on_paper(people, step, now, today):
    assert choose(step, by=people.ada, at=now, on=today).stage == Stage.CHOSEN


def test_what_is_done_stays_done(people, step, now, today):
    choose(step, by=people.bo, at=now, on=today)
    finish(step, by=people.bo, at=now, on=today)
    for deed in (choose, lay_back):
        with pytest.raises(Denied, match=r"is done\. Nothing was changed"):
            deed(step, by=people.bo, at=now, on=today)


def test_a_child_cannot_bring_back_what_the_teacher_set_aside(people, step, now, today):
    set_aside(step, by=people.ada, at=now)
    for deed in (choose, lay_back, finish):
        with pytest.raises(Denied):
            deed(step, by=people.bo, at=now, on=today)


def test_what_was_not_chosen_is_not_done(people, step, now, today):
    with pytest.raises(Denied):
        finish(step, by=people.bo, at=now, on=today)


def test_a_step_left_over_is_taken_up_again_the_next_day(people, step, now, today):
    choose(step, by=people.bo, at=now, on=today)
    later = choose(step, by=people.bo, at=now + timedelta(days=1), on=today + timedelta(days=1))
    assert later.on == today + timedelta(days=1)
