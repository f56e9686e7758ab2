"""What a shard has cost is kept: a run that was interrupted goes on, and parts from many machines are one.

In:   a job, which shard of how many, its table.
Out:  one file a shard that says what it is; all of them as one answer, in their order.
Not here: computing (threads, spark).

A file is written beside its place and moved there, so that what can be read is whole.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from plainview.core.mendable import Mendable
from plainview.core.runners.job import Job

_KEY = b"plainview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a part is of."""

    job: str
    about: str
    log: str
    shard: int  # 0 to of - 1
    of: int


def put(table: pa.Table, path: Path, label: Label) -> None:
    """Write a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    marked = table.replace_schema_metadata({_KEY: json.dumps(asdict(label))})
    try:
        pq.write_table(marked, beside, compression="zstd")
        beside.replace(path)
    except OSError as fault:
        raise Mendable(f"{path}: this file cannot be written ({fault.strerror or fault}).") from None


def label_of(path: Path) -> Label:
    """What a file is a part of."""
    try:
        held = (pq.read_schema(path).metadata or {}).get(_KEY)
    except FileNotFoundError:
        raise Mendable(f"{path}: there is no such file.") from None
    except (OSError, pa.ArrowException):
        held = None
    if held is None:
        raise Mendable(f"{path}: found no part, expected what --shard has written.")
    return Label(**json.loads(held))


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The finished shards of one job, in a folder."""

    folder: Path
    job: Job
    log: str
    of: int

    def place(self, shard: int) -> Path:
        return self.folder / f"{self.job.name.replace('/', '-')}-{shard:05}.parquet"

    def label(self, shard: int) -> Label:
        return Label(job=self.job.name, about=self.job.about, log=self.log, shard=shard, of=self.of)

    def wanting(self) -> list[int]:
        return [shard for shard in range(self.of) if not self.has(shard)]

    def has(self, shard: int) -> bool:
        if not self.place(shard).exists():
            return False
        if label_of(self.place(shard)) != self.label(shard):
            raise Mendable(
                f"{self.place(shard)}: found a shard of another run, expected one of this. "
                "Name another folder, or remove this one."
            )
        return True

    def put(self, shard: int, table: pa.Table) -> None:
        put(table, self.place(shard), self.label(shard))

    def together(self) -> pa.Table:
        return together(self.job, [self.place(shard) for shard in range(self.of)])


def together(job: Job, parts: Iterable[Path]) -> pa.Table:
    """The answer from all parts, whatever order they are named in.

    Raises
    ------
    Mendable
        If a part is of another job, log or cut than the first, stands twice, or is not there.
    """
    labelled = sorted(((label_of(path), path) for path in parts), key=lambda one: one[0].shard)
    if not labelled:
        raise Mendable("no parts: expected at least one file that --shard has written.")
    faults = _faults(job, labelled)
    if faults:
        raise Mendable(*faults)
    tables = [pq.read_table(path).replace_schema_metadata(None) for _, path in labelled]
    return job.together(pa.concat_tables(tables))


def _faults(job: Job, labelled: list[tuple[Label, Path]]) -> list[str]:
    first, there = labelled[0][0], [label.shard for label, _ in labelled]
    faults = []
    for label, path in labelled:
        if label.job != job.name or (label.about, label.of) != (first.about, first.of):
            faults.append(
                f"{path}: found a part of {label.job}, 1 of {label.of}; expected {job.name}, "
                f"1 of {first.of}, of the same fit."
            )
        if there.count(label.shard) > 1:
            faults.append(f"{path}: found shard {label.shard + 1} of {label.of} twice, expected it once.")
    wanting = sorted(set(range(first.of)) - set(there))
    if wanting and not faults:
        named = ", ".join(str(shard + 1) for shard in wanting[:20]) + (" ..." if len(wanting) > 20 else "")
        faults.append(f"found {len(there)} of {first.of} shards, expected all: {named} not there.")
    return faults
