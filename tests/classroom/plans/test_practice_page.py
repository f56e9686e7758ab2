"""Answering on a page: with scripts and without, once or twice, on the right step and on a wrong one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from plainview.classroom.curriculum.models import Item
from plainview.classroom.evidence.models import Evidence
from plainview.classroom.plans.choose import choose, finish
from plainview.classroom.plans.models import Stage, Step
from plainview.lobby.ledger.models import Line

EVERYONE = ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def clock(monkeypatch, now):
    tick = iter(range(10_000))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(seconds=next(tick)))


@pytest.fixture
def step(people, shelf, offer, now, today):
    return choose(offer(shelf.practice), by=people.bo, at=now, on=today)


@pytest.fixture
def url(step):
    return reverse("plans:practice", args=[step.pk])


@pytest.fixture
def bo(people, signed_in_as):
    return signed_in_as(people.bo)


def answer(item, response="a", **more):
    return {"item": item.pk, "response": response, "hints": 0, "client_key": uuid4(), **more}


def main_of(page):
    return page.content.decode().split("<main")[1].split("</main>")[0]


def test_without_scripts_an_answer_leads_back_with_a_word_and_the_next_question(bo, url, shelf):
    page = bo.get(url)
    assert "(bars 1)" in page.content.decode()
    after = bo.post(url, answer(shelf.items[0], "b"), follow=True)
    words = main_of(after)
    assert after.redirect_chain[0][1] == 302
    assert "Not yet." in words and "Two fourths are one half." in words and "(lines 1)" in words


def test_with_htmx_only_the_next_question_comes(bo, url, shelf):
    page = bo.post(url, answer(shelf.items[0]), headers=HTMX)
    words = page.content.decode()
    assert page.status_code == 200
    assert "Yes, that is it." in words and "(lines 1)" in words
    assert "<html" not in words


def test_a_double_press_is_one_answer(bo, url, shelf):
    the_same = answer(shelf.items[0], "b")
    first = bo.post(url, the_same)
    again = bo.post(url, the_same | {"response": "a"})
    assert first.url == again.url
    assert Evidence.objects.get().response == "b"
    assert Line.objects.filter(deed="evidence.answered").count() == 1


def test_a_replay_with_htmx_shows_what_was_kept(bo, url, shelf):
    the_same = answer(shelf.items[0], "b")
    for response in ("b", "a"):
        page = bo.post(url, the_same | {"response": response}, headers=HTMX)
    assert "Not yet." in page.content.decode()


@pytest.mark.parametrize("htmx, status", [(False, 422), (True, 422)])
def test_no_answer_asks_once_more_and_counts_nothing(bo, url, shelf, htmx, status):
    page = bo.post(url, answer(shelf.items[0], ""), headers=HTMX if htmx else {})
    assert page.status_code == status
    assert "There is no answer yet" in page.content.decode() and "(bars 1)" in page.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("htmx, status", [(False, 409), (True, 422)])
def test_a_question_that_is_not_on_the_plan_is_refused_with_a_sentence(bo, url, shelf, step, htmx, status):
    shelf.practice.item_families.remove(shelf.items[1].family)
    page = bo.post(url, answer(shelf.items[1]), headers=HTMX if htmx else {})
    assert page.status_code == status
    assert "This question is not part of “Practice halves”." in page.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("broken", [{"item": "x"}, {"client_key": "x"}, {"hints": "-1"}, {"hints": "9" * 9}])
def test_a_page_that_was_not_sent_whole_changes_nothing(bo, url, shelf, broken):
    page = bo.post(url, answer(shelf.items[0]) | broken)
    assert page.status_code == 409
    assert "was not sent whole" in page.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("who", [who for who in EVERYONE if who != "bo"])
def test_for_everyone_else_bos_step_is_not_there(who, people, url, shelf, signed_in_as):
    other = signed_in_as(getattr(people, who))
    assert other.get(url).status_code == 404
    assert other.post(url, answer(shelf.items[0])).status_code == 404
    assert not Evidence.objects.exists()


def test_hints_come_one_by_one_and_are_counted(bo, url, shelf):
    item = shelf.items[0]
    assert "Fold it." not in main_of(bo.get(url))
    one = main_of(bo.get(url, {"item": item.pk, "hints": 1}))
    assert "Fold it." in one and "Two of four." not in one
    two = main_of(bo.get(url, {"item": item.pk, "hints": 2}))
    assert "Two of four." in two and "Another hint" not in two
    assert 'name="hints" value="2"' in two
    bo.post(url, answer(item, hints=2))
    assert (Evidence.objects.get().hints, Evidence.objects.get().helped) == (2, "tool")


def test_the_worked_answer_comes_after_answering_and_not_before(bo, url, shelf):
    for hints in (0, 1, 2):
        page = bo.get(url, {"item": shelf.items[0].pk, "hints": hints})
        assert "Two fourths are one half." not in page.content.decode()


def test_a_word_about_an_answer_is_only_for_whoever_gave_it(
    people, url, bo, shelf, offer, signed_in_as, now, today
):
    bo.post(url, answer(shelf.items[0], "b"))
    given = Evidence.objects.get()
    dees = choose(offer(shelf.practice, to=people.dee), by=people.dee, at=now, on=today)
    page = signed_in_as(people.dee).get(reverse("plans:practice", args=[dees.pk]), {"after": given.pk})
    assert "Your answer</h2>" not in page.content.decode()


def test_a_set_ends_with_what_was_done(bo, url, shelf, step):
    for item in shelf.items:
        page = bo.post(url, answer(item), follow=True)
    assert "You answered 6 questions." in main_of(page)
    bo.post(reverse("plans:done"), {"option": step.pk})
    assert Step.objects.get().stage == Stage.DONE


def test_i_want_paper_turns_the_step_and_keeps_the_answers(bo, url, shelf, step):
    bo.post(url, answer(shelf.items[0]))
    page = bo.post(reverse("plans:on_paper", args=[step.pk]), follow=True)
    assert "The sheet to print" in page.content.decode()
    step.refresh_from_db()
    assert (step.medium, step.stage) == ("paper", Stage.CHOSEN)
    assert Evidence.objects.count() == 1
    assert "away from the screen" in bo.get(url).content.decode()


def test_tomorrow_the_page_asks_to_choose_it_again(people, signed_in_as, url, step, monkeypatch, now):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=1))
    bo = signed_in_as(people.bo)
    page = bo.get(url)
    assert "Choose it again, and go on today." in page.content.decode()
    bo.post(reverse("plans:choose"), {"option": step.pk})
    assert "Question 1 of 6" in bo.get(url).content.decode()


def test_what_is_done_is_not_practised_on(people, bo, url, shelf, step, now, today):
    finish(step, by=people.bo, at=now, on=today)
    assert "is not chosen right now" in bo.get(url).content.decode()
    assert bo.post(url, answer(shelf.items[0])).status_code == 409
    assert not Evidence.objects.exists()


def test_what_was_chosen_stands_in_quotation_marks(bo, url, shelf):
    first = shelf.items[0]
    chosen = next(choice["label_html"] for choice in first.choices if choice["key"] == "b")
    assert f"You chose “{chosen}”." in main_of(bo.post(url, answer(first, "b"), follow=True))


def test_a_typed_answer_has_a_field_and_says_how_to_write_it(bo, url, shelf):
    Item.objects.filter(pk=shelf.items[0].pk).update(
        response="fraction", choices=[], answer={"text": "1/2", "form": "any", "known_wrong": []}
    )
    assert "Write it like 3/4 or 1 1/2." in bo.get(url).content.decode()
    after = bo.post(url, answer(shelf.items[0], "2/4"), follow=True)
    assert "Yes, that is it." in main_of(after) and "You wrote “2/4”." in main_of(after)


def test_what_a_child_types_is_shown_as_it_is_and_never_run(bo, url, shelf):
    Item.objects.filter(pk=shelf.items[0].pk).update(response="text", choices=[], answer={"text": "half"})
    after = bo.post(url, answer(shelf.items[0], "<script>alert(1)</script>"), follow=True)
    assert "<script>alert" not in after.content.decode()
    assert "A person will read this one." in main_of(after)


def test_an_empty_set_says_what_to_do(bo, url, shelf):
    shelf.practice.item_families.clear()
    assert "There are no questions in this set right now." in bo.get(url).content.decode()


def test_the_answer_round_trip_asks_the_database_little(bo, url, shelf, django_assert_max_num_queries):
    """Session, person, step, question, evidence, ledger, next question: the hot path of a whole school."""
    bo.post(url, answer(shelf.items[1]), headers=HTMX)
    with django_assert_max_num_queries(12):
        bo.post(url, answer(shelf.items[0]), headers=HTMX)


def test_another_answer_names_the_thinking_kindly_and_says_that_there_was_one_try(bo, url, shelf):
    from plainview.classroom.curriculum.models import Misconception

    item = shelf.items[0]
    Misconception.objects.create(
        unit=item.unit, identifier="top-only", name="Looks at the top", what_it_looks_like="", what_helps=""
    )
    words = bo.post(url, answer(item, "b"), headers=HTMX).content.decode()
    assert "One way to think leads there: “Looks at the top”. Many people think so at first." in words
    assert "Each question has one try here." in words and "another one comes next" in words


def test_after_the_expected_answer_nothing_is_said_of_tries_or_of_thinking(bo, url, shelf):
    words = bo.post(url, answer(shelf.items[0]), headers=HTMX).content.decode()
    assert "one try" not in words and "One way to think" not in words
