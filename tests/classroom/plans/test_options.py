"""Every student always holds three options or more, some on paper, some with others, all approved."""

import pytest

from plainview.classroom.plans import options
from plainview.classroom.plans.choose import choose, finish
from plainview.classroom.plans.models import DefaultOption, Stage, Step
from plainview.classroom.plans.set import set_aside
from plainview.lobby.people.models import Enrollment
from plainview.lobby.people.policy import Denied, NotSeen


def waiting(student):
    return list(Step.objects.filter(student=student, stage=Stage.OFFERED).select_related("activity"))


def top_up(people, now, today, *students):
    return options.top_up(students or [people.bo], by=people.ada, at=now, on=today)


def test_a_child_with_nothing_is_short_of_everything(people, today):
    (held,) = options.students_short_of_options([people.bo], on=today)
    assert (held.n_more, held.needs_paper, held.needs_others) == (3, True, True)


def test_the_approved_list_fills_up_to_three_some_on_paper_some_with_others(people, defaults, now, today):
    top_up(people, now, today)
    steps = waiting(people.bo)
    assert len(steps) == 3
    assert any(step.medium == "paper" for step in steps)
    assert any(step.is_with_others for step in steps)
    assert options.students_short_of_options([people.bo], on=today) == []


def test_what_comes_from_the_list_was_approved_by_the_teacher_on_the_lists_day(people, defaults, now, today):
    options.top_up([people.bo], by=people.bo, at=now.replace(hour=20), on=today)
    assert {(step.approved_by, step.approved_at) for step in waiting(people.bo)} == {(people.ada, now)}


def test_without_a_list_nothing_appears(people, now, today):
    """Invariant 3: the program has no activity of its own to offer."""
    assert top_up(people, now, today) == []
    assert waiting(people.bo) == []


def test_a_list_lapses_when_its_teacher_leaves(people, defaults, now, today):
    Enrollment.objects.filter(person=people.ada).update(ends_on=today.replace(day=1))
    assert options.top_up([people.bo], by=people.bo, at=now, on=today) == []


def test_the_list_of_next_door_is_not_ours(people, shelf, now, today):
    options.approve_default(people.next_door, shelf.game, by=people.cy, at=now)
    assert top_up(people, now, today) == []


@pytest.mark.parametrize("deed", ["choose", "finish", "set_aside"])
def test_after_every_deed_a_child_still_holds_three(deed, people, defaults, now, today):
    """The invariant itself, after each thing that takes an option away."""
    top_up(people, now, today)
    step = waiting(people.bo)[0]
    if deed == "set_aside":
        set_aside(step, by=people.ada, at=now)
    else:
        choose(step, by=people.bo, at=now, on=today)
    if deed == "finish":
        finish(step, by=people.bo, at=now, on=today)
    assert options.students_short_of_options([people.bo], on=today) == []


def test_what_the_teacher_set_aside_does_not_come_back_by_itself(people, shelf, defaults, now, today):
    top_up(people, now, today)
    game = next(step for step in waiting(people.bo) if step.activity == shelf.game)
    set_aside(game, by=people.ada, at=now)
    assert shelf.game not in [step.activity for step in waiting(people.bo)]


def test_topping_up_twice_adds_nothing(people, defaults, now, today):
    top_up(people, now, today)
    assert top_up(people, now, today) == []


def test_where_no_option_is_on_paper_one_comes_as_its_paper_twin(people, shelf, now, today):
    for activity in (shelf.game, shelf.practice, shelf.puzzle):
        options.approve_default(people.room_4b, activity, by=people.ada, at=now)
    top_up(people, now, today)
    assert {step.activity.title: step.medium for step in waiting(people.bo)}["Practice halves"] == "paper"


def test_nobody_asks_for_company_where_a_support_says_alone(people, defaults, support, now, today):
    support("no-partner")
    top_up(people, now, today)
    assert shelf_titles(people.bo).isdisjoint({"Fold it"})
    assert options.students_short_of_options([people.bo], on=today) == []


def shelf_titles(student):
    return {step.activity.title for step in waiting(student)}


def test_what_was_done_longest_ago_comes_round_again(people, shelf, now, today):
    for activity in (shelf.game, shelf.sheet):
        options.approve_default(people.room_4b, activity, by=people.ada, at=now)
    top_up(people, now, today)
    for hour, step in enumerate(waiting(people.bo), start=15):
        choose(step, by=people.bo, at=now, on=today)
        finish(step, by=people.bo, at=now.replace(hour=hour), on=today)
    top_up(people, now, today)
    assert shelf_titles(people.bo) == {"Fraction war", "Cut and paste"}


def test_dropping_from_the_list_leaves_what_was_offered(people, shelf, defaults, now, today):
    top_up(people, now, today)
    options.drop_default(people.room_4b, shelf.game, by=people.ada, at=now)
    assert shelf.game in [step.activity for step in waiting(people.bo)]
    assert not DefaultOption.objects.filter(activity=shelf.game).exists()


@pytest.mark.parametrize("who", ["bo", "cy", "eve", "fay", "gus"])
def test_only_the_class_teacher_keeps_the_list(who, people, shelf, now):
    with pytest.raises((Denied, NotSeen)):
        options.approve_default(people.room_4b, shelf.game, by=getattr(people, who), at=now)


def test_a_whole_class_is_filled_up_in_a_few_questions_to_the_database(
    people, defaults, now, today, django_assert_max_num_queries
):
    top_up(people, now, today, people.bo, people.dee)
    with django_assert_max_num_queries(8):
        top_up(people, now, today, people.bo, people.dee)


# --- Invariant 14: a weekly plan with no social activity asks -----------------------------------------------


def week(people, today):
    (company,) = options.company([people.bo], on=today)
    return company


def test_a_week_with_nothing_with_others_asks_the_teacher(people, shelf, offer, today):
    offer(shelf.sheet)
    assert week(people, today).asks_teacher
    offer(shelf.game)
    assert not week(people, today).asks_teacher


def test_a_child_whose_choices_are_all_alone_is_asked_too(people, shelf, offer, now, today):
    alone, together = offer(shelf.sheet), offer(shelf.game)
    assert not week(people, today).asks_child
    choose(alone, by=people.bo, at=now, on=today)
    assert week(people, today).asks_child
    choose(together, by=people.bo, at=now, on=today)
    assert not week(people, today).asks_child


def test_what_was_done_with_others_last_week_is_not_this_weeks_company(people, shelf, offer, now, today):
    step = offer(shelf.game)
    choose(step, by=people.bo, at=now, on=today)
    finish(step, by=people.bo, at=now, on=today)
    assert not week(people, today).asks_teacher
    assert week(people, today.replace(day=11)).asks_teacher


def test_where_a_support_says_alone_nobody_asks(people, support, today):
    support("no-partner")
    assert not week(people, today).asks_teacher
