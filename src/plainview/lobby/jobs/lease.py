"""Take the next job, keep it, give it back: each one statement, so that two workers never hold one job.

In:   now, and how long a lease lasts.
Out:  a job that is ours until the lease ends; whether it still is, at each note.
Not here: what a task does (work).

Taking and ending are plain SQL: they are all that stands between one small job and the next.
"""

import json
from dataclasses import dataclass
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
RETURNING id, name, module, arguments, key, attempts
"""
LOCKING = {"sqlite": "", "postgresql": " FOR UPDATE SKIP LOCKED"}
DONE = """
UPDATE jobs_job SET state = 'done', lease = '', due_at = NULL, ended_at = %s, result = %s
WHERE id = %s AND lease = %s AND state = 'running'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A job in hand."""

    pk: int
    name: str
    module: str
    arguments: dict[str, Any]
    key: str
    attempts: int
    lease: str

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


def take(*, at: datetime, lease: timedelta = LEASE) -> Taken | None:
    """The job that has waited longest, or one whose worker has gone quiet."""
    mine, moment = token_hex(16), connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        sql = TAKE.format(locking=LOCKING[connection.vendor])
        cursor.execute(sql, [mine, moment(at + lease), moment(at)])
        rows = cursor.fetchall()
    return _taken(*rows[0], lease=mine) if rows else None


def _taken(pk: int, name: str, module: str, arguments: str, key: str, attempts: int, *, lease: str) -> Taken:
    return Taken(
        pk=pk,
        name=name,
        module=module,
        arguments=json.loads(arguments),
        key=key,
        attempts=attempts,
        lease=lease,
    )


def is_any_due(*, at: datetime) -> bool:
    """Reading costs nobody a lock: a worker without work asks this, and takes only what is there."""
    return Job.objects.filter(due_at__lte=at).exists()


def renew(job: Taken, *, at: datetime, lease: timedelta = LEASE, **said: Any) -> bool:
    """Whether the job is still ours; what was ``said`` of its progress is noted on the way."""
    return bool(_ours(job).update(due_at=at + lease, **said))


def give_back(job: Taken, *, at: datetime) -> bool:
    """The worker is asked to stop: that was no attempt, and the next worker may begin at once."""
    return bool(_ours(job).update(state=State.WAITING, lease="", due_at=at, attempts=F("attempts") - 1))


def try_again(job: Taken, *, after: datetime, traceback: str) -> bool:
    return bool(_ours(job).update(state=State.WAITING, lease="", due_at=after, traceback=traceback))


def done(job: Taken, *, result: Any, at: datetime) -> bool:
    """What came of it is kept, and it is never taken again. Raises ``TypeError`` where that is no JSON."""
    kept = json.dumps(result)
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(DONE, [moment, None if result is None else kept, job.pk, job.lease])
        return cursor.rowcount > 0


def broken(job: Taken, *, at: datetime, **said: Any) -> bool:
    ended = {"state": State.BROKEN, "lease": "", "due_at": None, "ended_at": at}
    return bool(_ours(job).update(**ended, **said))


def _ours(job: Taken):
    return Job.objects.filter(pk=job.pk, lease=job.lease, state=State.RUNNING)
