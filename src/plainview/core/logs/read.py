"""From a file of rows to attempts, one at a time, with every fault by line and column.

In:   an open CSV file with a header line; any order of columns.
Out:  attempts as they are read; afterwards, the faults. A row with a fault is left out, the rest is read.
Not here: what an attempt means; other systems' formats.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from plainview.core.logs.attempt import COLUMNS, REQUIRED, WAYS, Attempt, field_of
from plainview.core.logs.faults import Faults, quoted
from plainview.core.logs.safe import unguard

# Where a file is opened with errors="surrogateescape", bytes that are not UTF-8 arrive as these.
_NOT_UTF8 = re.compile("[\ud800-\udfff]")


@dataclass(slots=True, kw_only=True)
class Reading:
    """Iterate once for the attempts; the faults are complete when the iteration has ended."""

    file: TextIO
    faults: Faults
    unknown_columns: tuple[str, ...] = ()  # not invalid: another's columns are passed by, and named
    n_read: int = 0
    _kind_of_at: type | None = field(default=None, repr=False)
    _last: tuple[object, ...] = field(default=(), repr=False)

    def __iter__(self) -> Iterator[Attempt]:
        rows = self._rows()
        header = self._header(next(rows, None))
        if header is None:
            return
        for line, cells in rows:
            if (attempt := self._attempt(line, cells, header)) is not None:
                self.n_read += 1
                yield attempt

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with the line they end on; a row that is no CSV is a fault, and the next one is tried."""
        rows = csv.reader(self.file)
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                self.faults.add(rows.line_num, "", found=f"a row that is no CSV ({error})", expected="one")
                continue
            if cells:
                yield rows.line_num, cells

    def _header(self, first: tuple[int, list[str]] | None) -> list[str] | None:
        if first is None:
            self.faults.add(1, "", found="an empty file", expected=f"a header with {', '.join(REQUIRED)}")
            return None
        line, header = first[0], [cell.strip().removeprefix("\ufeff") for cell in first[1]]
        wrong = [column for column in REQUIRED if column not in header]
        twice = sorted({column for column in header if column in COLUMNS and header.count(column) > 1})
        for column in wrong:
            self.faults.add(line, column, found="no such column", expected="it in the header")
        for column in twice:
            self.faults.add(line, column, found="it more than once", expected="each column once")
        self.unknown_columns = tuple(column for column in header if column not in COLUMNS)
        return None if wrong or twice else header

    def _attempt(self, line: int, cells: list[str], header: list[str]) -> Attempt | None:
        if len(cells) != len(header):
            self.faults.add(
                line, "", found=f"{len(cells)} cells", expected=f"{len(header)}, as in the header"
            )
            return None
        before, values = self.faults.n, dict[str, Any]()
        for column, cell in zip(header, cells, strict=True):
            if column in WAYS:
                self._cell(line, column, cell, values)
        if self.faults.n > before or self._is_said_twice(line, values):
            return None
        return Attempt(**values)

    def _cell(self, line: int, column: str, cell: str, values: dict[str, Any]) -> None:
        way = WAYS[column]
        if _NOT_UTF8.search(cell):
            self.faults.add(line, column, found="bytes that are not UTF-8", expected="a file in UTF-8")
        elif not cell.strip():
            if column in REQUIRED:
                self.faults.add(line, column, found="nothing", expected=way.expected)
        else:
            try:
                value = way.read(unguard(cell) if way.is_text else cell.strip())
            except (ValueError, OverflowError):
                self.faults.add(line, column, found=quoted(cell), expected=way.expected)
            else:
                if column != "at" or self._is_of_one_sort(line, cell, value):
                    values[field_of(column)] = value

    def _is_of_one_sort(self, line: int, cell: str, value: object) -> bool:
        self._kind_of_at = self._kind_of_at or type(value)
        if type(value) is self._kind_of_at:
            return True
        expected = "a place in the order" if self._kind_of_at is int else "a time"
        self.faults.add(line, "at", found=quoted(cell), expected=f"{expected}, as in the rows before")
        return False

    def _is_said_twice(self, line: int, values: dict[str, Any]) -> bool:
        """One row per skill leaks the answer: a model looks cleverer than it is."""
        last, self._last = self._last, (values["student"], values["at"], values["item"])
        if self._last != last:
            return False
        found = "the same student, time and item as in the row before"
        self.faults.add(line, "", found=found, expected="one row an attempt, with all its skills in it")
        return True


def read(file: TextIO, *, name: str = "log.csv") -> Reading:
    """``name`` is what the faults call the file."""
    return Reading(file=file, faults=Faults(file=name))
