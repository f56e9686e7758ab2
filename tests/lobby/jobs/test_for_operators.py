"""Whoever runs the site sees what broke and why, and lets it be tried again."""

import pytest
from django.core.management import CommandError, call_command
from tests.lobby.jobs import made_up

from plainview.lobby.jobs import work as worker
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.jobs.models import Job, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(now, monkeypatch) -> Job:
    monkeypatch.setattr(worker, "wind_up_clocks", lambda: None)
    enqueue(made_up.ask, arguments={}, at=now, key="ask 7")
    worker.work(once=True)
    return Job.objects.get()


def test_the_list_names_the_job_and_what_the_reader_can_mend(broken, capsys):
    call_command("jobs")
    said = capsys.readouterr().out
    assert f"{broken.pk}  broken" in said
    assert "made_up.ask" in said and "found 'x', expected a date." in said


def test_how_it_broke_is_told_to_the_operator_alone(broken, capsys):
    call_command("jobs", why=broken.pk)
    assert "Traceback" in capsys.readouterr().out
    assert "Traceback" not in broken.why_broken


def test_a_broken_job_is_tried_once_more(broken):
    call_command("jobs", again=broken.pk)
    broken.refresh_from_db()
    assert (broken.state, broken.attempts, broken.ended_at) == (State.WAITING, 0, None)
    with pytest.raises(CommandError, match="is not broken"):
        call_command("jobs", again=broken.pk)


def test_what_was_asked_for_again_meanwhile_is_not_there_twice(broken, now):
    enqueue(made_up.ask, arguments={}, at=now, key="ask 7")
    with pytest.raises(CommandError, match="asked for already"):
        call_command("jobs", again=broken.pk)


def test_a_number_that_no_job_has_is_said(db):
    with pytest.raises(CommandError, match="There is no job 4711"):
        call_command("jobs", why=4711)
