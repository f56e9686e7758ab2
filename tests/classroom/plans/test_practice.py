from datetime import timedelta

import pytest

from plainview.classroom.curriculum.models import Item
from plainview.classroom.evidence.correct import correct
from plainview.classroom.evidence.models import Evidence
from plainview.classroom.plans import practice
from plainview.classroom.plans.choose import choose, finish
from plainview.lobby.people.policy import Denied, NotSeen


@pytest.fixture
def step(people, shelf, offer, now, today):
    return choose(offer(shelf.practice), by=people.bo, at=now, on=today)


@pytest.fixture
def answer(people, step, now, today, key):
    def answer(item, response="a", *, by=None, client_key=None, **more):
        return practice.answer(
            practice.step_of(step.pk, by=by or people.bo),
            practice.item_of(step, item.pk),
            response,
            by=by or people.bo,
            at=now + timedelta(minutes=Evidence.objects.count() + 1),
            on=today,
            client_key=client_key or key(),
            **more,
        )

    return answer


def next_of(step):
    return practice.next_item(step, practice.sitting(step))


def test_the_first_question_of_each_family_comes_before_the_second_of_any(shelf, step, answer):
    asked = []
    while question := next_of(step):
        asked.append(question)
        answer(question)
    assert asked == shelf.items


def test_what_was_not_answered_yet_comes_first_then_what_was_answered_longest_ago(shelf, step, answer):
    for item in (shelf.items[3], shelf.items[0]):
        answer(item)
    assert next_of(step) == shelf.items[1]
    for item in (shelf.items[1], shelf.items[2], shelf.items[4]):
        answer(item)
    assert next_of(step) == shelf.items[5]


def test_an_old_answer_counts_for_the_order_but_not_for_the_set(people, shelf, step, answer, now):
    for item in shelf.items:
        answer(item)
    step.chosen_at = now + timedelta(days=1)
    step.save()
    sitting = practice.sitting(step)
    assert (sitting.n_answered, sitting.n_questions, sitting.coming) == (0, 6, shelf.items[0])


def test_a_set_ends_and_says_what_was_done_never_how_well(shelf, step, answer):
    for n, item in enumerate(shelf.items):
        answer(item, "ab"[n % 2], hints=n % 2)
    sitting = practice.sitting(step)
    assert (sitting.is_through, sitting.n_answered, sitting.n_hints) == (True, 6, 3)
    assert practice.next_item(step, sitting) is None
    assert not {"right", "score", "share"} & set(sitting.__slots__)


def test_a_set_has_as_many_questions_as_minutes_and_at_most_ten(shelf, step):
    step.minutes = 2
    assert practice.sitting(step).n_questions == 2
    step.minutes = 60
    assert practice.sitting(step).n_questions == 6


def test_a_corrected_answer_is_one_answer_of_the_set(people, shelf, step, answer, now, key):
    given = answer(shelf.items[0], "b")
    later = now + timedelta(hours=1)
    correct(given, by=people.ada, at=later, why="She meant the other.", client_key=key(), shown=1.0)
    assert practice.sitting(step).n_answered == 1


def test_retired_questions_are_not_asked(shelf, step):
    Item.objects.filter(pk=shelf.items[0].pk).update(retired=True)
    assert next_of(step) == shelf.items[1]


def test_an_answer_is_evidence_with_its_help_and_who_chose_the_task(people, shelf, step, answer):
    given = answer(shelf.items[0], "b", hints=2)
    assert (given.shown, given.misconception, given.hints, given.helped) == (0, "top-only", 2, "tool")
    assert (given.student, given.by, given.medium, given.assigned_by) == (
        people.bo,
        people.bo,
        "screen",
        "teacher",
    )
    assert answer(shelf.items[1], hints=1, helped="peer").helped == "peer"


def test_more_hints_than_there_are_is_all_there_are(shelf, step, answer):
    assert answer(shelf.items[0], hints=99).hints == 2


def test_a_double_press_is_one_answer(shelf, step, answer, key):
    the_key = key()
    first = answer(shelf.items[0], "b", client_key=the_key)
    assert answer(shelf.items[0], "a", client_key=the_key) == first
    assert Evidence.objects.get().response == "b"


def test_a_question_that_is_not_on_this_step_is_refused_with_a_sentence(shelf, step):
    other = Item.objects.get(pk=shelf.items[0].pk)
    other.pk, other.identifier = None, "elsewhere"
    other.family = type(other.family).objects.create(
        unit=other.unit, identifier="elsewhere", title="x", competency=other.competency, kind="other"
    )
    other.save()
    with pytest.raises(Denied, match=r"not part of “Practice halves”\. Nothing was changed"):
        practice.item_of(step, other.pk)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("who", ["ada", "cy", "dee", "eve", "fay", "gus", "hal"])
def test_nobody_else_answers_on_bos_step(who, people, shelf, step, now, today, key):
    by = getattr(people, who)
    with pytest.raises(NotSeen):
        practice.step_of(step.pk, by=by)
    with pytest.raises(NotSeen):
        item = practice.item_of(step, shelf.items[0].pk)
        practice.answer(step, item, "a", by=by, at=now, on=today, client_key=key())
    assert not Evidence.objects.exists()


def test_only_what_is_chosen_for_today_is_practised(people, shelf, offer, step, now, today, key):
    item = practice.item_of(step, shelf.items[0].pk)
    with pytest.raises(practice.NotReady, match="Choose it again, and go on today"):
        practice.answer(step, item, "a", by=people.bo, at=now, on=today + timedelta(days=1), client_key=key())
    finish(step, by=people.bo, at=now, on=today)
    with pytest.raises(practice.NotReady, match="is not chosen right now"):
        practice.answer(
            practice.step_of(step.pk, by=people.bo),
            item,
            "a",
            by=people.bo,
            at=now,
            on=today,
            client_key=key(),
        )
    assert not Evidence.objects.exists()


def test_the_next_question_takes_one_question_to_the_database(step, django_assert_num_queries):
    with django_assert_num_queries(1):
        next_of(step)
