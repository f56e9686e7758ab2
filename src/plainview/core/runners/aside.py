"""A log of any size, laid aside by student: every shard's attempts in one file, in the order of the log.

In:   a log of any format; how many shards; a folder.
Out:  a file a shard. Only one window of the log is in memory at a time.
Not here: what is computed of a shard (job).

Laid once, read by every runner: a run that was interrupted does not read the log again.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from plainview.core.logs.door import Log, Mapped, read_log
from plainview.core.logs.rows import Reading, Rows
from plainview.core.logs.table import as_table, labels_of, shard_of
from plainview.core.mendable import Mendable

COLUMNS = ("student", "at", "item", "skills", "correct")
_BYTES = 1 << 22
_LABEL = "laid.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Where each shard lies. A shard without students has no file."""

    folder: Path
    n: int
    log: str  # fingerprint of the log
    n_rows: int
    n_faults: int
    told: tuple[str, ...]

    def place(self, shard: int) -> Path:
        return self.folder / f"{shard:05}.parquet"

    def table(self, shard: int) -> pa.Table | None:
        """The attempts of one shard, in the order of the log."""
        place = self.place(shard)
        return pq.read_table(place, columns=self._columns(place)) if place.exists() else None

    def _columns(self, place: Path) -> list[str]:
        there = pq.read_schema(place).names
        return [column for column in COLUMNS if column in there]


def lay(
    log: Log,
    folder: Path,
    *,
    n: int,
    only: int | None = None,
    format: str | None = None,
    mapping: Mapped | None = None,
) -> Laid:
    """Lay a log aside, or find it laid.

    Parameters
    ----------
    log, format, mapping : as ``door.open_log`` has them
    folder : where to; made if it is not there
    n : how many shards
    only : lay this shard alone (0 to ``n`` - 1)

    Raises
    ------
    Mendable
        If nothing can be read, or another log lies in ``folder``.
    """
    if n < 1 or not (only is None or 0 <= only < n):
        raise ValueError(f"shard {only} of {n}: expected 0 to {n - 1}.")
    about = f"{fingerprint(log)} {only} {format} {mapping}"
    found = _found(folder, n, about)
    if found is not None:
        return found
    folder.mkdir(parents=True, exist_ok=True)
    reading = read_log(log, format=format, mapping=mapping)
    labels = labels_of(log, format, mapping) if reading.format.skill_label else {}
    laid = Laid(folder=folder, n=n, log=about, n_rows=0, n_faults=0, told=())
    _write(laid, reading, labels, only)
    faults = reading.faults(file="the log")
    laid = Laid(
        folder=folder,
        n=n,
        log=about,
        n_rows=reading.n_rows,
        n_faults=faults.n,
        told=(*reading.format.told, *reading.told()),
    )
    label = {name: value for name, value in asdict(laid).items() if name != "folder"}
    (folder / _LABEL).write_text(json.dumps(label))
    return laid


def _found(folder: Path, n: int, about: str) -> Laid | None:
    label = folder / _LABEL
    if not label.exists():
        return None
    held: dict[str, Any] = json.loads(label.read_text())
    if (held["n"], held["log"]) != (n, about):
        raise Mendable(
            f"{folder}: found another log, or other shards of it; expected those of this run. "
            "Name another folder, or remove this one."
        )
    return Laid(folder=folder, **{**held, "told": tuple(held["told"])})


def fingerprint(log: Log) -> str:
    """Changes with any byte of the log."""
    found = blake2b(digest_size=16)
    if isinstance(log, pa.Table):
        for batch in log.combine_chunks().to_batches():
            found.update(batch.serialize())
        return found.hexdigest()
    path = Path(log)
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            found.update(file.name.encode())
            for piece in _pieces(file):
                found.update(piece)
    return found.hexdigest()


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_BYTES):
            yield piece


def _write(laid: Laid, reading: Reading, labels: dict[str, str], only: int | None) -> None:
    writers = dict[int, pq.ParquetWriter]()
    n_before, shard_by_name = 0, dict[str, int]()
    try:
        for rows in reading:
            shard = _shards(rows, laid.n, shard_by_name)
            table = as_table(rows, is_time=reading.is_time, labels=labels)
            table = table.append_column("row", pa.array(np.arange(n_before, n_before + len(shard))))
            n_before += len(shard)
            for i, part in _by_shard(table, shard, only):
                if i not in writers:
                    writers[i] = pq.ParquetWriter(laid.place(i), part.schema, compression="lz4")
                writers[i].write_table(part.cast(writers[i].schema))
    finally:
        for writer in writers.values():
            writer.close()


def _shards(rows: Rows, n: int, known: dict[str, int]) -> NDArray[np.int32]:
    names = rows.student.names
    for name in names:
        if name not in known:
            known[name] = shard_of(name, n)
    each = np.array([known[name] for name in names], np.int32)
    return each[rows.student.codes]


def _by_shard(table: pa.Table, shard: NDArray[np.int32], only: int | None) -> Iterator[tuple[int, pa.Table]]:
    """Each shard's rows of one window: the window is put in order once, and cut."""
    table = table.append_column("shard", pa.array(shard))
    if only is not None:
        kept = np.flatnonzero(shard == only)
        if len(kept):
            yield only, table.take(kept)
        return
    order = np.argsort(shard, kind="stable")
    table, sizes = table.take(order), np.bincount(shard)
    starts = np.cumsum(sizes) - sizes
    for i in np.flatnonzero(sizes).tolist():
        yield i, table.slice(int(starts[i]), int(sizes[i]))
