"""What ended long ago goes: the table stays small, and the next job is found quickly.

In:   now.
Out:  how many went.
Not here: what a job brought about. That stands in the rooms.
"""

from datetime import datetime, timedelta

from plainview.lobby.jobs.models import Job

KEPT = timedelta(days=30)
HOW_OFTEN = timedelta(hours=1)
_last: dict[str, datetime] = {}


def clear(*, at: datetime) -> int:
    n_gone, _by_table = Job.objects.filter(ended_at__lt=at - KEPT).delete()
    return n_gone


def clear_sometimes(*, at: datetime) -> None:
    if "cleared" not in _last or at - _last["cleared"] > HOW_OFTEN:
        clear(at=at)
        _last["cleared"] = at
