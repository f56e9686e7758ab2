"""The checks run by a job, of the folder that anyone can ask again: the same bytes come out."""

import json
import socket

import pytest

from plainview.cli import main
from plainview.desk.reviews import export, run
from plainview.desk.reviews.models import Answered, Run, Stage
from plainview.lobby.people.policy import Denied


@pytest.fixture
def checked(steps, desk, now):
    review = steps.planned()
    run.start(review, by=desk.cora, at=now)
    steps.work()
    review.refresh_from_db()
    return review


def test_a_run_stores_what_plainview_review_writes_of_the_exported_folder(checked, tmp_path, capsys):
    export.folder(checked, tmp_path / "dossier")
    main(["review", str(tmp_path / "dossier"), "--out", str(tmp_path / "again")])
    for name, kept in (
        ("findings.json", checked.run.findings),
        ("report.html", checked.run.report_html),
        ("report.md", checked.run.report_md),
    ):
        assert (tmp_path / "again" / name).read_bytes() == kept.encode(), name


def test_plainview_verify_agrees_on_an_export(checked, tmp_path, capsys):
    export.folder(checked, tmp_path / "dossier")
    assert main(["verify", str(tmp_path / "dossier")]) == 0


def test_each_check_has_a_row_that_says_what_the_findings_say(checked):
    found = json.loads(checked.run.findings)
    rows = {row.check_name: row.answers for row in Answered.objects.filter(run=checked.run)}
    assert rows == {one["check"]: one["answers"] for one in found["checks"]}


def test_once_the_checks_have_run_the_review_stands_there(checked):
    assert checked.stage == Stage.CHECKED
    last = checked.moves.order_by("-pk").first()
    assert (last.from_stage, last.to_stage, last.by) == (Stage.PLANNED, Stage.CHECKED, None)


def test_a_job_that_is_taken_up_twice_changes_nothing(checked, now):
    before = checked.run.findings_sha256
    run.work(checked.run.pk, lambda *_: None, at=lambda: now)
    assert Run.objects.get(pk=checked.run.pk).findings_sha256 == before
    assert Answered.objects.filter(run=checked.run).count() == len(json.loads(checked.run.findings)["checks"])


def test_two_runs_at_once_are_refused(steps, desk, now):
    review = steps.planned()
    run.start(review, by=desk.cora, at=now)
    with pytest.raises(Denied, match="under way"):
        run.start(review, by=desk.cora, at=now)


def test_a_folder_that_cannot_be_read_ends_with_its_sentence(steps, desk, now, monkeypatch):
    from plainview.core.mendable import Mendable

    def broken(*_args, **_named):
        raise Mendable("product.toml: found nothing, expected a product.")

    review = steps.planned()
    run.start(review, by=desk.cora, at=now)
    monkeypatch.setattr(export, "folder", broken)
    steps.work()
    last = review.runs.get()
    assert (last.state, last.trouble) == (
        Run.State.BROKEN,
        "product.toml: found nothing, expected a product.",
    )
    monkeypatch.undo()
    run.start(review, by=desk.cora, at=now)  # and it may be tried again


def test_no_address_in_a_dossier_is_ever_fetched(steps, desk, now, monkeypatch):
    """Addresses stand everywhere in it: none is opened, by name or by number."""
    from plainview.desk.reviews import intake, receive, store

    def refuse(*_args, **_named):
        raise AssertionError("a connection was tried")

    review = steps.gathering()
    text = intake.sheets.text(review, "product.toml") + (
        '\n[[subprocessor]]\nname = "x"\ndomains = ["http://169.254.169.254/latest/meta-data"]\n'
    )
    intake.write_text(review, text, by=desk.cora, at=now)
    evil = b"student,at,item,correct\nhttp://169.254.169.254/,2026-01-05T09:00:00Z,file:///etc/passwd,1\n"
    receive.receive(review, name="log.csv", kept=store.keep([evil]), by=desk.vic, at=now)
    capture = b'[[capture]]\nfile = "http://169.254.169.254/a.har"\n'
    receive.receive(review, name="capture.toml", kept=store.keep([capture]), by=desk.vic, at=now)
    study = b'source = "http://169.254.169.254/study"\ndesign = "RCT"\n'
    receive.receive(review, name="study.toml", kept=store.keep([study]), by=desk.vic, at=now)
    from plainview.desk.reviews import plan

    checks = ["efficacy", "exposure", "adaptivity.log_test"]
    plan.write(review, seed=1, draws=999, checks=checks, bounds={}, why="", by=desk.cora, at=now)
    plan.freeze(review, by=desk.cora, at=now)
    run.start(review, by=desk.cora, at=now)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    steps.work()
    assert review.runs.get().state == Run.State.DONE
    assert not Answered.objects.filter(sentence__contains="a connection was tried").exists()
