"""`plainview bench core`: each part in a process of its own with one thread, then a table.

In:   words after `bench core`.
Out:  a table or JSON, and the figures set into docs/performance-core.md; 0 measured, 1 some part did not end.
Not here: the parts, each a module beside this one with ``measure(quick, say)``.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from plainview.cli import one_thread
from plainview.cli.bench import kept, machine, report
from plainview.cli.bench.figures import Figure
from plainview.cli.bench.kept import Part
from plainview.cli.bench.machine import Machine
from plainview.core.charts.chart import Chart
from plainview.core.charts.standalone import standalone
from plainview.core.mendable import Mendable

# From what everyone waits for to what few ask.
PARTS = {
    "start": "how long it takes to begin",
    "tracing": "knowledge tracing beside pyBKT",
    "responses": "2PL beside girth",
    "logistic": "the logistic family beside scikit-learn",
    "elo": "Elo",
    "adaptive": "an adaptive test beside catsim",
    "forward": "the forward pass beside C",
    "growth": "the cost of growth",
    "small": "classes of 25 to 100 students",
}
ONE_THREAD = dict.fromkeys(one_thread.NAMES, "1")
PACKAGES = ("numpy", "scipy", "numba", "pyBKT", "girth", "catsim", "scikit-learn")
DOCS = Path(__file__).parents[4] / "docs"
PAGE, PICTURES = DOCS / "performance-core.md", DOCS / "pictures"
KEPT = PICTURES / "performance-core.json"
LONGEST_S = 60 * 60  # a part that takes longer than this has lost its way


def answer(words: Sequence[str]) -> int:
    """Measure, and tell."""
    asked = _parser().parse_args(list(words))
    if asked.write and asked.quick:
        raise Mendable("--write: found --quick beside it, expected a run of full size.")
    parts, charts, stopped = _measured(asked.only or list(PARTS), quick=asked.quick)
    if asked.write:
        _write(parts, charts)
    figures = [figure for part in parts for figure in part.figures]
    here = parts[0].machine if parts else _machine()
    print((report.as_json if asked.json else report.table)(here, figures))
    for name in stopped:
        print(f"{name}: the measuring stopped before its end.", file=sys.stderr)
    return int(bool(stopped))


def _machine() -> Machine:
    return machine.read(on=date.today(), versions=machine.versions_of(*PACKAGES))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plainview bench core",
        description="How fast is the core on this machine, beside its peers? Some twenty minutes; run it "
        "while the machine has nothing else to do. Peers: pip install 'plainview[bench]'. "
        "Exit code: 0 measured, 1 some part did not come to its end.",
    )
    parser.add_argument("--quick", action="store_true", help="smaller logs: about two minutes")
    parser.add_argument("--json", action="store_true", help="answer for a program")
    parser.add_argument(
        "--write",
        action="store_true",
        help="write the figures into docs/performance-core.md; with --only, of these parts alone",
    )
    parser.add_argument(
        "--only",
        action="append",
        metavar="NAME",
        choices=tuple(PARTS),
        help=f"only this part; may be repeated: {', '.join(PARTS)}",
    )
    return parser


def _measured(names: Sequence[str], *, quick: bool) -> tuple[list[Part], dict[str, Chart], list[str]]:
    parts: list[Part] = []
    charts: dict[str, Chart] = {}
    stopped = []
    for name in names:
        print(PARTS[name], file=sys.stderr, flush=True)
        here = _machine()
        told = _in_its_own_process(name, quick=quick)
        if told is None:
            stopped.append(name)
            continue
        figures = tuple(Figure(**one) for one in told["figures"])
        parts.append(Part(name=name, machine=here, figures=figures))
        charts |= {picture: Chart(**one) for picture, one in told["charts"].items()}
    return parts, charts, stopped


def _in_its_own_process(name: str, *, quick: bool) -> dict | None:
    run = subprocess.run(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-m", "plainview.cli.bench", name, *(["quick"] if quick else [])],
        env=os.environ | ONE_THREAD,
        stdout=subprocess.PIPE,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    # Peers print as they go; what is ours is the last line.
    return None if run.returncode else json.loads(run.stdout.splitlines()[-1])


def _write(parts: Sequence[Part], charts: dict[str, Chart]) -> None:
    """These parts anew, the others as they were last written down."""
    known = kept.read(KEPT) | {one.name: one for one in parts}
    every = [known[name] for name in PARTS if name in known]
    try:
        report.write_into(PAGE, report.page([(one.name, one.machine, one.figures) for one in every]))
    except report.NoPage as fault:
        raise Mendable(str(fault)) from None
    kept.write(KEPT, every)
    for name, chart in charts.items():
        (PICTURES / name).write_text(standalone(chart), encoding="utf-8")
