"""A heart that beats while a task is busy: it renews the lease of the job in hand.

In:   the job in hand, or none.
Out:  a lease that ends soon after its process does, and not before.
Not here: the work. It has a thread of its own, since a long computation says nothing for minutes.
"""

import logging
import os
import time
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, connection
from django.utils import timezone

from plainview.lobby.jobs import lease
from plainview.lobby.jobs.lease import Taken
from plainview.lobby.jobs.task import LONGEST, TASKS

BEATS_A_LEASE = 4  # a few may be late, on a busy machine, before another worker takes the job


class Beat(Thread):
    def __init__(self, *, every_lease: timedelta) -> None:
        super().__init__(name="lease", daemon=True)
        self.every_lease = every_lease
        self.in_hand: Taken | None = None
        self._over = Event()

    def __enter__(self) -> "Beat":
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        pause = self.every_lease.total_seconds() / BEATS_A_LEASE
        seen, since = None, 0.0
        while not self._over.wait(pause):
            job = self.in_hand
            if job is not seen:
                seen, since = job, time.monotonic()
            if job:
                _end_what_hangs(job, seconds=time.monotonic() - since)
                self._renew(job)
        connection.close()  # a thread has its own

    def _renew(self, job: Taken) -> None:
        try:
            lease.renew(job, at=timezone.now(), lease=self.every_lease)
        except DatabaseError:
            # A database that is busy for a moment must not stop the heart; the next beat tries again.
            logging.getLogger(__name__).warning("the lease of %s could not be renewed just now", job)


def _end_what_hangs(job: Taken, *, seconds: float) -> None:
    """No thread can be stopped from outside: the process ends, and after its lease another takes the job."""
    wanted = TASKS.get(job.name)
    if seconds > (wanted.longest if wanted else LONGEST).total_seconds():
        logging.getLogger(__name__).error("%s took longer than it may: this worker ends", job)
        os._exit(1)
