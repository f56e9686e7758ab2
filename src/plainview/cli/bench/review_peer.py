"""One step of the log test beside a peer: G of next item by answer over all strata, as SciPy counts it.

In:   a made-up log in memory; the table of next items by answer inside strata of the current item.
Out:  seconds of one table in one redrawn log, theirs and ours, taken in turn; the ratio run by run.
Not here: the whole log test (review_log).

The peer is given its best: one pass over the rows counts all strata, then scipy.stats.chi2_contingency is
asked of each. Ours is asked as the log test asks: of many redrawn logs at once.
"""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from plainview.cli.bench.figures import Figure
from plainview.core.audit.adaptivity.next_item import Cells, cells
from plainview.core.audit.adaptivity.redraw import largest, x_log_x_to
from plainview.core.audit.adaptivity.steps import Steps, steps_of
from plainview.core.logs.coded import Coded

ROWS, QUICK = 1_000_000, 50_000
STEPS, ITEMS, CLASSES = 100, 400, 8
DRAWS, TURNS = 256, 5


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    n = QUICK if quick else ROWS
    steps, of_next = _made(n)
    table = cells(steps, steps.item.astype(np.int64), of_next)
    drawn = np.random.default_rng(2).integers(0, 2, (steps.n, DRAWS), dtype=np.uint8)
    ours(table, drawn[:, :64])  # compiled before the clock runs
    theirs_s, ours_s = list[float](), list[float]()
    for turn in range(TURNS):
        theirs_s.append(_took(lambda: theirs(steps, of_next, drawn[:, 0])))
        ours_s.append(_took(lambda: ours(table, drawn)) / DRAWS)
        say(f"turn {turn + 1}: SciPy {theirs_s[-1]:.4f} s, ours {ours_s[-1]:.5f} s a table and log")
    ratio = median(a / b for a, b in zip(theirs_s, ours_s, strict=True))
    group = f"a step beside a peer, {n:,} attempts"
    return [
        Figure(group=group, what="G of one table in one log, SciPy", measured=median(theirs_s), unit="s"),
        Figure(group=group, what="the same, ours", measured=median(ours_s), unit="s"),
        Figure(group=group, what="SciPy's time to ours", measured=ratio, unit="times"),
    ]


def _made(n: int) -> tuple[Steps, Any]:
    chance = np.random.default_rng(1)
    item = chance.integers(0, ITEMS, n)
    log = Coded.from_arrays(
        student=np.repeat(np.arange(n // STEPS), STEPS), item=item, correct=chance.random(n) < 0.6
    )
    steps = steps_of(log)
    return steps, (steps.item * CLASSES // ITEMS).astype(np.int64)


def ours(table: Cells, drawn: Any) -> Any:
    """(n_draws,) G of each."""
    from plainview.core.audit.adaptivity import kernels

    g, differ = np.zeros(drawn.shape[1]), np.zeros(drawn.shape[1])
    kernels.tally(
        table.rows,
        table.cells,
        table.strata,
        np.ascontiguousarray(drawn),
        x_log_x_to(largest(table)),
        g,
        differ,
    )
    return g


def theirs(steps: Steps, of_next: Any, answers: Any) -> float:
    """G of one log: the sum over strata that have something to compare."""
    from scipy.stats import chi2_contingency

    at = np.flatnonzero(steps.leads)
    key = (steps.item[at].astype(np.int64) * CLASSES + of_next[at + 1]) * 2 + answers[at]
    counts = np.bincount(key, minlength=ITEMS * CLASSES * 2).reshape(ITEMS, CLASSES, 2)
    total = 0.0
    for stratum in counts:
        there = stratum[stratum.sum(axis=1) > 0]
        if len(there) > 1 and (there.sum(axis=0) > 0).all():
            total += chi2_contingency(there, correction=False, lambda_="log-likelihood").statistic
    return total


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
