"""A whole log with the columns that a question asks for: parsed once, then read back in a moment.

In:   a log of any format; the names of the columns that are wanted beside student, at, item, correct, skills.
Out:  the log as numbers, and each wanted column beside it, row for row; every fault; what was decided.
Not here: how a log is read (door), merged and put in order (table), what it means (core.audit).

The log is first written as a learning log in Parquet (``table.convert``), so what a question reads is what
`plainview log convert` would write: attempts, in order, each once. A second question about the same log reads
only its own columns of that file.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from plainview.core.logs.attempt import COLUMNS, REQUIRED
from plainview.core.logs.coded import Coded
from plainview.core.logs.door import Log, Mapped
from plainview.core.logs.faults import Fault, Faults
from plainview.core.logs.table import Converted, convert

OTHERS = tuple(column for column in COLUMNS if column not in (*REQUIRED, "skills"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """A column of text: row r holds ``names[codes[r]]``, and nothing where the code is -1."""

    codes: NDArray[np.int32]  # (n_rows,)
    names: Sequence[str]

    def is_a(self, *names: str) -> NDArray[np.bool_]:
        """(n_rows,) whether the cell is one of these."""
        wanted = np.array([name in names for name in self.names] + [False])
        return np.asarray(wanted[self.codes], np.bool_)

    def take(self, rows: NDArray[Any]) -> "Labels":
        return Labels(codes=self.codes[rows], names=self.names)


Column: TypeAlias = Labels | NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A log and the columns beside it, aligned with its rows."""

    coded: Coded
    others: Mapping[str, Column]  # text as Labels, numbers with NaN for blank; no key: no such column
    faults: Faults
    told: tuple[str, ...]  # what was decided, left out, merged; each a sentence
    format: str
    n_rows: int  # rows of the file; ``coded.n_rows`` are the attempts

    def text(self, column: str) -> Labels | None:
        """A column of text; None where the log has none, or nothing in it."""
        found = self.others.get(column)
        return found if isinstance(found, Labels) and bool((found.codes >= 0).any()) else None

    def number(self, column: str) -> NDArray[np.float64] | None:
        """A column of numbers; None where the log has none, or nothing in it."""
        found = self.others.get(column)
        return found if isinstance(found, np.ndarray) and not bool(np.isnan(found).all()) else None


def whole(
    log: Log,
    *,
    columns: Sequence[str] = (),
    format: str | None = None,
    mapping: Mapped | None = None,
    kept: Path | None = None,
    key: bytes | None = None,
) -> Whole:
    """Read a log with some of its other columns.

    Parameters
    ----------
    log, format, mapping : as ``door.open_log`` has them
    columns : names of ``OTHERS``, as the learning log calls them ("class", "assigned_by")
    kept : where the log stands, or is to stand, as Parquet; the next question finds it there.
        None: it is written, read and thrown away.
    key : students are called by pseudonyms made with it; None: by the names they have

    Returns
    -------
    Whole

    Raises
    ------
    Mendable
        If nothing can be read.
    ValueError
        If a column is none of a learning log's.
    """
    strange = [column for column in columns if column not in OTHERS]
    if strange:
        raise ValueError(f"columns {strange}: expected some of {', '.join(OTHERS)}.")
    if kept is not None:
        return _read(kept, _parsed(log, kept, format=format, mapping=mapping, key=key), columns)
    with tempfile.TemporaryDirectory(prefix="plainview-log-") as folder:
        there = Path(folder) / "log.parquet"
        return _read(there, _parsed(log, there, format=format, mapping=mapping, key=key), columns)


def how_it_was_read(kept: Path) -> Converted | None:
    """What was told when the log at ``kept`` was parsed; None where nobody has asked for it yet."""
    beside = kept.with_suffix(".told.json")
    return _told(json.loads(beside.read_text(encoding="utf-8"))) if beside.exists() else None


def _parsed(
    log: Log, out: Path, *, format: str | None, mapping: Mapped | None, key: bytes | None
) -> Converted:
    """The log as Parquet at ``out``, and beside it what was told when it was parsed."""
    beside = out.with_suffix(".told.json")
    if out.exists() and (before := how_it_was_read(out)) is not None:
        return before
    done = convert(log, out, format=format, mapping=mapping, key=key)
    beside.write_text(json.dumps(_telling(done), ensure_ascii=False), encoding="utf-8")
    return done


def _telling(done: Converted) -> dict[str, Any]:
    faults = done.faults
    return {
        "n_attempts": done.n_attempts,
        "n_rows": done.n_rows,
        "format": done.format,
        "told": list(done.told),
        "file": faults.file,
        "first": [asdict(fault) for fault in faults.first],
        "by_column": list(faults.by_column.items()),
        "by_kind": [[*kind, n] for kind, n in faults.by_kind.items()],
    }


def _told(said: Mapping[str, Any]) -> Converted:
    faults = Faults(
        file=said["file"],
        first=[Fault(**fault) for fault in said["first"]],
        by_column=Counter(dict(said["by_column"])),
        by_kind=Counter({(column, expected): n for column, expected, n in said["by_kind"]}),
    )
    return Converted(
        n_attempts=said["n_attempts"],
        n_rows=said["n_rows"],
        faults=faults,
        told=tuple(said["told"]),
        format=said["format"],
    )


def _read(path: Path, done: Converted, columns: Sequence[str]) -> Whole:
    with pq.ParquetFile(path) as file:
        there = set(file.schema_arrow.names)
        coded = _coded(file, has_skills="skills" in there)
        others = {column: _column(file, column) for column in columns if column in there}
    return Whole(
        coded=coded,
        others=others,
        faults=done.faults,
        told=done.told,
        format=done.format,
        n_rows=done.n_rows,
    )


def _coded(file: pq.ParquetFile, *, has_skills: bool) -> Coded:
    """One column after the other: no two are held as text at once."""
    student, item = _labels(_one(file, "student")), _labels(_one(file, "item"))
    n_rows = len(student.codes)
    skill, skill_from, skills = _skills(_one(file, "skills")) if has_skills else _no_skills(n_rows)
    at = _one(file, "at")
    is_time = pa.types.is_timestamp(at.type)
    return Coded(
        student=student.codes,
        item=item.codes,
        correct=_one(file, "correct").to_numpy().astype(np.float32),
        skill=skill,
        skill_from=skill_from,
        at_ms=at.cast(pa.int64()).to_numpy() if is_time else None,
        students=student.names,
        items=item.names,
        skills=skills,
    )


def _one(file: pq.ParquetFile, column: str) -> pa.ChunkedArray:
    return file.read(columns=[column], use_threads=False)[column]


def _column(file: pq.ParquetFile, column: str) -> Column:
    found = _one(file, column)
    kind = found.type.value_type if pa.types.is_dictionary(found.type) else found.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _labels(found)
    numbers: NDArray[np.float64] = found.cast(pa.float64()).to_numpy().astype(np.float64)
    return numbers


def _labels(column: pa.ChunkedArray) -> Labels:
    """Codes in the order of first appearance; blank text is nothing."""
    if not len(column):
        return Labels(codes=np.empty(0, np.int32), names=())
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    whole = coded.unify_dictionaries()
    names = whole.chunk(0).dictionary.to_pylist()
    codes = [chunk.indices.fill_null(-1).to_numpy().astype(np.int32) for chunk in whole.chunks]
    return _without_blank(np.concatenate(codes), names)


def _without_blank(codes: NDArray[np.int32], names: list[str]) -> Labels:
    if "" not in names:
        return Labels(codes=codes, names=tuple(names))
    blank = names.index("")
    goes_to = np.arange(len(names) + 1, dtype=np.int32) - (np.arange(len(names) + 1) > blank)
    goes_to[[blank, -1]] = -1
    return Labels(codes=goes_to[codes].astype(np.int32), names=tuple(name for name in names if name))


def _no_skills(n_rows: int) -> tuple[NDArray[np.int32], NDArray[np.int64], tuple[str, ...]]:
    return np.empty(0, np.int32), np.zeros(n_rows + 1, np.int64), ()


def _skills(column: pa.ChunkedArray) -> tuple[NDArray[np.int32], NDArray[np.int64], Sequence[str]]:
    """Skills of each row, one after the other; a row without any has none."""
    labels = _labels(pa.chunked_array([chunk.flatten() for chunk in column.chunks], pa.string()))
    lengths = [np.diff(chunk.offsets.to_numpy()) for chunk in column.chunks]
    empty = [chunk.is_null().to_numpy(zero_copy_only=False) for chunk in column.chunks]
    each = np.concatenate([*lengths, np.empty(0, np.int32)])
    each = np.where(np.concatenate([*empty, np.empty(0, np.bool_)]), 0, each)
    return labels.codes, np.concatenate([[0], np.cumsum(each, dtype=np.int64)]).astype(np.int64), labels.names
