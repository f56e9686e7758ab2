"""Asking an expert, her answer, her declaration, and letting go."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from tests.desk.experts.conftest import NO_INTEREST

from plainview.desk.experts import declare, invite
from plainview.desk.experts.models import Declaration, Invitation
from plainview.desk.experts.models.panel import Place
from plainview.desk.reviews.models import Review, VendorSeat
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen


def test_an_expert_goes_from_asked_to_ready_and_only_then_reads_the_review(panel):
    ed = panel.desk.ed
    panel.ask("ed")
    assert panel.invitation("ed").place == Place.ASKED
    panel.accept("ed")
    assert panel.invitation("ed").place == Place.TO_DECLARE
    assert not Review.objects.seen_by(ed).exists()
    panel.declare("ed")
    assert panel.invitation("ed").place == Place.READY
    assert Review.objects.seen_by(ed).exists()
    deeds = Line.objects.filter(deed__startswith="experts.").values_list("deed", "by")
    assert list(deeds) == [
        ("experts.asked", panel.desk.cora.pk),
        ("experts.answered", ed.pk),
        ("experts.declared", ed.pk),
    ]


@pytest.mark.parametrize("interest", declare.INTERESTS)
def test_with_any_interest_she_does_not_rate_and_does_not_read(panel, interest):
    panel.ask("ed")
    panel.accept("ed")
    panel.declare("ed", replace(NO_INTEREST, **{interest: True}))
    assert panel.invitation("ed").place == Place.NOT_INDEPENDENT
    assert not Review.objects.seen_by(panel.desk.ed).exists()
    assert not Invitation.objects.standing().exists()


def test_a_later_declaration_takes_nothing_back(panel):
    panel.ask("ed")
    panel.accept("ed")
    panel.declare("ed", replace(NO_INTEREST, took_part_in_buying=True))
    with pytest.raises(Denied):
        panel.declare("ed")
    assert Declaration.objects.count() == 1


def test_an_interest_that_comes_up_later_ends_her_part(panel):
    panel.make_ready("ed")
    panel.declare("ed", replace(NO_INTEREST, has_financial_interest=True))
    assert panel.invitation("ed").place == Place.NOT_INDEPENDENT
    assert not Review.objects.seen_by(panel.desk.ed).exists()


@pytest.mark.django_db(transaction=False)
def test_the_database_keeps_a_declaration_as_it_was(panel):
    panel.make_ready("ed")
    with pytest.raises(DatabaseError), transaction.atomic():
        Declaration.objects.update(words="nothing at all")
    with pytest.raises(DatabaseError), transaction.atomic():
        Declaration.objects.all().delete()


def test_the_database_knows_what_independent_means(panel):
    panel.make_ready("ed")
    with pytest.raises(DatabaseError), transaction.atomic():
        Declaration.objects.create(
            invitation=panel.invitation("ed"), is_independent=True, took_part_in_building=True,
            took_part_in_distributing=False, took_part_in_buying=False, has_financial_interest=False,
            role_words="x", at=panel.at,
        )  # fmt: skip


def test_readers_find_a_role_and_no_name_unless_she_agrees(panel):
    for who in ("ed", "flo", "gus"):
        panel.ask(who)
        panel.accept(who)
    panel.declare("ed", words="I once taught with an early version.")
    panel.declare("flo", may_be_named=True)
    panel.declare("gus", replace(NO_INTEREST, took_part_in_building=True))
    ed, flo, gus = declare.conflict_lines(panel.review)
    assert ed["who"] == "Expert A, a teacher of mathematics" and "Ed" not in ed["who"]
    assert ed["words"]["en"].endswith("in it. I once taught with an early version.")
    assert flo["who"].startswith(panel.desk.flo.full_name)
    assert ed["words"]["es"].startswith("Declarado el 2026-11-23: sin participación")
    assert gus["words"]["en"] == "Declared on 2026-11-23: had a part in building it. Did not rate."


@pytest.mark.parametrize("who", ["ed", "flo", "vic", "val", "olu", "sten"])
def test_nobody_but_the_chair_asks_experts(panel, who):
    with pytest.raises(NotSeen):
        invite.ask(panel.review, panel.desk.gus, by=panel.person(who), at=panel.at)


@pytest.mark.parametrize("who", ["cora", "vic", "olu", "sten"])
def test_only_experts_are_asked(panel, who):
    with pytest.raises(Denied):
        panel.ask(who)


def test_whoever_speaks_for_a_vendor_is_not_asked(panel):
    VendorSeat.objects.create(vendor=panel.desk.other, person=panel.desk.gus)
    with pytest.raises(Denied, match="speaks for a vendor"):
        panel.ask("gus")


def test_nobody_is_asked_twice_and_nobody_answers_for_another(panel):
    asked = panel.ask("ed")
    with pytest.raises(Denied, match="asked already"):
        panel.ask("ed")
    for who in ("flo", "cora", "vic"):
        with pytest.raises(NotSeen):
            invite.answer(asked, says_yes=True, by=panel.person(who), at=panel.at)


def test_who_said_no_is_not_waited_for(panel):
    asked = panel.ask("ed")
    invite.answer(asked, says_yes=False, by=panel.desk.ed, at=panel.at, why_not="no time")
    assert panel.invitation("ed").place == Place.DECLINED
    assert not Invitation.objects.standing().exists()
    with pytest.raises(Denied):
        invite.answer(asked, says_yes=True, by=panel.desk.ed, at=panel.at)


def test_letting_go_needs_a_reason_and_ends_reading(panel):
    panel.make_ready("ed")
    with pytest.raises(Denied, match="why"):
        invite.let_go(panel.invitation("ed"), by=panel.desk.cora, at=panel.at, why=" ")
    invite.let_go(panel.invitation("ed"), by=panel.desk.cora, at=panel.at, why="away for a month")
    assert panel.invitation("ed").place == Place.LET_GO
    assert not Review.objects.seen_by(panel.desk.ed).exists()


def test_whoever_handed_in_cannot_be_let_go(rating):
    """Else a chair who guesses a rating could choose the panel by it."""
    rating.hand_in("ed")
    with pytest.raises(Denied, match="handed in"):
        invite.let_go(rating.invitation("ed"), by=rating.desk.cora, at=rating.at, why="on second thoughts")
