"""A house to measure in: a folder that is thrown away, and a process whose settings know no other.

In:   how many rows, whether quick; a folder to keep, if a builder wants to measure twice.
Out:  what the bench found.
Not here: the operator's own home. Its variables do not reach the process.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.machine import Machine

MEASURE = {"classroom": "measure", "desk": "measure_desk"}
LONGEST_S = 60 * 60  # a bench that takes longer than this has lost its way


class Stopped(Exception):
    """The measuring process did not come to its end."""


def measure(
    *, n_rows: int | None, quick: bool, folder: Path | None, face: str = "classroom"
) -> tuple[Machine, list[Figure]]:
    with _home(folder) as home:
        words = json.dumps({"n_rows": n_rows, "quick": quick})
        run = subprocess.run(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-m", "plainview.site.bench", MEASURE[face], words],
            env=environment(home) | {"PLAINVIEW_FACES": face},
            stdout=subprocess.PIPE,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
    if run.returncode:
        raise Stopped("The measuring stopped before its end; what it said stands above.")
    return read(run.stdout)


def read(text: str) -> tuple[Machine, list[Figure]]:
    told = json.loads(text)
    return Machine(**told["machine"]), [Figure(**one) for one in told["figures"]]


@contextmanager
def _home(folder: Path | None) -> Iterator[Path]:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="plainview-bench-") as made:
        yield Path(made)


def environment(home: Path) -> dict[str, str]:
    """As a school runs it: https behind a proxy, no demonstration. Nothing of this shell's own house."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLAINVIEW_")}
    return kept | {
        "PLAINVIEW_HOME": str(home),
        "PLAINVIEW_HTTPS": "yes",
        "PLAINVIEW_DEMO": "no",
        "DJANGO_SETTINGS_MODULE": "plainview.site.bench.settings",
    }
