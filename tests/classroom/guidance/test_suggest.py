"""Suggestions are asked for when a teacher looks, few, kept word for word, and gone when nobody answers."""

from datetime import timedelta
from zlib import decompress

import pytest

from plainview.classroom.day.child import standings
from plainview.classroom.evidence.judge import judge
from plainview.classroom.guidance import lay_out, say, suggest, switch
from plainview.classroom.guidance.models import Suggestion, SuggestionStage
from plainview.classroom.plans import group as groups
from plainview.classroom.plans import set as plan
from plainview.classroom.plans.models import Step
from plainview.core.rules.recompute import DoesNotFollow, recompute
from plainview.lobby.people import choices, supports
from plainview.lobby.people.models import Absence


def test_nothing_is_proposed_while_guidance_is_off(shared_thinking, people, today, now):
    """Invariant 16."""
    assert suggest.propose(people.room_4b, on=today, at=now) == []
    assert not Suggestion.objects.exists()


def test_nothing_is_proposed_while_it_is_stopped(shared_thinking, propose, people, now, today):
    switch.stop_for_a_week(people.room_4b, by=people.ada, at=now)
    assert propose() == []
    assert not Suggestion.objects.exists()
    later = now + timedelta(days=7)
    assert propose(on=today + timedelta(days=7), at=later)


def test_evidence_alone_makes_no_card(shared_thinking, guidance_on):
    """Pulled by a person, never pushed by a row."""
    assert not Suggestion.objects.exists()


def test_a_card_keeps_what_the_rule_saw_and_recomputes_to_the_byte(group_card):
    """Invariant 5."""
    raw = decompress(group_card.export)
    assert recompute(raw).same
    assert group_card.card["key"].startswith("reteach_together:4.NF.A.1")
    assert [one.given_name for one in group_card.students.order_by("pk")] == ["Bo", "Dee", "Kai"]


def test_no_name_stands_in_a_kept_card_or_its_file(group_card):
    kept = str(group_card.card) + decompress(group_card.export).decode()
    for name in ("Bo", "O'Neill", "Dee", "Kai", "Ada"):
        assert f"{name}" not in kept.replace("Both", "")


def test_nothing_a_child_sees_exists_before_a_teacher_decides(group_card, five):
    """Invariant 3."""
    assert not Step.objects.exists()
    from plainview.classroom.guidance import registers

    assert all(registers.for_student(child, on=group_card.made_on) == [] for child in five)


def test_looking_again_makes_no_second_card(group_card, propose):
    assert propose() == [group_card]
    assert Suggestion.objects.count() == 1


def test_the_same_sight_is_not_looked_at_twice(group_card, propose, monkeypatch):
    monkeypatch.setattr(suggest, "snapshot", pytest.fail)
    assert propose() == [group_card]


def test_a_card_that_does_not_follow_is_not_shown_and_the_page_is_there(
    shared_thinking, propose, monkeypatch, caplog
):
    """A fault of ours costs a card, never a teacher's morning."""

    def does_not_follow(card, view):
        raise DoesNotFollow(f"{card.key} does not follow from its own inputs.")

    monkeypatch.setattr(suggest, "export", does_not_follow)
    assert propose() == []
    assert not Suggestion.objects.exists()
    assert "reteach_together:4.NF.A.1" in caplog.text


def judged(people, content, now, today):
    judge(student=people.dee, competency=content.share, state="steady", words="", by=people.ada, at=now)


def supported(people, content, now, today):
    said = {"plan": "iep", "term": "spoken", "words": "Read aloud", "exempt": False}
    supports.write_down(people.dee, **said, by=people.fay, at=now, on=today)


def planned(people, content, now, today):
    plan.add_step(
        student=people.dee, activity=content.sheet, competency=None, by=people.ada, at=now, origin="teacher"
    )


def away(people, content, now, today):
    Absence.objects.create(student=people.dee, on=today, entered_by=people.ada)


def kept_apart(people, content, now, today):
    groups.keep_apart(people.bo, people.dee, by=people.ada, at=now)


def on_paper(people, content, now, today):
    choices.choose(people.bo, kind="paper_only", chosen=True, by=people.eve, at=now)


@pytest.mark.parametrize("change", [judged, supported, planned, away, kept_apart, on_paper])
def test_what_a_rule_sees_beside_evidence_makes_it_look_again(
    change, group_card, people, content, propose, monkeypatch, now, today
):
    looked = []
    real = suggest.snapshot
    monkeypatch.setattr(suggest, "snapshot", lambda *a, **k: looked.append(1) or real(*a, **k))
    propose()
    assert not looked
    change(people, content, now, today)
    propose()
    propose()
    assert looked == [1]


def test_a_card_goes_away_when_the_teacher_says_what_she_holds(
    group_card, shared_thinking, people, content, propose, now
):
    for child in shared_thinking:
        judge(student=child, competency=content.equal, state="steady", words="", by=people.ada, at=now)
    assert group_card not in propose()


def test_a_card_goes_away_after_five_school_days_and_nothing_happens(group_card, propose, now, today, people):
    last_day = today + timedelta(days=7)  # Wednesday to Wednesday: five school days
    assert group_card.expires_on == last_day
    assert propose(on=last_day, at=now + timedelta(days=7)) == [group_card]
    assert group_card not in propose(on=last_day + timedelta(days=1), at=now + timedelta(days=8))
    group_card.refresh_from_db()
    assert group_card.stage == SuggestionStage.EXPIRED
    assert not group_card.decisions.exists()
    assert not Step.objects.exists()


def test_what_went_away_does_not_come_back_the_next_day(group_card, propose, now, today):
    propose(on=today + timedelta(days=8), at=now + timedelta(days=8))
    assert Suggestion.objects.count() == 1


def test_no_more_than_eight_a_week_whatever_becomes_of_them(
    people, five, content, showed, propose, today, now
):
    from plainview.classroom.curriculum.models import Competency

    for n in range(10):
        about = Competency.objects.create(
            unit=content.equal.unit, identifier=f"4.X.{n}", short_name=f"X{n}", statement="...", grade="4"
        )
        for child in five:
            for days_ago in (9, 7, 5, 3):
                showed(child, about, 0, days_ago=days_ago)
    assert len(propose()) <= 8
    Suggestion.objects.update(stage=SuggestionStage.EXPIRED)
    showed(people.bo, content.share, 1)
    propose()
    assert Suggestion.objects.count() <= 8
    made = Suggestion.objects.count()
    next_monday = today + timedelta(days=5)
    propose(on=next_monday, at=now + timedelta(days=5))
    assert made < Suggestion.objects.count() <= 16


def test_no_more_than_eight_wait_at_once_though_a_new_week_begins(
    people, five, content, showed, propose, today, now
):
    from plainview.classroom.curriculum.models import Competency

    for n in range(10):
        about = Competency.objects.create(
            unit=content.equal.unit, identifier=f"4.X.{n}", short_name=f"X{n}", statement="...", grade="4"
        )
        for child in five:
            for days_ago in (9, 7, 5, 3):
                showed(child, about, 0, days_ago=days_ago, kind=("answer", "talk")[n % 2])
    assert propose()
    assert len(propose(on=today + timedelta(days=5), at=now + timedelta(days=5))) <= 8


def test_groups_come_first(shared_thinking, earlier_step, propose):
    assert [card.is_group for card in propose()] == [True, False]


def test_one_card_in_ten_asks_the_teacher_first_and_nobody_chooses_which():
    blind = [suggest.is_blind_first(suggest.digest_of_key(f"rule:skill::s{n}")) for n in range(5000)]
    assert 0.08 < sum(blind) / len(blind) < 0.12
    assert blind == [suggest.is_blind_first(suggest.digest_of_key(f"rule:skill::s{n}")) for n in range(5000)]


def test_a_suggestion_changes_no_table_but_its_own(shared_thinking, propose, everything):
    """Invariants 2 and 3: no plan, no grade, no group, no placement."""
    before = everything()
    propose()
    changed = {table for table, rows in everything().items() if rows != before[table]}
    assert changed == {
        "guidance_estimate",
        "guidance_lastlook",
        "guidance_reading",
        "guidance_suggestion",
        "guidance_suggestion_students",
    }


# --- a card keeps its word ---------------------------------------------------------------------------------


def test_a_card_goes_away_when_what_would_change_our_mind_has_come(
    group_card, shared_thinking, content, showed, propose
):
    for child in shared_thinking:
        for _ in range(2):
            showed(child, content.equal, 1, kind="talk")
    assert group_card not in propose()
    group_card.refresh_from_db()
    assert group_card.stage == SuggestionStage.GONE
    assert not group_card.decisions.exists()


def test_what_went_away_so_took_nothing_of_the_week(group_card, shared_thinking, content, showed, propose):
    for child in shared_thinking:
        for _ in range(2):
            showed(child, content.equal, 1, kind="talk")
    propose()
    group_card.refresh_from_db()
    made = suggest.made_this_week(group_card.school_class, on=group_card.made_on)
    assert group_card not in made


def test_other_evidence_leaves_a_card_where_it_is(group_card, people, content, showed, propose):
    showed(people.bo, content.share, 1)
    assert group_card in propose()


def test_a_child_who_is_away_today_does_not_undo_the_card(
    group_card, people, content, showed, propose, today
):
    from plainview.lobby.people.models import Absence

    Absence.objects.create(student=people.bo, on=today, entered_by=people.ada)
    showed(people.bo, content.share, 1)
    assert group_card in propose()


def test_a_child_whose_family_then_chose_no_estimates_is_on_no_card(group_card, people, propose, now):
    from plainview.lobby.people.models import FamilyChoice

    FamilyChoice.objects.create(student=people.bo, kind="no_estimates", chosen=True, by=people.eve, at=now)
    assert all(people.bo not in card.students.all() for card in propose())


def fell_since(showed, content, child):
    """Shown three times, long enough ago; the newest pieces, by themselves, would say less."""
    for days_ago in (24, 20, 16):
        showed(child, content.equal, 1, days_ago=days_ago)
    for days_ago in (12, 11, 10):
        showed(child, content.equal, 0, days_ago=days_ago, kind="answer")


def test_a_card_tells_each_child_in_the_one_word_of_her_page(
    people, five, content, showed, shared_thinking, propose, now, today
):
    bo, dee, kai = shared_thinking
    fell_since(showed, content, bo)
    judge(student=dee, competency=content.equal, state="getting_steady", words="", by=people.ada, at=now)
    [card] = [one for one in propose() if one.rule == "reteach_together"]
    word = {child: held.held for child in (bo, dee, kai) for held in standings(child, on=today)}
    assert word == {bo: "getting_steady", dee: "getting_steady", kai: "not_enough"}
    front = lay_out.whole(card, today=today, reader=people.ada)
    for child, sure in zip((bo, dee, kai), front.sure, strict=True):
        assert sure.lines[0].startswith(
            f"{child.short_name} on “Make equal fractions”: {say.state_in_full(word[child])}."
        )
    assert "What was earned stays. The evidence by itself now says: met once." in front.sure[0].lines
    assert "That is your own word, and it wins." in front.sure[1].lines[1]


def test_a_group_card_of_wide_estimates_says_what_carries_it(group_card, people, today):
    told = lay_out.whole(group_card, today=today, reader=people.ada).rests_on
    assert told == ("Each of these estimates is still wide.", "The card rests on 9 pieces (answer and talk).")
