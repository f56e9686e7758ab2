"""Many readers at once: a real server as `plainview serve` starts it, and as many requests as it can take.

In:   a house with published pages; how many seconds.
Out:  p95 beside a static page of equal size; requests a second; errors; memory.
Not here: the readers themselves (another process), the server (served).
"""

import gzip
import json
import subprocess
import sys
from statistics import median
from urllib.parse import urljoin

from django.conf import settings

from plainview.cli.bench.figures import Figure, percentile
from plainview.site.bench.asking import ask
from plainview.site.bench.desk.reading import paths
from plainview.site.bench.served import Server

A_SECOND = 100  # requests, for the comparison: a rate at which nobody waits for anybody
MOST_TIMES_STATIC = 3
FEWEST_A_SECOND = 500
MOST_MS = 100  # at that rate; beyond it a server is no longer keeping up
N_READERS = 40
ROUNDS = 5
STATIC = "bench-{}.html"
BESIDE, PRESSED = "readers at their ease", "500 readers a second"


def static_pages() -> dict[str, str]:
    """For each public page a plain file of its size, where the site keeps its static files."""
    made = {}
    for number, path in enumerate(paths().values()):
        body = ask(path, by=None).body
        name = STATIC.format(number)
        (settings.STATIC_ROOT / name).write_bytes(body)
        (settings.STATIC_ROOT / f"{name}.gz").write_bytes(gzip.compress(body, 6, mtime=0))
        made[path] = urljoin("/", f"{settings.STATIC_URL}{name}")
    return made


def at_ease(server: Server, statics: dict[str, str], *, seconds: float) -> list[Figure]:
    """Page and file take turns, so that both meet the same machine; the median of the rounds' ratios."""
    figures = []
    for what, path in paths().items():
        rounds = [(_p95(server, path, seconds), _p95(server, statics[path], seconds)) for _n in range(ROUNDS)]
        pages, files = zip(*rounds, strict=True)
        figures.append(
            Figure(
                group=BESIDE,
                what=f"{what}: p95 against a static page of equal size",
                measured=median(page / file for page, file in rounds),
                unit="x",
                at_most=MOST_TIMES_STATIC,
                note=f"{median(pages):.1f} ms beside {median(files):.1f}, at {A_SECOND} a second",
            )
        )
    return figures


def _p95(server: Server, path: str, seconds: float) -> float:
    seen = _read(server, {path: int(A_SECOND * seconds)}, seconds=seconds, n_readers=8)
    return percentile(seen["pages_ms"], 0.95)


def pressed(server: Server, *, seconds: float) -> list[Figure]:
    """Every request has its moment beforehand, and its time runs from there: a queue cannot hide."""
    each = {path: int(FEWEST_A_SECOND * seconds / len(paths())) for path in paths().values()}
    _read(server, dict.fromkeys(each, 40), seconds=1, n_readers=8)  # both processes have seen each page
    before = server.cpu_seconds()
    seen = _read(server, each, seconds=seconds, n_readers=N_READERS)
    after, n = server.cpu_seconds(), len(seen["pages_ms"])
    cpu_ms = (after - before) * 1000 / n if before is not None and after is not None and n else None
    faults = "; ".join(f"{count} x {what}" for what, count in seen["faults"].items())
    p95 = percentile(seen["pages_ms"], 0.95) if n else None
    told = f"{n:,} requests in {seconds:g} s over {seen['n_connections']} connections, all pages in turn"
    return [
        Figure(
            group=PRESSED,
            what="p95, from the moment each was due",
            measured=p95,
            unit="ms",
            at_most=MOST_MS,
            note=told,
        ),
        Figure(group=PRESSED, what="errors", measured=seen["n_errors"], unit="", at_most=0, note=faults),
        Figure(
            group=PRESSED, what="CPU of the server a request", measured=cpu_ms, unit="ms", note="with HTTP"
        ),
        Figure(
            group=PRESSED,
            what="memory of the server",
            measured=server.memory_mb(),
            unit="MB",
            note="PSS: its processes, and the worker beside them",
        ),
    ]


def as_many_as_it_can(server: Server, *, n_each: int) -> list[Figure]:
    """Readers who ask again as soon as they have their page."""
    each = dict.fromkeys(paths().values(), n_each)
    seen = _read(server, each, seconds=0, n_readers=N_READERS)
    n = len(seen["pages_ms"])
    return [
        Figure(
            group=PRESSED,
            what="requests a second, asked as fast as they are answered",
            measured=n / seen["seconds"],
            unit="a second",
            at_least=FEWEST_A_SECOND,
            note=f"{n:,} requests of {N_READERS} readers, whose own work is on the same cores",
        )
    ]


def _read(server: Server, each: dict[str, int], *, seconds: float, n_readers: int) -> dict:
    """So many requests for each path, evenly over the seconds, dealt to the readers in turn."""
    in_turn = [
        path for group in zip(*([path] * n for path, n in each.items()), strict=True) for path in group
    ]
    n_paths = len(each)
    readers: list[dict] = [
        {"cookie": "", "path": path, "item": None, "due": []}
        for path in list(each) * max(1, n_readers // n_paths)
    ]
    for number, path in enumerate(in_turn):
        mine = [one for one in readers[number % n_paths :: n_paths] if one["path"] == path]
        mine[(number // n_paths) % len(mine)]["due"].append(number * seconds / len(in_turn))
    plan = {
        "port": server.port,
        "csrf": "",
        "answers": {},
        "at_most_seconds": seconds + 120,
        "browsers": readers,
    }
    run = subprocess.run(
        [sys.executable, "-m", "plainview.site.bench.browsers"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=seconds + 150,
    )
    return json.loads(run.stdout)
