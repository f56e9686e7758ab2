"""Invariant 11: every activity has a paper twin, and who was opted out cannot be told from the record."""

import pytest
from django.db import IntegrityError, transaction

from plainview.classroom.curriculum.models import Activity
from plainview.classroom.plans import options, practice
from plainview.classroom.plans.choose import choose, finish
from plainview.classroom.plans.models import ScreenDay, Step
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied

OF_THE_ROW = {"id", "student"}


def record_of(student):
    """All that the plan and the ledger say of a child, without who it is and which row."""
    steps = [
        {f.name: getattr(step, f.attname) for f in Step._meta.concrete_fields if f.name not in OF_THE_ROW}
        for step in Step.objects.filter(student=student).order_by("pk")
    ]
    lines = list(Line.objects.filter(about=student.pk, deed__startswith="plans.").order_by("pk"))
    days = list(ScreenDay.objects.filter(student=student).values_list("on", "minutes"))
    return steps, [(line.at, line.deed, line.by == student.pk) for line in lines], days


def test_every_activity_has_a_paper_twin(shelf):
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=shelf.game.pk).update(paper_html="")


@pytest.mark.parametrize("because", ["family", "support"])
def test_the_record_of_an_opted_out_child_is_the_record_of_a_child_who_takes_paper(
    because, people, shelf, offer, family_says, support, now, today
):
    """Bo is opted out; Dee was offered the same on paper. Column by column, line by line: the same."""
    if because == "family":
        family_says("paper_only")
    else:
        support("no-screen")
    for student, medium in ((people.bo, None), (people.dee, "paper")):
        step = offer(shelf.practice, to=student, medium=medium)
        choose(step, by=student, at=now, on=today)
        finish(step, by=student, at=now, on=today)
    assert record_of(people.bo) == record_of(people.dee)


@pytest.mark.parametrize("because", ["family", "support"])
def test_what_an_opted_out_child_is_offered_is_on_paper_from_the_start(
    because, people, shelf, offer, defaults, family_says, support, now, today
):
    if because == "family":
        family_says("paper_only")
    else:
        support("no-screen")
    assert (offer(shelf.practice).medium, offer(shelf.practice).screen_minutes) == ("paper", 0)
    options.top_up([people.bo], by=people.ada, at=now, on=today)
    assert not Step.objects.filter(student=people.bo, medium="screen").exists()


def test_topping_up_gives_the_opted_out_child_as_many_and_as_soon(people, defaults, family_says, now, today):
    family_says("paper_only")
    options.top_up([people.bo, people.dee], by=people.ada, at=now, on=today)
    bo, dee = record_of(people.bo), record_of(people.dee)
    assert len(bo[0]) == len(dee[0])
    assert bo[1] == dee[1]


def test_a_choice_of_the_family_holds_for_what_was_offered_before(
    people, shelf, offer, family_says, now, today
):
    step = offer(shelf.practice)
    assert step.medium == "screen"
    family_says("paper_only")
    chosen = choose(step, by=people.bo, at=now, on=today)
    assert (chosen.medium, chosen.screen_minutes) == ("paper", 0)
    with pytest.raises(Denied, match="away from the screen"):
        practice.check_ready(chosen, on=today)


def test_a_family_that_changes_its_mind_gets_the_screen_back(shelf, offer, family_says):
    family_says("paper_only")
    family_says("paper_only", chosen=False)
    assert offer(shelf.practice).medium == "screen"


def test_an_activity_for_the_table_is_not_put_on_a_screen(shelf, offer):
    with pytest.raises(Denied, match="not made for a screen"):
        offer(shelf.game, medium="screen")


def test_a_paper_step_has_no_screen_minutes_says_the_database(shelf, offer):
    step = offer(shelf.sheet)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=step.pk).update(screen_minutes=5)
