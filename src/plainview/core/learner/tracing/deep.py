"""The few very long sequences: a walk of a thousand answers in sixty strides.

In:   per node, a number to multiply by and one to add; the levels from which on nobody shares a history.
Out:  the same recursion's result at every node.
Not here: what is multiplied and added (expect).

numpy takes a level at once, which is slow where a level is a handful of students who went on for hundreds
of answers. Both walks are x' = m x + c, so 32 steps in a row are one such step too. The long sequences are
cut in blocks of 32; all blocks are put together at once, then walked block by block, then filled in.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BLOCK = 32
# From the level where so few go on, while so many levels are left, nobody shares a history any more.
FEW, MANY_LEVELS = 256, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Deep:
    """Where each node of the deep levels stands in blocks of 32 answers."""

    first: int  # the first deep node
    slot: NDArray[np.int64]  # (n_deep,) place in a matrix of 32 x n_columns
    columns: tuple[int, ...]  # where each block's columns begin; a column is one student's 32 answers
    widths: tuple[int, ...]  # how many go on into each block

    @property
    def n_columns(self) -> int:
        return self.columns[-1] + self.widths[-1]

    def spread(self, deep: Floats, empty: float) -> Floats:
        """(32, n_columns) with ``empty`` where a sequence has ended."""
        matrix = np.full(BLOCK * self.n_columns, empty)
        matrix[self.slot] = deep
        return matrix.reshape(BLOCK, self.n_columns)


def cut(levels: NDArray[np.int64], deep_from: int) -> Deep | None:
    if len(levels) - 1 <= deep_from:
        return None
    sizes = np.diff(levels)[deep_from:]
    widths = sizes[::BLOCK]
    columns = np.cumsum(widths) - widths
    level = np.arange(len(sizes))
    start = (level % BLOCK) * int(widths.sum()) + columns[level // BLOCK]
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return Deep(
        first=int(levels[deep_from]),
        slot=np.repeat(start, sizes) + within,
        columns=tuple(columns.tolist()),
        widths=tuple(widths.tolist()),
    )


def forward(deep: Deep, into: Floats, multiply: Floats, add: Floats, most: float) -> Floats:
    """x' = m x + c from answer to answer, never above ``most``; ``into`` is the x before the first."""
    # What leaves the machine's range in a block is cut to ``most`` after it.
    with np.errstate(over="ignore"):
        return np.minimum(_forward(deep, into, multiply, add, most), most)


def _forward(deep: Deep, into: Floats, multiply: Floats, add: Floats, most: float) -> Floats:
    times, plus = deep.spread(multiply, 1.0), deep.spread(add, 0.0)
    for row in range(1, BLOCK):
        plus[row] += times[row] * plus[row - 1]
        times[row] *= times[row - 1]
    before = np.empty(deep.n_columns)
    for column, width in zip(deep.columns, deep.widths, strict=True):
        span = slice(column, column + width)
        before[span] = into[:width]
        into = np.minimum(times[-1, span] * before[span] + plus[-1, span], most)
    times *= before
    times += plus
    return np.asarray(times.ravel()[deep.slot])


def backward(deep: Deep, multiply: Floats, add: Floats) -> Floats:
    """x = m (x of the next) + c, from the last answer to the first; 0 after the last."""
    times, plus = deep.spread(multiply, 0.0), deep.spread(add, 0.0)
    for row in range(BLOCK - 2, -1, -1):
        plus[row] += times[row] * plus[row + 1]
        times[row] *= times[row + 1]
    after, into = np.zeros(deep.n_columns), np.zeros(0)
    for column, width in zip(deep.columns[::-1], deep.widths[::-1], strict=True):
        after[column : column + len(into)] = into
        span = slice(column, column + width)
        into = times[0, span] * after[span] + plus[0, span]
    times *= after
    times += plus
    return np.asarray(times.ravel()[deep.slot])
