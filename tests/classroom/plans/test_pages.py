"""Each page, person by person: who finds it, who is told why not, for whom it is not there; who is noted."""

from uuid import uuid4

import pytest
from django.urls import reverse

from plainview.classroom.plans import promise
from plainview.classroom.plans.choose import choose
from plainview.classroom.plans.models import CheckIn, Contest, Group, Proposal, Stage, Step
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import Enrollment

EVERYONE = ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"]


@pytest.fixture(autouse=True)
def clock(monkeypatch, now):
    """The views read the clock; the tests' day is the house's day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def chosen(people, shelf, offer, now, today):
    return choose(offer(shelf.practice), by=people.bo, at=now, on=today)


def get(signed_in_as, person, name, *args):
    return signed_in_as(person).get(reverse(f"plans:{name}", args=args))


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize(
    "page, readers",
    [
        ("plan", {"ada", "fay"}),
        ("check_in", {"ada", "fay"}),
        ("screen_of_child", {"ada", "fay", "bo", "eve"}),
    ],
)
def test_a_page_about_bo_is_there_for_some_and_not_found_for_the_others(
    page, readers, who, people, signed_in_as, offer, shelf
):
    offer(shelf.game)
    person = getattr(people, who)
    answer = get(signed_in_as, person, page, people.bo.pk)
    assert answer.status_code == (200 if who in readers else 404)
    looked = Line.objects.filter(by=person.pk, about=people.bo.pk, deed__endswith=".looked").exists()
    assert looked == (who in readers and who != "bo"), "every read by an adult is noted, and only reads"


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize(
    "page, readers",
    [
        ("groups", {"ada", "cy", "fay"}),
        ("check_ins", {"ada", "cy", "fay"}),
        ("screen_of_class", {"ada", "cy", "fay"}),
        ("voices", {"ada", "cy"}),
        ("promise", {"ada", "cy"}),
        ("defaults", {"ada", "cy"}),
        ("choose", {"bo", "dee"}),
        ("propose", {"bo", "dee"}),
        ("goal", {"bo", "dee"}),
        ("ask", {"bo", "dee"}),
    ],
)
def test_every_role_has_its_own_pages(page, readers, who, people, signed_in_as):
    answer = get(signed_in_as, getattr(people, who), page)
    assert answer.status_code == (200 if who in readers else 404)


@pytest.mark.parametrize("page", ["groups", "check_ins", "screen_of_class", "defaults"])
def test_a_page_about_the_class_notes_that_each_child_was_read(page, people, signed_in_as):
    get(signed_in_as, people.ada, page)
    looked = Line.objects.filter(by=people.ada.pk, deed__endswith=".looked").values_list("about", flat=True)
    assert set(looked) == {people.bo.pk, people.dee.pk}


def test_another_teachers_class_is_not_found(people, signed_in_as):
    for page in ("groups", "check_ins", "screen_of_class", "voices", "promise", "defaults"):
        url = reverse(f"plans:{page}")
        assert signed_in_as(people.cy).get(url, {"class": people.room_4b.pk}).status_code == 404


def test_signed_out_leads_to_the_door(client, people):
    for name, args in [("groups", ()), ("plan", (people.bo.pk,)), ("practice", (1,)), ("choose", ())]:
        assert client.get(reverse(f"plans:{name}", args=args)).status_code == 302


# --- a child -----------------------------------------------------------------------------------------------


def test_a_tile_pressed_leads_to_the_questions(people, shelf, offer, signed_in_as):
    step = offer(shelf.practice)
    bo = signed_in_as(people.bo)
    assert "Practice halves" in bo.get(reverse("plans:choose")).content.decode()
    answer = bo.post(reverse("plans:choose"), {"option": step.pk})
    assert answer.url == reverse("plans:practice", args=[step.pk])
    assert Step.objects.get(pk=step.pk).stage == Stage.CHOSEN


def test_a_tile_away_from_the_screen_leads_to_what_to_do(people, shelf, offer, signed_in_as):
    step = offer(shelf.game)
    answer = signed_in_as(people.bo).post(reverse("plans:choose"), {"option": step.pk}, follow=True)
    assert "The sheet to print" in answer.content.decode()


@pytest.mark.parametrize("who", EVERYONE)
def test_bos_step_can_be_chosen_by_bo_and_written_down_by_ada(who, people, shelf, offer, signed_in_as):
    step = offer(shelf.game)
    signed_in_as(getattr(people, who)).post(reverse("plans:choose"), {"option": step.pk})
    assert (Step.objects.get(pk=step.pk).stage == Stage.CHOSEN) == (who in {"bo", "ada"})


@pytest.mark.parametrize("option", ["", "x", "²", "9" * 40, "999999", "-1"])
def test_an_option_that_is_not_there_is_not_found(option, people, signed_in_as):
    assert signed_in_as(people.bo).post(reverse("plans:choose"), {"option": option}).status_code == 404


def test_at_the_cap_the_page_says_so_and_offers_the_paper_twin(people, shelf, offer, signed_in_as):
    people.room_4b.screen_minutes_a_day = 0
    people.room_4b.save()
    step = offer(shelf.practice)
    bo = signed_in_as(people.bo)
    answer = bo.post(reverse("plans:choose"), {"option": step.pk})
    assert answer.status_code == 409
    assert "Do it on paper" in answer.content.decode()
    bo.post(reverse("plans:choose"), {"option": step.pk, "how": "paper"})
    step.refresh_from_db()
    assert (step.stage, step.medium) == (Stage.CHOSEN, "paper")


def test_a_teacher_who_reads_how_much_of_the_day_is_left_is_noted(people, shelf, offer, signed_in_as):
    people.room_4b.screen_minutes_a_day = 0
    people.room_4b.save()
    answer = signed_in_as(people.ada).post(reverse("plans:choose"), {"option": offer(shelf.practice).pk})
    assert answer.status_code == 409
    assert Line.objects.filter(deed="plans.screen.looked", by=people.ada.pk, about=people.bo.pk).exists()


@pytest.mark.parametrize("asked", ["?class=²", "?class=" + "9" * 40])
def test_a_class_that_cannot_be_is_never_an_error_of_ours(asked, people, signed_in_as):
    answer = signed_in_as(people.ada).get(reverse("plans:groups") + asked)
    assert answer.status_code in (200, 404)


def test_laying_back_and_being_done_twice_is_harmless(people, shelf, offer, signed_in_as):
    step = offer(shelf.game)
    bo = signed_in_as(people.bo)
    for name in ("choose", "lay_back", "lay_back", "choose", "done", "done"):
        assert bo.post(reverse(f"plans:{name}"), {"option": step.pk}).status_code == 302
    assert Step.objects.get(pk=step.pk).stage == Stage.DONE


def test_a_childs_pages_show_no_number_of_right_answers_and_no_rank(people, chosen, shelf, signed_in_as):
    bo = signed_in_as(people.bo)
    for item in shelf.items:
        bo.post(
            reverse("plans:practice", args=[chosen.pk]),
            {"item": item.pk, "response": "b", "hints": 0, "client_key": uuid4()},
        )
    page = bo.get(reverse("plans:practice", args=[chosen.pk])).content.decode()
    assert "You answered 6 questions." in page
    for word in ("%", "score", "points", "wrong", "failed", "streak", "seconds"):
        assert word not in page.split("<main")[1].split("</main>")[0]


def test_an_idea_goes_to_the_teacher_and_her_answer_comes_back(people, signed_in_as):
    url = reverse("plans:propose")
    for _press in range(2):
        signed_in_as(people.bo).post(url, {"words": "A kite with eighths", "medium": "hands_on"})
    idea = Proposal.objects.get()
    ada = signed_in_as(people.ada)
    assert "A kite with eighths" in ada.get(reverse("plans:voices")).content.decode()
    ada.post(reverse("plans:answer_idea", args=[idea.pk]), {"answer": "yes", "words": "Show us on Friday."})
    assert "Show us on Friday." in signed_in_as(people.bo).get(url).content.decode()
    assert Step.objects.get(student=people.bo).title == "A kite with eighths"


def test_i_can_show_you_and_the_three_steps(people, shelf, signed_in_as):
    url = reverse("plans:contest", args=[shelf.competency.pk])
    for _press in range(2):
        signed_in_as(people.bo).post(url, {"wish": "show", "words": "Look at my strips."})
    said = Contest.objects.get()
    ada, reply = signed_in_as(people.ada), reverse("plans:reply", args=[said.pk])
    assert "5 school days to answer" in ada.get(reverse("plans:voices")).content.decode()
    ada.post(reply, {"words": "On Thursday.", "do": "reply"})
    ada.post(reply, {"words": "Bo showed it.", "do": "settle"})
    page = signed_in_as(people.bo).get(url).content.decode()
    for words in ("Look at my strips.", "On Thursday.", "Bo showed it."):
        assert words in page


def test_what_a_child_on_paper_says_is_written_down_by_the_teacher(people, shelf, signed_in_as):
    ada, url = signed_in_as(people.ada), reverse("plans:voices")
    ada.post(url, {"child": people.bo.pk, "what": "idea", "words": "A kite"})
    unfinished = {"child": people.bo.pk, "what": "show", "words": "Look"}
    assert "Choose what it is about." in ada.post(url, unfinished).content.decode()
    ada.post(url, unfinished | {"competency": shelf.competency.pk})
    assert (Proposal.objects.get().words, Contest.objects.get().words) == ("A kite", "Look")


@pytest.mark.parametrize("who", ["cy", "dee", "eve", "fay", "gus", "hal"])
def test_nobody_else_answers_what_bo_says(who, people, shelf, signed_in_as):
    bo = signed_in_as(people.bo)
    bo.post(reverse("plans:contest", args=[shelf.competency.pk]), {"wish": "show", "words": "Look."})
    bo.post(reverse("plans:propose"), {"words": "A kite", "medium": "talk"})
    other = signed_in_as(getattr(people, who))
    said, idea = Contest.objects.get(), Proposal.objects.get()
    answers = [
        other.post(reverse("plans:reply", args=[said.pk]), {"words": "No."}),
        other.post(reverse("plans:answer_idea", args=[idea.pk]), {"answer": "no", "words": "No."}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Contest.objects.get().stage == Contest.Stage.SAID


def test_a_goal_and_a_talk_that_was_asked_for(people, signed_in_as):
    bo = signed_in_as(people.bo)
    bo.post(reverse("plans:goal"), {"words": "Build a kite"})
    for _press in range(2):
        bo.post(reverse("plans:ask"), {"asks": "About the kite"})
    assert CheckIn.objects.count() == 1
    page = signed_in_as(people.ada).get(reverse("plans:check_in", args=[people.bo.pk])).content.decode()
    assert "Build a kite" in page and "About the kite" in page


# --- a teacher ---------------------------------------------------------------------------------------------


def test_ada_adds_a_step_sets_it_aside_and_offers_it_again(people, shelf, signed_in_as):
    ada, url = signed_in_as(people.ada), reverse("plans:plan", args=[people.bo.pk])
    for _press in range(2):
        ada.post(url, {"do": "add", "activity": shelf.game.pk, "because": "You like games."})
    step = Step.objects.get()
    assert (step.because, step.origin) == ("You like games.", "teacher")
    ada.post(reverse("plans:set_aside", args=[step.pk]))
    assert Step.objects.get().stage == Stage.SET_ASIDE
    ada.post(reverse("plans:offer_again", args=[step.pk]))
    assert Step.objects.get().stage == Stage.OFFERED


def test_a_clash_with_a_support_is_a_sentence_on_the_page(people, shelf, support, signed_in_as):
    support("no-partner")
    url = reverse("plans:plan", args=[people.bo.pk])
    answer = signed_in_as(people.ada).post(url, {"do": "add", "activity": shelf.lesson.pk})
    assert answer.status_code == 422
    assert "does not go with a support of Bo" in answer.content.decode()


def test_fay_reads_the_plan_and_cannot_change_it(people, shelf, signed_in_as):
    fay, url = signed_in_as(people.fay), reverse("plans:plan", args=[people.bo.pk])
    assert "Put it on the plan" not in fay.get(url).content.decode()
    assert fay.post(url, {"do": "add", "activity": shelf.game.pk}).status_code == 422
    assert fay.post(url, {"do": "top_up"}).status_code == 422
    assert not Step.objects.exists()


def test_a_week_without_company_asks_on_the_plan(people, shelf, offer, signed_in_as):
    """Invariant 14, where the teacher reads it."""
    offer(shelf.sheet)
    url = reverse("plans:plan", args=[people.bo.pk])
    assert "Nothing here is done with others." in signed_in_as(people.ada).get(url).content.decode()
    offer(shelf.game)
    assert "Nothing here is done with others." not in signed_in_as(people.ada).get(url).content.decode()


def test_the_approved_list_fills_up_every_plan(people, shelf, signed_in_as):
    ada, url = signed_in_as(people.ada), reverse("plans:defaults")
    for activity in (shelf.game, shelf.sheet, shelf.puzzle):
        ada.post(url, {"do": "approve", "activity": activity.identifier})
    assert "Bo" in ada.get(url).content.decode()
    ada.post(url, {"do": "top_up"})
    assert Step.objects.filter(student=people.dee, approved_by=people.ada).count() == 3
    ada.post(url, {"do": "drop", "activity": shelf.game.identifier})
    assert "Every child holds three options" in ada.get(url).content.decode()


def test_a_group_is_ticked_together_with_what_it_does(people, shelf, signed_in_as, today):
    ada, url = signed_in_as(people.ada), reverse("plans:groups")
    form = {
        "title": "Window table",
        "purpose": "reteach",
        "competency": shelf.competency.pk,
        "members": [people.bo.pk, people.dee.pk],
        "begins_on": today.isoformat(),
        "ends_on": today.isoformat(),
        "activity": shelf.game.pk,
    }
    for _press in range(2):
        assert ada.post(url, form).status_code == 302
    assert Group.objects.count() == 1
    assert Step.objects.filter(group=Group.objects.get()).count() == 2
    assert "Window table" in ada.get(url).content.decode()
    ada.post(reverse("plans:end_group", args=[Group.objects.get().pk]))
    assert "No group stands today." in ada.get(url).content.decode()


def test_a_pair_kept_apart_is_a_sentence_and_nothing_half_made(people, shelf, signed_in_as, today):
    ada, url = signed_in_as(people.ada), reverse("plans:groups")
    ada.post(reverse("plans:keep_apart"), {"one": people.bo.pk, "other": people.dee.pk})
    form = {
        "title": "T",
        "purpose": "mix",
        "members": [people.bo.pk, people.dee.pk],
        "activity": shelf.game.pk,
    }
    form |= {"begins_on": today.isoformat(), "ends_on": today.isoformat()}
    answer = ada.post(url, form)
    assert answer.status_code == 422
    assert "Bo and Dee are kept apart" in answer.content.decode()
    assert not Group.objects.exists() and not Step.objects.exists()


def test_the_sheet_keeps_the_note_once(people, signed_in_as):
    fay, url = signed_in_as(people.fay), reverse("plans:check_in", args=[people.bo.pk])
    form = {"client_key": uuid4(), "minutes": 5, "note": "We drew.", "promise": "A longer strip."}
    for _press in range(2):
        assert fay.post(url, form).status_code == 302
    assert CheckIn.objects.get().adult == people.fay
    assert "A longer strip." in fay.get(url).content.decode()


def test_a_promise_too_large_is_worked_out_aloud_and_not_kept(people, signed_in_as):
    ada, url = signed_in_as(people.ada), reverse("plans:promise")
    too_much = {"minutes": 30, "every_school_days": 1, "minutes_a_day": 10, "do": "promise"}
    answer = ada.post(url, too_much)
    assert answer.status_code == 422
    assert "2 children with 30 minutes each make 60 minutes." in answer.content.decode()
    assert promise.promise_of(people.room_4b) is None
    fits = {"minutes": 5, "every_school_days": 10, "minutes_a_day": 10}
    assert "It fits." in ada.post(url, fits | {"do": "sum"}).content.decode()
    assert promise.promise_of(people.room_4b) is None
    ada.post(url, fits | {"do": "promise"})
    assert promise.promise_of(people.room_4b).minutes == 5
    assert "0 of 10 promised minutes were held" in ada.get(reverse("plans:check_ins")).content.decode()


def test_the_cap_of_the_class_is_set_on_its_page(people, signed_in_as):
    ada, url = signed_in_as(people.ada), reverse("plans:screen_of_class")
    assert ada.post(url, {"minutes": 15}).status_code == 302
    assert "At most 15 minutes a day" in ada.get(url).content.decode()
    assert ada.post(url, {"minutes": 45}).status_code == 422


# --- what cannot be taken: 422, the sentence, and all that was typed ---------------------------------------


LONG = "Kites and strips " * 30  # more than any of these fields keeps


@pytest.mark.parametrize(
    "who, page, sent",
    [
        ("bo", "goal", {"words": LONG}),
        ("bo", "propose", {"words": LONG, "medium": "talk"}),
        ("bo", "ask", {"asks": LONG}),
        ("bo", "contest", {"wish": "show", "words": LONG}),
        ("ada", "plan", {"do": "add", "activity": "", "because": "A kite needs it."}),
        ("ada", "write_goal", {"words": LONG}),
        ("ada", "groups", {"title": "The kites", "purpose": "mix"}),
        ("ada", "keep_apart", {"one": "", "other": ""}),
        ("ada", "check_in", {"client_key": "", "minutes": 5, "note": "We drew kites."}),
        ("ada", "promise", {"minutes": 0, "every_school_days": 77, "minutes_a_day": 10}),
        ("ada", "voices", {"what": "idea", "words": "A kite of his own"}),
        ("ada", "screen_of_class", {"minutes": "none"}),
    ],
)
def test_what_cannot_be_taken_is_answered_so_and_keeps_what_was_typed(
    who, page, sent, people, shelf, signed_in_as
):
    about = {
        "contest": shelf.competency.pk,
        **dict.fromkeys(("plan", "write_goal", "check_in"), people.bo.pk),
    }
    url = reverse(f"plans:{page}", args=[about[page]] if page in about else [])
    answer = signed_in_as(getattr(people, who)).post(url, sent)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert 'class="error-summary"' in said
    for typed in sent.values():
        assert str(typed) in said


@pytest.fixture
def idea(people, signed_in_as):
    signed_in_as(people.bo).post(reverse("plans:propose"), {"words": "A kite", "medium": "talk"})
    return Proposal.objects.get()


def test_an_answer_without_its_words_is_asked_for_once_more(idea, people, signed_in_as):
    ada, url = signed_in_as(people.ada), reverse("plans:answer_idea", args=[idea.pk])
    answer = ada.post(url, {"answer": "yes", "words": "Good!", "minutes": 999, "with_whom": "Dee"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert all(f'value="{typed}"' in said for typed in ("Good!", "999", "Dee"))
    answer = ada.post(url, {"answer": "no", "words": "", "with_whom": "Dee"})
    assert answer.status_code == 422
    assert "so that Bo knows why" in answer.content.decode()
    assert 'value="Dee"' in answer.content.decode()
    assert ada.post(url, {"words": "Good!"}).status_code == 422
    assert Proposal.objects.get().answer == Proposal.Answer.OPEN


def test_a_reply_that_comes_second_is_not_lost(people, shelf, signed_in_as):
    bo = signed_in_as(people.bo)
    bo.post(reverse("plans:contest", args=[shelf.competency.pk]), {"wish": "show", "words": "Look."})
    ada, url = signed_in_as(people.ada), reverse("plans:reply", args=[Contest.objects.get().pk])
    assert ada.post(url, {"words": "", "do": "reply"}).status_code == 422
    ada.post(url, {"words": "I looked.", "do": "reply"})
    ada.post(url, {"words": "Bo shows it on Friday.", "do": "settle"})
    late = ada.post(url, {"words": "I looked, too.", "do": "reply"})
    assert late.status_code == 422
    assert "This is answered already. Nothing was changed." in late.content.decode()
    assert "I looked, too." in late.content.decode()
    assert Contest.objects.get().reply == "I looked."


# --- a teacher of the class next door who serves this one as a specialist ----------------------------------


@pytest.fixture
def as_cy_who_serves(people, today, signed_in_as):
    Enrollment.objects.create(
        person=people.cy, school_class=people.room_4b, role="specialist", begins_on=today
    )
    return signed_in_as(people.cy)


def test_who_serves_the_class_sees_no_button_that_would_be_refused(as_cy_who_serves, people, shelf, offer):
    offer(shelf.game)
    here = {"class": people.room_4b.pk}
    pages = [
        as_cy_who_serves.get(reverse("plans:plan", args=[people.bo.pk])),
        as_cy_who_serves.get(reverse("plans:groups"), here),
        as_cy_who_serves.get(reverse("plans:screen_of_class"), here),
    ]
    for page in pages:
        said = page.content.decode()
        for words in ("Put it on the plan", "Choose for the child", "Make the group", "Set the cap"):
            assert words not in said
    for name in ("defaults", "promise", "voices"):
        assert as_cy_who_serves.get(reverse(f"plans:{name}"), here).status_code == 403
        assert as_cy_who_serves.get(reverse(f"plans:{name}")).status_code == 200  # her own class
