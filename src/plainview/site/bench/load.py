"""A school at nine o'clock: a real server, and a thousand children who answer while teachers open their maps.

In:   a house with its year; how many seconds.
Out:  p99, errors, answers that were lost, memory, CPU a request.
Not here: the browsers themselves (another process), the server (served).
"""

import json
import random
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from plainview.classroom.evidence.models import Evidence
from plainview.classroom.plans import practice
from plainview.classroom.plans.models import Stage, Step
from plainview.cli.bench.figures import Figure, percentile
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import Enrollment, Role
from plainview.site.bench import school
from plainview.site.bench.asking import CSRF, cookies
from plainview.site.bench.pages import all_answers
from plainview.site.bench.served import Server

A_MINUTE = 60
MOST_MS = 1000.0
OTHERS_ASK_EVERY = 12  # seconds, as the children do: within the server's keep-alive
CONNECT_A_SECOND = 80  # a school does not sit down in one second
GRACE = 20  # seconds after which a request that still waits counts as an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One way of pressing. ``seconds`` may be shortened: the rate stays, the number of requests shrinks."""

    title: str
    answers_a_minute: int
    pages_a_minute: int
    p99_at_most_ms: float | None
    seconds: int = A_MINUTE
    mb_at_most: float | None = None
    n_browsers: int = 0  # so many, connected before and kept alive; 0: whoever asks connects when she does

    @property
    def n_answers(self) -> int:
        return self.answers_a_minute * self.seconds // A_MINUTE

    @property
    def n_pages(self) -> int:
        return self.pages_a_minute * self.seconds // A_MINUTE


LOADS = (
    Load(
        title="1,000 students answer within 60 s",
        answers_a_minute=1000,
        pages_a_minute=36,
        p99_at_most_ms=50,
        mb_at_most=150,
    ),
    # Six times the answers; each teacher still opens her map once a minute.
    Load(title="six times that", answers_a_minute=6000, pages_a_minute=36, p99_at_most_ms=100),
    # No bar was set for this. A map reads the new answers of a class into estimates: the harder half.
    Load(
        title="six times that, and six times the maps",
        answers_a_minute=6000,
        pages_a_minute=216,
        p99_at_most_ms=None,
    ),
    Load(
        title="1,200 kept-alive browsers",
        answers_a_minute=5000,
        pages_a_minute=36,
        p99_at_most_ms=250,
        n_browsers=1200,
    ),
)


@dataclass(slots=True, kw_only=True)
class Asker:
    """A browser of the plan: who, where, which question comes first, at which seconds it asks."""

    cookie: str
    path: str
    item: int | None = None
    due: list[float] = field(default_factory=list)


def press(load: Load, server: Server) -> list[Figure]:
    """Warm the server, press, and count afterwards what is in the file."""
    _browse(plan_of(_warm_up(), server.port))
    plan, before = plan_of(load, server.port), mark()
    connection.close()
    began = server.cpu_seconds()
    seen = _browse(plan)
    ended, memory = server.cpu_seconds(), server.memory_mb()
    cpu = None if began is None or ended is None else ended - began
    return _figures(load, seen, lost=n_lost(seen["keys"], before), memory=memory, cpu=cpu)


def _warm_up() -> Load:
    """Each process reads its templates at its first page; a school does that before nine."""
    return Load(
        title="warming up", answers_a_minute=2400, pages_a_minute=720, p99_at_most_ms=MOST_MS, seconds=3
    )


# --- who asks for what, and when ---------------------------------------------------------------------------


def plan_of(load: Load, port: int) -> dict:
    """Every request of the load, decided beforehand: the same load is the same plan."""
    school.begin_again(at=timezone.now(), on=timezone.localdate())
    chance = random.Random(load.title)
    students, teachers = _students(), _teachers()
    spread(students, load.n_answers, seconds=load.seconds, chance=chance)
    spread(teachers, load.n_pages, seconds=load.seconds, chance=chance)
    asking = [one for one in students + teachers if one.due]
    if load.n_browsers:
        others = [Asker(path=reverse("day:my_week"), cookie=one.cookie) for one in students]
        others = others[: max(0, load.n_browsers - len(asking))]
        spread(others, len(others) * load.seconds // OTHERS_ASK_EVERY, seconds=load.seconds, chance=chance)
        asking += others
    connect_for = load.n_browsers / CONNECT_A_SECOND
    return {
        "port": port,
        "csrf": CSRF,
        "answers": all_answers(),
        "connect_for": connect_for,
        "at_most_seconds": connect_for + load.seconds + GRACE,
        "browsers": [asdict(one) for one in asking],
    }


def spread(askers: list[Asker], n: int, *, seconds: float, chance: random.Random) -> None:
    """``n`` requests, each at its moment, everybody in turn: nobody asks twice before all have."""
    turns = chance.sample(askers, len(askers))
    moments = sorted(chance.uniform(0, seconds) for _ in range(n if turns else 0))
    for number, moment in enumerate(moments):
        turns[number % len(turns)].due.append(moment)


def _students() -> list[Asker]:
    steps = Step.objects.filter(stage=Stage.CHOSEN).select_related("activity").order_by("pk")
    return [
        Asker(
            cookie=cookies(step.student_id),
            path=reverse("plans:practice", args=[step.pk]),
            item=practice.next_item(step, practice.sitting(step)).pk,
        )
        for step in steps
    ]


def _teachers() -> list[Asker]:
    rooms = Enrollment.objects.filter(role=Role.TEACHER).order_by("pk").values_list("person", "school_class")
    return [
        Asker(cookie=cookies(person), path=reverse("day:class_map_of", args=[room])) for person, room in rooms
    ]


def _browse(plan: dict) -> dict:
    run = subprocess.run(
        [sys.executable, "-m", "plainview.site.bench.browsers"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=plan["at_most_seconds"] + GRACE,
    )
    return json.loads(run.stdout)


# --- what came of it ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far the file went before."""

    row: int
    line: int


def mark() -> Mark:
    row = Evidence.objects.order_by("-pk").values_list("pk", flat=True).first()
    line = Line.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Mark(row=row or 0, line=line or 0)


def n_lost(keys: list[str], since: Mark) -> int:
    """Answers that the server said it had kept, and that are not in the file, or not in the ledger."""
    kept = dict(Evidence.objects.filter(pk__gt=since.row).values_list("client_key", "pk"))
    lines = Line.objects.filter(pk__gt=since.line, deed="evidence.answered")
    written = set(lines.values_list("thing", flat=True))
    return sum(kept.get(UUID(key)) not in written for key in keys)


def _figures(load: Load, seen: dict, *, lost: int, memory: float | None, cpu: float | None) -> list[Figure]:
    def figure(what: str, measured: float | None, unit: str, at_most: float | None = None, note: str = ""):
        return Figure(group=load.title, what=what, measured=measured, unit=unit, at_most=at_most, note=note)

    answers, pages = seen["answers_ms"], seen["pages_ms"]
    n_requests = len(answers) + len(pages) + load.n_browsers
    cpu_ms = cpu * 1000 / n_requests if cpu and n_requests else None
    faults = "; ".join(f"{n} x {what}" for what, n in seen["faults"].items())
    told = f"{len(answers):,} answers and {len(pages):,} pages in {load.seconds} s"
    told += f" over {seen['n_connections']:,} connections"
    return [
        figure("p99 of an answer", _or_none(answers, 0.99), "ms", load.p99_at_most_ms, told),
        figure("median of an answer", _or_none(answers, 0.5), "ms"),
        figure("slowest answer", _or_none(answers, 1), "ms"),
        figure("p99 of the pages beside them", _or_none(pages, 0.99), "ms"),
        figure("errors", seen["n_errors"], "", 0, faults),
        figure("answers lost", lost, "", 0),
        figure("memory of the server", memory, "MB", load.mb_at_most, "PSS, three processes"),
        figure("CPU of the server a request", cpu_ms, "ms", note="with HTTP"),
    ]


def _or_none(times: list[float], share: float) -> float | None:
    """When nothing came back there is nothing to read off; the errors say so."""
    return percentile(times, share) if times else None
