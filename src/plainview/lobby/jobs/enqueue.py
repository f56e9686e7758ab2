"""Ask for a task. It is done after the transaction in which it was asked for, or not at all.

In:   a task, its arguments, now; not before when; a key where one at a time is enough.
Out:  the job that waits; with a key, the one that waits or runs already.
Not here: the doing (work).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from plainview.lobby.jobs.models import UNFINISHED, Job
from plainview.lobby.jobs.task import TASKS, Task


def enqueue(
    asked: Task | str,
    *,
    arguments: Mapping[str, Any],
    at: datetime,
    run_after: datetime | None = None,
    key: str = "",
) -> Job:
    wanted = TASKS[asked] if isinstance(asked, str) else asked
    job = Job(
        name=wanted.name,
        module=wanted.module,
        arguments=dict(arguments),
        key=key,
        made_at=at,
        due_at=run_after or at,
    )
    return _one_a_key(job) if key else _save(job)


def _save(job: Job) -> Job:
    job.save(force_insert=True)
    return job


def _one_a_key(job: Job) -> Job:
    while True:
        there = Job.objects.filter(key=job.key, state__in=UNFINISHED).first()
        if there:
            return there
        try:
            with transaction.atomic():
                return _save(job)
        except IntegrityError:  # somebody asked between; theirs may have ended by the time we look
            if not Job.objects.filter(key=job.key, state__in=UNFINISHED).exists():
                raise
