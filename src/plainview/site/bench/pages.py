"""CPU of one page at a time, in this process: the class page beside a bare one, an answer, a sign-in.

In:   a house with its year.
Out:  figures. Contenders take turns in one run, so that both meet the same machine.
Not here: many at once (load).
"""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plainview.classroom.curriculum.models import Competency, Item
from plainview.classroom.day import class_map
from plainview.classroom.plans import practice
from plainview.classroom.plans.models import Stage, Step
from plainview.cli.bench.figures import Figure, median_of_medians, ratio_by_run
from plainview.lobby.people.models import Person, Role
from plainview.site.bench import school
from plainview.site.bench.asking import ask
from plainview.site.bench.school import first_room
from plainview.site.bench.year import answers_to

CLASS_PAGE, ANSWER, SIGN_IN = "class page", "answer", "sign-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """How often: so many runs of so many requests each."""

    n_runs: int = 7
    n_each: int = 20


# --- the class page ----------------------------------------------------------------------------------------


def class_page(runs: Runs) -> list[Figure]:
    room, teacher = first_room()
    path = reverse("day:class_map_of", args=[room.pk])
    n_bytes = len(_warm(path, teacher).body)
    bare = f"/bench/bare/{n_bytes}/"
    _warm(bare, teacher)
    asked = [(path, teacher), (bare, teacher), (bare, None)]
    taken = [_in_turn(asked, runs.n_each) for _run in range(runs.n_runs)]
    pages, bares, bares_of_nobody = zip(*taken, strict=True)
    n_children = Person.objects.in_classes([room.pk], on=timezone.localdate()).count()
    n_competencies = Competency.objects.filter(retired=False, families__isnull=False).distinct().count()
    told = f"{n_children} children, {n_competencies} competencies, {n_bytes:,} bytes"
    return [
        Figure(
            group=CLASS_PAGE,
            what="CPU against a bare page of equal size",
            measured=ratio_by_run(pages, bares),
            unit="x",
            at_most=5,
            note=f"{told}; the bare page asks for the same person",
        ),
        _told(CLASS_PAGE, "the class page", pages),
        _told(CLASS_PAGE, "the bare page", bares),
        _told(CLASS_PAGE, "the bare page for nobody in particular", bares_of_nobody),
        _with_rows_made_anew(path, teacher, runs),
        _queries(path, teacher),
        class_page_after_answers(runs),
    ]


def _with_rows_made_anew(path: str, teacher: int, runs: Runs) -> Figure:
    """As for the first teacher of the day: no row is at hand from an earlier look."""
    taken = []
    for _run in range(runs.n_runs):
        gc.collect()
        taken.append([_asked_anew(path, teacher) for _n in range(runs.n_each)])
    return _told(CLASS_PAGE, "the class page when no row is at hand from an earlier look", taken)


def _asked_anew(path: str, teacher: int) -> float:
    class_map.row.cache_clear()
    return ask(path, by=teacher).cpu_ms


def class_page_after_answers(runs: Runs) -> Figure:
    """Every child of the class has answered since the last look: estimates are made again on the way."""
    room, teacher = first_room()
    path = reverse("day:class_map_of", args=[room.pk])
    steps = _steps(Person.objects.in_classes([room.pk], on=timezone.localdate()))
    spent = []
    for _run in range(runs.n_runs):
        for step in steps:
            _answer(step)
        gc.collect()
        spent.append([ask(path, by=teacher).cpu_ms])
    return Figure(
        group=CLASS_PAGE,
        what="the class page when every child has answered since",
        measured=median_of_medians(spent),
        unit="CPU-ms",
    )


def _queries(path: str, by: int) -> Figure:
    with CaptureQueriesContext(connection) as asked:
        ask(path, by=by)
    return Figure(
        group=CLASS_PAGE, what="statements of the class page", measured=len(asked), unit="statements"
    )


# --- an answer ---------------------------------------------------------------------------------------------


def answer(runs: Runs) -> list[Figure]:
    """Each child answers in turn; the page that comes back holds the next question."""
    steps = _steps(Person.objects.filter(role=Role.STUDENT))
    turn = count()
    for _n in range(5):
        _answer(steps[next(turn) % len(steps)])
    fragments, whole = [], []
    for _run in range(runs.n_runs):
        gc.collect()
        fragments.append([_answer(steps[next(turn) % len(steps)]) for _n in range(runs.n_each)])
        whole.append([_answer_without_scripts(steps[next(turn) % len(steps)]) for _n in range(runs.n_each)])
    return [
        Figure(
            group=ANSWER,
            what="round trip: evidence, ledger, next question",
            measured=median_of_medians(fragments),
            unit="CPU-ms",
            at_most=3,
            note="one POST through the whole stack; the next question comes back",
        ),
        _told(ANSWER, "the same without scripts: POST, redirect, whole page", whole),
    ]


def _steps(students) -> list[Step]:
    school.begin_again(at=timezone.now(), on=timezone.localdate())
    return list(Step.objects.filter(student__in=students, stage=Stage.CHOSEN).order_by("pk"))


def _form(step: Step) -> dict[str, object]:
    item = practice.next_item(step, practice.sitting(step))
    if item is None:
        school.begin_again(at=timezone.now(), on=timezone.localdate())
        step.refresh_from_db()
        item = practice.next_item(step, practice.sitting(step))
    right, *_wrong = answers_to(item)
    return {"item": item.pk, "response": right, "hints": 0, "helped": "none", "client_key": uuid4()}


def _answer(step: Step) -> float:
    path = reverse("plans:practice", args=[step.pk])
    return ask(path, by=step.student_id, form=_form(step), htmx=True).cpu_ms


def _answer_without_scripts(step: Step) -> float:
    path = reverse("plans:practice", args=[step.pk])
    sent = ask(path, by=step.student_id, form=_form(step), expect=302)
    return sent.cpu_ms + ask(sent.headers["Location"], by=step.student_id).cpu_ms


def all_answers() -> dict[int, str]:
    """A right answer to each question, for the browsers of the load."""
    return {item.pk: answers_to(item)[0] for item in Item.objects.all()}


# --- signing in --------------------------------------------------------------------------------------------


def sign_in(runs: Runs) -> list[Figure]:
    """By password, through the real page. Each from an address of its own: the limits by address hold."""
    names = list(Person.objects.filter(role=Role.TEACHER).values_list("sign_in_name", flat=True))
    path, turn = reverse("account_login"), count()
    spent = []
    for _run in range(runs.n_runs):
        gc.collect()
        spent.append([_sign_in(path, names, next(turn)) for _n in range(5)])
    return [
        Figure(
            group=SIGN_IN,
            what="an adult by password (Argon2id)",
            measured=median_of_medians(spent),
            unit="CPU-ms",
            at_most=25,
        )
    ]


def _sign_in(path: str, names: list[str], turn: int) -> float:
    form = {"login": names[turn % len(names)], "password": school.PASSWORD}
    address = f"127.1.{turn // 250}.{turn % 250 + 1}"
    return ask(path, by=None, form=form, address=address, expect=302).cpu_ms


# --- told and not judged -----------------------------------------------------------------------------------


def _warm(path: str, by: int | None):
    for _n in range(4):
        ask(path, by=by)
    return ask(path, by=by)


def _in_turn(asked: list[tuple[str, int | None]], n: int) -> list[list[float]]:
    """One after another, again and again: as on a server, nobody finds the caches as she left them."""
    gc.collect()
    rounds = [[ask(path, by=by).cpu_ms for path, by in asked] for _n in range(n)]
    return [list(times) for times in zip(*rounds, strict=True)]


def _told(group: str, what: str, runs: Sequence[list[float]]) -> Figure:
    return Figure(group=group, what=what, measured=median_of_medians(runs), unit="CPU-ms")
