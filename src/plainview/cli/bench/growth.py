"""Ten times the rows: ten times the cost?

In:   simulated logs of 100,000 to 3,000,000 rows.
Out:  CPU seconds of each fit, the exponent of growth (1 is linear), and a picture.
Not here: logs larger than memory.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from plainview.cli.bench.elo import simulated
from plainview.cli.bench.figures import Figure
from plainview.cli.bench.growth_chart import chart
from plainview.cli.bench.timing import Timed, in_turns
from plainview.core.charts.chart import Chart
from plainview.core.learner import elo
from plainview.core.learner.logistic import fit as logistic
from plainview.core.learner.tracing import fitting
from plainview.core.logs.coded import Coded

SIZES, QUICK_SIZES = (100_000, 300_000, 1_000_000, 3_000_000), (30_000, 100_000, 300_000)
MODELS: Mapping[str, Callable[[Coded], Any]] = {
    "knowledge tracing": fitting.fit,
    "Elo, steps chosen": elo.fit,
    "Elo, steps given": partial(elo.fit, steps=elo.Steps()),
    "Best-LR": partial(logistic.fit, model="best_lr"),
}
PICTURE = "cost-of-growth.svg"
MOST_BENT = 1.1


def measure(quick: bool, say: Callable[[str], None]) -> tuple[list[Figure], dict[str, Chart]]:
    sizes = QUICK_SIZES if quick else SIZES
    for deed in MODELS.values():
        deed(simulated(150_000))  # loads what is compiled
    seconds: dict[str, list[Timed]] = {name: [] for name in MODELS}
    rows = []
    for size in sizes:
        log = simulated(size)
        say(f"{log.n_rows:,} rows")
        rows.append(log.n_rows)
        timed = in_turns({name: partial(deed, log) for name, deed in MODELS.items()}, n_runs=3, most_s=10)
        for name, one in timed.items():
            seconds[name].append(one)
    medians = {name: [one.median for one in runs] for name, runs in seconds.items()}
    return figures(rows, medians), {PICTURE: chart(rows, medians)}


def figures(rows: Sequence[int], medians: Mapping[str, Sequence[float]]) -> list[Figure]:
    return [
        Figure(
            group="cost of growth: exponent of CPU seconds in rows (1 is linear, below 1 better)",
            what=name,
            measured=exponent(rows, seconds),
            unit="",
            at_most=MOST_BENT,
            note="; ".join(f"{n:,} rows {took:.3g} CPU-s" for n, took in zip(rows, seconds, strict=True)),
        )
        for name, seconds in medians.items()
    ]


def exponent(rows: Sequence[int], seconds: Sequence[float]) -> float:
    """Slope of the logarithms, by least squares."""
    return float(np.polyfit(np.log(rows), np.log(seconds), 1)[0])
