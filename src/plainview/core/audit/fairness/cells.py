"""Small cells are not shown, and none can be worked out from the others.

In:   how many students each cell of a table holds; along which lines of cells a total is shown.
Out:  which cells may be shown.
Not here: what the cells say.

A cell of 1 to 9 students points at children. Where only one cell of a line is kept back, the total gives it
away, so the smallest of the others is kept back too; and again, until each line keeps back none, or at least
two that hold ten together.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST = 10
SUPPRESSED = "suppressed"
Bools = NDArray[np.bool_]


def to_show(counts: ArrayLike, *, fewest: int = FEWEST) -> Bools:
    """Which cells may be shown, the totals of every line along every axis being known.

    Parameters
    ----------
    counts : (n,) or (n, m) int
        Students in each cell. Cells of nobody say nothing of anybody and are shown.

    Source
    ------
    Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
    """
    n = np.asarray(counts)
    if n.ndim not in (1, 2) or (n < 0).any():
        raise ValueError("found something other than a row or a table of counts.")
    hidden = (n > 0) & (n < fewest)
    table, mask = np.atleast_2d(n), np.atleast_2d(hidden).copy()
    lines: list[tuple[Any, Any]] = [(row, slice(None)) for row in range(table.shape[0])]
    if n.ndim == 2:
        lines += [(slice(None), column) for column in range(table.shape[1])]
    moved = True
    while moved:
        moved = any([_mend(table[line], mask[line], fewest) for line in lines])  # noqa: C419 (all are mended)
    shown: Bools = ~mask.reshape(n.shape)
    return shown


def _mend(counts: NDArray[np.integer], hidden: Bools, fewest: int) -> bool:
    """Hide one more where what is hidden could be worked out; whether that was needed. Changes ``hidden``."""
    if not hidden.any() or (hidden.sum() >= 2 and counts[hidden].sum() >= fewest):
        return False
    free = np.flatnonzero(~hidden & (counts > 0))
    if not len(free):
        return False
    hidden[free[np.argmin(counts[free])]] = True
    return True


def shown_rows(
    rows: Sequence[tuple[str | int | float | None, ...]], counts: Sequence[int]
) -> tuple[tuple[str | int | float | None, ...], ...]:
    """Rows of a table by group: the name stays, the rest of a small cell is the word "suppressed"."""
    visible = to_show(counts) if len(counts) else np.ones(0, np.bool_)
    return tuple(
        row if may else (row[0], *(SUPPRESSED for _ in row[1:]))
        for row, may in zip(rows, visible, strict=True)
    )
