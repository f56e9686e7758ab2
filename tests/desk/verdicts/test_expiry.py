"""A verdict runs out: the chair's first page lists it sixty days before, and a letter says so."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from plainview.desk.reviews import begin, expiring
from plainview.desk.verdicts import publish, tasks
from plainview.lobby.jobs.models import Job
from plainview.lobby.people.models import Person


@pytest.fixture
def until(review, desk, tools) -> date:
    """Published; its verdicts hold until that day."""
    Person.objects.filter(pk=desk.cora.pk).update(email="cora@review.example")
    tools.shown()
    made = publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)
    return date.fromisoformat(made.card["expires_on"])


def morning(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 8))


def first_page(client, desk, day: date, monkeypatch) -> str:
    monkeypatch.setattr("django.utils.timezone.now", lambda: morning(day))
    client.force_login(desk.cora)
    return client.get("/desk/reviews/").content.decode()


def test_from_sixty_days_before_it_is_on_the_first_page_of_the_chair(until, review):
    before = until - timedelta(days=61)
    assert expiring.expiring(on=before) == []
    (one,) = expiring.expiring(on=before + timedelta(days=1))
    assert (one.review, one.expires_on, one.is_over) == (review, until, False)
    assert expiring.expiring(on=until + timedelta(days=1))[0].is_over


def test_the_page_says_until_when_it_holds_and_then_that_it_ran_out(until, client, desk, monkeypatch):
    assert "Runs out soon" not in first_page(client, desk, until - timedelta(days=90), monkeypatch)
    assert "holds until" in first_page(client, desk, until - timedelta(days=5), monkeypatch)
    assert "ran out on" in first_page(client, desk, until + timedelta(days=5), monkeypatch)


def test_what_was_begun_again_is_not_named(until, review, desk, now):
    begin.begin(product=review.product, version="3", by=desk.cora, at=now, why="Time.", follows=review)
    assert expiring.expiring(on=until) == []


def test_a_letter_waits_for_each_of_the_two_days(until):
    waiting = Job.objects.filter(name="verdicts.expiry").order_by("due_at")
    assert [timezone.localdate(one.due_at) for one in waiting] == [
        until - timedelta(days=60),
        until + timedelta(days=1),
    ]


def test_chairs_are_written_to_in_their_language(until, review, desk, monkeypatch):
    Person.objects.filter(pk=desk.cora.pk).update(language="es")
    monkeypatch.setattr("django.utils.timezone.now", lambda: morning(until - timedelta(days=60)))
    assert tasks.word_of_expiry(None, review=review.pk) == 1
    (letter,) = mail.outbox
    assert letter.to == ["cora@review.example"]
    assert "el dictamen vence" in letter.subject and "Verdicts" not in letter.body


def test_nobody_is_written_to_where_it_is_looked_at_again(until, review, desk, now):
    begin.begin(product=review.product, version="3", by=desk.cora, at=now, why="Time.", follows=review)
    assert tasks.word_of_expiry(None, review=review.pk) == 0
    assert mail.outbox == []
