"""One of many writers: a process whose threads answer and decide until the time is over.

In:   orders, as one line on the standard input.
Out:  what was kept and what was refused, on the standard output.
Not here: http. The deeds are called as the views call them.
"""

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from uuid import uuid4

from django.db import Error, connection
from django.utils import timezone

from plainview.classroom.guidance import decide
from plainview.classroom.plans import practice
from plainview.classroom.plans.models import Step
from plainview.lobby.people.models import Class, Person
from plainview.site.bench.year import answers_to

DECIDE_EVERY = 20  # nineteen answers, then a teacher decides something: more than any class sees
WHY = decide.Why(words="We talk about it first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What one process does: its threads share the steps and the teachers among them."""

    seconds: float
    n_threads: int
    steps: list[int]
    teachers: list[int]


@dataclass(slots=True, kw_only=True)
class Written:
    n_answers: int = 0
    n_decisions: int = 0
    n_locked: int = 0
    others: list[str] = field(default_factory=list)

    def refused(self, fault: Exception) -> None:
        if "locked" in str(fault):
            self.n_locked += 1
        else:
            self.others.append(f"{type(fault).__name__}: {fault}"[:200])


def main() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    orders = Orders(**json.loads(sys.stdin.readline()))
    with ThreadPoolExecutor(orders.n_threads) as threads:
        told = list(threads.map(lambda number: _thread(orders, number), range(orders.n_threads)))
    json.dump([asdict(one) for one in told], sys.stdout)


def _thread(orders: Orders, number: int) -> Written:
    steps = _steps(orders.steps[number :: orders.n_threads])
    teacher = Person.objects.get(pk=orders.teachers[number % len(orders.teachers)])
    written, turn, ends = Written(), 0, time.monotonic() + orders.seconds
    while time.monotonic() < ends:
        turn += 1
        if turn % DECIDE_EVERY:
            step, item = steps[turn % len(steps)]
            written.n_answers += _kept(written, lambda step=step, item=item: _answer(step, item))
        else:
            written.n_decisions += _kept(written, lambda: _decide(teacher))
    connection.close()
    return written


def _kept(written: Written, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except Error as fault:
        written.refused(fault)
        return False
    return True


def _steps(pks: list[int]) -> list[tuple]:
    steps = Step.objects.filter(pk__in=pks).select_related("student", "activity")
    return [(step, practice.next_item(step, practice.sitting(step))) for step in steps]


def _answer(step: Step, item) -> None:
    practice.answer(
        step,
        item,
        answers_to(item)[0],
        by=step.student,
        at=timezone.now(),
        on=timezone.localdate(),
        client_key=uuid4(),
    )


def _decide(teacher: Person) -> None:
    at, on = timezone.now(), timezone.localdate()
    room = Class.objects.seen_by(teacher, on=on).first()
    child = Person.objects.in_classes([room.pk], on=on).first()
    decide.originate(
        room, students=[child], activity=None, competency=None, by=teacher, at=at, client_key=uuid4(), why=WHY
    )
