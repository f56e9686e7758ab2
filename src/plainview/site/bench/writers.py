"""Many writers at once: the site's own deeds from several processes and threads, against one file.

In:   how long.
Out:  how often "database is locked" was said, what was lost, transactions a second.
Not here: what one of them does (writer).
"""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict

from django.db import connection
from django.utils import timezone

from plainview.classroom.evidence.models import Evidence
from plainview.classroom.guidance.models import Decision
from plainview.classroom.plans.models import Stage, Step
from plainview.cli.bench.figures import Figure
from plainview.lobby.people.models import Person, Role
from plainview.site.bench import school
from plainview.site.bench.writer import Orders, Written

N_PROCESSES, N_THREADS = 2, 4  # as many as the server has
GRACE = 60
GROUP = "concurrent writers"


def press(seconds: float) -> list[Figure]:
    """Start the writers together, wait for all, count what is in the file."""
    orders, before = _orders(seconds), _count()
    connection.close()
    told = _run(orders)
    return _figures(told, seconds, n_in_file=_count() - before)


def _count() -> int:
    return Evidence.objects.count() + Decision.objects.count()


def _orders(seconds: float) -> list[Orders]:
    school.begin_again(at=timezone.now(), on=timezone.localdate())
    steps = list(Step.objects.filter(stage=Stage.CHOSEN).values_list("pk", flat=True))
    teachers = list(Person.objects.filter(role=Role.TEACHER).values_list("pk", flat=True))
    return [
        Orders(
            seconds=seconds,
            n_threads=N_THREADS,
            steps=steps[n::N_PROCESSES],
            teachers=teachers[n::N_PROCESSES] or teachers,
        )
        for n in range(N_PROCESSES)
    ]


def _run(orders: list[Orders]) -> list[Written]:
    """All have started before any begins to write: they say so, and wait for their orders."""
    words = [sys.executable, "-m", "plainview.site.bench", "write"]
    running = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
        for _one in orders
    ]
    try:
        for process in running:
            process.stdout.readline()
        for process, one in zip(running, orders, strict=True):
            process.stdin.write(json.dumps(asdict(one)) + "\n")
            process.stdin.flush()
        told = [process.communicate(timeout=orders[0].seconds + GRACE)[0] for process in running]
    finally:
        for process in running:
            process.kill()
            process.wait()
    return [Written(**one) for text in told for one in json.loads(text)]


def _figures(told: list[Written], seconds: float, *, n_in_file: int) -> list[Figure]:
    def figure(what: str, measured: float, unit: str = "", at_most: float | None = None, note: str = ""):
        return Figure(group=GROUP, what=what, measured=measured, unit=unit, at_most=at_most, note=note)

    n_answers, n_decisions = sum(one.n_answers for one in told), sum(one.n_decisions for one in told)
    n_locked, n_written = sum(one.n_locked for one in told), n_answers + n_decisions
    others = Counter(what for one in told for what in one.others)
    who = f"{N_PROCESSES} processes x {N_THREADS} threads: {n_answers:,} answers, {n_decisions:,} decisions"
    other_faults = "; ".join(f"{n} x {what}" for what, n in others.most_common(3))
    return [
        figure('"database is locked"', n_locked, at_most=0, note=who),
        figure("other faults", others.total(), at_most=0, note=other_faults),
        figure("rows lost", n_written - n_in_file, at_most=0),
        figure("written", n_written / seconds, "rows a second", note=f"in {seconds:g} s"),
    ]
