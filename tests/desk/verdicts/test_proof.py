"""What is handed over to show that a condition is met."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from plainview.desk.reviews import store, sweep
from plainview.desk.verdicts import clock, condition, proof, publish
from plainview.desk.verdicts.models import Proof
from plainview.lobby.people.policy import Denied, NotSeen


@pytest.fixture
def must(tools, review, desk, now):
    """Published: no exhibit is taken any more."""
    made = condition.set_condition(
        review,
        words=tools.both,
        owner="Acme",
        deadline=date(2027, 3, 1),
        proves=tools.both,
        claim="adapts",
        by=desk.cora,
        at=now,
    )
    tools.shown()
    publish.publish(review, by=desk.cora, at=tools.later, changelog=tools.both)
    return made


def hand_over(must, by, at, name="log.csv", body=b"student,item\nana,1\n"):
    return proof.hand_over(must, name=name, kept=store.keep([body]), by=by, at=at)


def test_it_proves_nothing_by_lying_there(must, desk, tools):
    made = hand_over(must, desk.vic, tools.later)
    assert clock.status(must, on=date(2027, 3, 2)) == clock.Status.OVERDUE
    shown = condition.Evidence(exhibit=made.sha256)
    condition.met(must, evidence=shown, why=tools.both, by=desk.cora, at=tools.later)
    assert clock.status(must, on=date(2027, 3, 2)) == clock.Status.MET


def test_the_same_bytes_twice_are_one(must, desk, tools):
    first = hand_over(must, desk.vic, tools.later)
    assert hand_over(must, desk.cora, tools.later, name="again.csv").pk == first.pk
    assert Proof.objects.count() == 1


@pytest.mark.parametrize("who", ["val", "ed", "olu", "sten"])
def test_only_the_vendor_and_the_chair_hand_over(who, must, desk, tools):
    with pytest.raises((Denied, NotSeen)):
        hand_over(must, getattr(desk, who), tools.later)


def test_a_name_that_leads_elsewhere_is_refused(must, desk, tools):
    with pytest.raises(Denied, match="cannot be called"):
        hand_over(must, desk.vic, tools.later, name="../../etc/passwd")


def test_the_database_refuses_to_change_it(must, desk, tools):
    made = hand_over(must, desk.vic, tools.later)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Proof.objects.filter(pk=made.pk).update(sha256="0" * 64)


def test_it_is_given_back_as_a_file_and_never_shown(must, desk, tools, signed_in_as):
    body = b"<script>alert(1)</script>"
    browser = signed_in_as(desk.vic)
    sent = {"file": SimpleUploadedFile("page.html", body, content_type="text/html")}
    assert browser.post(reverse("verdicts:hand_over", args=[must.pk]), sent).status_code == 302
    made = Proof.objects.get()
    answer = signed_in_as(desk.cora).get(reverse("verdicts:proof", args=[made.pk]))
    assert b"".join(answer.streaming_content) == body
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert signed_in_as(desk.val).get(reverse("verdicts:proof", args=[made.pk])).status_code == 404


def test_nothing_chosen_is_said(must, desk, signed_in_as):
    url = reverse("verdicts:hand_over", args=[must.pk])
    page = signed_in_as(desk.vic).post(url, {}, follow=True).content.decode()
    assert "Choose a file that has something in it." in page


def test_its_bytes_stay_where_unused_ones_are_swept(must, desk, tools):
    made = hand_over(must, desk.vic, tools.later)
    sweep.sweep(before=timezone.now() + timedelta(days=3))
    assert store.path_of(made.sha256).read_bytes() == b"student,item\nana,1\n"
