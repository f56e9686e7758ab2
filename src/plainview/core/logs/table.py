"""The learning log as a table, larger than memory: converted to a file, or given out in shards of students.

In:   a log of any format.
Out:  tables with the log's own columns, each attempt one row, in order; a file of them; shards.
Not here: how a log is read (door), what is computed of a shard (core.learner).

What is in memory at once is a window of rows, eight bytes for each row of the log, and what DuckDB may hold
to sort and merge: beyond that it puts rows aside on the disk, beside the file that is written.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from plainview.core.logs.attempt import COLUMNS, WAYS
from plainview.core.logs.cells import Texts
from plainview.core.logs.door import Log, Mapped, file_of, read_log
from plainview.core.logs.duck import batches
from plainview.core.logs.faults import Faults
from plainview.core.logs.gather import DAY_MS, Names, labelled, mixed
from plainview.core.logs.pseudonym import pseudonym
from plainview.core.logs.rows import Coding, Reading, Rows
from plainview.core.logs.safe import guard
from plainview.core.logs.span import doubted
from plainview.core.mendable import Mendable
from plainview.core.plural import counted

MEMORY = "2GB"  # what DuckDB may hold while it sorts and merges
ROWS_AT_ONCE = 1_000_000
MERGED_AT_ONCE = 1_000_000  # rows of whole students; DuckDB sorts on the disk, but merges in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What was written, and how it was read."""

    n_attempts: int
    n_rows: int
    faults: Faults
    told: tuple[str, ...]
    format: str


@dataclass(slots=True)
class _Watch:
    """Whether rows stand in order, and whether any attempt stands twice: eight bytes a row."""

    students: Names
    items: Names
    seen: list[NDArray[np.uint64]]
    last: int = -(2**63)
    in_order: bool = True
    only_days: bool = True
    least: int = 2**63 - 1
    most: int = -(2**63)

    def pass_by(self, rows: Rows) -> None:
        if not len(rows.at):
            return
        self.seen.append(mixed(self.students.recode(rows.student), self.items.recode(rows.item), rows.at))
        rising = bool(np.all(rows.at[1:] >= rows.at[:-1])) and int(rows.at[0]) >= self.last
        self.in_order, self.last = self.in_order and rising, int(rows.at[-1])
        self.only_days = self.only_days and not bool(np.any(rows.at % DAY_MS))
        self.least, self.most = min(self.least, int(rows.at.min())), max(self.most, int(rows.at.max()))

    def repeats(self) -> bool:
        """Or perhaps not: two may look alike by chance. Then all are compared, and nothing merges."""
        if not self.seen:
            return False
        every = np.sort(np.concatenate(self.seen))
        return bool(np.any(every[1:] == every[:-1]))


def convert(
    path: Log,
    out: str | Path,
    *,
    format: str | None = None,
    mapping: Mapped | None = None,
    scaffolds: bool = False,
    key: bytes | None = None,
) -> Converted:
    """Write a log of any format as a learning log.

    Parameters
    ----------
    path, format, mapping, scaffolds : as ``door.open_log`` has them
    out : where to: .parquet, or .csv (packed where it ends in .gz)
    key : students are written by pseudonyms made with it (``pseudonym``); None: by the names they have

    Returns
    -------
    Converted
        Attempts are one row each, with all their skills, in the order in which they happened.

    Raises
    ------
    Mendable
        If nothing can be read, or ``out`` has another ending.
    """
    out = Path(out)
    if not out.name.lower().endswith((".parquet", ".csv", ".csv.gz")):
        raise Mendable(f"{out}: expected a name that ends in .parquet, .csv or .csv.gz.")
    reading = read_log(path, format=format, mapping=mapping, scaffolds=scaffolds, others=True)
    labels = labels_of(path, format, mapping) if reading.format.skill_label else {}
    watch = _Watch(Names(), Names(), [])
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".log-") as folder:
        part = Path(folder) / "rows.parquet"
        n = _write_parquet(part, _watched(reading, watch, labels, key))
        told = list(reading.format.told) + reading.told()
        repeats = watch.repeats()
        if n and (repeats or not watch.in_order):
            only_days = watch.only_days and reading.is_time
            part, n_before = _tidied(part, Path(folder), n if repeats else 0, only_days=only_days), n
            n = pq.ParquetFile(part).metadata.num_rows
            told += _told_of_tidying(n_before - n, in_order=watch.in_order)
        told += doubted(watch.least, watch.most) if n and reading.is_time else []
        _put(part, out, is_time=reading.is_time)
    return Converted(
        n_attempts=n,
        n_rows=reading.n_rows,
        faults=reading.faults(file=file_of(path)),
        told=tuple(told),
        format=reading.format.name,
    )


def _told_of_tidying(n_merged: int, *, in_order: bool) -> list[str]:
    said = []
    if n_merged:
        said.append(
            f"{counted(n_merged, 'row', 'repeat')} an attempt, for another skill or not at all: "
            "each attempt is one row with all its skills, and the first answer. "
            "Read as attempts of their own they would let the answer leak"
        )
    if not in_order:
        said.append("rows did not stand in order: they are put in order")
    return said


def labels_of(path: Log, format: str | None, mapping: Mapped | None) -> dict[str, str]:
    """Names of skills that a file has numbers for: all of it is read, before the first row is named."""
    reading = read_log(path, format=format, mapping=mapping)
    for _ in reading:
        pass
    names = labelled(tuple(reading.labels), reading.labels)
    return dict(zip(reading.labels, names, strict=True))


def _watched(
    reading: Reading, watch: _Watch, labels: dict[str, str], key: bytes | None
) -> Iterator[pa.Table]:
    called = dict[str, str]()
    for rows in reading:
        watch.pass_by(rows)
        hidden = rows if key is None else replace(rows, student=_hidden(rows.student, key, called))
        yield as_table(hidden, is_time=reading.is_time, labels=labels)


def _hidden(student: Coding, key: bytes, called: dict[str, str]) -> Coding:
    """Pseudonyms for names; each is made once."""
    for name in student.names:
        if name not in called:
            called[name] = pseudonym(name, key=key)
    return Coding(codes=student.codes, names=[called[name] for name in student.names])


def as_table(rows: Rows, *, is_time: bool, labels: dict[str, str] | None = None) -> pa.Table:
    """A window of rows with the log's own columns."""
    at = pa.array(rows.at)
    columns: dict[str, Any] = {
        "student": _named(rows.student),
        "at": at.cast(pa.timestamp("ms", "UTC")) if is_time else at,
        "item": _named(rows.item),
        "correct": pa.array(rows.correct),
    }
    if rows.skills is not None:
        named = [[(labels or {}).get(skill, skill) for skill in skills] for skills in rows.skills.names]
        lists = pa.array([*named, []], pa.list_(pa.string()))
        codes = np.where(rows.skills.codes < 0, len(named), rows.skills.codes)
        columns["skills"] = lists.take(pa.array(codes))
    columns |= rows.others
    return pa.table({column: columns[column] for column in COLUMNS if column in columns})


def _named(coding: Coding) -> pa.Array:
    names = coding.names.array if isinstance(coding.names, Texts) else pa.array(coding.names, pa.string())
    return names.take(pa.array(coding.codes))


def _write_parquet(path: Path, tables: Iterator[pa.Table]) -> int:
    writer, n = None, 0
    try:
        for table in tables:
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table.cast(writer.schema) if table.schema != writer.schema else table)
            n += table.num_rows
    finally:
        if writer is not None:
            writer.close()
    if writer is None:
        pq.write_table(_nothing(), path)
    return n


def _tidied(part: Path, folder: Path, n_to_merge: int, *, only_days: bool) -> Path:
    """One row an attempt, in the order in which they happened; where no row repeats another, none is merged.

    Rows are put in order on the disk; merging is done in memory, so it takes some students at a time.
    """
    import duckdb

    try:
        with duckdb.connect() as db:
            return _put_in_order(db, part, folder, n_to_merge, only_days=only_days)
    except duckdb.Error as fault:
        what = str(fault).partition(":")[0]  # behind it stands a path of this machine
        raise Mendable(
            f"The log's rows could not be put in order here ({what}): expected free room on the disk, about "
            "twice what the log takes."
        ) from None


def _put_in_order(db: Any, part: Path, folder: Path, n_to_merge: int, *, only_days: bool) -> Path:
    out, schema = folder / "tidy.parquet", pq.read_schema(part)
    db.execute("set threads = 1")
    db.execute(f"set memory_limit = '{MEMORY}'")
    db.execute("set enable_progress_bar = false")
    db.execute("set temp_directory = $folder", {"folder": str(folder / "aside")})
    rows = _numbered(part, schema.names)
    if n_to_merge:
        rows = _merged(db, rows, folder, schema.names, n_to_merge, only_days=only_days)
    found = batches(db, f'select * exclude (place) from ({rows}) order by "at", place', ROWS_AT_ONCE)  # noqa: S608
    _write_parquet(out, (pa.Table.from_batches([one]).cast(schema) for one in found))
    return out


def _numbered(part: Path, columns: list[str]) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    rows = f"read_parquet({_quoted(str(part))}, file_row_number = true)"
    return f"select {named}, file_row_number as place from {rows}"  # noqa: S608 - columns of ours


def _merged(db: Any, rows: str, folder: Path, columns: list[str], n: int, *, only_days: bool) -> str:
    n_parts = -(-n // MERGED_AT_ONCE)
    for k in range(n_parts):
        some = f"select * from ({rows}) where hash(student) % {n_parts} = {k}"  # noqa: S608 - numbers of ours
        into = _quoted(str(folder / f"merged-{k}.parquet"))
        db.execute(f"copy ({_merge_query(some, columns, only_days=only_days)}) to {into} (format parquet)")
    return f"select * from read_parquet({_quoted(str(folder / 'merged-*.parquet'))})"  # noqa: S608 - our folder


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _merge_query(rows: str, columns: list[str], *, only_days: bool) -> str:
    """One row an attempt: the first row's cells, and the skills of all, each once, in their order."""
    has_skills = "skills" in columns
    every = "flatten(list(skills order by place))"
    once = f"list_filter({every}, lambda skill, n: list_position({every}, skill) = n)"
    picked = ", ".join(
        f"{once} as skills" if column == "skills" else f'first("{column}" order by place) as "{column}"'
        for column in columns
    )
    nth = 'row_number() over (partition by student, "at", item'
    nth = f"{nth}{', skills' if has_skills else ''} order by place)" if only_days else "1"
    numbered = f"select *, {nth} as nth from ({rows})"  # noqa: S608
    return f'select {picked}, min(place) as place from ({numbered}) group by student, "at", item, nth'  # noqa: S608


def _put(part: Path, out: Path, *, is_time: bool) -> None:
    """The finished file takes its place in one step: nobody finds half a log there."""
    if out.name.lower().endswith(".parquet"):
        part.replace(out)
        return
    ready = part.with_name("ready" + ("".join(out.suffixes[-2:]) if out.suffix == ".gz" else out.suffix))
    with pq.ParquetFile(part) as file, pa.output_stream(str(ready), compression="detect") as stream:
        stream.write((",".join(file.schema_arrow.names) + "\n").encode())
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE):
            _write_csv(_as_cells(pa.Table.from_batches([batch]), is_time=is_time), stream)
    ready.replace(out)


def _write_csv(cells: pa.Table, stream: Any) -> None:
    """Without quotes where no cell needs them."""
    held = pa.BufferOutputStream()
    try:
        pa_csv.write_csv(cells, held, pa_csv.WriteOptions(include_header=False, quoting_style="none"))
    except pa.ArrowInvalid:
        held = pa.BufferOutputStream()
        pa_csv.write_csv(cells, held, pa_csv.WriteOptions(include_header=False, quoting_style="needed"))
    stream.write(held.getvalue())


def _as_cells(table: pa.Table, *, is_time: bool) -> pa.Table:
    """Cells as the writer of attempts (write) has them: guarded text, times in UTC, skills with ; between."""
    columns = {}
    for name in table.column_names:
        column = table[name]
        if name == "at":
            column = pc.strftime(column, "%Y-%m-%dT%H:%M:%SZ") if is_time else column
        elif name == "skills":
            column = _guarded(_joined(column))
        elif WAYS[name].is_text:
            column = _guarded(column)
        columns[name] = column
    return pa.table(columns)


def _joined(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pc.any(pc.match_substring(pc.list_flatten(column), ";")).as_py():
        raise Mendable(
            "a skill's name holds a ; which stands between skills in CSV: expected .parquet instead."
        )
    return pc.binary_join(column, ";")


def _guarded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    coded = column.combine_chunks().dictionary_encode()
    names = [None if name is None else guard(name) for name in coded.dictionary.to_pylist()]
    return pa.chunked_array([pa.array(names, pa.string()).take(coded.indices)])


# --- shards ---


def shard_of(student: str, n: int) -> int:
    """Which of ``n`` shards a student belongs to: the same everywhere, and for ever (CRC-32 of the name)."""
    return crc32(student.encode()) % n


def shard(path: Log, i: int, n: int, *, format: str | None = None, mapping: Mapped | None = None) -> pa.Table:
    """The attempts of the students of shard ``i`` (0 to ``n`` - 1): the log is read once, nothing else held.

    Rows stand as in the file; ``door.open_log`` takes the table as it takes a file, and merges and orders it.
    """
    if not 0 <= i < n:
        raise ValueError(f"shard {i} of {n}: expected 0 to {n - 1}.")
    reading = read_log(path, format=format, mapping=mapping)
    labels = labels_of(path, format, mapping) if reading.format.skill_label else {}
    held = [
        as_table(_only(rows, _shards(rows.student, n) == i), is_time=reading.is_time, labels=labels)
        for rows in reading
    ]
    return pa.concat_tables(held) if held else _nothing()


def _nothing() -> pa.Table:
    text, number = pa.array([], pa.string()), pa.array([], pa.int64())
    skills, share = pa.array([], pa.list_(pa.string())), pa.array([], pa.float32())
    return pa.table({"student": text, "at": number, "item": text, "skills": skills, "correct": share})


def shards(
    path: Log, n: int, *, format: str | None = None, mapping: Mapped | None = None
) -> Iterator[pa.Table]:
    """All shards, one after the other: the log is read once and put aside by student, then each is loaded.

    Memory: one window of rows, and one shard. Each is what ``shard`` gives.
    """
    if n < 1:
        raise ValueError(f"{n} shards: expected at least 1.")
    reading = read_log(path, format=format, mapping=mapping)
    labels = labels_of(path, format, mapping) if reading.format.skill_label else {}
    with tempfile.TemporaryDirectory(prefix="plainview-shards-") as folder:
        parts = _put_aside(reading, labels, n, Path(folder))
        for i in range(n):
            yield pq.read_table(parts[i]) if i in parts else _nothing()


def _put_aside(reading: Reading, labels: dict[str, str], n: int, folder: Path) -> dict[int, Path]:
    writers = dict[int, pq.ParquetWriter]()
    try:
        for rows in reading:
            of = _shards(rows.student, n)
            for i in np.unique(of).tolist():
                table = as_table(_only(rows, of == i), is_time=reading.is_time, labels=labels)
                if i not in writers:
                    writers[i] = pq.ParquetWriter(folder / f"{i}.parquet", table.schema, compression="zstd")
                writers[i].write_table(table)
    finally:
        for writer in writers.values():
            writer.close()
    return {i: folder / f"{i}.parquet" for i in writers}


def _shards(student: Coding, n: int) -> NDArray[np.int64]:
    each = np.fromiter((crc32(name.encode()) % n for name in student.names), np.int64, len(student.names))
    return each[student.codes]


def _only(rows: Rows, which: NDArray[np.bool_]) -> Rows:
    def some(coding: Coding) -> Coding:
        return Coding(codes=coding.codes[which], names=coding.names)

    return Rows(
        row=rows.row[which],
        student=some(rows.student),
        item=some(rows.item),
        skills=None if rows.skills is None else some(rows.skills),
        correct=rows.correct[which],
        at=rows.at[which],
        others={name: column.filter(pa.array(which)) for name, column in rows.others.items()},
    )
