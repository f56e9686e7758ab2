"""A log's answers redrawn many times, and what each redrawn log would show.

In:   steps, how hard each was, the tables to count; a seed.
Out:  for each table G and the steps that would have differed: of the log, of redrawn logs, of other students.
Not here: what is concluded (log_test), the loops (kernels).

Memory: one byte a step and draw, for as many draws at once as fit into ``BYTES_AT_ONCE`` (64 at least).

Students are drawn by their part in each figure: I, H and the steps that differ are sums over students once
the tables are given, so a draw of students is a weighted sum of parts (to first order, as the infinitesimal
jackknife has it; Efron 1982, The jackknife, the bootstrap and other resampling plans, chapter 6). The null
mean is shared out by steps. Classes and strata are held as given.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.next_item import Cells
from plainview.core.audit.adaptivity.steps import Steps
from plainview.core.stats.draws import times_drawn

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
BYTES_AT_ONCE = 192_000_000
FEWEST_AT_ONCE = 64


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One table, counted."""

    g: float
    differ: float  # total-variation distance, summed over the steps
    entropy: float  # H(next | stratum), in nats, summed over the steps
    n: int  # steps
    g_null: Floats  # (n_draws,)
    differ_null: Floats
    r_students: Floats  # (n_student_draws,) R of students drawn with putting back
    differ_students: Floats  # (n_student_draws,) share of the steps, null mean removed

    @property
    def r(self) -> float | None:
        """(I - mean I_null) / (H - mean I_null), I = G / 2."""
        expected = float(self.g_null.mean()) / 2
        left = self.entropy - expected
        return (self.g / 2 - expected) / left if left > 1e-9 * max(self.n, 1) else None

    @property
    def r_null(self) -> Floats:
        """(n_draws,) the same of each redrawn log."""
        expected = float(self.g_null.mean()) / 2
        return (self.g_null / 2 - expected) / max(self.entropy - expected, 1e-9)

    @property
    def differ_share(self) -> float:
        return (self.differ - float(self.differ_null.mean())) / max(self.n, 1)

    @property
    def n_as_extreme(self) -> int:
        # A hair of arithmetic must not part two logs that show the same.
        return int((self.g_null >= self.g - 1e-9 * max(abs(self.g), 1.0)).sum())


def counted(
    steps: Steps,
    log_odds: Floats,
    windows: NDArray[np.int64],
    tables: Sequence[Cells],
    *,
    draws: int,
    student_draws: int,
    seed: int,
    seen_as: Callable[[Bytes], Bytes] = lambda answers: answers,
    tell: Callable[[float], None] = lambda share: None,
) -> list[Counted]:
    """Count every table in the log, in ``draws`` redrawn logs, and in ``student_draws`` draws of students.

    ``seen_as`` makes of answers (n_rows, n_draws) what is held against the next item: the answers themselves,
    or what several of them come to.
    """
    from plainview.core.audit.adaptivity import kernels

    odds = np.exp(np.clip(log_odds, -60, 60))
    x_log_x = x_log_x_to(max(largest(table) for table in tables))
    own = seen_as(steps.right[:, None])
    seen = [np.zeros((2, 1)) for _ in tables]
    null = [np.zeros((2, draws)) for _ in tables]
    for table, out in zip(tables, seen, strict=True):
        kernels.tally(table.rows, table.cells, table.strata, own, x_log_x, *out)
    for first, n in blocks(steps.n, draws):
        drawn = np.empty((steps.n, n), np.uint8)
        kernels.redraw(odds, steps.right, windows, seed, first, drawn)
        drawn = seen_as(drawn)
        for table, out in zip(tables, null, strict=True):
            here = np.zeros((2, n))
            kernels.tally(table.rows, table.cells, table.strata, drawn, x_log_x, *here)
            out[:, first : first + n] = here
        tell((first + n) / draws)
    times = list(times_drawn(np.random.default_rng(seed), n=steps.n_students, n_draws=student_draws))
    return [
        _counted(steps, own[:, 0], table, one, chance, times)
        for table, one, chance in zip(tables, seen, null, strict=True)
    ]


def _counted(
    steps: Steps, right: Bytes, table: Cells, seen: Floats, null: Floats, times: Sequence[Floats]
) -> Counted:
    from plainview.core.audit.adaptivity import kernels

    parts = np.zeros((3, steps.n_students))
    kernels.contributions(table.rows, table.cells, table.strata, right, steps.student, *parts)
    own = np.bincount(steps.student[table.rows], minlength=steps.n_students) / max(len(table.rows), 1)
    chance = null.mean(axis=1)[:, None] * own
    said, unsure = parts[0] - chance[0] / 2, parts[1] - chance[0] / 2
    apart = parts[2] - chance[1]
    steps_each = own * len(table.rows)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = [(drawn @ said) / (drawn @ unsure) for drawn in times]
        share = [(drawn @ apart) / (drawn @ steps_each) for drawn in times]
    return Counted(
        g=float(seen[0, 0]),
        differ=float(seen[1, 0]),
        entropy=table.entropy(),
        n=len(table.rows),
        g_null=null[0],
        differ_null=null[1],
        r_students=np.concatenate(r),
        differ_students=np.concatenate(share),
    )


def blocks(n_rows: int, n_draws: int) -> Iterator[tuple[int, int]]:
    at_once = max(FEWEST_AT_ONCE, BYTES_AT_ONCE // max(n_rows, 1) // 64 * 64)
    for first in range(0, n_draws, at_once):
        yield first, min(at_once, n_draws - first)


def largest(table: Cells) -> int:
    """The most steps of any stratum."""
    return int(np.diff(table.cells[table.strata]).max(initial=0))


def x_log_x_to(largest: int) -> Floats:
    x = np.arange(largest + 1, dtype=np.float64)
    x[1:] *= np.log(x[1:])
    return x
