"""Letters about a condition. A status never waits for one."""

from datetime import date, datetime

import pytest
from django.core import mail
from django.utils import timezone

from plainview.desk.verdicts import clock, condition, letters, publish, reply, show, tasks
from plainview.desk.verdicts.models import Letter
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied

DEADLINE = date(2027, 3, 1)


@pytest.fixture
def must(tools, review, desk, now):
    desk.vic.email = "vic@acme.example"
    desk.vic.save()
    made = condition.set_condition(
        review,
        words=tools.both,
        owner="Acme",
        deadline=DEADLINE,
        proves=tools.both,
        claim="adapts",
        by=desk.cora,
        at=now,
    )
    tools.conclude_all()
    return made


@pytest.fixture
def public(must, review, desk, tools, now):
    show.show(review, by=desk.cora, at=now)
    publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)
    return must


@pytest.fixture
def worker(monkeypatch, django_capture_on_commit_callbacks):
    """Does the job of that letter on that day."""

    def does(must, kind: str, day: date) -> str:
        at = timezone.make_aware(datetime(day.year, day.month, day.day, 8))
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)
        with django_capture_on_commit_callbacks(execute=True):
            return tasks.letter(None, condition=must.pk, kind=kind)

    return does


def test_the_vendor_is_told_when_the_page_is_laid_before_it(
    must, review, desk, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        show.show(review, by=desk.cora, at=now)
    (sent,) = mail.outbox
    assert sent.to == ["vic@acme.example"]
    assert "until" in sent.body.lower() and "responder" not in sent.subject


def test_word_goes_out_on_the_morning_after_and_only_once(public, worker):
    assert worker(public, "overdue", date(2027, 3, 2)) == "sent"
    worker(public, "overdue", date(2027, 3, 2))
    (sent,) = mail.outbox
    assert sent.to == ["vic@acme.example"]
    assert "Fractal: condition c1 is overdue" in sent.subject
    row = Letter.objects.get(kind="overdue")
    assert (row.by, row.n_sent) == (None, 1)
    assert Line.objects.get(deed="verdicts.letter_sent", thing=row.pk).by == 0


def test_no_word_goes_out_where_it_was_met(public, worker, tools, desk):
    found = condition.Evidence(finding="efficacy.effect/1")
    condition.met(public, evidence=found, why=tools.both, by=desk.cora, at=tools.later)
    assert worker(public, "overdue", date(2027, 3, 2)) == "no reason"
    assert not mail.outbox


def test_without_any_worker_the_status_is_right(public):
    assert clock.status(public, on=date(2027, 3, 2)) == clock.Status.OVERDUE
    assert not Letter.objects.filter(kind="overdue").exists()


def test_only_the_chair_sends_one_by_hand(public, desk, tools):
    with pytest.raises(Denied):
        letters.send(public, kind="reminder", by=desk.vic, at=tools.later)


def test_a_script_in_a_reply_is_printed_not_run(must, review, desk, tools, now):
    show.show(review, by=desk.cora, at=now)
    reply.reply(review, words="<script>alert(1)</script>", by=desk.vic, at=now)
    made = publish.publish(review, by=desk.cora, at=now, changelog=tools.both)
    for file in made.files.filter(name__in=["page.en.html", "page.es.html"]):
        page = bytes(file.body).decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script" not in page
