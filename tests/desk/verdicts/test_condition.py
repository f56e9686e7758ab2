"""Conditions and their clocks."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from plainview.desk.published.clocks import Status as Published
from plainview.desk.verdicts import clock, condition, letters
from plainview.desk.verdicts.clock import Status
from plainview.desk.verdicts.models import Change, Condition, Letter
from plainview.lobby.jobs.models import Job
from plainview.lobby.people.policy import Denied, NotSeen

DEADLINE = date(2027, 3, 1)


@pytest.fixture
def must(tools, review, desk, now):
    """Acme is to hand over a log by the first of March."""
    return set_one(tools, review, desk, now)


def set_one(tools, review, desk, now, **more):
    told = {
        "words": tools.both,
        "owner": "Acme",
        "deadline": DEADLINE,
        "proves": tools.both,
        "claim": "adapts",
    } | more
    return condition.set_condition(review, **told, by=desk.cora, at=now)


def on(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def test_the_words_for_a_status_are_those_of_a_published_page():
    assert set(Status.values) == {one.value for one in Published}
    assert set(clock.MAY_FOLLOW) == set(Status)


def test_a_condition_falls_overdue_by_the_clock_alone(must):
    """No deed, no worker, no row: the same rows say it a day later."""
    rows = (Change.objects.count(), Letter.objects.count())
    assert clock.status(must, on=DEADLINE) == Status.OPEN
    assert clock.status(must, on=DEADLINE + timedelta(days=1)) == Status.OVERDUE
    assert (Change.objects.count(), Letter.objects.count()) == rows


def test_the_clock_only_sets_alarms_for_letters(must):
    due = dict(Job.objects.filter(name="verdicts.letter").values_list("arguments__kind", "due_at"))
    assert {kind: timezone.localdate(at) for kind, at in due.items()} == {
        "reminder": date(2027, 2, 15),
        "overdue": date(2027, 3, 2),
    }


def test_met_needs_evidence_and_a_person(must, tools, desk, now, evidence):
    with pytest.raises(Denied, match="needs evidence"):
        condition.met(must, evidence=condition.Evidence(), why=tools.both, by=desk.cora, at=now)
    with pytest.raises(Denied, match="No exhibit of this product"):
        condition.met(
            must, evidence=condition.Evidence(exhibit="0" * 64), why=tools.both, by=desk.cora, at=now
        )
    shown = condition.Evidence(exhibit=evidence.sha256)
    change = condition.met(must, evidence=shown, why=tools.both, by=desk.cora, at=now)
    assert (change.by, change.exhibit) == (desk.cora, evidence.sha256)
    assert clock.status(must, on=DEADLINE + timedelta(days=9)) == Status.MET


def test_a_finding_is_evidence_too(must, tools, desk, now):
    found = condition.Evidence(finding="efficacy.effect/1")
    assert condition.met(must, evidence=found, why=tools.both, by=desk.cora, at=now).finding
    with pytest.raises(Denied, match="No check of that name"):
        condition.breached(
            must,
            evidence=condition.Evidence(finding="soundness.reliability/1"),
            why=tools.both,
            by=desk.cora,
            at=now,
        )


def test_what_was_met_may_be_breached_later_and_met_again(must, tools, desk):
    found = condition.Evidence(finding="efficacy.effect/1")
    days = [date(2027, 2, 1), date(2027, 5, 1), date(2027, 6, 1)]
    for day, deed in zip(days, (condition.met, condition.breached, condition.met), strict=True):
        deed(must, evidence=found, why=tools.both, by=desk.cora, at=on(day))
    said = [clock.status(must, on=day).value for day in (*days, date(2027, 1, 1))]
    assert said == ["met", "breached", "met", "open"]


def test_withdrawn_is_the_end(must, tools, desk, now):
    condition.withdrawn(must, why=tools.both, by=desk.cora, at=now)
    assert clock.status(must, on=DEADLINE + timedelta(days=9)) == Status.WITHDRAWN
    with pytest.raises(Denied, match="cannot become that any more"):
        condition.met(
            must,
            evidence=condition.Evidence(finding="efficacy.effect/1"),
            why=tools.both,
            by=desk.cora,
            at=now,
        )


def test_a_second_press_adds_nothing(must, tools, review, desk, now):
    assert set_one(tools, review, desk, now).pk == must.pk
    first = condition.withdrawn(must, why=tools.both, by=desk.cora, at=now)
    assert condition.withdrawn(must, why=tools.both, by=desk.cora, at=now).pk == first.pk


def test_conditions_are_numbered_over_the_product(must, tools, review, desk, now):
    assert must.code == "c1"
    assert set_one(tools, review, desk, now, owner="The district").code == "c2"


def test_a_condition_rests_on_something_that_was_asked(tools, review, desk, now):
    with pytest.raises(Denied, match="rests on a claim or on a check"):
        set_one(tools, review, desk, now, claim="")
    with pytest.raises(Denied, match="was not asked"):
        set_one(tools, review, desk, now, check="fairness.dif")
    with pytest.raises(Denied, match="lies ahead"):
        set_one(tools, review, desk, now, deadline=timezone.localdate(now))


@pytest.mark.parametrize("who", ["vic", "val", "ed", "olu", "sten"])
def test_only_the_chair_sets_and_settles(must, tools, review, desk, now, who):
    by = getattr(desk, who)
    with pytest.raises((Denied, NotSeen)):
        condition.withdrawn(must, why=tools.both, by=by, at=now)
    with pytest.raises((Denied, NotSeen)):
        condition.set_condition(
            review,
            words=tools.both,
            owner="Nobody",
            deadline=DEADLINE,
            proves=tools.both,
            claim="works",
            by=by,
            at=now,
        )


def test_the_database_refuses_a_met_without_evidence(must, tools, desk, now):
    with pytest.raises(IntegrityError, match="has_evidence"), transaction.atomic():
        Change.objects.create(condition=must, kind="met", why_en="x", why_es="x", by=desk.cora, at=now)


def test_the_database_refuses_other_words_and_another_day(must):
    for other in ({"words_en": "Something else."}, {"deadline": date(2030, 1, 1)}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Condition.objects.filter(pk=must.pk).update(**other)


def test_no_letter_goes_out_before_the_page_is_public(must, desk, now):
    assert letters.send(must, kind=Letter.Kind.NOTICE, by=desk.cora, at=now) is None
    assert not mail.outbox
