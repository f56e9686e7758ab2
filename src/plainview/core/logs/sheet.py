"""Tables of any size, a window of rows at a time: CSV and tab, Parquet, Arrow; packed or not.

In:   a path, or a table that is already here.
Out:  the header; windows of the columns that are asked for; on which line a row stands.
Not here: what a column means (formats, rows).

Rows are numbered as they stand in the file, so that a fault can be told by its line: the header is row 1 of a
sheet; a table without a header begins with row 1.
"""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from plainview.core.logs import lines
from plainview.core.logs.escaped import Escaping, put_back
from plainview.core.logs.faults import MOST_SHOWN
from plainview.core.mendable import Mendable

# A window is what is in memory at once: about 100 MB of a log with six columns.
WINDOW_ROWS = 1_000_000
_BLOCK = 1 << 23  # bytes that the parser holds; no cell may be longer
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    columns: dict[int, pa.Array]  # by their place in the header
    row: NDArray[np.int64]  # (n_rows,) the number of each row in the file

    @property
    def n_rows(self) -> int:
        return len(self.row)


@dataclass(slots=True, kw_only=True)
class Skipped:
    """A row that is no row: the wrong number of cells."""

    row: int
    found: str
    expected: str
    n: int = 1  # such rows, where more were found than are shown


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A text file of rows with a header."""

    path: Path
    delimiter: str
    quoted: bool
    header: tuple[str, ...]
    header_lines: int
    encoding: str
    has_rows: bool = True
    place: str = "line"
    skipped: list[Skipped] = field(default_factory=list)
    _left_out: dict[int, int] = field(default_factory=dict)  # by row: the ends of lines inside it
    _n_quotes: int = 0

    def windows(
        self, columns: Sequence[int], *, plain: Collection[int] = (), rows: int = WINDOW_ROWS
    ) -> Iterator[Window]:
        """Rows that have the header's number of cells; the others are in ``skipped`` afterwards."""
        self.skipped, self._left_out = [], {}
        coded = pa.dictionary(pa.int32(), pa.binary())
        kinds = {_name(n): pa.binary() if n in plain else coded for n in columns}
        row = 2
        for table in _gathered(self._batches(kinds, told=True), rows):
            numbers = lines.row_numbers(row, table.num_rows, self._left_out)
            row = int(numbers[-1]) + 1 if len(numbers) else row
            yield Window(columns={n: _whole(table[_name(n)]) for n in columns}, row=numbers)
        if self.quoted and self._n_quotes % 2:
            self._tell_of_an_open_quote()

    def _skip(self, row: Any) -> None:
        if len(self.skipped) >= MOST_SHOWN:
            self.skipped[-1].n += 1
            return
        expected = f"{row.expected_columns}, as in the header"
        self.skipped.append(Skipped(row=row.number, found=f"{row.actual_columns} cells", expected=expected))

    def _tell_of_an_open_quote(self) -> None:
        """Its cell has swallowed the rest of the file, and the last row alone shows it."""
        row, last = 1 + len(self._left_out), None
        for batch in self._batches(self._all(), told=False):
            row, last = row + batch.num_rows, batch if batch.num_rows else last
        cells = last.slice(last.num_rows - 1).to_pylist()[0].values() if last is not None else ()
        swallowed = self._left_out[row] > 0 if row in self._left_out else any(b"\n" in cell for cell in cells)
        if swallowed:
            found = "a quote that is opened and not closed: the rest of the file is in its cell"
            self.skipped.append(Skipped(row=row, found=found, expected="its end"))

    def _all(self) -> dict[str, pa.DataType]:
        return {_name(n): pa.binary() for n in range(len(self.header))}

    def places(self, rows: Sequence[int]) -> dict[int, tuple[str, int]]:
        """File and line of these rows."""
        if not rows:
            return {}
        found = lines.lines_of(
            rows,
            batches=self._batches(self._all(), told=False),
            header_lines=self.header_lines,
            skipped=dict(self._left_out),
        )
        return {row: (str(self.path), line) for row, line in found.items()}

    def _batches(self, kinds: dict[str, pa.DataType], *, told: bool) -> Iterator[pa.RecordBatch]:
        def wrong(row: Any) -> str:
            if told:
                self._left_out[row.number] = row.text.count("\n")
                self._skip(row)
            return "skip"

        if not self.has_rows:
            return
        try:
            with pa.input_stream(str(self.path), compression="detect") as stream:
                counted = _Counted(stream, escaping=self.encoding.lower().replace("-", "") == "utf8")
                reader = pa_csv.open_csv(
                    pa.PythonFile(counted, mode="r"),
                    read_options=pa_csv.ReadOptions(
                        use_threads=False,
                        block_size=_BLOCK,
                        column_names=[_name(n) for n in range(len(self.header))],
                        skip_rows_after_names=1,
                        encoding=self.encoding,
                    ),
                    parse_options=pa_csv.ParseOptions(
                        delimiter=self.delimiter,
                        quote_char='"' if self.quoted else False,
                        newlines_in_values=self.quoted,
                        ignore_empty_lines=False,  # or rows could not be numbered
                        invalid_row_handler=wrong,
                    ),
                    convert_options=pa_csv.ConvertOptions(
                        column_types=kinds,
                        include_columns=list(kinds),
                        check_utf8=False,  # cell by cell instead: one bad byte must not cost the file
                        strings_can_be_null=False,
                    ),
                )
                for batch in reader:
                    yield put_back(batch) if counted.escaping and counted.escaping.any else batch
                self._n_quotes = counted.n_quotes
        except (pa.ArrowInvalid, OSError, EOFError) as fault:
            raise Mendable(f"{self.path}: cannot be read to its end ({_short(fault)}).") from None


class _Counted:
    """A stream that counts the quotes that pass, and in which every byte is UTF-8."""

    def __init__(self, stream: Any, *, escaping: bool) -> None:
        self.stream, self.n_quotes, self.closed = stream, 0, False
        self.escaping = Escaping() if escaping else None
        self.held = b""  # what an escape has made longer waits: more than was asked for may not be given

    def read(self, n: int = -1) -> bytes:
        while not self.held:
            passed: bytes = self.stream.read(n)
            self.n_quotes += passed.count(b'"')
            if self.escaping is None:
                return passed
            self.held = self.escaping.piece(passed, is_last=not passed)
            if not passed:
                break
        if n < 0 or len(self.held) <= n:
            given, self.held = self.held, b""
        else:
            given, self.held = self.held[:n], self.held[n:]
        return given

    def close(self) -> None:
        self.closed = True


def _short(fault: Exception) -> str:
    said = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
    if "straddling" in said or "out of sync" in said:
        return "a quote is opened and not closed, or a cell is longer than 8 MB"
    return said


def _name(n: int) -> str:
    return f"c{n}"


def _gathered(batches: Iterator[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    held, n = list[pa.RecordBatch](), 0
    for batch in batches:
        held.append(batch)
        n += batch.num_rows
        if n >= rows:
            yield pa.Table.from_batches(held)
            held, n = [], 0
    if n:
        yield pa.Table.from_batches(held)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """One array with one dictionary."""
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    if column.num_chunks == 1:
        return column.chunk(0)
    whole = column.combine_chunks()
    return whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole


@dataclass(slots=True, kw_only=True)
class Table:
    """Parquet files, Arrow files, or a table that is already here: columns with types, rows without lines."""

    file: str
    header: tuple[str, ...]
    parts: tuple[Path | pa.Table, ...]
    place: str = "row"
    skipped: list[Skipped] = field(default_factory=list)

    def windows(
        self, columns: Sequence[int], *, plain: Collection[int] = (), rows: int = WINDOW_ROWS
    ) -> Iterator[Window]:
        chosen, row = [self.header[n] for n in columns], 1
        for part in self.parts:
            for table in _gathered(_part_batches(part, chosen, rows), rows):
                numbers = np.arange(row, row + table.num_rows, dtype=np.int64)
                row += table.num_rows
                yield Window(columns={n: _whole(table[self.header[n]]) for n in columns}, row=numbers)

    def places(self, rows: Sequence[int]) -> dict[int, tuple[str, int]]:
        return {row: (self.file, row) for row in rows}


def _part_batches(part: Path | pa.Table, columns: list[str], rows: int) -> Iterator[pa.RecordBatch]:
    if isinstance(part, pa.Table):
        yield from part.select(columns).to_batches(max_chunksize=rows)
    elif part.suffix.lower() in (".arrow", ".feather", ".ipc"):
        with pa.memory_map(str(part)) as stream, pa.ipc.open_file(stream) as file:
            for n in range(file.num_record_batches):
                yield file.get_batch(n).select(columns)
    else:
        with pq.ParquetFile(part, read_dictionary=_text_columns(part, columns)) as file:
            yield from file.iter_batches(batch_size=rows, columns=columns)


def _text_columns(part: Path, columns: list[str]) -> list[str]:
    """Text comes coded from the file as it is: nothing is decoded that is only coded again."""
    schema = pq.read_schema(part)
    return [c for c in columns if pa.types.is_string(schema.field(c).type)]


def open_sheet(path: Path, *, delimiter: str = "", quoted: bool = True, encoding: str = "utf-8") -> Sheet:
    """The header of a text file.

    Raises
    ------
    Mendable
        If there is no such file, or nothing in it.
    """
    head, encoding = _head(path, encoding)
    if not head.strip():
        raise Mendable(f"{path}: found an empty file, expected a header with student, at, item, correct.")
    delimiter = delimiter or _delimiter(head.lstrip().splitlines()[0])
    blank_before = len(head) - len(head.lstrip("\r\n"))
    reader = csv.reader(
        io.StringIO(head, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    if blank_before:
        raise Mendable(f"{path}, line 1: found nothing, expected a header with student, at, item, correct.")
    header = tuple(cell.strip() for cell in next(reader))
    header_lines = reader.line_num
    return Sheet(
        path=path,
        delimiter=delimiter,
        quoted=quoted,
        header=header,
        header_lines=header_lines,
        has_rows=len(head) >= _HEAD // 4 or any(reader),
        encoding=encoding if encoding.startswith("utf-16") else "utf8",
    )


def _head(path: Path, encoding: str) -> tuple[str, str]:
    try:
        with pa.input_stream(str(path), compression="detect") as stream:
            raw = stream.read(_HEAD)
    except FileNotFoundError:
        raise Mendable(f"{path}: there is no such file.") from None
    except (OSError, pa.ArrowInvalid) as fault:
        raise Mendable(f"{path}: this file cannot be read ({_short(fault)}).") from None
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace").removeprefix("\ufeff"), "utf-16"
    return raw.decode("utf-8", errors="replace").removeprefix("\ufeff"), encoding


def _delimiter(line: str) -> str:
    return max(",\t;|", key=line.count)


def open_table(path: Path) -> Table:
    """Parquet or Arrow: one file, or a folder of them in the order of their names."""
    parts = tuple(sorted(path.glob("*.parquet"))) if path.is_dir() else (path,)
    try:
        schemas = [_schema(part) for part in parts]
    except FileNotFoundError:
        raise Mendable(f"{path}: there is no such file.") from None
    except (pa.ArrowInvalid, OSError) as fault:
        raise Mendable(f"{path}: this file cannot be read ({_short(fault)}).") from None
    header = tuple(schemas[0].names)
    for part, schema in zip(parts, schemas, strict=True):
        if tuple(schema.names) != header:
            raise Mendable(f"{part}: found other columns than in {parts[0].name}, expected the same in all.")
    return Table(file=str(path), header=header, parts=parts)


def _schema(part: Path) -> pa.Schema:
    if part.suffix.lower() in (".arrow", ".feather", ".ipc"):
        with pa.memory_map(str(part)) as stream, pa.ipc.open_file(stream) as file:
            return file.schema
    return pq.read_schema(part)
