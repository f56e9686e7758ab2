"""Take the next job, keep it, give it back: each one statement, so that two workers never hold one job.

In:   now, and how long a lease lasts.
Out:  a job that is ours until the lease ends; whether it still is, at each note.
Not here: what a task does (work).
"""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db import connection
from django.db.models import F

from plainview.lobby.jobs.models import Job, State

LEASE = timedelta(seconds=60)

# SQLite has one writer at a time. PostgreSQL has many: each locks the first row that no other has locked.
TAKE = """
UPDATE jobs_job SET state = 'running', lease = %s, due_at = %s, attempts = attempts + 1
WHERE id = (SELECT id FROM jobs_job WHERE due_at <= %s ORDER BY due_at, id LIMIT 1{locking})
RETURNING *
"""
LOCKING = {"sqlite": "", "postgresql": " FOR UPDATE SKIP LOCKED"}


def take(*, at: datetime, lease: timedelta = LEASE) -> Job | None:
    """The job that has waited longest, or one whose worker has gone quiet."""
    moment = connection.ops.adapt_datetimefield_value
    sql = TAKE.format(locking=LOCKING[connection.vendor])
    taken = list(Job.objects.raw(sql, [token_hex(16), moment(at + lease), moment(at)]))
    return taken[0] if taken else None


def is_any_due(*, at: datetime) -> bool:
    """Reading costs nobody a lock: a worker without work asks this, and takes only what is there."""
    return Job.objects.filter(due_at__lte=at).exists()


def renew(job: Job, *, at: datetime, lease: timedelta = LEASE, **said: Any) -> bool:
    """Whether the job is still ours; what was ``said`` of its progress is noted on the way."""
    return bool(_ours(job).update(due_at=at + lease, **said))


def give_back(job: Job, *, at: datetime) -> bool:
    """The worker is asked to stop: that was no attempt, and the next worker may begin at once."""
    return bool(_ours(job).update(state=State.WAITING, lease="", due_at=at, attempts=F("attempts") - 1))


def try_again(job: Job, *, after: datetime, traceback: str) -> bool:
    return bool(_ours(job).update(state=State.WAITING, lease="", due_at=after, traceback=traceback))


def end(job: Job, *, state: State, at: datetime, **said: Any) -> bool:
    """Done or broken: it is never taken again."""
    return bool(_ours(job).update(state=state, lease="", due_at=None, ended_at=at, **said))


def _ours(job: Job):
    return Job.objects.filter(pk=job.pk, lease=job.lease, state=State.RUNNING)
