"""On which line of its file does a row stand? Asked only where there is a fault to tell.

In:   a file of rows, and the numbers of some rows (the header is row 1).
Out:  the line on which each begins: cells in quotes may go over many lines.
Not here: reading of values.

The rows are read again, up to the last that is asked for, by the very parser that read them before: what it
took for the end of a row is the end of a row.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


def lines_of(
    rows: Sequence[int], *, batches: Any, header_lines: int, skipped: dict[int, int]
) -> dict[int, int]:
    """``batches`` yields all columns as bytes, ``skipped`` the ends of lines in each row left out."""
    wanted = sorted(set(rows))
    found = dict[int, int]()
    shift = _Shift(header_lines - 1, skipped)
    row = 2
    for batch in batches:
        if not wanted:
            break
        here = row_numbers(row, batch.num_rows, skipped)
        within = _newlines(batch)
        while wanted and len(here) and wanted[0] <= here[-1]:
            asked = wanted.pop(0)
            before = int(within[: np.searchsorted(here, asked)].sum())
            found[asked] = asked + shift.at(asked) + before
        shift.beyond += int(within.sum())
        row = int(here[-1]) + 1 if len(here) else row
    return found | {asked: asked + shift.at(asked) for asked in wanted}


class _Shift:
    """How many lines more than rows there were, before a row."""

    def __init__(self, header: int, skipped: dict[int, int]) -> None:
        self.beyond, self.skipped = header, [(row, n) for row, n in skipped.items() if n]

    def at(self, row: int) -> int:
        return self.beyond + sum(n for number, n in self.skipped if number < row)


def row_numbers(first: int, n: int, skipped: Collection[int]) -> NDArray[np.int64]:
    """Numbers of the ``n`` rows that were read from number ``first`` on, past those that were left out."""
    beyond = np.array([number for number in skipped if number >= first], np.int64)
    if not len(beyond):
        return np.arange(first, first + n, dtype=np.int64)
    numbers = np.arange(first, first + n + len(beyond), dtype=np.int64)
    return numbers[~np.isin(numbers, beyond)][:n]


def _newlines(batch: pa.RecordBatch) -> NDArray[np.int64]:
    """(n_rows,) ends of lines inside each row's cells."""
    total = np.zeros(batch.num_rows, np.int64)
    for column in batch.columns:
        values = column.buffers()[2]
        if values is not None and (np.frombuffer(values, np.uint8) == ord("\n")).any():
            total += pc.count_substring(column, b"\n").fill_null(0).to_numpy(zero_copy_only=False)
    return total
