"""The four gateways."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from plainview.core.audit.check import Question
from plainview.core.dossier.bank import bank
from plainview.desk.verdicts import gateway
from plainview.desk.verdicts.models import Gate, Gateway, Passing
from plainview.lobby.people.policy import Denied, NotSeen


def test_every_question_of_the_catalogue_stands_at_one_gateway():
    at = [question for gate in Gate for question in gateway.CHECKS_OF[gate]]
    assert sorted(at) == sorted(question.value for question in Question)


def test_every_question_of_the_bank_stands_at_one_gateway():
    at = [about for gate in Gate for about in gateway.ABOUT[gate]]
    assert sorted(at) == sorted({one.about for one in bank().values()})


def test_what_is_passed_rests_on_findings(tools):
    row = tools.at_gate("G4", "passed", findings=["efficacy.effect/1", "efficacy.rating/1"])
    assert row.findings == ["efficacy.effect/1", "efficacy.rating/1"]
    with pytest.raises(Denied, match="Name the findings"):
        tools.at_gate("G1", "passed")


def test_a_check_that_found_nothing_carries_nothing(tools):
    with pytest.raises(Denied, match="found nothing here: soundness"):
        tools.at_gate("G2", "passed", findings=["soundness.reliability/1"])


def test_a_question_that_nobody_settled_carries_nothing(tools):
    with pytest.raises(Denied, match="settled on no level for these questions: 12"):
        tools.at_gate("G3", "not passed", ratings=[12])


def test_without_ratings_nothing_is_proposed_as_passed(review):
    proposed = {one.gate: gateway.proposed(one) for one in gateway.at_gates(review)}
    assert set(proposed.values()) == {Passing.CANNOT_SAY}


def test_nobody_gets_past_a_gateway_that_was_not_passed(tools, review):
    tools.at_gate("G4", "passed", findings=["efficacy.effect/1"])
    tools.at_gate("G1")
    standings = {one.gate: one for one in gateway.standings(review)}
    assert standings["G4"].recorded.passing == Passing.PASSED
    assert standings["G4"].counts == Passing.CANNOT_SAY
    assert standings["G4"].held_by == Gate.G1


def test_the_newest_word_on_a_gateway_holds_and_the_old_one_stays(tools, review):
    tools.at_gate("G4", "passed", findings=["efficacy.effect/1"])
    tools.at_gate("G4")
    assert gateway.newest(review)["G4"].passing == Passing.CANNOT_SAY
    assert Gateway.objects.filter(gate="G4").count() == 2


def test_a_second_press_adds_nothing(tools):
    assert tools.at_gate("G1").pk == tools.at_gate("G1").pk


@pytest.mark.parametrize("who", ["vic", "val", "ed", "olu", "sten"])
def test_only_the_chair_records(review, desk, now, tools, who):
    with pytest.raises((Denied, NotSeen)):
        gateway.record(review, gate="G1", passing="cannot say", why=tools.both, by=getattr(desk, who), at=now)


def test_the_database_refuses_a_gateway_that_rests_on_nothing(tools):
    row = tools.at_gate("G1")
    copied = Gateway.objects.filter(pk=row.pk).values().get() | {"id": None, "passing": "passed"}
    with pytest.raises(IntegrityError, match="rests_on_something"), transaction.atomic():
        Gateway.objects.create(**copied)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Gateway.objects.update(passing="passed")
