"""A worker: takes one job after another, and does it.

In:   jobs that are due.
Out:  each done, put off to try once more, or broken with a sentence; progress in between.
Not here: starting and stopping the process (the command ``work``, and the site's server beside its own).

This is the edge where the clock is read.
"""

import logging
from datetime import timedelta
from importlib import import_module
from threading import Event
from traceback import format_exc
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, transaction
from django.utils import timezone, translation
from django.utils.module_loading import autodiscover_modules

from plainview.core.mendable import Mendable
from plainview.lobby.jobs import lease
from plainview.lobby.jobs.beat import Beat
from plainview.lobby.jobs.clear import clear_sometimes
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.jobs.lease import Taken
from plainview.lobby.jobs.task import TASKS, Task

PAUSE_S = 0.5  # between two looks at an empty table
WAIT_AFTER_A_FAULT = timedelta(seconds=30)  # times the attempts: what is down for a minute may be back
LONGEST_SAYING = 200


class Interrupted(BaseException):
    """No fault of the task: the worker is to stop, or the job is another worker's by now."""


class Progress:
    """What a task is handed: ``progress(3, 41, "fairness")``. A worker that is to stop leaves it here."""

    def __init__(self, job: Taken, *, until: Event, length: timedelta) -> None:
        self._job, self._until, self._length = job, until, length

    def __call__(self, done: int, of: int, saying: str = "") -> None:
        said = {"done_of": done, "of": of, "saying": saying[:LONGEST_SAYING]}
        is_ours = lease.renew(self._job, at=timezone.now(), lease=self._length, **said)
        if not is_ours or self._until.is_set():
            raise Interrupted


def work(*, until: Event | None = None, once: bool = False, length: timedelta = lease.LEASE) -> int:
    """Do what is due, until told to stop; with ``once``, until nothing is due. How many jobs were taken."""
    until, n_taken = until or Event(), 0
    wind_up_clocks()
    with Beat(every_lease=length) as beat:
        while not until.is_set():
            if _one(beat, until=until, length=length):
                n_taken += 1
            elif once:
                break
            else:
                _rest(until)
    return n_taken


def wind_up_clocks() -> None:
    """What comes again by itself waits once, however many workers ask for it."""
    autodiscover_modules("tasks")
    for one in TASKS.values():
        if one.every is not None:
            enqueue(one, arguments={}, at=timezone.now(), key=f"every {one.name}")


def _one(beat: Beat, *, until: Event, length: timedelta) -> bool:
    """Whether a job was taken. A database that is away for a moment is asked again after a pause."""
    try:
        job = lease.take(at=timezone.now(), lease=length)
        if job is None:
            return False
        beat.in_hand = job
        with translation.override(settings.LANGUAGE_CODE):
            _do(job, Progress(job, until=until, length=length))
        return True
    except DatabaseError:
        logging.getLogger(__name__).exception("the database did not answer; trying again")
        return False
    finally:
        beat.in_hand = None


def _rest(until: Event) -> None:
    """Nothing is due. While that is so the table is only read: a worker at rest keeps no writer waiting."""
    while not until.wait(PAUSE_S):
        try:
            close_old_connections()
            if lease.is_any_due(at=timezone.now()):
                return
            clear_sometimes(at=timezone.now())
        except DatabaseError:
            logging.getLogger(__name__).exception("the database did not answer; trying again")


def _do(job: Taken, progress: Progress) -> None:
    try:
        wanted = _task_of(job)
        if job.attempts > wanted.most_attempts:  # each time the process ended before the task did
            _broken(job, attempts=wanted.most_attempts)
            return
        result = wanted(progress, **job.arguments)
        _done(job, wanted, result)
    except Interrupted:
        lease.give_back(job, at=timezone.now())
    except Mendable as fault:  # trying again mends nothing
        _broken(job, sentence=str(fault), traceback=format_exc())
    except Exception:
        _fault(job)


def _task_of(job: Taken) -> Task:
    import_module(job.module)
    return TASKS[job.name]


def _done(job: Taken, wanted: Task, result: Any) -> None:
    """The end of one and the wait for the next stand in one transaction: a clock never stops between."""
    if wanted.every is None:
        lease.done(job, result=result, at=timezone.now())
        return
    with transaction.atomic():
        if lease.done(job, result=result, at=timezone.now()):
            _next(job, wanted.every)


def _fault(job: Taken) -> None:
    wanted = TASKS.get(job.name)
    logging.getLogger(__name__).warning("job %s broke off", job, exc_info=True)
    if wanted and job.attempts < wanted.most_attempts:
        after = timezone.now() + WAIT_AFTER_A_FAULT * job.attempts
        lease.try_again(job, after=after, traceback=format_exc())
    else:
        _broken(job, traceback=format_exc())


def _broken(job: Taken, **said: Any) -> None:
    with transaction.atomic():
        is_ours = lease.broken(job, at=timezone.now(), **said)
        wanted = TASKS.get(job.name)
        if is_ours and wanted and wanted.every is not None:
            _next(job, wanted.every)  # a clock goes on: what broke today may go well tomorrow


def _next(job: Taken, every: timedelta) -> None:
    at = timezone.now()
    enqueue(job.name, arguments=job.arguments, at=at, run_after=at + every, key=job.key)
