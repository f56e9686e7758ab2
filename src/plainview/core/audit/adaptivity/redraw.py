"""A log's answers redrawn many times, and what each redrawn log would show.

In:   steps, how hard each was, the tables to count; a seed.
Out:  for each table G and the steps that would have differed: of the log, of redrawn logs, of other students.
Not here: what is concluded (log_test), the loops (kernels).

Memory: one byte a step and draw, for as many draws at once as fit into ``BYTES_AT_ONCE`` (64 at least).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.next_item import Cells
from plainview.core.audit.adaptivity.steps import Steps

Floats = NDArray[np.float64]
BYTES_AT_ONCE = 192_000_000
FEWEST_AT_ONCE = 64
NULLS_A_STUDENT_DRAW = 3  # redrawn logs for each draw of students


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
    tell: Callable[[float], None] = lambda share: None,
) -> list[Counted]:
    """Count every table in the log, in ``draws`` redrawn logs, and in ``student_draws`` draws of students."""
    from plainview.core.audit.adaptivity import kernels

    odds = np.exp(np.clip(log_odds, -60, 60))
    x_log_x = _x_log_x(max(_largest(table) for table in tables))
    seen = [np.zeros((2, 1)) for _ in tables]
    null = [np.zeros((2, draws)) for _ in tables]
    for table, out in zip(tables, seen, strict=True):
        kernels.tally(table.rows, table.cells, table.strata, steps.right[:, None], x_log_x, *out)
    whole = draws + student_draws * NULLS_A_STUDENT_DRAW
    for first, n in _blocks(steps.n, draws):
        drawn = np.empty((steps.n, n), np.uint8)
        kernels.redraw(odds, steps.right, windows, seed, first, drawn)
        for table, out in zip(tables, null, strict=True):
            here = np.zeros((2, n))
            kernels.tally(table.rows, table.cells, table.strata, drawn, x_log_x, *here)
            out[:, first : first + n] = here
        tell((first + n) / whole)
    students = _of_students(steps, odds, windows, tables, draws, student_draws, seed, tell)
    return [
        Counted(
            g=float(one[0, 0]),
            differ=float(one[1, 0]),
            entropy=table.entropy(),
            n=len(table.rows),
            g_null=chance[0],
            differ_null=chance[1],
            r_students=drawn[0],
            differ_students=drawn[1],
        )
        for table, one, chance, drawn in zip(tables, seen, null, students, strict=True)
    ]


def _of_students(
    steps: Steps,
    odds: Floats,
    windows: NDArray[np.int64],
    tables: Sequence[Cells],
    draws: int,
    student_draws: int,
    seed: int,
    tell: Callable[[float], None],
) -> list[Floats]:
    """R and the share that differs, of students drawn with putting back; their answers are redrawn too."""
    from plainview.core.audit.adaptivity import kernels

    out = [np.zeros((2, student_draws)) for _ in tables]
    chance = np.random.default_rng(seed)
    whole = draws + student_draws * NULLS_A_STUDENT_DRAW
    for first, n in _blocks(steps.n, student_draws):
        times = _times(chance, steps.n_students, n)
        answers = np.repeat(steps.right[:, None], n, axis=1)
        real = [_weighted(steps, table, answers, times) for table in tables]
        null = [np.zeros((4, n)) for _ in tables]
        for again in range(NULLS_A_STUDENT_DRAW):
            # Draws beyond those of the test itself: no number serves twice.
            kernels.redraw(odds, steps.right, windows, seed, draws + again * student_draws + first, answers)
            for table, total in zip(tables, null, strict=True):
                np.add(total, _weighted(steps, table, answers, times), out=total)
            tell((draws + again * student_draws + first + n) / whole)
        for one, total, into in zip(real, null, out, strict=True):
            into[:, first : first + n] = _r_and_differ(one, total / NULLS_A_STUDENT_DRAW)
    return out


def _times(chance: np.random.Generator, n_students: int, n_draws: int) -> NDArray[np.uint8]:
    """(n_students, n_draws) how often each student counts."""
    return np.stack(
        [
            np.minimum(np.bincount(chance.integers(0, n_students, n_students), minlength=n_students), 255)
            for _ in range(n_draws)
        ],
        axis=1,
    ).astype(np.uint8)


def _weighted(steps: Steps, table: Cells, answers: NDArray[np.uint8], times: NDArray[np.uint8]) -> Floats:
    """(4, n_draws): G, steps that differ, entropy, steps."""
    from plainview.core.audit.adaptivity import kernels

    out = np.zeros((4, answers.shape[1]))
    kernels.tally_weighted(table.rows, table.cells, table.strata, answers, times, steps.student, *out)
    return out


def _r_and_differ(real: Floats, null: Floats) -> Floats:
    said, expected = real[0] / 2, null[0] / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        r = (said - expected) / (real[2] - expected)
        return np.stack([r, (real[1] - null[1]) / real[3]])


def _blocks(n_rows: int, n_draws: int) -> Iterator[tuple[int, int]]:
    at_once = max(FEWEST_AT_ONCE, BYTES_AT_ONCE // max(n_rows, 1) // 64 * 64)
    for first in range(0, n_draws, at_once):
        yield first, min(at_once, n_draws - first)


def _largest(table: Cells) -> int:
    """The most steps of any stratum."""
    return int(np.diff(table.cells[table.strata]).max(initial=0))


def _x_log_x(largest: int) -> Floats:
    x = np.arange(largest + 1, dtype=np.float64)
    x[1:] *= np.log(x[1:])
    return x
