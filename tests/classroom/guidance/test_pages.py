"""The pages of guidance, person by person: who reads what, what a press does, what a second press says."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from plainview.classroom.guidance import alarm, decide, lay_out, standing, switch
from plainview.classroom.guidance.decide import Why
from plainview.classroom.guidance.models import (
    BlindPick,
    Decision,
    RuleCount,
    StandingDecision,
    Suggestion,
    SuggestionStage,
)
from plainview.classroom.plans.models import Step
from plainview.core.rules.catalogue import RULES
from plainview.core.rules.recompute import recompute
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied


@pytest.fixture(autouse=True)
def clock(now, monkeypatch):
    """Pages read the clock; here it stands where the evidence was written."""
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def as_ada(people, signed_in_as):
    return signed_in_as(people.ada)


def page(browser, name, *arguments, **query):
    return browser.get(reverse(f"guidance:{name}", args=arguments), query)


def text(response) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def press(browser, card, verdict, **fields):
    """Open the card, then press, as a person does: the seal comes from the page."""
    opened = page(browser, "card", card.pk)
    sealed = re.search(r'name="opened" value="([^"]+)"', opened.content.decode())
    said = {"verdict": verdict, "opened": sealed.group(1) if sealed else ""} | fields
    return browser.post(reverse("guidance:decide", args=[card.pk]), said)


# --- who may read what -------------------------------------------------------------------------------------

PAGES = ["cards", "card", "change", "why_no", "export", "decision", "settings", "own_idea", "rules", "rule"]
OPEN_TO = {
    "ada": set(PAGES),
    "fay": {"cards", "card", "decision", "settings", "rules", "rule"},
    "cy": {"cards", "settings", "own_idea", "rules", "rule"},  # for the class next door
    "gus": {"rules", "rule"},
    "eve": {"rules", "rule"},
    "bo": {"rules", "rule"},
}


@pytest.mark.parametrize("who", OPEN_TO)
def test_who_may_open_which_page(people, group_card, earlier_step, content, now, signed_in_as, who):
    """Invariants 9 and 10: a principal, a family, a child find no card, no decision, no setting."""
    from uuid import UUID

    made = decide.originate(
        people.room_4b,
        students=[people.bo],
        activity=content.game,
        competency=content.equal,
        by=people.ada,
        at=now,
        client_key=UUID(int=7),
    )
    arguments = {key: [group_card.pk] for key in ("card", "change", "why_no", "export")}
    arguments |= {"decision": [made.pk], "rule": ["reteach_together"]}
    browser = signed_in_as(getattr(people, who))
    seen = {name for name in PAGES if page(browser, name, *arguments.get(name, [])).status_code == 200}
    refused = {
        name: page(browser, name, *arguments.get(name, [])).status_code for name in sorted(set(PAGES) - seen)
    }
    assert seen == OPEN_TO[who]
    # What one may not see is not found; what one may see and not do is told so.
    assert set(refused.values()) <= ({404, 403} if who == "fay" else {404})


def test_whoever_is_not_signed_in_is_sent_to_the_door(client, group_card):
    assert page(client, "cards").status_code == 302
    assert page(client, "card", group_card.pk).status_code == 302


def test_every_look_at_a_child_is_written_down(group_card, as_ada, people):
    """Invariant 4."""
    for name in ("card", "change", "export"):
        Line.objects.filter(about=people.bo.pk).count()
        page(as_ada, name, group_card.pk)
    page(as_ada, "cards")
    deeds = set(Line.objects.filter(about=people.bo.pk, by=people.ada.pk).values_list("deed", flat=True))
    assert {"guidance.card.looked", "guidance.cards.looked", "guidance.export.looked"} <= deeds


# --- the page of cards -------------------------------------------------------------------------------------


def test_off_it_says_so_and_asks_no_rule(people, content, shared_thinking, as_ada):
    """Invariant 16."""
    shown = text(page(as_ada, "cards"))
    assert "Suggestions are off." in shown
    assert not Suggestion.objects.exists()


def test_stopped_it_says_until_when(group_card, people, now, as_ada):
    switch.stop_for_a_week(people.room_4b, by=people.ada, at=now)
    shown = text(page(as_ada, "cards"))
    assert "Suggestions are stopped until Wednesday, 11 March." in shown
    assert "Do it" not in shown


def test_opening_the_page_asks_the_rules(shared_thinking, guidance_on, as_ada):
    shown = text(page(as_ada, "cards"))
    assert "Teach a small group, Bo, Dee and Kai: “Cut it again”, 15 minutes, on paper." in shown
    assert "1 of at most 8 this week" in shown


def test_a_specialists_opening_asks_nobody_and_decides_nothing(
    shared_thinking, guidance_on, people, signed_in_as
):
    shown = text(page(signed_in_as(people.fay), "cards"))
    assert "No card waits" in shown
    assert not Suggestion.objects.exists()


def test_four_answers_of_one_weight_and_none_chosen(group_card, as_ada):
    for shown in (text(page(as_ada, "cards")), text(page(as_ada, "card", group_card.pk))):
        buttons = re.findall(r'<button class="([^"]*)" name="verdict" value="([^"]*)"( [^>]*)?>', shown)
        assert [(css, value) for css, value, _ in buttons] == [
            ("button", "do_it"),
            ("button", "change_it"),
            ("button", "not_now"),
            ("button", "no"),
        ]
        assert "autofocus" not in shown


def test_a_card_that_asks_less_has_no_answer_on_the_list(lowering_card, as_ada):
    shown = text(page(as_ada, "cards"))
    assert "This asks for less than the grade's work." in shown
    assert 'value="do_it"' not in shown


# --- one card ----------------------------------------------------------------------------------------------


def test_the_ten_parts_stand_in_their_order(group_card, as_ada):
    shown = text(page(as_ada, "card", group_card.pk))
    parts = [
        "Teach a small group",
        "Because",
        "How sure",
        "What would change our mind",
        "Other good choices",
        "Leave it: nothing happens",
        "What this does not know",
        "What it costs",
        "Fairness",
        "Supports",
        "Where it comes from",
    ]
    places = [shown.index(f">{part}" if n not in (0, 5) else part) for n, part in enumerate(parts)]
    assert places == sorted(places)


def test_each_other_choice_leads_to_change_it_with_that_choice_made(group_card, as_ada):
    shown = page(as_ada, "card", group_card.pk).content.decode()
    change = reverse("guidance:change", args=[group_card.pk])
    names = [one["name"] for one in group_card.card["choices"] if one["name"] != "leave_it"]
    assert names == re.findall(rf'href="{change}\?choice=(\w+)"', shown) != []
    for name in names:
        form = page(as_ada, "change", group_card.pk, choice=name).context["form"]
        assert form["choice"].value() == name
    assert page(as_ada, "change", group_card.pk, choice="nonsense").context["form"]["choice"].value() == "do"
    assert "That is “Not now”." in shown


def test_who_may_not_decide_reads_the_other_choices_and_presses_none(group_card, people, signed_in_as):
    shown = text(page(signed_in_as(people.fay), "card", group_card.pk))
    assert "Ask each of them alone first" in shown and "?choice=" not in shown


def test_each_reason_links_to_the_work_with_its_day_and_who_entered_it(group_card, as_ada):
    shown = text(page(as_ada, "card", group_card.pk))
    for pk in decide.say.evidence_of(group_card.card):
        assert reverse("evidence:record", args=[pk]) in shown
    assert "entered by Ada Okafor" in shown


def test_two_answers_of_one_day_are_told_apart_by_question_and_answer(five, content, showed, propose, as_ada):
    from plainview.classroom.curriculum.models import Item

    other = Item.objects.create(
        unit=content.item.unit,
        identifier="fill-the-gap-2",
        family=content.item.family,
        competency=content.equal,
        stem_html="<p>1/3 = ?/6</p>",
        response="number",
        answer={"text": "2", "form": "any", "known_wrong": []},
    )
    fits = {"kind": "answer", "misconception": "adds-top-and-bottom"}
    for child in five[:3]:
        showed(child, content.equal, 0, days_ago=9, kind="talk")
        showed(child, content.equal, 0, days_ago=4, response="3", **fits)
        showed(child, content.equal, 0, days_ago=4, response="5", **(fits | {"item": other}))
    [card] = propose()
    shown = page(as_ada, "card", card.pk).content.decode()
    first = re.search(r'<ol class="because">(.*?)</li>', shown, re.DOTALL).group(1)
    links = [
        " ".join(re.sub(r"<[^>]+>", "", one).split()) for one in re.findall(r"<a .*?</a>", first, re.DOTALL)
    ]
    assert "answer: Fill the gap 3, Bo, Saturday" in links
    assert len(links) == len(set(links)) == 6


def test_the_steps_are_shown_as_picture_sentence_and_table(group_card, as_ada):
    shown = text(page(as_ada, "card", group_card.pk))
    assert shown.count('class="chart estimate-steps"') == 3
    assert "After 3 pieces: from" in shown
    assert "28 February, talk: not yet" in shown


def test_where_it_asks_less_the_answers_stand_after_the_evidence(lowering_card, as_ada):
    shown = text(page(as_ada, "card", lowering_card.pk))
    assert shown.index("Where it comes from") < shown.index('value="do_it"')
    assert 'name="review_on"' in shown


def test_where_it_asks_less_what_to_change_is_asked_after_the_evidence(lowering_card, as_ada, people):
    said = text(page(as_ada, "change", lowering_card.pk))
    n_pieces = len(lay_out.whole(lowering_card, today=lowering_card.made_on, reader=people.ada).evidence)
    assert n_pieces > 3
    shown, asked = said.index("The evidence"), said.index('name="choice"')
    assert said.count("<time", shown, asked) >= n_pieces


def test_the_file_recomputes_and_holds_no_name(group_card, as_ada):
    """Invariant 5, through the page."""
    response = page(as_ada, "export", group_card.pk)
    assert response["Content-Type"] == "application/json"
    assert recompute(response.content).same
    assert "O'Neill" not in response.content.decode()
    assert json.loads(response.content)["format"] == "plainview-suggestion/2"


# --- deciding ----------------------------------------------------------------------------------------------


def test_do_it(group_card, as_ada, people):
    response = press(as_ada, group_card, "do_it")
    made = Decision.objects.get()
    assert response.url == reverse("guidance:decision", args=[made.pk])
    assert Step.objects.count() == 3
    shown = text(page(as_ada, "decision", made.pk))
    assert "Number 1 of 1 in the chain" in shown
    assert "Everything up to here is as it was written." in shown


def test_from_the_list_it_is_one_press(group_card, as_ada):
    response = press(as_ada, group_card, "do_it", **{"from": "list"})
    assert response.url == reverse("guidance:cards")


def test_a_double_click_is_told_who_decided_and_when(group_card, as_ada):
    press(as_ada, group_card, "do_it")
    again = as_ada.post(reverse("guidance:decide", args=[group_card.pk]), {"verdict": "no"}, follow=True)
    assert "You decided this on 4 March, 09:00: Do it. Nothing was changed now." in text(again)
    assert Decision.objects.count() == 1


def test_no_without_a_reason_asks_for_one_word(group_card, as_ada):
    response = press(as_ada, group_card, "no")
    asked = as_ada.get(response.url)
    assert "already taught" in text(asked)
    assert not Decision.objects.exists()
    as_ada.post(reverse("guidance:decide", args=[group_card.pk]), {"verdict": "no", "reasons": "taught"})
    assert Decision.objects.get().reasons == ["taught"]


def test_no_asks_for_reasons_then_words_then_the_press(group_card, as_ada):
    shown = page(as_ada, "why_no", group_card.pk).content.decode()
    places = [shown.index(one) for one in ('name="reasons"', 'name="words"', '<button class="button">No')]
    assert places == sorted(places)
    assert "<legend>Reasons" in shown
    assert re.search(r'<label for="id_words">In your words', shown)


def test_no_without_a_reason_is_asked_once_more_and_keeps_the_words(group_card, as_ada):
    said = {"verdict": "no", "page": "why_no", "opened": "sealed"}
    answer = as_ada.post(reverse("guidance:decide", args=[group_card.pk]), said)
    assert answer.status_code == 422
    assert "Choose a reason, or write a few words. Nothing was decided yet." in text(answer)
    long = "We did it. " * 40
    answer = as_ada.post(
        reverse("guidance:decide", args=[group_card.pk]), said | {"reasons": "taught", "words": long}
    )
    assert answer.status_code == 422
    assert long.strip() in text(answer)
    assert re.search(r'value="taught"[^>]* checked', text(answer))
    assert 'name="opened" value="sealed"' in text(answer)
    assert not Decision.objects.exists()


def test_i_saw_it_myself_leads_to_the_ten_second_note(group_card, as_ada, people):
    response = press(as_ada, group_card, "no", reasons=["saw_it"])
    assert response.url.startswith(reverse("evidence:capture"))
    note = text(as_ada.get(response.url))
    assert f'name="children" value="{people.bo.pk}" checked' in note
    assert re.search(r'value="4.NF.A.1"[^>]* checked', note)


def test_change_it_asks_what_and_keeps_the_change(group_card, as_ada, five):
    asked = press(as_ada, group_card, "change_it")
    assert asked.url == reverse("guidance:change", args=[group_card.pk])
    shown = page(as_ada, "change", group_card.pk)
    assert "Fraction war" in text(shown)
    press(as_ada, group_card, "change_it", choice="do", students=[five[0].pk, five[1].pk])
    assert Decision.objects.get().diff == {"left_out": [f"s{five[2].pk}"]}


def test_minutes_can_be_changed_and_stand_on_the_plans_and_the_record(group_card, as_ada, five):
    everyone = [child.pk for child in five[:3]]
    said = {"choice": "do", "students": everyone, "minutes": "25"}
    answer = press(as_ada, group_card, "change_it", **said)
    assert set(Step.objects.values_list("minutes", flat=True)) == {25}
    made = Decision.objects.get()
    assert made.diff == {"minutes": [15, 25]}
    assert "For 25 minutes." in text(as_ada.get(answer.url))


def test_minutes_that_no_lesson_has_are_refused_in_words(group_card, as_ada, five):
    said = {"choice": "do", "students": [five[0].pk, five[1].pk], "minutes": "900"}
    assert press(as_ada, group_card, "change_it", **said).status_code == 422
    assert not Decision.objects.exists()


def test_changing_nothing_is_said_on_the_same_page(group_card, as_ada, five):
    response = press(as_ada, group_card, "change_it", choice="do", students=[child.pk for child in five[:3]])
    assert response.status_code == 422
    assert "Nothing is changed yet" in text(response)


def test_asking_less_cannot_be_posted_without_the_page_that_shows_the_evidence(lowering_card, as_ada, today):
    said = {"verdict": "do_it", "reasons": "saw_it", "review_on": today + timedelta(days=7)}
    response = as_ada.post(reverse("guidance:decide", args=[lowering_card.pk]), said)
    assert response.status_code == 422
    assert "read the evidence first" in text(response)
    assert not Decision.objects.exists()


def test_asking_less_with_the_page_open_a_reason_and_a_day(lowering_card, as_ada, today):
    refused = press(as_ada, lowering_card, "do_it")
    assert refused.status_code == 422
    assert "Say why" in text(refused)
    press(as_ada, lowering_card, "do_it", words="I sat with Mo.", review_on=today + timedelta(days=7))
    assert Decision.objects.get().lowers_expectation


def test_several_cards_cannot_be_accepted_at_once(shared_thinking, earlier_step, propose, as_ada):
    """No address takes more than one card, whatever a form may hold."""
    group_card, lowering_card = propose()
    both = {"verdict": "do_it", "card": [group_card.pk, lowering_card.pk], "pk": lowering_card.pk}
    as_ada.post(reverse("guidance:decide", args=[group_card.pk]), both)
    assert [one.suggestion for one in Decision.objects.all()] == [group_card]
    assert as_ada.post(reverse("guidance:cards"), both).status_code in (200, 405)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("verdict", ["", "do_it", "change_it"])
def test_a_card_that_comes_back_with_a_sentence_is_a_look_too(lowering_card, as_ada, people, verdict):
    """Nothing was opened before: the answer to the press is the first page that shows the child."""
    said = {"verdict": verdict, "choice": "do"}
    answer = as_ada.post(reverse("guidance:decide", args=[lowering_card.pk]), said)
    assert answer.status_code == 422
    about = set(lowering_card.students.values_list("pk", flat=True))
    lines = Line.objects.filter(deed="guidance.card.looked", by=people.ada.pk, thing=lowering_card.pk)
    assert set(lines.values_list("about", flat=True)) == about


def test_a_verdict_nobody_knows_decides_nothing(group_card, as_ada):
    response = press(as_ada, group_card, "perhaps")
    assert response.status_code == 422
    assert not Decision.objects.exists()


def test_an_expired_card_says_so(group_card, people, signed_in_as, now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=8))
    response = signed_in_as(people.ada).post(
        reverse("guidance:decide", args=[group_card.pk]), {"verdict": "do_it"}, follow=True
    )
    assert "went away on 11 March, and nothing happened" in text(response)
    assert not Decision.objects.exists()


def test_a_card_of_another_class_is_not_found(group_card, people, signed_in_as):
    browser = signed_in_as(people.cy)
    response = browser.post(reverse("guidance:decide", args=[group_card.pk]), {"verdict": "do_it"})
    assert response.status_code == 404
    assert not Decision.objects.exists()


def test_a_specialist_reads_and_does_not_decide(group_card, people, signed_in_as):
    browser = signed_in_as(people.fay)
    assert 'value="do_it"' not in text(page(browser, "card", group_card.pk))
    response = browser.post(reverse("guidance:decide", args=[group_card.pk]), {"verdict": "do_it"})
    assert response.status_code == 403
    assert "Only a teacher of Room 4B decides this." in text(response)


# --- a teacher of the class next door who serves this one as a specialist ----------------------------------


@pytest.fixture
def as_cy_who_serves(group_card, people, enrol, signed_in_as):
    return signed_in_as(enrol(people.cy, "specialist"))


def test_who_serves_the_class_sees_no_button_that_would_be_refused(as_cy_who_serves, group_card, people, now):
    made = decide.originate(
        people.room_4b,
        students=[people.bo],
        activity=None,
        competency=None,
        by=people.ada,
        at=now,
        client_key="00000000-0000-0000-0000-000000000001",
        why=Why(words="By hand."),
    )
    card, serves = group_card.pk, {"class": people.room_4b.pk}
    shown = [
        text(page(as_cy_who_serves, "card", card)),
        text(page(as_cy_who_serves, "decision", made.pk)),
        text(page(as_cy_who_serves, "settings", **serves)),
        text(page(as_cy_who_serves, "cards")).split('id="room-')[1],  # Room 4B; then her own, Room 4C
    ]
    for one in shown:
        assert not re.search(r'(action|href)="[^"]*/(decide|pick|standing|note|stop|switch|weights)/', one)
    assert f'href="{reverse("guidance:veto", args=[card])}"' in shown[0]
    assert page(as_cy_who_serves, "own_idea", **serves).status_code == 403


def test_her_opening_does_not_ask_the_rules(people, five, shared_thinking, guidance_on, enrol, signed_in_as):
    page(signed_in_as(enrol(people.cy, "specialist")), "cards")
    assert not Suggestion.objects.exists()


def test_she_may_say_no_for_a_child_as_any_specialist_and_it_binds(
    as_cy_who_serves, group_card, people, now, today
):
    said = {"student": people.bo.pk, "words": "Not yet.", "ends_on": today + timedelta(weeks=4)}
    as_cy_who_serves.post(reverse("guidance:veto", args=[group_card.pk]), said)
    assert StandingDecision.objects.get().acting_role == "specialist"
    with pytest.raises(Denied, match="Cy Lindqvist asked not to do this for Bo"):
        decide.do_it(group_card, by=people.ada, at=now)


# --- the teacher first -------------------------------------------------------------------------------------


@pytest.fixture
def blind(group_card):
    Suggestion.objects.update(blind_first=True)
    return group_card


def test_a_blind_card_shows_the_work_and_not_the_suggestion(blind, as_ada):
    sentence = "Teach a small group, Bo, Dee and Kai"
    listed = text(page(as_ada, "cards"))
    assert sentence not in listed
    assert 'value="do_it"' not in listed
    shown = text(page(as_ada, "card", blind.pk))
    assert "“Make equal fractions” with Bo, Dee and Kai: what would you do?" in shown
    assert re.search(r'type="radio" name="pick" value="do" required', shown)
    assert "checked" not in shown
    assert page(as_ada, "export", blind.pk).status_code == 302


def test_after_her_word_it_speaks_and_only_she_sees_what_she_said(blind, as_ada, people, signed_in_as):
    as_ada.post(reverse("guidance:pick", args=[blind.pk]), {"pick": "one_by_one"})
    assert BlindPick.objects.get().pick == "one_by_one"
    shown = text(page(as_ada, "card", blind.pk))
    assert "You said first:" in shown
    assert "Teach a small group" in shown
    assert "You said first:" not in text(page(signed_in_as(people.fay), "card", blind.pk))


def test_what_one_teacher_said_does_not_show_another_the_suggestion(
    blind, as_ada, people, enrol, signed_in_as
):
    enrol(people.cy, "teacher")
    as_ada.post(reverse("guidance:pick", args=[blind.pk]), {"pick": "one_by_one"})
    browser = signed_in_as(people.cy)
    assert "Teach a small group" not in text(page(browser, "cards"))
    assert 'name="pick" value="do" required' in text(page(browser, "card", blind.pk))
    assert page(browser, "export", blind.pk).status_code == 302
    assert page(browser, "change", blind.pk).status_code == 302


def test_her_first_word_stays(blind, as_ada):
    for pick in ("one_by_one", "do"):
        as_ada.post(reverse("guidance:pick", args=[blind.pk]), {"pick": pick})
    assert BlindPick.objects.get().pick == "one_by_one"


# --- standing, veto ----------------------------------------------------------------------------------------


def test_never_like_this_is_drafted_from_the_card(group_card, as_ada, today):
    said = {"reach": "this", "ends_on": today + timedelta(weeks=4), "words": ""}
    as_ada.post(reverse("guidance:standing", args=[group_card.pk, "never"]), said)
    assert StandingDecision.objects.get().way == "never"
    assert "never suggest this" in text(page(as_ada, "settings"))


def test_the_teacher_is_told_that_a_rule_has_changed_and_asked_again(
    group_card, as_ada, people, today, now, monkeypatch
):
    said = standing.never(group_card, ends_on=today + timedelta(weeks=4), by=people.ada, at=now)
    assert "has changed" not in text(page(as_ada, "cards")) + text(page(as_ada, "settings"))
    monkeypatch.setitem(RULES, said.rule, replace(RULES[said.rule], version=2))
    assert "What you said of the earlier version, always or never, holds no longer." in text(
        page(as_ada, "cards")
    )
    shown = text(page(as_ada, "settings"))
    assert "That was said of version 1. The rule is at version 2, so it holds no longer." in shown
    as_ada.post(reverse("guidance:say_again", args=[said.pk]))
    assert "has changed" not in text(page(as_ada, "cards")) + text(page(as_ada, "settings"))
    assert list(StandingDecision.objects.filter(ended_at=None).values_list("rule_version", flat=True)) == [2]


def test_a_group_card_offers_no_always(group_card, as_ada, today):
    assert "Always like this" not in text(page(as_ada, "card", group_card.pk))
    said = {"reach": "this", "ends_on": today + timedelta(weeks=4)}
    response = as_ada.post(reverse("guidance:standing", args=[group_card.pk, "always"]), said)
    assert response.status_code == 422
    assert not StandingDecision.objects.exists()


def test_a_specialists_no_stands_on_the_card_and_binds(group_card, people, signed_in_as, today, client):
    said = {"student": people.bo.pk, "words": "Not yet, please.", "ends_on": today + timedelta(weeks=4)}
    signed_in_as(people.fay).post(reverse("guidance:veto", args=[group_card.pk]), said)
    browser = signed_in_as(people.ada)
    assert "Fay Mbeki asked not to do this for Bo" in text(page(browser, "card", group_card.pk))
    response = press(browser, group_card, "do_it")
    assert response.status_code == 422
    assert "leave Bo out" in text(response)


def test_only_who_set_it_ends_it_from_the_page(group_card, people, signed_in_as, today, now):
    veto = standing.veto(
        group_card, people.bo, words="No.", ends_on=today + timedelta(weeks=4), by=people.fay, at=now
    )
    url = reverse("guidance:end_standing", args=[veto.pk])
    assert signed_in_as(people.ada).post(url).status_code == 403
    assert signed_in_as(people.cy).post(url).status_code == 404
    assert signed_in_as(people.fay).post(url).status_code == 302


# --- settings ----------------------------------------------------------------------------------------------


def test_one_press_turns_it_on_and_one_stops_it(people, content, as_ada, today):
    as_ada.post(reverse("guidance:switch"), {"turn": "on"})
    assert switch.is_on(people.room_4b, on=today)
    response = as_ada.post(reverse("guidance:stop"), follow=True)
    assert "No suggestions until 11 March." in text(response)
    assert not switch.is_on(people.room_4b, on=today)


def test_weights_are_set_on_a_plain_page(people, content, as_ada):
    said = dict.fromkeys(switch.KINDS, "1") | {"answer": "0.3"}
    as_ada.post(reverse("guidance:weights"), said)
    assert switch.weights_of(people.room_4b).answer == 0.3
    checked = re.findall(r'name="(\w+)" value="([\d.]+)"[^>]* checked', text(page(as_ada, "settings")))
    assert dict(checked)["answer"] == "0.3"


def test_a_weight_nobody_offers_is_refused_in_words(people, content, as_ada):
    response = as_ada.post(reverse("guidance:weights"), dict.fromkeys(switch.KINDS, "7"))
    assert response.status_code == 422
    assert switch.newest(people.room_4b) is None


@pytest.mark.parametrize("name", ["switch", "stop", "weights"])
def test_a_specialist_moves_nothing(people, content, signed_in_as, name):
    said = dict.fromkeys(switch.KINDS, "1") | {"turn": "on"}
    assert signed_in_as(people.fay).post(reverse(f"guidance:{name}"), said).status_code == 403
    assert switch.newest(people.room_4b) is None


# --- decisions ---------------------------------------------------------------------------------------------


@pytest.fixture
def made(group_card, people, now):
    return decide.do_it(group_card, by=people.ada, at=now, why=Why(reasons=("saw_it",)))


def test_taking_back_from_the_page(made, as_ada):
    as_ada.post(reverse("guidance:take_back", args=[made.pk]), {"words": "Too soon."})
    assert Decision.objects.count() == 2
    assert "A later decision stands in its place" in text(page(as_ada, "decision", made.pk))
    again = as_ada.post(reverse("guidance:take_back", args=[made.pk]), follow=True)
    assert "A later decision already stands" in text(again)
    assert Decision.objects.count() == 2


def test_notes_are_added_from_the_page(made, as_ada):
    for kind in ("told_student", "told_family"):
        as_ada.post(reverse("guidance:note", args=[made.pk]), {"kind": kind})
    as_ada.post(reverse("guidance:note", args=[made.pk]), {"kind": "outcome", "words": "Went well."})
    shown = text(page(as_ada, "decision", made.pk))
    for words in ("the child was told", "the family was told", "Went well."):
        assert words in shown


def test_what_she_said_she_would_look_at_stays_before_her(people, content, showed, propose, now, as_ada):
    for days_ago in (9, 7, 5, 3):
        showed(people.bo, content.compare, 0.5, days_ago=days_ago, kind="answer")
    [card] = [one for one in propose() if one.rule == "look_another_way"]
    Suggestion.objects.update(blind_first=False)
    look = decide.do_it(card, by=people.ada, at=now)
    assert look.made == {}
    assert "You said yes to" in text(page(as_ada, "cards"))
    decide.note(look, kind="outcome", by=people.ada, at=now, words="She drew it.")
    assert "You said yes to" not in text(page(as_ada, "cards"))


def test_her_own_idea_from_the_page(people, content, as_ada):
    shown = text(page(as_ada, "own_idea", child=people.bo.pk))
    key = re.search(r'name="client_key" value="([^"]+)"', shown).group(1)
    said = {"students": people.bo.pk, "activity": "fraction-war", "competency": "4.NF.A.1"}
    said |= {"because": "You asked.", "client_key": key}
    for _ in range(2):
        as_ada.post(reverse("guidance:own_idea"), said)
    assert Decision.objects.count() == 1
    assert Step.objects.get().because == "You asked."


# --- the rules room ----------------------------------------------------------------------------------------


def test_every_rule_is_there_in_its_authors_words(content, people, signed_in_as):
    from plainview.core.rules.catalogue import RULES

    shown = text(page(signed_in_as(people.gus), "rules"))
    for rule in RULES.values():
        assert rule.written_by in shown


def test_a_rule_that_rests_says_so_to_its_teacher_alone(group_card, people, signed_in_as, now):
    RuleCount.objects.create(
        school_class=people.room_4b,
        rule="reteach_together",
        rule_version=1,
        n_decided=20,
        n_quick=20,
        suspended_at=now,
    )
    Suggestion.objects.update(stage=SuggestionStage.EXPIRED)
    ada = signed_in_as(people.ada)
    assert "rests" in text(page(ada, "cards"))
    assert "let it speak again" in text(page(ada, "rule", "reteach_together"))
    assert "let it speak again" not in text(page(signed_in_as(people.gus), "rule", "reteach_together"))
    signed_in_as(people.ada).post(reverse("guidance:wake", args=["reteach_together"]))
    assert not alarm.resting(people.room_4b)


def test_a_rule_nobody_wrote_is_not_found(people, signed_in_as):
    assert page(signed_in_as(people.gus), "rule", "guess").status_code == 404


def test_the_record_of_a_decision_names_the_children_in_the_order_of_the_card(group_card, as_ada):
    press(as_ada, group_card, "do_it")
    shown = page(as_ada, "decision", group_card.decisions.get().pk)
    names = [child.short_name for child in shown.context["students"]]
    assert names == ["Bo", "Dee", "Kai"]
    assert "Bo, Dee and Kai" in text(shown)
