"""Jobs a second: asked for, taken on a lease, done and noted, one after another.

In:   an empty table of jobs; how many; how many workers.
Out:  figures.
Not here: what a job does. Each of these does nothing: what is measured is whoever keeps them.
"""

import subprocess
import sys
import time

from django.utils import timezone

from plainview.cli.bench.figures import Figure
from plainview.lobby.jobs import work
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.jobs.models import Job, State
from plainview.lobby.jobs.task import task

GROUP = "jobs"
KNOWN = 4100  # a second, of the same table built once before


@task(name="bench.nothing")
def nothing(progress) -> None:
    """The job itself."""


def jobs(n: int) -> list[Figure]:
    asked = _ask(n)
    spent, cpu = _one_worker()
    each = f"{cpu / n * 1e6:.0f} CPU-µs each; {KNOWN:,} a second were known before"
    return [
        Figure(group=GROUP, what="asked for", measured=n / asked, unit="a second", note=f"{n:,}, one by one"),
        Figure(group=GROUP, what="done by one worker", measured=n / spent, unit="a second", note=each),
        _two_workers(n),
        Figure(
            group=GROUP, what="done twice, or not at all", measured=_done_otherwise(2 * n), unit="", at_most=0
        ),
    ]


def _ask(n: int) -> float:
    began, at = time.perf_counter(), timezone.now()
    for _number in range(n):
        enqueue(nothing, arguments={}, at=at)
    return time.perf_counter() - began


def _one_worker() -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    work.work(once=True)
    return time.perf_counter() - began, time.process_time() - cpu


def _two_workers(n: int) -> Figure:
    """From the first end to the last: starting two processes is not counted."""
    _ask(n)
    began, words = timezone.now(), [sys.executable, "-m", "plainview.cli", "work", "--once"]
    both = [subprocess.Popen(words, stdout=subprocess.DEVNULL) for _n in range(2)]  # noqa: S603 - our own word
    for one in both:
        one.wait()
    ended = Job.objects.filter(name=nothing.name, ended_at__gte=began)
    times = sorted(ended.values_list("ended_at", flat=True))
    seconds = (times[-1] - times[0]).total_seconds()
    return Figure(group=GROUP, what="done by two workers", measured=n / seconds, unit="a second")


def _done_otherwise(n: int) -> int:
    once = Job.objects.filter(name=nothing.name, state=State.DONE, attempts=1).count()
    return n - once
