"""The whole bench in one run, in a process of its own whose home is thrown away afterwards.

In:   PLAINVIEW_HOME (a folder of ours), how many rows, whether quick.
Out:  figures as JSON on the standard output; progress on the standard error.
Not here: making and dropping the folder (house), telling people (report).
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace

from django.conf import settings
from django.db import connection
from django.utils import timezone

from plainview.cli.bench.figures import Figure
from plainview.lobby.people.models import Person
from plainview.site.bench import load, machine, pages, readings, school, served, writers, year
from plainview.site.prepare import prepare

YEAR, QUICK_YEAR = 2_000_000, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What to measure. A test asks for a tiny school, no load."""

    n_rows: int = YEAR
    size: school.Size = field(default_factory=school.Size)
    runs: pages.Runs = field(default_factory=pages.Runs)
    load_seconds: int = 60
    writing_seconds: float = 10
    loads: tuple[load.Load, ...] = load.LOADS


def orders_of(*, n_rows: int | None, quick: bool) -> Orders:
    """Quick: a smaller file and shorter bursts at the same rate."""
    if quick:
        return Orders(
            n_rows=n_rows or QUICK_YEAR,
            runs=pages.Runs(n_runs=3, n_each=10),
            load_seconds=10,
            writing_seconds=2,
        )
    return Orders(n_rows=n_rows or YEAR)


def main(words: str) -> None:
    said = json.loads(words)
    before = machine.read(on=timezone.localdate())
    figures = measure(orders_of(**said), say=_say)
    json.dump({"machine": asdict(before), "figures": [asdict(one) for one in figures]}, sys.stdout)


def _say(words: str) -> None:
    sys.stderr.write(f"   {words}\n")
    sys.stderr.flush()


def measure(orders: Orders, *, say: Callable[[str], None]) -> list[Figure]:
    figures = build(orders, say=say)
    for title, deed in (
        ("one class page after another", pages.class_page),
        ("one answer after another", pages.answer),
        ("one sign-in after another", pages.sign_in),
    ):
        say(title)
        figures += deed(orders.runs)
    connection.close()
    if orders.loads:
        figures += press(orders, say=say)
    if orders.writing_seconds:
        say(f"many writers at once, {orders.writing_seconds:g} s")
        figures += writers.press(orders.writing_seconds)
    return figures


def press(orders: Orders, *, say: Callable[[str], None]) -> list[Figure]:
    figures: list[Figure] = []
    with served.server() as server:
        for one in orders.loads:
            say(f"{one.title}, for {orders.load_seconds} s")
            figures += load.press(replace(one, seconds=orders.load_seconds), server)
    return figures


def build(orders: Orders, *, say: Callable[[str], None]) -> list[Figure]:
    """A school in an empty house; one that was built before is taken as it stands."""
    prepare(say=say)
    if Person.objects.exists():
        say("the school is there already")
        return []
    began, at, on = time.monotonic(), timezone.now(), timezone.localdate()
    say(f"inviting {orders.size.n_students:,} made-up children")
    school.make(orders.size, at=at, on=on)
    say(f"writing a year of evidence, {orders.n_rows:,} rows")
    year.write(settings.DATABASES["default"]["NAME"], n_rows=orders.n_rows, on=on)
    say("reading it into estimates")
    figure = readings.read_the_year()
    readings.copy_to_the_others()
    n_bytes = settings.DATABASES["default"]["NAME"].stat().st_size
    say(f"the school stands after {time.monotonic() - began:.0f} s; its file has {n_bytes / 1e6:,.0f} MB")
    return [figure]
