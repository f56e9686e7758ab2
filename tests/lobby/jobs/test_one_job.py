"""A job: asked for, taken on a lease, done, tried again, or broken with a sentence."""

from datetime import timedelta
from threading import Event

import pytest
from django.db import IntegrityError, transaction
from tests.lobby.jobs import made_up

from plainview.lobby.jobs import lease
from plainview.lobby.jobs.clear import KEPT, clear
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.jobs.models import Job, State
from plainview.lobby.jobs.task import TASKS, task
from plainview.lobby.jobs.work import Interrupted, Progress, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_what_is_asked_for(monkeypatch):
    """The clocks of the rooms are not wound up here."""
    monkeypatch.setattr("plainview.lobby.jobs.work.wind_up_clocks", lambda: None)


def asked(one=made_up.add, *, at, **arguments):
    return enqueue(one, arguments=arguments, at=at)


def test_a_task_is_still_a_function():
    assert made_up.add(lambda *_said: None, a=1, b=2) == 3


def test_a_job_is_done_and_says_what_came_of_it(now):
    job = asked(at=now, a=1, b=2)
    assert work(once=True) == 1
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (State.DONE, 3, 1)
    assert (job.done_of, job.of, job.saying) == (1, 1, "adding")
    assert job.is_finished
    assert job.why_broken == ""


def test_what_is_asked_for_later_is_not_done_now(now):
    enqueue("made_up.add", arguments={"a": 1, "b": 1}, at=now, run_after=now + timedelta(days=3650))
    assert work(once=True) == 0


def test_whoever_waited_longest_comes_first(now):
    late = asked(at=now, a=1, b=1)
    early = asked(at=now - timedelta(minutes=5), a=2, b=2)
    assert [lease.take(at=now).pk, lease.take(at=now).pk, lease.take(at=now)] == [early.pk, late.pk, None]


def test_one_key_has_one_unfinished_job(now):
    def ask():
        return enqueue(made_up.add, arguments={"a": 1, "b": 1}, at=now, key="add 7")

    first = ask()
    assert ask() == first
    work(once=True)
    assert ask() != first


def test_the_database_itself_holds_one_unfinished_job_a_key(now):
    enqueue(made_up.add, arguments={}, at=now, key="add 7")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(name="made_up.add", module="x", key="add 7", made_at=now, due_at=now)


def test_a_job_that_is_asked_for_in_a_deed_that_fails_was_never_asked_for(now):
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        asked(at=now, a=1, b=1)
        raise ValueError("no")
    assert not Job.objects.exists()


def test_a_lease_that_ran_out_is_taken_by_another_and_the_first_can_write_nothing(now):
    asked(at=now, a=1, b=1)
    mine = lease.take(at=now)
    assert lease.take(at=now + lease.LEASE - timedelta(seconds=1)) is None
    theirs = lease.take(at=now + lease.LEASE)
    assert (theirs.pk, theirs.attempts) == (mine.pk, 2)
    assert not lease.renew(mine, at=now)
    assert not lease.done(mine, at=now, result=1)
    assert lease.done(theirs, at=now, result=2)


def test_a_lease_that_is_renewed_stays(now):
    asked(at=now, a=1, b=1)
    mine = lease.take(at=now)
    later = now + timedelta(seconds=50)
    assert lease.renew(mine, at=later)
    assert lease.take(at=now + timedelta(seconds=70)) is None


def test_what_breaks_off_is_tried_again_later_and_ends_with_a_sentence_and_no_code(now):
    job = asked(made_up.break_off, at=now)
    waits = []
    for _attempt in range(made_up.break_off.most_attempts):
        Job.objects.update(due_at=now)
        work(once=True)
        waits.append(Job.objects.get().state)
    job.refresh_from_db()
    assert waits == [State.WAITING, State.WAITING, State.BROKEN]
    assert job.why_broken.startswith("It was tried 3 times and did not come to its end.")
    assert "stranger" not in job.why_broken
    assert "RuntimeError: the disk of a stranger" in job.traceback


def test_a_fault_that_a_reader_can_mend_is_said_at_once(now):
    job = asked(made_up.ask, at=now)
    work(once=True)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.BROKEN, 1)
    assert job.why_broken == "answers.csv, line 4: found 'x', expected a date."


def test_a_job_whose_process_dies_each_time_ends_broken(now):
    job = asked(at=now, a=1, b=1)
    for hours in range(3):
        lease.take(at=now + timedelta(hours=hours))
    Job.objects.update(due_at=now)
    work(once=True)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == (State.BROKEN, 3, None)
    assert job.why_broken


def test_a_task_that_is_no_longer_there_breaks_and_stops_nobody(now):
    Job.objects.create(name="gone", module="plainview.gone", made_at=now, due_at=now)
    asked(at=now, a=1, b=1)
    work(once=True)
    assert set(Job.objects.values_list("state", flat=True)) == {State.BROKEN, State.DONE}


def test_a_result_that_is_no_json_breaks_that_job_alone(now):
    TASKS.pop("made_up.odd", None)
    odd = task(name="made_up.odd", most_attempts=1)(lambda progress: object())
    job = enqueue(odd, arguments={}, at=now)
    work(once=True)
    job.refresh_from_db()
    assert job.state == State.BROKEN


def test_a_worker_that_is_to_stop_leaves_the_task_and_that_was_no_attempt(now):
    asked(at=now, a=1, b=1)
    until = Event()
    job = lease.take(at=now)
    until.set()
    with pytest.raises(Interrupted):
        Progress(job, until=until, length=lease.LEASE)(1, 2)
    assert lease.give_back(job, at=now)
    again = lease.take(at=now)
    assert (again.pk, again.attempts) == (job.pk, 1)


def test_a_worker_that_lost_its_lease_leaves_the_task(now):
    asked(at=now, a=1, b=1)
    mine = lease.take(at=now)
    lease.take(at=now + lease.LEASE)
    with pytest.raises(Interrupted):
        Progress(mine, until=Event(), length=lease.LEASE)(1, 2)


def test_what_comes_again_by_itself_waits_once_and_after_its_end_once_more(now):
    enqueue(made_up.again, arguments={}, at=now, key="every made_up.again")
    work(once=True)
    done, waiting = Job.objects.order_by("pk")
    assert (done.state, done.result, waiting.state) == (State.DONE, "tick", State.WAITING)
    assert waiting.due_at == pytest.approx(done.ended_at + timedelta(hours=1), abs=timedelta(seconds=5))


def test_what_ended_long_ago_goes_and_what_waits_stays(now):
    job = asked(at=now, a=1, b=1)
    work(once=True)
    job.refresh_from_db()
    asked(at=now - timedelta(days=900), a=1, b=1)
    assert clear(at=job.ended_at + KEPT) == 0
    assert clear(at=job.ended_at + KEPT + timedelta(seconds=1)) == 1
    assert Job.objects.get().state == State.WAITING


def test_two_tasks_of_one_name_are_refused():
    def other(progress):
        return None

    other.__module__ = "elsewhere"
    with pytest.raises(ValueError, match=r"Two tasks are called made_up\.add"):
        task(name="made_up.add")(other)


def test_where_many_write_at_once_each_locks_a_row_that_no_other_has_locked():
    """The form for PostgreSQL, as it is sent."""
    sql = lease.TAKE.format(locking=lease.LOCKING["postgresql"])
    assert "LIMIT 1 FOR UPDATE SKIP LOCKED)" in sql
