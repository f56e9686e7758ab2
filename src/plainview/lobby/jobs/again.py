"""A job that broke is tried once more, when somebody has mended what it broke on.

In:   a broken job, now.
Out:  whether it waits again, with its attempts counted from nothing.
Not here: mending.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from plainview.lobby.jobs.models import Job, State


def again(job: Job, *, at: datetime) -> bool:
    waits = {"state": State.WAITING, "due_at": at, "ended_at": None, "attempts": 0, "sentence": ""}
    try:
        with transaction.atomic():
            return bool(Job.objects.filter(pk=job.pk, state=State.BROKEN).update(**waits))
    except IntegrityError:  # the same key was asked for meanwhile
        return False
