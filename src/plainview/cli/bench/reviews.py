"""`plainview bench review`: how long does a review take? Each part in a process of its own, then a table.

In:   words after `bench review`.
Out:  a table, JSON, or the figures set into docs/performance-review.md; 0 measured, 1 some part did not end.
Not here: the parts, each a module beside this one with ``measure(quick, say)``.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median

from plainview.cli.bench import machine, report
from plainview.cli.bench.core import DOCS, ONE_THREAD
from plainview.cli.bench.figures import Figure
from plainview.core.mendable import Mendable

# Each part, and how many times it is run: a figure is the median.
PARTS = {"review_log": 3, "review_har": 3, "review_peer": 3, "review_large": 1}
PAGE = DOCS / "performance-review.md"
PACKAGES = ("numpy", "scipy", "pyarrow", "duckdb", "numba")
LONGEST_S = 2 * 60 * 60


def answer(words: Sequence[str]) -> int:
    """Measure, and tell."""
    asked = _parser().parse_args(list(words))
    here = machine.read(on=date.today(), versions=machine.versions_of(*PACKAGES))
    parts = [name for name in PARTS if asked.full or name != "review_large"]
    figures, stopped = list[Figure](), list[str]()
    for name in asked.only or parts:
        found = _runs(name, 1 if asked.quick else PARTS[name], quick=asked.quick)
        figures += found
        stopped += [] if found else [name]
    if asked.write and not stopped:
        _write(here, figures)
    print((report.as_json if asked.json else report.table)(here, figures))
    for name in stopped:
        print(f"{name}: the measuring stopped before its end.", file=sys.stderr)
    return int(bool(stopped))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plainview bench review",
        description="How long does a review take on this machine? Some ten minutes; run it while the machine "
        "has nothing else to do. Exit code: 0 measured, 1 some part did not come to its end.",
    )
    parser.add_argument("--quick", action="store_true", help="small logs, one run, no bars")
    parser.add_argument("--full", action="store_true", help="ten million attempts too")
    parser.add_argument("--json", action="store_true", help="answer for a program")
    parser.add_argument(
        "--write", action="store_true", help="write the figures into docs/performance-review.md"
    )
    parser.add_argument(
        "--only", action="append", choices=tuple(PARTS), help="only this part; may be repeated"
    )
    return parser


def _runs(name: str, n: int, *, quick: bool) -> list[Figure]:
    """The figures of one part, each the median of its runs; none where a run stopped."""
    runs = [_run(name, quick=quick) for _ in range(n)]
    if not all(runs):
        return []
    return [middle(of_one) for of_one in zip(*runs, strict=True)]


def middle(figures: Sequence[Figure]) -> Figure:
    """One line for many runs."""
    values = [one.measured for one in figures if one.measured is not None]
    said = "one run" if len(figures) == 1 else f"median of {len(figures)} runs"
    note = f"{figures[0].note}; {said}" if figures[0].note else said
    return replace(figures[0], measured=median(values) if values else None, note=note)


def _run(name: str, *, quick: bool) -> list[Figure]:
    run = subprocess.run(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-m", "plainview.cli.bench", name, *(["quick"] if quick else [])],
        env=os.environ | ONE_THREAD,
        stdout=subprocess.PIPE,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    if run.returncode:
        return []
    return [Figure(**one) for one in json.loads(run.stdout.splitlines()[-1])["figures"]]


def _write(here: machine.Machine, figures: list[Figure]) -> None:
    try:
        report.write_into(PAGE, report.markdown(here, figures))
    except report.NoPage as fault:
        raise Mendable(str(fault)) from None
