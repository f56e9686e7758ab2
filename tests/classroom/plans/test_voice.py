from datetime import date

import pytest
from django.db import DatabaseError, transaction

from plainview.classroom.plans import voice
from plainview.classroom.plans.models import Contest, Goal, Proposal, Step
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen


def propose(people, now, words="A kite with eighths", **more):
    return voice.propose(student=people.bo, words=words, by=people.bo, at=now, **more)


def contest(people, shelf, now, today, by=None, words="I can do this with strips.", wish="show"):
    return voice.contest(
        student=people.bo,
        competency=shelf.competency,
        wish=wish,
        words=words,
        by=by or people.bo,
        at=now,
        on=today,
    )


def test_the_newest_goal_holds_and_the_earlier_ones_stay(people, now):
    for words in ("Read a recipe", "Build a kite", "Build a kite"):
        voice.set_goal(student=people.bo, words=words, by=people.bo, at=now)
    assert voice.goal_of(people.bo).words == "Build a kite"
    assert Goal.objects.count() == 2


def test_an_idea_sent_twice_is_one_idea(people, now):
    assert propose(people, now) == propose(people, now)


def test_yes_makes_a_step_that_is_the_childs_idea_and_the_teachers_word(people, now):
    out = voice.answer_proposal(
        propose(people, now), answer="yes", words="With Dee?", by=people.ada, at=now, with_whom="with Dee"
    )
    assert (out.step.origin, out.step.approved_by, out.step.title) == (
        Step.Origin.STUDENT,
        people.ada,
        "A kite with eighths",
    )
    assert voice.answer_proposal(out, answer="no", words="x", by=people.ada, at=now).answer == "yes"
    assert Step.objects.count() == 1


def test_later_and_no_say_why(people, now):
    idea = propose(people, now)
    with pytest.raises(Denied, match="so that Bo knows why"):
        voice.answer_proposal(idea, answer="no", words=" ", by=people.ada, at=now)
    assert (
        voice.answer_proposal(idea, answer="later", words="After break.", by=people.ada, at=now).step is None
    )
    assert voice.answer_proposal(idea, answer="yes", words="", by=people.ada, at=now).step is not None


def test_an_idea_on_a_screen_becomes_paper_where_the_child_works_on_paper(people, family_says, now):
    family_says("paper_only")
    idea = propose(people, now, medium="screen")
    step = voice.answer_proposal(idea, answer="yes", words="", by=people.ada, at=now).step
    assert (step.medium, step.screen_minutes) == ("paper", 0)


def test_three_steps_said_talked_settled(people, shelf, now, today):
    said = contest(people, shelf, now, today)
    assert (said.stage, said.due_on) == (Contest.Stage.SAID, date(2026, 3, 11))
    with pytest.raises(Denied, match="First the two of you talk"):
        voice.settle(said, words="Fine", by=people.ada, at=now)
    talked = voice.reply(said, words="Show me on Thursday.", by=people.ada, at=now)
    assert talked.stage == Contest.Stage.TALKED
    settled = voice.settle(talked, words="Bo showed it. We agree.", by=people.ada, at=now)
    assert (settled.stage, settled.words) == (Contest.Stage.SETTLED, "I can do this with strips.")


def test_the_clock_counts_school_days(people, shelf, now, today):
    said = contest(people, shelf, now, today)
    assert voice.school_days_left(said, on=today) == 5
    assert voice.school_days_left(said, on=date(2026, 3, 9)) == 2
    assert voice.school_days_left(said, on=date(2026, 3, 12)) == -1


def test_pressed_twice_is_said_and_answered_once(people, shelf, now, today):
    said = contest(people, shelf, now, today)
    assert contest(people, shelf, now, today) == said
    for _press in range(2):
        voice.reply(said, words="Show me.", by=people.ada, at=now)
    with pytest.raises(Denied, match="answered already"):
        voice.reply(said, words="Something else", by=people.ada, at=now)
    assert Line.objects.filter(deed="plans.contest.replied").count() == 1


def test_empty_words_are_no_words(people, shelf, now, today):
    with pytest.raises(Denied, match="few words"):
        contest(people, shelf, now, today, words="  ")
    with pytest.raises(Denied, match="few words"):
        propose(people, now, words="")


@pytest.mark.parametrize("model", [Goal, Proposal, Contest])
def test_the_database_refuses_to_change_a_childs_own_words(model, people, shelf, now, today):
    voice.set_goal(student=people.bo, words="Build a kite", by=people.bo, at=now)
    propose(people, now)
    contest(people, shelf, now, today)
    before = model.objects.get().words
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(words="What an adult would rather read")
    assert model.objects.get().words == before


@pytest.mark.parametrize("who", ["bo", "eve", "fay"])
def test_only_the_childs_teacher_answers(who, people, shelf, now, today):
    idea, said = propose(people, now), contest(people, shelf, now, today)
    by = getattr(people, who)
    with pytest.raises(Denied):
        voice.answer_proposal(idea, answer="yes", words="", by=by, at=now)
    with pytest.raises(Denied):
        voice.reply(said, words="No.", by=by, at=now)


@pytest.mark.parametrize("who", ["cy", "dee", "gus", "hal"])
def test_others_can_neither_speak_for_bo_nor_answer(who, people, shelf, now, today):
    idea, by = propose(people, now), getattr(people, who)
    with pytest.raises(NotSeen):
        contest(people, shelf, now, today, by=by)
    with pytest.raises(NotSeen):
        voice.answer_proposal(idea, answer="yes", words="", by=by, at=now)


def test_what_waits_is_listed_for_the_class_the_first_due_first(people, shelf, now, today):
    late = contest(people, shelf, now, date(2026, 3, 5), words="Second")
    soon = contest(people, shelf, now, today, words="First")
    assert voice.open_contests(people.room_4b, on=today) == [soon, late]
    assert voice.open_contests(people.next_door, on=today) == []
    assert voice.open_proposals(people.room_4b, on=today) == []
    idea = propose(people, now)
    assert voice.open_proposals(people.room_4b, on=today) == [idea]
