"""The whole bench of the desk in one run, in a process of its own whose home is thrown away afterwards.

In:   PLAINVIEW_HOME (a folder of ours), whether quick.
Out:  figures as JSON on the standard output; progress on the standard error.
Not here: making and dropping the folder (house), telling people (report).
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from django.db import connection
from django.utils import timezone

from plainview.cli.bench.figures import Figure
from plainview.desk.published.models import Publication
from plainview.site.bench import machine, served
from plainview.site.bench.desk import pressing, products, reading, working
from plainview.site.prepare import prepare


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What to measure. A test asks for little, and for no load."""

    n_products: int = 60
    n_jobs: int = 5_000
    runs: reading.Runs = field(default_factory=reading.Runs)
    ease_seconds: float = 3
    press_seconds: float = 60
    n_each: int = 2_000


QUICK = Orders(
    n_products=12,
    n_jobs=1_000,
    runs=reading.Runs(n_runs=3, n_each=10),
    ease_seconds=1,
    press_seconds=10,
    n_each=400,
)


def main(words: str) -> None:
    said = json.loads(words)
    before = machine.read(on=timezone.localdate())
    figures = measure(QUICK if said["quick"] else Orders(), say=_say)
    json.dump({"machine": asdict(before), "figures": [asdict(one) for one in figures]}, sys.stdout)


def _say(words: str) -> None:
    sys.stderr.write(f"   {words}\n")
    sys.stderr.flush()


def measure(orders: Orders, *, say: Callable[[str], None]) -> list[Figure]:
    prepare(say=say)
    if not Publication.objects.exists():
        say(f"publishing {orders.n_products} made-up products")
        products.publish(orders.n_products, at=timezone.now())
    say("one page after another")
    figures = [*reading.one_page(orders.runs), *reading.first_load(), *reading.cached()]
    say(f"{orders.n_jobs:,} jobs, twice")
    figures += working.jobs(orders.n_jobs)
    if orders.press_seconds:
        figures += press(orders, say=say)
    return figures


def press(orders: Orders, *, say: Callable[[str], None]) -> list[Figure]:
    statics = pressing.static_pages()
    connection.close()
    with served.server() as server:
        say("readers at their ease")
        figures = pressing.at_ease(server, statics, seconds=orders.ease_seconds)
        say(f"500 readers a second, for {orders.press_seconds:g} s")
        figures += pressing.pressed(server, seconds=orders.press_seconds)
        return figures + pressing.as_many_as_it_can(server, n_each=orders.n_each)
