"""The database itself refuses to change what was frozen, whoever asks."""

import pytest
from django.db import DatabaseError, transaction

from plainview.desk.reviews.models import Answered, Exhibit, Kind, Notice, Plan, Run


@pytest.fixture
def frozen(desk, now) -> Plan:
    return Plan.objects.create(
        review=desk.review, number=1, text="seed = 1\n", sha256="a" * 64, lock="x", frozen_at=now,
        frozen_by=desk.cora,
    )  # fmt: skip


def refused(deed) -> bool:
    try:
        with transaction.atomic():
            deed()
    except DatabaseError:
        return True
    return False


def test_a_frozen_plan_stays_as_it_is(frozen):
    assert refused(lambda: Plan.objects.filter(pk=frozen.pk).update(text="seed = 2\n"))
    assert refused(lambda: Plan.objects.filter(pk=frozen.pk).update(frozen_at=None, sha256="", lock=""))
    assert refused(lambda: Plan.objects.filter(pk=frozen.pk).delete())
    assert Plan.objects.get(pk=frozen.pk).text == "seed = 1\n"


def test_a_plan_that_is_still_written_may_change(desk):
    plan = Plan.objects.create(review=desk.review, number=1, text="seed = 1\n")
    Plan.objects.filter(pk=plan.pk).update(text="seed = 2\n")
    assert Plan.objects.get(pk=plan.pk).text == "seed = 2\n"


def test_a_run_that_ended_and_its_answers_stay(desk, frozen, now):
    run = Run.objects.create(review=desk.review, plan=frozen, asked_at=now, asked_by=desk.cora)
    Run.objects.filter(pk=run.pk).update(state="running")
    Run.objects.filter(pk=run.pk).update(state="done", findings="{}", ended_at=now)
    said = {"question": "fairness", "asks": "?", "page": "", "outcome": "found", "answer": "a"}
    one = Answered.objects.create(run=run, check_name="x/1", sentence="", answers=[], **said)
    assert refused(lambda: Run.objects.filter(pk=run.pk).update(findings="[]"))
    assert refused(lambda: Answered.objects.filter(pk=one.pk).update(answer="b"))
    assert refused(lambda: Answered.objects.filter(pk=one.pk).delete())


def test_a_notice_stays_as_it_was_sent(desk, now):
    sent = Notice.objects.create(
        review=desk.review, sent_at=now, sent_by=desk.cora, due_on=now.date(), letter="Dear"
    )
    assert refused(lambda: Notice.objects.filter(pk=sent.pk).update(letter="Dearest"))


def test_what_was_handed_over_stays_what_it_was(desk, now):
    exhibit = Exhibit.objects.create(
        review=desk.review, file="log.csv", number=1, kind=Kind.LOG, sha256="a" * 64, n_bytes=3,
        handed_over_at=now, handed_over_by=desk.vic,
    )  # fmt: skip
    assert refused(lambda: Exhibit.objects.filter(pk=exhibit.pk).update(sha256="b" * 64))
    assert refused(lambda: Exhibit.objects.filter(pk=exhibit.pk).delete())
    Exhibit.objects.filter(pk=exhibit.pk).update(replaced_at=now)
    assert Exhibit.objects.get(pk=exhibit.pk).replaced_at == now
