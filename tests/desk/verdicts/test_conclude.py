"""From the checks' word to a verdict."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from plainview.core.audit.claims import MARKS
from plainview.core.audit.claims import Verdict as OfTheChecks
from plainview.desk.reviews.models import Move, Run, Stage
from plainview.desk.verdicts import conclude
from plainview.desk.verdicts.models import MARK_OF, Verdict, Word
from plainview.desk.verdicts.tongues import Both
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen


def test_the_words_and_marks_are_those_of_the_checks():
    assert set(Word.values) == {word.value for word in OfTheChecks}
    assert {word.value: mark.value.replace("_", " ") for word, mark in MARK_OF.items()} == {
        word.value: mark for word, mark in MARKS.items()
    }


def test_every_word_says_what_the_findings_can_carry():
    assert set(conclude.CARRIED) == set(Word)
    for word, carried in conclude.CARRIED.items():
        assert carried[0] == word
        assert not {Word.SUPPORTED, Word.CONTRADICTED} & (set(carried) - {word})


def test_the_checks_propose_a_word_for_each_claim(review):
    proposed = {one.judged.id: one.judged.verdict for one in conclude.on_the_way(review)}
    assert proposed == {
        "works": "supported",
        "adapts": "refused",
        "steady": "inconclusive",
        "free": "not tested",
    }


def test_a_verdict_keeps_who_when_and_what_it_rested_on(tools, desk, now):
    verdict = tools.say("works", "supported")
    assert (verdict.by, verdict.at, verdict.proposed) == (desk.cora, now, "supported")
    assert verdict.says == "Students who use Fractal learn more."
    assert verdict.checks == ["efficacy.effect/1", "efficacy.rating/1"]
    assert Line.objects.get(deed="verdicts.concluded").thing == verdict.pk


def test_a_verdict_holds_for_two_years_where_nobody_says_otherwise(tools, now):
    verdict = tools.say("works", "supported")
    assert verdict.holds_until.isoformat() == "2028-11-23"
    assert conclude.holds(verdict, on=verdict.holds_until)
    assert tools.say("works", "supported", months=6).holds_until.isoformat() == "2027-05-23"


def test_the_last_day_of_a_short_month_is_found():
    from datetime import date

    assert conclude.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert conclude.months_later(date(2026, 12, 5), 1) == date(2027, 1, 5)


def test_a_second_press_adds_nothing(tools):
    assert tools.say("works", "supported").pk == tools.say("works", "supported").pk
    assert Verdict.objects.count() == 1


def test_one_may_be_more_careful_and_says_why(tools):
    with pytest.raises(Denied, match="more careful"):
        tools.say("works", "inconclusive")
    assert tools.say("works", "inconclusive", why="One study of one term.").is_more_careful


@pytest.mark.parametrize("claim", ["steady", "adapts", "free"])
def test_nobody_says_supported_where_no_check_supports_it(tools, claim):
    with pytest.raises(Denied, match="needs checks that support"):
        tools.say(claim, "supported", why="I am sure of it.")


def test_not_supported_needs_a_check_that_answered(tools):
    with pytest.raises(Denied, match="do not carry that word"):
        tools.say("steady", "not supported", why="It looks that way.")


def test_a_verdict_has_a_sentence_in_both_languages(review, desk, now):
    with pytest.raises(Denied, match="one in Spanish"):
        conclude.conclude(
            review, claim="works", word="supported", sentence=Both(en="Yes.", es=" "), by=desk.cora, at=now
        )


def test_a_claim_that_is_not_there_is_not_found(tools):
    with pytest.raises(NotSeen):
        tools.say("nothing-like-it", "supported")


@pytest.mark.parametrize("who", ["vic", "val", "ed", "olu", "sten"])
def test_only_the_chair_concludes(review, desk, now, tools, who):
    with pytest.raises((Denied, NotSeen)):
        conclude.conclude(
            review, claim="works", word="supported", sentence=tools.both, by=getattr(desk, who), at=now
        )
    assert not Verdict.objects.exists()


def test_the_database_refuses_a_bold_word_that_the_checks_did_not_say(tools, review, desk, now):
    tools.say("works", "supported")
    copied = Verdict.objects.values().get()
    copied |= {"id": None, "proposed": "inconclusive", "why": "I am sure."}
    with pytest.raises(IntegrityError, match="bold_word"), transaction.atomic():
        Verdict.objects.create(**copied)


def test_the_database_refuses_to_change_a_verdict(tools):
    verdict = tools.say("works", "supported")
    for change in (
        lambda: Verdict.objects.filter(pk=verdict.pk).update(word="inconclusive"),
        lambda: Verdict.objects.filter(pk=verdict.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="added to, never changed"), transaction.atomic():
            change()


def test_a_review_is_concluded_when_every_claim_and_every_gateway_is(tools, review, desk, now):
    tools.say("works", "supported")
    with pytest.raises(Denied, match="no verdict yet: Fractal adapts"):
        conclude.close(review, by=desk.cora, at=now, why="Done.")
    for claim, word in {"adapts": "refused", "free": "not tested", "steady": "inconclusive"}.items():
        tools.say(claim, word)
    with pytest.raises(Denied, match="not recorded yet: G1"):
        conclude.close(review, by=desk.cora, at=now, why="Done.")


def test_a_verdict_on_findings_of_another_run_is_said_again(tools, review, desk, now):
    """The checks ran anew, and the number in the sentence is another."""
    for claim, word in {"works": "supported", "adapts": "refused", "free": "not tested"}.items():
        tools.say(claim, word)
    tools.say("steady", "inconclusive")
    first = review.run
    told = first.findings.replace("59 to 70", "61 to 72")
    assert told != first.findings
    Run.objects.create(
        review=review,
        plan=first.plan,
        asked_at=now,
        asked_by=desk.cora,
        state=Run.State.DONE,
        ended_at=now,
        findings=told,
    )
    with pytest.raises(Denied, match="no verdict yet: Students who use"):
        conclude.close(review, by=desk.cora, at=now, why="Done.")


def test_concluding_is_a_step_with_a_person_and_a_reason(tools, review, desk, now):
    tools.conclude_all()
    assert review.stage == Stage.CONCLUDED
    last = Move.objects.filter(review=review).latest("pk")
    assert (last.by, last.at, last.why) == (desk.cora, now, "All is said.")
    conclude.close(review, by=desk.cora, at=now, why="Again.")
    assert Move.objects.filter(review=review, to_stage=Stage.CONCLUDED).count() == 1
