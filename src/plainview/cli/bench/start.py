"""How long does it take to begin?

In:   this interpreter.
Out:  seconds until the core is imported, and until the shell has said what there is.
Not here: what a model loads when it is first asked.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

from plainview.cli.bench.figures import Figure

DEEDS: dict[str, tuple[list[str], float | None]] = {
    "python -c pass": (["-c", "pass"], None),
    "import plainview.core": (["-c", "import plainview.core"], 0.3),
    "plainview --help": (["-m", "plainview.cli", "--help"], 0.15),
    "import numpy": (["-c", "import numpy"], None),
}


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    n_runs = 5 if quick else 15
    seconds: dict[str, list[float]] = {name: [] for name in DEEDS}
    for _ in range(n_runs + 1):
        for name, (words, _bar) in DEEDS.items():
            seconds[name].append(_took(words))
    note = f"by the wall's clock, a new process each time, median of {n_runs} runs"
    # The first round reads files that the next ones find at hand.
    return [
        Figure(
            group="to begin",
            what=name,
            measured=median(seconds[name][1:]),
            unit="s",
            at_most=bar,
            note=note if bar else "for comparison",
        )
        for name, (_words, bar) in DEEDS.items()
    ]


def _took(words: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    return time.perf_counter() - began
