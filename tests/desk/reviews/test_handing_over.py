"""Exhibits: their bytes kept, their faults told by line; what was made to do harm does none."""

import gzip
import hashlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.desk.reviews.conftest import LOG

from plainview.desk.reviews import names, receive, run, store, sweep, upload
from plainview.desk.reviews.models import Asked, Exhibit, Plan, Stage
from plainview.lobby.jobs.models import Job
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied


def hand_over(client, review, name: str, body: bytes, **said):
    file = SimpleUploadedFile(name, body)
    return client.post(f"/desk/reviews/{review.pk}/hand-over/", {"file": file, **said})


@pytest.fixture
def vics(client, desk, steps):
    """Vic's browser, and a review that gathers."""
    client.force_login(desk.vic)
    return client, steps.gathering()


def test_a_file_is_kept_byte_for_byte_under_its_hash(vics):
    client, review = vics
    body = bytes(range(256)) * 5000
    assert hand_over(client, review, "log.csv", body).status_code == 302
    one = review.exhibits.get()
    assert (one.sha256, one.n_bytes) == (hashlib.sha256(body).hexdigest(), len(body))
    assert store.path_of(one.sha256).read_bytes() == body
    assert store.path_of(one.sha256).stat().st_mode & 0o077 == 0


def test_the_kind_is_guessed_from_the_name_or_said(vics):
    client, review = vics
    hand_over(client, review, "log-2026.csv", LOG)
    hand_over(client, review, "autumn.csv", LOG, kind="responses", settings='format = "ours"')
    assert {one.file: one.kind for one in review.exhibits.all()} == {
        "log-2026.csv": "log",
        "autumn.csv": "responses",
    }
    assert review.exhibits.get(file="autumn.csv").settings == {"format": "ours"}


def test_what_was_asked_for_has_come(vics, now):
    client, review = vics
    hand_over(client, review, "log.csv", LOG)
    assert review.asked.get(kind="log").came == Asked.Came.RECEIVED
    assert review.asked.get(kind="study").came == Asked.Came.NOTHING_YET


@pytest.mark.parametrize(
    "name",
    ["exhibits.toml", ".hidden", "<script>alert(1)</script>.csv", "a|b.csv", "nul.csv", "x" * 130, "a;b.csv"],
)
def test_a_name_that_no_file_needs_is_refused_with_a_sentence(vics, name):
    client, review = vics
    answer = hand_over(client, review, name, LOG)
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content
    assert not review.exhibits.exists()


@pytest.mark.parametrize(
    "name", ["../../../tmp/evil.csv", "/etc/evil.csv", "..\\..\\evil.csv", "a/b/evil.csv"]
)
def test_a_path_in_a_name_leads_nowhere(vics, name, home):
    client, review = vics
    hand_over(client, review, name, LOG)
    assert [one.file for one in review.exhibits.all()] == ["evil.csv"]
    assert not list(home.parent.rglob("*evil*"))


@pytest.mark.parametrize(
    "name", ["../a", "a/../b", "a\\b", "", ".", "..", "a\x00b", "a\n", " a", "a.", "con"]
)
def test_names_are_checked_below_the_page_too(name):
    with pytest.raises(names.NotTaken):
        names.checked_path(name)


def test_a_file_that_is_too_large_is_stopped_while_it_comes(vics, monkeypatch, home):
    client, review = vics
    monkeypatch.setattr(upload, "LARGEST", 100_000)
    answer = hand_over(client, review, "log.csv", b"x" * 400_000)
    assert answer.status_code == 422
    assert not review.exhibits.exists()
    assert not [path for path in store.folder().rglob("*") if path.is_file()]


def test_an_empty_file_is_told(vics):
    client, review = vics
    assert hand_over(client, review, "log.csv", b"").status_code == 422


def test_the_form_is_guarded_against_other_sites(desk, steps):
    from django.test import Client

    review = steps.gathering()
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.vic)
    assert hand_over(client, review, "log.csv", LOG).status_code == 403
    assert not review.exhibits.exists()


def test_bytes_are_only_ever_an_attachment(vics):
    client, review = vics
    hand_over(client, review, "policy.html", b"<script>alert(1)</script>")
    one = review.exhibits.get()
    answer = client.get(f"/desk/exhibits/{one.pk}/bytes/")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_faults_of_a_log_are_told_by_line(vics, steps):
    client, review = vics
    hand_over(client, review, "log.csv", LOG + b"ana,not a time,x,1\n")
    steps.work()
    one = review.exhibits.get()
    assert one.reading == Exhibit.Reading.FAULTY
    assert one.faults[0].startswith("exhibits/log.csv, line 4, column 'at'")
    assert "line 4" in client.get(f"/desk/exhibits/{one.pk}/").content.decode()


def test_script_in_a_fault_is_shown_as_words(vics, steps):
    client, review = vics
    hand_over(client, review, "log.csv", LOG + b"ana,<script>alert(1)</script>,x,1\n")
    steps.work()
    page = client.get(f"/desk/exhibits/{review.exhibits.get().pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "body", [b"\x00\xff" * 2000, b"{" * 100_000, b"a,b\n" + b'"' * 10_000, b"PK\x03\x04"]
)
@pytest.mark.parametrize(
    "name", ["log.csv", "log.json", "groups.csv", "study.toml", "log.parquet", "log.csv.zip"]
)
def test_what_cannot_be_read_ends_in_a_sentence(vics, steps, name, body):
    client, review = vics
    hand_over(client, review, name, body)
    steps.work()
    one = review.exhibits.get()
    assert one.reading != Exhibit.Reading.WAITING
    assert str(store.folder()) not in str(one.faults)


def test_a_bomb_is_not_unpacked_beyond_measure(vics, steps, monkeypatch):
    from plainview.core.dossier import unpack

    client, review = vics
    monkeypatch.setattr(unpack, "ALWAYS_ALLOWED", 1 << 20)
    hand_over(client, review, "log.csv.gz", gzip.compress(bytes(64 << 20)))
    steps.work()
    one = review.exhibits.get()
    assert one.reading == Exhibit.Reading.NOT_READ
    assert "It was not read further" in one.faults[0]


def test_a_machine_that_reads_for_form_opens_nothing_and_a_person_does(vics, steps, desk):
    client, review = vics
    hand_over(client, review, "log.csv", LOG)
    steps.work()
    one = review.exhibits.get()
    client.get(f"/desk/exhibits/{one.pk}/bytes/")  # its own vendor
    assert Exhibit.objects.get(pk=one.pk).opened_at is None
    client.force_login(desk.cora)
    client.get(f"/desk/exhibits/{one.pk}/bytes/")
    assert Exhibit.objects.get(pk=one.pk).opened_at is not None
    looks = Line.objects.filter(deed="reviews.exhibit.looked", thing=one.pk)
    assert [line.by for line in looks.order_by("pk")] == [desk.vic.pk, desk.cora.pk]


def test_a_later_file_of_the_same_name_takes_its_place_and_the_earlier_is_kept(vics):
    client, review = vics
    hand_over(client, review, "log.csv", LOG)
    hand_over(client, review, "LOG.csv", LOG + LOG)
    assert review.exhibits.get(replaced_at=None).file == "LOG.csv"
    first = review.exhibits.get(file="log.csv")
    assert first.replaced_at is not None
    assert store.path_of(first.sha256).exists()


def test_a_vendor_does_not_take_the_place_of_what_another_handed_over(steps, desk, now):
    review = steps.gathering()
    receive.receive(review, name="groups.csv", kept=store.keep([b"a"]), by=desk.cora, at=now)
    with pytest.raises(Denied):
        receive.receive(review, name="groups.csv", kept=store.keep([b"b"]), by=desk.vic, at=now)


def test_after_the_plan_is_frozen_the_vendor_hands_over_nothing(client, steps, desk):
    review = steps.planned()
    client.force_login(desk.vic)
    assert hand_over(client, review, "more.csv", LOG).status_code == 403


def test_a_new_exhibit_sends_the_review_back_and_says_so(steps, desk, now):
    review = steps.planned()
    run.start(review, by=desk.cora, at=now)
    steps.work()
    review.refresh_from_db()
    receive.receive(review, name="more.csv", kept=store.keep([LOG]), by=desk.cora, at=now)
    assert review.stage == Stage.GATHERING
    last = review.moves.order_by("-pk").first()
    assert (last.from_stage, last.by) == (Stage.CHECKED, desk.cora)
    assert "more.csv" in last.why
    assert Plan.objects.get(review=review).is_frozen  # the old plan stays as it was


def test_while_checks_run_nothing_is_received(steps, desk, now):
    review = steps.planned()
    run.start(review, by=desk.cora, at=now)
    with pytest.raises(Denied, match="under way"):
        receive.receive(review, name="more.csv", kept=store.keep([LOG]), by=desk.cora, at=now)


def test_a_file_that_breaks_the_worker_can_be_replaced(steps, desk, now):
    review = steps.planned()
    begun = run.start(review, by=desk.cora, at=now)
    Job.objects.filter(pk=begun.job).update(state="broken", due_at=None, ended_at=now)
    receive.receive(review, name="log.csv", kept=store.keep([LOG]), by=desk.cora, at=now)
    begun.refresh_from_db()
    assert (review.stage, begun.state) == (Stage.GATHERING, "broken")


def test_a_disk_is_never_filled_up(monkeypatch):
    free = SimpleNamespace(free=store.LEFT_FREE + 1000)
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _path: free)
    assert store.has_room(999)
    assert not store.has_room(1000)


def test_bytes_that_nobody_uses_are_swept_and_the_others_stay(steps, now):
    from django.utils import timezone

    review = steps.with_a_log()
    orphan = store.keep([b"nobody's"])
    soon = timezone.now() + timedelta(minutes=1)
    assert sweep.sweep(before=timezone.now() - timedelta(days=1)) == 0
    assert sweep.sweep(before=soon) == 1
    assert not store.path_of(orphan.sha256).exists()
    assert store.path_of(review.exhibits.get().sha256).exists()


def test_only_a_hash_is_a_place_in_the_store():
    for bad in ("../x", "a" * 63, "A" * 64, "a" * 63 + "/"):
        with pytest.raises(ValueError, match="no hash"):
            store.path_of(bad)
